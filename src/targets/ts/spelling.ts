/**
 * How TypeScript spells each wire type: its type, its zero, and the expressions that read and write it. Offsets and
 * sizes come from the model.
 */
import { type IntegerTypeName, type WireItem, type WireType } from '../../model/model.js';
import { tsString } from './text.js';

/** The names of a structure in emitted code: its interface and its codec, which also describes it to arrays. */
export interface StructureNames {
  readonly type: string;
  readonly codec: string;
}

/** Returns the names of an embedded class. */
export type NamesOf = (type: Extract<WireType, { kind: 'structure' }>) => StructureNames;

/** The types that are spelled the same in `DataView` getters, `wmi` writers and descriptors. */
type ScalarKind = Exclude<WireType, { kind: 'string' | 'structure' }>;

function scalarName(type: ScalarKind): 'boolean' | 'char16' | 'datetime' | IntegerTypeName {
  return type.kind === 'integer' ? type.name : type.kind;
}

/** `Uint16`: the name of an integer in `DataView`. */
function viewName(type: Extract<WireType, { kind: 'integer' }>): string {
  return `${type.bits === 64 ? 'Big' : ''}${type.signed ? 'Int' : 'Uint'}${type.bits}`;
}

/** Whether the item is a Uint8Array. */
export function isByteArray(item: WireItem): boolean {
  return item.count.kind !== 'scalar' && item.type.kind === 'integer' && item.type.name === 'uint8';
}

/** Returns the type of an item whose every value has a name. */
export interface ListedNames {
  listed(item: WireItem): string | undefined;
}

/** The TypeScript type of an item's value. */
export function valueType(item: WireItem, names: ListedNames, namesOf: NamesOf): string {
  if (isByteArray(item)) return 'Uint8Array';
  const element = names.listed(item) ?? elementType(item.type, namesOf);
  return item.count.kind === 'scalar' ? element : `readonly ${element}[]`;
}

/** The cast from a read value to the item's type; empty for most items. */
export function asListed(item: WireItem, names: ListedNames): string {
  const listed = names.listed(item);
  if (listed === undefined || isByteArray(item)) return '';
  return item.count.kind === 'scalar' ? ` as ${listed}` : ` as readonly ${listed}[]`;
}

/** The runtime's description of an item that is the only content of a buffer. */
export function itemType(item: WireItem, namesOf: NamesOf): string {
  const of = descriptor(item.type, namesOf);
  if (item.count.kind === 'scalar') return of;
  const length = item.count.kind === 'fixed' ? [String(item.count.length)] : [];
  if (isByteArray(item)) return `wmi.bytesOf(${length.join('')})`;
  const verb = hasFixedElements(item) ? 'arrayOf' : 'manyOf';
  return `wmi.${verb}(${[of, ...length].join(', ')})`;
}

function elementType(type: WireType, namesOf: NamesOf): string {
  switch (type.kind) {
    case 'boolean':
      return 'boolean';
    case 'integer':
      return type.bits === 64 ? 'bigint' : 'number';
    case 'char16':
      return 'number';
    case 'datetime':
    case 'string':
      return 'string';
    case 'structure':
      return namesOf(type).type;
    default:
      return type satisfies never;
  }
}

/** The runtime's descriptor of an element, for arrays. */
function descriptor(type: WireType, namesOf: NamesOf): string {
  if (type.kind === 'structure') return namesOf(type).codec;
  if (type.kind !== 'string') return `wmi.${scalarName(type)}`;
  return type.maxLength === undefined ? 'wmi.string' : `wmi.boundedString(${type.maxLength})`;
}

/** `at + 4`, or `at` alone; for a record at the start of the view a number. */
function place(at: string, offset: number): string {
  if (at === '0') return String(offset);
  return offset === 0 ? at : `${at} + ${offset}`;
}

/** Reads an item of a fixed record that starts at `at` of `view`. */
export function readFixed(item: WireItem, view: string, at: string, namesOf: NamesOf): string {
  const { type, count, layout } = item;
  const where = place(at, layout.offset ?? 0);
  if (count.kind === 'fixed') {
    return isByteArray(item)
      ? `wmi.readBytes(${view}, ${where}, ${count.length})`
      : `wmi.readArray(${view}, ${where}, ${count.length}, ${descriptor(type, namesOf)})`;
  }
  switch (type.kind) {
    case 'boolean':
      return `${view}.getUint8(${where}) !== 0`;
    case 'integer':
      return `${view}.get${viewName(type)}(${where}${type.bits === 8 ? '' : ', true'})`;
    case 'char16':
      return `${view}.getUint16(${where}, true)`;
    case 'datetime':
      return `wmi.readDatetime(${view}, ${where})`;
    case 'structure':
      return `${namesOf(type).codec}.read(${view}, ${where})`;
    case 'string':
      throw new Error(`a string is never fixed: ${item.name}`);
    default:
      return type satisfies never;
  }
}

/** Writes `value` as an item of a fixed record that starts at `at` of `view`; `label` names it in errors. */
export function writeFixed(item: WireItem, value: string, label: string, namesOf: NamesOf): string {
  const { type, count, layout } = item;
  const where = place('at', layout.offset ?? 0);
  const name = tsString(label);
  if (count.kind === 'fixed') {
    return isByteArray(item)
      ? `wmi.writeBytes(view, ${where}, ${value}, ${count.length}, ${name});`
      : `wmi.writeArray(view, ${where}, ${value}, ${count.length}, ${descriptor(type, namesOf)}, ${name});`;
  }
  switch (type.kind) {
    case 'boolean':
      return `wmi.writeBoolean(view, ${where}, ${value}, ${name});`;
    case 'integer':
    case 'char16':
    case 'datetime': {
      const scalar = scalarName(type);
      const verb = `write${scalar.charAt(0).toUpperCase()}${scalar.slice(1)}`;
      return `wmi.${verb}(view, ${where}, ${value}, ${name});`;
    }
    case 'structure':
      return `${namesOf(type).codec}.write(view, ${where}, ${value}, ${name});`;
    case 'string':
      throw new Error(`a string is never fixed: ${item.name}`);
    default:
      return type satisfies never;
  }
}

/** Whether all elements have one size, so that a fixed descriptor is possible. */
function hasFixedElements(item: WireItem): boolean {
  const { type } = item;
  return type.kind === 'structure'
    ? type.structure.data.layout.kind === 'fixed'
    : type.kind !== 'string';
}

/** Reads an item by walking; `count` is the expression that holds the number of elements. */
export function readWalked(item: WireItem, count: string | undefined, namesOf: NamesOf): string {
  const { type } = item;
  switch (item.count.kind) {
    case 'scalar':
      return readWalkedScalar(type, namesOf);
    case 'fixed':
    case 'sizedBy': {
      const length = item.count.kind === 'fixed' ? String(item.count.length) : (count ?? '0');
      if (isByteArray(item)) return `reader.bytes(${length})`;
      const verb = hasFixedElements(item) ? 'array' : 'many';
      return `reader.${verb}(${length}, ${descriptor(type, namesOf)})`;
    }
    case 'rest':
      return readRest(item, namesOf);
    default:
      return item.count satisfies never;
  }
}

/** Reads elements until the buffer ends. */
export function readRest(item: WireItem, namesOf: NamesOf): string {
  if (isByteArray(item)) return 'reader.restBytes()';
  const verb = hasFixedElements(item) ? 'rest' : 'restMany';
  return `reader.${verb}(${descriptor(item.type, namesOf)})`;
}

function readWalkedScalar(type: WireType, namesOf: NamesOf): string {
  if (type.kind === 'structure') {
    const verb = type.structure.data.layout.kind === 'fixed' ? 'fixed' : 'walked';
    return `reader.${verb}(${namesOf(type).codec})`;
  }
  if (type.kind !== 'string') return `reader.${scalarName(type)}()`;
  return type.maxLength === undefined
    ? 'reader.string()'
    : `reader.boundedString(${type.maxLength})`;
}

/** Writes an item by walking; `count` is the expression that holds the number of elements. */
export function writeWalked(
  item: WireItem,
  value: string,
  count: string | undefined,
  label: string,
  namesOf: NamesOf,
): string {
  const { type } = item;
  const name = tsString(label);
  const of = descriptor(type, namesOf);
  if (item.count.kind !== 'scalar') {
    const length = item.count.kind === 'fixed' ? String(item.count.length) : (count ?? 'undefined');
    if (isByteArray(item)) return `writer.bytes(${value}, ${length}, ${name});`;
    const verb = hasFixedElements(item) ? 'array' : 'many';
    return `writer.${verb}(${value}, ${length}, ${of}, ${name});`;
  }
  if (type.kind === 'string') {
    return type.maxLength === undefined
      ? `writer.string(${value}, ${name});`
      : `writer.boundedString(${value}, ${type.maxLength}, ${name});`;
  }
  if (type.kind === 'structure') {
    return `writer.${hasFixedElements(item) ? 'fixed' : 'walked'}(${of}, ${value}, ${name});`;
  }
  return `writer.${scalarName(type)}(${value}, ${name});`;
}

/** `expression`, which gives the value of `count`, as a number. */
export function countNumber(count: WireItem, expression: string): string {
  const is64 = count.type.kind === 'integer' && count.type.bits === 64;
  return is64 ? `Number(${expression})` : expression;
}

/** The zeros of types that depend on the context. */
export interface ZeroStyle {
  /** The expression for a datetime. */
  readonly datetime: string;
  /** The expression for an embedded class. */
  structure(type: Extract<WireType, { kind: 'structure' }>): string;
}

/** A value of all zeros; `count` is the expression for the number of elements, a number. */
export function zeroValue(
  item: WireItem,
  count: string | undefined,
  names: ListedNames,
  style: ZeroStyle,
): string {
  if (item.count.kind === 'scalar') return zeroElement(item, names, style);
  const length = item.count.kind === 'fixed' ? String(item.count.length) : count;
  if (isByteArray(item)) return `new Uint8Array(${length ?? '0'})`;
  if (length === undefined) return '[]';
  const element = zeroElement(item, names, style);
  return `wmi.repeat(${length}, () => ${element.startsWith('{') ? `(${element})` : element})`;
}

/** One element of zeros. */
export function zeroElement(item: WireItem, names: ListedNames, style: ZeroStyle): string {
  const zero = plainZero(item.type, style);
  if (names.listed(item) === undefined) return zero;
  const hasName = item.documentation.values.some(({ value, text }) =>
    item.type.kind === 'string' ? text === '' : value === 0n,
  );
  return hasName ? zero : `wmi.unlistedValue(${zero})`;
}

function plainZero(type: WireType, style: ZeroStyle): string {
  switch (type.kind) {
    case 'boolean':
      return 'false';
    case 'integer':
      return type.bits === 64 ? '0n' : '0';
    case 'char16':
      return '0';
    case 'datetime':
      return style.datetime;
    case 'string':
      return '""';
    case 'structure':
      return style.structure(type);
    default:
      return type satisfies never;
  }
}
