/**
 * The final form of emitted TypeScript: prettier's default style, printed without a formatter.
 *
 * Templates and views print what prettier prints at any width of 80 columns or more. A longer line depends on the
 * width, so its statement gets a `prettier-ignore` comment.
 */
import { WIDTH } from './text.js';

/** Parameter lists are broken at WIDTH and at every width up to this one. */
const WIDE = 100;

const KEEP = '// prettier-ignore';

/** A character beyond ASCII may take two columns or none; each choice below takes the safe one. */
const widest = (text: string): number => text.replace(/[^\x20-\x7e]/gu, '__').length;
const narrowest = (text: string): number => text.replace(/[^\x20-\x7e]/gu, '').length;

/**
 * The styles in which a file must not change: the default one for a file that its user formats later, and wider ones
 * too for a file that is regenerated.
 */
export type Styles = 'default' | 'all';

/** A list on one line if every style prints it so or the statement will be marked, else a line for each part. */
function list(open: string, parts: readonly string[], close: string, styles: Styles): string {
  const pad = close.startsWith('}') ? ' ' : '';
  const flat = `${open}${pad}${parts.join(', ')}${pad}${close}`;
  const isFlat = narrowest(flat) <= (styles === 'all' ? WIDE : WIDTH);
  return isFlat || parts.length === 0 ? flat : brokenList(open, parts, close);
}

/**
 * A function's head, `before(parameters)after`. A `note` on the first parameter, such as `of WmiMethodId 1`, is printed
 * where it avoids the mark: a line comment keeps parameters on lines of their own at every width.
 */
export function head(
  before: string,
  parameters: readonly string[],
  after: string,
  { styles = 'all', note }: { readonly styles?: Styles; readonly note?: string } = {},
): string {
  const text = list(`${before}(`, parameters, `)${after}`, styles);
  if (note === undefined || text.includes('\n') || widest(text) <= WIDTH) return text;
  const [first = '', ...rest] = parameters;
  const open = `${before}(\n  ${first}, // ${note}`;
  return [open, ...rest.map((part) => `  ${part},`), `)${after}`].join('\n');
}

/** The names of an import, `before{ names }after`. */
export function braces(before: string, names: readonly string[], after: string): string {
  return list(`${before}{`, names, `}${after}`, 'default');
}

/** An object literal on one line where it fits, `before{ properties }after`, else a line for each property. */
export function object(before: string, properties: readonly string[], after: string): string {
  return list(`${before}{`, properties, `}${after}`, 'default');
}

function brokenList(open: string, parts: readonly string[], close: string): string {
  const indent = /^ */.exec(open)?.[0] ?? '';
  return [open, ...parts.map((part) => `${indent}  ${part},`), `${indent}${close}`].join('\n');
}

/** Indents every line but the first by `columns`. */
export function indented(text: string, columns: number): string {
  return text.replaceAll(/\n(?!\n)/g, `\n${' '.repeat(columns)}`);
}

/** The text of a file as written: single blank lines, and long statements marked. */
export function finalText(printed: string): string {
  const lines = printed.replaceAll(/\n{3,}/g, '\n\n').split('\n');
  const final: string[] = [];
  for (let at = 0; at < lines.length;) {
    const end = statementEnd(lines, at);
    const statement = lines.slice(at, end);
    if (statement.some(isLong)) final.push(KEEP);
    final.push(...statement);
    at = end;
  }
  return final.join('\n');
}

/** The index after the statement that begins at `start`; a comment or a blank line counts as a statement. */
function statementEnd(lines: readonly string[], start: number): number {
  const first = lines[start] ?? '';
  if (first === '' || isComment(first) || first.endsWith(';')) return start + 1;
  // A value on lines of its own is indented, including its end.
  const last = first.endsWith('=') ? /^ {2}[)}\]]+;$/ : /^[)}\]>]+(?:.*;)?$/;
  let end = start + 1;
  while (end < lines.length && !last.test(lines[end] ?? '')) end += 1;
  return end + 1;
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|\/\*| \*)/.test(line);
}

/** Lines that prettier cannot break, whatever their length. */
const UNBREAKABLE = [
  /^ *(?:\w{1,4}: )?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'),$/,
  /^export const \S+: wmi\.\w+<\S+> =$/,
  /^export (?:class \S+ implements|interface) \S+ \{$/,
  /^ *(?:readonly )?[\w$]+\??: (?:readonly )?(?:wmi\.\w+<)?[\w$]+(?:\[\]|>)?;$/,
];

function isLong(line: string): boolean {
  return !isComment(line) && widest(line) > WIDTH && !UNBREAKABLE.some((shape) => shape.test(line));
}
