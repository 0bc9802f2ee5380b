/**
 * Methods of a binary MOF: a method's value is the list of two objects of class `__PARAMETERS`, what goes in and what comes
 * out. An in-out parameter is in both. It must not know the classes that methods belong to.
 */
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
  const parameters = node.parameters.map((each, index) => compiledParameter(each, index, compiling));
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
  const directions = node.qualifiers.filter(
    ({ name }) => isNamed(name.name, 'in') || isNamed(name.name, 'out'),
  );
  const added = directions.length === 0 ? [direction('IN'), direction('OUT')] : [];
  const whole = compileDeclared(node, compiling, [...added, id(position)]);
  const qualifiers = whole.qualifiers ?? [];
  const [isIn, isOut] = [isSet(qualifiers, 'in'), isSet(qualifiers, 'out')];
  // What a parameter with `in(false)` alone does is left: it comes out.
  const goesIn = isIn || (!isOut && !(isDenied(qualifiers, 'in') && !isDenied(qualifiers, 'out')));
  const comesOut =
    isOut || (!isIn && !(isDenied(qualifiers, 'out') && !isDenied(qualifiers, 'in')));
  const half = (other: string): BinaryProperty => ({
    ...whole,
    qualifiers: qualifiers.filter(({ name, value }) => !isNamed(name, other) || value === false),
  });
  return { input: goesIn ? half('out') : undefined, output: comesOut ? half('in') : undefined };
}

function isSet(qualifiers: readonly BinaryQualifier[], wanted: string): boolean {
  return qualifiers.some(({ name, value }) => isNamed(name, wanted) && value !== false);
}

function isDenied(qualifiers: readonly BinaryQualifier[], wanted: string): boolean {
  return qualifiers.some(({ name, value }) => isNamed(name, wanted) && value === false);
}

function isNamed(name: string, wanted: string): boolean {
  return name.toLowerCase() === wanted;
}

function direction(name: 'IN' | 'OUT'): BinaryQualifier {
  return { name, type: 'boolean', isArray: false, value: true, flavor: 0 };
}

function id(position: number): BinaryQualifier {
  const flavor = FLAVOR.DisableOverride | FLAVOR.ToInstance;
  return { name: 'ID', type: 'sint32', isArray: false, value: position, flavor };
}
