/** Include guards: the macro that keeps a text from counting twice. It must not know who includes it. */
import { type Macros } from './macros.js';
import { NAME } from './words.js';

/** A guard stands below a comment or two, not below a book. */
const LONGEST_BEGINNING = 32 * 1024;
const GUARD = new RegExp(
  String.raw`^(?:\s|\uFEFF|//[^\r\n]*|/\*(?:[^*]|\*(?!/))*\*/)*#[ \t]*(?:ifndef|if[ \t]*!\s*defined\s*\(?)\s*(${NAME})`,
);

/** Whether all of the text depends on a macro that is defined already. */
export function isGuarded(text: string, macros: Macros): boolean {
  const [, name] = GUARD.exec(text.slice(0, LONGEST_BEGINNING)) ?? [];
  return name !== undefined && macros.has(name);
}
