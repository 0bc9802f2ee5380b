/**
 * Encodes MOF text as a comment or a string literal in TypeScript, which it can never end.
 */

/** The width of a line: prettier's default printWidth, also for comments. */
export const WIDTH = 80;

/** Line ends, control characters and the marks that make text read in another order than it is written. */
const UNSAFE =
  /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]/gu;

/** Build tools search the whole text for source maps, and open what they find. */
const SOURCE_MAP = /[#@](?=\s*source(?:Mapping)?URL)/g;

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function codeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** One line of text that is safe in any comment: nothing in it ends the comment or is read as a TSDoc tag. */
export function commentText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(UNSAFE, codePoint)
    .replace(/\*\//g, '*\\/')
    .replace(/\/\*/g, '/\\*')
    .replace(/(^|[\s{])@(?=\w)/g, '$1\\@')
    .replace(SOURCE_MAP, '\\$&');
}

/** A doc comment of paragraphs, wrapped, `columns` from the left; an empty list gives no comment. */
export function docComment(paragraphs: readonly (string | undefined)[], columns = 0): string {
  const indent = ' '.repeat(columns);
  const texts = paragraphs.filter((each) => each !== undefined && each.trim() !== '');
  const lines = texts.flatMap((text, index) => {
    const wrapped = wrap(commentText(text ?? ''), WIDTH - columns - ' * '.length);
    return index === 0 ? wrapped : ['', ...wrapped];
  });
  const [only, ...more] = lines;
  if (only === undefined) return '';
  if (more.length === 0 && only.length <= WIDTH - columns - '/**  */'.length) {
    return `${indent}/** ${only} */`;
  }
  return ['/**', ...lines.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */']
    .map((line) => indent + line)
    .join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** A string literal, in the quotes that need fewer backslashes, as prettier prefers them. */
export function tsString(text: string): string {
  const doubles = text.split('"').length;
  const singles = text.split("'").length;
  const escaped = JSON.stringify(text).slice(1, -1);
  const quoted =
    doubles > singles
      ? `'${escaped.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
      : `"${escaped}"`;
  return quoted.replace(UNSAFE, codeUnit).replace(SOURCE_MAP, codeUnit);
}

/** A string literal without characters beyond ASCII, which take a column or two each. */
export function escapedBeyondAscii(written: string): string {
  return written.replace(/[^ -~]/g, codeUnit);
}
