/**
 * The lexer: at each offset the first token type, in order, whose pattern matches.
 *
 * Only patterns that may begin with the next character are tried, so each regular expression needs a `start_chars_hint`.
 */
import { createTokenInstance, type IToken, type TokenType } from './tokens.js';

interface Pattern {
  readonly type: TokenType;
  readonly group: string | undefined;
  /** Returns the offset after the match at `offset`; -1 without a match. */
  readonly match: (text: string, offset: number) => number;
  /** Tried as well when this one matches; the longer match wins. */
  readonly longer: Pattern | undefined;
}

export interface ILexingResult {
  readonly tokens: IToken[];
  /** The tokens of types with a `group`, except for those that are skipped. */
  readonly groups: Readonly<Record<string, IToken[]>>;
}

/** Options of Chevrotain that this lexer always has. */
interface LexerOptions {
  readonly positionTracking: 'onlyOffset';
  readonly ensureOptimizations: true;
  /** Chevrotain validates, not this lexer. */
  readonly skipValidations: boolean;
}

const SKIPPED = 'skipped';

/** Characters with this code and above share one list of patterns. */
const SHARED = 256;

const NO_PATTERNS: readonly Pattern[] = [];

export class Lexer {
  static readonly SKIPPED = SKIPPED;
  /** The patterns to try, in order, by the code of the next character. */
  readonly #candidates: Pattern[][] = [];

  constructor(types: readonly TokenType[], options: LexerOptions);
  constructor(types: readonly TokenType[]) {
    const patterns = new Map<TokenType, Pattern>();
    for (const type of types) {
      const pattern = patternOf(type, patterns);
      for (const first of firstCharactersOf(type)) {
        const code = typeof first === 'string' ? first.charCodeAt(0) : first;
        const list = (this.#candidates[code < SHARED ? code : SHARED] ??= []);
        if (list.at(-1) !== pattern) list.push(pattern);
      }
    }
  }

  tokenize(text: string): ILexingResult {
    const tokens: IToken[] = [];
    const groups: Record<string, IToken[]> = {};
    let offset = 0;
    while (offset < text.length) {
      const start = offset;
      const code = text.charCodeAt(start);
      // Skips a character that begins no token; test/grammar/engine.test.ts shows that MOF has a token for each.
      offset++;
      for (const candidate of this.#candidates[code < SHARED ? code : SHARED] ?? NO_PATTERNS) {
        let end = candidate.match(text, start);
        if (end < 0) continue;
        let { type, group } = candidate;
        const { longer } = candidate;
        const longerEnd = longer === undefined ? -1 : longer.match(text, start);
        if (longer !== undefined && longerEnd > end) {
          ({ type, group } = longer);
          end = longerEnd;
        }
        offset = end;
        if (group !== SKIPPED) {
          const list = group === undefined ? tokens : (groups[group] ??= []);
          list.push(createTokenInstance(type, text.slice(start, end), start));
        }
        break;
      }
    }
    return { tokens, groups };
  }
}

function patternOf(type: TokenType, known: Map<TokenType, Pattern>): Pattern {
  const found = known.get(type);
  if (found !== undefined) return found;
  const longer = type.config?.longer_alt;
  const pattern: Pattern = {
    type,
    group: type.config?.group,
    match: matcherOf(type),
    longer: longer && patternOf(longer, known),
  };
  known.set(type, pattern);
  return pattern;
}

function matcherOf({ name, config }: TokenType): Pattern['match'] {
  if (config === undefined) throw new Error(`the token ${name} has no pattern`);
  const { pattern } = config;
  if (typeof pattern === 'string') {
    return (text, offset) => (text.startsWith(pattern, offset) ? offset + pattern.length : -1);
  }
  if (pattern instanceof RegExp) {
    const sticky = new RegExp(pattern.source, `${pattern.flags}y`);
    return (text, offset) => {
      sticky.lastIndex = offset;
      return sticky.test(text) ? sticky.lastIndex : -1;
    };
  }
  return (text, offset) => {
    const found = pattern.exec(text, offset);
    return found === null ? -1 : offset + found[0].length;
  };
}

/** The characters, or their codes, that a token may begin with. */
function firstCharactersOf({ name, config }: TokenType): readonly (string | number)[] {
  const { pattern, start_chars_hint: hint } = config ?? {};
  const first = hint ?? (typeof pattern === 'string' ? [pattern.charAt(0)] : undefined);
  if (first === undefined) throw new Error(`the token ${name} has no start_chars_hint`);
  return first;
}
