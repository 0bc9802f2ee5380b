/**
 * Splits TypeScript into words, strings and punctuation, without comments, templates and regular expressions. Just
 * enough to find names in a user's file.
 */

export interface CodeToken {
  readonly kind: 'word' | 'string' | 'punctuation' | 'other';
  /** For a string, the text between the quotes. */
  readonly text: string;
  /** Whether a line end separates this token from the previous one. */
  readonly startsLine: boolean;
}

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/uy;
const WORD = /[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/uy;
const STRING = /'((?:[^'\\\n]|\\[\s\S])*)'|"((?:[^"\\\n]|\\[\s\S])*)"/y;
const NUMBER = /\d[\w.]*/y;
const REGULAR_EXPRESSION = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
/** Words after which a slash begins a regular expression. */
const BEFORE_EXPRESSION = new Set(['case', 'return', 'typeof', 'void', 'yield', 'await', 'throw']);

/** The tokens of `text`; never fails, whatever the text. */
export function codeTokens(text: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  let at = 0;
  let startsLine = true;
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text) ?? undefined;
  };
  const push = (kind: CodeToken['kind'], length: number, shown: string): void => {
    tokens.push({ kind, text: shown, startsLine });
    startsLine = false;
    at += length;
  };
  while (at < text.length) {
    const space = match(SPACE);
    if (space !== undefined) {
      startsLine ||= space[0].includes('\n');
      at += space[0].length;
      continue;
    }
    const word = match(WORD) ?? match(NUMBER);
    const string = match(STRING);
    const expression = beginsExpression(tokens.at(-1)) ? match(REGULAR_EXPRESSION) : undefined;
    if (word !== undefined) push('word', word[0].length, word[0]);
    else if (string !== undefined) {
      push('string', string[0].length, string[1] ?? string[2] ?? '');
    } else if (expression !== undefined) push('other', expression[0].length, '');
    else if (text[at] === '`') push('other', templateEnd(text, at) - at, '');
    else if (text.startsWith('=>', at)) push('punctuation', 2, '=>');
    else push('punctuation', 1, text[at] ?? '');
  }
  return tokens;
}

function beginsExpression(before: CodeToken | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'word') return BEFORE_EXPRESSION.has(before.text);
  return before.kind === 'punctuation' && !')]}'.includes(before.text);
}

/** The end of a template literal, including the code and templates inside it. */
function templateEnd(text: string, start: number): number {
  /** The open templates, each with the brace depth in its substitution; -1 in its text. */
  const open = [-1];
  let at = start + 1;
  while (at < text.length && open.length > 0) {
    const depth = open.at(-1) ?? -1;
    const character = text[at] ?? '';
    at += 1;
    if (character === '\\') at += 1;
    else if (depth < 0) {
      if (character === '`') open.pop();
      else if (character === '$' && text[at] === '{') open[open.length - 1] = 0;
    } else if (character === '`') open.push(-1);
    else if (character === '{') open[open.length - 1] = depth + 1;
    else if (character === '}') open[open.length - 1] = depth === 1 ? -1 : depth - 1;
  }
  return at;
}
