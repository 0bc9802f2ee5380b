/**
 * The lexer that the build puts in place of Chevrotain's: the first pattern in order that matches. Must not know MOF.
 *
 * It tries only patterns that may begin with the next character, so every regular expression needs `start_chars_hint`.
 */
import { type CustomPatternMatcherFunc, type IToken, type TokenType } from 'chevrotain';

interface Pattern {
  readonly type: TokenType;
  readonly index: number;
  /** The offset after the match at `offset`; -1 when there is none. */
  readonly match: (text: string, offset: number) => number;
  /** Tried as well when this one matches; the longer match wins. */
  readonly longer: Pattern | undefined;
  /** Where its tokens go; `undefined` for what the parser reads. */
  readonly group: string | undefined;
}

interface Lexed {
  readonly tokens: IToken[];
  readonly groups: Record<string, IToken[]>;
}

const SKIPPED = 'skipped';

/** Characters from here on share one list of patterns. */
const SHARED = 256;

const NO_PATTERNS: readonly Pattern[] = [];

export class Lexer {
  static readonly SKIPPED = SKIPPED;
  private readonly byCharacter: Pattern[][] = [];

  constructor(types: readonly TokenType[]) {
    const patterns = new Map<TokenType, Pattern>();
    const patternOf = (type: TokenType): Pattern => {
      const known = patterns.get(type);
      if (known !== undefined) return known;
      const [longer] = [type.LONGER_ALT ?? []].flat();
      const made: Pattern = {
        type,
        index: type.tokenTypeIdx ?? 0,
        match: matcherOf(type),
        longer: longer && patternOf(longer),
        group: type.GROUP,
      };
      patterns.set(type, made);
      return made;
    };
    for (const type of types) {
      const pattern = patternOf(type);
      for (const code of firstCharactersOf(type)) {
        const list = (this.byCharacter[code] ??= []);
        if (list.at(-1) !== pattern) list.push(pattern);
      }
    }
  }

  tokenize(text: string): Lexed {
    const tokens: IToken[] = [];
    const groups: Record<string, IToken[]> = {};
    let offset = 0;
    while (offset < text.length) {
      const start = offset;
      // A character that begins nothing is passed over; a test shows that there is none.
      offset++;
      const code = text.charCodeAt(start);
      for (const candidate of this.byCharacter[code < SHARED ? code : SHARED] ?? NO_PATTERNS) {
        let end = candidate.match(text, start);
        if (end < 0) continue;
        let pattern = candidate;
        if (candidate.longer !== undefined) {
          const other = candidate.longer.match(text, start);
          if (other > end) {
            end = other;
            pattern = candidate.longer;
          }
        }
        offset = end;
        const { group } = pattern;
        if (group === SKIPPED) break;
        const list = group === undefined ? tokens : (groups[group] ??= []);
        list.push({
          image: text.slice(start, end),
          startOffset: start,
          tokenTypeIdx: pattern.index,
          tokenType: pattern.type,
        });
        break;
      }
    }
    return { tokens, groups };
  }
}

function matcherOf({ name, PATTERN: pattern }: TokenType): Pattern['match'] {
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
  if (pattern === undefined) throw new Error(`the token ${name} has no pattern`);
  // The patterns of the grammar that are functions look at the text alone.
  const exec: CustomPatternMatcherFunc = 'exec' in pattern ? pattern.exec : pattern;
  return (text, offset) => {
    const found = exec(text, offset, [], {});
    return found === null ? -1 : offset + found[0].length;
  };
}

/** The codes of the characters that a token may begin with, those from `SHARED` on as that one. */
function firstCharactersOf({ name, PATTERN: pattern, START_CHARS_HINT: hint }: TokenType) {
  const first = hint ?? (typeof pattern === 'string' ? [pattern.charCodeAt(0)] : undefined);
  if (first === undefined) throw new Error(`the token ${name} has no start_chars_hint`);
  const codes = new Set<number>();
  for (const each of first) {
    codes.add(Math.min(SHARED, typeof each === 'string' ? each.charCodeAt(0) : each));
  }
  return codes;
}
