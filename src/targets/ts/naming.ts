/**
 * The names that one generated file declares, shared by all its views. They are claimed in model order, so the same
 * model always gets the same names.
 */
import {
  type DataBlock,
  type Method,
  type Model,
  type NamedValue,
  type WireItem,
  type WireRecord,
} from '../../model/model.js';
import { localScope, memberScope, moduleScope, type NameScope, pascalCase } from './identifiers.js';
import { joinedName } from '../joined-name.js';
import { type NamesOf, type StructureNames } from './spelling.js';

/** The names that belong to one record: a block's data, a method's input or its output. */
export interface RecordNames extends StructureNames {
  /** The property name of an item. */
  member(item: WireItem): string;
  /** The const objects of named values and bits. */
  values(item: WireItem): string;
  bits(item: WireItem): string;
  /** The type of an item whose every value has a name; `undefined` for any other item. */
  listed(item: WireItem): string | undefined;
  /** Names for variables in a function about this record. */
  locals(used: readonly string[]): NameScope;
}

export interface MethodNames {
  /** The provider's member. */
  readonly member: string;
  /** The skeleton's field for the last input. */
  readonly kept: string;
  readonly input: RecordNames;
  readonly output: RecordNames;
  readonly validateInput: string;
}

export interface BlockNames {
  readonly data: RecordNames;
  readonly changes: string;
  readonly provider: string;
  /** The interface with all types of the block. */
  readonly types: string;
  readonly block: string;
  readonly validateInstance: string;
  readonly validateItem: string;
  /** The skeleton's class, and the field for its values. */
  readonly skeleton: string;
  readonly field: string;
  /** mofgen's own members of the provider interface. */
  readonly query: string;
  readonly set: string;
  readonly collect: string;
  method(method: Method): MethodNames;
}

export interface FileNames {
  block(block: DataBlock): BlockNames;
  /** The key of a registered block in the providers and the registration. */
  key(block: DataBlock): string;
  readonly namesOf: NamesOf;
  readonly providers: string;
  readonly registration: string;
  readonly register: string;
  /** The skeleton's function that registers its classes. */
  readonly registerSkeletons: string;
}

/** mofgen's own members of every provider interface. */
const OWN_MEMBERS = { query: 'query', set: 'set', collect: 'collect' } as const;

/** Claims all names for the files of `model`. */
export function nameFile(model: Model, base: string): FileNames {
  const module = moduleScope();
  // Class names are claimed first, so that they keep their spelling and derived names give way.
  const typeNames = new Map(model.blocks.map((block) => [block, module.claim(block.name)]));
  const blocks = new Map<DataBlock, BlockNames>();
  for (const [block, type] of typeNames) blocks.set(block, nameBlock(block, type, module));
  const keys = memberScope();
  const keyOf = new Map(model.blocks.map((block) => [block, keys.claim(block.name)]));
  const file = pascalCase(base);

  const block = (of: DataBlock): BlockNames => found(blocks.get(of), of.name);
  return {
    block,
    key: (of) => found(keyOf.get(of), of.name),
    namesOf: (type) => block(type.structure).data,
    providers: module.claim(`${file}Providers`),
    registration: module.claim(`${file}Registration`),
    register: module.claim(`register${file}`),
    registerSkeletons: module.claim('registerProviders'),
  };
}

type ModuleScope = ReturnType<typeof moduleScope>;

function nameBlock(block: DataBlock, type: string, module: ModuleScope): BlockNames {
  const data = nameRecord(block.data, type, module);
  // In an interface, `new(…)` would declare a constructor.
  const members = memberScope([...Object.values(OWN_MEMBERS), 'new']);
  const methodMembers = block.methods.map((method) => ({
    method,
    member: members.claim(method.name),
  }));
  const methods = new Map(
    methodMembers.map(({ method, member }): [Method, MethodNames] => {
      const whole = joinedName(type, member);
      const input = module.claim(joinedName(whole, 'Input'));
      const output = module.claim(joinedName(whole, 'Output'));
      return [
        method,
        {
          member,
          kept: members.claim(`last${member.charAt(0).toUpperCase()}${member.slice(1)}`),
          input: nameRecord(method.input, input, module),
          output: nameRecord(method.output, output, module),
          validateInput: module.claim(`validate${input}`),
        },
      ];
    }),
  );
  return {
    data,
    changes: module.claim(joinedName(type, 'Changes')),
    provider: module.claim(joinedName(type, 'Provider')),
    types: module.claim(joinedName(type, 'Types')),
    block: module.claim(joinedName(type, block.role === 'event' ? 'Event' : 'Block')),
    validateInstance: module.claim(joinedName(`validate${type}`, 'Instance')),
    validateItem: module.claim(joinedName(`validate${type}`, 'Item')),
    skeleton: module.claim(joinedName(type, 'InMemory')),
    field: members.claim('data'),
    ...OWN_MEMBERS,
    method: (method) => found(methods.get(method), method.name),
  };
}

function nameRecord(record: WireRecord, type: string, module: ModuleScope): RecordNames {
  const scope = memberScope();
  const members = new Map(record.items.map((item) => [item, scope.claim(item.name)]));
  const member = (item: WireItem): string => found(members.get(item), item.name);
  const enums = new Map<string, string>();
  for (const item of record.items) {
    const whole = joinedName(type, member(item));
    if (namedValues(item).length > 0) {
      enums.set(`values ${member(item)}`, module.claim(joinedName(whole, 'Values')));
    }
    if (namedBits(item).length > 0) {
      enums.set(`bits ${member(item)}`, module.claim(joinedName(whole, 'Bits')));
    }
  }
  return {
    type,
    codec: module.claim(joinedName(type, 'Codec')),
    member,
    values: (item) => found(enums.get(`values ${member(item)}`), item.name),
    bits: (item) => found(enums.get(`bits ${member(item)}`), item.name),
    listed: (item) => (isListed(item) ? enums.get(`values ${member(item)}`) : undefined),
    locals: (used) => localScope(module, used),
  };
}

/** The named values that a const object can have: integers for numbers, texts for strings; no ranges. */
export function namedValues(item: WireItem): readonly NamedValue[] {
  const { values } = item.documentation;
  return item.type.kind === 'string' ? values : values.filter(({ value }) => value !== undefined);
}

/**
 * Whether the ValueMap lists only single values of the item's type. A range such as `16..31`, or `..`, covers values
 * without a name; bits combine to values without a name; without a ValueMap the texts of a string are its indices.
 */
function isListed({ type, documentation: { values, bits } }: WireItem): boolean {
  if (values.length === 0 || bits.length > 0) return false;
  if (type.kind === 'string') {
    const areIndices = values.every(({ text }, index) => text === String(index));
    return !areIndices && values.every(({ text }) => !text.includes('..'));
  }
  if (type.kind !== 'integer') return false;
  const size = 1n << BigInt(type.bits);
  const [lowest, end] = type.signed ? [-size / 2n, size / 2n] : [0n, size];
  return values.every(({ value }) => value !== undefined && value >= lowest && value < end);
}

/** The named bits that the item's type has. */
export function namedBits(item: WireItem): readonly NamedValue[] {
  const width = item.type.kind === 'integer' ? item.type.bits : 0;
  return item.documentation.bits.filter(
    ({ value }) => value !== undefined && value >= 0n && value < BigInt(width),
  );
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`no name was claimed for ${name}`);
  return value;
}
