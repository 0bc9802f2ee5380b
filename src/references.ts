/**
 * Classes that are referred to: files of --reference declare them, so names resolve, but nothing is emitted for them.
 *
 * Their own findings are nobody's business, except errors in a class on which an emitted one depends. It must not know what
 * classes mean.
 */
import { type ClassDeclaration } from '../grammar/ast.js';
import { type CompilationUnit, type PlacedProduction } from './compilation.js';
import { type Diagnostic } from './diagnostics/diagnostic.js';
import { addTo } from './lists.js';
import { type SourceFile } from './source/source-file.js';

/** The compilation with the classes of the others that it does not declare itself, as references, before its own. */
export function withReferences(
  unit: CompilationUnit,
  others: readonly CompilationUnit[],
): CompilationUnit {
  if (others.length === 0) return unit;
  const declared = new Set(unit.productions.flatMap(({ node }) => nameOfWhole(node)));
  const productions: PlacedProduction[] = [];
  const references = new Set<SourceFile>();
  for (const other of others) {
    const added = new Set<string>();
    for (const production of other.productions) {
      const [name] = nameOfWhole(production.node);
      if (name === undefined || declared.has(name)) continue;
      added.add(name);
      references.add(production.source);
      productions.push(production);
    }
    for (const name of added) declared.add(name);
  }
  const files = others.flatMap((other) => other.files);
  return {
    ...unit,
    productions: [...productions, ...unit.productions],
    references,
    filesRead: [...new Set([...unit.filesRead, ...files.map(({ name }) => name)])],
    files: [...unit.files, ...files.filter(({ name }) => !unit.filesRead.includes(name))],
  };
}

function nameOfWhole(node: PlacedProduction['node']): readonly string[] {
  const isWhole = node.kind === 'ClassDeclaration' && node.features !== undefined;
  return isWhole ? [node.name.name.toLowerCase()] : [];
}

/** The findings without those of references; errors in the classes of `needed` stay. */
export function withoutReferences(
  found: readonly Diagnostic[],
  { references }: CompilationUnit,
  needed: Iterable<{ readonly source: SourceFile; readonly node: ClassDeclaration }>,
): readonly Diagnostic[] {
  if (references.size === 0) return found;
  const places = new Map<SourceFile, ClassDeclaration[]>();
  for (const { source, node } of needed) if (references.has(source)) addTo(places, source, node);
  return found.filter(({ severity, location }) => {
    if (location === undefined || !references.has(location.source)) return true;
    if (severity !== 'error') return false;
    const { start, end } = location.span;
    return (places.get(location.source) ?? []).some(
      ({ span }) => span.start <= start && end <= span.end,
    );
  });
}
