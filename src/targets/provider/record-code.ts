/**
 * The functions that read and write one record, in emitted C: one statement for each item, in the order of the buffer.
 *
 * Sizes and alignments are the model's.
 */
import { type DataBlock, type WireItem, type WireRecord } from '../../model/model.js';
import { countItem, isHidden } from '../../model/set-rules.js';
import { type CFunction, conversionFunction, when } from './c-function.js';
import { loop } from './empty-values.js';
import { type ProviderNames, type RecordFunctions } from './naming.js';
import { isWalked } from './requirements.js';
import { isPointer, type ValueStruct, valueElement } from './value-structs.js';

/** What is emitted for one record. */
export interface RecordCode {
  readonly functions: readonly CFunction[];
  /** The lines of the constant after them. */
  readonly constants: readonly string[];
}

/** Which functions of a record somebody calls. */
export interface RecordUse {
  reads: boolean;
  /** Its items are read, by a function of its own or another one. */
  readsStrings: boolean;
  writes: boolean;
  /** It is an element of an array, or embedded. */
  isElement: boolean;
  normalizes: boolean;
  copies: boolean;
}

/** A record with its structure, its functions, and what is wanted of them. */
export interface CodeRecord {
  readonly record: WireRecord;
  readonly struct: ValueStruct;
  readonly functions: RecordFunctions;
  readonly label: string;
  readonly use: RecordUse;
}

/** Whether a record of one size has booleans, which become TRUE or FALSE. */
export function hasBooleans({ items }: WireRecord): boolean {
  return items.some(
    ({ type }) =>
      type.kind === 'boolean' || (type.kind === 'structure' && hasBooleans(type.structure.data)),
  );
}

/** Whether a record of one size has padding between its items: padding is never copied into a buffer. */
export function hasPadding({ items }: WireRecord): boolean {
  let end = 0;
  for (const { layout, type } of items) {
    if (layout.offset !== end) return true;
    end += layout.size ?? 0;
    if (type.kind === 'structure' && needsCopy(type.structure.data)) return true;
  }
  return false;
}

/** Whether elements lie in a buffer as they do in memory, so that a pointer into the buffer will do. */
export function isPlain({ type }: WireItem): boolean {
  if (type.kind === 'structure') return !isWalked(type.structure.data);
  return type.kind !== 'string';
}

/** Whether elements are written by copying their bytes. */
function isCopied(item: WireItem): boolean {
  if (!isPlain(item)) return false;
  if (item.type.kind !== 'structure') return true;
  const { data } = item.type.structure;
  return !hasBooleans(data) && !needsCopy(data);
}

/** Whether a structure of one size has padding anywhere, at its end included. */
function needsCopy(record: WireRecord): boolean {
  return hasPadding(record) || record.layout.paddedSize !== record.layout.size;
}

/** Notes that a record is read by a function of its own. */
export function noteReads(target: CodeRecord, of: (structure: DataBlock) => CodeRecord): void {
  if (target.use.reads) return;
  target.use.reads = true;
  // A structure of one size is read as a whole.
  if (isWalked(target.record)) noteReadsInside(target, of);
}

/** Notes what reading the items of a record requires of the records in it. */
export function noteReadsInside(
  target: CodeRecord,
  of: (structure: DataBlock) => CodeRecord,
): void {
  target.use.readsStrings = true;
  for (const item of target.record.items) {
    if (item.type.kind !== 'structure' || (isPlain(item) && isPointer(item))) continue;
    const inner = of(item.type.structure);
    if (isCopied(item)) continue;
    inner.use.isElement = true;
    noteReads(inner, of);
    if (!isWalked(inner.record) && hasBooleans(inner.record)) noteNormalizes(inner, of);
  }
}

/** Notes what writing the record requires of the records in it. */
export function noteWrites(target: CodeRecord, of: (structure: DataBlock) => CodeRecord): void {
  if (target.use.writes) return;
  target.use.writes = true;
  for (const item of target.record.items) {
    if (item.type.kind !== 'structure' || isCopied(item)) continue;
    const inner = of(item.type.structure);
    inner.use.isElement = true;
    noteWrites(inner, of);
  }
}

/** Notes that the booleans of a structure in memory become TRUE or FALSE. */
export function noteNormalizes(target: CodeRecord, of: (structure: DataBlock) => CodeRecord): void {
  if (target.use.normalizes) return;
  target.use.normalizes = true;
  noteNormalizesInside(target.record, of);
}

/** The same for a structure whose own booleans are taken care of in place. */
export function noteNormalizesInside(
  record: WireRecord,
  of: (structure: DataBlock) => CodeRecord,
): void {
  for (const { type } of record.items) {
    if (type.kind === 'structure' && hasBooleans(type.structure.data)) {
      noteNormalizes(of(type.structure), of);
    }
  }
}

/** Notes that a structure is copied without its padding. */
export function noteCopies(target: CodeRecord, of: (structure: DataBlock) => CodeRecord): void {
  if (target.use.copies) return;
  target.use.copies = true;
  for (const { type } of target.record.items) {
    if (type.kind === 'structure' && needsCopy(type.structure.data)) {
      noteCopies(of(type.structure), of);
    }
  }
}

/** The functions of a record that are used, in an order in which each has what it calls. */
export function recordCode(
  target: CodeRecord,
  names: ProviderNames,
  of: (structure: DataBlock) => CodeRecord,
): RecordCode {
  const { use, record, struct, functions } = target;
  const { localNames } = names;
  const { layout } = record;
  /** The structure that the function gets without its type. */
  const typed = (pointer: string): string =>
    `${pointer}${localNames.values} = (${pointer})${localNames.data};`;
  const emitted: CFunction[] = [];
  if (use.normalizes) {
    emitted.push(
      conversionFunction(functions.normalize, {
        parameters: [`_Inout_ ${struct.type} *${localNames.data}`],
        body: normalizeLines(record, struct, `${localNames.data}->`, names, of),
      }),
    );
  }
  if (use.copies) {
    emitted.push(
      conversionFunction(functions.copy, {
        comment: [
          'Copies the items and zeroes the padding between them, so that no stale bytes reach the caller.',
        ],
        parameters: [
          `_Out_ ${struct.type} *${localNames.to}`,
          `_In_ const ${struct.type} *${localNames.from}`,
        ],
        body: [
          `RtlZeroMemory(${localNames.to}, sizeof(*${localNames.to}));`,
          ...record.items.flatMap((item) => copyLines(item, struct, names, of)),
        ],
      }),
    );
  }
  if (use.reads) {
    const lines = isWalked(record)
      ? readRecordLines(target, `${localNames.values}->`, localNames.reader, names)
      : [
          `MofgenRead(${localNames.reader}, ${layout.alignment}, ${localNames.values}, sizeof(*${localNames.values}));`,
          ...(hasBooleans(record) ? [`${functions.normalize}(${localNames.values});`] : []),
        ];
    emitted.push(
      conversionFunction(functions.read, {
        parameters: [
          `_Inout_ MOFGEN_READER *${localNames.reader}`,
          `_Inout_ VOID *${localNames.data}`,
        ],
        locals: [typed(`${struct.type} *`)],
        body: lines,
      }),
    );
  }
  if (use.writes) {
    emitted.push(
      conversionFunction(functions.write, {
        parameters: [
          `_Inout_ MOFGEN_WRITER *${localNames.writer}`,
          `_In_ const VOID *${localNames.data}`,
        ],
        locals: [typed(`const ${struct.type} *`)],
        body: record.items.map((item) => writeLine(item, target, `${localNames.values}->`, names)),
      }),
    );
  }
  return {
    functions: emitted,
    constants: use.isElement ? elementLines(target) : [],
  };
}

/** The constants for arrays of bounded strings in a record. */
export function stringElements(target: CodeRecord): string[] {
  const { record, use, functions } = target;
  if (!use.readsStrings && !use.writes) return [];
  const lengths = new Set(
    record.items.flatMap(({ type, count }) =>
      type.kind === 'string' && type.maxLength !== undefined && count.kind !== 'scalar'
        ? [type.maxLength]
        : [],
    ),
  );
  return [...lengths].map(
    (length) =>
      `static const MOFGEN_ELEMENT ${functions.stringElement(length)} = MOFGEN_BOUNDED_STRING_ELEMENT(sizeof(WCHAR[${length} + 1]));`,
  );
}

function elementLines({ record, struct, functions, use }: CodeRecord): string[] {
  const { alignment, minimumSize } = record.layout;
  const fields = [
    ...(use.reads ? [`.Read = ${functions.read}`] : []),
    ...(use.writes ? [`.Write = ${functions.write}`] : []),
    `.Size = sizeof(${struct.type})`,
    `.MinimumSize = ${Math.max(1, minimumSize)}`,
    `.Alignment = ${alignment}`,
    `.TrailingAlignment = ${trailingAlignment(record)}`,
  ];
  return [
    `static const MOFGEN_ELEMENT ${functions.element} = {`,
    ...fields.map((field) => `    ${field},`),
    '};',
  ];
}

/** As an element a structure of varying length ends where its data ends; any other where C ends it. */
export function trailingAlignment({ layout }: WireRecord): number {
  return layout.kind === 'variable' ? 1 : layout.alignment;
}

/** The name of the constant that describes how elements of `item` are read and written. */
function elementOf(item: WireItem, { functions }: CodeRecord, names: ProviderNames): string {
  if (item.type.kind === 'structure') return names.block(item.type.structure).functions.element;
  return item.type.kind === 'string' && item.type.maxLength !== undefined
    ? functions.stringElement(item.type.maxLength)
    : 'MofgenStringElement';
}

/** How many elements an array has that another item counts, as an unsigned number. */
export function countOf(
  record: WireRecord,
  item: WireItem,
  struct: ValueStruct,
  at: string,
): string {
  if (item.count.kind === 'rest') return `${at}${struct.count(item)}`;
  const counter = countItem(record, item);
  return counter === undefined ? '1' : unsignedCount(counter, struct, at);
}

/** The value of a count as an unsigned number: a negative one is larger than any buffer. */
export function unsignedCount(counter: WireItem, struct: ValueStruct, at: string): string {
  const value = `${at}${struct.member(counter)}`;
  const isSigned = counter.type.kind !== 'integer' || counter.type.signed;
  return isSigned ? `(ULONGLONG)${value}` : value;
}

/** The statements that read the items of a record into zeroed values. */
export function readRecordLines(
  target: CodeRecord,
  at: string,
  reader: string,
  names: ProviderNames,
): string[] {
  return target.record.items.map((item) => readLine(item, target, at, reader, names));
}

/** The statement that reads one item. */
export function readLine(
  item: WireItem,
  target: CodeRecord,
  at: string,
  reader: string,
  names: ProviderNames,
): string {
  const { record, struct } = target;
  const member = `${at}${struct.member(item)}`;
  const { alignment } = item.layout;
  switch (item.count.kind) {
    case 'sizedBy': {
      const count = countOf(record, item, struct, at);
      return isPlain(item)
        ? `${member} = MofgenReadArray(${reader}, ${alignment}, sizeof(*${member}), ${count});`
        : `${member} = MofgenReadElements(${reader}, &${elementOf(item, target, names)}, ${count});`;
    }
    case 'rest':
      return readToEnd(item, target, member, `&${at}${struct.count(item)}`, reader, names);
    case 'scalar':
    case 'fixed':
      return readFixed(item, target, member, reader, names);
    default:
      return item.count satisfies never;
  }
}

/** The statement that reads all elements that are there. */
export function readToEnd(
  item: WireItem,
  target: CodeRecord,
  member: string,
  count: string,
  reader: string,
  names: ProviderNames,
): string {
  return isPlain(item)
    ? `${member} = MofgenReadArrayToEnd(${reader}, ${item.layout.alignment}, sizeof(*${member}), ${count});`
    : `${member} = MofgenReadElementsToEnd(${reader}, &${elementOf(item, target, names)}, ${count});`;
}

function readFixed(
  item: WireItem,
  target: CodeRecord,
  member: string,
  reader: string,
  names: ProviderNames,
): string {
  const { type, count, layout } = item;
  const isArray = count.kind === 'fixed';
  const length = isArray ? count.length : 1;
  const pointer = isArray ? member : `&${member}`;
  if (type.kind === 'boolean') return `MofgenReadBooleans(${reader}, ${pointer}, ${length});`;
  if (type.kind === 'string' && !isArray) {
    return type.maxLength === undefined
      ? `MofgenReadString(${reader}, &${member});`
      : `MofgenReadBoundedString(${reader}, ${member}, sizeof(${member}));`;
  }
  if (type.kind === 'string' || (type.kind === 'structure' && !isCopied(item))) {
    return `MofgenReadElementsInto(${reader}, &${elementOf(item, target, names)}, ${length}, ${pointer});`;
  }
  return `MofgenRead(${reader}, ${layout.alignment}, &${member}, sizeof(${member}));`;
}

/** The statement that writes one item. */
function writeLine(item: WireItem, target: CodeRecord, at: string, names: ProviderNames): string {
  const { record, struct } = target;
  const { writer } = names.localNames;
  const { type, count, layout } = item;
  const member = `${at}${struct.member(item)}`;
  if (isPointer(item)) {
    const elements = countOf(record, item, struct, at);
    if (type.kind === 'boolean') return `MofgenWriteBooleans(${writer}, ${member}, ${elements});`;
    return isCopied(item)
      ? `MofgenWriteArray(${writer}, ${layout.alignment}, sizeof(*${member}), ${elements}, ${member});`
      : `MofgenWriteElements(${writer}, &${elementOf(item, target, names)}, ${elements}, ${member});`;
  }
  const isArray = count.kind === 'fixed';
  const length = isArray ? count.length : 1;
  const pointer = isArray ? member : `&${member}`;
  if (type.kind === 'boolean') return `MofgenWriteBooleans(${writer}, ${pointer}, ${length});`;
  if (type.kind === 'string' && !isArray) {
    return type.maxLength === undefined
      ? `MofgenWriteString(${writer}, &${member});`
      : `MofgenWriteBoundedString(${writer}, ${member}, sizeof(${member}));`;
  }
  if (type.kind === 'string' || !isCopied(item)) {
    return `MofgenWriteElements(${writer}, &${elementOf(item, target, names)}, ${length}, ${pointer});`;
  }
  return `MofgenWrite(${writer}, ${layout.alignment}, &${member}, sizeof(${member}));`;
}

/** The statements that make every boolean of a structure TRUE or FALSE. */
export function normalizeLines(
  record: WireRecord,
  struct: ValueStruct,
  at: string,
  names: ProviderNames,
  of: (structure: DataBlock) => CodeRecord,
): string[] {
  return record.items.flatMap((item) => normalizeItem(item, struct, at, names, of));
}

/** The same for one item; nothing for one without booleans. */
export function normalizeItem(
  item: WireItem,
  struct: ValueStruct,
  at: string,
  names: ProviderNames,
  of: (structure: DataBlock) => CodeRecord,
): string[] {
  const { type, count } = item;
  const member = `${at}${struct.member(item)}`;
  const one = (value: string): string[] => {
    if (type.kind === 'boolean') return [`${value} = ${value} != 0;`];
    if (type.kind !== 'structure' || !hasBooleans(type.structure.data)) return [];
    return [`${of(type.structure).functions.normalize}(&${value});`];
  };
  if (one(member).length === 0) return [];
  return count.kind === 'fixed'
    ? loop(count.length, 0, names.localNames, (index) => one(`${member}[${index}]`))
    : one(member);
}

function copyLines(
  item: WireItem,
  struct: ValueStruct,
  names: ProviderNames,
  of: (structure: DataBlock) => CodeRecord,
): string[] {
  const { localNames } = names;
  const { type, count } = item;
  const to = `${localNames.to}->${struct.member(item)}`;
  const from = `${localNames.from}->${struct.member(item)}`;
  if (type.kind === 'structure' && needsCopy(type.structure.data)) {
    const { copy } = of(type.structure).functions;
    return count.kind === 'fixed'
      ? loop(count.length, 0, localNames, (index) => [
          `${copy}(&${to}[${index}], &${from}[${index}]);`,
        ])
      : [`${copy}(&${to}, &${from});`];
  }
  const isArray = count.kind === 'fixed' || valueElement(item, names.structOf).dimensions !== '';
  return isArray ? [`RtlCopyMemory(${to}, ${from}, sizeof(${to}));`] : [`${to} = ${from};`];
}

/** The statements with which a query shows zeros in place of a write-only item. */
export function hideLines(
  item: WireItem,
  { record, struct }: CodeRecord,
  at: string,
  request: string,
): string[] {
  const member = `${at}${struct.member(item)}`;
  switch (item.count.kind) {
    case 'rest':
      return [`${at}${struct.count(item)} = 0;`];
    case 'sizedBy': {
      const counter = countItem(record, item);
      // The count that a query shows is 0.
      if (counter !== undefined && isHidden(record, counter)) return [];
      const elements = countOf(record, item, struct, at);
      return when(`${elements} > 0`, [
        `${member} = MofgenRequestZeroElements(${request}, ${elements}, sizeof(*${member}));`,
        ...when(`${member} == NULL`, ['return STATUS_INSUFFICIENT_RESOURCES;']),
      ]);
    }
    case 'scalar':
    case 'fixed':
      return [`RtlZeroMemory(&${member}, sizeof(${member}));`];
    default:
      return item.count satisfies never;
  }
}
