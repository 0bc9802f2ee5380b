/**
 * A preprocessor directive as one line, with continuation lines joined and comments replaced by a blank, and the map from offsets of
 * that line to offsets of the text.
 */
import { firstWhere } from '../text/binary-search.js';
import { type Span } from '../text/span.js';
import { type SourceFile } from '../text/source-file.js';

interface Piece {
  readonly at: number;
  readonly offset: number;
  /** A blank that replaces a comment. */
  readonly isComment: boolean;
}

export interface LogicalLine {
  readonly source: SourceFile;
  /** From the first character to the one before the line end. */
  readonly text: string;
  /** Where the pieces of `text` begin that are copied from `source`, and where they begin there. */
  readonly pieces: readonly Piece[];
  /** The offset of the line end that closes it, or of the end of the text. */
  readonly end: number;
  /** Where a comment begins that has no end. */
  readonly openComment: number | undefined;
}

/** Reads the directive that begins at `start`. */
export function logicalLine(source: SourceFile, start: number): LogicalLine {
  const { text } = source;
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  let copied = start;
  let index = start;
  let openComment: number | undefined;
  let quote = '';
  let isComment = false;

  const flush = (to: number, resume: number) => {
    if (to > copied && !isComment) {
      pieces.push({ at: length, offset: copied, isComment: false });
      parts.push(text.slice(copied, to));
      length += to - copied;
    }
    copied = resume;
  };
  const blank = () => {
    pieces.push({ at: length, offset: copied, isComment: true });
    parts.push(' ');
    length += 1;
  };

  for (;;) {
    const character = text[index];
    if (character === undefined || character === '\n' || character === '\r') break;
    if (character === '\\') {
      const joined = continuation(text, index);
      if (joined !== undefined) {
        flush(index, joined);
        index = joined;
      } else index += quote === '' ? 1 : 2;
    } else if (isComment) index++;
    else if (quote !== '') {
      if (character === quote) quote = '';
      index++;
    } else if (character === '"' || character === "'") {
      quote = character;
      index++;
    } else if (character === '/' && text[index + 1] === '/') {
      flush(index, index);
      isComment = true;
      index += 2;
    } else if (character === '/' && text[index + 1] === '*') {
      const close = text.indexOf('*/', index + 2);
      if (close < 0) openComment = index;
      const next = close < 0 ? text.length : close + 2;
      flush(index, next);
      blank();
      index = next;
    } else index++;
  }
  index = Math.min(index, text.length);
  flush(index, index);
  return { source, text: parts.join(''), pieces, end: index, openComment };
}

/** The offset of the next line when the backslash at `index` continues its line; blanks may follow the backslash. */
export function continuation(text: string, index: number): number | undefined {
  let next = index + 1;
  while (text[next] === ' ' || text[next] === '\t') next++;
  if (text.startsWith('\r\n', next)) return next + 2;
  return text[next] === '\n' || text[next] === '\r' ? next + 1 : undefined;
}

/** The range of the text that `[start, end)` of the line was read from. */
export function spanInSource(line: LogicalLine, start: number, end: number): Span {
  const from = offsetInSource(line, start);
  return {
    start: from,
    end: Math.max(from, end > start ? offsetInSource(line, end - 1) + 1 : from),
  };
}

function offsetInSource({ pieces, end }: LogicalLine, at: number): number {
  const piece = pieces[pieceIndex(pieces, at)];
  return piece === undefined ? end : piece.offset + at - piece.at;
}

/** Calls `each` with the ranges of the text that `[start, end)` of the line was read from; an empty one is a blank. */
export function eachRange(
  { pieces, text }: LogicalLine,
  start: number,
  end: number,
  each: (from: number, to: number) => void,
): void {
  let index = pieceIndex(pieces, start);
  for (let at = start; at < end; index++) {
    const piece = pieces[index];
    if (piece === undefined) return;
    const stop = Math.min(end, pieces[index + 1]?.at ?? text.length);
    const from = piece.offset + at - piece.at;
    each(from, piece.isComment ? from : from + stop - at);
    at = stop;
  }
}

function pieceIndex(pieces: LogicalLine['pieces'], at: number): number {
  return Math.max(0, firstWhere(pieces, (piece) => piece.at > at) - 1);
}
