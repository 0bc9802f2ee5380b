/** Finds the classes of a text that have errors. */
import { type Location } from '../diagnostics/diagnostic.js';
import { classesAt } from '../compile/class-places.js';
import { type ParsedText } from '../compile/compilation.js';
import { type Model } from '../model/model.js';

/** The names, in lower case, of the classes in which an error or what belongs to it is. */
export function faultyClasses(
  { errors }: Model,
  texts: readonly ParsedText[],
): ReadonlySet<string> {
  const classesOf = classesAt(
    texts.flatMap(({ source, tree }) => tree.productions.map((node) => ({ source, node }))),
  );
  const places = errors.flatMap(({ location, related }): Location[] => [
    ...(location === undefined ? [] : [location]),
    ...related.map((each) => each.location),
  ]);
  return new Set(places.flatMap(classesOf));
}
