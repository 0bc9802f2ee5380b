/**
 * The functions that store values of varying length for the driver, in emitted C, and those that free them.
 *
 * It must not know requests or driver models.
 */
import { type DataBlock, type WireItem } from '../../model/model.js';
import { isWritable, writableItems } from '../../model/set-rules.js';
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
import { type Flavor } from './flavor.js';
import { type BlockApi, type ProviderNames } from './naming.js';
import { isPointer, valueElement } from './value-structs.js';

/** Values are kept in pool, or alternately in the halves of a buffer that the caller gives; nothing has to be released there. */
export function keepFunctions(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  flavor: Flavor,
): CFunction[] {
  const keep = keepFunction(block, api, names, flavor);
  return flavor.callerMemory === true ? [keep] : [keep, releaseFunction(api, names)];
}

function keepFunction(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  flavor: Flavor,
): CFunction {
  const { words } = names;
  const { data, kept, changed, status, stored, merged, memory, buffer, bufferSize } = words;
  const inBuffer = flavor.callerMemory === true;
  const bytes = structBytes(block.data, api.values, names.structOf);
  const locals = localStructs(
    { merged: { name: merged, type: api.values.type, bytes } },
    `&${memory}`,
    flavor,
  );
  const { at, value, pointer, allocation, declaration } = locals.merged;
  const isPooled = allocation.length > 0;
  const writable = isWritable(block);
  const times = timeLines(block.data, api.values, at, 0, names);
  const whole = [`${value} = *${data};`];
  const items = writableItems(block).flatMap((item) => mergeItem(item, api, at, names));
  const given = writable
    ? [
        ...when(`${data} != NULL && ${changed} == NULL`, whole),
        ...elseWhen(`${data} != NULL`, items),
      ]
    : when(`${data} != NULL`, whole);
  const present = [
    ...when(`*${kept} != NULL`, [`${value} = **${kept};`]),
    ...(times.length > 0 ? elseLines(times) : []),
  ];
  return declaredFunction(api.keep, {
    parameters: [
      ...(inBuffer ? [`PVOID ${buffer}`, `ULONG ${bufferSize}`] : []),
      `${api.values.type} **${kept}`,
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
      `VOID *${stored};`,
    ],
    body: [
      ...(inBuffer
        ? [`MofgenArenaForStored(&${memory}, ${buffer}, ${bufferSize}, *${kept});`]
        : []),
      ...allocation,
      ...present,
      ...given,
      `${status} = ${inBuffer ? `MofgenArenaStore(&${memory}, ` : 'MofgenStore('}${api.functions.read}, ${api.functions.write}, ${pointer}, sizeof(${value}), &${stored});`,
      ...(isPooled && !inBuffer ? [`MofgenMemoryFree(&${memory});`] : []),
      ...unlessSuccess(status),
      ...(inBuffer ? [] : [`MofgenFreeStored(*${kept});`]),
      `*${kept} = (${api.values.type} *)${stored};`,
      'return STATUS_SUCCESS;',
    ],
  });
}

function releaseFunction(api: BlockApi, { words }: ProviderNames): CFunction {
  return declaredFunction(api.release, {
    returns: 'VOID',
    parameters: [`${api.values.type} **${words.kept}`],
    body: [`MofgenFreeStored(*${words.kept});`, `*${words.kept} = NULL;`],
  });
}

const INT_BYTES = 4;

/** One item, which changes if it is marked. */
function mergeItem(item: WireItem, api: BlockApi, at: string, names: ProviderNames): string[] {
  const { data, changed } = names.words;
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
