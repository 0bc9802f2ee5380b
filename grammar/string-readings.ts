/**
 * Finds double quotes that are missing: where a string goes on over a line end and what follows it has problems, the line is
 * read with a quote more in each place where one may belong, and the reading with the fewest problems is kept.
 *
 * It must not know the grammar; who calls it counts the problems of a text.
 */
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

/** Counts the problems of a part of a text that begin `from` one offset `to` another; line breaks in strings are none. */
export type CountProblems = (part: string, from: number, to: number) => number;

/** What is read again for one string: the text behind its line, in characters, and how far of it problems count. */
const BEHIND = 2000;
const COUNTED = 1400;
const SHORT = 300;
/** The longest string that is read again as it stands. */
const LONGEST = 20_000;
/** How many places of one line are tried. */
const MOST_PLACES = 40;
/** How many characters are read again, at least; a long text may take as many as it has, some times over. */
const BUDGET = 400_000;
const TIMES = 4;

/** The quotes that are missing in `text`, in its order. */
export function findQuoteFaults(text: string, count: CountProblems): readonly QuoteFault[] {
  const faults: QuoteFault[] = [];
  const strings = multiLineStrings(text);
  let budget = BUDGET + TIMES * text.length;
  for (let string = strings.next(); string !== undefined; string = strings.next()) {
    const { start, end, closed, lineStart, prefix, from } = string;
    const lineEnd = endOfLine(text, start);
    const to = Math.min(
      text.length,
      Math.max(lineEnd + BEHIND, Math.min(end, lineEnd + LONGEST) + BEHIND),
    );
    const counted = to === text.length ? Infinity : lineEnd + COUNTED;
    const problems = (put: string, at: number, partEnd = to, until = counted): number => {
      budget -= partEnd - from;
      const part = `${prefix}${text.slice(from, at)}${put}${text.slice(at, partEnd)}`;
      return count(part, prefix.length, until + prefix.length - from + put.length);
    };
    if (budget < 0) break;
    const before = problems('', to);
    let best: QuoteFault | undefined;
    let fewest = closed ? before : Infinity;
    for (const place of before > 0 ? places(text, lineStart, string) : []) {
      if (fewest === 0 || budget < 0) break;
      const { offset, text: put } = place;
      const isOfLine = offset <= lineEnd;
      // Most places are wrong, which the line itself shows.
      if (isOfLine && problems(put, offset, Math.min(to, lineEnd + SHORT), lineEnd) >= fewest) {
        continue;
      }
      const now = problems(put, offset) + (isOfLine ? 0 : 1);
      if (now >= fewest) continue;
      fewest = now;
      best = place;
    }
    if (best === undefined) continue;
    faults.push(best);
    strings.goOn(best);
  }
  return faults;
}

interface MultiLineString {
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
  /** Where its line begins, or what of it does not belong to an earlier string. */
  readonly lineStart: number;
  /** Where the statement with the string begins, and what opens the body that it stands in. */
  readonly from: number;
  readonly prefix: string;
}

const NOTABLE = /["'{}[\]();]|\/\/|\/\*|\b(?:class|instance)\b/gi;

/** The strings with a line break, or without an end, one after the other. */
function multiLineStrings(text: string) {
  const search = new RegExp(NOTABLE);
  let earliest = 0;
  let from = 0;
  let body = '';
  let depth = 0;
  let brackets = 0;
  let kind = '';

  function bracket(sign: string, offset: number): void {
    if (sign === '[' || sign === '(') brackets++;
    else if (sign === ']' || sign === ')') brackets = Math.max(0, brackets - 1);
    else if (sign === ';') {
      brackets = 0;
      if (depth < 2) from = offset + 1;
    } else if (brackets > 0) return;
    else if (sign === '{') {
      depth++;
      if (depth > 1) return;
      from = offset + 1;
      body = kind === 'instance' ? 'instance of A {' : 'class A {';
    } else {
      depth = Math.max(0, depth - 1);
      if (depth > 0) return;
      from = offset + 1;
    }
  }

  return {
    next(): MultiLineString | undefined {
      for (let match = search.exec(text); match !== null; match = search.exec(text)) {
        const { index: start } = match;
        const [sign] = match;
        switch (sign) {
          case '"': {
            const [image] = scanString(text, start) ?? [sign];
            const end = start + image.length;
            search.lastIndex = end;
            const closed = isClosed(image);
            if (closed && !/[\r\n]/.test(image)) break;
            const lineStart = Math.max(earliest, startOfLine(text, start));
            earliest = end;
            const prefix = depth > 0 ? body : '';
            return { start, end, closed, lineStart, prefix, from };
          }
          case "'":
            search.lastIndex = start + (scanChar(text, start)?.[0].length ?? 1);
            break;
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
            else if (depth === 0) kind = sign.toLowerCase();
        }
      }
      return undefined;
    },
    /** Goes on behind the place where the quote of `fault` is put in. */
    goOn({ offset, text: put, kind: what }: QuoteFault): void {
      earliest = offset;
      const closes =
        what === 'open' ? offset : text.indexOf('"', offset + (put === '"' ? 0 : 1)) + 1;
      search.lastIndex = Math.max(offset, closes);
    },
  };
}

function startOfLine(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** Where a quote may be missing, the likeliest places first, and then quotes that may not be escaped. */
function places(
  text: string,
  lineStart: number,
  { start, end }: MultiLineString,
): readonly QuoteFault[] {
  const lineEnd = endOfLine(text, start);
  const line = text.slice(lineStart, lineEnd);
  const quotes = Array.from(line.matchAll(/"/g), ({ index }) => lineStart + index).filter(
    (at) => text[at - 1] !== '\\',
  );
  const put = (offset: number): QuoteFault => {
    const earlier = quotes.filter((at) => at < offset);
    const begins = earlier.length % 2 === 0;
    return {
      offset,
      text: '"',
      kind: begins ? 'unbegun' : 'open',
      start: earlier.at(-1) ?? offset,
    };
  };
  const before = (sign: RegExp): number[] =>
    Array.from(line.matchAll(sign), ({ index }) => lineStart + index);
  const after = (sign: RegExp): number[] =>
    Array.from(line.matchAll(sign), ({ index, 0: { length } }) => lineStart + index + length);
  const wanted = [
    ...before(/\)/g),
    lineStart + line.trimEnd().length,
    lineStart + (line.length - line.trimStart().length),
    ...after(/[({]\s*/g),
    ...before(/[},;]/g),
    ...after(/[,=]\s*/g),
  ];
  const ofLine = [...new Set(wanted)].slice(0, MOST_PLACES).map(put);
  const further = text.slice(lineEnd, Math.min(end, lineEnd + LONGEST)).matchAll(/[)}]|\r?\n/g);
  const ofFurther = [...further]
    .slice(1, MOST_PLACES)
    .map(({ index }): QuoteFault => ({ offset: lineEnd + index, text: '"', kind: 'open', start }));
  const unescaped = quotes
    .filter((_at, index) => index % 2 === 1)
    .map((at): QuoteFault => ({ offset: at, text: '\\', kind: 'unescaped', start: at }))
    .slice(0, MOST_PLACES);
  return [...ofLine, ...unescaped, ...ofFurther];
}
