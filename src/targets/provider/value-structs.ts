/**
 * The structures through which a driver's code sees its data: one for each record, with a declaration for every item.
 *
 * Where the header's structure is the wire layout, it is that one; records of varying length get a structure of their own,
 * with pointers. Spelling only: offsets and sizes are the model's.
 */
import { type DataBlock, type WireItem } from '../../model/model.js';
import { type CDeclaration, elementDeclaration } from '../c/types.js';

/** The structure that holds the values of one record. */
export interface ValueStruct {
  /** The C type; also of an empty record, which has no structure. */
  readonly type: string;
  /** Declared by the provider's part of the header, not by the part that wmimofck has too. */
  readonly isOwn: boolean;
  member(item: WireItem): string;
  /** The member with the number of elements of an array without a count item. */
  count(item: WireItem): string;
}

export type StructOf = (structure: DataBlock) => ValueStruct;

/** Whether the elements are reached through a pointer: their number is not fixed. */
export function isPointer({ count }: WireItem): boolean {
  return count.kind === 'sizedBy' || count.kind === 'rest';
}

/** One element in memory: a string without a limit is a UNICODE_STRING there. */
export function valueElement(item: WireItem, structOf: StructOf): CDeclaration {
  if (item.type.kind === 'string' && item.type.maxLength === undefined) {
    return { type: 'UNICODE_STRING', dimensions: '' };
  }
  return elementDeclaration(item, (structure) => structOf(structure).type);
}

/** The declarations of one item as members of its structure. */
export function memberLines(item: WireItem, struct: ValueStruct, structOf: StructOf): string[] {
  const element = valueElement(item, structOf);
  const name = struct.member(item);
  if (item.count.kind === 'rest')
    return [`ULONG ${struct.count(item)};`, `${pointerTo(element, name)};`];
  if (isPointer(item)) return [`${pointerTo(element, name)};`];
  const length = item.count.kind === 'fixed' ? `[${item.count.length}]` : '';
  return [`${element.type} ${name}${length}${element.dimensions};`];
}

/** `const LONG *Name`, `const WCHAR (*Name)[25]` */
function pointerTo({ type, dimensions }: CDeclaration, name: string): string {
  return dimensions === '' ? `const ${type} *${name}` : `const ${type} (*${name})${dimensions}`;
}

/** Whether C passes the item by value. */
export function isScalar({ type, count }: WireItem): boolean {
  return (
    count.kind === 'scalar' &&
    (type.kind === 'boolean' || type.kind === 'integer' || type.kind === 'char16')
  );
}

/** A parameter of a user's function: how it is declared, and what the caller passes for it. */
export interface Parameter {
  readonly declaration: string;
  readonly argument: string;
}

/** The parameters for an item that goes into a function; `from` ends in what selects a member of the values. */
export function inputParameters(
  item: WireItem,
  struct: ValueStruct,
  names: ParameterNames,
  from: string,
  structOf: StructOf,
): Parameter[] {
  const element = valueElement(item, structOf);
  const name = names.of(item);
  const value = `${from}${struct.member(item)}`;
  switch (item.count.kind) {
    case 'rest': {
      const count = names.countOf(item);
      return [
        { declaration: `_In_ ULONG ${count}`, argument: `${from}${struct.count(item)}` },
        { declaration: `_In_reads_opt_(${count}) ${pointerTo(element, name)}`, argument: value },
      ];
    }
    case 'sizedBy':
      return [
        {
          declaration: `_In_reads_opt_(${names.counter(item)}) ${pointerTo(element, name)}`,
          argument: value,
        },
      ];
    case 'fixed':
      return [
        {
          declaration: `_In_reads_(${item.count.length}) ${pointerTo(element, name)}`,
          // C converts no pointer to arrays into one to constant arrays by itself.
          argument: element.dimensions === '' ? value : `(${pointerTo(element, '')})${value}`,
        },
      ];
    case 'scalar':
      if (isScalar(item)) return [{ declaration: `_In_ ${element.type} ${name}`, argument: value }];
      return element.dimensions === ''
        ? [{ declaration: `_In_ const ${element.type} *${name}`, argument: `&${value}` }]
        : [
            {
              declaration: `_In_reads_(${extent(element)}) const ${element.type} *${name}`,
              argument: value,
            },
          ];
    default:
      return item.count satisfies never;
  }
}

/** The parameters for an item that comes out of a function; `to` ends in what selects a member of the values. */
export function outputParameters(
  item: WireItem,
  struct: ValueStruct,
  names: ParameterNames,
  to: string,
  isBoth: boolean,
  structOf: StructOf,
): Parameter[] {
  const element = valueElement(item, structOf);
  const name = names.of(item);
  const value = `${to}${struct.member(item)}`;
  const way = isBoth ? '_Inout_' : '_Out_';
  const pointerWay = isBoth ? '_Inout_' : '_Outptr_result_maybenull_';
  switch (item.count.kind) {
    case 'rest':
      return [
        {
          declaration: `${way} ULONG *${names.countOf(item)}`,
          argument: `&${to}${struct.count(item)}`,
        },
        pointerParameter(element, name, value, pointerWay),
      ];
    case 'sizedBy':
      return [pointerParameter(element, name, value, pointerWay)];
    case 'fixed': {
      const writes = isBoth ? '_Inout_updates_' : '_Out_writes_all_';
      const pointer =
        element.dimensions === ''
          ? `${element.type} *${name}`
          : `${element.type} (*${name})${element.dimensions}`;
      return [{ declaration: `${writes}(${item.count.length}) ${pointer}`, argument: value }];
    }
    case 'scalar': {
      if (element.dimensions === '') {
        return [{ declaration: `${way} ${element.type} *${name}`, argument: `&${value}` }];
      }
      const writes = isBoth ? '_Inout_updates_' : '_Out_writes_all_';
      return [
        {
          declaration: `${writes}(${extent(element)}) ${element.type} *${name}`,
          argument: value,
        },
      ];
    }
    default:
      return item.count satisfies never;
  }
}

function pointerParameter(
  element: CDeclaration,
  name: string,
  value: string,
  way: string,
): Parameter {
  const pointer =
    element.dimensions === ''
      ? `const ${element.type} **${name}`
      : `const ${element.type} (**${name})${element.dimensions}`;
  return { declaration: `${way} ${pointer}`, argument: `&${value}` };
}

/** `25`, `15 + 1`: the number in the brackets. */
function extent({ dimensions }: CDeclaration): string {
  return dimensions.slice(1, -1);
}

/** How a function calls its parameters. */
export interface ParameterNames {
  of(item: WireItem): string;
  /** The number of elements of an array without a count item. */
  countOf(item: WireItem): string;
  /** The parameter with the number of elements of an array with one. */
  counter(item: WireItem): string;
}
