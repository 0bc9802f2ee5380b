/**
 * The entry `mofgen/node`: the part of the library that needs Node.
 *
 * `mofgen` itself runs in a browser. The types must not need any other package.
 */
export { type IncludePlaces, includeReader } from './include-search.js';
export { type IncludeReader } from '../compile/compilation.js';
