/** The values of single ASL tokens: names and constants. */
import { aslNumber, type AslToken } from './asl-tokens.js';
import { type NameString } from './namespace.js';

/** The value of Ones: all bits set. */
export const ALL_ONES = 2 ** 64;

/** The value of an integer; undefined for other tokens. */
export function integerOf(token: AslToken | undefined): number | undefined {
  if (token?.kind === 'number') return aslNumber(token.text);
  if (token?.kind !== 'word') return undefined;
  switch (token.text.toLowerCase()) {
    case 'zero':
      return 0;
    case 'one':
      return 1;
    case 'ones':
      return ALL_ONES;
    default:
      return undefined;
  }
}

/** A written name; undefined for other texts. Short segments are padded with underscores. */
export function nameOf(text: string): NameString | undefined {
  const found = /^(\\|\^*)((?:[A-Z_][A-Z0-9_]{0,3})(?:\.[A-Z_][A-Z0-9_]{0,3})*)?$/i.exec(text);
  if (found === null) return undefined;
  const [, prefix = '', names] = found;
  const segments = names === undefined ? [] : names.toUpperCase().split('.');
  return {
    isAbsolute: prefix === '\\',
    up: prefix === '\\' ? 0 : prefix.length,
    segments: segments.map((segment) => segment.padEnd(4, '_')),
  };
}
