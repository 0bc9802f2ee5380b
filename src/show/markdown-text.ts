/**
 * Escapes MOF text for Markdown, so that it ends no cell and no line, and starts no markup, HTML or link.
 *
 * Rules: CommonMark 0.31 sections 2.4, 2.5 and 6; GitHub Flavored Markdown sections 4.10 and 6.9. Where dialects differ in the
 * meaning of a backslash, entities are used.
 */
import { printable, widest, widthOf } from '../diagnostics/printable.js';

/** Characters that could begin a heading, a list, a rule, a definition or another block at the start of a line. */
const BLOCK_START = /^(\d*)((?<!\d)[-+=:%]|(?<=\d)[.)](?= |$))/;

const ENTITIES: Readonly<Record<string, string>> = {
  '"': '&quot;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // Mathematics on GitHub, cells, mentions and mail addresses.
  $: '&#36;',
  '|': '&#124;',
  '@': '&#64;',
};

/** Text on one line. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]~#^]/g, '\\$&')
    .replace(/["&<>$|@]/g, (character) => ENTITIES[character] ?? character)
    .replace(/:(?=\/\/)|(?<=www)\./gi, '\\$&')
    .replace(BLOCK_START, '$1\\$2');
}

/** Text without special characters, which is shown as code. */
const PLAIN_CODE = /^[\p{L}\p{N}_.,:()[\]/+-]+(?: [\p{L}\p{N}_.,:()[\]/+-]+)*$/u;

/** A name: as code where that is possible, else as text. */
export function markdownCode(text: string): string {
  return PLAIN_CODE.test(text) ? `\`${text}\`` : markdownText(text);
}

/** `label` is Markdown, `anchor` comes from `anchors`. */
export function markdownLink(label: string, anchor: string | undefined): string {
  return anchor === undefined ? label : `[${label}](#${anchor})`;
}

/** Gives each name an anchor that no other one of the document has. */
export function anchors(): (prefix: string, name: string) => string {
  const taken = new Set<string>();
  return (prefix, name) => {
    const wanted = `${prefix}-${name.toLowerCase().replace(/[^a-z0-9_]+/g, '-')}`;
    let anchor = wanted;
    for (let number = 2; taken.has(anchor); number++) anchor = `${wanted}-${number}`;
    taken.add(anchor);
    return anchor;
  };
}

export interface MarkdownColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A table; its cells are Markdown. All columns but the last are aligned in the text as well. */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string {
  const rules = columns.map(({ align }) => (align === 'left' ? '---' : '--:'));
  const lines = [columns.map(({ title }) => title), rules, ...rows];
  const widths = columns.map((_, index) =>
    index === columns.length - 1 ? 3 : widest(lines.map((line) => line[index] ?? '')),
  );
  const cell = (line: readonly string[], index: number, align: MarkdownColumn['align']) => {
    const text = line[index] ?? '';
    const width = widths[index] ?? 0;
    if (line === rules) return align === 'left' ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`;
    const space = ' '.repeat(Math.max(0, width - widthOf(text)));
    return align === 'left' ? text + space : space + text;
  };
  return lines
    .map((line) => `| ${columns.map(({ align }, at) => cell(line, at, align)).join(' | ')} |\n`)
    .join('');
}

function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim());
}
