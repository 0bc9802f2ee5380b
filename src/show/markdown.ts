/** Prints the models of a run as a page of documentation in Markdown. It computes nothing that the model has. */
import { nameKey } from '../text/name-key.js';
import {
  type DataBlock,
  type Documentation,
  type Method,
  type MofClass,
  type NamedValue,
  type WireItem,
} from '../model/model.js';
import {
  anchors,
  markdownCode as code,
  type MarkdownColumn,
  markdownLink as link,
  markdownTable as table,
  markdownText as text,
} from './markdown-text.js';
import { valueWords } from '../model/qualifiers.js';
import { type ShownInput } from './shown-input.js';
import {
  accessWords,
  guidWords,
  numberOrVaries,
  type PlacedParameter,
  placedParameters,
  roleWords,
  sizeNumber,
  sizeWords,
  typeWords,
} from './wording.js';

/** Finds the section of a class by its name, in any case; `undefined` for classes without one. */
type Sections = (name: string) => string | undefined;

/** One page over all inputs, a part for each. */
export function showMarkdown(inputs: readonly ShownInput[]): string {
  const anchor = anchors();
  return inputs.flatMap((input) => part(input, anchor)).join('\n');
}

/** Blocks of Markdown, each with its line end, which blank lines part. */
function part({ name, model }: ShownInput, anchor: ReturnType<typeof anchors>): string[] {
  const { blocks, classes } = model;
  const byName = new Map(blocks.map((block) => [nameKey(block.name), anchor('class', block.name)]));
  const sections: Sections = (wanted) => byName.get(nameKey(wanted));
  const users = usersOf(blocks);
  const described = new Set(blocks.map((block) => block.class));
  const others = classes.filter((each) => !described.has(each));
  return [
    `# ${text(name)}\n`,
    ...(classes.length === 0 ? ['No classes.\n'] : []),
    ...(blocks.length === 0 ? [] : [overview(blocks, sections)]),
    ...blocks.flatMap((block) => section(block, users, sections)),
    ...(others.length === 0 ? [] : ['## Other classes\n', otherClasses(others, sections)]),
  ];
}

function overview(blocks: readonly DataBlock[], sections: Sections): string {
  const columns: MarkdownColumn[] = [
    left('Class'),
    left('Role'),
    left('Access'),
    left('GUID'),
    right('Bytes'),
    right('Items'),
    right('Methods'),
  ];
  return table(
    columns,
    blocks.map((block) => [
      reference(block.name, sections),
      roleWords(block),
      accessWords(block) ?? '',
      guidCode(block) ?? '',
      sizeNumber(block.data),
      String(block.data.items.length),
      String(block.methods.length),
    ]),
  );
}

function otherClasses(classes: readonly MofClass[], sections: Sections): string {
  return table(
    [left('Class'), left('Derives from')],
    classes.map(({ name, superclass }) => [
      code(name),
      superclass === undefined ? '' : reference(superclass, sections),
    ]),
  );
}

function section(block: DataBlock, users: Users, sections: Sections): readonly string[] {
  const { items } = block.data;
  return [
    `<a id="${sections(block.name) ?? ''}"></a>\n`,
    `## ${text(block.name)}\n`,
    ...paragraph(block.description),
    factList(block, users, sections),
    ...(items.length === 0 ? ['No data items.\n'] : [itemTable(items, sections)]),
    ...items.flatMap(valueTables),
    ...block.methods.flatMap((method) => methodSection(method, sections)),
  ];
}

function factList(block: DataBlock, users: Users, sections: Sections): string {
  const { superclass } = block.class;
  const named = (users: Users[keyof Users]) =>
    users
      .get(nameKey(block.name))
      ?.map((name) => reference(name, sections))
      .join(', ');
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Display name', text(block.displayName ?? '')],
    ['Role', roleWords(block)],
    ['Access', accessWords(block)],
    ['GUID', guidCode(block)],
    ['Size', sizeWords(block.data)],
    ['Derives from', superclass === undefined ? undefined : reference(superclass, sections)],
    ['Base of', named(users.derived)],
    ['Embedded in', named(users.embedding)],
  ];
  return facts
    .map(([name, value]) => (value === undefined || value === '' ? '' : `- ${name}: ${value}\n`))
    .join('');
}

/** Which blocks make use of a class, by its name in lower case. */
interface Users {
  readonly derived: ReadonlyMap<string, readonly string[]>;
  /** In their data, or in what their methods take and give. */
  readonly embedding: ReadonlyMap<string, readonly string[]>;
}

function usersOf(blocks: readonly DataBlock[]): Users {
  const derived = new Map<string, string[]>();
  const embedding = new Map<string, string[]>();
  const add = (users: Map<string, string[]>, used: string, user: string) => {
    const known = users.get(nameKey(used));
    if (known === undefined) users.set(nameKey(used), [user]);
    else if (known.at(-1) !== user) known.push(user);
  };
  for (const { name, data, methods, class: declared } of blocks) {
    if (declared.superclass !== undefined) add(derived, declared.superclass, name);
    for (const { items } of [data, ...methods.flatMap(({ input, output }) => [input, output])]) {
      for (const { type } of items) {
        if (type.kind === 'structure') add(embedding, type.structure.name, name);
      }
    }
  }
  return { derived, embedding };
}

function itemTable(items: readonly WireItem[], sections: Sections): string {
  const columns: MarkdownColumn[] = [
    right('Id'),
    left('Item'),
    left('Type'),
    right('Offset'),
    right('Bytes'),
    left('Access'),
    left('Description'),
  ];
  return table(
    columns,
    items.map((item) => [
      String(item.id),
      code(item.name),
      typeCell(item, sections),
      numberOrVaries(item.layout.offset),
      numberOrVaries(item.layout.size),
      item.access,
      sentences(item, sections),
    ]),
  );
}

function typeCell(item: WireItem, sections: Sections): string {
  const words = code(typeWords(item));
  return item.type.kind === 'structure' ? link(words, sections(item.type.structure.name)) : words;
}

/** What is known about an item apart from its layout. */
function sentences(item: WireItem, sections: Sections): string {
  const { documentation, inheritedFrom, defaultValue } = item;
  const { displayName, description, units } = documentation;
  return [
    text(description ?? ''),
    labelled('Display name', displayName),
    labelled('Unit', units),
    rangeWords(documentation),
    labelled('Starts as', defaultValue === undefined ? undefined : valueWords(defaultValue)),
    inheritedFrom === undefined ? '' : `Inherited from ${reference(inheritedFrom, sections)}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function labelled(label: string, value: string | undefined): string {
  const encoded = text(value ?? '');
  return encoded === '' ? '' : `${label}: ${encoded}.`;
}

function rangeWords({ minimum, maximum }: Documentation): string {
  if (minimum !== undefined && maximum !== undefined) return `From ${minimum} to ${maximum}.`;
  if (minimum !== undefined) return `At least ${minimum}.`;
  return maximum === undefined ? '' : `At most ${maximum}.`;
}

function valueTables({ name, documentation: { values, bits } }: WireItem): readonly string[] {
  return [
    ...namedValues(`Values of ${code(name)}:\n`, 'Value', values, ({ text: mapped }) => mapped),
    ...namedValues(`Bits of ${code(name)}:\n`, 'Bit', bits, ({ value, text: mapped }) =>
      value === undefined ? mapped : String(value),
    ),
  ];
}

function namedValues(
  introduction: string,
  title: string,
  values: readonly NamedValue[],
  shown: (value: NamedValue) => string,
): readonly string[] {
  if (values.length === 0) return [];
  const rows = values.map((value) => [text(shown(value)), text(value.label)]);
  return [introduction, table([right(title), left('Meaning')], rows)];
}

function methodSection(method: Method, sections: Sections): readonly string[] {
  const parameters = placedParameters(method);
  const sizes = `Input: ${sizeWords(method.input)}; output: ${sizeWords(method.output)}.\n`;
  return [
    `### Method ${method.id}: ${text(method.name)}\n`,
    ...paragraph(method.description),
    sizes,
    ...(parameters.length === 0 ? ['No parameters.\n'] : [parameterTable(parameters, sections)]),
    ...parameters.flatMap(({ item }) => (item === undefined ? [] : valueTables(item))),
  ];
}

function parameterTable(parameters: readonly PlacedParameter[], sections: Sections): string {
  const columns: MarkdownColumn[] = [
    right('Id'),
    left('Parameter'),
    left('Direction'),
    left('Type'),
    right('Input offset'),
    right('Output offset'),
    right('Bytes'),
    left('Description'),
  ];
  return table(
    columns,
    parameters.map(({ parameter, item, direction, inputOffset, outputOffset }) => [
      String(parameter.id),
      code(parameter.name),
      direction,
      item === undefined ? '' : typeCell(item, sections),
      inputOffset,
      outputOffset,
      item === undefined ? '' : numberOrVaries(item.layout.size),
      item === undefined ? '' : sentences(item, sections),
    ]),
  );
}

function paragraph(description: string | undefined): readonly string[] {
  const encoded = text(description ?? '');
  return encoded === '' ? [] : [`${encoded}\n`];
}

/** The name of a class, a link where it has a section. */
function reference(name: string, sections: Sections): string {
  return link(code(name), sections(name));
}

function guidCode(block: DataBlock): string | undefined {
  const guid = guidWords(block);
  return guid === undefined ? undefined : `\`${guid}\``;
}

function left(title: string): MarkdownColumn {
  return { title, align: 'left' };
}

function right(title: string): MarkdownColumn {
  return { title, align: 'right' };
}
