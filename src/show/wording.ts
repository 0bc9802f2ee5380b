/** Words facts of the model: roles, types, sizes, offsets. */
import {
  type BlockRole,
  type DataBlock,
  type Method,
  type MethodParameter,
  type WireItem,
  type WireRecord,
  type WireType,
} from '../model/model.js';
import { isWritable } from '../model/set-rules.js';

const ROLES: Record<BlockRole, string> = {
  dataBlock: 'data block',
  event: 'event',
  structure: 'structure',
};

/** `data block`, `data block, expensive` */
export function roleWords({ role, expensive }: DataBlock): string {
  return expensive ? `${ROLES[role]}, expensive` : ROLES[role];
}

/** What a consumer may do with a block as a whole; `undefined` for a block without queries. */
export function accessWords(block: DataBlock): string | undefined {
  if (block.role !== 'dataBlock') return undefined;
  return isWritable(block) ? 'read-write' : 'read-only';
}

/** `{93f0f9e4-7e0c-4bc0-a9f6-0d9f5b0b6402}` */
export function guidWords({ guid }: DataBlock): string | undefined {
  return guid === undefined ? undefined : `{${guid}}`;
}

/** `uint8[16]`, `string(32)`, `Entry[Count]`, `uint8[]` */
export function typeWords(item: WireItem): string {
  return elementWords(item.type) + countWords(item);
}

/** `[16]`, `[Count]`, `[]`; nothing for a single value. `nameOf` encodes the name of the item with the count. */
export function countWords({ count }: WireItem, nameOf: (name: string) => string = String): string {
  switch (count.kind) {
    case 'scalar':
      return '';
    case 'fixed':
      return `[${count.length}]`;
    case 'sizedBy':
      return `[${nameOf(count.item)}]`;
    case 'rest':
      return '[]';
    default:
      return count satisfies never;
  }
}

function elementWords(type: WireType): string {
  return type.kind === 'string' && type.maxLength !== undefined
    ? `string(${type.maxLength})`
    : typeName(type);
}

/** The type of one element, without the bound of strings. */
export function typeName(type: WireType): string {
  switch (type.kind) {
    case 'boolean':
    case 'char16':
    case 'datetime':
    case 'string':
      return type.kind;
    case 'integer':
      return type.name;
    case 'structure':
      return type.structure.name;
    default:
      return type satisfies never;
  }
}

/** `112`, or `82+` where that is the least */
export function sizeNumber({ layout: { size, minimumSize } }: WireRecord): string {
  return size === undefined ? `${minimumSize}+` : String(size);
}

/** `1 byte`, `3 to 14 bytes`, `82 bytes or more` */
export function sizeWords({ layout: { size, minimumSize } }: WireRecord): string {
  if (size === undefined) return `${bytes(minimumSize)} or more`;
  return size === minimumSize ? bytes(size) : `${minimumSize} to ${bytes(size)}`;
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}

/** An offset or a size. */
export function numberOrVaries(value: number | undefined): string {
  return value === undefined ? 'varies' : String(value);
}

/** A parameter with its place in the input and in the output. */
export interface PlacedParameter {
  readonly parameter: MethodParameter;
  /** In the input, else in the output. */
  readonly item: WireItem | undefined;
  readonly direction: string;
  /** Empty where it is not. */
  readonly inputOffset: string;
  readonly outputOffset: string;
}

export function placedParameters({ parameters, input, output }: Method): PlacedParameter[] {
  return parameters.map((parameter) => {
    const find = (record: WireRecord) => record.items.find(({ id }) => id === parameter.id);
    const sides = { input: find(input), output: find(output) };
    return {
      parameter,
      item: sides.input ?? sides.output,
      direction: parameter.isReturnValue ? 'return' : parameter.direction,
      inputOffset: offsetWords(sides.input),
      outputOffset: offsetWords(sides.output),
    };
  });
}

function offsetWords(item: WireItem | undefined): string {
  return item === undefined ? '' : numberOrVaries(item.layout.offset);
}
