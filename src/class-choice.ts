/**
 * Chooses classes of a compilation by name (--class): which of them a provider implements, and which findings concern others.
 *
 * It reads names of types and superclasses from the text, so that a class with a fault is chosen like any other. It must not
 * know what classes mean.
 */
import { type ClassDeclaration, type TypeReference } from '../grammar/ast.js';
import { type CompilationUnit } from './compilation.js';
import { type Diagnostic } from './diagnostics/diagnostic.js';
import { addTo } from './lists.js';
import { type Model } from './model/model.js';

export interface ClassChoice {
  /** The model with the chosen classes, and with the structures that they embed. */
  readonly choose: (model: Model) => Model;
  /** The findings: an error that concerns only classes that are not chosen is a warning. */
  readonly softened: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** The names and patterns that no class has. */
  readonly unmatched: readonly string[];
}

/** Without a choice every class is chosen. */
export const WHOLE_FILE: ClassChoice = {
  choose: (model) => model,
  softened: (diagnostics) => diagnostics,
  unmatched: [],
};

/** Patterns for names of classes, and which of them matched none that was asked for. */
export function classPatterns(patterns: readonly string[]): {
  readonly matches: (name: string) => boolean;
  readonly unmatched: () => readonly string[];
} {
  const used = new Set<string>();
  return {
    matches(name) {
      const found = patterns.filter((pattern) => matches(name.toLowerCase(), pattern));
      for (const each of found) used.add(each);
      return found.length > 0;
    },
    unmatched: () => patterns.filter((pattern) => !used.has(pattern)),
  };
}

/** `patterns` are names of classes, in any case, with `*` at the end for any rest. */
export function classChoice(unit: CompilationUnit, patterns: readonly string[]): ClassChoice {
  const declarations = declarationsByName(unit);
  const chosen = new Set<string>();
  const unmatched = patterns.filter((pattern) => {
    const names = [...declarations.keys()].filter((name) => matches(name, pattern));
    for (const name of names) chosen.add(name);
    return names.length === 0;
  });
  const needed = closure(chosen, declarations);
  return {
    choose: (model) => ({
      ...model,
      blocks: model.blocks.filter(({ name, role }) =>
        role === 'structure' ? needed.has(name.toLowerCase()) : chosen.has(name.toLowerCase()),
      ),
    }),
    softened(diagnostics) {
      const elsewhere = placesOfOthers(unit, needed);
      return diagnostics.map((each) =>
        each.severity === 'error' && elsewhere(each) ? { ...each, severity: 'warning' } : each,
      );
    },
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
    if (node.kind === 'ClassDeclaration') addTo(found, node.name.name.toLowerCase(), node);
  }
  return found;
}

/** The classes, those above them, and all that their members have for a type, at any depth. */
function closure(start: ReadonlySet<string>, declarations: Declarations): ReadonlySet<string> {
  const found = new Set(start);
  // A set gives what is added to it while it is walked through.
  for (const name of found) {
    for (const node of declarations.get(name) ?? []) {
      const others = [node.superclass?.name, ...typesIn(node).map(classIn)];
      for (const other of others) if (other !== undefined) found.add(other.toLowerCase());
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

/** Whether a finding is inside a class that is not needed. */
function placesOfOthers(
  { productions }: CompilationUnit,
  needed: ReadonlySet<string>,
): (diagnostic: Diagnostic) => boolean {
  const bySource = new Map<unknown, { readonly start: number; readonly end: number }[]>();
  for (const { source, node } of productions) {
    if (node.kind !== 'ClassDeclaration' || needed.has(node.name.name.toLowerCase())) continue;
    addTo(bySource, source, node.span);
  }
  return ({ location }) =>
    location !== undefined &&
    (bySource.get(location.source) ?? []).some(
      ({ start, end }) => start <= location.span.start && location.span.end <= end,
    );
}
