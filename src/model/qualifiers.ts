/**
 * The table of every qualifier that mofgen gives a meaning: where it may stand, what its value is, what it says.
 *
 * Qualifiers that are not here are kept in the model and otherwise ignored; known-qualifiers.ts names those that are documented. A
 * new qualifier is a new row.
 * Sources: wmi-header.md section 4 (windows-driver-docs, "WMI class/property qualifiers"; the WDK's own MOFs) and DSP0004.
 */
import { type Fix } from '../diagnostics/diagnostic.js';
import { type Findings, key } from './findings.js';
import { withoutQualifier, withValue } from './fixes.js';
import {
  type QualifierEntry,
  type QualifierSet,
  type QualifierValue,
  type StandIn,
} from './model.js';

export type Place = 'class' | 'property' | 'method' | 'parameter';

type ValueType = 'boolean' | 'integer' | 'string' | 'strings' | 'any';

interface Row {
  /** Standing elsewhere gives a warning. */
  readonly places: readonly Place[];
  readonly value: ValueType;
  readonly meaning: string;
  /** It only steers the C header: a repeated class may differ in it. */
  readonly headerOnly?: true;
  /** It is for people: a repeated class may differ in it, and the first text counts. */
  readonly text?: true;
  /** It names or limits values for people, and changes nothing that is exchanged. */
  readonly values?: true;
}

const EVERYWHERE = ['class', 'property', 'method', 'parameter'] as const;
const VALUES = ['property', 'method', 'parameter'] as const;

// Firmware MOFs write read and write on methods, where they change nothing; hence those rows allow them there.
export const QUALIFIERS = {
  Abstract: { places: ['class'], value: 'boolean', meaning: 'never registered' },
  BitMap: {
    places: VALUES,
    value: 'strings',
    meaning: 'the bits that BitValues names',
    values: true,
  },
  BitValues: { places: VALUES, value: 'strings', meaning: 'names of bits', values: true },
  cpp_quote: {
    places: EVERYWHERE,
    value: 'any',
    meaning: 'C text for the header',
    headerOnly: true,
  },
  DefineDataId: {
    places: ['property'],
    value: 'string',
    meaning: 'macro prefix',
    headerOnly: true,
  },
  DefineValues: { places: VALUES, value: 'strings', meaning: 'macro per value', headerOnly: true },
  Description: { places: EVERYWHERE, value: 'string', meaning: 'what it is', text: true },
  DisplayName: { places: EVERYWHERE, value: 'string', meaning: 'title for people', text: true },
  Dynamic: { places: EVERYWHERE, value: 'boolean', meaning: 'a provider has the instances' },
  Guid: { places: ['class'], value: 'string', meaning: 'what identifies the block' },
  GuidName1: { places: ['class'], value: 'string', meaning: 'macro name', headerOnly: true },
  GuidName2: { places: ['class'], value: 'string', meaning: 'macro name', headerOnly: true },
  HeaderName: { places: ['class', 'method'], value: 'string', meaning: 'C name', headerOnly: true },
  ID: { places: ['parameter'], value: 'integer', meaning: 'position of a parameter' },
  Implemented: { places: ['method'], value: 'boolean', meaning: 'the provider has the method' },
  In: { places: ['parameter'], value: 'boolean', meaning: 'goes to the driver' },
  Key: { places: ['property'], value: 'boolean', meaning: 'tells instances apart' },
  Max: { places: VALUES, value: 'integer', meaning: 'number of elements of an array' },
  MaxLen: { places: VALUES, value: 'integer', meaning: 'most characters of a string' },
  MaxValue: { places: VALUES, value: 'integer', meaning: 'largest value', values: true },
  MinValue: { places: VALUES, value: 'integer', meaning: 'smallest value', values: true },
  Out: { places: ['parameter'], value: 'boolean', meaning: 'comes from the driver' },
  Provider: { places: EVERYWHERE, value: 'string', meaning: 'who has the instances' },
  Read: { places: VALUES, value: 'boolean', meaning: 'a client may read it' },
  Static: {
    places: ['class', 'method'],
    value: 'boolean',
    meaning: 'kept by WMI: never registered',
  },
  Units: { places: VALUES, value: 'string', meaning: 'unit of measurement', text: true },
  ValueMap: {
    places: VALUES,
    value: 'strings',
    meaning: 'the values that Values names',
    values: true,
  },
  Values: { places: VALUES, value: 'strings', meaning: 'names of values', values: true },
  WMI: { places: ['class'], value: 'boolean', meaning: 'a driver provides it through WMI' },
  WmiDataId: { places: ['property'], value: 'integer', meaning: 'number and order of a data item' },
  // No place: it stands in a sample of the WDK, but nothing reads it (wmi-header.md section 7).
  WmiEnum: { places: [], value: 'any', meaning: 'nothing: Values and ValueMap name values' },
  WmiEventRate: { places: ['property'], value: 'string', meaning: 'the item with the rate' },
  WmiEventTrigger: { places: ['property'], value: 'string', meaning: 'the item with the limit' },
  WmiExpense: {
    places: ['class'],
    value: 'integer',
    meaning: 'average cost of a query, for clients',
  },
  WmiGenerateHeader: {
    places: ['class'],
    value: 'boolean',
    meaning: 'whether the C header has it',
    headerOnly: true,
  },
  WmiMethodId: { places: ['method'], value: 'integer', meaning: 'number of a method' },
  WmiSizeIs: { places: VALUES, value: 'string', meaning: 'the item with the number of elements' },
  WmiTimeStamp: { places: ['property'], value: 'boolean', meaning: 'a time, in 64 bits' },
  Write: { places: VALUES, value: 'boolean', meaning: 'a client may set it' },
} as const satisfies Record<string, Row>;

type Table = typeof QUALIFIERS;
type NameOf<V extends ValueType> = {
  [N in keyof Table]: Table[N]['value'] extends V ? N : never;
}[keyof Table];

const rows: ReadonlyMap<string, Row & { readonly name: string }> = new Map(
  Object.entries<Row>(QUALIFIERS).map(([name, row]) => [key(name), { ...row, name }]),
);

/** The row of a qualifier, or `undefined` when mofgen gives it no meaning. */
export function qualifierRow(name: string): (Row & { readonly name: string }) | undefined {
  return rows.get(key(name));
}

/** The names of the qualifiers that mean something, as they are documented. */
export function qualifierNames(): readonly string[] {
  return Object.keys(QUALIFIERS);
}

/** Whether a boolean qualifier is set: given without a value or with TRUE. */
export function flag(set: QualifierSet, name: NameOf<'boolean'>): boolean {
  return set.get(name) === true;
}

/** The value of an integer qualifier; `undefined` when absent or of another type (which is reported elsewhere). */
export function integer(set: QualifierSet, name: NameOf<'integer'>): bigint | undefined {
  const value = set.get(name);
  return typeof value === 'bigint' ? value : undefined;
}

/** The value of a string qualifier; `undefined` when absent or of another type (which is reported elsewhere). */
export function text(set: QualifierSet, name: NameOf<'string'>): string | undefined {
  const value = set.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** The elements of a list qualifier as text, a single value as a list of one; `undefined` when absent. */
export function texts(set: QualifierSet, name: NameOf<'strings'>): readonly string[] | undefined {
  const value = set.get(name);
  if (value === undefined || value === null || !isA('strings', value)) return undefined;
  return (isList(value) ? value : [value]).map(String);
}

/** How two values differ: `8 instead of 4`; of lists, their first entries that differ. */
export function differenceWords(
  now: QualifierValue | undefined,
  before: QualifierValue | undefined,
): string {
  const [a, b] = [now ?? null, before ?? null];
  if (isList(a) && isList(b)) {
    const index = a.findIndex((each, place) => !sameValue(each, b[place] ?? null));
    const place = index < 0 ? a.length : index;
    return `${valueWords(a[place])} instead of ${valueWords(b[place])} in entry ${place + 1}`;
  }
  return `${valueWords(now)} instead of ${valueWords(before)}`;
}

/** Longer lists are shown in part. */
const MOST_ENTRIES = 5;

/** A value as it could be written; `none` when the qualifier is absent. */
export function valueWords(value: QualifierValue | undefined): string {
  if (value === undefined) return 'none';
  if (value === null) return 'NULL';
  if (isList(value)) {
    const more = value.length > MOST_ENTRIES ? [`${value.length - MOST_ENTRIES} more`] : [];
    return `{${[...value.slice(0, MOST_ENTRIES).map(valueWords), ...more].join(', ')}}`;
  }
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
}

/** Reports values of the wrong type, qualifiers that mean nothing at `place`, and contradictions. */
export function checkQualifiers(
  set: QualifierSet,
  place: Place,
  className: string,
  report: Findings,
): void {
  const first = new Map<string, QualifierEntry>();
  for (const entry of set.entries) {
    const row = qualifierRow(entry.name);
    if (entry.standIns.length > 0) {
      reportStandIns(entry.name, entry.standIns, isDecisive(row) ? 'MOF2109' : 'MOF2108', report);
      continue;
    }
    if (row === undefined) continue;
    const earlier = first.get(key(entry.name));
    if (earlier !== undefined && !sameValue(earlier.value, entry.value)) {
      report.add(
        'MOF2103',
        entry.location,
        `'${entry.name}' is given twice, with different values`,
        {
          help: 'keep one of them',
          fixes: [entry, earlier].map((each) => ({
            ...withoutQualifier(set, each),
            title: `remove ${each.name} with ${valueWords(each.value)}`,
          })),
          related: [{ location: earlier.location, message: 'first given here' }],
        },
      );
      continue;
    }
    if (earlier === undefined) first.set(key(entry.name), entry);
    if (!row.places.includes(place)) {
      const where = row.places.map((each) => PLACE_NAMES[each]).join(' or ');
      report.add(
        'MOF2102',
        entry.location,
        `'${entry.name}' means nothing on ${PLACE_NAMES[place]}`,
        {
          help:
            where === ''
              ? 'take it away; Values and ValueMap name values'
              : `it belongs on ${where}`,
          fixes: [withoutQualifier(set, entry)],
          repeatedIn: `in '${className}'`,
        },
      );
    } else if (!isA(row.value, entry.value)) {
      report.add('MOF2101', entry.location, `'${entry.name}' takes ${VALUE_NAMES[row.value]}`, {
        help: `write for example ${row.name}${VALUE_EXAMPLES[row.value]}`,
        fixes: valueFixes(entry, row.value),
      });
    }
  }
}

/** The value as it was probably meant, where one of another type can be read as one. */
function valueFixes(entry: QualifierEntry, type: ValueType): readonly Fix[] {
  const { value } = entry;
  const words = typeof value === 'string' ? value.trim().toUpperCase() : String(value);
  if (type === 'integer' && typeof value === 'string' && /^\d{1,19}$/.test(words)) {
    return withValue(entry, words);
  }
  if (type === 'boolean') {
    if (words === 'TRUE' || words === '1') return withValue(entry, 'TRUE');
    if (words === 'FALSE' || words === '0') return withValue(entry, 'FALSE');
  }
  return type === 'string' && typeof value === 'bigint' ? withValue(entry, `"${words}"`) : [];
}

/** Whether what is registered or exchanged depends on the value; other qualifiers count as left out when it is unknown. */
function isDecisive(row: Row | undefined): boolean {
  if (row === undefined) return false;
  return row.headerOnly !== true && row.text !== true && row.values !== true;
}

/** Reports what stands for a value that mofgen cannot know, a macro once: MOF2109 where the value matters. */
export function reportStandIns(
  name: string,
  standIns: readonly StandIn[],
  code: 'MOF2108' | 'MOF2109',
  report: Findings,
): void {
  for (const { words, macro, location } of standIns) {
    report.add(code, location, `'${name}' has ${words} where a value is expected`, {
      help: 'write the number, or the text in quotes; a macro has to be expanded: -D NAME=TEXT defines one',
      ...(macro === undefined ? {} : { subject: macro }),
    });
  }
}

const PLACE_NAMES = {
  class: 'a class',
  property: 'a property',
  method: 'a method',
  parameter: 'a parameter',
} as const satisfies Record<Place, string>;

const VALUE_NAMES = {
  boolean: 'TRUE, FALSE or no value',
  integer: 'an integer',
  string: 'a string',
  strings: 'a list of strings',
  any: 'any value',
} as const satisfies Record<ValueType, string>;

const VALUE_EXAMPLES = {
  boolean: '(TRUE)',
  integer: '(1)',
  string: '("text")',
  strings: '{"0", "1"}',
  any: '',
} as const satisfies Record<ValueType, string>;

/** NULL stands for "no value" of every type. */
function isA(type: ValueType, value: QualifierValue): boolean {
  if (value === null) return true;
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return typeof value === 'bigint';
    case 'string':
      return typeof value === 'string';
    case 'strings':
      return (isList(value) ? value : [value]).every(
        (each) => typeof each === 'string' || typeof each === 'bigint',
      );
    case 'any':
      return true;
    default:
      return type satisfies never;
  }
}

function isList(value: QualifierValue): value is readonly QualifierValue[] {
  return Array.isArray(value);
}

/** Whether two qualifier values say the same. */
export function sameValue(a: QualifierValue, b: QualifierValue): boolean {
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((each, index) => sameValue(each, b[index] ?? null));
  }
  return a === b;
}
