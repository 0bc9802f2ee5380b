/**
 * Reference classes: files of --reference declare them, so names resolve, but nothing is emitted for them.
 *
 * Findings in them are dropped, except errors in a class on which an emitted one depends.
 */
import { nameKey } from '../text/name-key.js';
import { isAmendment } from './amendments.js';
import { classesAt } from './class-places.js';
import { type CompilationUnit, type PlacedProduction } from './compilation.js';
import { stageOf } from '../diagnostics/codes.js';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { type DefaultPropagation, defaultPropagation } from './propagation.js';
import { writtenFiles } from '../text/composition.js';
import { type SourceFile } from '../text/source-file.js';

/** The compilation with the classes of the others that it does not declare itself, as references, before its own. */
export function withReferences(
  unit: CompilationUnit,
  others: readonly CompilationUnit[],
): CompilationUnit {
  if (others.length === 0) return unit;
  const declared = new Set(unit.productions.flatMap(({ node }) => nameOfWhole(node)));
  const productions: PlacedProduction[] = [];
  const references = new Map<SourceFile, DefaultPropagation>();
  for (const other of others) {
    const added = new Set<string>();
    // Its flavor statements apply to its own text only.
    const propagation = defaultPropagation(other.productions);
    for (const production of other.productions) {
      const [name] = nameOfWhole(production.node);
      if (name === undefined || declared.has(name)) continue;
      added.add(name);
      references.set(production.source, propagation);
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
  const isWhole =
    node.kind === 'ClassDeclaration' && node.features !== undefined && !isAmendment(node);
  return isWhole ? [nameKey(node.name)] : [];
}

/**
 * Drops diagnostics of the model that are about references; errors in the classes of `neededNames` stay. An error of a reference's
 * text stays: what the text declares is not known.
 */
export function withoutReferences(
  found: readonly Diagnostic[],
  { productions, references, main, text, texts }: CompilationUnit,
  neededNames: () => ReadonlySet<string>,
): readonly Diagnostic[] {
  if (references.size === 0) return found;
  const needed = neededNames();
  const own = new Set([main, text, ...texts.map(({ source }) => source)].flatMap(sourcesOf));
  const others = new Set([...references.keys()].flatMap(sourcesOf));
  const classesOf = classesAt(productions.filter(({ source }) => references.has(source)));
  return found.filter(({ code, severity, location }) => {
    if (stageOf(code).name !== 'model') return true;
    if (location === undefined || own.has(location.source) || !others.has(location.source)) {
      return true;
    }
    return severity === 'error' && classesOf(location).some((name) => needed.has(name));
  });
}

/** The text as it was parsed, and the files that it is made of. */
function sourcesOf(source: SourceFile): readonly SourceFile[] {
  return [source, ...writtenFiles(source)];
}
