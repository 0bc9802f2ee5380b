/**
 * The view of the page: for each class the commands that query, set, call and subscribe, ready to paste.
 *
 * Text from the MOF is Markdown in tables and sentences, and PowerShell in commands.
 */
import {
  type DataBlock,
  type Method,
  type Model,
  type NamedValue,
  type WireItem,
} from '../../model/model.js';
import { setItemRule } from '../../model/set-rules.js';
import {
  markdownCode,
  type MarkdownColumn,
  markdownTable,
  markdownText,
} from '../../show/markdown-text.js';
import { guidWords, roleWords, typeWords } from '../../show/wording.js';
import { type EmitContext } from '../target.js';
import { itemLine, recordLines, type ValueWriter } from './arguments.js';
import { embeddedClasses } from './embedded.js';
import { oneLine, psMember, psString } from './text.js';

interface SetView {
  readonly comment: string;
  readonly property: string;
}

interface MethodView {
  readonly title: string;
  readonly hasDescription: boolean;
  readonly description: string;
  readonly name: string;
  readonly hasArguments: boolean;
  readonly arguments: readonly string[];
  readonly outputs: readonly string[];
}

interface BlockView {
  readonly title: string;
  readonly hasDescription: boolean;
  readonly description: string;
  readonly facts: readonly string[];
  readonly hasItems: boolean;
  readonly table: string;
  readonly name: string;
  readonly isDataBlock: boolean;
  readonly isEvent: boolean;
  readonly isEmbedded: boolean;
  readonly members: readonly string[];
  readonly fields: readonly string[];
  readonly hasSets: boolean;
  readonly sets: readonly SetView[];
  readonly methods: readonly MethodView[];
}

export interface PageView {
  readonly source: string;
  readonly tests: string;
  readonly hasBlocks: boolean;
  readonly hasEmbedded: boolean;
  readonly blocks: readonly BlockView[];
}

export function pageView(model: Model, { base, sourceName }: EmitContext): PageView {
  // Embedded classes come first, so that the commands work from top to bottom.
  const embedded = new Set(embeddedClasses(model));
  const others = model.blocks.filter((block) => !embedded.has(block));
  return {
    source: markdownText(sourceName),
    tests: psString(`./${base}.Tests.ps1`),
    hasBlocks: model.blocks.length > 0,
    hasEmbedded: embedded.size > 0,
    blocks: [...embedded, ...others].map((block) => blockView(block, embedded.has(block))),
  };
}

/** Embedded instances are made in the section of their class. */
const WRITER: ValueWriter = {
  instance(className, count) {
    const made = `$embedded[${psString(className)}]`;
    if (count === undefined) return made;
    return count === 1 ? `@(${made})` : `(@(${made}) * ${count})`;
  },
  wrap: (_item, value) => value,
};

function blockView(block: DataBlock, isEmbedded: boolean): BlockView {
  const { name, role, description, data, methods } = block;
  const guid = guidWords(block);
  const text = markdownText(description ?? '');
  const sets = data.items.flatMap((item) => setView(block, item) ?? []);
  return {
    title: markdownText(name),
    hasDescription: text !== '',
    description: text,
    facts: [
      `Role: ${roleWords(block)}${isEmbedded ? ', embedded in others' : ''}`,
      ...(guid === undefined ? [] : [`GUID: \`${guid}\``]),
    ],
    hasItems: data.items.length > 0,
    table: itemTable(data.items).trimEnd(),
    name: psString(name),
    isDataBlock: role === 'dataBlock',
    isEvent: role === 'event',
    isEmbedded,
    members: data.items.flatMap((each) =>
      each.access === 'write-only' ? [] : psMember(each.name),
    ),
    fields: recordLines(data, WRITER),
    hasSets: sets.length > 0,
    sets,
    methods: methods.map(methodView),
  };
}

/** `undefined` for a count and for an item that cannot be set alone. */
function setView(block: DataBlock, item: WireItem): SetView | undefined {
  const name = psString(item.name);
  const words = oneLine(`${item.name}: ${typeWords(item)}${limitWords(item)}`);
  const { kind } = setItemRule(block, item);
  switch (kind) {
    case 'readOnly':
    case 'notAlone':
    case 'keepsValue':
      return undefined;
    case 'keepsLength':
      return {
        comment: `# ${words}; keep the number of elements`,
        property: `${name} = $instance.${psMember(item.name)}`,
      };
    case 'free':
      return { comment: `# ${words}`, property: itemLine(item, false, WRITER) };
    default:
      return kind satisfies never;
  }
}

function limitWords({ documentation: { minimum, maximum } }: WireItem): string {
  const least = minimum === undefined ? '' : `, at least ${minimum}`;
  return maximum === undefined ? least : `${least}, at most ${maximum}`;
}

function methodView({ name, description, input, output }: Method): MethodView {
  const text = markdownText(description ?? '');
  return {
    title: markdownText(name),
    hasDescription: text !== '',
    description: text,
    name: psString(name),
    hasArguments: input.items.length > 0,
    arguments: recordLines(input, WRITER),
    outputs: output.items.map((item) => psMember(item.name)),
  };
}

const COLUMNS: readonly MarkdownColumn[] = ['Property', 'Type', 'Access', 'Meaning'].map(
  (title) => ({ title, align: 'left' }),
);

function itemTable(items: readonly WireItem[]): string {
  return markdownTable(
    COLUMNS,
    items.map((item) => [
      markdownCode(item.name),
      markdownCode(typeWords(item)),
      item.access,
      meaning(item),
    ]),
  );
}

function meaning({ documentation }: WireItem): string {
  const { description, units, values, bits } = documentation;
  return [
    markdownText(description ?? ''),
    units === undefined ? '' : `Unit: ${markdownText(units)}.`,
    namedWords('Values', values),
    namedWords('Bits', bits),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function namedWords(title: string, values: readonly NamedValue[]): string {
  if (values.length === 0) return '';
  const pairs = values.map(({ text, label }) => `${markdownText(text)} ${markdownText(label)}`);
  return `${title}: ${pairs.join(', ')}.`;
}
