/**
 * Replaces macros in a stream of tokens. It must not know where the tokens come from or go to.
 *
 * ISO C, 6.10.3.4: what a macro becomes is read again together with what follows it; within that a macro is not replaced by
 * itself. Where the standard leaves open how far "within" goes, it ends with the last token of the macro's text, as in gcc.
 */
import { type MacroUse } from './composition.js';
import { type Budget, type Macro } from './macros.js';
import { isPadding, isPunctuator, paddingOf, SEAM, type Token } from './pp-tokens.js';
import { type Argument, COST_OF_TOKEN, pasted, substituted } from './substitution.js';
import { type TokenSource } from './text-tokens.js';

/** What is wrong with the use of a macro. */
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
  /** Whether what comes next is from the source, and from no macro. */
  readonly isOutside: () => boolean;
}

export interface Surroundings {
  readonly macroNamed: (name: string) => Macro | undefined;
  readonly budget: Budget;
  readonly report: (fault: UseFault) => void;
  /** Whether the text is given up. */
  readonly isAborted: () => boolean;
}

/** Tokens that are read before those that were read until now. */
interface Level {
  readonly tokens: readonly Token[];
  index: number;
  /** The macro that became these tokens. */
  readonly macro: Macro | undefined;
  /** The use whose text they are, where they do not say that themselves. */
  readonly use: MacroUse | undefined;
  /** They are an argument: what follows them is out of reach. */
  readonly isArgument: boolean;
}

/** Every use costs some time, also that of an empty macro. */
export const COST_OF_USE = 32;
/** More tokens than any list of arguments has. */
const MOST_TOKENS = 500_000;
/** Macros in macros, and arguments in arguments. */
const DEEPEST_MACRO = 200;

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

  /** The next token of the innermost level, as it is; `undefined` where it has no more. */
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

  /** Has what `macro` becomes read next; false where `name` is no use of it. */
  const begin = (macro: Macro, name: Token): boolean => {
    const { body, parameters } = macro;
    if (active.size >= DEEPEST_MACRO || argumentDepth >= DEEPEST_MACRO) {
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

  /** Finds the arguments after `name`; `undefined` where it is no use. `args` is `undefined` when they have no end. */
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
      const isTooMuch = all.length >= MOST_TOKENS;
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

  /** The argument of each parameter: those that are missing are empty, and further ones are left out. */
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

  /** The argument with its own macros replaced, as if there were nothing else. */
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

/** Each property by name: millions of tokens pass here. */
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
