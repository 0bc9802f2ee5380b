/**
 * The facts of an item for the tests, as the lines of a PowerShell hashtable. All facts come from the model.
 */
import { type NamedValue, type WireItem } from '../../model/model.js';
import { typeWords } from '../../show/wording.js';
import { oneLine, psInteger, psString } from './text.js';
import { cimType, declaredLimits, startingValue, typeLimits } from './types.js';
import { namedRanges } from './value-names.js';

/** Facts of the item's position, in addition to those of its type. */
export type PlaceFacts = Readonly<Record<string, string>>;

/** `@{ … }` over several lines, `columns` from the left. */
export function factLines(item: WireItem, place: PlaceFacts, columns: number): string[] {
  const inner = [
    row({ Name: psString(item.name), Title: psString(oneLine(typeWords(item))), ...place }),
    row({ ...typeFacts(item), ...countFacts(item), ...limitFacts(item) }),
    ...valueFacts(item),
  ];
  const lines = ['@{', ...inner.map((line) => `    ${line}`), '}'];
  return lines.map((line) => ' '.repeat(columns) + line);
}

/** The default of the item in an embedded instance that a test makes. */
export function defaultFact(item: WireItem, isCount: boolean): PlaceFacts {
  return item.type.kind === 'structure' ? {} : { Default: startingValue(item, isCount) };
}

function row(facts: PlaceFacts): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} = ${value}`)
    .join('; ');
}

function typeFacts({ type, count }: WireItem): PlaceFacts {
  return {
    Type: psString(cimType(type)),
    ...(count.kind === 'scalar' ? {} : { IsArray: '$true' }),
    ...(type.kind === 'structure' ? { ClassName: psString(type.structure.name) } : {}),
    ...(type.kind === 'string' && type.maxLength !== undefined
      ? { MaxLength: String(type.maxLength) }
      : {}),
  };
}

function countFacts({ count }: WireItem): PlaceFacts {
  switch (count.kind) {
    case 'fixed':
      return { Length: String(count.length) };
    case 'sizedBy':
      return { CountedBy: psString(count.item) };
    case 'rest':
    case 'scalar':
      return {};
    default:
      return count satisfies never;
  }
}

function limitFacts({ type, documentation }: WireItem): PlaceFacts {
  if (type.kind !== 'integer') return {};
  const limits = typeLimits(type);
  if (limits === undefined) return {};
  const { lowest, highest } = declaredLimits(limits, documentation);
  return { Minimum: psInteger(lowest), Maximum: psInteger(highest) };
}

function valueFacts(item: WireItem): string[] {
  const { type, documentation, qualifiers } = item;
  const lines: string[] = [];
  // DefineValues name constants of C, which a driver may combine.
  if (qualifiers.has('Values')) lines.push(...namesOf(item));
  if (type.kind === 'integer' && documentation.bits.every(({ value }) => value !== undefined)) {
    const { bits: width } = type;
    const bits = documentation.bits.flatMap(({ label, value }) =>
      value !== undefined && value >= 0n && value < width
        ? `@{ Name = ${psString(label)}; Bit = ${value} }`
        : [],
    );
    if (bits.length > 0) lines.push(`Width = ${type.bits}`, ...list('Bits', bits));
  }
  return lines;
}

function namesOf({ type, documentation: { values }, qualifiers }: WireItem): string[] {
  if (type.kind === 'string') {
    return qualifiers.has('ValueMap') ? list('Values', values.map(namedText)) : [];
  }
  const limits = typeLimits(type);
  const ranges = limits === undefined ? undefined : namedRanges(values, limits);
  if (ranges === undefined) return [];
  return list(
    'Values',
    ranges.map(
      ({ label, from, to }) =>
        `@{ Name = ${psString(label)}; From = ${psInteger(from)}; To = ${psInteger(to)} }`,
    ),
  );
}

function namedText({ label, text }: NamedValue): string {
  return `@{ Name = ${psString(label)}; Text = ${psString(text)} }`;
}

function list(name: string, entries: readonly string[]): string[] {
  return [`${name} = @(`, ...entries.map((entry) => `    ${entry}`), ')'];
}
