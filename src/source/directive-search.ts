/**
 * Finds the next directive of a text, and the names before it that may be macros: outside of comments and literals. It must
 * not know macros, nor which part of a text counts.
 */
import {
  endOfLine,
  isClosed,
  scanChar,
  scanLineString,
  scanString,
} from '../../grammar/scanning.js';
import { beginsName, endOfNumber, endOfWord, isBlank, isDigit } from './words.js';

/** Both begin behind a directive, or where the text begins, and find the offset of the next `#`, or the end of the text. */
export interface DirectiveSearch {
  /** In text that counts; `eachName` gets every name on the way, and returns where to go on. */
  readonly through: (start: number, eachName: (start: number, end: number) => number) => number;
  /** The offset after the string that begins at `index` of text that counts. */
  readonly endOfString: (index: number) => number;
  /** In text that does not count, such as C. */
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
