/**
 * The statements that give zeroed values what an instance starts with: the defaults of the MOF, and in every other datetime an
 * interval of no length. Values with pointers point to constants afterwards, so that somebody has to copy what they point to.
 */
import {
  type PlainValue,
  type WireItem,
  type WireRecord,
  type WireType,
} from '../../model/model.js';
import { isList, startingLength } from '../../model/value-checks.js';
import { wideString } from '../c/text.js';
import { hasTimes, loop, timeLines } from './empty-values.js';
import { type ProviderNames } from './naming.js';
import { isPointer, valueElement, type ValueStruct } from './value-structs.js';

/** Whether the MOF has defaults for a record, or a class embedded in it. */
export function hasDefaults({ items }: WireRecord): boolean {
  return items.some(
    ({ type, count, defaultValue }) =>
      defaultValue !== undefined ||
      (type.kind === 'structure' &&
        count.kind !== 'sizedBy' &&
        count.kind !== 'rest' &&
        hasDefaults(type.structure.data)),
  );
}

/** Whether starting values point to constants. */
export function pointsToConstants(record: WireRecord): boolean {
  return record.items.some((item) => {
    const { type, count, defaultValue } = item;
    if (type.kind === 'structure') {
      return (
        count.kind !== 'sizedBy' && count.kind !== 'rest' && pointsToConstants(type.structure.data)
      );
    }
    if (isPointer(item)) return pointedLength(record, item) > 0;
    return defaultValue !== undefined && isUnbounded(type);
  });
}

/** The initial number of elements of an array that a pointer refers to. */
function pointedLength(record: WireRecord, item: WireItem): number {
  return startingLength(record, item) ?? elementsOf(item).length;
}

function elementsOf({ defaultValue }: WireItem): readonly PlainValue[] {
  return defaultValue !== undefined && isList(defaultValue) ? defaultValue : [];
}

function isUnbounded(type: WireType): boolean {
  return type.kind === 'string' && type.maxLength === undefined;
}

/** What of the first values is left to do for values whose datetimes have been made, or have not. */
interface Start {
  readonly names: ProviderNames;
  readonly fillsTimes: boolean;
}

/** Fills zeroed values; `at` ends in what selects a member, such as `context->Data.`. */
export function startLines(
  record: WireRecord,
  struct: ValueStruct,
  at: string,
  depth: number,
  start: Start,
): string[] {
  return record.items.flatMap((item) => itemLines(item, record, struct, at, depth, start));
}

function itemLines(
  item: WireItem,
  record: WireRecord,
  struct: ValueStruct,
  at: string,
  depth: number,
  start: Start,
): string[] {
  const { names, fillsTimes } = start;
  const { type, count, defaultValue } = item;
  const member = `${at}${struct.member(item)}`;
  if (type.kind === 'structure') {
    if (isPointer(item)) return [];
    const { data } = type.structure;
    if (!hasDefaults(data) && !(fillsTimes && hasTimes(data))) return [];
    const inner = names.structOf(type.structure);
    if (count.kind !== 'fixed') return startLines(data, inner, `${member}.`, depth, start);
    const body = (index: string) =>
      startLines(data, inner, `${member}[${index}].`, depth + 1, start);
    return body('').length === 0 ? [] : loop(count.length, depth, names.localNames, body);
  }
  if (isPointer(item)) {
    const length = pointedLength(record, item);
    const counted = count.kind === 'rest' ? `${at}${struct.count(item)}` : undefined;
    return length === 0 ? [] : pointerLines(item, length, member, counted, names);
  }
  if (defaultValue !== undefined && !isList(defaultValue)) {
    return scalarLines(type, defaultValue, member, names);
  }
  const values = elementsOf(item);
  const isWhole = count.kind === 'fixed' && values.length === count.length;
  return [
    ...(fillsTimes && !isWhole ? timeLines({ items: [item] }, struct, at, depth, names) : []),
    ...(values.length === 0 ? [] : fixedLines(item, values, member, names)),
  ];
}

/** One value in its place. */
function scalarLines(
  type: WireType,
  value: PlainValue,
  member: string,
  { localNames: { first } }: ProviderNames,
): string[] {
  if (typeof value !== 'string') {
    const isZero = value === false || value === 0n;
    return isZero ? [] : [`${member} = ${cLiteral(type, value)};`];
  }
  if (type.kind === 'datetime')
    return [`RtlCopyMemory(${member}, ${wideString(value)}, sizeof(${member}));`];
  if (value === '') return [];
  const bytes = 2 * value.length;
  if (isUnbounded(type)) {
    return [
      '{',
      `    static const UNICODE_STRING ${first} = ${constantString(value)};`,
      '',
      `    ${member} = ${first};`,
      '}',
    ];
  }
  return [
    `${member}[0] = ${bytes};`,
    `RtlCopyMemory(&${member}[1], ${wideString(value)}, ${bytes});`,
  ];
}

/** Elements in their places, those of numbers copied from a constant. */
function fixedLines(
  item: WireItem,
  values: readonly PlainValue[],
  member: string,
  names: ProviderNames,
): string[] {
  if (item.type.kind === 'string' || item.type.kind === 'datetime') {
    return values.flatMap((value, index) =>
      scalarLines(item.type, value, `${member}[${index}]`, names),
    );
  }
  const { first } = names.localNames;
  return [
    '{',
    `    ${constant(item, values, values.length, names)}`,
    '',
    `    RtlCopyMemory(${member}, ${first}, sizeof(${first}));`,
    '}',
  ];
}

/** A pointer to a constant array, as long as the count of the array. */
function pointerLines(
  item: WireItem,
  length: number,
  member: string,
  counted: string | undefined,
  names: ProviderNames,
): string[] {
  // A datetime of zeros is not valid.
  const values = elementsOf(item);
  const others = item.type.kind === 'datetime' ? length - values.length : 0;
  const all = [...values, ...Array.from({ length: others }, () => NO_TIME)];
  return [
    '{',
    `    ${constant(item, all, length, names)}`,
    '',
    `    ${member} = ${names.localNames.first};`,
    ...(counted === undefined ? [] : [`    ${counted} = ${length};`]),
    '}',
  ];
}

function constant(
  item: WireItem,
  values: readonly PlainValue[],
  length: number,
  names: ProviderNames,
): string {
  const element = valueElement(item, names.structOf);
  const initial = values.map((value) => initializer(item.type, value)).join(', ') || '0';
  return `static const ${element.type} ${names.localNames.first}[${length}]${element.dimensions} = {${initial}};`;
}

function initializer(type: WireType, value: PlainValue): string {
  if (typeof value !== 'string') return cLiteral(type, value);
  if (isUnbounded(type)) return constantString(value);
  const bytes = 2 * value.length;
  // Some compilers warn of a literal whose terminator does not fit.
  const units = Array.from({ length: value.length }, (_, index) => String(value.charCodeAt(index)));
  return `{${[...(type.kind === 'string' ? [String(bytes)] : []), ...units].join(', ')}}`;
}

/** The initializer of a UNICODE_STRING. Its macro also drops the const that a literal has in C++. */
const constantString = (value: string): string => `RTL_CONSTANT_STRING(${wideString(value)})`;

/** An interval of no length. */
const NO_TIME = '00000000000000.000000:000';

const LEAST_LONG = -(2n ** 31n);
const LEAST_LONGLONG = -(2n ** 63n);
const MAX_LONG = 2n ** 31n - 1n;

/** A number as C takes it without a warning: the least one of a type has no literal. */
function cLiteral(type: WireType, value: boolean | bigint): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  // The header declares a character as SHORT.
  if (type.kind === 'char16') return String(BigInt.asIntN(16, value));
  if (type.kind !== 'integer') return String(value);
  if (type.bits === 64) {
    if (value === LEAST_LONGLONG) return `(${value + 1n}LL - 1)`;
    return `${value}${type.signed ? 'LL' : 'ULL'}`;
  }
  if (value === LEAST_LONG) return `(${value + 1n} - 1)`;
  return value > MAX_LONG ? `${value}UL` : String(value);
}
