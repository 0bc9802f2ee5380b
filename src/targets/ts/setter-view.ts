/**
 * The view of a block's set side: its validators, and the readers of its writable items. Selects the checks of each
 * item; access rules, ids and sizes come from the model.
 */
import { type DataBlock, type WireItem } from '../../model/model.js';
import { keptCounts, setItemRule, writableItems } from '../../model/set-rules.js';
import { type BlockNames, type FileNames } from './naming.js';
import { head, object } from './final-text.js';
import { asListed, countNumber, readFixed, readRest, readWalked, valueType } from './spelling.js';
import { commentText } from './text.js';

export interface SetterView {
  readonly name: string;
  readonly changes: string;
  /** The writable items as optional members. */
  readonly changeMembers: readonly string[];
  readonly instanceHead: string;
  readonly validateInstance: string;
  readonly instanceLines: readonly string[];
  readonly itemHead: string;
  readonly validateItem: string;
  /** Whether a case leaves the switch because its item is valid. */
  readonly mayPass: boolean;
  readonly cases: readonly ItemCases[];
  readonly readInstance: string;
  readonly changeLines: readonly string[];
  /** The readers of single items, a property for each. */
  readonly items: readonly string[];
}

/** Consecutive items with the same checks. */
export interface ItemCases {
  readonly labels: readonly { readonly id: string; readonly comment: string }[];
  readonly lines: readonly string[];
}

export const SUCCESS = 'wmi.STATUS_SUCCESS';
const SET_FAILURE = 'wmi.STATUS_WMI_SET_FAILURE';

export function setterView(block: DataBlock, of: BlockNames, names: FileNames): SetterView {
  const { data } = block;
  const { namesOf } = names;
  const writable = writableItems(block);
  const current = `current: () => ${of.data.type}`;
  const kept = keptCounts(block);
  const cases = itemCases(block, of, names);
  const uses = (name: string): boolean =>
    cases.some(({ lines }) => lines.some((line) => line.includes(name)));
  const isFixed = data.layout.kind === 'fixed';
  return {
    name: of.set,
    changes: of.changes,
    changeMembers: writable.map(
      (item) => `${of.data.member(item)}?: ${valueType(item, of.data, namesOf)};`,
    ),
    validateInstance: of.validateInstance,
    instanceHead: head(
      `export function ${of.validateInstance}`,
      ['input: DataView', ...(kept.length > 0 ? [current] : [])],
      ': wmi.NtStatus {',
      { note: 'all items' },
    ),
    instanceLines: isFixed
      ? [...failWhen(`input.byteLength < ${of.data.codec}.size`), `return ${SUCCESS};`]
      : kept.length === 0
        ? [...failWhen(notHeld(`${of.data.codec}.read(reader)`)), `return ${SUCCESS};`]
        : [
            'const reader = new wmi.WireReader(input);',
            `const data = ${of.data.codec}.read(reader);`,
            ...failWhen('!reader.ok'),
            '// Not all of a count and its arrays are writable, so the count must not change.',
            ...kept.flatMap((count) => {
              const member = of.data.member(count);
              return failWhen(`data.${member} !== current().${member}`);
            }),
            `return ${SUCCESS};`,
          ],
    validateItem: of.validateItem,
    // A line comment keeps parameters on lines of their own at every width.
    itemHead: [
      `export function ${of.validateItem}(`,
      '  dataItemId: number, // WmiDataId',
      ...(uses('input') ? ['  input: DataView,'] : []),
      ...(uses('current()') ? [`  ${current},`] : []),
      '): wmi.NtStatus {',
    ].join('\n'),
    mayPass: cases.some(({ lines }) => lines.includes(PASS)),
    cases,
    readInstance: isFixed
      ? `${of.data.codec}.read(input, 0)`
      : `${of.data.codec}.read(new wmi.WireReader(input))`,
    changeLines: writable.map((item) => `${of.data.member(item)}: data.${of.data.member(item)},`),
    items: writable.map((item) => {
      const value = `${readAlone(item, namesOf)}${asListed(item, of.data)}`;
      return object(`      ${item.id}: (input) => (`, [`${of.data.member(item)}: ${value}`], '),');
    }),
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
        '// Its length cannot be queried: it is set only together with its count.',
        `return ${SET_FAILURE};`,
      ];
    case 'keepsValue': {
      const value = readAlone(item, names.namesOf);
      return [
        '// The count of an array: it must not change alone.',
        ...failWhen(`input.byteLength < ${item.layout.size ?? 0}`),
        ...failWhen(`${value} !== current().${of.data.member(item)}`),
        PASS,
      ];
    }
    case 'keepsLength': {
      const length = countNumber(rule.count, `current().${of.data.member(rule.count)}`);
      return [
        '// Another item holds the length, which must not change.',
        ...failWhen(notHeld(`${readRest(item, names.namesOf)}.length === ${length}`)),
        PASS,
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
    return [...failWhen(`input.byteLength < ${item.layout.size ?? 0}`), PASS];
  }
  const read =
    item.count.kind === 'rest'
      ? readRest(item, names.namesOf)
      : readWalked(item, undefined, names.namesOf);
  return [...failWhen(notHeld(read)), PASS];
}

/** Leaves the switch over the items; STATUS_SUCCESS follows it. */
const PASS = 'break;';

/** Statements that return `status` when the condition holds. */
export function failWhen(condition: string, status = SET_FAILURE): readonly string[] {
  return [`if (${condition}) {`, `  return ${status};`, '}'];
}

/** The condition that `read`, which reads from `reader`, fails on the input. */
export function notHeld(read: string): string {
  return `!wmi.holds(input, (reader) => ${read})`;
}

/** Reads an item that is the only content of `input`. */
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
