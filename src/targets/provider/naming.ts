/**
 * Every name that a driver's part of the emitted C declares, decided once: structures, functions, tables.
 *
 * It claims names from the header's scope, so none of them is a macro there.
 */
import {
  type DataBlock,
  type Method,
  type Model,
  type WireItem,
  type WireRecord,
} from '../../model/model.js';
import { isWritable, writableItems } from '../../model/set-rules.js';
import { commentText } from '../c/text.js';
import { toIdentifier } from '../c/identifiers.js';
import { type CFileNames, type CRecordNames, nameHeader } from '../c/naming.js';
import { isWireExact } from '../c/struct-shape.js';
import { joinedName } from '../joined-name.js';
import { type EmitContext } from '../target.js';
import { hasCommit } from './requirements.js';
import { type StructOf, type ValueStruct } from './value-structs.js';

/** The functions and constants about one record. */
export interface RecordFunctions {
  readonly read: string;
  readonly write: string;
  /** Makes booleans TRUE or FALSE. */
  readonly normalize: string;
  /** Copies items without padding. */
  readonly copy: string;
  /** How it is read and written as an element. */
  readonly element: string;
  /** The same for strings with a MaxLen. */
  stringElement(maxLength: number): string;
}

export interface MethodApi {
  readonly input: ValueStruct;
  readonly output: ValueStruct;
  readonly inputFunctions: RecordFunctions;
  readonly outputFunctions: RecordFunctions;
  /** The user's function: the method, or what prepares its output. */
  readonly call: string;
  /** The user's function that makes the effect. */
  readonly commit: string;
  /** Inside the generated file: it answers a request for the method. */
  readonly execute: string;
}

export interface BlockApi {
  readonly values: ValueStruct;
  readonly functions: RecordFunctions;
  /** Which items a set request changes. */
  readonly changed: string;
  /** Its member for a writable item. */
  changedMember(item: WireItem): string;
  /** The user's functions. */
  readonly create: string;
  readonly remove: string;
  readonly attributes: string;
  readonly destroy: string;
  readonly query: string;
  readonly set: string;
  readonly collect: string;
  /** What the user's functions may call. */
  readonly updateStored: string;
  readonly freeStored: string;
  readonly add: string;
  readonly removeInstance: string;
  readonly instance: string;
  readonly fire: string;
  readonly fireFrom: string;
  /** Inside the generated file. */
  readonly queryData: string;
  readonly setData: string;
  readonly setItem: string;
  readonly executeMethod: string;
  readonly index: string;
  /** The context of an instance in the user's file, and the function that gives it. */
  readonly context: string;
  readonly contextOf: string;
  method(method: Method): MethodApi;
}

/** Names for parameters and variables that are not from the MOF, in declarations and in the user's file. */
export type LocalNames = Readonly<
  Record<
    | 'instance'
    | 'device'
    | 'data'
    | 'changed'
    | 'stored'
    | 'enable'
    | 'attributes'
    | 'object'
    | 'context'
    | 'status'
    | 'first'
    | 'input'
    | 'output'
    | 'id'
    | 'request'
    | 'reader'
    | 'writer'
    | 'readerLocal'
    | 'to'
    | 'from'
    | 'values'
    | 'copy'
    | 'current'
    | 'changes'
    | 'length'
    | 'replacement'
    | 'merged'
    | 'memory'
    | 'buffer'
    | 'bufferSize'
    | 'source'
    | 'encoded',
    string
  >
> & {
  /** Of nested loops. */
  readonly indices: readonly string[];
};

export interface ProviderNames {
  readonly header: CFileNames;
  readonly localNames: LocalNames;
  /** `sensor-log` -> `SensorLog`, what the file's own functions begin with; and `SENSOR_LOG` for its macros. */
  readonly prefix: string;
  readonly macroPrefix: string;
  block(block: DataBlock): BlockApi;
  readonly structOf: StructOf;
  /** A function or type of the whole file. */
  readonly initialize: string;
  claim(wanted: string): string;
  /** Sizes for which the header has no macro, for the driver's part of it. */
  readonly sizeMacros: readonly SizeMacro[];
  /** The macro with that size of a record; `undefined` where the header has another one, or no code uses it. */
  sizeMacro(record: WireRecord, kind: SizeKind): string | undefined;
}

/** `MINIMUM_SIZE`: the minimum size of a buffer with the record. `FULL_SIZE`: the size of a record that is written. */
export type SizeKind = 'MINIMUM_SIZE' | 'FULL_SIZE';

/** A size as the header defines it. */
export interface SizeMacro {
  readonly comment: string;
  readonly name: string;
  readonly value: number;
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
  // What users see is named first, so that no name of ours changes one of theirs.
  const shown = model.blocks.map((block) => nameBlock(block, structOf(block), header));
  const initialize = header.claim(`${prefix}WmiInitialize`);
  model.blocks.forEach((block, index) => {
    const api = shown[index];
    if (api !== undefined) blocks.set(block, withInternals(block, api, header));
  });
  const sizes = nameSizes(blocks, header);
  const macros = new Map<WireRecord, Map<SizeKind, string>>();
  for (const { record, kind, macro } of sizes) {
    const ofRecord = macros.get(record) ?? new Map<SizeKind, string>();
    macros.set(record, ofRecord.set(kind, macro.name));
  }
  return {
    header,
    sizeMacros: sizes.map(({ macro }) => macro),
    sizeMacro: (record, kind) => macros.get(record)?.get(kind),
    localNames: nameLocals(header),
    prefix,
    macroPrefix,
    structOf,
    block: (block) => found(blocks.get(block), block.name),
    initialize,
    claim: (wanted) => header.claim(wanted),
  };
}

function nameLocals(header: CFileNames): LocalNames {
  const scope = header.parameters();
  return {
    instance: scope.claim('Instance'),
    device: scope.claim('Device'),
    data: scope.claim('Data'),
    changed: scope.claim('Changed'),
    stored: scope.claim('Stored'),
    enable: scope.claim('Enable'),
    attributes: scope.claim('Attributes'),
    object: scope.claim('Object'),
    context: scope.claim('context'),
    status: scope.claim('status'),
    first: scope.claim('first'),
    input: scope.claim('input'),
    output: scope.claim('output'),
    id: scope.claim('Id'),
    request: scope.claim('Request'),
    reader: scope.claim('Reader'),
    writer: scope.claim('Writer'),
    readerLocal: scope.claim('reader'),
    to: scope.claim('To'),
    from: scope.claim('From'),
    values: scope.claim('data'),
    copy: scope.claim('copy'),
    current: scope.claim('current'),
    changes: scope.claim('changed'),
    length: scope.claim('elementCount'),
    replacement: scope.claim('replacement'),
    merged: scope.claim('merged'),
    memory: scope.claim('memory'),
    buffer: scope.claim('Buffer'),
    bufferSize: scope.claim('BufferSize'),
    source: scope.claim('source'),
    encoded: scope.claim('encoded'),
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

/** The names that a driver's own files use. */
function nameBlock(block: DataBlock, values: ValueStruct, header: CFileNames): ShownApi {
  const { name } = block;
  const claim = (...parts: readonly string[]): string => header.claim(joinedName(name, ...parts));
  const changedScope = header.members();
  const changedMembers = new Map(
    writableItems(block).map((item) => [item, changedScope.claim(item.name)]),
  );
  const own = {
    values,
    changed: header.claim(`${header.block(block).struct}_CHANGED`),
    changedMember: (item: WireItem) => found(changedMembers.get(item), item.name),
    create: claim('Create'),
    remove: claim('Delete'),
    attributes: claim('Attributes'),
    destroy: claim('EvtDestroy'),
    query: claim('Query'),
    set: claim('Set'),
    collect: claim('Collect'),
    updateStored: claim('UpdateStored'),
    freeStored: claim('FreeStored'),
    add: claim('AddInstance'),
    removeInstance: claim('RemoveInstance'),
    instance: claim('Instance'),
    fire: claim('Fire'),
    fireFrom: claim('FireFrom'),
    context: header.claim(`${upperCase(name)}_CONTEXT`),
    contextOf: claim('GetContext'),
  };
  const methods = new Map(
    block.methods.map((method): [Method, ShownMethod] => {
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
          call: hasCommit(method) ? claim(method.name, 'Prepare') : own,
          commit: claim(method.name, 'Commit'),
        },
      ];
    }),
  );
  return { ...own, method: (method) => found(methods.get(method), method.name) };
}

type ShownMethod = Omit<MethodApi, 'inputFunctions' | 'outputFunctions' | 'execute'>;

type InternalName = 'functions' | 'queryData' | 'setData' | 'setItem' | 'executeMethod' | 'index';

type ShownApi = Omit<BlockApi, InternalName | 'method'> & {
  method(method: Method): ShownMethod;
};

/** Adds the names that only the generated source has. */
function withInternals(block: DataBlock, shown: ShownApi, header: CFileNames): BlockApi {
  const claim = (...parts: readonly string[]): string =>
    header.claim(joinedName(block.name, ...parts));
  const functionsOf = (...parts: readonly string[]): RecordFunctions => {
    const elements = new Map<number, string>();
    return {
      read: claim(...parts, 'Read'),
      write: claim(...parts, 'Write'),
      normalize: claim(...parts, 'Normalize'),
      copy: claim(...parts, 'Copy'),
      element: claim(...parts, 'Element'),
      stringElement(maxLength) {
        const known = elements.get(maxLength);
        if (known !== undefined) return known;
        const made = claim(...parts, `String${maxLength}Element`);
        elements.set(maxLength, made);
        return made;
      },
    };
  };
  const methods = new Map(
    block.methods.map((method): [Method, MethodApi] => [
      method,
      {
        ...shown.method(method),
        inputFunctions: functionsOf(method.name, 'Input'),
        outputFunctions: functionsOf(method.name, 'Output'),
        execute: claim('Execute', method.name),
      },
    ]),
  );
  return {
    ...shown,
    functions: functionsOf(),
    queryData: claim('QueryData'),
    setData: claim('SetData'),
    setItem: claim('SetDataItem'),
    executeMethod: claim('ExecuteMethod'),
    index: claim('Index'),
    method: (method) => found(methods.get(method), method.name),
  };
}

interface NamedSize {
  readonly record: WireRecord;
  readonly kind: SizeKind;
  readonly macro: SizeMacro;
}

/** The sizes that requests are checked against and that the header's structures have no macro for. */
function nameSizes(blocks: ReadonlyMap<DataBlock, BlockApi>, header: CFileNames): NamedSize[] {
  const found: NamedSize[] = [];
  const add = (
    record: WireRecord,
    kind: SizeKind,
    value: number | undefined,
    names: CRecordNames,
    comment: string,
  ): void => {
    if (value === undefined || value === 0) return;
    const name = header.claim(`${names.struct}_${kind}`);
    found.push({ record, kind, macro: { comment, name, value } });
  };
  const addRecord = (
    record: WireRecord,
    struct: ValueStruct,
    names: CRecordNames,
    what: string,
    use: { readonly isRead: boolean; readonly isWritten: boolean },
  ): void => {
    const { layout, items } = record;
    if (items.length === 0) return;
    const hasMacro = names.recordSizeMacro !== undefined && !struct.isOwn;
    if (layout.kind === 'fixed' ? !hasMacro : use.isWritten && !hasMacro) {
      add(record, 'FULL_SIZE', layout.size, names, `The size of ${what}, in bytes.`);
    }
    if (layout.kind !== 'fixed' && use.isRead) {
      add(
        record,
        'MINIMUM_SIZE',
        layout.minimumSize,
        names,
        `The minimum size of a buffer with ${what}, in bytes.`,
      );
    }
  };
  for (const [block, api] of blocks) {
    if (block.role !== 'dataBlock') continue;
    addRecord(
      block.data,
      api.values,
      header.block(block).data,
      `the data of ${commentText(block.name)}`,
      {
        isRead: isWritable(block),
        isWritten: true,
      },
    );
    for (const method of block.methods) {
      const names = header.block(block).method(method);
      const { input, output } = api.method(method);
      const label = commentText(`${block.name}.${method.name}`);
      addRecord(method.input, input, names.input, `the input of ${label}`, {
        isRead: true,
        isWritten: false,
      });
      addRecord(method.output, output, names.output, `the output of ${label}`, {
        isRead: false,
        isWritten: true,
      });
    }
  }
  return found;
}

/** `smart-fan` -> `SmartFan` */
function pascalCase(text: string): string {
  const localNames = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return localNames.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
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
