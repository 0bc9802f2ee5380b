/**
 * Compiles a MOF to the objects of its binary MOF, as mofcomp does: in one pass, in which directives and flavor statements apply
 * to what follows them.
 *
 * A localised text is compiled after the text that it belongs to, as objects of its own; the classes keep their own texts.
 * Forward declarations and qualifier declarations leave no trace.
 */
import {
  type ClassDeclaration,
  type InstanceDeclaration,
  type InstanceValue,
  type MofProduction,
} from '../../grammar/ast.js';
import { boundedDiagnostics } from '../diagnostics/bounded.js';
import { type Result } from '../diagnostics/diagnostic.js';
import { type SourceFile } from '../text/source-file.js';
import { type Compiling, report } from './compiling.js';
import { type BinaryMof, type BinaryObject, type BinaryProperty } from './document.js';
import { stateFlavors, type StatedFlavors } from './flavors.js';
import { compileMethod } from './parameters.js';
import { afterDirective, DEFAULT_NAMESPACE, isDeletion, type PragmaState } from './pragmas.js';
import { compileDeclared, compileInitializer, compileQualifiers } from './records.js';
import { embeddedProperties, systemProperties } from './system-properties.js';

export interface BinaryMofOptions {
  /** The namespace of classes and instances before any `#pragma namespace`; without it `root\default`. */
  readonly namespace?: string | undefined;
}

/** The productions of a compilation, as they were written. */
interface WrittenProductions {
  readonly written: readonly { readonly source: SourceFile; readonly node: MofProduction }[];
}

/** The unit must have no errors. When the result has errors, its value lacks the objects that they concern. */
export function toBinaryMof(
  unit: WrittenProductions,
  { namespace = DEFAULT_NAMESPACE }: BinaryMofOptions = {},
): Result<BinaryMof> {
  const diagnostics = boundedDiagnostics();
  const flavors: StatedFlavors = new Map();
  let state: PragmaState = { namespace, classFlags: 0, instanceFlags: 0 };
  const compilingIn = (source: SourceFile): Compiling => {
    const compiling: Compiling = {
      source,
      diagnostics,
      flavors,
      embed: (node) => embeddedObject(node, state, compiling),
    };
    return compiling;
  };
  const objects: BinaryObject[] = [];
  for (const { source, node } of unit.written) {
    switch (node.kind) {
      case 'CompilerDirective':
        state = afterDirective(state, node);
        if (isDeletion(node)) {
          const message = `'#pragma ${node.name.name}' has no effect in a binary MOF`;
          const help =
            'leave it out; to delete something, compile a MOF with mofcomp on that machine';
          report(compilingIn(source), 'MOF5004', node, message, help);
        }
        break;
      case 'GlobalFlavor':
        stateFlavors(flavors, node.name, node.flavors);
        break;
      case 'ClassDeclaration':
        if (node.features !== undefined) {
          objects.push(classObject(node, node.features, state, compilingIn(source)));
        }
        break;
      case 'InstanceDeclaration':
        objects.push(instanceObject(node, state, compilingIn(source)));
        break;
      case 'QualifierDeclaration':
        break;
      default:
        node satisfies never;
    }
  }
  return {
    value: { objects },
    diagnostics: diagnostics.all,
  };
}

function classObject(
  { qualifiers, name, alias, superclass }: ClassDeclaration,
  features: NonNullable<ClassDeclaration['features']>,
  state: PragmaState,
  compiling: Compiling,
): BinaryObject {
  const values = { className: name.name, superclass: superclass?.name, alias: alias?.name };
  const properties: BinaryProperty[] = [];
  const methods: BinaryProperty[] = [];
  for (const feature of features) {
    if (feature.kind === 'MethodDeclaration') methods.push(compileMethod(feature, compiling));
    else properties.push(compileDeclared(feature, compiling));
  }
  return {
    kind: 'class',
    qualifiers: compileQualifiers(qualifiers, compiling),
    properties: [...properties, ...systemProperties(values, state)],
    methods,
  };
}

function instanceObject(
  { qualifiers, className, alias, properties }: InstanceDeclaration,
  state: PragmaState,
  compiling: Compiling,
): BinaryObject {
  const values = { className: className.name, superclass: undefined, alias: alias?.name };
  return {
    kind: 'instance',
    qualifiers: compileQualifiers(qualifiers, compiling),
    properties: [
      ...properties.map((each) => compileInitializer(each, compiling)),
      ...systemProperties(values, state),
    ],
    methods: [],
  };
}

function embeddedObject(
  { className, alias, properties }: InstanceValue,
  state: PragmaState,
  compiling: Compiling,
): BinaryObject {
  const values = { className: className.name, superclass: undefined, alias: alias?.name };
  return {
    kind: 'instance',
    qualifiers: [],
    properties: [
      ...properties.map((each) => compileInitializer(each, compiling)),
      ...embeddedProperties(values, state),
    ],
    methods: [],
  };
}
