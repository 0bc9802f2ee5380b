/**
 * The table of every qualifier that mofgen uses: where it is allowed, the type of its value, and its meaning.
 *
 * Other qualifiers are kept in the model and otherwise ignored; known-qualifiers.ts has the documented ones. To add a qualifier,
 * add a row, and run `npm run reference`, which writes docs/qualifiers.md.
 * Sources: docs/spec/layout-and-header.md#class-qualifiers (windows-driver-docs, "WMI class/property qualifiers"; the WDK's own
 * MOFs) and DSP0004.
 */
import { nameKey } from '../text/name-key.js';
import { type Fix } from '../diagnostics/diagnostic.js';
import { type Findings } from './findings.js';
import { withoutQualifier, withValue } from './fixes.js';
import {
  type QualifierEntry,
  type QualifierSet,
  type QualifierValue,
  type Placeholder,
} from './model.js';

export type Place = 'class' | 'property' | 'method' | 'parameter';

type ValueType = 'boolean' | 'integer' | 'string' | 'strings' | 'any';

interface Row {
  /** Elsewhere it gives a warning. */
  readonly places: readonly Place[];
  readonly value: ValueType;
  readonly meaning: string;
  /** It only affects the C header: repeated declarations of a class may differ in it. */
  readonly headerOnly?: true;
  /** It is a text for readers: repeated declarations may differ in it, and the first one is used. */
  readonly text?: true;
  /** It names or limits values for readers, and does not affect the exchanged data. */
  readonly values?: true;
}

const EVERYWHERE = ['class', 'property', 'method', 'parameter'] as const;
const VALUES = ['property', 'method', 'parameter'] as const;

// Read and Write are allowed on methods, where they have no effect, because firmware MOFs have them there.
export const QUALIFIERS = {
  Abstract: {
    places: ['class'],
    value: 'boolean',
    meaning: 'the class is only a base class: it is never registered',
  },
  BitMap: {
    places: VALUES,
    value: 'strings',
    meaning: 'the bits that BitValues names, as bit numbers or as masks',
    values: true,
  },
  BitValues: { places: VALUES, value: 'strings', meaning: 'the names of bits', values: true },
  cpp_quote: {
    places: EVERYWHERE,
    value: 'any',
    meaning: 'C code for the header; copied only with --allow-cpp-quote',
    headerOnly: true,
  },
  DefineDataId: {
    places: ['property'],
    value: 'string',
    meaning: 'the prefix of a macro for the WmiDataId in the C header',
    headerOnly: true,
  },
  DefineValues: {
    places: VALUES,
    value: 'strings',
    meaning: 'the names of a macro for each value in the C header',
    headerOnly: true,
  },
  Description: {
    places: EVERYWHERE,
    value: 'string',
    meaning: 'a description for readers',
    text: true,
  },
  DisplayName: { places: EVERYWHERE, value: 'string', meaning: 'a title for readers', text: true },
  Dynamic: {
    places: EVERYWHERE,
    value: 'boolean',
    meaning: 'a provider supplies the instances, not the WMI repository',
  },
  Guid: {
    places: ['class'],
    value: 'string',
    meaning: 'the GUID by which WMI and the driver identify the block',
  },
  GuidName1: {
    places: ['class'],
    value: 'string',
    meaning: 'the name of the macro with the GUID in the C header',
    headerOnly: true,
  },
  GuidName2: {
    places: ['class'],
    value: 'string',
    meaning: 'the name of the variable with the GUID in the C header',
    headerOnly: true,
  },
  HeaderName: {
    places: ['class', 'method'],
    value: 'string',
    meaning: 'the name in the C header',
    headerOnly: true,
  },
  ID: { places: ['parameter'], value: 'integer', meaning: 'the position of a parameter, from 0' },
  Implemented: {
    places: ['method'],
    value: 'boolean',
    meaning: 'the provider implements the method',
  },
  In: { places: ['parameter'], value: 'boolean', meaning: 'the parameter is sent to the driver' },
  Key: {
    places: ['property'],
    value: 'boolean',
    meaning: 'the property identifies an instance; only InstanceName of a block has it',
  },
  Max: {
    places: VALUES,
    value: 'integer',
    meaning: 'the number of elements of an array without a length in brackets',
  },
  MaxLen: {
    places: VALUES,
    value: 'integer',
    meaning: 'the maximum length of a string, in characters',
  },
  MaxValue: { places: VALUES, value: 'integer', meaning: 'the largest value', values: true },
  MinValue: { places: VALUES, value: 'integer', meaning: 'the smallest value', values: true },
  Out: {
    places: ['parameter'],
    value: 'boolean',
    meaning: 'the parameter is returned by the driver',
  },
  Provider: {
    places: EVERYWHERE,
    value: 'string',
    meaning: 'the provider that supplies the instances: WMIProv for drivers',
  },
  Read: { places: VALUES, value: 'boolean', meaning: 'consumers may read the item' },
  Static: {
    places: ['class', 'method'],
    value: 'boolean',
    meaning: 'WMI itself keeps the instances: never registered',
  },
  Units: {
    places: VALUES,
    value: 'string',
    meaning: 'the unit of measurement, as text',
    text: true,
  },
  ValueMap: {
    places: VALUES,
    value: 'strings',
    meaning: 'the values that Values names',
    values: true,
  },
  Values: {
    places: VALUES,
    value: 'strings',
    meaning: 'the names of values, counted from 0 without ValueMap',
    values: true,
  },
  WMI: { places: ['class'], value: 'boolean', meaning: 'a driver provides the class through WMI' },
  WmiDataId: {
    places: ['property'],
    value: 'integer',
    meaning: 'makes the property a data item, and gives its position in the data, from 1',
  },
  // Allowed nowhere: a sample of the WDK has it, but nothing reads it (docs/spec/layout-and-header.md#item-qualifiers).
  WmiEnum: { places: [], value: 'any', meaning: 'nothing: use Values and ValueMap' },
  WmiEventRate: {
    places: ['property'],
    value: 'string',
    meaning: 'the item with the rate of the event',
  },
  WmiEventTrigger: {
    places: ['property'],
    value: 'string',
    meaning: 'the item with the limit at which the event is sent',
  },
  WmiExpense: {
    places: ['class'],
    value: 'integer',
    meaning: 'the average cost of a query, for clients',
  },
  WmiGenerateHeader: {
    places: ['class'],
    value: 'boolean',
    meaning: 'whether the C header contains the class',
    headerOnly: true,
  },
  WmiMethodId: {
    places: ['method'],
    value: 'integer',
    meaning: 'the number by which WMI calls the method',
  },
  WmiSizeIs: {
    places: VALUES,
    value: 'string',
    meaning: 'the item with the number of elements of the array',
  },
  WmiTimeStamp: {
    places: ['property'],
    value: 'boolean',
    meaning: 'the item is a time in 64 bits',
  },
  Write: { places: VALUES, value: 'boolean', meaning: 'consumers may set the item' },
} as const satisfies Record<string, Row>;

type Table = typeof QUALIFIERS;
type NameOf<V extends ValueType> = {
  [N in keyof Table]: Table[N]['value'] extends V ? N : never;
}[keyof Table];

const rows: ReadonlyMap<string, Row & { readonly name: string }> = new Map(
  Object.entries<Row>(QUALIFIERS).map(([name, row]) => [nameKey(name), { ...row, name }]),
);

/** The row of a qualifier, or `undefined` when mofgen does not use it. */
export function qualifierRow(name: string): (Row & { readonly name: string }) | undefined {
  return rows.get(nameKey(name));
}

/** The names of the qualifiers that mofgen uses, as documented. */
export function qualifierNames(): readonly string[] {
  return Object.keys(QUALIFIERS);
}

/** Whether a boolean qualifier is set: without a value or with TRUE. */
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

/** Describes how two values differ: `8 instead of 4`; for lists, in the first different entry. */
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

/** Longer lists are shortened in messages. */
const MAX_ENTRIES = 5;

/** A value in MOF syntax; `none` when the qualifier is absent. */
export function valueWords(value: QualifierValue | undefined): string {
  if (value === undefined) return 'none';
  if (value === null) return 'NULL';
  if (isList(value)) {
    const more = value.length > MAX_ENTRIES ? [`${value.length - MAX_ENTRIES} more`] : [];
    return `{${[...value.slice(0, MAX_ENTRIES).map(valueWords), ...more].join(', ')}}`;
  }
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
}

/** Reports values of the wrong type, qualifiers without effect at `place`, and contradictions. */
export function checkQualifiers(
  set: QualifierSet,
  place: Place,
  className: string,
  report: Findings,
): void {
  const first = new Map<string, QualifierEntry>();
  for (const entry of set.entries) {
    const row = qualifierRow(entry.name);
    if (entry.placeholders.length > 0) {
      reportPlaceholders(
        entry.name,
        entry.placeholders,
        isDecisive(row) ? 'MOF2109' : 'MOF2108',
        report,
      );
      continue;
    }
    if (row === undefined) continue;
    const earlier = first.get(nameKey(entry.name));
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
    if (earlier === undefined) first.set(nameKey(entry.name), entry);
    if (!row.places.includes(place)) {
      const where = row.places.map((each) => PLACE_NAMES[each]).join(' or ');
      report.add(
        'MOF2102',
        entry.location,
        `'${entry.name}' has no effect on ${PLACE_NAMES[place]}`,
        {
          help:
            where === '' ? 'remove it; Values and ValueMap name values' : `it belongs on ${where}`,
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

/** Fixes that convert a value to the right type, if that is possible. */
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

/** Whether registration or the exchanged data depends on the value; other qualifiers are ignored when their value is unknown. */
function isDecisive(row: Row | undefined): boolean {
  if (row === undefined) return false;
  return row.headerOnly !== true && row.text !== true && row.values !== true;
}

/** Reports placeholders, a macro once: MOF2109 where the value matters. */
export function reportPlaceholders(
  name: string,
  placeholders: readonly Placeholder[],
  code: 'MOF2108' | 'MOF2109',
  report: Findings,
): void {
  for (const { words, macro, location } of placeholders) {
    report.add(code, location, `'${name}' has ${words} where a value is expected`, {
      help: 'write the number, or the text in quotes; -D NAME=TEXT defines a macro',
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

/** NULL is "no value" of every type. */
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

/** Whether two qualifier values are equal. */
export function sameValue(a: QualifierValue, b: QualifierValue): boolean {
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((each, index) => sameValue(each, b[index] ?? null));
  }
  return a === b;
}
