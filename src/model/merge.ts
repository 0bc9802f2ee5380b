/**
 * Gathers the classes of a compilation, making one of those that are declared several times.
 *
 * iscsihba.mof of the Windows driver samples declares six classes three times, because it was put together from files that
 * share a header; the copies differ in WmiGenerateHeader and cpp_quote. It must not know what the classes mean.
 */
import {
  type ClassDeclaration,
  type ClassFeature,
  type Parameter,
  type Qualifier,
  type TypeReference,
  type Value,
} from '../../grammar/ast.js';
import { type CompilationUnit } from '../compilation.js';
import { type Location, type Related } from '../diagnostics/diagnostic.js';
import { type SourceFile } from '../source/source-file.js';
import { at, type Findings, key } from './findings.js';
import { plainValue } from './qualifier-set.js';
import { qualifierRow, sameValue } from './qualifiers.js';
import { classSymbol, type ClassSymbol, type ClassTable } from './symbols.js';

/** A declaration after the first. */
interface Repetition {
  readonly source: SourceFile;
  readonly node: ClassDeclaration;
}

/** Every class once, its first declaration standing for all; forward declarations (`class X;`) are nothing. */
export function collectClasses(unit: CompilationUnit, report: Findings): ClassTable {
  const classes = new Map<string, ClassSymbol>();
  const repetitions = new Map<string, Repetition[]>();
  for (const { source, node } of unit.productions) {
    if (node.kind !== 'ClassDeclaration' || node.features === undefined) continue;
    const name = key(node.name);
    if (!classes.has(name)) {
      classes.set(name, classSymbol(source, node));
      continue;
    }
    // A localized copy (mofcomp -AMENDMENT) repeats only what is translated.
    if (node.qualifiers.some((each) => key(each.name) === 'amendment')) continue;
    const others = repetitions.get(name);
    if (others === undefined) repetitions.set(name, [{ source, node }]);
    else others.push({ source, node });
  }
  for (const [name, others] of repetitions) {
    const first = classes.get(name);
    if (first !== undefined) compareAll(first, others, report);
  }
  return classes;
}

function compareAll(first: ClassSymbol, others: readonly Repetition[], report: Findings): void {
  const name = first.class.name;
  const firstHere: Related = { location: first.class.location, message: 'first declared here' };
  const same: Repetition[] = [];
  for (const other of others) {
    const difference = firstDifference(first, other);
    if (difference === undefined) {
      same.push(other);
      continue;
    }
    report.add(
      'MOF2001',
      difference.location,
      `class '${name}' is declared again with ${difference.what}`,
      {
        help: 'make the declarations equal, or rename one of them',
        related:
          difference.related === undefined
            ? [firstHere]
            : [firstHere, { location: difference.related, message: 'where the first has this' }],
      },
    );
  }
  const [second, ...rest] = same;
  if (second === undefined) return;
  const times = same.length === 1 ? 'again' : `${same.length} more times`;
  report.add(
    'MOF2002',
    at(second.source, second.node.name),
    `class '${name}' is declared ${times}; the first declaration counts`,
    {
      help: 'keep one declaration',
      related: [
        firstHere,
        ...rest.map((each) => ({
          location: at(each.source, each.node.name),
          message: 'and again here',
        })),
      ],
    },
  );
}

interface Difference {
  readonly what: string;
  readonly location: Location;
  /** The same thing in the first declaration, where it has one. */
  readonly related: Location | undefined;
}

/** The first thing that matters and differs; header-steering qualifiers and texts for people do not matter. */
function firstDifference(first: ClassSymbol, other: Repetition): Difference | undefined {
  const a = first.node;
  const b = other.node;
  const differs = (
    what: string,
    there: { readonly span: ClassDeclaration['span'] },
    here?: { readonly span: ClassDeclaration['span'] },
  ): Difference => ({
    what,
    location: at(other.source, there),
    related: here === undefined ? undefined : at(first.source, here),
  });

  if (key(a.superclass ?? '') !== key(b.superclass ?? '')) {
    return differs('another superclass', b.superclass ?? b.name, a.superclass);
  }
  if (!sameQualifiers(a.qualifiers, b.qualifiers)) {
    return differs('other qualifiers', differingQualifier(a.qualifiers, b.qualifiers) ?? b.name);
  }
  const firstFeatures = byName(a.features ?? []);
  const otherFeatures = byName(b.features ?? []);
  for (const feature of b.features ?? []) {
    const counterpart = firstFeatures.get(key(feature.name));
    if (counterpart === undefined) return differs(`'${feature.name.name}' added`, feature.name);
    if (!sameFeature(counterpart, feature)) {
      return differs(`a different '${feature.name.name}'`, feature.name, counterpart.name);
    }
  }
  for (const feature of a.features ?? []) {
    if (!otherFeatures.has(key(feature.name))) {
      return differs(`'${feature.name.name}' missing`, b.name, feature.name);
    }
  }
  return undefined;
}

function byName(features: readonly ClassFeature[]): ReadonlyMap<string, ClassFeature> {
  return new Map(features.map((feature) => [key(feature.name), feature]));
}

function sameFeature(a: ClassFeature, b: ClassFeature): boolean {
  if (!sameQualifiers(a.qualifiers, b.qualifiers)) return false;
  if (a.kind === 'MethodDeclaration') {
    return (
      b.kind === 'MethodDeclaration' &&
      typeText(a.returnType) === typeText(b.returnType) &&
      a.parameters.length === b.parameters.length &&
      a.parameters.every((parameter, index) => sameParameter(parameter, b.parameters[index]))
    );
  }
  return b.kind === a.kind && sameShape(a, b);
}

function sameParameter(a: Parameter, b: Parameter | undefined): boolean {
  return (
    b !== undefined &&
    key(a.name) === key(b.name) &&
    sameQualifiers(a.qualifiers, b.qualifiers) &&
    sameShape(a, b)
  );
}

type Shape = Pick<Parameter, 'type' | 'array' | 'defaultValue'>;

function sameShape(a: Shape, b: Shape): boolean {
  return (
    typeText(a.type) === typeText(b.type) &&
    (a.array === undefined) === (b.array === undefined) &&
    a.array?.length === b.array?.length &&
    sameDefault(a.defaultValue, b.defaultValue)
  );
}

function sameDefault(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return sameValue(plainValue(a), plainValue(b));
}

function typeText(type: TypeReference): string {
  return type.kind === 'DataType'
    ? `${type.name}:${key(type.objectClass ?? '')}`
    : `${type.kind} ${key(type.name)}`;
}

/** Compares without order, flavors, header-steering qualifiers and texts for people. */
function sameQualifiers(a: readonly Qualifier[], b: readonly Qualifier[]): boolean {
  const left = comparable(a);
  const right = comparable(b);
  if (left.size !== right.size) return false;
  for (const [name, value] of left) {
    const counterpart = right.get(name);
    if (counterpart === undefined || !sameValue(value, counterpart)) return false;
  }
  return true;
}

/** The first qualifier of `b` that `a` has otherwise or not at all. */
function differingQualifier(
  a: readonly Qualifier[],
  b: readonly Qualifier[],
): Qualifier | undefined {
  const left = comparable(a);
  const right = comparable(b);
  return b.find(({ name }) => {
    const value = right.get(key(name));
    const counterpart = left.get(key(name));
    return value !== undefined && (counterpart === undefined || !sameValue(value, counterpart));
  });
}

function comparable(qualifiers: readonly Qualifier[]): Map<string, ReturnType<typeof plainValue>> {
  const result = new Map<string, ReturnType<typeof plainValue>>();
  for (const { name, value } of qualifiers) {
    const row = qualifierRow(name.name);
    if (row?.headerOnly === true || row?.text === true) continue;
    result.set(key(name), value === undefined ? true : plainValue(value));
  }
  return result;
}
