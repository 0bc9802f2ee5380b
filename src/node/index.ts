/**
 * The entry `mofgen/node`: what of the library needs Node. It must not know what a MOF text means.
 *
 * `mofgen` itself runs in a browser. The types must not need any other package.
 */
export { type IncludePlaces, includeReader } from './include-reader.js';
export { type IncludeReader } from '../compilation.js';
