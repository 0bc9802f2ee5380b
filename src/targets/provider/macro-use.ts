/**
 * Macros of the header that emitted code uses on purpose, marked until it is known which of them are in the way.
 *
 * wmimofck's macros are bare words, so a macro may replace a name of the emitted code; such a macro is undefined, and its value
 * is printed where it was wanted.
 */

const START = '\uE000';
const MIDDLE = '\uE001';
const END = '\uE002';
const USE = new RegExp(`${START}([^${MIDDLE}]*)${MIDDLE}([^${END}]*)${END}`, 'g');

/** The use of a macro, and its text. */
export function macroUse(name: string, value: string): string {
  return `${START}${name}${MIDDLE}${value}${END}`;
}

/** The text without the uses, to find the names that are not meant to be macros. */
export function withoutMacroUses(text: string): string {
  return text.replace(USE, ' ');
}

/** The text with the macros' names, and with the values of those in `undefined`. */
export function resolveMacroUses(text: string, undefinedMacros: ReadonlySet<string>): string {
  return text.replace(USE, (_use, name: string, value: string) =>
    undefinedMacros.has(name) ? value : name,
  );
}
