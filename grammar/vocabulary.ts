/**
 * The words with a meaning in MOF texts: data types, flavors, scopes, directives; spelled as in the documents.
 *
 * None of them is reserved: any of them may name a class, a property or a parameter. Lookups ignore case.
 */
import { type DataTypeName } from './ast.js';

/** dataType of DSP0004 2.x (MOF grammar annex), then Microsoft's `void` and `object`. */
const DATA_TYPES = [
  'boolean',
  'char16',
  'datetime',
  'real32',
  'real64',
  'sint16',
  'sint32',
  'sint64',
  'sint8',
  'string',
  'uint16',
  'uint32',
  'uint64',
  'uint8',
  'void',
  'object',
] as const satisfies readonly DataTypeName[];

/** flavor of DSP0004 2.x (MOF grammar annex), then Microsoft's. */
export const FLAVORS = [
  'EnableOverride',
  'DisableOverride',
  'Restricted',
  'ToSubclass',
  'Translatable',
  'ToInstance',
  'Amended',
  'NotToInstance',
  'NotToSubclass',
] as const;

/** metaElement of DSP0004 2.x (MOF grammar annex). */
export const SCOPES = [
  'schema',
  'class',
  'association',
  'indication',
  'qualifier',
  'property',
  'reference',
  'method',
  'parameter',
  'any',
] as const;

/** Compiler directives: DSP0004's eight, then those of Microsoft's compiler. */
export const DIRECTIVES = [
  'include',
  'instancelocale',
  'locale',
  'namespace',
  'nonlocal',
  'nonlocaltype',
  'source',
  'sourcetype',
  'amendment',
  'autorecover',
  'classflags',
  'deleteclass',
  'deleteinstance',
  'instanceflags',
] as const;

const dataTypes = new Map<string, DataTypeName>(DATA_TYPES.map((name) => [name, name]));
const flavors = new Set(FLAVORS.map((name) => name.toLowerCase()));
const scopes = new Set<string>(SCOPES);
const directives = new Set<string>(DIRECTIVES);

/** The data type that `word` names, `undefined` when it names a class. */
export function dataTypeOf(word: string): DataTypeName | undefined {
  return dataTypes.get(word) ?? dataTypes.get(word.toLowerCase());
}

/** Whether `word` is a flavor. */
export function isFlavor(word: string): boolean {
  return flavors.has(word.toLowerCase());
}

/** Whether `word` is allowed in `scope(…)`. */
export function isScope(word: string): boolean {
  return scopes.has(word.toLowerCase());
}

/** Whether `#pragma word` is documented, by DSP0004 or by Microsoft. */
export function isDirective(word: string): boolean {
  return directives.has(word.toLowerCase());
}
