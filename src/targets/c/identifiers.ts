/** Turns MOF names into C identifiers and hands each out once. */
import { isOfReservedFamily } from './reserved.js';

/** Hands out each name once. */
export interface NameScope {
  /** `wanted` as an identifier, changed until it is free. */
  claim(wanted: string): string;
}

/** A scope in which the names that `isTaken` knows are not free either. */
export function nameScope(isTaken: (name: string) => boolean): NameScope {
  const own = new Set<string>();
  const freeForm = freeForms();
  return {
    claim(wanted) {
      const name = freeForm(toIdentifier(wanted), (each) => own.has(each) || isTaken(each));
      own.add(name);
      return name;
    },
  };
}

/** After this many underscores, a number is appended. */
const MAX_UNDERSCORES = 3;

/**
 * Finds the first form of a name that is free: itself, with underscores appended, with a number. A name of a reserved family gets a
 * leading letter, because no suffix would make it free. It remembers its last step, because many names may be alike.
 */
export function freeForms(): (name: string, isTaken: (form: string) => boolean) => string {
  const reached = new Map<string, number>();
  return (name, isTaken) => {
    if (!isTaken(name)) return name;
    // An underscore alone becomes one of the compilers' names with a second.
    const isReserved = [name, `${name}_`].some(isOfReservedFamily);
    const stem = isReserved ? `X${name}` : name;
    for (let step = reached.get(name) ?? (isReserved ? 0 : 1); ; step += 1) {
      const form = step > MAX_UNDERSCORES ? `${stem}_${step}` : `${stem}${'_'.repeat(step)}`;
      if (isTaken(form)) continue;
      reached.set(name, step);
      return form;
    }
  };
}

/**
 * `name` as a C identifier: a sign of ASCII that C lacks becomes an underscore, any other character `_uXXXX`; a digit in
 * front gets an underscore before it.
 */
export function toIdentifier(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  const characters = Array.from(name, (character) =>
    /\w/.test(character)
      ? character
      : character < '\u0080'
        ? '_'
        : `_u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join('');
  return /^(?![0-9])./.test(characters) ? characters : `_${characters}`;
}
