/**
 * Converts a written value to its declared type, of DSP0004 or Microsoft, or describes why it does not fit.
 */
import { type DataTypeName, type TypeReference, type Value } from '../../grammar/ast.js';
import { shortened } from '../../grammar/literals.js';
import { datetimeFault } from './datetime-text.js';
import { typeWords } from './declared-type.js';
import { type DefaultValue, type PlainValue } from './model.js';
import { plainValue } from './qualifier-set.js';
import { valueWords } from './qualifiers.js';

/** The type that a value must have. */
interface ValueShape {
  readonly type: TypeReference;
  readonly isArray: boolean;
  /** The maximum number of elements; `undefined` without a limit. */
  readonly length: bigint | undefined;
  /** The maximum number of characters of a string. */
  readonly maxLength: bigint | undefined;
}

/** Why a value, or an element of it, does not fit the type. */
export interface Misfit {
  readonly kind: 'type' | 'range' | 'datetime' | 'elements' | 'length' | 'name';
  readonly node: Value;
  /** The number of the element of an array, from 1. */
  readonly element: number | undefined;
  /** `is 300, but a uint8 goes from 0 to 255` */
  readonly words: string;
  readonly help: string;
  /** The likely value, in MOF syntax. */
  readonly likely: string | undefined;
}

interface FittedValue {
  /** `undefined` for NULL, for a value without a plain form, and for one that does not fit. */
  readonly value: DefaultValue | undefined;
  readonly misfits: readonly Misfit[];
}

/** The limits of the integer types. */
export const INTEGER_LIMITS: ReadonlyMap<string, readonly [least: bigint, most: bigint]> = new Map(
  [8, 16, 32, 64].flatMap((bits) => {
    const [half, whole] = [1n << BigInt(bits - 1), 1n << BigInt(bits)];
    return [
      [`uint${bits}`, [0n, whole - 1n]],
      [`sint${bits}`, [-half, half - 1n]],
    ] as const;
  }),
);

/** Converts a value to the type. NULL fits every type. */
export function fitValue(node: Value, shape: ValueShape): FittedValue {
  if (node.kind === 'Null') return NOTHING;
  const misfits: Misfit[] = [];
  if (!shape.isArray) {
    const value = fitElement(node, shape, undefined, misfits);
    return { value: misfits.length === 0 ? value : undefined, misfits };
  }
  if (node.kind !== 'Array') {
    // A name may be a macro for a list.
    if (node.kind === 'Identifier')
      return { value: undefined, misfits: [nameMisfit(node, undefined)] };
    const words = `is ${shownValue(node)}, but an array has its values in braces`;
    const likely = `{${writtenValue(node) ?? ''}}`;
    return {
      value: undefined,
      misfits: [
        misfit('type', node, undefined, words, `write ${likely}`, writtenValue(node) && likely),
      ],
    };
  }
  const { length } = shape;
  const [tooMany] = length === undefined ? [] : node.elements.slice(Number(length));
  if (tooMany !== undefined) {
    const words = `has ${node.elements.length} elements, but the array has ${length}`;
    const help = 'remove the others, or make the array longer';
    misfits.push(misfit('elements', tooMany, undefined, words, help));
  }
  const values: PlainValue[] = [];
  for (const [index, element] of node.elements.entries()) {
    const value = fitElement(element, shape, index + 1, misfits);
    // A list with NULL or an alias has no plain form, but is valid.
    if (value !== undefined) values.push(value);
  }
  const isWhole = misfits.length === 0 && values.length === node.elements.length;
  return { value: isWhole ? values : undefined, misfits };
}

const NOTHING: FittedValue = { value: undefined, misfits: [] };

function misfit(
  kind: Misfit['kind'],
  node: Value,
  element: number | undefined,
  words: string,
  help: string,
  likely?: string,
): Misfit {
  return { kind, node, element, words, help, likely };
}

function nameMisfit(node: Value, element: number | undefined): Misfit {
  return misfit(
    'name',
    node,
    element,
    `is the name '${String(plainValue(node))}', which is not a value`,
    'write the value itself; -D NAME=TEXT defines a macro',
  );
}

/** Converts one value; adds to `misfits` if it does not fit. */
function fitElement(
  node: Value,
  { type, maxLength }: ValueShape,
  element: number | undefined,
  misfits: Misfit[],
): PlainValue | undefined {
  if (node.kind === 'Null') return undefined;
  const add = (kind: Misfit['kind'], words: string, help: string, likely?: string): undefined => {
    misfits.push(misfit(kind, node, element, words, help, likely));
  };
  const reject = (likely?: string): undefined => {
    const [wanted, example] = EXPECTED[expectationOf(type)];
    const help = likely === undefined ? `write ${example}` : `write ${likely}`;
    return add(
      'type',
      `is ${shownValue(node)}, but ${article(typeWords(type))} is ${wanted}`,
      help,
      likely,
    );
  };
  if (node.kind === 'Identifier') {
    misfits.push(nameMisfit(node, element));
    return undefined;
  }
  if (node.kind === 'Array') {
    const [only, second] = node.elements;
    return reject(second === undefined && only !== undefined ? writtenValue(only) : undefined);
  }
  if (type.kind === 'ReferenceType') {
    return node.kind === 'String' || node.kind === 'Alias' ? undefined : reject();
  }
  if (type.kind === 'ClassType' || type.name === 'object') {
    return node.kind === 'Instance' || node.kind === 'Alias' ? undefined : reject();
  }
  switch (type.name) {
    case 'boolean':
      return node.kind === 'Boolean' ? node.value : reject(likelyBoolean(node));
    case 'string':
      if (node.kind !== 'String') return reject(likelyString(node));
      if (maxLength !== undefined && BigInt(node.value.length) > maxLength) {
        const characters = maxLength === 1n ? 'character' : 'characters';
        return add(
          'length',
          `has ${node.value.length} characters, but MaxLen allows ${maxLength} ${characters}`,
          'shorten it, or increase MaxLen',
        );
      }
      return node.value;
    case 'datetime': {
      if (node.kind !== 'String') return reject();
      const fault = datetimeFault(node.value);
      if (fault === undefined) return node.value;
      return add('datetime', `is ${shownValue(node)}, which ${fault}`, DATETIME_HELP);
    }
    case 'char16':
      if (node.kind === 'Char') return BigInt(node.value);
      return node.kind === 'Integer'
        ? inRange(node.value, 'uint16', 'char16', add)
        : reject(likelyCharacter(node));
    case 'real32':
    case 'real64':
      if (node.kind !== 'Real' && node.kind !== 'Integer') return reject();
      if (type.name === 'real32' && Math.abs(Number(node.value)) > LARGEST_REAL32) {
        return add(
          'range',
          `is ${shownValue(node)}, but a real32 goes up to about 3.4e38`,
          RANGE_HELP,
        );
      }
      return undefined;
    case 'void':
      return undefined;
    case 'uint8':
    case 'sint8':
    case 'uint16':
    case 'sint16':
    case 'uint32':
    case 'sint32':
    case 'uint64':
    case 'sint64':
      return node.kind === 'Integer'
        ? inRange(node.value, type.name, type.name, add)
        : reject(likelyInteger(node, type.name));
    default:
      return type.name satisfies never;
  }
}

const LARGEST_REAL32 = 3.402_823_47e38;
const RANGE_HELP = 'write a value that it holds, or declare a larger type';
const DATETIME_HELP =
  'write yyyymmddhhmmss.mmmmmm and the minutes from UTC, such as "20260115120000.000000+060", or ddddddddhhmmss.mmmmmm:000 for an interval';

function inRange(
  value: bigint,
  limits: string,
  type: DataTypeName,
  add: (kind: 'range', words: string, help: string) => undefined,
): bigint | undefined {
  const fault = rangeFault(value, limits, type);
  return fault === undefined ? value : add('range', `is ${value}, but ${fault}`, RANGE_HELP);
}

/** `a uint8 goes from 0 to 255` if the value is out of range. */
export function rangeFault(value: bigint, limits: string, type = limits): string | undefined {
  const [least, most] = INTEGER_LIMITS.get(limits) ?? [value, value];
  if (value >= least && value <= most) return undefined;
  return `${article(type)} goes from ${least} to ${most}`;
}

function article(type: string): string {
  return `${/^o/i.test(type) ? 'an' : 'a'} ${type}`;
}

type Expectation =
  'boolean' | 'string' | 'character' | 'real' | 'integer' | 'reference' | 'instance' | 'datetime';

/** A description of the values of a type, and an example. */
const EXPECTED: Readonly<Record<Expectation, readonly [words: string, example: string]>> = {
  boolean: ['TRUE or FALSE', 'TRUE or FALSE'],
  string: ['a text in double quotes', 'a text in double quotes'],
  datetime: [
    'a text of 25 characters',
    'a datetime such as "20260115120000.000000+000" in double quotes',
  ],
  character: ['one character in single quotes', "one character in single quotes, such as 'A'"],
  real: ['a number', 'a number such as 1.5'],
  integer: ['a whole number', 'a whole number'],
  reference: ['the path of an instance, or an alias', 'the path in double quotes, or $alias'],
  instance: ['an instance', 'instance of the class, or $alias'],
};

function expectationOf(type: TypeReference): Expectation {
  if (type.kind === 'ReferenceType') return 'reference';
  if (type.kind === 'ClassType') return 'instance';
  switch (type.name) {
    case 'boolean':
    case 'string':
    case 'datetime':
      return type.name;
    case 'char16':
      return 'character';
    case 'real32':
    case 'real64':
      return 'real';
    case 'object':
    case 'void':
      return 'instance';
    case 'uint8':
    case 'sint8':
    case 'uint16':
    case 'sint16':
    case 'uint32':
    case 'sint32':
    case 'uint64':
    case 'sint64':
      return 'integer';
    default:
      return type satisfies never;
  }
}

/** A value as messages show it. */
export function shownValue(node: Value): string {
  switch (node.kind) {
    case 'String':
      return `"${shortened(node.value)}"`;
    case 'Char':
      return writtenCharacter(node.value) ?? `the character ${node.value}`;
    case 'Array':
      return node.elements.length === 0 ? 'an empty list' : 'a list';
    case 'Alias':
      return `the alias '$${node.name}'`;
    case 'Instance':
      return `an instance of '${node.className.name}'`;
    case 'Boolean':
    case 'Identifier':
    case 'Integer':
    case 'Null':
    case 'Real':
      return valueWords(plainValue(node));
    default:
      return node satisfies never;
  }
}

/** A plain value in MOF syntax. */
function writtenValue(node: Value): string | undefined {
  switch (node.kind) {
    case 'Integer':
    case 'Boolean':
      return valueWords(node.value);
    case 'String':
      return writtenText(node.value);
    case 'Char':
      return writtenCharacter(node.value);
    case 'Alias':
    case 'Array':
    case 'Identifier':
    case 'Instance':
    case 'Null':
    case 'Real':
      return undefined;
    default:
      return node satisfies never;
  }
}

/** Text in quotes; `undefined` if it would need escapes. */
function writtenText(text: string): string | undefined {
  return /^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : undefined;
}

function writtenCharacter(code: number): string | undefined {
  const character = String.fromCharCode(code);
  return /^[ -&(-[\]-~]$/.test(character) ? `'${character}'` : undefined;
}

function likelyBoolean(node: Value): string | undefined {
  const word = node.kind === 'String' ? node.value.trim().toUpperCase() : String(plainValue(node));
  if (word === 'TRUE' || (word === '1' && node.kind === 'Integer')) return 'TRUE';
  return word === 'FALSE' || (word === '0' && node.kind === 'Integer') ? 'FALSE' : undefined;
}

function likelyString(node: Value): string | undefined {
  if (node.kind === 'Integer') return `"${node.value}"`;
  return node.kind === 'Char' ? writtenText(String.fromCharCode(node.value)) : undefined;
}

function likelyCharacter(node: Value): string | undefined {
  return node.kind === 'String' && node.value.length === 1
    ? writtenCharacter(node.value.charCodeAt(0))
    : undefined;
}

function likelyInteger(node: Value, type: string): string | undefined {
  const digits =
    node.kind === 'String' && /^\s*-?\d{1,20}\s*$/.test(node.value)
      ? BigInt(node.value.trim())
      : node.kind === 'Char'
        ? BigInt(node.value)
        : node.kind === 'Real' && Number.isSafeInteger(node.value)
          ? BigInt(node.value)
          : undefined;
  return digits === undefined || rangeFault(digits, type) !== undefined
    ? undefined
    : String(digits);
}
