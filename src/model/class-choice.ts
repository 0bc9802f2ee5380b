/**
 * Chooses classes of a compilation by name (--class): which of them a provider implements, and which findings concern others.
 *
 * It reads names of types and superclasses from the syntax tree, so that a faulty class is chosen like any other.
 */
import { nameKey } from '../text/name-key.js';
import { type ClassDeclaration, type TypeReference } from '../../grammar/ast.js';
import { classesAt } from '../compile/class-places.js';
import { type CompilationUnit } from '../compile/compilation.js';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { addTo } from '../text/lists.js';
import { type Model } from './model.js';

export interface ClassChoice {
  /** The model with the chosen classes, and with the structures that they embed. */
  readonly choose: (model: Omit<Model, 'errors'>) => Omit<Model, 'errors'>;
  /** Whether a class is chosen, or a chosen one depends on it. */
  readonly isNeeded: (name: string) => boolean;
  /** The findings: an error that concerns only classes that are not chosen is a warning. */
  readonly softened: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** The names and patterns that match no class. */
  readonly unmatched: readonly string[];
}

/** Without a choice every class is chosen. */
export const WHOLE_FILE: ClassChoice = {
  choose: (model) => model,
  isNeeded: () => true,
  softened: (diagnostics) => diagnostics,
  unmatched: [],
};

/** The classes of the input, in lower case, that have one of the names; and the names and patterns that match none. */
export function namedClasses(
  { productions, references }: CompilationUnit,
  patterns: readonly string[],
): { readonly names: ReadonlySet<string>; readonly unmatched: readonly string[] } {
  if (patterns.length === 0) return { names: new Set(), unmatched: [] };
  const declared = new Set(
    productions.flatMap(({ source, node }) =>
      node.kind === 'ClassDeclaration' && !references.has(source) ? nameKey(node.name) : [],
    ),
  );
  const names = new Set<string>();
  const unmatched = patterns.filter((pattern) => {
    const found = [...declared].filter((name) => matches(name, pattern));
    for (const name of found) names.add(name);
    return found.length === 0;
  });
  return { names, unmatched };
}

/** `patterns` are names of classes, in any case, with `*` at the end for any rest. */
export function classChoice(unit: CompilationUnit, patterns: readonly string[]): ClassChoice {
  const declarations = declarationsByName(unit);
  const { names: chosen, unmatched } = namedClasses(unit, patterns);
  const needed = closure(chosen, declarations);
  const classesOf = classesAt(unit.productions);
  const isElsewhere = ({ location }: Diagnostic): boolean => {
    const names = location === undefined ? [] : classesOf(location);
    return names.length > 0 && names.every((name) => !needed.has(name));
  };
  return {
    choose: (model) => ({
      ...model,
      blocks: model.blocks.filter(({ name, role }) =>
        role === 'structure' ? needed.has(nameKey(name)) : chosen.has(nameKey(name)),
      ),
    }),
    isNeeded: (name) => needed.has(nameKey(name)),
    softened: (diagnostics) =>
      diagnostics.map((each) =>
        each.severity === 'error' && isElsewhere(each) ? { ...each, severity: 'warning' } : each,
      ),
    unmatched,
  };
}

function matches(name: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  return wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

type Declarations = ReadonlyMap<string, readonly ClassDeclaration[]>;

function declarationsByName({ productions }: CompilationUnit): Declarations {
  const found = new Map<string, ClassDeclaration[]>();
  for (const { node } of productions) {
    if (node.kind === 'ClassDeclaration') addTo(found, nameKey(node.name), node);
  }
  return found;
}

/** The classes, those above them, and all that their members have for a type, at any depth. */
function closure(start: ReadonlySet<string>, declarations: Declarations): ReadonlySet<string> {
  const found = new Set(start);
  // Iterating over a Set includes entries that are added meanwhile.
  for (const name of found) {
    for (const node of declarations.get(name) ?? []) {
      const others = [node.superclass?.name, ...typesIn(node).map(classIn)];
      for (const other of others) if (other !== undefined) found.add(nameKey(other));
    }
  }
  return found;
}

function typesIn({ features = [] }: ClassDeclaration): readonly TypeReference[] {
  return features.flatMap((feature) =>
    feature.kind === 'MethodDeclaration'
      ? [feature.returnType, ...feature.parameters.map(({ type }) => type)]
      : feature.type,
  );
}

function classIn(type: TypeReference): string | undefined {
  return type.kind === 'DataType' ? type.objectClass?.name : type.name.name;
}
