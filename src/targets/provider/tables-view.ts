/**
 * The const tables of the emitted C: what its request handlers know of items, records, methods and blocks.
 *
 * Every number is read from the model; what may be set alone, and which counts stay, from its set rules.
 */
import { type DataBlock, type Model, type WireItem, type WireRecord } from '../../model/model.js';
import {
  isHidden,
  isKeptCount,
  isWritable,
  setItemRule,
  writableItems,
} from '../../model/set-rules.js';
import { commentText } from '../c/text.js';
import { type ProviderNames, type RecordTables } from './naming.js';
import { hasCommit, isWalked, type Requirements } from './requirements.js';
import { type ValueStruct, valueElement } from './value-structs.js';

/** One array of items and the record about it. */
export interface RecordTableView {
  readonly comment: string;
  readonly isEmpty: boolean;
  readonly items: string;
  readonly record: string;
  /** The rows, each with the comment that names its item in front. */
  readonly rows: readonly { readonly comment: string; readonly lines: readonly string[] }[];
  /** The initialisers of the record. */
  readonly lines: readonly string[];
}

export interface BlockTableView {
  readonly name: string;
  readonly hasMethods: boolean;
  readonly methods: string;
  readonly methodRows: readonly { readonly comment: string; readonly lines: readonly string[] }[];
  readonly block: string;
  readonly lines: readonly string[];
}

interface Source {
  readonly record: WireRecord;
  readonly struct: ValueStruct;
  readonly tables: RecordTables;
  readonly label: string;
  /** The data block whose data it is: only there do set requests have rules. */
  readonly block: DataBlock | undefined;
}

/** The tables of every record that a request can reach, embedded ones first. */
export function recordTables(
  model: Model,
  names: ProviderNames,
  needs: Requirements,
): RecordTableView[] {
  const sources: Source[] = [];
  const seen = new Set<WireRecord>();
  const add = (source: Source): void => {
    if (seen.has(source.record)) return;
    seen.add(source.record);
    for (const { type } of source.record.items) {
      if (type.kind === 'structure') add(dataSource(type.structure, names));
    }
    sources.push(source);
  };
  for (const block of model.blocks) {
    if (block.role === 'structure') continue;
    add(dataSource(block, names));
    for (const method of block.methods) {
      const api = names.block(block).method(method);
      const label = `${block.name}.${method.name}`;
      if (method.input.items.length > 0) {
        add({
          record: method.input,
          struct: api.input,
          tables: api.inputTables,
          label: `Input of ${label}`,
          block: undefined,
        });
      }
      if (method.output.items.length > 0) {
        add({
          record: method.output,
          struct: api.output,
          tables: api.outputTables,
          label: `Output of ${label}`,
          block: undefined,
        });
      }
    }
  }
  return sources.map((source) => recordTable(source, names, needs));
}

function dataSource(block: DataBlock, names: ProviderNames): Source {
  const { values, tables } = names.block(block);
  return {
    record: block.data,
    struct: values,
    tables,
    label: `Data of ${block.name}`,
    block: block.role === 'dataBlock' ? block : undefined,
  };
}

function recordTable(source: Source, names: ProviderNames, needs: Requirements): RecordTableView {
  const { record, struct, tables, label } = source;
  const { items, layout } = record;
  const isEmpty = items.length === 0;
  return {
    comment: commentText(label),
    isEmpty,
    items: tables.items,
    record: tables.record,
    rows: items.map((item) => ({
      comment: commentText(item.name),
      lines: fieldLines(itemFields(item, source, names, needs)),
    })),
    lines: fieldLines([
      `.Items = ${isEmpty ? 'NULL' : tables.items}`,
      `.ItemCount = ${items.length}`,
      `.Size = ${layout.size ?? 0}`,
      `.MemorySize = ${isEmpty ? '0' : `sizeof(${struct.type})`}`,
      ...(needs.walks
        ? [
            `.MinimumSize = ${layout.minimumSize}`,
            `.Alignment = ${layout.alignment}`,
            `.Tail = ${tailOf(record)}`,
            `.IsFixed = ${cBoolean(!isWalked(record))}`,
          ]
        : []),
    ]),
  };
}

/** As an element a structure of varying length ends where its data ends; any other where C ends it. */
function tailOf({ layout }: WireRecord): number {
  return layout.kind === 'variable' ? 1 : layout.alignment;
}

const ACCESS = {
  'read-only': 'MofgenReadOnly',
  'read-write': 'MofgenReadWrite',
  'write-only': 'MofgenWriteOnly',
} as const;

const RULES = {
  readOnly: 'MofgenFree',
  free: 'MofgenFree',
  notAlone: 'MofgenNotAlone',
  keepsValue: 'MofgenKeepsValue',
  keepsLength: 'MofgenKeepsLength',
} as const;

const COUNTS = {
  scalar: 'MofgenFixed',
  fixed: 'MofgenFixed',
  sizedBy: 'MofgenSized',
  rest: 'MofgenRest',
} as const;

function itemFields(
  item: WireItem,
  { record, struct, block }: Source,
  names: ProviderNames,
  needs: Requirements,
): string[] {
  const { layout, type, count } = item;
  const size = layout.kind === 'fixed' ? (layout.size ?? 0) : 0;
  const rule = block === undefined ? RULES.free : RULES[setItemRule(block, item).kind];
  const fields = [
    `.Id = ${item.id}`,
    `.Offset = ${layout.offset ?? 'MOFGEN_MOVES'}`,
    `.Size = ${size}`,
    `.Access = ${ACCESS[item.access]}`,
    ...(rule === RULES.free ? [] : [`.Rule = ${rule}`]),
    `.Kind = ${kindOf(item, needs)}`,
    `.Length = ${lengthOf(item, record)}`,
    ...(type.kind === 'structure'
      ? [`.Class = &${names.block(type.structure).tables.record}`]
      : []),
  ];
  if (!needs.walks) return fields;
  const element = valueElement(item, names.structOf);
  return [
    ...fields,
    ...(COUNTS[count.kind] === COUNTS.fixed ? [] : [`.Count = ${COUNTS[count.kind]}`]),
    `.Member = FIELD_OFFSET(${struct.type}, ${struct.member(item)})`,
    `.Stride = sizeof(${element.type}${element.dimensions})`,
    `.Alignment = ${layout.alignment}`,
    ...(count.kind === 'rest'
      ? [`.CountMember = FIELD_OFFSET(${struct.type}, ${struct.count(item)})`]
      : []),
    ...(type.kind === 'integer' && type.signed ? ['.IsSigned = TRUE'] : []),
    ...(block !== undefined && isHidden(record, item) ? ['.IsHidden = TRUE'] : []),
    ...(block !== undefined && isKeptCount(block, item) ? ['.IsKept = TRUE'] : []),
  ];
}

function kindOf({ type }: WireItem, needs: Requirements): string {
  switch (type.kind) {
    case 'boolean':
      return 'MofgenBoolean';
    case 'datetime':
      return needs.keeps ? 'MofgenTime' : 'MofgenBytes';
    case 'string':
      return type.maxLength === undefined ? 'MofgenString' : 'MofgenSlot';
    case 'structure':
      return 'MofgenClass';
    case 'integer':
    case 'char16':
      return 'MofgenBytes';
    default:
      return type satisfies never;
  }
}

/** The number of elements, or the index of the item that says it. */
function lengthOf({ count }: WireItem, record: WireRecord): number {
  switch (count.kind) {
    case 'scalar':
      return 1;
    case 'fixed':
      return count.length;
    case 'sizedBy':
      return record.items.findIndex(({ name }) => name === count.item);
    case 'rest':
      return 0;
    default:
      return count satisfies never;
  }
}

/** The methods and the block itself, for every registered data block. */
export function blockTables(model: Model, names: ProviderNames): BlockTableView[] {
  return model.blocks
    .filter(({ role }) => role === 'dataBlock')
    .map((block) => {
      const api = names.block(block);
      const hasMethods = block.methods.length > 0;
      const writable = writableItems(block).length;
      return {
        name: commentText(block.name),
        hasMethods,
        methods: api.methods,
        methodRows: block.methods.map((method) => {
          const { inputTables, outputTables, callThunk, commitThunk } = api.method(method);
          const recordOf = (record: WireRecord, { record: table }: RecordTables): string =>
            record.items.length === 0 ? '&MofgenNothing' : `&${table}`;
          return {
            comment: commentText(method.name),
            lines: fieldLines([
              `.Id = ${method.id}`,
              `.Input = ${recordOf(method.input, inputTables)}`,
              `.Output = ${recordOf(method.output, outputTables)}`,
              `.Call = ${callThunk}`,
              ...(hasCommit(method) ? [`.Commit = ${commitThunk}`] : []),
            ]),
          };
        }),
        block: api.block,
        lines: fieldLines([
          `.Data = &${api.tables.record}`,
          ...(block.data.items.length > 0 ? [`.Query = ${api.queryThunk}`] : []),
          ...(isWritable(block) ? [`.Set = ${api.setThunk}`, `.WritableCount = ${writable}`] : []),
          ...(hasMethods
            ? [`.Methods = ${api.methods}`, `.MethodCount = ${block.methods.length}`]
            : []),
        ]),
      };
    });
}

function cBoolean(value: boolean): string {
  return value ? 'TRUE' : 'FALSE';
}

/** One field a line: a change of the MOF changes the lines that it concerns. */
function fieldLines(fields: readonly string[]): string[] {
  return fields.map((field) => `${field},`);
}
