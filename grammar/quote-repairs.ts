/**
 * Finds missing double quotes. Where a string spans a line end and problems follow it, the text is parsed again with a quote
 * inserted at each likely place of the line, and the place with the fewest problems is kept.
 */
import { firstFrom } from '../src/text/binary-search.js';
import { endOfLine, isClosed, scanChar, scanString } from '../src/text/scanning.js';

/** A character to insert: a missing quote, or a backslash before a quote that does not end its string. */
export interface Insertion {
  /** In the text without insertions. */
  readonly offset: number;
  readonly text: '"' | '\\';
}

/** A quote that is missing or not escaped, and the kind of the mistake. */
export interface QuoteRepair extends Insertion {
  readonly kind: 'open' | 'unbegun' | 'unescaped';
  /** Where the string begins if `kind` is `open`. */
  readonly start: number;
}

/** A problem of a part of a text. A line break in a string is one, but does not indicate a missing quote by itself. */
interface Found {
  readonly start: number;
  readonly isLineBreak: boolean;
}

/** Finds the problems of a part of a text, in order. */
export type FindProblems = (part: string) => readonly Found[];

/** How many characters after the line of a string are parsed again, and up to where problems count. */
const WINDOW = 2000;
const COUNTED = 1400;
const SHORT = 300;
/** Longer strings are parsed again only up to this many characters. */
const MAX_STRING = 20_000;
/** How many places of one line are tried. */
const MAX_CANDIDATES = 40;
/** How many characters are parsed again at most, however long the text is. */
const BUDGET = 200_000;

/** The quotes that are missing in `text`, in order. `known` has the places of its problems, without line breaks in strings. */
export function findQuoteRepairs(
  text: string,
  known: readonly number[],
  find: FindProblems,
): readonly QuoteRepair[] {
  const repairs: QuoteRepair[] = [];
  const strings = suspects(text);
  let budget = BUDGET;
  for (let string = strings.next(); string !== undefined; string = strings.next()) {
    const { start, end, closed, prefix, from } = string;
    const lineEnd = endOfLine(text, start);
    const to = Math.min(
      text.length,
      Math.max(lineEnd + WINDOW, Math.min(end, lineEnd + MAX_STRING) + WINDOW),
    );
    const counted = to === text.length ? Infinity : lineEnd + COUNTED;
    const problems = (put: string, at: number, partEnd = to, until = counted): Found[] => {
      budget -= partEnd - from;
      const part = `${prefix}${text.slice(from, at)}${put}${text.slice(at, partEnd)}`;
      const moved = from - prefix.length;
      return find(part)
        .map((each) => {
          const place = each.start + moved;
          return { ...each, start: place > at ? place - put.length : place };
        })
        .filter((each) => each.start >= from && each.start < until);
    };
    // Before the first repair, the problems of a part are those of the whole text.
    const next = known[firstFrom(known, from)] ?? Infinity;
    if (repairs.length === 0 && next >= counted) continue;
    if (budget < 0) break;
    const before = problems('', to);
    const first = before.find(({ isLineBreak }) => !isLineBreak);
    if (first === undefined) continue;
    let best: QuoteRepair | undefined;
    let fewest = closed ? before.length + 0.75 : Infinity;
    for (const place of places(text, string, first.start)) {
      if (fewest < 1 || budget < 0) break;
      const { offset, text: put } = place;
      // A short text is enough to reject most places.
      const short = Math.min(to, lineEnd + SHORT);
      if (offset <= lineEnd && problems(put, offset, short, lineEnd).length >= fewest) continue;
      const left = problems(put, offset);
      // The missing quote is a problem itself. The text that was a string without it may have further problems.
      const isClean = (left[0]?.start ?? Infinity) >= end - 1;
      const now = left.length + (isClean ? 0.5 : 1.75);
      if (now >= fewest) continue;
      fewest = now;
      best = place;
    }
    // An earlier place was tried with the repair before it.
    if (best === undefined || best.offset <= (repairs.at(-1)?.offset ?? -1)) continue;
    repairs.push(best);
    strings.continueAfter(best);
  }
  return repairs;
}

interface Suspect {
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
  /** Where its line begins, or the part of the line after an earlier string. */
  readonly lineStart: number;
  /** Where the statement with the string begins, and the text that opens the body around it. */
  readonly from: number;
  readonly prefix: string;
}

const NOTABLE = /\\?"|['{}[\]();]|\/\/|\/\*|\b(?:class|instance)\b/gi;

/** Where a statement begins, and in which declaration: parsing may start there. */
interface Boundary {
  readonly offset: number;
  readonly depth: number;
  /** The first word of the declaration around it. */
  readonly kind: string;
}

/**
 * Iterates over the signs of missing quotes: strings with a line break or without an end, apostrophes of words, and escapes
 * outside of strings.
 */
function suspects(text: string) {
  const search = new RegExp(NOTABLE);
  let earliest = 0;
  let depth = 0;
  let brackets = 0;
  let kind = '';
  const boundaries: Boundary[] = [{ offset: 0, depth, kind }];
  /** A string whose end is already known. */
  let known: { readonly start: number; readonly end: number } | undefined;

  function boundary(offset: number): void {
    if (depth === 0) kind = '';
    if (depth < 2) boundaries.push({ offset, depth, kind });
  }

  function bracket(sign: string, offset: number): void {
    const isOfValue = depth === 0 && kind === '';
    if (sign === '[' || sign === '(' || (sign === '{' && isOfValue)) brackets++;
    else if (sign === ']' || sign === ')') brackets = Math.max(0, brackets - 1);
    else if (sign === ';') {
      brackets = 0;
      boundary(offset + 1);
    } else if (brackets > 0) {
      if (sign === '}' && isOfValue) brackets--;
    } else if (sign === '{') {
      depth++;
      boundary(offset + 1);
    } else {
      depth = Math.max(0, depth - 1);
      if (depth === 0) boundary(offset + 1);
    }
  }

  function found(start: number, closed: boolean): Suspect {
    const lineStart = Math.max(earliest, startOfLine(text, start));
    const end = search.lastIndex;
    earliest = end;
    while (boundaries.length > 1 && (boundaries.at(-1)?.offset ?? 0) > lineStart) boundaries.pop();
    const { offset: from = 0, kind: of = '', depth: level = 0 } = boundaries.at(-1) ?? {};
    const body = of === 'instance' ? 'instance of A {' : 'class A {';
    return { start, end, closed, lineStart, prefix: level > 0 ? body : '', from };
  }

  return {
    next(): Suspect | undefined {
      for (let match = search.exec(text); match !== null; match = search.exec(text)) {
        const { index: start } = match;
        const [sign] = match;
        if (known !== undefined && start >= known.start) {
          search.lastIndex = known.end;
          known = undefined;
          continue;
        }
        switch (sign) {
          case '"': {
            const [image] = scanString(text, start) ?? [sign];
            const closed = isClosed(image);
            search.lastIndex = start + image.length;
            if (!closed || /[\r\n]/.test(image)) return found(start, closed);
            break;
          }
          case '\\"':
            search.lastIndex = endOfLine(text, start);
            return found(start, true);
          case "'": {
            const [image] = scanChar(text, start) ?? [sign];
            search.lastIndex = start + image.length;
            if (!isClosed(image)) return found(start, true);
            break;
          }
          case '//':
            search.lastIndex = endOfLine(text, start);
            break;
          case '/*': {
            const end = text.indexOf('*/', start + 2);
            search.lastIndex = end < 0 ? text.length : end + 2;
            break;
          }
          default:
            if (sign.length === 1) bracket(sign, start);
            else if (depth === 0 && brackets === 0) kind = sign.toLowerCase();
        }
      }
      return undefined;
    },
    /** Continues after the string that the inserted quote ends or begins. */
    continueAfter({ offset, text: put, kind: what, start }: QuoteRepair): void {
      // An inserted quote begins a string there; an inserted backslash lets one continue after the quote.
      const from = put === '"' ? offset : offset + 1;
      const rest =
        what === 'open' ? undefined : scanString(`"${text.slice(from, from + MAX_STRING)}`, 0);
      const end = rest === undefined || rest === null ? offset : from + rest[0].length - 1;
      known = { start, end };
      earliest = end;
      const { offset: again = 0, depth: level = 0, kind: of = '' } = boundaries.at(-1) ?? {};
      search.lastIndex = Math.min(again, start);
      [depth, kind, brackets] = [level, of, 0];
    },
  };
}

/** The offset after the last character before `end` that is not a blank. */
function endOfWords(text: string, end: number): number {
  let at = end;
  while (at > 0 && ' \t'.includes(text.charAt(at - 1))) at--;
  return at;
}

function startOfLine(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/**
 * Where a quote may be missing, the likeliest places first, then quotes that may not be escaped. If a line has many, those
 * near its first `problem`.
 */
function places(
  text: string,
  { start, end, lineStart }: Suspect,
  problem: number,
): readonly QuoteRepair[] {
  const lineEnd = Math.min(endOfLine(text, start), lineStart + MAX_STRING);
  const line = text.slice(lineStart, lineEnd);
  const at = (sign: RegExp): number[] =>
    Array.from(line.matchAll(sign), ({ index, 0: { length } }) =>
      // A quote that ends a string goes before the sign, one that begins a string goes after it.
      sign === BEGINNING || sign === AFTER_OPENER || sign === AFTER_COMMA
        ? lineStart + index + length
        : lineStart + index,
    );
  const quotes = at(QUOTE).filter((quote) => text[quote - 1] !== '\\');
  const put =
    (ends: boolean) =>
    (offset: number): readonly QuoteRepair[] => {
      const earlier = firstFrom(quotes, offset);
      if ((earlier % 2 === 1) !== ends) return [];
      const kind = ends ? 'open' : 'unbegun';
      return [{ offset, text: '"', kind, start: quotes[earlier - 1] ?? offset }];
    };
  const [closing, opening] = [put(true), put(false)];
  // The nearest place makes the shortest string.
  const ofLine = nearest(
    [
      ...at(CLOSER).flatMap(closing),
      ...closing(endOfWords(text, endOfLine(text, start))),
      ...at(AFTER_OPENER).reverse().flatMap(opening),
      ...at(BEGINNING).flatMap(opening),
      ...at(SEPARATOR).flatMap(closing),
      ...at(AFTER_COMMA).reverse().flatMap(opening),
    ],
    problem,
  );
  const unescaped = quotes
    .map((offset, index): QuoteRepair => ({
      offset,
      text: '\\',
      kind: 'unescaped',
      start: quotes[index - 1] ?? offset,
    }))
    .filter((_fault, index) => index % 2 === 1);
  const further = text.slice(lineEnd, Math.min(end, lineEnd + MAX_STRING)).matchAll(/[)}]|\r?\n/g);
  const ofFurther = [...further]
    .slice(1, MAX_CANDIDATES)
    .map(({ index }): QuoteRepair => ({ offset: lineEnd + index, text: '"', kind: 'open', start }));
  return [...ofLine, ...nearest(unescaped, problem), ...ofFurther];
}

const QUOTE = /"/g;
const CLOSER = /\)/g;
const SEPARATOR = /[},;]/g;
const BEGINNING = /^\s*/g;
const AFTER_OPENER = /[({=]\s*/g;
const AFTER_COMMA = /,\s*/g;

/** The MAX_CANDIDATES of `repairs` that are nearest to `problem`, in their order. */
function nearest(repairs: readonly QuoteRepair[], problem: number): readonly QuoteRepair[] {
  if (repairs.length <= MAX_CANDIDATES) return repairs;
  const distance = ({ offset }: QuoteRepair): number => Math.abs(offset - problem);
  const chosen = new Set(
    repairs.toSorted((a, b) => distance(a) - distance(b)).slice(0, MAX_CANDIDATES),
  );
  return repairs.filter((repair) => chosen.has(repair));
}
