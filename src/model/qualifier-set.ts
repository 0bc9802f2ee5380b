/** Converts a qualifierList to plain values, and combines those of a class with inherited ones. */
import { nameKey } from '../text/name-key.js';
import { type Qualifier, type Value } from '../../grammar/ast.js';
import { type SourceFile } from '../text/source-file.js';
import { at } from './findings.js';
import { type DefaultPropagation, propagationOf } from '../compile/propagation.js';
import {
  type QualifierEntry,
  type QualifierSet,
  type QualifierValue,
  type Placeholder,
} from './model.js';

/** Larger sets get an index, since the qualifiers of a base class are searched for each derived class. */
const MAX_UNINDEXED = 30;

/** The qualifiers of one declaration. Of a duplicate name, the first is used. */
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
    placeholders: placeholdersOf(source, node.value),
    propagation: propagationOf(node.flavors, propagation(node.name.name)),
  }));
  return setOf(entries);
}

/** The effective qualifiers of a declaration: `own`, and those of `above` that are inherited. */
export function inSubclass(own: QualifierSet, above: QualifierSet): QualifierSet {
  const { entries } = reachingSubclasses(above);
  if (entries.length === 0) return own;
  if (own.entries.length === 0) return reachingSubclasses(above);
  const fixed = new Set(
    entries.flatMap(({ name, propagation }) => (propagation.isOverridable ? [] : nameKey(name))),
  );
  const counting = own.entries.filter(({ name }) => !fixed.has(nameKey(name)));
  const overridden = new Set(counting.map(({ name }) => nameKey(name)));
  return setOf([...counting, ...entries.filter(({ name }) => !overridden.has(nameKey(name)))]);
}

const reaching = new WeakMap<QualifierSet, QualifierSet>();

/** Cached for each set, since every derived class needs it. */
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

/** The qualifiers that have one of these names. */
export function selected(set: QualifierSet, names: readonly string[]): QualifierSet {
  const wanted = new Set(names.map(nameKey));
  return setOf(set.entries.filter((entry) => wanted.has(nameKey(entry.name))));
}

function setOf(entries: readonly QualifierEntry[]): QualifierSet {
  return new ListedQualifiers(entries);
}

/** A class rather than closures, which would take several times the memory: a model can have a million sets. */
class ListedQualifiers implements QualifierSet {
  /** Keys by position; undefined for sets with an index. */
  private readonly names: readonly string[] | undefined;
  private readonly index: ReadonlyMap<string, QualifierEntry> | undefined;

  constructor(readonly entries: readonly QualifierEntry[]) {
    if (entries.length > MAX_UNINDEXED) this.index = firstByName(entries);
    else this.names = entries.map((entry) => nameKey(entry.name));
  }

  has(name: string): boolean {
    return this.entry(name) !== undefined;
  }

  get(name: string): QualifierValue | undefined {
    const entry = this.entry(name);
    return entry === undefined || entry.placeholders.length === 0 ? entry?.value : null;
  }

  entry(name: string): QualifierEntry | undefined {
    const wanted = nameKey(name);
    if (this.names !== undefined) return this.entries[this.names.indexOf(wanted)];
    return this.index?.get(wanted);
  }
}

function firstByName(entries: readonly QualifierEntry[]): ReadonlyMap<string, QualifierEntry> {
  const byName = new Map<string, QualifierEntry>();
  for (const entry of entries) {
    const name = nameKey(entry.name);
    if (!byName.has(name)) byName.set(name, entry);
  }
  return byName;
}

const NO_FLAVORS: readonly string[] = [];
export const NO_QUALIFIERS = setOf([]);

const NO_STAND_INS: readonly Placeholder[] = [];

/** The placeholders in a value: names, aliases and instances. */
export function placeholdersOf(
  source: SourceFile,
  value: Value | undefined,
): readonly Placeholder[] {
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
      const found = value.elements.flatMap((element) => placeholdersOf(source, element));
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

/** A value as plain data: integers as bigint, a name as its text, an instance as null. */
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
