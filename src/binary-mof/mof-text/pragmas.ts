/** Writes the directives that set the namespace and the flags of the objects after them. */
import { textLiteral } from './literals.js';
import { framed, lines } from './pieces.js';

/** The settings until the next directive. */
export interface Setting {
  readonly namespace: string;
  readonly classFlags: number;
  readonly instanceFlags: number;
}

/** The settings before the first directive. */
export const INITIAL_SETTING: Setting = {
  namespace: String.raw`root\default`,
  classFlags: 0,
  instanceFlags: 0,
};

/** The directives that make `after` of `before`. */
export function directives(before: Setting, after: Setting): string[] {
  const found: string[] = [];
  if (before.namespace !== after.namespace) {
    const text = framed('#pragma namespace(', textLiteral(after.namespace), ')');
    found.push(...lines(text, Number.POSITIVE_INFINITY));
  }
  if (before.classFlags !== after.classFlags) {
    found.push(`#pragma classflags(${flagWords(after.classFlags)})`);
  }
  if (before.instanceFlags !== after.instanceFlags) {
    found.push(`#pragma instanceflags(${flagWords(after.instanceFlags)})`);
  }
  return found;
}

const FLAGS: readonly (readonly [bit: number, word: string])[] = [
  [1, 'updateonly'],
  [2, 'createonly'],
  [32, 'safeupdate'],
  [64, 'forceupdate'],
];

/** `"updateonly", "forceupdate"`; the number itself, without a sign, where it has other bits, or none. */
function flagWords(flags: number): string {
  const words = FLAGS.filter(([bit]) => (flags & bit) !== 0);
  const sum = words.reduce((total, [bit]) => total | bit, 0);
  return flags === 0 || sum !== flags
    ? String(flags >>> 0)
    : words.map(([, text]) => `"${text}"`).join(', ');
}
