/** Lays out text: a piece takes one line when it fits, else several. */

/** How far what is inside of something is indented. */
export const INDENT = 4;

/** Lines of at most this many characters, where text can be broken. */
export const WIDTH = 100;

/** Text that may be laid out on one line or on several. */
export interface Piece {
  /** On one line; `undefined` where that is never done. */
  readonly flat: string | undefined;
  /** Over several lines of at most `width` characters, if it can be broken so far. */
  readonly broken: (width: number) => readonly string[];
  /** Whether its first line may follow what introduces it, as that of `{` does. */
  readonly hugs: boolean;
}

/** The lines of a piece: one when it fits. */
export function lines(piece: Piece, width: number): readonly string[] {
  const { flat } = piece;
  return flat !== undefined && flat.length <= width ? [flat] : piece.broken(width);
}

export function indented(given: readonly string[], columns = INDENT): string[] {
  const blanks = ' '.repeat(columns);
  return given.map((line) => (line === '' ? '' : blanks + line));
}

/** Text that is never broken. */
export function word(flat: string): Piece {
  return { flat, broken: () => [flat], hugs: true };
}

/** A piece with text before and after it: `Values` and a list, `Description(` and a text and `)`. */
export function framed(before: string, piece: Piece, after: string): Piece {
  return {
    flat: piece.flat === undefined ? undefined : before + piece.flat + after,
    broken: (width) => {
      if (piece.hugs) {
        const [first = '', ...rest] = piece.broken(width - after.length);
        return withEnd([before + first, ...rest], after);
      }
      const inner = lines(piece, width - INDENT - after.length);
      return withEnd([before.trimEnd(), ...indented(inner)], after);
    },
    hugs: true,
  };
}

/** A piece with text after its last line. */
export function ended(piece: Piece, after: string): Piece {
  return {
    flat: piece.flat === undefined ? undefined : piece.flat + after,
    broken: (width) => withEnd(piece.broken(width - after.length), after),
    hugs: piece.hugs,
  };
}

/** `{a, b}`, or each item on lines of its own; short items share lines when `fills`. */
export function braced(items: readonly Piece[], fills: boolean): Piece {
  return {
    flat: joined('{', items, '}'),
    broken: (width) => ['{', ...indented(listed(items, width - INDENT, fills)), '}'],
    hugs: true,
  };
}

/** `[a, b]`, or each item on lines of its own but for short ones, which share lines. */
export function bracketed(items: readonly Piece[]): Piece {
  return {
    flat: joined('[', items, ']'),
    broken: (width) => {
      const inner = listed(items, width - 2, true);
      return withEnd(
        inner.map((line, index) => (index === 0 ? '[' : ' ') + line),
        ']',
      );
    },
    hugs: true,
  };
}

function joined(open: string, items: readonly Piece[], close: string): string | undefined {
  const flats = items.map(({ flat }) => flat);
  return flats.includes(undefined) ? undefined : open + flats.join(', ') + close;
}

/** An item that is at most this long shares a line with others like it. */
const SHORT_ITEM = 36;

function listed(items: readonly Piece[], width: number, fills: boolean): string[] {
  const found: string[] = [];
  let mayGoOn = false;
  for (const [index, item] of items.entries()) {
    const whole = index === items.length - 1 ? item : ended(item, ',');
    const isShort = fills && whole.flat !== undefined && whole.flat.length <= SHORT_ITEM;
    const last = found.at(-1);
    if (isShort && mayGoOn && last !== undefined && last.length + 1 + whole.flat.length <= width) {
      found[found.length - 1] = `${last} ${whole.flat}`;
    } else {
      // A value may have millions of lines, more than a call takes arguments.
      for (const line of lines(whole, width)) found.push(line);
    }
    mayGoOn = isShort;
  }
  return found;
}

function withEnd(given: readonly string[], after: string): string[] {
  return [...given.slice(0, -1), (given.at(-1) ?? '') + after];
}
