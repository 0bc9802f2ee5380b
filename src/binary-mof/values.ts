/**
 * Compiles values: the record type of a value is that of the literal, whatever the declared type is.
 *
 * Cases that no known file of mofcomp has lose nothing: an integer beyond `sint32` gets the smallest of `uint32`, `sint64` and
 * `uint64` that holds it, and integers among reals become reals.
 */
import { type Value } from '../../grammar/ast.js';
import { type Compiling, report } from './compiling.js';
import { type BinaryScalar, type BinaryType, type TypedValue } from './document.js';

/** What replaces a value that is null, an empty list, or wrong. */
export interface Expectation {
  /** The record without a value. */
  readonly absent: TypedValue;
  /** The type of the elements of an empty list. */
  readonly elements: BinaryType;
}

/** Where no type is declared: in qualifiers and instances. */
export const UNTYPED: Expectation = {
  absent: { type: 'string', isArray: false, value: undefined },
  elements: 'string',
};

export function compileValue(
  node: Value,
  { absent, elements }: Expectation,
  compiling: Compiling,
): TypedValue {
  if (node.kind === 'Null') return absent;
  const isArray = node.kind === 'Array';
  const nodes = isArray ? node.elements : [node];
  if (nodes.length === 0) return { type: elements, isArray, value: [] };
  const literals: Literal[] = [];
  for (const each of nodes) {
    const literal = literalOf(each, compiling);
    if (literal !== undefined) literals.push(literal);
  }
  const [first, ...rest] = literals;
  // Faults are reported already.
  if (first === undefined || literals.length < nodes.length) return absent;
  const odd = rest.findIndex((each) => groupOf(each) !== groupOf(first));
  const stranger = rest[odd];
  if (stranger !== undefined) {
    const message = `the list begins with ${WORDS[first.kind]}, but this is ${WORDS[stranger.kind]}`;
    report(compiling, 'MOF5002', nodes[odd + 1] ?? node, message, 'write values of one kind');
    return absent;
  }
  const type = commonType(literals);
  if (type === undefined) {
    const message = `no type holds both the largest number of the list and a negative one`;
    report(compiling, 'MOF5001', node, message, `write numbers up to ${MAX_SINT64}`);
    return absent;
  }
  const values = literals.map((literal) => scalarOf(literal, type));
  return { type, isArray, value: isArray ? values : values[0] };
}

/** A value that is no list. The type of integers depends on all of a list. */
type Literal =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'real64' | 'sint16'; readonly value: number }
  | { readonly kind: 'string' | 'alias'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'object'; readonly value: BinaryScalar };

const WORDS: Readonly<Record<Literal['kind'], string>> = {
  integer: 'an integer',
  real64: 'a real number',
  sint16: 'a character',
  string: 'a string',
  alias: 'an alias',
  boolean: 'a boolean',
  object: 'an instance',
};

/** `undefined` when a binary MOF cannot hold the value, which is reported. */
function literalOf(node: Value, compiling: Compiling): Literal | undefined {
  const refuse = (message: string, help: string): undefined => {
    report(compiling, 'MOF5001', node, message, help);
  };
  switch (node.kind) {
    case 'String':
      return node.value.includes('\0')
        ? refuse('a string cannot hold the character \\x0000, which ends it', 'leave it out')
        : { kind: 'string', value: node.value };
    case 'Char':
      // The record of a character is signed.
      return { kind: 'sint16', value: (node.value << 16) >> 16 };
    case 'Integer':
      return node.value < MIN_SINT64 || node.value > MAX_UINT64
        ? refuse(`${node.value} needs more than 64 bits`, `write a number up to ${MAX_UINT64}`)
        : { kind: 'integer', value: node.value };
    case 'Real':
      return Number.isFinite(node.value)
        ? { kind: 'real64', value: node.value }
        : refuse('the number is larger than a real64 can hold', 'write a smaller number');
    case 'Boolean':
      return { kind: 'boolean', value: node.value };
    case 'Alias':
      return { kind: 'alias', value: node.name };
    case 'Instance':
      return { kind: 'object', value: compiling.embed(node) };
    case 'Null':
      return refuse('an element of a list cannot be null', 'leave it out, or write a value');
    case 'Array':
      return refuse('a list cannot be an element of a list', 'write its values one by one');
    case 'Identifier':
      return refuse(`'${node.name}' is a name, not a value`, 'write the value, or define a macro');
    default:
      return node satisfies never;
  }
}

const MIN_SINT64 = -(2n ** 63n);
const MAX_SINT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/** Values of one group can be in one list. */
function groupOf({ kind }: Literal): Literal['kind'] {
  return kind === 'real64' ? 'integer' : kind;
}

/** The one type of literals of one group; `undefined` when no integer type holds them all. */
function commonType(literals: readonly Literal[]): BinaryType | undefined {
  if (literals.some(({ kind }) => kind === 'real64')) return 'real64';
  const [first] = literals;
  return first?.kind === 'integer' ? integerType(literals) : first?.kind;
}

const INTEGERS: readonly (readonly [type: BinaryType, least: bigint, most: bigint])[] = [
  ['sint32', -(2n ** 31n), 2n ** 31n - 1n],
  ['uint32', 0n, 2n ** 32n - 1n],
  ['sint64', MIN_SINT64, MAX_SINT64],
  ['uint64', 0n, MAX_UINT64],
];

function integerType(literals: readonly Literal[]): BinaryType | undefined {
  let [least, most] = [0n, 0n];
  for (const { value } of literals) {
    if (typeof value !== 'bigint') continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return INTEGERS.find(([, lowest, highest]) => least >= lowest && most <= highest)?.[0];
}

function scalarOf({ value }: Literal, type: BinaryType): BinaryScalar {
  return typeof value === 'bigint' && type !== 'sint64' && type !== 'uint64'
    ? Number(value)
    : value;
}
