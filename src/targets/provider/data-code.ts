/**
 * The functions that answer requests for the data of a block, in emitted C: query, set-instance, set-item. They check first
 * and change once.
 *
 * Who may set what, and which counts stay, are the model's set rules.
 */
import { type DataBlock, type WireItem } from '../../model/model.js';
import { countItem, isHidden, isWritable, keptCounts, setItemRule } from '../../model/set-rules.js';
import { commentText } from '../c/text.js';
import {
  type CFunction,
  type LocalStruct,
  localStructs,
  staticFunction,
  structBytes,
  unlessSuccess,
  when,
} from './c-function.js';
import { encodeCall, fixedAnswer, roomCheck } from './answer-code.js';
import { type CodeRecords } from './code-records.js';
import { type DriverModel, mapsStatus } from './driver-model.js';
import { unreferenced } from './function-view.js';
import { type BlockApi } from './naming.js';
import {
  hasPadding,
  hideLines,
  isPlain,
  normalizeItem,
  normalizeLines,
  readLine,
  readToEnd,
  unsignedCount,
} from './record-code.js';
import { isWalked } from './requirements.js';
import { itemId, itemSize, minimumSize, wholeSize } from './sizes.js';
import { isPointer } from './value-structs.js';

export interface DataContext {
  readonly block: DataBlock;
  readonly api: BlockApi;
  readonly records: CodeRecords;
  readonly driverModel: DriverModel;
}

/** The functions for the data of a block; none for a block with methods alone. */
export function dataFunctions(context: DataContext): CFunction[] {
  const { block } = context;
  if (block.data.items.length === 0) return [];
  return [
    queryFunction(context),
    ...(isWritable(block) ? [setInstanceFunction(context)] : []),
    ...(isWritable(block) && context.driverModel.wholeBlocks !== true
      ? [setItemFunction(context)]
      : []),
  ];
}

function parameters({ records, driverModel }: DataContext, hasId: boolean): string[] {
  const { localNames } = records.names;
  return [
    `_In_ ${driverModel.instance} ${localNames.instance}`,
    ...(hasId ? [`_In_ ULONG ${localNames.id}`] : []),
    `_Inout_ MOFGEN_REQUEST *${localNames.request}`,
  ];
}

function structWanted({ block, api, records }: DataContext, name: string) {
  const { names } = records;
  return {
    name,
    type: api.values.type,
    bytes: structBytes(block.data, api.values, names.structOf),
  };
}

/** The call of the driver's query function. */
function driverQuery({ api, records, driverModel }: DataContext, into: LocalStruct): string {
  const { localNames } = records.names;
  return `${mapsStatus(driverModel)}(${api.query}(${localNames.instance}, ${into.pointer}), STATUS_UNSUCCESSFUL)`;
}

// ---- Query ----

function queryFunction(context: DataContext): CFunction {
  const { block, api, records } = context;
  const { names } = records;
  const { localNames } = names;
  const { data: record } = block;
  const code = records.of(record);
  const size = wholeSize(block.data, api.values, names.header.block(block).data, names);
  const copies = !isWalked(record) && hasPadding(record);
  const locals = localStructs(
    {
      data: structWanted(context, localNames.values),
      copy: copies ? structWanted(context, localNames.copy) : undefined,
    },
    `&${localNames.request}->Memory`,
    context.driverModel,
  );
  const hidden = record.items.filter((item) => isHidden(record, item));
  const request = localNames.request;
  const answer = isWalked(record)
    ? [`return ${encodeCall(code, locals.data, localNames)};`]
    : fixedAnswer(
        code,
        { data: locals.data, copy: copies ? locals.copy : undefined },
        size,
        records,
      );
  return staticFunction(api.queryData, {
    parameters: parameters(context, false),
    locals: [
      locals.data.declaration,
      ...(copies ? [locals.copy.declaration] : []),
      `NTSTATUS ${localNames.status};`,
    ],
    body: [
      ...roomCheck(size, localNames),
      ...locals.data.allocation,
      ...locals.copy.allocation,
      `${localNames.status} = ${driverQuery(context, locals.data)};`,
      ...unlessSuccess(localNames.status),
      ...(hidden.length === 0 ? [] : ['// Return zeros for write-only items.']),
      ...hidden.flatMap((item) => hideLines(item, code, locals.data.at, request)),
      ...answer,
    ],
  });
}

// ---- Set-instance: every item has to be there, those that are read-only included ----

function setInstanceFunction(context: DataContext): CFunction {
  const { block, api, records } = context;
  const { names } = records;
  const { localNames } = names;
  const { data: record } = block;
  const { request } = localNames;
  const counts = keptCounts(block);
  const locals = localStructs(
    {
      data: structWanted(context, localNames.values),
      current: counts.length > 0 ? structWanted(context, localNames.current) : undefined,
    },
    `&${request}->Memory`,
    context.driverModel,
  );
  const { at } = locals.data;
  const least = minimumSize(record, api.values, names.header.block(block).data, names);
  const checks =
    least === undefined
      ? []
      : when(`${request}->InSize < ${least}`, ['return STATUS_WMI_SET_FAILURE;']);
  const walked = isWalked(record);
  const read = walked
    ? [
        `MofgenReaderInitialize(&${localNames.readerLocal}, ${request}, STATUS_WMI_SET_FAILURE);`,
        `${api.functions.read}(&${localNames.readerLocal}, ${locals.data.pointer});`,
        ...unlessSuccess(`${localNames.readerLocal}.Status`),
      ]
    : [
        `RtlCopyMemory(${locals.data.pointer}, ${request}->Input, ${least ?? ''});`,
        ...normalizeLines(record, api.values, at, names, records.ofStructure),
      ];
  const kept =
    counts.length === 0
      ? []
      : [
          '// Refuse a changed count: the count or one of its arrays is read-only.',
          `${localNames.status} = ${driverQuery(context, locals.current)};`,
          ...unlessSuccess(localNames.status),
          ...counts.flatMap((item) => {
            const member = api.values.member(item);
            return when(`${at}${member} != ${locals.current.at}${member}`, [
              'return STATUS_WMI_SET_FAILURE;',
            ]);
          }),
        ];
  return staticFunction(api.setData, {
    parameters: parameters(context, false),
    locals: [
      `${api.changed} ${localNames.changes};`,
      locals.data.declaration,
      ...(counts.length > 0 ? [locals.current.declaration] : []),
      ...(walked ? [`MOFGEN_READER ${localNames.readerLocal};`] : []),
      ...(counts.length > 0 ? [`NTSTATUS ${localNames.status};`] : []),
    ],
    body: [
      ...checks,
      ...locals.data.allocation,
      ...locals.current.allocation,
      ...read,
      ...kept,
      `RtlFillMemory(&${localNames.changes}, sizeof(${localNames.changes}), TRUE); // all members are BOOLEANs`,
      driverSet(context, locals.data),
    ],
  });
}

function driverSet({ api, records, driverModel }: DataContext, data: LocalStruct): string {
  const { localNames } = records.names;
  return `return ${mapsStatus(driverModel)}(${api.set}(${localNames.instance}, ${data.pointer}, &${localNames.changes}), STATUS_WMI_SET_FAILURE);`;
}

// ---- Set-item ----

interface Case {
  readonly item: WireItem;
  readonly lines: readonly string[];
}

function setItemFunction(context: DataContext): CFunction {
  const { block, api, records } = context;
  const { names } = records;
  const { localNames } = names;
  const { data: record } = block;
  const { request } = localNames;
  const rules = new Map(record.items.map((item) => [item, setItemRule(block, item)]));
  const ofRule = (...kinds: readonly string[]): WireItem[] =>
    record.items.filter((item) => kinds.includes(rules.get(item)?.kind ?? ''));
  const settable = ofRule('free', 'keepsValue', 'keepsLength');
  const counted = ofRule('keepsValue', 'keepsLength');
  const usesLength = ofRule('keepsLength').length > 0;
  const usesReader = settable.some((item) => !isCopiedAlone(item));
  const locals = localStructs(
    {
      data: structWanted(context, localNames.values),
      current: counted.length > 0 ? structWanted(context, localNames.current) : undefined,
    },
    `&${request}->Memory`,
    context.driverModel,
  );
  const cases = settable.map((item): Case => ({
    item,
    lines: caseLines(item, context, locals.data, usesReader),
  }));
  const failing = (items: readonly WireItem[], why: string, status: string): string[] =>
    items.length === 0
      ? []
      : [...items.map((item) => label(item, context, why)), `    return ${status};`];
  return staticFunction(api.setItem, {
    parameters: parameters(context, true),
    locals:
      settable.length === 0
        ? []
        : [
            `${api.changed} ${localNames.changes} = {0};`,
            locals.data.declaration,
            ...(counted.length > 0 ? [locals.current.declaration] : []),
            ...(usesReader ? [`MOFGEN_READER ${localNames.readerLocal};`] : []),
            ...(counted.length > 0 ? [`NTSTATUS ${localNames.status};`] : []),
            ...(usesLength ? [`ULONG ${localNames.length} = 0;`] : []),
          ],
    body: [
      ...(settable.length === 0 ? [...unreferenced([localNames.instance, request]), ''] : []),
      ...(settable.length === 0 ? [] : [...locals.data.allocation, ...locals.current.allocation]),
      ...(usesReader
        ? [
            `MofgenReaderInitialize(&${localNames.readerLocal}, ${request}, STATUS_WMI_SET_FAILURE);`,
          ]
        : []),
      `switch (${localNames.id})`,
      '{',
      ...cases.flatMap(({ item, lines }) => [
        label(item, context, ''),
        ...lines.map((line) => `    ${line}`),
        `    ${localNames.changes}.${api.changedMember(item)} = TRUE;`,
        '    break;',
      ]),
      ...failing(
        ofRule('notAlone'),
        'changes only together with its count',
        'STATUS_WMI_SET_FAILURE',
      ),
      ...failing(ofRule('readOnly'), '', 'STATUS_WMI_READ_ONLY'),
      'default:',
      '    return STATUS_WMI_ITEMID_NOT_FOUND;',
      '}',
      ...(usesReader ? unlessSuccess(`${localNames.readerLocal}.Status`) : []),
      ...countRules(counted, context, locals.data, locals.current),
      ...(settable.length === 0 ? [] : [driverSet(context, locals.data)]),
    ],
  });
}

/** `case SensorLog_Label_ID:`, and the name of an item whose id has no macro. */
function label(item: WireItem, { block, records }: DataContext, why: string): string {
  const { text, isMacro } = itemId(
    item,
    records.names.header.block(block).data,
    records.names,
    block,
  );
  const comments = [...(isMacro ? [] : [commentText(item.name)]), ...(why === '' ? [] : [why])];
  return `case ${text}:${comments.length > 0 ? ` // ${comments.join(': ')}` : ''}`;
}

/** Whether the item alone in a buffer is copied as it is. */
function isCopiedAlone(item: WireItem): boolean {
  return isPlain(item) && !isPointer(item);
}

function caseLines(
  item: WireItem,
  context: DataContext,
  data: LocalStruct,
  hasReader: boolean,
): string[] {
  const { block, api, records } = context;
  const { names } = records;
  const { localNames } = names;
  const member = `${data.at}${api.values.member(item)}`;
  if (isCopiedAlone(item)) {
    const size = itemSize(item, member, names.header.block(block).data, names, block);
    const read = hasReader
      ? [`MofgenRead(&${localNames.readerLocal}, ${item.layout.alignment}, &${member}, ${size});`]
      : [
          ...when(`${localNames.request}->InSize < ${size}`, ['return STATUS_WMI_SET_FAILURE;']),
          `RtlCopyMemory(&${member}, ${localNames.request}->Input, ${size});`,
        ];
    return [...read, ...normalizeItem(item, api.values, data.at, names, records.ofStructure)];
  }
  const code = records.of(block.data);
  if (item.count.kind === 'sizedBy') {
    return [
      readToEnd(item, code, member, `&${localNames.length}`, `&${localNames.readerLocal}`, names),
    ];
  }
  return [readLine(item, code, data.at, `&${localNames.readerLocal}`, names)];
}

/** A count and its arrays change only together: alone each has to fit what a query gives now. */
function countRules(
  counted: readonly WireItem[],
  context: DataContext,
  data: LocalStruct,
  current: LocalStruct,
): string[] {
  const { block, api, records } = context;
  const { localNames } = records.names;
  const counters = new Set(counted.map((item) => countItem(block.data, item) ?? item));
  return [...counters].flatMap((counter) => {
    const arrays = counted.filter((item) => countItem(block.data, item) === counter);
    const own = counted.includes(counter);
    const changed = (item: WireItem): string => `${localNames.changes}.${api.changedMember(item)}`;
    const members = [...(own ? [counter] : []), ...arrays].map(changed);
    const member = api.values.member(counter);
    const wanted = unsignedCount(counter, api.values, data.at);
    const given =
      arrays.length === 0
        ? wanted
        : own
          ? `(${changed(counter)} ? ${wanted} : ${localNames.length})`
          : localNames.length;
    return when(members.join(' || '), [
      `// Setting one item must not change ${commentText(counter.name)} or the length of an array that it counts.`,
      `${localNames.status} = ${driverQuery(context, current)};`,
      ...unlessSuccess(localNames.status),
      ...when(`${unsignedCount(counter, api.values, current.at)} != ${given}`, [
        'return STATUS_WMI_SET_FAILURE;',
      ]),
      ...(arrays.length === 0 ? [] : [`${data.at}${member} = ${current.at}${member};`]),
    ]);
  });
}
