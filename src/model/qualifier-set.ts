/** Turns a qualifierList into plain values, and combines those of a class with inherited ones; it must not know what any qualifier means. */
import { type Qualifier, type Value } from '../../grammar/ast.js';
import { type SourceFile } from '../source/source-file.js';
import { at, key } from './findings.js';
import { type DefaultPropagation, propagationOf } from './propagation.js';
import {
  type QualifierEntry,
  type QualifierSet,
  type QualifierValue,
  type StandIn,
} from './model.js';

/** Larger sets are searched by an index: a base class has its qualifiers looked at once for each derived class. */
const FEW = 30;

/** The qualifiers of one declaration. Of a name given twice, the first counts. */
export function qualifierSet(
  source: SourceFile,
  nodes: readonly Qualifier[],
  propagation: DefaultPropagation,
): QualifierSet {
  if (nodes.length === 0) return NO_QUALIFIERS;
  const entries = nodes.map((node): QualifierEntry => ({
    name: node.name.name,
    value: node.value === undefined ? true : plainValue(node.value),
    flavors: node.flavors.length === 0 ? NO_FLAVORS : node.flavors.map((flavor) => flavor.name),
    location: at(source, node),
    standIns: standInsOf(source, node.value),
    propagation: propagationOf(node.flavors, propagation(node.name.name)),
  }));
  return setOf(entries);
}

/** What `own` qualifiers amount to below a class that has those of `above`: they count before the ones that reach them. */
export function inSubclass(own: QualifierSet, above: QualifierSet): QualifierSet {
  const { entries } = reachingSubclasses(above);
  if (entries.length === 0) return own;
  if (own.entries.length === 0) return reachingSubclasses(above);
  const fixed = new Set(
    entries.flatMap(({ name, propagation }) => (propagation.isOverridable ? [] : key(name))),
  );
  const counting = own.entries.filter(({ name }) => !fixed.has(key(name)));
  const overridden = new Set(counting.map(({ name }) => key(name)));
  return setOf([...counting, ...entries.filter(({ name }) => !overridden.has(key(name)))]);
}

const reaching = new WeakMap<QualifierSet, QualifierSet>();

/** Worked out once for a set: it is asked for each derived class. */
function reachingSubclasses(set: QualifierSet): QualifierSet {
  const known = reaching.get(set);
  if (known !== undefined) return known;
  const entries = set.entries.filter(({ propagation }) => propagation.reachesSubclasses);
  const found =
    entries.length === 0
      ? NO_QUALIFIERS
      : entries.length === set.entries.length
        ? set
        : setOf(entries);
  reaching.set(set, found);
  return found;
}

/** Those of the qualifiers that have one of these names. */
export function selected(set: QualifierSet, names: readonly string[]): QualifierSet {
  const wanted = new Set(names.map(key));
  return setOf(set.entries.filter((entry) => wanted.has(key(entry.name))));
}

function setOf(entries: readonly QualifierEntry[]): QualifierSet {
  return new ListedQualifiers(entries);
}

/** A class, because a model can have a million of these, and functions of its own for each would take a multiple of the memory. */
class ListedQualifiers implements QualifierSet {
  /** By place; undefined where an index is quicker. */
  private readonly names: readonly string[] | undefined;
  private readonly index: ReadonlyMap<string, QualifierEntry> | undefined;

  constructor(readonly entries: readonly QualifierEntry[]) {
    if (entries.length > FEW) this.index = firstByName(entries);
    else this.names = entries.map((entry) => key(entry.name));
  }

  has(name: string): boolean {
    return this.entry(name) !== undefined;
  }

  get(name: string): QualifierValue | undefined {
    const entry = this.entry(name);
    return entry === undefined || entry.standIns.length === 0 ? entry?.value : null;
  }

  entry(name: string): QualifierEntry | undefined {
    const wanted = key(name);
    if (this.names !== undefined) return this.entries[this.names.indexOf(wanted)];
    return this.index?.get(wanted);
  }
}

function firstByName(entries: readonly QualifierEntry[]): ReadonlyMap<string, QualifierEntry> {
  const byName = new Map<string, QualifierEntry>();
  for (const entry of entries) {
    const name = key(entry.name);
    if (!byName.has(name)) byName.set(name, entry);
  }
  return byName;
}

const NO_FLAVORS: readonly string[] = [];
export const NO_QUALIFIERS = setOf([]);

const NO_STAND_INS: readonly StandIn[] = [];

/** The names, aliases and instances in a value, which stand for values. */
export function standInsOf(source: SourceFile, value: Value | undefined): readonly StandIn[] {
  if (value === undefined) return NO_STAND_INS;
  const location = at(source, value);
  switch (value.kind) {
    case 'Identifier':
      return [{ words: `the name '${value.name}'`, macro: value.name, location }];
    case 'Alias':
      return [{ words: `the alias '$${value.name}'`, macro: undefined, location }];
    case 'Instance':
      return [{ words: `an instance of '${value.className.name}'`, macro: undefined, location }];
    case 'Array': {
      const found = value.elements.flatMap((element) => standInsOf(source, element));
      return found.length === 0 ? NO_STAND_INS : found;
    }
    case 'String':
    case 'Integer':
    case 'Real':
    case 'Boolean':
    case 'Char':
    case 'Null':
      return NO_STAND_INS;
    default:
      return value satisfies never;
  }
}

/** What a value says: integers as bigint; a name that stands for something else is its own text; an instance has no plain value. */
export function plainValue(value: Value): QualifierValue {
  switch (value.kind) {
    case 'String':
    case 'Integer':
    case 'Real':
    case 'Boolean':
    case 'Char':
      return value.value;
    case 'Array':
      return value.elements.map(plainValue);
    case 'Identifier':
      return value.name;
    case 'Alias':
      return `$${value.name}`;
    case 'Null':
    case 'Instance':
      return null;
    default:
      return value satisfies never;
  }
}
