/** A directive taken apart: its name, and what follows that. It must not know what any directive does. */
import { type Span } from '../../grammar/ast.js';
import { type WrittenPlace } from './composition.js';
import { type LogicalLine, logicalLine, spanInSource } from './logical-line.js';
import { type SourceFile } from './source-file.js';
import { beginsName, endOfWord, isBlank } from './words.js';

export interface Directive {
  readonly line: LogicalLine;
  /** In lower case, without the `#`; empty when there is none. */
  readonly name: string;
  /** The offset in the line after the name. */
  readonly rest: number;
}

const BEGINNING = /^#\s*(\w*)/;

/** Reads the directive whose `#` is at `index`. */
export function readDirective(file: SourceFile, index: number): Directive {
  const line = logicalLine(file, index);
  const [beginning = '#', name = ''] = BEGINNING.exec(line.text) ?? [];
  return { line, name: name.toLowerCase(), rest: beginning.length };
}

/** What follows the name, without the blanks around it. */
export function operandOf({ line: { text }, rest }: Directive): Span {
  const end = Math.max(rest, text.trimEnd().length);
  const start = rest + text.slice(rest, end).search(/\S|$/);
  return { start, end };
}

/** The name of a macro that follows the directive's own. */
export function macroNameOf({ line: { text }, rest }: Directive): Span | undefined {
  let start = rest;
  while (start < text.length && isBlank(text.charCodeAt(start))) start++;
  if (start === rest || start >= text.length || !beginsName(text.charCodeAt(start)))
    return undefined;
  return { start, end: endOfWord(text, start) };
}

export function wordIn({ text }: LogicalLine, { start, end }: Span): string {
  return text.slice(start, end);
}

/** Where a part of the line was written. */
export function placeIn(line: LogicalLine, { start, end }: Span): WrittenPlace {
  return { source: line.source, span: spanInSource(line, start, end) };
}

/** Where the directive was written, the blanks at its end aside. */
export function placeOfDirective({ line, rest }: Directive): WrittenPlace {
  return placeIn(line, { start: 0, end: Math.max(rest, line.text.trimEnd().length) });
}

/** Where `#` and the name were written. */
export function placeOfName({ line, rest }: Directive): WrittenPlace {
  return placeIn(line, { start: 0, end: rest });
}
