/** Compiles records with a name: written qualifiers, those that mofcomp adds after them, and properties. */
import { nameKey } from '../text/name-key.js';
import {
  type ArraySuffix,
  type Identifier,
  type Qualifier,
  type TypeReference,
  type Value,
  type ValueInitializer,
} from '../../grammar/ast.js';
import { cimTypeText, declaredType, literalType } from './cim-types.js';
import { type Compiling, report } from './compiling.js';
import { type BinaryProperty, type BinaryQualifier, FLAVOR } from './document.js';
import { flavorOf } from './flavors.js';
import { compileValue, UNTYPED } from './values.js';

/** A property, a reference or a parameter. */
export interface Declared {
  readonly qualifiers: readonly Qualifier[];
  readonly type: TypeReference;
  readonly name: Identifier;
  readonly array: ArraySuffix | undefined;
  readonly defaultValue: Value | undefined;
}

export function compileQualifiers(
  qualifiers: readonly Qualifier[],
  compiling: Compiling,
): readonly BinaryQualifier[] {
  return qualifiers.map((qualifier) => {
    const { name, value } = qualifier;
    const flavor = flavorOf(qualifier, compiling.flavors);
    const typed =
      value === undefined
        ? ({ type: 'boolean', isArray: false, value: true } as const)
        : compileValue(value, UNTYPED, compiling);
    return { name: name.name, flavor, ...typed };
  });
}

/** `written` are the author's qualifiers, `added` those that mofcomp puts before CIMTYPE where the author did not. */
export function compileDeclared(
  node: Declared,
  compiling: Compiling,
  written = compileQualifiers(node.qualifiers, compiling),
  added: readonly BinaryQualifier[] = [],
): BinaryProperty {
  const { type, array, defaultValue } = node;
  const name = node.name.name;
  const absent = { type: declaredType(type), isArray: array !== undefined, value: undefined };
  if (absent.type === 'void') {
    const message = `'${name}' is of type void, which has no values`;
    report(compiling, 'MOF5003', type, message, 'write another type');
  }
  const typed =
    defaultValue === undefined
      ? absent
      : compileValue(defaultValue, { absent, elements: literalType(type) }, compiling);
  const all = [
    ...lengthOf(node, compiling),
    ...added,
    cimType(cimTypeText(type, compiling.source)),
  ];
  return { name, ...typed, qualifiers: [...written, ...without(written, all)] };
}

/** `name[16]` has the qualifier MAX. */
function lengthOf({ array }: Declared, compiling: Compiling): readonly BinaryQualifier[] {
  if (array?.length === undefined) return [];
  const literal = { kind: 'Integer', span: array.span, value: array.length } as const;
  return [{ name: 'MAX', flavor: 0, ...compileValue(literal, UNTYPED, compiling) }];
}

/** Those that the author did not write. */
function without(
  written: readonly BinaryQualifier[],
  added: readonly BinaryQualifier[],
): readonly BinaryQualifier[] {
  const names = new Set(written.map(({ name }) => nameKey(name)));
  return added.filter(({ name }) => !names.has(nameKey(name)));
}

export function cimType(value: string): BinaryQualifier {
  const flavor = FLAVOR.ToInstance | FLAVOR.ToSubclass;
  return { name: 'CIMTYPE', type: 'string', isArray: false, value, flavor };
}

/** A property of an instance: only its value has a type. */
export function compileInitializer(node: ValueInitializer, compiling: Compiling): BinaryProperty {
  const { name, value } = node;
  const typed = value === undefined ? UNTYPED.absent : compileValue(value, UNTYPED, compiling);
  return {
    name: name.name,
    ...typed,
    qualifiers: compileQualifiers(node.qualifiers, compiling),
  };
}
