/** Assembles the data blocks: each class's items with their layout, its role and GUID, its methods. */
import { nameKey } from '../text/name-key.js';
import { type Losses } from '../compile/losses.js';
import { type DataProperty } from './data-items.js';
import { declaredDefaults, type PlacedValue } from './declared-defaults.js';
import { builtInClass } from './builtin-classes.js';
import { type LaidOutClass } from './laid-out-classes.js';
import { type Findings } from './findings.js';
import { type Hierarchy } from './hierarchy.js';
import { methodsOf, qualifiersOf } from './effective-qualifiers.js';
import { buildMethods } from './methods.js';
import {
  type BlockChoices,
  type Access,
  type DataBlock,
  type Method,
  type MofClass,
  type QualifierSet,
  type WireRecord,
} from './model.js';
import { warnAboutPadding } from './padding.js';
import { likelyName } from '../text/likely-names.js';
import { flag, text } from './qualifiers.js';
import { buildRecord, type ItemDeclaration } from './records.js';
import { type ClassSymbol, type ClassTable } from './symbols.js';
import { type EmbeddedClass, type EmbeddedClasses } from './wire-types.js';
import { guidOf, roleOf } from './wmi-classes.js';

/** The documented default limit of a whole event, WNODE header and all (driver documentation, "Sending WMI events"). */
const EVENT_LIMIT = 1024;
/** sizeof(WNODE_SINGLE_INSTANCE), in which a driver sends an event (docs/spec/runtime.md#structures). */
const EVENT_HEADER_SIZE = 64;

/** A block before its methods are built: a method may have its own class as a parameter. */
interface OpenBlock extends DataBlock {
  methods: readonly Method[];
  expensive: boolean;
  choices: BlockChoices;
}

/** What the author sets for a class in comments and options. */
export interface Treatment {
  readonly isExpensive: (className: string) => boolean;
  readonly choicesOf: (className: string) => BlockChoices;
}

export const NO_CHOICES: BlockChoices = {
  locksMethods: false,
  startsEmpty: false,
  naming: 'device',
};

interface Built {
  readonly block: OpenBlock;
  readonly fillsBuffer: boolean;
}

/** The blocks of `order`, which has embedded classes first. Classes with errors and structures without items have none. */
export function buildBlocks(
  order: readonly LaidOutClass[],
  classes: ClassTable,
  hierarchy: Hierarchy,
  losses: Losses,
  treatment: Treatment,
  report: Findings,
): ReadonlyMap<ClassSymbol, DataBlock> {
  const built = new Map<ClassSymbol, Built | 'broken'>();
  const embedded = (name: string): EmbeddedClass => {
    const symbol = classes.get(name);
    if (symbol === undefined) return absentClass(name, classes, losses);
    const found = built.get(symbol);
    if (found === undefined || found === 'broken') return { kind: 'broken' };
    if (found.block.data.items.length > 0) return { kind: 'known', ...found };
    if (hierarchy.get(symbol)?.mayHaveMore === true) return { kind: 'broken' };
    return { kind: 'empty', name: symbol.class.name, location: symbol.class.location };
  };
  for (const entry of order) {
    const block = buildBlock(entry, hierarchy, embedded, report);
    if (block !== 'broken') {
      const { name } = entry.symbol.class;
      block.block.expensive = treatment.isExpensive(name);
      block.block.choices = treatment.choicesOf(name);
    }
    built.set(entry.symbol, block);
  }
  const blocks = new Map<ClassSymbol, DataBlock>();
  for (const [symbol, result] of built) {
    const role = roleOf(symbol, hierarchy);
    if (role === 'dataBlock') {
      const executable = buildMethods(methodsOf(symbol, hierarchy), embedded, report);
      if (result !== 'broken') result.block.methods = executable;
    }
    if (role === 'event') warnAboutMethods(symbol, report);
    if (result === 'broken') continue;
    if (role === 'structure' && result.block.data.items.length === 0) continue;
    blocks.set(symbol, result.block);
  }
  return blocks;
}

function absentClass(name: string, classes: ClassTable, losses: Losses): EmbeddedClass {
  const builtIn = builtInClass(name);
  if (builtIn !== undefined) return { kind: 'empty', name: builtIn.name, location: undefined };
  return losses.mayDeclare(name)
    ? { kind: 'broken' }
    : {
        kind: 'unknown',
        likely: () => likelyName(name, classes.values(), (symbol) => symbol.class.name),
      };
}

function buildBlock(
  { symbol, data }: LaidOutClass,
  hierarchy: Hierarchy,
  embedded: EmbeddedClasses,
  report: Findings,
): Built | 'broken' {
  const { name } = symbol.class;
  const qualifiers = qualifiersOf(symbol, hierarchy);
  const role = roleOf(symbol, hierarchy);
  const defaults = declaredDefaults(symbol, hierarchy);
  const { record, fillsBuffer, isBroken } = buildRecord(
    data.items.map((item) => declarationOf(item, symbol, defaults)),
    {
      what: `'${name}'`,
      embedded,
      mayHaveMore: data.mayHaveMore,
      withoutId: new Map(data.withoutId.map((each) => [nameKey(each.name), each.location])),
      otherDirection: { items: new Map(), isKnownToReader: false },
    },
    report,
  );
  if (role === 'event') warnAboutSize(symbol.class, record, report);
  if (isBroken || data.isBroken) return 'broken';
  const block: OpenBlock = {
    role,
    name,
    guid: guidOf(symbol, hierarchy),
    description: text(qualifiers, 'Description'),
    displayName: text(qualifiers, 'DisplayName'),
    expensive: false,
    choices: NO_CHOICES,
    data: record,
    methods: [],
    minInstanceBufferSize:
      role === 'dataBlock' && record.layout.kind === 'fixed' ? (record.layout.size ?? 0) : 0,
    class: symbol.class,
    qualifiers,
  };
  warnAboutPadding(block, report);
  return { block, fillsBuffer };
}

function declarationOf(
  { id, property, qualifiers, isPlaced }: DataProperty,
  symbol: ClassSymbol,
  defaults: ReadonlyMap<string, PlacedValue>,
): ItemDeclaration {
  return {
    name: property.name,
    id,
    type: property.node.type,
    array: property.node.array,
    qualifiers,
    written: property.qualifiers,
    access: accessOf(qualifiers),
    defaultValue: defaults.get(nameKey(property.name)),
    inheritedFrom: property.owner === symbol.class ? undefined : property.owner.name,
    location: property.location,
    isPlaced,
  };
}

/** Neither read nor write means read-only (docs/spec/layout-and-header.md#item-qualifiers). */
function accessOf(qualifiers: QualifierSet): Access {
  if (!flag(qualifiers, 'Write')) return 'read-only';
  return flag(qualifiers, 'Read') ? 'read-write' : 'write-only';
}

/** Compares the smallest size that an event can have, with strings with MaxLen in full. */
function warnAboutSize(
  { name, location }: MofClass,
  { items, layout: { size, minimumSize } }: WireRecord,
  report: Findings,
): void {
  const firstMoving = items.find((item) => item.layout.kind === 'variable');
  const certain = size ?? Math.max(minimumSize, firstMoving?.layout.offset ?? 0);
  const total = EVENT_HEADER_SIZE + certain;
  if (total <= EVENT_LIMIT) return;
  report.add(
    'MOF2403',
    location,
    `an event '${name}' takes ${EVENT_HEADER_SIZE} bytes of header and ${certain} bytes of data: ${total}, above WMI's default limit of ${EVENT_LIMIT}`,
    { help: 'make strings and arrays shorter, or send an event that refers to a data block' },
  );
}

function warnAboutMethods(symbol: ClassSymbol, report: Findings): void {
  const [method] = symbol.methods;
  if (method === undefined) return;
  report.add(
    'MOF2505',
    method.location,
    `'${method.name}' belongs to an event, so it cannot be called`,
    {
      help: 'move it to a data block',
    },
  );
}
