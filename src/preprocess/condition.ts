/**
 * Evaluates the integer expression of an #if, in which macros are replaced already.
 *
 * ISO C, 6.10.1: names are 0, arithmetic has 64 bits, an unsigned operand makes the operation unsigned.
 */

export type Evaluated =
  | { readonly kind: 'value'; readonly isTrue: boolean }
  | { readonly kind: 'fault'; readonly message: string };

interface Operand {
  readonly value: bigint;
  readonly unsigned: boolean;
}

/** The deepest nesting of parentheses and operators; deeper ones are a mistake, or an attack on the stack. */
const DEEPEST = 100;

const TOKEN =
  /\s*(?:((?:L|u8?|U)?'(?:[^'\\\r\n]|\\[^\r\n])*')|([A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)|(\.?\d(?:[eEpP][-+]|[\w.])*)|(<<=|>>=|\+\+|--|->|[-+*/%&|^]=|\.\.\.)|(<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%<>&|^!~?:()])|(\S))/y;

/** Digits and a suffix, those of Microsoft's compiler (`i64`) too. */
const INTEGER =
  /^(0[xX][0-9a-fA-F]+|0[bB][01]+|0[0-7]*|[1-9]\d*)((?:[uU](?:ll?|LL?)?|(?:ll?|LL?)[uU]?|[uU]?[iI](?:8|16|32|64))?)$/;

/** From the loosest to the tightest. */
const BINARY: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const ZERO: Operand = { value: 0n, unsigned: false };

export function evaluate(text: string): Evaluated {
  const tokens = new RegExp(TOKEN);
  let fault: string | undefined;
  let depth = 0;
  /** The number of enclosing operands that are not evaluated, such as the right one of `0 && x`. */
  let unused = 0;
  let token = '';
  let kind: 'name' | 'number' | 'character' | 'operator' | 'end' = 'end';

  const fail = (message: string): Operand => {
    fault ??= message;
    kind = 'end';
    token = '';
    return ZERO;
  };
  const next = (): void => {
    if (fault !== undefined) return;
    const match = tokens.exec(text);
    const [, character, name, number, foreign, operator, single] = match ?? [];
    const other = foreign ?? single;
    token = name ?? number ?? character ?? operator ?? '';
    if (name !== undefined) kind = 'name';
    else if (number !== undefined) kind = 'number';
    else if (character !== undefined) kind = 'character';
    else if (operator !== undefined) kind = 'operator';
    else kind = 'end';
    if (other !== undefined) fail(`'${other}' is not allowed in a condition`);
  };
  const isNext = (operator: string): boolean => kind === 'operator' && token === operator;
  const takes = (operator: string): boolean => {
    if (!isNext(operator)) return false;
    next();
    return true;
  };
  const ignored = (read: () => Operand, isIgnored: boolean): Operand => {
    if (isIgnored) unused++;
    const operand = read();
    if (isIgnored) unused--;
    return operand;
  };

  const conditional = (): Operand => {
    const condition = binary(0);
    if (!takes('?')) return condition;
    const holds = condition.value !== 0n;
    const yes = nested(() => ignored(conditional, !holds));
    if (!takes(':')) return fail(`'?' without ':'`);
    const no = nested(() => ignored(conditional, holds));
    return wrapped(holds ? yes.value : no.value, yes.unsigned || no.unsigned);
  };

  const binary = (level: number): Operand => {
    const operators = BINARY[level];
    if (operators === undefined) return unary();
    let left = binary(level + 1);
    while (kind === 'operator' && operators.includes(token)) {
      const operator = token;
      next();
      const isDecided =
        (operator === '&&' && left.value === 0n) || (operator === '||' && left.value !== 0n);
      const right = ignored(() => binary(level + 1), isDecided);
      left = combined(operator, left, right);
    }
    return left;
  };

  const combined = (operator: string, left: Operand, right: Operand): Operand => {
    const unsigned = left.unsigned || right.unsigned;
    const a = wrapped(left.value, unsigned).value;
    const b = wrapped(right.value, unsigned).value;
    switch (operator) {
      case '||':
        return truth(left.value !== 0n || right.value !== 0n);
      case '&&':
        return truth(left.value !== 0n && right.value !== 0n);
      case '==':
        return truth(a === b);
      case '!=':
        return truth(a !== b);
      case '<':
        return truth(a < b);
      case '<=':
        return truth(a <= b);
      case '>':
        return truth(a > b);
      case '>=':
        return truth(a >= b);
      case '|':
        return wrapped(a | b, unsigned);
      case '^':
        return wrapped(a ^ b, unsigned);
      case '&':
        return wrapped(a & b, unsigned);
      case '+':
        return wrapped(a + b, unsigned);
      case '-':
        return wrapped(a - b, unsigned);
      case '*':
        return wrapped(a * b, unsigned);
      case '<<':
        return shifted(left, right.value);
      case '>>':
        return shifted(left, -right.value);
      default:
        if (b === 0n) return unused > 0 ? ZERO : fail('division by zero');
        return wrapped(operator === '/' ? a / b : a % b, unsigned);
    }
  };

  const unary = (): Operand => {
    if (kind === 'operator') {
      const operator = token;
      switch (operator) {
        case '(':
          next();
          return nested(() => {
            const inner = conditional();
            return takes(')') ? inner : fail(`'(' without ')'`);
          });
        case '!':
        case '~':
        case '-':
        case '+':
          next();
          return nested(() => signed(operator, unary()));
      }
    }
    const found = token;
    switch (kind) {
      case 'number':
        next();
        return number(found);
      case 'character':
        next();
        return character(found);
      case 'name':
        next();
        return isNext('(') ? fail(`'${found}' is no macro that is known here`) : ZERO;
      case 'operator':
        return fail(`a value is missing before '${found}'`);
      case 'end':
        return fail('a value is missing at the end');
    }
  };

  const nested = (read: () => Operand): Operand => {
    if (++depth > DEEPEST) return fail(`the condition is nested more than ${DEEPEST} deep`);
    const operand = read();
    depth--;
    return operand;
  };

  const number = (image: string): Operand => {
    const match = INTEGER.exec(image);
    if (match === null || image.length > 100) return fail(`'${image.slice(0, 40)}' is no integer`);
    const [, digits = '0', suffix = ''] = match;
    const value = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
    if (value > 0xffff_ffff_ffff_ffffn) return fail(`'${image}' does not fit into 64 bits`);
    return { value, unsigned: /u/i.test(suffix) || value > 0x7fff_ffff_ffff_ffffn };
  };

  const character = (image: string): Operand => {
    const value = characterValue(image);
    if (value !== undefined) return { value: BigInt(value), unsigned: false };
    return fail(`${image.slice(0, 40)} is no character`);
  };

  next();
  const result = conditional();
  if (fault === undefined && !isEnd()) fail(`'${token}' is one thing too many`);
  return fault === undefined
    ? { kind: 'value', isTrue: result.value !== 0n }
    : { kind: 'fault', message: fault };

  function isEnd(): boolean {
    return kind === 'end';
  }
}

function signed(operator: '!' | '~' | '-' | '+', { value, unsigned }: Operand): Operand {
  switch (operator) {
    case '!':
      return truth(value === 0n);
    case '~':
      return wrapped(~value, unsigned);
    case '-':
      return wrapped(-value, unsigned);
    case '+':
      return { value, unsigned };
  }
}

/** Shifts left, or right for a negative count; bits that are shifted out are lost. */
function shifted({ value, unsigned }: Operand, count: bigint): Operand {
  if (count >= 64n) return { value: 0n, unsigned };
  if (count <= -64n) return { value: value < 0n ? -1n : 0n, unsigned };
  return wrapped(count < 0n ? value >> -count : value << count, unsigned);
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};
const UNITS = /\\([0-7]{1,3})|\\x([0-9a-fA-F]+)|\\(.)|(.)/gsu;

/**
 * The value of a character constant: an int that has several characters as bytes; `undefined` for an empty constant. A char is
 * signed, as with the compilers of Windows.
 */
function characterValue(image: string): number | undefined {
  const isWide = !image.startsWith("'");
  const inner = image.slice(image.indexOf("'") + 1, -1);
  let value = 0;
  let count = 0;
  for (const [, octal, hex, escaped, plain] of inner.matchAll(UNITS)) {
    const unit =
      octal !== undefined
        ? Number.parseInt(octal, 8)
        : hex !== undefined
          ? Number.parseInt(hex.slice(-8), 16)
          : (ESCAPES[escaped ?? ''] ?? (escaped ?? plain ?? '').codePointAt(0) ?? 0);
    count++;
    value = isWide ? unit : count === 1 ? unit : (value << 8) | (unit & 0xff);
  }
  if (count === 0) return undefined;
  if (isWide || count > 1) return value;
  return value > 0x7f && value < 0x100 ? value - 0x100 : value;
}

function truth(value: boolean): Operand {
  return { value: value ? 1n : 0n, unsigned: false };
}

function wrapped(value: bigint, unsigned: boolean): Operand {
  return { value: unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value), unsigned };
}
