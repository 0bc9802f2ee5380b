/**
 * Turns MOF names into TypeScript names: resolves reserved words, odd characters and clashes.
 *
 * A name keeps its MOF spelling where TypeScript allows it; otherwise underscores are added.
 */

/** Words that cannot name a binding in a strict-mode module (ECMA-262, Keywords and Reserved Words). */
const RESERVED_WORDS = [
  ...['arguments', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger'],
  ...['default', 'delete', 'do', 'else', 'enum', 'eval', 'export', 'extends', 'false', 'finally'],
  ...['for', 'function', 'if', 'implements', 'import', 'in', 'instanceof', 'interface', 'let'],
  ...['new', 'null', 'package', 'private', 'protected', 'public', 'return', 'static', 'super'],
  ...['switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield'],
] as const;

/** Names of TypeScript's own types. */
const TYPE_WORDS = [
  ...['any', 'as', 'asserts', 'bigint', 'boolean', 'declare', 'infer', 'intrinsic', 'is', 'keyof'],
  ...['module', 'namespace', 'never', 'number', 'object', 'readonly', 'string', 'symbol', 'type'],
  ...['undefined', 'unique', 'unknown'],
] as const;

/** Globals and imports that emitted code uses; a class of that name would shadow them. */
const USED_GLOBALS = [
  ...['BigInt', 'DataView', 'Number', 'Omit', 'Record', 'Uint8Array', 'wmi'],
] as const;

/** Member names that every object has, or that are special in JavaScript. */
const SPECIAL_MEMBERS = [
  ...['__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__', '__proto__'],
  ...['constructor', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'prototype'],
  ...['toLocaleString', 'toString', 'valueOf'],
] as const;

/** Assigns each name once. */
export interface NameScope {
  /** `wanted` as an identifier, with underscores added until it is unused. */
  claim(wanted: string): string;
}

/** `outer` are names that are already in use outside this scope. */
function scope(taken: Set<string>, outer: ReadonlySet<string> = new Set()): NameScope {
  return {
    claim(wanted) {
      let name = toIdentifier(wanted);
      while (taken.has(name) || outer.has(name)) name += '_';
      taken.add(name);
      return name;
    },
  };
}

/** Names of a module's top level. */
export function moduleScope(): NameScope & { readonly taken: ReadonlySet<string> } {
  const taken = new Set<string>([...RESERVED_WORDS, ...TYPE_WORDS, ...USED_GLOBALS]);
  return { ...scope(taken), taken };
}

/** Names of variables inside a function of that module. */
export function localScope(
  module: { readonly taken: ReadonlySet<string> },
  used: readonly string[],
): NameScope {
  return scope(new Set(used), module.taken);
}

/** Names of an interface's members; `own` are the members that are not from the MOF. */
export function memberScope(own: readonly string[] = []): NameScope {
  return scope(new Set([...SPECIAL_MEMBERS, ...own]));
}

/** `name` with each character that an ECMAScript identifier cannot contain written as `_uXXXX`. */
export function toIdentifier(name: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name)) return name;
  const characters = Array.from(name, (character) =>
    /[\p{ID_Continue}$_]/u.test(character) ? character : escaped(character),
  );
  const [first = '_'] = characters;
  return /[\p{ID_Start}$_]/u.test(first.charAt(0)) || first.startsWith('_')
    ? characters.join('')
    : `_${characters.join('')}`;
}

function escaped(character: string): string {
  return `_u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** `smart-fan` -> `SmartFan`: a file's base name as the middle of a name. */
export function pascalCase(text: string): string {
  const words = text.split(/[^\p{ID_Continue}]+/u).filter((word) => word !== '');
  return toIdentifier(words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''));
}
