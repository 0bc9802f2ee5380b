/**
 * The view of a block's set side: its validators, and the readers of what may be set.
 *
 * Access rules, ids and sizes are read from the model; which check belongs to which item is decided here.
 */
import { type DataBlock, type WireItem } from '../../model/model.js';
import { keptCounts, setItemRule, writableItems } from '../../model/set-rules.js';
import { type BlockNames, type FileNames } from './naming.js';
import { countNumber, readFixed, readRest, readWalked } from './spelling.js';
import { commentText, tsString } from './text.js';

export interface SetterView {
  readonly name: string;
  readonly changes: string;
  readonly changesType: string;
  readonly validateInstance: string;
  readonly instanceParameters: string;
  readonly instanceLines: readonly string[];
  readonly validateItem: string;
  readonly itemParameters: string;
  readonly cases: readonly ItemCases[];
  readonly readInstance: string;
  readonly changeLines: readonly string[];
  readonly items: readonly { readonly id: string; readonly read: string }[];
}

/** The items that are checked alike, one after another. */
export interface ItemCases {
  readonly labels: readonly { readonly id: string; readonly comment: string }[];
  readonly lines: readonly string[];
}

const SUCCESS = 'wmi.STATUS_SUCCESS';
const SET_FAILURE = 'wmi.STATUS_WMI_SET_FAILURE';

export function setterView(block: DataBlock, of: BlockNames, names: FileNames): SetterView {
  const { data } = block;
  const { namesOf } = names;
  const writable = writableItems(block);
  const members = writable.map((item) => tsString(of.data.member(item))).join(' | ');
  const current = `current: () => ${of.data.type}`;
  const kept = keptCounts(block);
  const cases = itemCases(block, of, names);
  const uses = (name: string): boolean =>
    cases.some(({ lines }) => lines.some((line) => line.includes(name)));
  const isFixed = data.layout.kind === 'fixed';
  return {
    name: of.set,
    changes: of.changes,
    changesType: `Partial<Pick<${of.data.type}, ${members}>>`,
    validateInstance: of.validateInstance,
    instanceParameters: ['input: DataView', ...(kept.length > 0 ? [current] : [])].join(', '),
    instanceLines: isFixed
      ? [`return input.byteLength < ${of.data.codec}.size ? ${SET_FAILURE} : ${SUCCESS};`]
      : kept.length === 0
        ? [
            `return wmi.holds(input, (reader) => ${of.data.codec}.read(reader)) ? ${SUCCESS} : ${SET_FAILURE};`,
          ]
        : [
            'const reader = new wmi.WireReader(input);',
            `const data = ${of.data.codec}.read(reader);`,
            `if (!reader.ok) return ${SET_FAILURE};`,
            '// A count and its array change together or not at all.',
            ...kept.map(
              (count) =>
                `if (data.${of.data.member(count)} !== current().${of.data.member(count)}) return ${SET_FAILURE};`,
            ),
            `return ${SUCCESS};`,
          ],
    validateItem: of.validateItem,
    itemParameters: [
      'dataItemId: number',
      ...(uses('input') ? ['input: DataView'] : []),
      ...(uses('current()') ? [current] : []),
    ].join(', '),
    cases,
    readInstance: isFixed
      ? `${of.data.codec}.read(input, 0)`
      : `${of.data.codec}.read(new wmi.WireReader(input))`,
    changeLines: writable.map((item) => `${of.data.member(item)}: data.${of.data.member(item)},`),
    items: writable.map((item) => ({
      id: String(item.id),
      read: `{ ${of.data.member(item)}: ${readAlone(item, namesOf)} }`,
    })),
  };
}

function itemCases(block: DataBlock, of: BlockNames, names: FileNames): ItemCases[] {
  const cases: { labels: { id: string; comment: string }[]; lines: readonly string[] }[] = [];
  for (const item of block.data.items) {
    const label = { id: String(item.id), comment: commentText(item.name) };
    const lines = itemCheck(block, item, of, names);
    const last = cases.at(-1);
    if (last?.lines.join() === lines.join()) last.labels.push(label);
    else cases.push({ labels: [label], lines });
  }
  return cases;
}

/** The checks of one item in a set-item request. */
function itemCheck(
  block: DataBlock,
  item: WireItem,
  of: BlockNames,
  names: FileNames,
): readonly string[] {
  const rule = setItemRule(block, item);
  switch (rule.kind) {
    case 'readOnly':
      return ['return wmi.STATUS_WMI_READ_ONLY;'];
    case 'notAlone':
      return [
        '// Its length cannot be queried, so it changes only together with its count.',
        `return ${SET_FAILURE};`,
      ];
    case 'keepsValue': {
      const tooShort = `input.byteLength < ${item.layout.size ?? 0}`;
      const value = readAlone(item, names.namesOf);
      const stored = `current().${of.data.member(item)}`;
      return [
        '// It counts another item, so alone it has to stay as it is.',
        `return ${tooShort} || ${value} !== ${stored} ? ${SET_FAILURE} : ${SUCCESS};`,
      ];
    }
    case 'keepsLength': {
      const length = countNumber(rule.count, `current().${of.data.member(rule.count)}`);
      return [
        '// The array keeps its length, which another item holds.',
        `return wmi.holds(input, (reader) => ${readRest(item, names.namesOf)}.length === ${length}) ? ${SUCCESS} : ${SET_FAILURE};`,
      ];
    }
    case 'free':
      return sizeCheck(item, names);
    default:
      return rule satisfies never;
  }
}

function sizeCheck(item: WireItem, names: FileNames): readonly string[] {
  if (item.layout.kind === 'fixed') {
    return [`return input.byteLength < ${item.layout.size ?? 0} ? ${SET_FAILURE} : ${SUCCESS};`];
  }
  const read =
    item.count.kind === 'rest'
      ? readRest(item, names.namesOf)
      : readWalked(item, undefined, names.namesOf);
  return [`return wmi.holds(input, (reader) => ${read}) ? ${SUCCESS} : ${SET_FAILURE};`];
}

/** Reads an item that is alone in `input`. */
function readAlone(item: WireItem, namesOf: FileNames['namesOf']): string {
  if (item.layout.kind === 'fixed') {
    return readFixed({ ...item, layout: { ...item.layout, offset: 0 } }, 'input', '0', namesOf);
  }
  const read =
    item.count.kind === 'scalar' || item.count.kind === 'fixed'
      ? readWalked(item, undefined, namesOf)
      : readRest(item, namesOf);
  return read.replace(/^reader\b/, 'new wmi.WireReader(input)');
}
