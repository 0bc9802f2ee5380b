/**
 * Writes the whole model as one JSON document; schemas/model.schema.json describes it.
 *
 * A structure is named where it is embedded and has its own entry among the blocks, so that nothing is written twice. Facts that
 * a model lacks are absent. A field may be added in any version; `version` grows when a field changes its meaning or is removed.
 */
import { jsonDocument } from '../diagnostics/document.js';
import { type Location } from '../diagnostics/diagnostic.js';
import {
  type BlockRole,
  type DataBlock,
  type DeclaredValue,
  type DefaultValue,
  type Documentation,
  type ItemCount,
  type Method,
  type MofClass,
  type MofProperty,
  type NamedValue,
  type PlainValue,
  type QualifierSet,
  type QualifierValue,
  type WireItem,
  type WireRecord,
  type WireType,
} from '../model/model.js';
import { writtenPlace } from '../text/composition.js';
import { positionAt } from '../text/source-file.js';
import { type ShownInput } from './shown-input.js';

const VERSION = 1;

/** The document of `showJson` as plain objects, without the fields that the model lacks. */
export type ModelDocument = ReturnType<typeof documentOf>;

/** The document as text. Always one, also when no input has a class. */
export function showJson(inputs: readonly ShownInput[]): string {
  return jsonDocument(documentOf(inputs));
}

/** The document as plain objects, which `mofgen/schemas/model.schema.json` describes. */
export function modelDocument(inputs: readonly ShownInput[]): ModelDocument {
  // Absent fields are undefined until they are written.
  return JSON.parse(JSON.stringify(documentOf(inputs))) as ModelDocument;
}

function documentOf(inputs: readonly ShownInput[]) {
  return { version: VERSION, inputs: inputs.map(inputOf) };
}

function inputOf({ name, filesRead, model }: ShownInput) {
  const roles = new Map(model.blocks.map((block) => [block.class, block.role]));
  return {
    name,
    filesRead,
    classes: model.classes.map((each) => classOf(each, roles.get(each))),
    blocks: model.blocks.map(blockOf),
  };
}

function classOf(declared: MofClass, role: BlockRole | undefined) {
  return {
    ...declarationOf(declared),
    superclass: declared.superclass,
    role,
    properties: declared.properties.map(propertyOf),
    methods: declared.methods.map((method) => ({
      ...declarationOf(method),
      returnType: method.returnType,
      parameterCount: method.parameterCount,
      parameters: method.parameters.map(propertyOf),
    })),
  };
}

function propertyOf(property: MofProperty) {
  const { type, array, defaultValue } = property;
  return {
    ...declarationOf(property),
    type,
    array:
      array === undefined
        ? undefined
        : { length: array.length === undefined ? undefined : integer(array.length) },
    default: defaultValue === undefined ? undefined : declaredValueOf(defaultValue),
  };
}

function declarationOf({
  name,
  location,
  qualifiers,
}: {
  readonly name: string;
  readonly location: Location;
  readonly qualifiers: QualifierSet;
}) {
  return { name, place: placeOf(location), qualifiers: qualifiersOf(qualifiers) };
}

function blockOf(block: DataBlock) {
  return {
    name: block.name,
    role: block.role,
    guid: block.guid,
    displayName: block.displayName,
    description: block.description,
    expensive: block.expensive,
    minInstanceBufferSize: block.minInstanceBufferSize,
    data: recordOf(block.data),
    methods: block.methods.map(methodOf),
  };
}

function methodOf(method: Method) {
  return {
    id: method.id,
    ...declarationOf(method),
    description: method.description,
    parameters: method.parameters.map(({ id, name, direction, isReturnValue }) => ({
      id,
      name,
      direction,
      isReturnValue,
    })),
    input: recordOf(method.input),
    output: recordOf(method.output),
  };
}

function recordOf({ items, layout }: WireRecord) {
  const { kind, alignment, size, paddedSize, minimumSize } = layout;
  return {
    layout: { kind, alignment, size, paddedSize, minimumSize },
    items: items.map(itemOf),
  };
}

function itemOf(item: WireItem) {
  const { offset, size, elementSize, alignment, kind } = item.layout;
  return {
    id: item.id,
    ...declarationOf(item),
    inheritedFrom: item.inheritedFrom,
    type: typeOf(item.type),
    count: countOf(item.count),
    access: item.access,
    default: item.defaultValue === undefined ? undefined : defaultOf(item.defaultValue),
    layout: { kind, alignment, offset, size, elementSize },
    documentation: documentationOf(item.documentation),
  };
}

function typeOf(type: WireType) {
  switch (type.kind) {
    case 'boolean':
    case 'char16':
    case 'datetime':
      return { kind: type.kind };
    case 'integer':
      return { kind: type.kind, name: type.name, bits: type.bits, signed: type.signed };
    case 'string':
      return { kind: type.kind, maxLength: type.maxLength };
    case 'structure':
      return { kind: type.kind, name: type.structure.name };
    default:
      return type satisfies never;
  }
}

function countOf(count: ItemCount) {
  switch (count.kind) {
    case 'scalar':
    case 'rest':
      return { kind: count.kind };
    case 'fixed':
      return { kind: count.kind, length: count.length };
    case 'sizedBy':
      return { kind: count.kind, item: count.item };
    default:
      return count satisfies never;
  }
}

/** Text is a large integer when the item's type is an integer. */
function defaultOf(value: DefaultValue) {
  const plain = (each: PlainValue) => (typeof each === 'bigint' ? integer(each) : each);
  return isListOfValues(value) ? value.map(plain) : plain(value);
}

function isListOfValues(value: DefaultValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function documentationOf(documentation: Documentation) {
  const { description, displayName, units, minimum, maximum, values, bits } = documentation;
  return {
    displayName,
    description,
    units,
    minimum: minimum === undefined ? undefined : integer(minimum),
    maximum: maximum === undefined ? undefined : integer(maximum),
    values: values.map(namedValueOf),
    bits: bits.map(namedValueOf),
  };
}

function namedValueOf({ label, value, text }: NamedValue) {
  return { label, value: value === undefined ? undefined : integer(value), text };
}

function qualifiersOf({ entries }: QualifierSet) {
  return entries.map(({ name, value, flavors, location, placeholders }) => ({
    name,
    value: qualifierValue(value),
    flavors,
    place: placeOf(location),
    standIns:
      placeholders.length === 0
        ? undefined
        : placeholders.map((each) => ({ words: each.words, place: placeOf(each.location) })),
  }));
}

type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly integer: string };

type DeclaredJson =
  | string
  | number
  | boolean
  | null
  | readonly DeclaredJson[]
  | { readonly integer: string }
  | { readonly alias: string }
  | { readonly name: string }
  | {
      readonly instanceOf: string;
      readonly alias: string | undefined;
      readonly properties: readonly { readonly name: string; readonly value: DeclaredJson }[];
    };

function declaredValueOf(value: DeclaredValue): DeclaredJson {
  if (typeof value !== 'object' || value === null) return qualifierValue(value);
  if (isListOfDeclared(value)) return value.map(declaredValueOf);
  if (!('instanceOf' in value)) return value;
  const { instanceOf, alias, properties } = value;
  return {
    instanceOf,
    alias,
    properties: properties.map((each) => ({ name: each.name, value: declaredValueOf(each.value) })),
  };
}

function isListOfDeclared(value: DeclaredValue): value is readonly DeclaredValue[] {
  return Array.isArray(value);
}

/** Marks a large integer, which a string could be mistaken for. */
function qualifierValue(value: QualifierValue): JsonValue {
  if (typeof value === 'bigint') {
    const plain = integer(value);
    return typeof plain === 'number' ? plain : { integer: plain };
  }
  return isList(value) ? value.map(qualifierValue) : value;
}

function isList(value: QualifierValue): value is readonly QualifierValue[] {
  return Array.isArray(value);
}

/** A number as far as every JSON reader keeps it exact, its decimal digits beyond: BigInt() takes both. */
function integer(value: bigint): number | string {
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : String(value);
}

function placeOf(location: Location) {
  const { source, span } = writtenPlace(location);
  return { file: source.name, ...positionAt(source, span.start) };
}
