/**
 * Replaces macros in a stream of tokens.
 *
 * ISO C, 6.10.3.1 to 6.10.3.4. Where the standard leaves the extent of the rescan open, in strings of `#`, and for the comma before
 * absent variable arguments, the result is that of gcc.
 */
import { type MacroUse } from '../text/composition.js';
import { type TokenSource } from './text-expansion.js';
import { type BodyToken, type Budget, type Macro } from './macros.js';
import {
  SEAM,
  type Token,
  isPadding,
  isPunctuator,
  paddingOf,
  readToken,
  spacing,
} from './tokens.js';

/** A fault of the use of a macro. */
export interface UseFault {
  readonly kind: 'count' | 'depth' | 'end' | 'paste' | 'size';
  readonly message: string;
  /** The name of the macro; the first token of those that are joined. */
  readonly token: Token;
}

export interface Replacement {
  /** The next token or padding that is final; `undefined` at the end of the source. */
  readonly next: () => Token | undefined;
  /** The next token as it is. */
  readonly nextPlain: () => Token | undefined;
  /** Whether the next token comes from the source and not from a macro. */
  readonly isOutside: () => boolean;
}

export interface Surroundings {
  readonly macroNamed: (name: string) => Macro | undefined;
  readonly budget: Budget;
  readonly report: (fault: UseFault) => void;
  /** Whether expansion was aborted. */
  readonly isAborted: () => boolean;
}

/** A level of pending tokens, read before the rest of the enclosing level. */
interface Level {
  readonly tokens: readonly Token[];
  index: number;
  /** The macro whose expansion these tokens are. */
  readonly macro: Macro | undefined;
  /** The use whose expansion they are, for tokens without a `use` of their own. */
  readonly use: MacroUse | undefined;
  /** Whether they are an argument: reading stops at their end. */
  readonly isArgument: boolean;
}

/** The minimum charge for a use, also of an empty macro. */
export const COST_OF_USE = 32;
/** The maximum number of tokens in a list of arguments. */
const MAX_TOKENS = 500_000;
/** The maximum depth of macros in macros and arguments in arguments. */
const MAX_MACRO_DEPTH = 200;

export function replacement(
  source: TokenSource,
  { macroNamed, budget, report, isAborted }: Surroundings,
): Replacement {
  const levels: Level[] = [];
  const active = new Set<Macro>();
  let argumentDepth = 0;
  let isPlain = false;

  const push = (tokens: readonly Token[], more: Partial<Level> = {}): void => {
    levels.push({ tokens, index: 0, macro: undefined, use: undefined, isArgument: false, ...more });
  };

  const pop = (): void => {
    const macro = levels.pop()?.macro;
    if (macro !== undefined) active.delete(macro);
  };

  const isSpent = (cost: number, token: Token): boolean => {
    budget.left -= cost;
    if (budget.left >= 0) return isAborted();
    report({ kind: 'size', message: 'replacing macros takes too much text', token });
    return true;
  };

  /** The next token of the innermost level, unreplaced; `undefined` at its end. */
  const read = (level: Level): Token | undefined => {
    const token = level.tokens[level.index];
    if (token === undefined) return undefined;
    level.index++;
    return level.use === undefined ? token : withUse(token, level.use);
  };

  const next = (): Token | undefined => {
    while (!isAborted()) {
      const level = levels.at(-1);
      const token = level === undefined ? source.next() : read(level);
      if (token === undefined) {
        if (level === undefined || level.isArgument) return undefined;
        pop();
        return SEAM;
      }
      if (token.isJoined && level !== undefined) {
        push([joined(token, level)]);
        return paddingOf(token);
      }
      if (token.kind !== 'name' || token.isPainted) return token;
      const macro = macroNamed(token.text);
      if (macro === undefined) return token;
      if (active.has(macro)) return { ...token, isPainted: true };
      if (isPlain) return token;
      return begin(macro, token) ? paddingOf(token) : token;
    }
    return undefined;
  };

  const nextPlain = (): Token | undefined => {
    const before = isPlain;
    isPlain = true;
    let token = next();
    while (token !== undefined && isPadding(token)) token = next();
    isPlain = before;
    return token;
  };

  /** `first ## second ## …` as far as it is one token. */
  const joined = (first: Token, level: Level): Token => {
    let left = first;
    for (let isJoined = first.isJoined; isJoined;) {
      const right = read(level);
      if (right === undefined) break;
      if (isPadding(right)) continue;
      const both = pasted(left, right);
      if (both === undefined) {
        level.index--;
        const message = `'${left.text}' and '${right.text}' make no single token`;
        report({ kind: 'paste', message, token: left });
        break;
      }
      isJoined = right.isJoined;
      left = both;
    }
    return { ...left, isJoined: false };
  };

  /** Pushes the expansion of `macro`; false when `name` is not a use of it. */
  const begin = (macro: Macro, name: Token): boolean => {
    const { body, parameters } = macro;
    if (active.size >= MAX_MACRO_DEPTH || argumentDepth >= MAX_MACRO_DEPTH) {
      report({ kind: 'depth', message: 'macros are nested too deep', token: name });
      return false;
    }
    const found = parameters && findArguments(macro, name);
    if (parameters !== undefined && found === undefined) return false;
    if (isSpent(COST_OF_USE + body.end - body.start, name)) return false;
    const use = useOf(name, found?.close ?? name);
    if (found === undefined) push(macro.tokens(), { macro, use });
    else if (found.args === undefined) return true;
    else {
      const tokens = substituted(macro, found.args, use, (cost) => isSpent(cost, name));
      push(tokens, { macro });
    }
    active.add(macro);
    return true;
  };

  /** Reads the arguments after `name`; `undefined` when it is not a use. `args` is `undefined` when the closing parenthesis is missing. */
  const findArguments = (
    macro: Macro,
    name: Token,
  ): { readonly args: readonly Argument[] | undefined; readonly close: Token } | undefined => {
    isPlain = true;
    const collected = collectArguments(macro, name);
    isPlain = false;
    return collected;
  };

  const collectArguments = (macro: Macro, name: Token): ReturnType<typeof findArguments> => {
    let padding: Token | undefined;
    let open = next();
    for (; open !== undefined && isPadding(open); open = next()) {
      if (
        padding === undefined ||
        padding.kind === 'seam' ||
        (!padding.isSpaced && open.kind === 'seam')
      ) {
        padding = open;
      }
    }
    if (!isPunctuator(open, '(')) {
      if (open !== undefined) back();
      if (padding !== undefined) push([padding]);
      return undefined;
    }
    const { names = [], isVariadic = false } = macro.parameters ?? {};
    const all: Token[] = [];
    const args: Token[][] = [[]];
    let depth = 0;
    for (;;) {
      const token = next();
      if (token === undefined) {
        if (isAborted()) return undefined;
        // Uses among the arguments would be open as well, each up to the same end.
        const shut = all.map((each) => ({
          ...each,
          isPainted: each.isPainted || each.kind === 'name',
        }));
        report({
          kind: 'end',
          message: `the arguments of the macro '${name.text}' have no end`,
          token: name,
        });
        push(shut);
        return { args: undefined, close: name };
      }
      const isTooMuch = all.length >= MAX_TOKENS;
      if (isSpent(isTooMuch ? Infinity : COST_OF_TOKEN + token.text.length, name)) return undefined;
      all.push(token);
      const current = args.at(-1) ?? [];
      if (isPunctuator(token, '(')) depth++;
      else if (isPunctuator(token, ')') && depth-- === 0) {
        return { args: completed(macro, args, name), close: token };
      } else if (isPunctuator(token, ',') && depth === 0) {
        const isOfRest = isVariadic && args.length === names.length;
        if (!isOfRest) {
          args.push([]);
          continue;
        }
      }
      if (current.length > 0 || !isPadding(token)) current.push(token);
    }
  };

  /** The argument of each parameter: missing ones are empty, surplus ones are dropped. */
  const completed = (macro: Macro, found: readonly Token[][], name: Token): readonly Argument[] => {
    const { names = [], isVariadic = false } = macro.parameters ?? {};
    const given = found.map(withoutPaddingAtEnd);
    const [only] = given;
    const isNothing = given.length === 1 && only?.length === 0;
    const lacksRest = isVariadic && given.length === names.length - 1;
    if (given.length !== names.length && !lacksRest && !(isNothing && names.length === 0)) {
      const count = `${given.length} ${given.length === 1 ? 'is' : 'are'} given`;
      const message = `the macro '${name.text}' takes ${counted(names.length, isVariadic)}, and ${count}`;
      report({ kind: 'count', message, token: name });
    }
    const isAbsent = lacksRest || (isVariadic && isNothing);
    return names.map((_, index) => {
      const tokens = given[index] ?? [];
      let expanded: readonly Token[] | undefined;
      return {
        tokens,
        expanded: () => (expanded ??= expandedArgument(tokens)),
        isAbsent: isAbsent && index === names.length - 1,
      };
    });
  };

  /** The argument with macros replaced in isolation (ISO C, 6.10.3.1). */
  const expandedArgument = (tokens: readonly Token[]): readonly Token[] => {
    if (tokens.length === 0) return tokens;
    argumentDepth++;
    push(tokens, { isArgument: true });
    const expanded: Token[] = [];
    for (let token = next(); token !== undefined; token = next()) {
      if (isSpent(COST_OF_TOKEN + token.text.length, token)) break;
      expanded.push(token);
    }
    argumentDepth--;
    if (!isAborted()) pop();
    return expanded;
  };

  const back = (): void => {
    const level = levels.at(-1);
    if (level === undefined) source.back();
    else level.index--;
  };

  return { next, nextPlain, isOutside: () => levels.length === 0 };
}

/** Copies each property by name, which is faster than a spread for millions of tokens. */
function withUse(token: Token, use: MacroUse): Token {
  const { kind, text, source, start, end, isSpaced, isPainted, isJoined } = token;
  return { kind, text, source, start, end, isSpaced, use, isPainted, isJoined };
}

/** The use of a macro from its name to its last parenthesis, where both are written in one place. */
function useOf(name: Token, last: Token): MacroUse {
  const { text, source, start, use } = name;
  const isOne = last.source === source && last.use === use && last.end > start;
  const end = isOne ? last.end : name.end;
  return { name: text, source, span: { start, end }, within: use };
}

function withoutPaddingAtEnd(tokens: readonly Token[]): readonly Token[] {
  const end = tokens.findLastIndex((token) => !isPadding(token)) + 1;
  return tokens.slice(0, end);
}

function counted(number: number, isVariadic: boolean): string {
  const least = isVariadic ? number - 1 : number;
  return `${isVariadic ? 'at least ' : ''}${least} ${least === 1 ? 'argument' : 'arguments'}`;
}

/** One argument. */
export interface Argument {
  /** As it was written. */
  readonly tokens: readonly Token[];
  /** With its own macros replaced. */
  readonly expanded: () => readonly Token[];
  /** Whether it is an absent variadic argument, without even a comma. */
  readonly isAbsent: boolean;
}

/** The charge for each copied token of an argument. */
export const COST_OF_TOKEN = 2;

/**
 * The body of `macro` with `args` substituted for its parameters. `isSpent` charges the budget before each copy; the result is
 * incomplete when it returns true.
 */
export function substituted(
  { tokens, parameters }: Pick<Macro, 'tokens' | 'parameters'>,
  args: readonly Argument[],
  use: MacroUse,
  isSpent: (cost: number) => boolean,
): Token[] {
  const result: Token[] = [];
  const rest = parameters?.isVariadic === true ? parameters.names.length - 1 : -1;
  let before: BodyToken | undefined;
  for (const token of tokens()) {
    const argument = args[token.parameter];
    if (argument === undefined) {
      result.push({ ...token, use });
    } else {
      const joinsLeft = before?.isJoined === true;
      if (before !== undefined && !joinsLeft) result.push(paddingOf(token));
      const last = result.at(-1);
      const isPlain = !token.isStringized && !joinsLeft && !token.isJoined;
      const copied = isPlain ? argument.expanded() : argument.tokens;
      if (isSpent(sizeOf(copied))) return result;
      if (token.isStringized) {
        result.push({ ...stringized(argument.tokens, token, use), isJoined: token.isJoined });
      } else if (isPlain) {
        for (const each of copied) result.push(each);
      } else {
        if (joinsLeft && last !== undefined) {
          // `, ## rest` does not join: it removes the comma when the variadic argument is absent (gcc).
          const isRest = token.parameter === rest && isPunctuator(last, ',');
          const isEmpty = argument.tokens.length === 0;
          if (isRest && argument.isAbsent) result.pop();
          else if (isEmpty || (isRest && !token.isJoined)) join(result, token.isJoined);
        }
        for (const each of argument.tokens) result.push(each);
        if (argument.tokens.length > 0) join(result, token.isJoined);
      }
      if (!token.isJoined) result.push(SEAM);
    }
    before = token;
  }
  return result;
}

function sizeOf(tokens: readonly Token[]): number {
  let size = 0;
  for (const { text } of tokens) size += COST_OF_TOKEN + text.length;
  return size;
}

/** Sets whether the last token is joined to the next one. */
function join(tokens: Token[], isJoined: boolean): void {
  const last = tokens.at(-1);
  if (last !== undefined && !isPadding(last)) tokens[tokens.length - 1] = { ...last, isJoined };
}

/** The string that `#` makes of an argument; `operand` is where it is written. */
function stringized(tokens: readonly Token[], operand: BodyToken, use: MacroUse): Token {
  const { pad, before } = spacing();
  const parts: string[] = [];
  for (const token of tokens) {
    if (isPadding(token)) {
      pad(token);
      continue;
    }
    const isSpaced = before(token);
    if (isSpaced && parts.length > 0) parts.push(' ');
    const isLiteral = token.kind === 'string';
    parts.push(isLiteral ? token.text.replace(/[\\"]/g, '\\$&') : token.text);
  }
  const inner = parts.join('');
  let backslashes = 0;
  while (inner[inner.length - 1 - backslashes] === '\\') backslashes++;
  const text = backslashes % 2 === 1 ? inner.slice(0, -1) : inner;
  return { ...operand, kind: 'string', text: `"${text}"`, isSpaced: false, use };
}

/** Joins two tokens; `undefined` when the result is not one token. */
export function pasted(left: Token, right: Token): Token | undefined {
  const text = left.text + right.text;
  if (/^\/[/*]/.test(text)) return undefined;
  const { kind, end } = readToken(text, 0, text.length);
  if (end !== text.length || kind === 'other') return undefined;
  return { ...left, kind, text, isPainted: false, isJoined: false };
}
