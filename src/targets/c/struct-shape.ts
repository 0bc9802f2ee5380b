/**
 * Which items of a record its C structure declares, with and without wmimofck's -u
 * (docs/spec/layout-and-header.md#items-of-varying-length).
 *
 * It reads the model and computes no offset; how a member is spelled is not known here.
 */
import { type DataBlock, type WireItem, type WireRecord } from '../../model/model.js';

export type StructShape =
  /** No items: no structure. */
  | { readonly kind: 'none' }
  /** Every item is a member; the last one may vary in length. */
  | { readonly kind: 'whole'; readonly members: readonly WireItem[] }
  /** Members up to and including the first one of varying length (-u). */
  | {
      readonly kind: 'partial';
      readonly members: readonly WireItem[];
      readonly dropped: readonly WireItem[];
    }
  /** Items follow one of varying length: the only member is `char VariableData[1]`. */
  | { readonly kind: 'opaque'; readonly dropped: readonly WireItem[] };

/** What the structure of `record` declares. */
export function structShape(record: WireRecord, partialStructs: boolean): StructShape {
  const { items } = record;
  if (items.length === 0) return { kind: 'none' };
  const tail = items.findIndex(isTail);
  if (tail < 0 || tail === items.length - 1) return { kind: 'whole', members: items };
  return partialStructs
    ? { kind: 'partial', members: items.slice(0, tail + 1), dropped: items.slice(tail + 1) }
    : { kind: 'opaque', dropped: items };
}

/** The items that the structure declares, in order. */
export function declaredItems(shape: StructShape): readonly WireItem[] {
  return shape.kind === 'whole' || shape.kind === 'partial' ? shape.members : [];
}

/**
 * Whether the structure is the wire layout: every item is a member at its offset. True for records that are fixed or
 * bounded; what is written into such a buffer with full slots can be read through the structure.
 */
export function isWireExact(record: WireRecord): boolean {
  return record.items.length > 0 && record.layout.kind !== 'variable';
}

/**
 * Whether the item is declared with one element for any number of them. An embedded class is not, whatever it holds:
 * wmimofck takes every embedded class for fixed.
 */
export function isTail({ type, count }: WireItem): boolean {
  const isOpen = count.kind === 'sizedBy' || count.kind === 'rest';
  return isOpen || (type.kind === 'string' && type.maxLength === undefined);
}

/** wmimofck calls a string without a limit `VariableData`, whatever its name is. */
export function isVariableString(item: WireItem): boolean {
  return isTail(item) && item.type.kind === 'string' && item.count.kind === 'scalar';
}

/** Whether the item has a `_SIZE` macro when it is declared: not strings of any kind, and not what varies. */
export function hasSizeMacro(item: WireItem): boolean {
  return !isTail(item) && item.type.kind !== 'string';
}

/**
 * Whether C puts the member where the wire has the item. Up to the first item of varying length it does, but for two
 * things: `char` aligns a string without a limit to nothing, and a structure that lacks members may align to less.
 * `structAlignment` gives the alignment of an embedded structure in C.
 */
export function isWhereCPutsIt(
  item: WireItem,
  previous: WireItem | undefined,
  structAlignment: (structure: DataBlock) => number,
): boolean {
  const { offset, alignment } = item.layout;
  if (offset === undefined) return false;
  if (memberAlignment(item, structAlignment) === alignment) return true;
  const end = previous === undefined ? 0 : endOf(previous);
  return end === offset;
}

/** What C aligns the structure of a record to. */
export function structAlignment(
  shape: StructShape,
  ofEmbedded: (structure: DataBlock) => number,
): number {
  return declaredItems(shape).reduce(
    (largest, item) => Math.max(largest, memberAlignment(item, ofEmbedded)),
    1,
  );
}

function memberAlignment(item: WireItem, ofEmbedded: (structure: DataBlock) => number): number {
  const { type, layout } = item;
  if (isVariableString(item)) return 1;
  return type.kind === 'structure' ? ofEmbedded(type.structure) : layout.alignment;
}

function endOf({ layout: { offset, size } }: WireItem): number | undefined {
  return offset === undefined || size === undefined ? undefined : offset + size;
}
