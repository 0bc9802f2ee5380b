/** Turns MOF names into C identifiers and hands each out once; it must not know what they name. */
import { isOfReservedFamily } from './reserved.js';

/** Hands out each name once. */
export interface NameScope {
  /** `wanted` as an identifier, changed until it is free. */
  claim(wanted: string): string;
}

/** A scope in which the names that `isTaken` knows are not free either. */
export function nameScope(isTaken: (name: string) => boolean): NameScope {
  const own = new Set<string>();
  return {
    claim(wanted) {
      let name = toIdentifier(wanted);
      while (own.has(name) || isTaken(name)) name = nextName(name);
      own.add(name);
      return name;
    },
  };
}

/** What to try when `name` is not free: an underscore behind it, or a letter in front where that would not help. */
export function nextName(name: string): string {
  return isOfReservedFamily(name) ? `X${name}` : `${name}_`;
}

/**
 * `name` as a C identifier: a sign of ASCII that C lacks becomes an underscore, any other character `_uXXXX`; a digit in
 * front gets an underscore before it.
 */
export function toIdentifier(name: string): string {
  const characters = Array.from(name, (character) =>
    /\w/.test(character)
      ? character
      : character < '\u0080'
        ? '_'
        : `_u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join('');
  return /^(?![0-9])./.test(characters) ? characters : `_${characters}`;
}
