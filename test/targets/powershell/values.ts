/** The values of the PowerShell interpreter of these tests: .NET's as far as emitted scripts use them. */
import { type Node } from './syntax.js';

export type IntegerType =
  'byte' | 'sbyte' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'decimal';

export class Num {
  constructor(
    readonly type: IntegerType,
    readonly value: bigint,
  ) {}
}

export class Char {
  constructor(readonly code: number) {}
}

export class Moment {
  constructor(readonly type: 'datetime' | 'timespan') {}
}

export class TypeValue {
  constructor(
    readonly name: string,
    readonly isArray: boolean,
  ) {}
}

export class Block {
  constructor(readonly node: Node) {}
}

/** A hashtable, whose keys compare without case. */
export class Hash {
  private readonly entries = new Map<string, readonly [string, Value]>();

  static of(entries: Readonly<Record<string, Value>>): Hash {
    const hash = new Hash();
    for (const [key, value] of Object.entries(entries)) hash.set(key, value);
    return hash;
  }

  has(key: string): boolean {
    return this.entries.has(key.toLowerCase());
  }

  get(key: string): Value {
    return this.entries.get(key.toLowerCase())?.[1] ?? null;
  }

  set(key: string, value: Value): void {
    this.entries.set(key.toLowerCase(), [key, value]);
  }

  remove(key: string): void {
    this.entries.delete(key.toLowerCase());
  }

  pairs(): (readonly [string, Value])[] {
    return [...this.entries.values()];
  }
}

/** An object with properties, such as a CIM instance. */
export class Thing {
  readonly members: Hash;

  constructor(
    readonly type: string,
    members: Readonly<Record<string, Value>>,
  ) {
    this.members = Hash.of(members);
  }
}

export type Value =
  null | boolean | string | Num | Char | Moment | TypeValue | Block | Hash | Thing | Value[];

export class PsError extends Error {
  constructor(
    message: string,
    readonly record: Value = message,
  ) {
    super(message);
  }
}

const LIMITS: Readonly<Record<IntegerType, readonly [bigint, bigint]>> = {
  byte: [0n, 255n],
  sbyte: [-128n, 127n],
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  decimal: [-(2n ** 96n) + 1n, 2n ** 96n - 1n],
};

export function isIntegerType(name: string): name is IntegerType {
  return Object.hasOwn(LIMITS, name);
}

export function integer(value: bigint | number): Num {
  return new Num('int32', BigInt(value));
}

/** A cast. Throws what PowerShell would throw. */
export function converted(value: Value, { name, isArray }: TypeValue): Value {
  if (isArray) {
    const elements = Array.isArray(value) ? value : [value];
    return elements.map((each) => converted(each, new TypeValue(name, false)));
  }
  if (name === 'object' || name === 'System.Collections.IDictionary' || name === 'hashtable')
    return value;
  if (isIntegerType(name)) return new Num(name, inRange(numberOf(value, name), name));
  if (name === 'string') return textOf(value);
  if (name === 'bool' || name === 'switch') return truth(value);
  if (name === 'char') {
    if (value instanceof Num && value.value >= 0n && value.value < 0x10000n) {
      return new Char(Number(value.value));
    }
    if (value instanceof Char) return value;
  }
  if (name === 'datetime' && value instanceof Moment) return value;
  if (name === 'ciminstance' && value instanceof Thing && value.type === 'CimInstance')
    return value;
  throw new PsError(`cannot convert ${textOf(value)} to ${name}`);
}

function inRange(value: bigint, type: IntegerType): bigint {
  const [lowest, highest] = LIMITS[type];
  if (value < lowest || value > highest) throw new PsError(`${value} is no ${type}`);
  return value;
}

export function numberOf(value: Value, wanted = 'number'): bigint {
  if (value === null) return 0n;
  if (value instanceof Num) return value.value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof Char && wanted !== 'decimal') return BigInt(value.code);
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value);
  throw new PsError(`${textOf(value)} is no ${wanted}`);
}

export function truth(value: Value): boolean {
  if (value === null) return false;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== '';
  if (value instanceof Num) return value.value !== 0n;
  if (Array.isArray(value)) return value.length > 1 || truth(value[0] ?? null);
  return true;
}

export function textOf(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return value;
  if (value instanceof Num) return String(value.value);
  if (value instanceof Char) return String.fromCharCode(value.code);
  if (Array.isArray(value)) return value.map(textOf).join(' ');
  return `(${typeNameOf(value)})`;
}

/** The name that `-is` compares. */
export function typeNameOf(value: Value): string {
  if (value === null) throw new PsError('you cannot call a method on a null-valued expression');
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (value instanceof Num || value instanceof Moment) return value.type;
  if (value instanceof Char) return 'char';
  if (value instanceof Hash) return 'hashtable';
  if (value instanceof Thing) return value.type.toLowerCase();
  if (Array.isArray(value)) return 'array';
  return value instanceof Block ? 'scriptblock' : 'type';
}

/** `-eq` and its kin between single values: the left one decides the type. */
export function equal(left: Value, right: Value, isCaseSensitive: boolean): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === 'string') {
    const [a, b] = [left, textOf(right)];
    return isCaseSensitive ? a === b : a.toLowerCase() === b.toLowerCase();
  }
  if (typeof left === 'boolean') return left === truth(right);
  if (left instanceof Num) return left.value === numberOf(right);
  if (left instanceof Char) return right instanceof Char && left.code === right.code;
  if (left instanceof Moment) return right instanceof Moment && left.type === right.type;
  return left === right;
}
