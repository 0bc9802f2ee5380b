/**
 * Which items of a record its C structure declares, with and without wmimofck's -u (wmi-header.md 2.4).
 *
 * It reads the model and computes no offset; how a member is spelled is not known here.
 */
import { type WireItem, type WireRecord } from '../../model/model.js';

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
  /** Items follow one of varying length: only `char VariableData[1]` stands for all. */
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

/** Whether the item has a `_SIZE` macro when it is declared: not strings of any kind, and not what varies. */
export function hasSizeMacro(item: WireItem): boolean {
  return !isTail(item) && item.type.kind !== 'string';
}
