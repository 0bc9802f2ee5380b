/**
 * The final shape of emitted TypeScript: prettier's default style, printed here, so that no formatter runs later.
 *
 * Templates and views print what prettier prints at any width from 80 columns up. Where a line is longer than that, widths
 * differ in what they do with it, so its statement keeps its shape by a `prettier-ignore` comment. It knows no MOF.
 */

/** Prettier's default printWidth: what fits here is on one line at every width that is as large. */
const WIDTH = 80;

/** From here on a list of parameters is broken at WIDTH and at every width up to this one. */
const WIDE = 100;

const KEEP = '// prettier-ignore';

/** A character beyond ASCII may take two columns, or none; each choice below takes the one that is safe. */
const widest = (text: string): number => text.replace(/[^\x20-\x7e]/gu, '__').length;
const narrowest = (text: string): number => text.replace(/[^\x20-\x7e]/gu, '').length;

/** A function's head, `before(parameters)after`: on one line, or a line for each parameter where every width breaks it. */
export function head(before: string, parameters: readonly string[], after: string): string {
  const flat = `${before}(${parameters.join(', ')})${after}`;
  if (parameters.length === 0 || narrowest(flat) <= WIDE) return flat;
  return brokenList(`${before}(`, parameters, `)${after}`);
}

/** The names of an import or of any list in braces, `before { names } after`. */
export function braces(before: string, names: readonly string[], after: string): string {
  const flat = `${before}{ ${names.join(', ')} }${after}`;
  return narrowest(flat) <= WIDE ? flat : brokenList(`${before}{`, names, `}${after}`);
}

function brokenList(open: string, parts: readonly string[], close: string): string {
  const indent = /^ */.exec(open)?.[0] ?? '';
  return [open, ...parts.map((part) => `${indent}  ${part},`), `${indent}${close}`].join('\n');
}

/** Indents every line but the first by `columns`, as that of a text placed there. */
export function indented(text: string, columns: number): string {
  return text.replaceAll(/\n(?!\n)/g, `\n${' '.repeat(columns)}`);
}

/** The text of a file as it is written: single blank lines, and long statements marked. */
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

/** The index after the statement that begins at `start`; a comment or a blank line is one of its own. */
function statementEnd(lines: readonly string[], start: number): number {
  const first = lines[start] ?? '';
  if (first === '' || isComment(first) || first.endsWith(';')) return start + 1;
  let end = start + 1;
  while (end < lines.length && !/^[)}\]>]+(?:.*;)?$/.test(lines[end] ?? '')) end += 1;
  return end + 1;
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|\/\*| \*)/.test(line);
}

function isLong(line: string): boolean {
  return !isComment(line) && widest(line) > WIDTH;
}
