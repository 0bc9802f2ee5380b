/**
 * PowerShell's form of WMI types: the name of the CIM type, the cast, the limits and a default value.
 */
import { type Documentation, type WireItem, type WireType } from '../../model/model.js';
import { namedRanges } from './value-names.js';
import { psInteger } from './text.js';

const CIM_TYPES = {
  boolean: { cim: 'Boolean', cast: 'bool' },
  char16: { cim: 'Char16', cast: 'char' },
  datetime: { cim: 'DateTime', cast: 'datetime' },
  sint16: { cim: 'SInt16', cast: 'int16' },
  sint32: { cim: 'SInt32', cast: 'int32' },
  sint64: { cim: 'SInt64', cast: 'int64' },
  sint8: { cim: 'SInt8', cast: 'sbyte' },
  string: { cim: 'String', cast: 'string' },
  structure: { cim: 'Instance', cast: 'CimInstance' },
  uint16: { cim: 'UInt16', cast: 'uint16' },
  uint32: { cim: 'UInt32', cast: 'uint32' },
  uint64: { cim: 'UInt64', cast: 'uint64' },
  uint8: { cim: 'UInt8', cast: 'byte' },
} as const;

function row(type: WireType) {
  return CIM_TYPES[type.kind === 'integer' ? type.name : type.kind];
}

/** A member of [Microsoft.Management.Infrastructure.CimType], for one element. */
export function cimType(type: WireType): string {
  return row(type).cim;
}

/** `uint32`, `byte[]`: the type in a cast to the item's type. */
export function castOf({ type, count }: WireItem): string {
  return row(type).cast + (count.kind === 'scalar' ? '' : '[]');
}

export interface Limits {
  readonly lowest: bigint;
  readonly highest: bigint;
}

/** The limits of the type; `undefined` unless it is a number. */
export function typeLimits(type: WireType): Limits | undefined {
  if (type.kind === 'boolean') return { lowest: 0n, highest: 1n };
  if (type.kind === 'char16') return { lowest: 0n, highest: 0xffffn };
  if (type.kind !== 'integer') return undefined;
  const { bits, signed } = type;
  return signed
    ? { lowest: -(2n ** BigInt(bits - 1)), highest: 2n ** BigInt(bits - 1) - 1n }
    : { lowest: 0n, highest: 2n ** BigInt(bits) - 1n };
}

/** The limits of the type, narrowed by MinValue and MaxValue. */
export function declaredLimits(limits: Limits, { minimum, maximum }: Documentation): Limits {
  const { lowest, highest } = limits;
  return {
    lowest: minimum !== undefined && minimum > lowest ? minimum : lowest,
    highest: maximum !== undefined && maximum < highest ? maximum : highest,
  };
}

/** An expression for an argument's default value: the first named value, else the valid value nearest to 0. */
export function startingValue(item: WireItem, isCount: boolean): string {
  const { type, documentation } = item;
  switch (type.kind) {
    case 'boolean':
      return '$false';
    case 'string':
      return "''";
    case 'datetime':
      return '[datetime]::new(2000, 1, 1)';
    case 'structure':
      throw new RangeError(`'${item.name}' is a structure, which has no plain value`);
    case 'char16':
    case 'integer':
      return psInteger(startingNumber(type, documentation, isCount));
    default:
      return type satisfies never;
  }
}

function startingNumber(type: WireType, documentation: Documentation, isCount: boolean): bigint {
  const limits = typeLimits(type);
  if (limits === undefined || isCount) return 1n;
  const { lowest, highest } = declaredLimits(limits, documentation);
  const [named] = namedRanges(documentation.values, limits) ?? [];
  if (named !== undefined) return named.from;
  if (lowest > 0n) return lowest;
  return highest < 0n ? highest : 0n;
}
