/** Which classes of a text have errors; it must not know what the errors are. */
import { type Location } from '../diagnostics/diagnostic.js';
import { type ParsedText } from '../compilation.js';
import { addTo } from '../lists.js';
import { type Model } from '../model/model.js';
import { type SourceFile } from '../source/source-file.js';

/** The names, in lower case, of the classes in which an error or what belongs to it is. */
export function faultyClasses(
  { errors }: Model,
  texts: readonly ParsedText[],
): ReadonlySet<string> {
  const classes = new Map<SourceFile, { name: string; start: number; end: number }[]>();
  for (const { source, tree } of texts) {
    for (const node of tree.productions) {
      if (node.kind !== 'ClassDeclaration') continue;
      addTo(classes, source, { name: node.name.name.toLowerCase(), ...node.span });
    }
  }
  const places = errors.flatMap(({ location, related }): Location[] => [
    ...(location === undefined ? [] : [location]),
    ...related.map((each) => each.location),
  ]);
  return new Set(
    places.flatMap(({ source, span }) =>
      (classes.get(source) ?? [])
        .filter(({ start, end }) => start <= span.start && span.end <= end)
        .map(({ name }) => name),
    ),
  );
}
