/**
 * Prints the models of a run as a class diagram in Mermaid's language: classes, inheritance, embedding.
 *
 * Mermaid has no escape that works everywhere, so names keep only letters, digits and underscores.
 */
import { nameKey } from '../text/name-key.js';
import {
  type DataBlock,
  type Method,
  type MofClass,
  type Model,
  type WireItem,
} from '../model/model.js';
import { type ShownInput } from './shown-input.js';
import { countWords, placedParameters, roleWords, typeName } from './wording.js';

/** One diagram over all inputs; a class of a file that several of them include is in it once. */
export function showMermaid(inputs: readonly ShownInput[]): string {
  const chart = diagram();
  for (const { model } of inputs) addModel(model, chart);
  const names = inputs.map(({ name }) => `  %% ${fileName(name)}`);
  return ['classDiagram', ...names, ...chart.lines(), ''].join('\n');
}

/** The parts of a diagram; each is in it once. */
interface Diagram {
  /** Adds a class, unless one with the same `key` is there, and gives what it is called in the diagram. */
  readonly node: (key: string, name: string, members: readonly string[]) => string;
  readonly edge: (line: string) => void;
  readonly lines: () => readonly string[];
}

function diagram(): Diagram {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  const classes: string[] = [];
  const edges = new Set<string>();
  return {
    node(key, name, members) {
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = freeId(name, taken);
      ids.set(key, id);
      const label = id === name ? id : `${id}["${word(name)}"]`;
      classes.push(
        members.length === 0
          ? `  class ${label}`
          : [`  class ${label} {`, ...members.map((each) => `    ${each}`), '  }'].join('\n'),
      );
      return id;
    },
    edge: (line) => void edges.add(`  ${line}`),
    lines: () => [...classes, ...edges],
  };
}

function addModel({ classes, blocks }: Model, chart: Diagram): void {
  const blockOf = new Map(blocks.map((block) => [block.class, block]));
  const ids = new Map<MofClass, string>();
  const byName = new Map<string, string>();
  for (const each of classes) {
    const block = blockOf.get(each);
    const members = block === undefined ? plainMembers(each) : blockMembers(block);
    const { source, span } = each.location;
    const key = JSON.stringify([source.name, span.start, members]);
    const id = chart.node(key, each.name, members);
    ids.set(each, id);
    // Of classes of one name, in several namespaces, the first is meant.
    if (!byName.has(nameKey(each.name))) byName.set(nameKey(each.name), id);
  }
  const idOf = (name: string) => byName.get(nameKey(name)) ?? chart.node(nameKey(name), name, []);
  for (const [each, id] of ids) {
    if (each.superclass !== undefined) chart.edge(`${idOf(each.superclass)} <|-- ${id}`);
    const block = blockOf.get(each);
    if (block !== undefined) addUses(block, id, idOf, chart);
  }
}

function addUses(
  { data, methods }: DataBlock,
  id: string,
  idOf: (name: string) => string,
  chart: Diagram,
): void {
  for (const item of data.items) {
    const { type, inheritedFrom, name } = item;
    if (type.kind !== 'structure' || inheritedFrom !== undefined) continue;
    chart.edge(`${id} *-- ${multiplicity(item)}${idOf(type.structure.name)} : ${word(name)}`);
  }
  for (const { input, output, name } of methods) {
    for (const { type } of [...input.items, ...output.items]) {
      if (type.kind !== 'structure') continue;
      chart.edge(`${id} ..> ${idOf(type.structure.name)} : ${word(name)}`);
    }
  }
}

function multiplicity({ count }: WireItem): string {
  switch (count.kind) {
    case 'scalar':
      return '';
    case 'fixed':
      return `"${count.length}" `;
    case 'sizedBy':
    case 'rest':
      return '"*" ';
    default:
      return count satisfies never;
  }
}

/** Inherited members are in the base. */
function blockMembers(block: DataBlock): readonly string[] {
  return [
    `<<${roleWords(block)}>>`,
    ...block.data.items
      .filter(({ inheritedFrom }) => inheritedFrom === undefined)
      .map((item) => `+${typeOf(item)} ${word(item.name)}`),
    ...block.methods.map(methodMember),
  ];
}

function plainMembers({ properties, methods }: MofClass): readonly string[] {
  return [
    ...properties.map(({ name }) => `+${word(name)}`),
    ...methods.map(({ name }) => `+${word(name)}()`),
  ];
}

/** `+Drain(in uint32 Limit, out uint32 Count) uint32` */
function methodMember(method: Method): string {
  const placed = placedParameters(method).flatMap(({ parameter, item, direction }) =>
    item === undefined ? [] : [{ parameter, item, direction }],
  );
  const parameters = placed
    .filter(({ parameter }) => !parameter.isReturnValue)
    .map(({ item, direction }) => `${direction} ${typeOf(item)} ${word(item.name)}`);
  const returned = placed
    .filter(({ parameter }) => parameter.isReturnValue)
    .map(({ item }) => ` ${typeOf(item)}`);
  return `+${word(method.name)}(${parameters.join(', ')})${returned.join('')}`;
}

/** Without the bound of strings: a member with parentheses is taken for a method. */
function typeOf(item: WireItem): string {
  return word(typeName(item.type)) + countWords(item, word);
}

/** A name as it is shown. */
function word(name: string): string {
  return name === '' ? '_' : name.replace(/[^\p{L}\p{N}_]/gu, '_');
}

function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}_./ -]/gu, '_');
}

/** Words of Mermaid's language for class diagrams, found with its parser (11.x): names that begin with one are no trouble. */
const RESERVED: ReadonlySet<string> = new Set([
  '_blank',
  '_parent',
  '_self',
  '_top',
  'accdescr',
  'acctitle',
  'call',
  'callback',
  'class',
  'classdef',
  'classdiagram',
  'click',
  'cssclass',
  'default',
  'direction',
  'end',
  'href',
  'link',
  'namespace',
  'note',
  'o',
  'style',
]);

/** The id of a class in the diagram: ASCII, not a word of the language, and unique without regard to case. */
function freeId(name: string, taken: Set<string>): string {
  const plain = name.replace(/[^A-Za-z0-9_]/g, '_');
  const wanted = RESERVED.has(plain.toLowerCase()) ? `${plain}_` : plain.replace(/^(?=\d|$)/, '_');
  let id = wanted;
  for (let number = 2; taken.has(id.toLowerCase()); number++) id = `${wanted}_${number}`;
  taken.add(id.toLowerCase());
  return id;
}
