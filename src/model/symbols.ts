/** The class declarations with their model form, as the resolving stages pass them on. */
import {
  type ClassDeclaration,
  type Identifier,
  type MethodDeclaration,
  type Parameter,
  type PropertyDeclaration,
  type Qualifier,
  type ReferenceDeclaration,
} from '../../grammar/ast.js';
import { type SourceFile } from '../text/source-file.js';
import { declaredValue } from './declared-values.js';
import { typeWords } from './declared-type.js';
import { at } from './findings.js';
import { type MofClass, type MofMethod, type MofProperty } from './model.js';
import { type DefaultPropagation } from '../compile/propagation.js';
import { qualifierSet } from './qualifier-set.js';

/** A property, and the class that declares it. */
export interface PropertySymbol extends MofProperty {
  readonly node: PropertyDeclaration | ReferenceDeclaration;
  readonly owner: MofClass;
}

/** A method, and the class that declares it. */
export interface MethodSymbol extends MofMethod {
  readonly node: MethodDeclaration;
  readonly owner: MofClass;
}

/** A class, from its first declaration. */
export interface ClassSymbol {
  readonly node: ClassDeclaration;
  readonly source: SourceFile;
  readonly class: MofClass;
  readonly properties: readonly PropertySymbol[];
  readonly methods: readonly MethodSymbol[];
}

/** The classes of a compilation by key, in declaration order. A class with the name of an earlier one in another namespace has a key that no name can have. */
export type ClassTable = ReadonlyMap<string, ClassSymbol>;

export function classSymbol(
  source: SourceFile,
  node: ClassDeclaration,
  propagation: DefaultPropagation,
): ClassSymbol {
  const properties: PropertySymbol[] = [];
  const methods: MethodSymbol[] = [];
  const plain = { properties: [] as MofProperty[], methods: [] as MofMethod[] };
  const owner: MofClass = {
    name: node.name.name,
    superclass: node.superclass?.name,
    location: at(source, node.name),
    qualifiers: qualifierSet(source, node.qualifiers, propagation),
    ...plain,
  };
  for (const feature of node.features ?? []) {
    if (feature.kind === 'MethodDeclaration') {
      const method = {
        ...nameAndQualifiers(source, feature, propagation),
        returnType: typeWords(feature.returnType),
        parameters: feature.parameters.map((each) => declared(source, each, propagation)),
        parameterCount: feature.parameters.length,
      };
      plain.methods.push(method);
      methods.push({ ...method, node: feature, owner });
    } else {
      const property = declared(source, feature, propagation);
      plain.properties.push(property);
      properties.push({ ...property, node: feature, owner });
    }
  }
  return { node, source, class: owner, properties, methods };
}

function declared(
  source: SourceFile,
  node: PropertyDeclaration | ReferenceDeclaration | Parameter,
  propagation: DefaultPropagation,
): MofProperty {
  const { type, array, defaultValue } = node;
  return {
    ...nameAndQualifiers(source, node, propagation),
    type: typeWords(type),
    array: array === undefined ? undefined : { length: array.length },
    defaultValue: defaultValue === undefined ? undefined : declaredValue(defaultValue),
  };
}

function nameAndQualifiers(
  source: SourceFile,
  feature: { readonly name: Identifier; readonly qualifiers: readonly Qualifier[] },
  propagation: DefaultPropagation,
): Pick<MofProperty, 'name' | 'location' | 'qualifiers'> {
  return {
    name: feature.name.name,
    location: at(source, feature.name),
    qualifiers: qualifierSet(source, feature.qualifiers, propagation),
  };
}
