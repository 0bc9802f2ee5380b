/**
 * The functions that store values of varying length for the driver, in emitted C, and those that free them.
 */
import { type DataBlock, type WireItem } from '../../model/model.js';
import { countItem, isSettable, isWritable, writableItems } from '../../model/set-rules.js';
import {
  type CFunction,
  declaredFunction,
  fits,
  localStructs,
  structBytes,
  unlessSuccess,
  when,
} from './c-function.js';
import { timeLines } from './empty-values.js';
import { type DriverModel } from './driver-model.js';
import { type BlockApi, type ProviderNames } from './naming.js';
import { isPointer, valueElement } from './value-structs.js';

/** Values are stored in pool, or alternately in the halves of a caller's buffer, where nothing is freed. */
export function storeFunctions(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  driverModel: DriverModel,
): CFunction[] {
  const update = updateFunction(block, api, names, driverModel);
  return driverModel.callerMemory === true ? [update] : [update, freeFunction(api, names)];
}

function updateFunction(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  driverModel: DriverModel,
): CFunction {
  const { localNames } = names;
  const { data, stored, changed, status, replacement, merged, memory, buffer, bufferSize } =
    localNames;
  const inBuffer = driverModel.callerMemory === true;
  const bytes = structBytes(block.data, api.values, names.structOf);
  const locals = localStructs(
    { merged: { name: merged, type: api.values.type, bytes } },
    `&${memory}`,
    driverModel,
  );
  const { at, value, pointer, allocation, declaration } = locals.merged;
  const isPooled = allocation.length > 0;
  const writable = isWritable(block);
  const times = timeLines(block.data, api.values, at, 0, names);
  const whole = [`${value} = *${data};`];
  const items = writableItems(block).flatMap((item) => mergeItem(item, api, at, names));
  const failure = [
    ...(isPooled && !inBuffer ? [`MofgenMemoryFree(&${memory});`] : []),
    'return STATUS_UNSUCCESSFUL;',
  ];
  const given = writable
    ? [
        ...when(`${data} != NULL && ${changed} == NULL`, whole),
        ...elseWhen(`${data} != NULL`, [...refuseParts(block, api, at, failure, names), ...items]),
      ]
    : when(`${data} != NULL`, whole);
  const present = [
    ...when(`*${stored} != NULL`, [`${value} = **${stored};`]),
    ...(times.length > 0 ? elseLines(times) : []),
  ];
  return declaredFunction(api.updateStored, {
    parameters: [
      ...(inBuffer ? [`PVOID ${buffer}`, `ULONG ${bufferSize}`] : []),
      `${api.values.type} **${stored}`,
      `const ${api.values.type} *${data}`,
      ...(writable ? [`const ${api.changed} *${changed}`] : []),
    ],
    locals: [
      declaration,
      ...(inBuffer
        ? [`MOFGEN_MEMORY ${memory};`]
        : isPooled
          ? [`MOFGEN_MEMORY ${memory} = {NULL, 0};`]
          : []),
      `NTSTATUS ${status};`,
      `VOID *${replacement};`,
    ],
    body: [
      ...(inBuffer
        ? [`MofgenArenaForStored(&${memory}, ${buffer}, ${bufferSize}, *${stored});`]
        : []),
      ...allocation,
      ...present,
      ...given,
      `${status} = ${inBuffer ? `MofgenArenaStore(&${memory}, ` : 'MofgenStore('}${api.functions.read}, ${api.functions.write}, ${pointer}, sizeof(${value}), &${replacement});`,
      ...(isPooled && !inBuffer ? [`MofgenMemoryFree(&${memory});`] : []),
      ...unlessSuccess(status),
      ...(inBuffer ? [] : [`MofgenFreeStored(*${stored});`]),
      `*${stored} = (${api.values.type} *)${replacement};`,
      'return STATUS_SUCCESS;',
    ],
  });
}

function freeFunction(api: BlockApi, { localNames }: ProviderNames): CFunction {
  return declaredFunction(api.freeStored, {
    returns: 'VOID',
    parameters: [`${api.values.type} **${localNames.stored}`],
    body: [`MofgenFreeStored(*${localNames.stored});`, `*${localNames.stored} = NULL;`],
  });
}

/**
 * The statements that refuse a request which changes a count without its array, or an array without its count, while its count is not
 * the stored one.
 */
function refuseParts(
  { data: record }: DataBlock,
  api: BlockApi,
  at: string,
  failure: readonly string[],
  { localNames }: ProviderNames,
): string[] {
  const { data, changed } = localNames;
  const lines = record.items.flatMap((array) => {
    const counter = countItem(record, array);
    if (counter === undefined) return [];
    const marks = [counter, array]
      .filter(isSettable)
      .map((item) => `${changed}->${api.changedMember(item)}`);
    if (marks.length === 0) return [];
    // Two BOOLEANs that are not FALSE may differ.
    const isPart = marks.length === 2 ? `!${marks.join(' != !')}` : marks.join('');
    const count = api.values.member(counter);
    const differs = `${data}->${count} != ${at}${count}`;
    const both = `${marks.length === 2 ? `(${isPart})` : isPart} && ${differs}`;
    return fits(`    if (${both})`) ? when(both, failure) : when(isPart, when(differs, failure));
  });
  return lines.length === 0
    ? []
    : [
        '// Refuse to change a count without its array, or the array without the count: the count could exceed the array.',
        ...lines,
      ];
}

const INT_BYTES = 4;

/** One item, which changes if it is marked. */
function mergeItem(item: WireItem, api: BlockApi, at: string, names: ProviderNames): string[] {
  const { data, changed } = names.localNames;
  const mark = `${changed}->${api.changedMember(item)}`;
  const lines = mergeLines(item, api, at, data, names);
  const [target = '', value = ''] = (lines[0] ?? '').replace(/;$/, '').split(' = ');
  const chosen = `${target} = ${mark} ? ${value} : ${target};`;
  const isAssignment = lines.length === 1 && value !== '';
  // `?:` makes an int of smaller types, and assigning one back is a warning of some compilers.
  const isPromoted = !isPointer(item) && (item.layout.elementSize ?? INT_BYTES) < INT_BYTES;
  return isAssignment && !isPromoted && fits(`    ${chosen}`) ? [chosen] : when(mark, lines);
}

/** What changes an item. */
function mergeLines(
  item: WireItem,
  { values }: BlockApi,
  at: string,
  data: string,
  { structOf }: ProviderNames,
): string[] {
  const member = values.member(item);
  const assigned = `${at}${member} = ${data}->${member};`;
  if (item.count.kind === 'rest') {
    const count = values.count(item);
    return [`${at}${count} = ${data}->${count};`, assigned];
  }
  const isArray =
    item.count.kind === 'fixed' ||
    (!isPointer(item) && valueElement(item, structOf).dimensions !== '');
  return isArray
    ? [`RtlCopyMemory(${at}${member}, ${data}->${member}, sizeof(${at}${member}));`]
    : [assigned];
}

function elseWhen(condition: string, lines: readonly string[]): string[] {
  const [first = '', ...rest] = when(condition, lines);
  return [`else ${first}`, ...rest];
}

function elseLines(lines: readonly string[]): string[] {
  return ['else', '{', ...lines.map((line) => `    ${line}`), '}'];
}
