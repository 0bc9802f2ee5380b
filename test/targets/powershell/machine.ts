/**
 * A machine with the classes of a model, for emitted tests: the CIM cmdlets with one instance of each class, with values that the
 * MOF allows. A test changes the machine to check which emitted tests fail.
 */
import {
  type DataBlock,
  type Method,
  type Model,
  type WireItem,
  type WireRecord,
} from '../../../src/model/model.js';
import { type Call, type Command } from './interpreter.js';
import {
  Block,
  Char,
  Hash,
  integer,
  type IntegerType,
  Moment,
  Num,
  PsError,
  textOf,
  Thing,
  type Value,
} from './values.js';

export interface Machine {
  readonly commands: Readonly<Record<string, Command>>;
  /** The instances, by class; a test may change what they hold. */
  readonly instances: Map<string, Thing[]>;
  /** The classes in the repository. */
  readonly classes: Map<string, Thing>;
  /** What each method returns, by `Class.Method`. */
  readonly results: Map<string, Thing>;
  /** The operations on the device: `set Fan.Speed`, `call Fan.Go`. */
  readonly log: string[];
  /** How the machine deviates. */
  readonly faults: {
    setsNothing?: boolean;
    /** Accepts only the first value of each property. */
    setsOnce?: boolean;
    /** The first read after a set fails. */
    failsAfterSet?: boolean;
    takesReadOnly?: boolean;
    denies?: boolean;
    hasEvents?: boolean;
    event?: (event: Thing) => void;
  };
}

export function machineOf({ blocks }: Model): Machine {
  const byName = (name: string) =>
    blocks.find((each) => each.name.toLowerCase() === name.toLowerCase());
  const classes = new Map(blocks.map((block) => [block.name, classOf(block)]));
  const instances = new Map(
    blocks
      .filter(({ role }) => role === 'dataBlock')
      .map((block) => [block.name, [instanceOf(block, true)]]),
  );
  const results = new Map(
    blocks.flatMap((block) =>
      block.methods.map((method) => [`${block.name}.${method.name}`, resultOf(method)] as const),
    ),
  );
  const log: string[] = [];
  const faults: Machine['faults'] = {};
  let subscribed = '';
  let hasJustSet = false;
  const text = ({ named }: Call, name: string) => textOf(named.get(name) ?? null);
  const target = ({ named, input }: Call): Thing => {
    const value = named.get('inputobject') ?? input[0];
    if (!(value instanceof Thing)) throw new PsError('an instance is missing');
    return value;
  };
  const blockOf = (thing: Thing): DataBlock => {
    const system = thing.members.get('CimSystemProperties');
    const found = byName(system instanceof Thing ? textOf(system.members.get('ClassName')) : '');
    if (found === undefined) throw new PsError('invalid class');
    return found;
  };
  const commands: Readonly<Record<string, Command>> = {
    'Get-Command': () => [new Thing('CmdletInfo', {})],
    'Get-CimClass': only(['namespace', 'classname', 'erroraction', 'cimsession'], (call) => {
      const found = classes.get(text(call, 'classname'));
      if (found === undefined) throw new PsError('not found');
      return [found];
    }),
    'Get-CimInstance': only(
      ['namespace', 'classname', 'erroraction', 'cimsession', 'inputobject'],
      (call) => {
        if (faults.denies === true) throw denial();
        if (faults.failsAfterSet === true && hasJustSet) {
          hasJustSet = false;
          throw new PsError('generic failure');
        }
        if (call.named.has('inputobject')) return [target(call)];
        const found = instances.get(text(call, 'classname'));
        if (found === undefined) throw new PsError('invalid class');
        return found;
      },
    ),
    'Set-CimInstance': only(
      ['inputobject', 'property', 'confirm', 'erroraction', 'cimsession'],
      (call) => {
        const thing = target(call);
        const block = blockOf(thing);
        const property = call.named.get('property');
        if (!(property instanceof Hash)) throw new PsError('no properties');
        for (const [name, value] of property.pairs()) {
          const item = block.data.items.find((each) => each.name === name);
          if (item === undefined) throw new PsError(`no property ${name}`);
          const isAgain = log.some((each) => each.startsWith(`set ${block.name}.${name} `));
          log.push(`set ${block.name}.${name} ${textOf(value)}`);
          if (item.access === 'read-only' && faults.takesReadOnly !== true)
            throw new PsError('read-only');
          hasJustSet = !isAgain;
          if (faults.setsNothing === true || (faults.setsOnce === true && isAgain)) continue;
          setProperty(thing, name, value);
        }
        return [];
      },
    ),
    'Invoke-CimMethod': only(
      ['inputobject', 'methodname', 'arguments', 'confirm', 'erroraction', 'cimsession'],
      (call) => {
        const block = blockOf(target(call));
        const method = block.methods.find(({ name }) => name === text(call, 'methodname'));
        const given = call.named.get('arguments') ?? new Hash();
        if (method === undefined || !(given instanceof Hash)) throw new PsError('invalid method');
        checkArguments(method.input, given);
        const words = given.pairs().map(([name, value]) => ` ${name}=${textOf(value)}`);
        log.push(`call ${block.name}.${method.name}${words.join('')}`);
        return [results.get(`${block.name}.${method.name}`) ?? null];
      },
    ),
    'New-CimInstance': only(['clientonly', 'cimclass', 'property'], (call) => {
      const declared = call.named.get('cimclass');
      const property = call.named.get('property');
      const found =
        declared instanceof Thing
          ? byName(textOf(declared.members.get('CimClassName')))
          : undefined;
      if (found === undefined || !(property instanceof Hash)) throw new PsError('invalid class');
      checkArguments(found.data, property);
      return [instanceOf(found, false)];
    }),
    'Register-CimIndicationEvent': only(
      ['namespace', 'classname', 'sourceidentifier', 'erroraction', 'cimsession'],
      (call) => {
        subscribed = text(call, 'classname');
        log.push(`subscribe ${subscribed}`);
        return [];
      },
    ),
    'Wait-Event': only(['sourceidentifier', 'timeout'], () => {
      const block = byName(subscribed);
      if (faults.denies === true) {
        return [
          new Thing('PSEvent', {
            SourceEventArgs: new Thing('Failure', { Exception: 'access denied' }),
          }),
        ];
      }
      if (block === undefined || faults.hasEvents !== true) return [];
      const event = instanceOf(block, true);
      faults.event?.(event);
      return [new Thing('PSEvent', { SourceEventArgs: new Thing('Event', { NewEvent: event }) })];
    }),
    'Unregister-Event': only(['sourceidentifier', 'erroraction'], () => {
      log.push(`unsubscribe ${subscribed}`);
      return [];
    }),
    'Remove-Event': only(['sourceidentifier', 'erroraction'], () => []),
  };
  return { commands, instances, classes, results, log, faults };
}

/** A cmdlet with its parameters, whose names a splatted table gives too. */
function only(parameters: readonly string[], command: Command): Command {
  return (call, shell) => {
    const unknown = [...call.named.keys()].find((name) => !parameters.includes(name));
    if (unknown !== undefined) throw new PsError(`there is no parameter -${unknown}`);
    if (call.positional.length > 0) throw new PsError('a positional argument');
    return command(call, shell);
  };
}

function denial(): PsError {
  return new PsError(
    'access denied',
    new Thing('ErrorRecord', {
      CategoryInfo: new Thing('CategoryInfo', { Category: 'PermissionDenied' }),
    }),
  );
}

export function instanceOf(block: DataBlock, isOfProvider: boolean): Thing {
  const properties = [
    ...(isOfProvider
      ? [
          new Thing('CimProperty', {
            Name: 'InstanceName',
            Value: 'ROOT\\DEVICE\\0000_0',
            CimType: 'String',
          }),
          new Thing('CimProperty', { Name: 'Active', Value: true, CimType: 'Boolean' }),
        ]
      : []),
    ...recordValues(block.data).map(
      ([item, value]) =>
        new Thing('CimProperty', { Name: item.name, Value: value, CimType: cimType(item) }),
    ),
  ];
  return new Thing('CimInstance', {
    CimSystemProperties: new Thing('System', { ClassName: block.name }),
    CimInstanceProperties: properties,
    ...Object.fromEntries(
      properties.map(({ members }) => [textOf(members.get('Name')), members.get('Value')]),
    ),
  });
}

/** The entry of a list with a name, such as a property of a class, or a qualifier. */
export function declared(of: Value | undefined, list: string, name: string): Thing {
  const all = of instanceof Thing ? of.members.get(list) : null;
  const found = (Array.isArray(all) ? all : []).find(
    (each) => each instanceof Thing && textOf(each.members.get('Name')) === name,
  );
  if (!(found instanceof Thing)) throw new Error(`there is no ${name} in ${list}`);
  return found;
}

export function propertyOf(instance: Value, name: string): Thing {
  return declared(instance, 'CimInstanceProperties', name);
}

export function setProperty(instance: Value, name: string, value: Value): void {
  propertyOf(instance, name).members.set('Value', value);
  if (instance instanceof Thing) instance.members.set(name, value);
}

export function removeProperty(instance: Thing, name: string): void {
  const property = propertyOf(instance, name);
  const properties = instance.members.get('CimInstanceProperties');
  const rest = (Array.isArray(properties) ? properties : []).filter((each) => each !== property);
  instance.members.set('CimInstanceProperties', rest);
}

/** Changes an output of a method; `undefined` removes it. */
export function changeOutput(
  result: Thing | undefined,
  name: string,
  value: Value | undefined,
): void {
  if (result === undefined || !result.members.has(name))
    throw new Error(`there is no output ${name}`);
  if (value === undefined) result.members.remove(name);
  else result.members.set(name, value);
}

function resultOf({ output }: Method): Thing {
  return new Thing(
    'CimMethodResult',
    Object.fromEntries(recordValues(output).map(([item, value]) => [item.name, value])),
  );
}

function recordValues(record: WireRecord): (readonly [WireItem, Value])[] {
  const counts = new Set(
    record.items.flatMap(({ count }) => (count.kind === 'sizedBy' ? count.item : [])),
  );
  return record.items.map((item) => [item, valueOf(item, counts.has(item.name))] as const);
}

const ELEMENTS = 2;

function valueOf(item: WireItem, isCount: boolean): Value {
  if (isCount && item.type.kind === 'integer')
    return new Num(netType(item.type.name), BigInt(ELEMENTS));
  const { count } = item;
  if (count.kind === 'scalar') return elementOf(item);
  const length = count.kind === 'fixed' ? count.length : ELEMENTS;
  return Array.from({ length }, () => elementOf(item));
}

function elementOf({ type, documentation }: WireItem): Value {
  switch (type.kind) {
    case 'boolean':
      return false;
    case 'string':
      return documentation.values[0]?.text ?? 'x'.repeat(Math.min(type.maxLength ?? 3, 3));
    case 'char16':
      return new Char(0x41);
    case 'datetime':
      return new Moment('datetime');
    case 'structure':
      return instanceOf(type.structure, false);
    case 'integer': {
      const named = documentation.values.find(({ value }) => value !== undefined)?.value;
      return new Num(netType(type.name), named ?? documentation.minimum ?? 0n);
    }
  }
}

function netType(name: string): IntegerType {
  if (name === 'uint8') return 'byte';
  if (name === 'sint8') return 'sbyte';
  return name.replace('sint', 'int') as IntegerType;
}

const CIM_NAMES: Readonly<Record<string, string>> = { uint: 'UInt', sint: 'SInt' };

function cimType({ type, count }: WireItem): string {
  const plain: Readonly<Record<string, string>> = {
    boolean: 'Boolean',
    char16: 'Char16',
    datetime: 'DateTime',
    string: 'String',
    structure: 'Instance',
  };
  const name =
    type.kind === 'integer'
      ? type.name.replace(/^[us]int/, (prefix) => CIM_NAMES[prefix] ?? prefix)
      : (plain[type.kind] ?? '');
  return count.kind === 'scalar' ? name : `${name}Array`;
}

const qualifier = (name: string, value: Value) =>
  new Thing('CimQualifier', { Name: name, Value: value });

function classOf(block: DataBlock): Thing {
  return new Thing('CimClass', {
    CimClassName: block.name,
    CimClassQualifiers:
      block.guid === undefined ? [] : [qualifier('guid', `{${block.guid.toUpperCase()}}`)],
    CimClassProperties: block.data.items.map(
      (item) =>
        new Thing('CimPropertyDeclaration', {
          Name: item.name,
          CimType: cimType(item),
          Qualifiers: [
            qualifier('WmiDataId', integer(item.id)),
            ...(item.access === 'read-only' ? [] : [qualifier('write', true)]),
          ],
        }),
    ),
    CimClassMethods: block.methods.map((method) => {
      const items = [...method.input.items, ...method.output.items];
      const typeOf = (id: number) => {
        const item = items.find((each) => each.id === id);
        return item === undefined ? '' : cimType(item);
      };
      const returned = method.parameters.find(({ isReturnValue }) => isReturnValue);
      return new Thing('CimMethodDeclaration', {
        Name: method.name,
        Qualifiers: [qualifier('WmiMethodId', integer(method.id))],
        ReturnType: returned === undefined ? '' : typeOf(returned.id),
        Parameters: method.parameters
          .filter(({ isReturnValue }) => !isReturnValue)
          .map(
            ({ name, id, direction }) =>
              new Thing('CimMethodParameterDeclaration', {
                Name: name,
                CimType: typeOf(id),
                Qualifiers: direction.split('-').map((each) => qualifier(each, true)),
              }),
          ),
      });
    }),
  });
}

/** As WMI checks them: every parameter, and nothing else, of its type and length. */
function checkArguments({ items }: WireRecord, given: Hash): void {
  const names = items.map(({ name }) => name).sort();
  const keys = given
    .pairs()
    .map(([key]) => key)
    .sort();
  if (names.join() !== keys.join()) throw new PsError(`invalid parameters: ${keys.join()}`);
  for (const item of items) {
    const value = given.get(item.name);
    const like = valueOf(item, false);
    const elements = Array.isArray(value) ? value : [value];
    const wanted = Array.isArray(like) ? like : [like];
    if (Array.isArray(value) !== Array.isArray(like)) throw new PsError(`${item.name} is no list`);
    for (const each of elements) {
      if (kindOf(each) !== kindOf(wanted[0] ?? each))
        throw new PsError(`${item.name} has another type`);
    }
    if (item.count.kind === 'fixed' && elements.length !== item.count.length) {
      throw new PsError(`${item.name} has another length`);
    }
    if (
      item.count.kind === 'sizedBy' &&
      textOf(given.get(item.count.item)) !== String(elements.length)
    ) {
      throw new PsError(`${item.name} has another number of elements`);
    }
  }
}

function kindOf(value: Value): string {
  if (value instanceof Num) return value.type;
  if (value === null || typeof value === 'string' || typeof value === 'boolean')
    return typeof value;
  return value instanceof Block ? 'block' : value.constructor.name;
}
