/**
 * Finds double quotes that are missing: where a string goes on over a line end and what follows it has problems, the line is
 * read with a quote more in each place where one may belong, and the reading with the fewest problems is kept.
 *
 * It must not know the grammar; who calls it counts the problems of a text.
 */
import { firstFrom } from './ordered.js';
import { endOfLine, isClosed, scanChar, scanString } from './scanning.js';

/** A character that a reading puts in: a quote, or a backslash in front of a quote that ends nothing. */
export interface Insertion {
  /** In the text without insertions. */
  readonly offset: number;
  readonly text: '"' | '\\';
}

/** A quote that is missing or not escaped, and what is wrong without it. */
export interface QuoteFault extends Insertion {
  readonly kind: 'open' | 'unbegun' | 'unescaped';
  /** Where the string of an `open` fault begins. */
  readonly start: number;
}

/** A problem of a part of a text; a line break in a string is one too, but by itself shows nothing. */
interface Found {
  readonly start: number;
  readonly isLineBreak: boolean;
}

/** Finds the problems of a part of a text, in order. */
export type FindProblems = (part: string) => readonly Found[];

/** What is read again for one string: the text behind its line, in characters, and how far of it problems count. */
const BEHIND = 2000;
const COUNTED = 1400;
const SHORT = 300;
/** The longest string that is read again as it stands. */
const LONGEST = 20_000;
/** How many places of one line are tried. */
const MOST_PLACES = 40;
/** How many characters are read again at most, however long the text is. */
const BUDGET = 200_000;

/** The quotes that are missing in `text`, in its order; `known` is where its problems are, line breaks in strings left out. */
export function findQuoteFaults(
  text: string,
  known: readonly number[],
  find: FindProblems,
): readonly QuoteFault[] {
  const faults: QuoteFault[] = [];
  const strings = suspects(text);
  let budget = BUDGET;
  for (let string = strings.next(); string !== undefined; string = strings.next()) {
    const { start, end, closed, prefix, from } = string;
    const lineEnd = endOfLine(text, start);
    const to = Math.min(
      text.length,
      Math.max(lineEnd + BEHIND, Math.min(end, lineEnd + LONGEST) + BEHIND),
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
    // As long as nothing is put in, what was found in the whole text is what a part of it has.
    const next = known[firstFrom(known, from)] ?? Infinity;
    if (faults.length === 0 && next >= counted) continue;
    if (budget < 0) break;
    const before = problems('', to);
    const first = before.find(({ isLineBreak }) => !isLineBreak);
    if (first === undefined) continue;
    let best: QuoteFault | undefined;
    let fewest = closed ? before.length + 0.75 : Infinity;
    for (const place of places(text, string, first.start)) {
      if (fewest < 1 || budget < 0) break;
      const { offset, text: put } = place;
      // Most places are wrong, which the line itself shows.
      const short = Math.min(to, lineEnd + SHORT);
      if (offset <= lineEnd && problems(put, offset, short, lineEnd).length >= fewest) continue;
      const left = problems(put, offset);
      // The quote that is missing is a problem itself. What was a string without it may have further faults.
      const isClean = (left[0]?.start ?? Infinity) >= end - 1;
      const now = left.length + (isClean ? 0.5 : 1.75);
      if (now >= fewest) continue;
      fewest = now;
      best = place;
    }
    // An earlier place was tried with what lies before it.
    if (best === undefined || best.offset <= (faults.at(-1)?.offset ?? -1)) continue;
    faults.push(best);
    strings.goOn(best);
  }
  return faults;
}

interface Suspect {
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
  /** Where its line begins, or what of it does not belong to an earlier string. */
  readonly lineStart: number;
  /** Where the statement with the string begins, and what opens the body that it stands in. */
  readonly from: number;
  readonly prefix: string;
}

const NOTABLE = /\\?"|['{}[\]();]|\/\/|\/\*|\b(?:class|instance)\b/gi;

/** Where a statement begins, and in what: what a window needs so that it can be read by itself. */
interface Boundary {
  readonly offset: number;
  readonly depth: number;
  /** The word that began the declaration around it. */
  readonly kind: string;
}

/**
 * What shows that quotes may be missing before, one after the other: strings with a line break or without an end, apostrophes
 * of words and escapes outside of strings.
 */
function suspects(text: string) {
  const search = new RegExp(NOTABLE);
  let earliest = 0;
  let depth = 0;
  let brackets = 0;
  let kind = '';
  const boundaries: Boundary[] = [{ offset: 0, depth, kind }];
  /** A string whose end is known by now. */
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
    /** Goes on behind the string that the quote of `fault` ends or begins. */
    goOn({ offset, text: put, kind: what, start }: QuoteFault): void {
      // What is put in begins a string there, or lets one go on behind the quote.
      const from = put === '"' ? offset : offset + 1;
      const rest =
        what === 'open' ? undefined : scanString(`"${text.slice(from, from + LONGEST)}`, 0);
      const end = rest === undefined || rest === null ? offset : from + rest[0].length - 1;
      known = { start, end };
      earliest = end;
      const { offset: again = 0, depth: level = 0, kind: of = '' } = boundaries.at(-1) ?? {};
      search.lastIndex = Math.min(again, start);
      [depth, kind, brackets] = [level, of, 0];
    },
  };
}

/** The offset behind the last character before `end` that is no blank. */
function endOfWords(text: string, end: number): number {
  let at = end;
  while (at > 0 && ' \t'.includes(text.charAt(at - 1))) at--;
  return at;
}

function startOfLine(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/**
 * Where a quote may be missing, the likeliest places first, and then quotes that may not be escaped. Of a line with many,
 * those near its first `problem`.
 */
function places(
  text: string,
  { start, end, lineStart }: Suspect,
  problem: number,
): readonly QuoteFault[] {
  const lineEnd = Math.min(endOfLine(text, start), lineStart + LONGEST);
  const line = text.slice(lineStart, lineEnd);
  const at = (sign: RegExp): number[] =>
    Array.from(line.matchAll(sign), ({ index, 0: { length } }) =>
      // A quote that ends a string is put before the sign, one that begins a string behind it.
      sign === BEGINNING || sign === AFTER_OPENER || sign === AFTER_COMMA
        ? lineStart + index + length
        : lineStart + index,
    );
  const quotes = at(QUOTE).filter((quote) => text[quote - 1] !== '\\');
  const put =
    (ends: boolean) =>
    (offset: number): readonly QuoteFault[] => {
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
    .map((offset, index): QuoteFault => ({
      offset,
      text: '\\',
      kind: 'unescaped',
      start: quotes[index - 1] ?? offset,
    }))
    .filter((_fault, index) => index % 2 === 1);
  const further = text.slice(lineEnd, Math.min(end, lineEnd + LONGEST)).matchAll(/[)}]|\r?\n/g);
  const ofFurther = [...further]
    .slice(1, MOST_PLACES)
    .map(({ index }): QuoteFault => ({ offset: lineEnd + index, text: '"', kind: 'open', start }));
  return [...ofLine, ...nearest(unescaped, problem), ...ofFurther];
}

const QUOTE = /"/g;
const CLOSER = /\)/g;
const SEPARATOR = /[},;]/g;
const BEGINNING = /^\s*/g;
const AFTER_OPENER = /[({=]\s*/g;
const AFTER_COMMA = /,\s*/g;

/** As many of `faults` as are tried, in their order. */
function nearest(faults: readonly QuoteFault[], problem: number): readonly QuoteFault[] {
  if (faults.length <= MOST_PLACES) return faults;
  const distance = ({ offset }: QuoteFault): number => Math.abs(offset - problem);
  const chosen = new Set(
    faults.toSorted((a, b) => distance(a) - distance(b)).slice(0, MOST_PLACES),
  );
  return faults.filter((fault) => chosen.has(fault));
}
