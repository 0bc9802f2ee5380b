/**
 * Finds the ends of comments, strings, char literals and preprocessor lines.
 *
 * These are hand-written because a regular expression over a string of several megabytes can run out of its stack.
 */

type Scanned = [string] | null;

const LF = 10;
const CR = 13;
const BACKSLASH = 92;

/** A closed block comment at `offset`. */
export function scanBlockComment(text: string, offset: number): Scanned {
  if (!text.startsWith('/*', offset)) return null;
  const end = text.indexOf('*/', offset + 2);
  return end < 0 ? null : [text.slice(offset, end + 2)];
}

/** A string at `offset`, over line ends when it must; the rest of the text when it has no end. */
export function scanString(text: string, offset: number): Scanned {
  if (text[offset] !== '"') return null;
  let quote = text.indexOf('"', offset + 1);
  while (quote >= 0 && isEscaped(text, quote, offset)) quote = text.indexOf('"', quote + 1);
  return [text.slice(offset, quote < 0 ? text.length : quote + 1)];
}

/** A string at `offset`, or the rest of its line when it has no end there. */
export function scanLineString(text: string, offset: number): Scanned {
  return text[offset] === '"' ? scanWithinLine(text, offset) : null;
}

/** A char literal at `offset`, or the rest of its line when it has no end there. */
export function scanChar(text: string, offset: number): Scanned {
  return text[offset] === "'" ? scanWithinLine(text, offset) : null;
}

/** A line that begins with `#`, with the lines that its trailing backslashes join to it; without the last line end. */
export function scanPreprocessorLine(text: string, offset: number): Scanned {
  if (text[offset] !== '#' || !isFirstOnLine(text, offset)) return null;
  let end = endOfLine(text, offset);
  while (end < text.length && text.charCodeAt(end - 1) === BACKSLASH) {
    const next = text.startsWith('\r\n', end) ? end + 2 : end + 1;
    end = endOfLine(text, next);
    if (end === next) break;
  }
  return [text.slice(offset, end)];
}

/** Whether a string or char literal as scanned above has its closing quote. */
export function isClosed(image: string): boolean {
  const last = image.length - 1;
  return last > 0 && image[last] === image[0] && !isEscaped(image, last, 0);
}

/** The offset of the line end after `offset`, or of the end of the text. */
export function endOfLine(text: string, offset: number): number {
  for (let index = offset; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === LF || code === CR) return index;
  }
  return text.length;
}

function scanWithinLine(text: string, offset: number): Scanned {
  const quote = text.charCodeAt(offset);
  for (let index = offset + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) return [text.slice(offset, index + 1)];
    if (code === LF || code === CR) return [text.slice(offset, index)];
    if (
      code === BACKSLASH &&
      text.charCodeAt(index + 1) !== LF &&
      text.charCodeAt(index + 1) !== CR
    )
      index++;
  }
  return [text.slice(offset)];
}

function isEscaped(text: string, quote: number, start: number): boolean {
  let first = quote;
  while (first - 1 > start && text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (quote - first) % 2 === 1;
}

function isFirstOnLine(text: string, offset: number): boolean {
  for (let index = offset - 1; index >= 0; index--) {
    const character = text[index];
    if (character === '\n' || character === '\r') return true;
    if (character === undefined || !' \t\uFEFF\u00A0'.includes(character)) return false;
  }
  return true;
}
