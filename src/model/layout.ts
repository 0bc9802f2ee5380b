/**
 * The layout engine: computes the offset and the size of each item of a record. All other code only reads the result.
 *
 * The rules are those of the driver documentation ("Driver-defined WMI data items"): natural alignment as with /Zp8, the
 * record's start 8-aligned. All numbers are bytes.
 */
import { type ItemCount, type ItemLayout, type RecordLayout, type WireType } from './model.js';

/** The parts of an item that its layout depends on. */
export interface Placeable {
  readonly type: WireType;
  readonly count: ItemCount;
}

export type LaidOut =
  | {
      readonly kind: 'placed';
      readonly items: readonly ItemLayout[];
      readonly layout: RecordLayout;
    }
  /** The end of the item at `index` does not fit a ULONG. */
  | { readonly kind: 'tooLarge'; readonly index: number };

/** The largest size or offset: WNODE fields are ULONGs. */
export const ULONG_MAX = 0xff_ff_ff_ff;

/** `yyyymmddhhmmss.mmmmmmsUUU`: 25 UTF-16 units, neither counted nor terminated. */
export const DATETIME_SIZE = 50;

/** The byte count before a string. */
export const STRING_COUNT_SIZE = 2;

/** One element of a type. */
interface Element {
  readonly kind: RecordLayout['kind'];
  readonly alignment: number;
  /** With full slots; `undefined` when it varies without a bound. */
  readonly size: number | undefined;
  readonly minimum: number;
  /** The alignment of what follows it: C pads a structure at its end, but a buffer may end before that padding. */
  readonly endAlignment: number;
}

/**
 * Lays out items one after the other. Offsets and sizes are those with full slots for strings with MaxLen; after the first
 * variable item they are unknown.
 */
export function layOut(items: readonly Placeable[]): LaidOut {
  const placed: ItemLayout[] = [];
  let kind: RecordLayout['kind'] = 'fixed';
  let alignment = 1;
  let end: number | undefined = 0;
  let least = 0;
  let leastAlignment = 1;

  for (const [index, { type, count }] of items.entries()) {
    const element = elementOf(type);
    const isOpen = isOpenCount(count);
    const length = count.kind === 'fixed' ? count.length : 1;
    const size: number | undefined =
      isOpen || element.size === undefined ? undefined : element.size * length;
    const itemKind = lengthOf({ type, count });

    const offset: number | undefined =
      end === undefined ? undefined : alignUp(end, element.alignment);
    placed.push({
      offset,
      size,
      elementSize: element.size,
      alignment: element.alignment,
      kind: itemKind,
    });
    end = offset === undefined || size === undefined ? undefined : offset + size;

    // An empty array takes no bytes, not even padding before it; neither does a class that has only such arrays.
    if (!isOpen && element.minimum === 0) {
      leastAlignment = Math.max(leastAlignment, element.alignment);
    } else if (!isOpen) {
      const start = alignUp(alignUp(least, leastAlignment), element.alignment);
      least = start + alignUp(element.minimum, element.alignment) * (length - 1) + element.minimum;
      leastAlignment = element.endAlignment;
    }
    alignment = Math.max(alignment, element.alignment);
    if (kind !== 'variable' && itemKind !== 'fixed') kind = itemKind;
    if ((offset ?? 0) > ULONG_MAX || (end ?? 0) > ULONG_MAX || least > ULONG_MAX) {
      return { kind: 'tooLarge', index };
    }
  }

  const paddedSize = end === undefined ? undefined : alignUp(end, alignment);
  if ((paddedSize ?? 0) > ULONG_MAX) return { kind: 'tooLarge', index: items.length - 1 };
  return {
    kind: 'placed',
    items: placed,
    layout: { kind, alignment, size: end, paddedSize, minimumSize: least },
  };
}

/** Whether an item has a fixed size, a maximum size, or any size. */
export function lengthOf({ type, count }: Placeable): RecordLayout['kind'] {
  return isOpenCount(count) ? 'variable' : elementOf(type).kind;
}

function isOpenCount({ kind }: ItemCount): boolean {
  return kind === 'sizedBy' || kind === 'rest';
}

/** Rounds `offset` up to a multiple of `alignment`. */
export function alignUp(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

function elementOf(type: WireType): Element {
  switch (type.kind) {
    case 'boolean':
      return fixed(1, 1);
    case 'integer':
      return fixed(type.bits / 8, type.bits / 8);
    case 'char16':
      return fixed(2, 2);
    case 'datetime':
      return fixed(DATETIME_SIZE, 2);
    case 'string':
      return {
        kind: type.maxLength === undefined ? 'variable' : 'bounded',
        alignment: 2,
        size: type.maxLength === undefined ? undefined : STRING_COUNT_SIZE + 2 * type.maxLength,
        minimum: STRING_COUNT_SIZE,
        endAlignment: 1,
      };
    case 'structure':
      return structureElement(type.structure.data.layout);
    default:
      return type satisfies never;
  }
}

function fixed(size: number, alignment: number): Element {
  return { kind: 'fixed', alignment, size, minimum: size, endAlignment: 1 };
}

function structureElement(layout: RecordLayout): Element {
  const { kind, alignment, paddedSize, minimumSize } = layout;
  switch (kind) {
    case 'fixed':
      // C's sizeof, even for the last item: <S>_SIZE is FIELD_OFFSET(last) + sizeof(last)
      // (docs/spec/layout-and-header.md#size-of-a-structure, rule 2).
      return {
        kind,
        alignment,
        size: paddedSize,
        minimum: paddedSize ?? minimumSize,
        endAlignment: 1,
      };
    case 'bounded':
      return { kind, alignment, size: paddedSize, minimum: minimumSize, endAlignment: alignment };
    case 'variable':
      return { kind, alignment, size: undefined, minimum: minimumSize, endAlignment: 1 };
    default:
      return kind satisfies never;
  }
}
