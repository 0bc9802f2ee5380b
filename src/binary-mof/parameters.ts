/**
 * Compiles methods: the value of a method is a list of two objects of class `__PARAMETERS`, the in and the out parameters. An
 * in-out parameter is in both.
 */
import { nameKey } from '../text/name-key.js';
import { type MethodDeclaration, type Parameter } from '../../grammar/ast.js';
import { cimTypeText, declaredType } from './cim-types.js';
import { type Compiling } from './compiling.js';
import {
  type BinaryObject,
  type BinaryProperty,
  type BinaryQualifier,
  FLAVOR,
} from './document.js';
import { cimType, compileDeclared, compileQualifiers } from './records.js';
import { stringProperty } from './system-properties.js';

export function compileMethod(node: MethodDeclaration, compiling: Compiling): BinaryProperty {
  const parameters = node.parameters.map((each, index) =>
    compiledParameter(each, index, compiling),
  );
  const inputs = parameters.flatMap(({ input }) => input ?? []);
  const outputs = [
    ...parameters.flatMap(({ output }) => output ?? []),
    ...returnValue(node, compiling),
  ];
  const objects = [inputs, outputs].filter((each) => each.length > 0).map(parametersObject);
  const qualifiers = compileQualifiers(node.qualifiers, compiling);
  const name = node.name.name;
  return objects.length === 0
    ? { name, type: 'void', isArray: false, value: undefined, qualifiers }
    : { name, type: 'object', isArray: true, value: objects, qualifiers };
}

function parametersObject(properties: readonly BinaryProperty[]): BinaryObject {
  return {
    kind: 'instance',
    qualifiers: undefined,
    properties: [...properties, stringProperty('__CLASS', '__PARAMETERS')],
    methods: [],
  };
}

function returnValue(
  { returnType }: MethodDeclaration,
  { source }: Compiling,
): readonly BinaryProperty[] {
  const type = declaredType(returnType);
  if (type === 'void') return [];
  const qualifiers = [cimType(cimTypeText(returnType, source))];
  return [{ name: 'ReturnValue', type, isArray: false, value: undefined, qualifiers }];
}

interface CompiledParameter {
  readonly input: BinaryProperty | undefined;
  readonly output: BinaryProperty | undefined;
}

/** A parameter with neither IN nor OUT gets both, and one without ID the number of its place. */
function compiledParameter(
  node: Parameter,
  position: number,
  compiling: Compiling,
): CompiledParameter {
  const all = compileQualifiers(node.qualifiers, compiling);
  const [input, output] = [stateOf(all, 'in'), stateOf(all, 'out')];
  // `in(false)` leaves the other direction; a parameter without any would be lost, so it has both.
  const written = all.filter((each) => !isDirection(each) || each.value !== false);
  const added = [
    ...(input === 1 ? [] : [direction('IN')]),
    ...(output === 1 ? [] : [direction('OUT')]),
    id(position),
  ];
  const whole = compileDeclared(node, compiling, written, added);
  const without = (name: string): BinaryProperty => ({
    ...whole,
    qualifiers: whole.qualifiers?.filter((each) => !isNamed(each, name)),
  });
  return {
    input: input >= output ? without('out') : undefined,
    output: output >= input ? without('in') : undefined,
  };
}

/** 1 when the direction is set, -1 when it is denied, 0 when it is not stated. */
function stateOf(qualifiers: readonly BinaryQualifier[], name: string): -1 | 0 | 1 {
  const found = qualifiers.filter((each) => isNamed(each, name));
  return found.length === 0 ? 0 : found.some(({ value }) => value !== false) ? 1 : -1;
}

function isDirection(qualifier: BinaryQualifier): boolean {
  return isNamed(qualifier, 'in') || isNamed(qualifier, 'out');
}

function isNamed({ name }: BinaryQualifier, wanted: string): boolean {
  return nameKey(name) === wanted;
}

function direction(name: 'IN' | 'OUT'): BinaryQualifier {
  return { name, type: 'boolean', isArray: false, value: true, flavor: 0 };
}

function id(position: number): BinaryQualifier {
  const flavor = FLAVOR.DisableOverride | FLAVOR.ToInstance;
  return { name: 'ID', type: 'sint32', isArray: false, value: position, flavor };
}
