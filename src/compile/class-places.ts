/** Maps places in written files to the classes that are declared there. */
import { nameKey } from '../text/name-key.js';
import { type MofProduction } from '../../grammar/ast.js';
import { type Location } from '../diagnostics/diagnostic.js';
import { addTo } from '../text/lists.js';
import { writtenPlace } from '../text/composition.js';
import { type SourceFile } from '../text/source-file.js';

interface Placed {
  readonly source: SourceFile;
  readonly node: MofProduction;
}

/** Finds the classes in whose declaration a place is: their names, in lower case. */
export function classesAt(productions: Iterable<Placed>): (place: Location) => readonly string[] {
  const places = new Map<SourceFile, { name: string; start: number; end: number }[]>();
  for (const { source, node } of productions) {
    if (node.kind !== 'ClassDeclaration') continue;
    const { source: written, span } = writtenPlace({ source, span: node.span });
    addTo(places, written, { name: nameKey(node.name), ...span });
  }
  return ({ source, span }) =>
    (places.get(source) ?? [])
      .filter(({ start, end }) => start <= span.start && span.end <= end)
      .map(({ name }) => name);
}
