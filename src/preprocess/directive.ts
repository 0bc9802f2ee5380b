/** Finds the next directive of a text, outside comments and literals, and takes it apart into its name and the rest. */
import { type WrittenPlace } from '../text/composition.js';
import { endOfLine, isClosed, scanChar, scanLineString, scanString } from '../text/scanning.js';
import { type SourceFile } from '../text/source-file.js';
import { type Span } from '../text/span.js';
import { type LogicalLine, logicalLine, spanInSource } from './logical-line.js';
import { beginsName, endOfNumber, endOfWord, isBlank, isDigit } from './tokens.js';

export interface Directive {
  readonly line: LogicalLine;
  /** In lower case, without the `#`; empty for a lone `#`. */
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

/** Both functions start after a directive or at the start of the text, and return the offset of the next `#`, or the end of the text. */
export interface DirectiveSearch {
  /** In live text; `eachName` receives every name before the directive and returns the offset to continue at. */
  readonly through: (start: number, eachName: (start: number, end: number) => number) => number;
  /** The offset after the string that begins at `index` of live text. */
  readonly endOfString: (index: number) => number;
  /** In skipped text, such as C. */
  readonly past: (start: number) => number;
}

export function directiveSearch(text: string): DirectiveSearch {
  let endsStringsWithLine = false;

  const endOfString = (index: number): number => {
    const image = endsStringsWithLine ? '' : (scanString(text, index)?.[0] ?? '');
    if (image !== '' && isClosed(image)) return index + image.length;
    endsStringsWithLine = true;
    return endOfLineString(text, index);
  };

  return {
    endOfString,
    through(start, eachName) {
      let isLineStart = true;
      let index = start;
      while (index < text.length) {
        const code = text.charCodeAt(index);
        if (code === 10 || code === 13) {
          isLineStart = true;
          index++;
        } else if (isBlank(code)) index++;
        else if (code === 47 && text[index + 1] === '/') index = endOfLine(text, index);
        else if (code === 47 && text[index + 1] === '*') index = endOfComment(text, index);
        else if (code === 35 && isLineStart) return index;
        else {
          isLineStart = false;
          if (beginsName(code)) {
            index = eachName(index, endOfWord(text, index));
          } else if (isDigit(code)) index = endOfNumber(text, index);
          else if (code === 36) index = endOfWord(text, index);
          else if (code === 34) index = endOfString(index);
          else if (code === 39) index += scanChar(text, index)?.[0].length ?? 1;
          else index++;
        }
      }
      return index;
    },
    past(start) {
      let isLineStart = true;
      let index = start;
      while (index < text.length) {
        const character = text[index];
        if (isLineStart && character === '#') return index;
        if (character === '\n' || character === '\r') {
          isLineStart = true;
          index++;
        } else if (character === '/' && text[index + 1] === '/') index = endOfLine(text, index);
        else if (character === '/' && text[index + 1] === '*') index = endOfComment(text, index);
        else if (character === '"') {
          isLineStart = false;
          index = endOfLineString(text, index);
        } else {
          if (!isBlank(text.charCodeAt(index))) isLineStart = false;
          index++;
        }
      }
      return index;
    },
  };
}

function endOfComment(text: string, index: number): number {
  const close = text.indexOf('*/', index + 2);
  return close < 0 ? text.length : close + 2;
}

function endOfLineString(text: string, index: number): number {
  return index + (scanLineString(text, index)?.[0].length ?? 1);
}
