/**
 * Every name that a driver's part of the emitted C declares, decided once: structures, functions, tables.
 *
 * It claims names from the header's scope, so none of them is a macro there. It must not know KMDF from WDM.
 */
import {
  type DataBlock,
  type Method,
  type Model,
  type WireItem,
  type WireRecord,
} from '../../model/model.js';
import { writableItems } from '../../model/set-rules.js';
import { toIdentifier } from '../c/names.js';
import { type CFileNames, type CRecordNames, nameHeader } from '../c/naming.js';
import { isWireExact } from '../c/struct-shape.js';
import { joinedName } from '../joined-name.js';
import { type EmitContext } from '../target.js';
import { hasCommit } from './requirements.js';
import { type StructOf, type ValueStruct } from './value-structs.js';

/** The tables about one record. */
export interface RecordTables {
  readonly items: string;
  readonly record: string;
}

export interface MethodApi {
  readonly input: ValueStruct;
  readonly output: ValueStruct;
  readonly inputTables: RecordTables;
  readonly outputTables: RecordTables;
  /** The user's function: the method, or what prepares its output. */
  readonly call: string;
  /** The user's function that makes the effect. */
  readonly commit: string;
  readonly callThunk: string;
  readonly commitThunk: string;
}

export interface BlockApi {
  readonly values: ValueStruct;
  readonly tables: RecordTables;
  /** Which items a set request changes. */
  readonly changed: string;
  /** Its member for a writable item. */
  changedMember(item: WireItem): string;
  /** The user's functions. */
  readonly create: string;
  readonly remove: string;
  readonly attributes: string;
  readonly cleanup: string;
  readonly query: string;
  readonly set: string;
  readonly collect: string;
  /** What the user's functions may call. */
  readonly keep: string;
  readonly release: string;
  readonly add: string;
  readonly instance: string;
  readonly fire: string;
  readonly fireFrom: string;
  /** Inside the generated file. */
  readonly block: string;
  readonly methods: string;
  readonly queryThunk: string;
  readonly setThunk: string;
  readonly evtQuery: string;
  readonly evtSetInstance: string;
  readonly evtSetItem: string;
  readonly evtExecute: string;
  readonly evtControl: string;
  readonly index: string;
  /** The context of an instance in the user's file, and the function that gives it. */
  readonly context: string;
  readonly contextOf: string;
  method(method: Method): MethodApi;
}

/** Names for parameters and variables that are not from the MOF, in declarations and in the user's file. */
export type Words = Readonly<
  Record<
    | 'instance'
    | 'device'
    | 'data'
    | 'changed'
    | 'kept'
    | 'enable'
    | 'attributes'
    | 'object'
    | 'context'
    | 'status'
    | 'first'
    | 'input'
    | 'output',
    string
  >
> & {
  /** Of nested loops. */
  readonly indices: readonly string[];
};

export interface ProviderNames {
  readonly header: CFileNames;
  readonly words: Words;
  /** `sensor-log` -> `SensorLog`, what the file's own functions begin with; and `SENSOR_LOG` for its macros. */
  readonly prefix: string;
  readonly macroPrefix: string;
  block(block: DataBlock): BlockApi;
  readonly structOf: StructOf;
  /** A function or type of the whole file. */
  readonly initialize: string;
  claim(wanted: string): string;
}

/** Claims the names of everything that a provider of `model` emits. */
export function nameProvider(model: Model, context: EmitContext): ProviderNames {
  const header = nameHeader(model, context);
  const prefix = pascalCase(context.base);
  const macroPrefix = macroPrefixOf(context.base);
  const blocks = new Map<DataBlock, BlockApi>();
  const structs = new Map<DataBlock, ValueStruct>();
  const structOf = (block: DataBlock): ValueStruct => {
    const found = structs.get(block);
    if (found !== undefined) return found;
    const made = valueStruct(
      block.data,
      header.block(block).data,
      header.block(block).struct,
      header.declares(block),
      header,
    );
    structs.set(block, made);
    return made;
  };
  for (const block of model.blocks) structOf(block);
  for (const block of model.blocks) blocks.set(block, nameBlock(block, structOf(block), header));
  return {
    header,
    words: nameWords(header),
    prefix,
    macroPrefix,
    structOf,
    block: (block) => found(blocks.get(block), block.name),
    initialize: header.claim(`${prefix}WmiInitialize`),
    claim: (wanted) => header.claim(wanted),
  };
}

function nameWords(header: CFileNames): Words {
  const scope = header.parameters();
  return {
    instance: scope.claim('Instance'),
    device: scope.claim('Device'),
    data: scope.claim('Data'),
    changed: scope.claim('Changed'),
    kept: scope.claim('Kept'),
    enable: scope.claim('Enable'),
    attributes: scope.claim('Attributes'),
    object: scope.claim('Object'),
    context: scope.claim('context'),
    status: scope.claim('status'),
    first: scope.claim('first'),
    input: scope.claim('input'),
    output: scope.claim('output'),
    indices: ['i', 'j', 'k', 'l', 'm', 'n'].map((name) => scope.claim(name)),
  };
}

function valueStruct(
  record: WireRecord,
  names: CRecordNames,
  struct: string,
  isDeclared: boolean,
  header: CFileNames,
): ValueStruct {
  if (isDeclared && isWireExact(record)) {
    return { type: struct, isOwn: false, member: (item) => names.member(item), count: unexpected };
  }
  const scope = header.members();
  const members = new Map(record.items.map((item) => [item, scope.claim(item.name)]));
  const counts = new Map(
    record.items
      .filter(({ count }) => count.kind === 'rest')
      .map((item) => [item, scope.claim(`${item.name}Count`)]),
  );
  return {
    type: record.items.length === 0 ? struct : header.claim(`${struct}_VALUES`),
    isOwn: record.items.length > 0,
    member: (item) => found(members.get(item), item.name),
    count: (item) => found(counts.get(item), item.name),
  };
}

function nameBlock(block: DataBlock, values: ValueStruct, header: CFileNames): BlockApi {
  const { name } = block;
  const claim = (...parts: readonly string[]): string => header.claim(joinedName(name, ...parts));
  const tables = (...parts: readonly string[]): RecordTables => ({
    items: claim(...parts, 'Items'),
    record: claim(...parts, 'Record'),
  });
  const changedScope = header.members();
  const changedMembers = new Map(
    writableItems(block).map((item) => [item, changedScope.claim(item.name)]),
  );
  const own = {
    values,
    tables: tables(),
    changed: header.claim(`${header.block(block).struct}_CHANGED`),
    changedMember: (item: WireItem) => found(changedMembers.get(item), item.name),
    create: claim('Create'),
    remove: claim('Delete'),
    attributes: claim('Attributes'),
    cleanup: claim('EvtCleanup'),
    query: claim('Query'),
    set: claim('Set'),
    collect: claim('Collect'),
    keep: claim('Keep'),
    release: claim('Release'),
    add: claim('AddInstance'),
    instance: claim('Instance'),
    fire: claim('Fire'),
    fireFrom: claim('FireFrom'),
    block: claim('Block'),
    methods: claim('Methods'),
    queryThunk: claim('CallQuery'),
    setThunk: claim('CallSet'),
    evtQuery: claim('EvtWmiInstanceQueryInstance'),
    evtSetInstance: claim('EvtWmiInstanceSetInstance'),
    evtSetItem: claim('EvtWmiInstanceSetItem'),
    evtExecute: claim('EvtWmiInstanceExecuteMethod'),
    evtControl: claim('EvtWmiProviderFunctionControl'),
    index: claim('Index'),
    context: header.claim(`${upperCase(name)}_CONTEXT`),
    contextOf: claim('GetContext'),
  };
  const methods = new Map(
    block.methods.map((method): [Method, MethodApi] => {
      const names = header.block(block).method(method);
      const own = header.claim(joinedName(name, method.name));
      return [
        method,
        {
          input: valueStruct(
            method.input,
            names.input,
            names.input.struct,
            header.declares(block),
            header,
          ),
          output: valueStruct(
            method.output,
            names.output,
            names.output.struct,
            header.declares(block),
            header,
          ),
          inputTables: tables(method.name, 'Input'),
          outputTables: tables(method.name, 'Output'),
          call: hasCommit(method) ? claim(method.name, 'Prepare') : own,
          commit: claim(method.name, 'Commit'),
          callThunk: claim('Call', method.name),
          commitThunk: claim('CallCommit', method.name),
        },
      ];
    }),
  );
  return { ...own, method: (method) => found(methods.get(method), method.name) };
}

/** `smart-fan` -> `SmartFan` */
function pascalCase(text: string): string {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** What the macros of a file begin with. */
export function macroPrefixOf(base: string): string {
  return toIdentifier(upperCase(base));
}

/** `SmartFan` and `smart-fan` -> `SMART_FAN` */
function upperCase(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .toUpperCase();
}

function unexpected(item: WireItem): never {
  throw new Error(`'${item.name}' has no member with its number of elements`);
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`no name was claimed for ${name}`);
  return value;
}
