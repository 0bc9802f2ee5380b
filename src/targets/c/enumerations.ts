/** What --enums makes of an item's Values and BitValues, before anything is named (docs/spec/layout-and-header.md#values). */
import { type NamedValue, type WireItem } from '../../model/model.js';
import { type EmitOptions } from '../options.js';
import { cInteger } from './define-values.js';
import { headerQualifiers } from './header-qualifiers.js';

/** The named values of an item, or its named bits. */
export interface Enumeration {
  readonly kind: 'values' | 'bits';
  readonly constants: readonly EnumerationConstant[];
  /** Those that are no single integer, such as a range. */
  readonly omitted: readonly NamedValue[];
}

export interface EnumerationConstant {
  readonly label: string;
  /** As C spells it. */
  readonly value: string;
  /** C enumerations hold an int (C11 6.7.2.2); what is larger becomes a macro. */
  readonly fitsInt: boolean;
}

/** The enumerations that the header has for an item; none when the texts were split off. */
export function enumerationsOf(item: WireItem, options: EmitOptions): readonly Enumeration[] {
  if (options.enums !== true || item.type.kind === 'string') return [];
  const visible = headerQualifiers(item.qualifiers, options);
  const { values, bits } = item.documentation;
  const isThere = (name: 'Values' | 'BitValues'): boolean =>
    visible.has(name) || !item.qualifiers.has(name);
  const found = [
    ...(isThere('Values') ? [enumeration('values', values, (value) => value)] : []),
    ...(isThere('BitValues') ? [enumeration('bits', bits, maskOf)] : []),
  ];
  return found.filter(({ constants }) => constants.length > 0);
}

function enumeration(
  kind: Enumeration['kind'],
  named: readonly NamedValue[],
  valueOf: (value: bigint) => bigint | undefined,
): Enumeration {
  const constants: EnumerationConstant[] = [];
  const omitted: NamedValue[] = [];
  for (const each of named) {
    const value = each.value === undefined ? undefined : valueOf(each.value);
    const spelled = value === undefined ? undefined : spell(value, kind);
    if (value === undefined || spelled === undefined) omitted.push(each);
    else constants.push({ label: each.label, value: spelled, fitsInt: isInt(value) });
  }
  return { kind, constants, omitted };
}

function spell(value: bigint, kind: Enumeration['kind']): string | undefined {
  return kind === 'bits' ? `0x${value.toString(16)}` : cInteger(value);
}

function maskOf(bit: bigint): bigint | undefined {
  return bit >= 0n && bit <= 63n ? 1n << bit : undefined;
}

function isInt(value: bigint): boolean {
  return value >= -(1n << 31n) && value < 1n << 31n;
}
