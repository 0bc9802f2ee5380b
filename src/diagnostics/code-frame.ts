/** Draws the source lines around a span, with line numbers and carets. */
import { type Span } from '../text/span.js';
import { lineStarts, positionAt, type SourceFile } from '../text/source-file.js';
import { type Cell, cellsOf } from './printable.js';

/** Paints the parts of a frame; identity functions give plain text. */
export interface FramePaint {
  readonly gutter: (text: string) => string;
  readonly caret: (text: string) => string;
}

/** Longer lines are cut to a window around the span. */
const WINDOW = 100;
const CUT = '…';
/** So many characters on each side of a span are looked at: input can be one line of megabytes. */
const NEIGHBOURHOOD = 2 * WINDOW;
/** A span of more lines shows its first and last two lines only. */
const MAX_LINES = 5;

/** The lines of a frame for `span`; `gutterWidth` is the room for line numbers, `mark` the character under the span. */
export function codeFrame(
  source: SourceFile,
  span: Span,
  gutterWidth: number,
  mark: '^' | '-',
  paint: FramePaint,
): string[] {
  const first = positionAt(source, span.start).line;
  const last = positionAt(source, Math.max(span.start, span.end - 1)).line;
  const bar = paint.gutter(`${' '.repeat(gutterWidth)} |`);
  const frame = [bar];
  for (let line = first; line <= last; line++) {
    if (last - first >= MAX_LINES && line === first + 2) {
      frame.push(paint.gutter(`${'.'.repeat(Math.min(3, gutterWidth)).padStart(gutterWidth)} |`));
      line = last - 1;
    }
    const start = lineStarts(source)[line - 1] ?? 0;
    const text = lineText(source, line);
    const { shown, carets } = markedLine(text, span.start - start, span.end - start, mark);
    const number = String(line).padStart(gutterWidth);
    frame.push(`${paint.gutter(`${number} |`)} ${shown}`.trimEnd());
    if (carets !== '') frame.push(`${bar} ${paint.caret(carets)}`);
  }
  return frame;
}

/** The columns that the line numbers of `span` need. */
export function gutterWidthOf(source: SourceFile, span: Span): number {
  return String(positionAt(source, Math.max(span.start, span.end - 1)).line).length;
}

function lineText(source: SourceFile, line: number): string {
  const starts = lineStarts(source);
  return source.text.slice(starts[line - 1], starts[line]).replace(/\r?\n$|\r$/, '');
}

/** A line as shown, and the carets below it; `start` and `end` are offsets within the line and may lie outside it. */
function markedLine(
  text: string,
  start: number,
  end: number,
  mark: string,
): { readonly shown: string; readonly carets: string } {
  const indent = text.length - text.trimStart().length;
  // A continued span is not marked under the indentation of its further lines.
  const from = start < 0 ? indent : Math.min(start, text.length);
  const to = Math.min(Math.max(end, from + 1), Math.max(text.length, from + 1));
  const near = Math.max(0, from - NEIGHBOURHOOD);
  const part = text.slice(near, from + NEIGHBOURHOOD);
  const cells = windowOf(
    cellsOf(part).map((cell) => ({ ...cell, offset: cell.offset + near })),
    from,
    to,
    { before: near > 0, after: from + NEIGHBOURHOOD < text.length },
  );
  let before = 0;
  let under = 0;
  for (const cell of cells) {
    if (cell.offset < from) before += cell.width;
    else if (cell.offset < to) under += cell.width;
  }
  const blank = text.trim() === '' && start < 0;
  return {
    shown: cells.map((cell) => cell.text).join(''),
    carets: blank ? '' : ' '.repeat(before) + mark.repeat(Math.max(1, under)),
  };
}

/** The cells that fit the window: all of them, or a part that begins shortly before the marked range. */
function windowOf(
  cells: readonly Cell[],
  from: number,
  to: number,
  more: { readonly before: boolean; readonly after: boolean },
): Cell[] {
  const width = cells.reduce((sum, cell) => sum + cell.width, 0);
  if (width <= WINDOW && !more.before && !more.after) return [...cells];
  const marked = cells.findIndex((cell) => cell.offset >= from);
  const anchor = marked < 0 ? cells.length : marked;
  const length = cells.filter((cell) => cell.offset >= from && cell.offset < to).length;
  const room = WINDOW - 2;
  // Context before the mark: more when the mark is short, and no more than the line has.
  const context = Math.max(10, Math.floor((room - Math.min(length, room)) / 2));
  const wanted = Math.max(0, anchor - context);
  const begin = wanted + room > cells.length ? Math.max(0, cells.length - room) : wanted;
  const kept: Cell[] = [];
  let used = 0;
  let index = begin;
  for (; index < cells.length; index++) {
    const cell = cells[index];
    if (cell === undefined || used + cell.width > room) break;
    kept.push(cell);
    used += cell.width;
  }
  if (begin > 0 || more.before)
    kept.unshift({ text: CUT, width: 1, offset: (kept[0]?.offset ?? 0) - 1 });
  if (index < cells.length || more.after)
    kept.push({ text: CUT, width: 1, offset: Number.MAX_SAFE_INTEGER });
  return kept;
}
