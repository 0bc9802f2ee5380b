/**
 * Builds a wire record from declared items: their types, their counts, and their layout.
 *
 * The data items of a class and the parameters of a method follow the same rules. Sizes come from layout.ts.
 */
import { nameKey } from '../text/name-key.js';
import { type ArraySuffix } from '../../grammar/ast.js';
import { type Location } from '../diagnostics/diagnostic.js';
import { type PlacedValue } from './declared-defaults.js';
import { documentationOf } from './documentation.js';
import { at, type Findings } from './findings.js';
import { appended, replaced, withFurtherQualifier, withoutQualifier, withValue } from './fixes.js';
import { likelyName } from '../text/likely-names.js';
import { layOut, lengthOf, ULONG_MAX } from './layout.js';
import {
  type Access,
  type DefaultValue,
  type Documentation,
  type ItemCount,
  type QualifierSet,
  type WireItem,
  type WireRecord,
} from './model.js';
import { integer, text } from './qualifiers.js';
import { agreeingDefaults, checkedDefault, checkLimits } from './value-checks.js';
import {
  type EmbeddedClasses,
  isIntegerType,
  resolveType,
  type TypedDeclaration,
} from './wire-types.js';

/** An item as declared, in the order of the record. */
export interface ItemDeclaration extends TypedDeclaration {
  readonly id: number;
  readonly array: ArraySuffix | undefined;
  readonly access: Access;
  /** Its own, or that of the nearest base class. */
  readonly defaultValue: PlacedValue | undefined;
  readonly inheritedFrom: string | undefined;
  /** The qualifiers as declared: derived classes use texts for readers too, whatever their flavor. */
  readonly written: QualifierSet;
  /** False if an error about its id was reported: it may belong elsewhere. */
  readonly isPlaced: boolean;
}

export interface RecordContext {
  /** What the record is, for messages: `'Fan'`, `the output of 'GetFan'`. */
  readonly what: string;
  readonly embedded: EmbeddedClasses;
  /** There may be further items that are not known. */
  readonly mayHaveMore: boolean;
  /** Properties without an id, and so without a position among the items, by key. */
  readonly withoutId: ReadonlyMap<string, Location>;
  /** Parameters of the other direction, whose values the reader of this record may or may not know. */
  readonly otherDirection: {
    readonly items: ReadonlyMap<string, ItemDeclaration>;
    /** The reader of an output has sent the input; the reader of an input has only the input. */
    readonly isKnownToReader: boolean;
  };
}

export interface BuiltRecord {
  readonly record: WireRecord;
  /** Ends in an array without a length, or in a class that does. */
  readonly fillsBuffer: boolean;
  /** An error about one of its items was reported. The record lacks that item, so it is too small. */
  readonly isBroken: boolean;
}

/** Resolves types, counts and layout of the items, which are in wire order. Continues after an item with an error. */
export function buildRecord(
  declarations: readonly ItemDeclaration[],
  context: RecordContext,
  report: Findings,
): BuiltRecord {
  const byName = new Map(declarations.map((each, index) => [nameKey(each.name), index]));
  const typed: TypedItem[] = [];
  let fillsBuffer = false;
  for (const [index, declaration] of declarations.entries()) {
    const documentation = documentationOf(declaration.written, report);
    const resolved = resolveType(declaration, context.embedded, report);
    const count = resolveCount(index, declarations, byName, context, report);
    if (resolved === undefined || count === undefined) continue;
    const { type } = resolved;
    const defaultValue = checkedDefault(declaration, type, count, report);
    checkLimits(declaration, type, defaultValue, report);
    const isLast = index === declarations.length - 1;
    if (resolved.fillsBuffer && !(isLast && count.kind === 'scalar')) {
      reportOpenStructure(declaration, report);
      continue;
    }
    fillsBuffer = resolved.fillsBuffer || count.kind === 'rest';
    typed.push({ index, declaration, documentation, item: { type, count }, defaultValue });
  }
  warnAboutMovingItems(typed, declarations, context, report);

  const laidOut = layOut(typed.map((each) => each.item));
  if (laidOut.kind === 'tooLarge') {
    const culprit = typed[laidOut.index]?.declaration;
    if (culprit !== undefined) {
      report.add(
        'MOF2401',
        culprit.location,
        `${context.what} does not fit a ULONG: '${culprit.name}' would end above byte ${ULONG_MAX}`,
        { help: 'make the arrays shorter' },
      );
    }
    return { record: EMPTY_RECORD, fillsBuffer, isBroken: true };
  }

  const starts = startingValues(typed, report);
  const items = typed.flatMap(({ declaration, documentation, item }, index): WireItem[] => {
    const layout = laidOut.items[index];
    if (layout === undefined) return [];
    const defaultValue = starts[index];
    const { name, id, access, inheritedFrom, location, written } = declaration;
    return [
      {
        name,
        id,
        ...item,
        access,
        layout,
        inheritedFrom,
        defaultValue,
        documentation,
        location,
        qualifiers: written,
      },
    ];
  });
  const isBroken = typed.length < declarations.length;
  return { record: { items, layout: laidOut.layout }, fillsBuffer, isBroken };
}

/** An item with a resolved type and count. */
interface TypedItem {
  readonly index: number;
  readonly declaration: ItemDeclaration;
  readonly documentation: Documentation;
  readonly item: Pick<WireItem, 'type' | 'count'>;
  readonly defaultValue: DefaultValue | undefined;
}

/** The defaults with which a record can start, in the order of its items. */
function startingValues(
  typed: readonly TypedItem[],
  report: Findings,
): readonly (DefaultValue | undefined)[] {
  if (typed.every(({ defaultValue }) => defaultValue === undefined)) return [];
  const items = typed.map(({ declaration: { name, defaultValue: placed }, item, defaultValue }) => {
    return { name, ...item, defaultValue, placed };
  });
  return agreeingDefaults(items, report);
}

/** A record without items. */
export const EMPTY_RECORD: WireRecord = {
  items: [],
  layout: { kind: 'fixed', alignment: 1, size: 0, paddedSize: 0, minimumSize: 0 },
};

/** The number of elements of an item; `undefined` after an error. */
function resolveCount(
  index: number,
  declarations: readonly ItemDeclaration[],
  byName: ReadonlyMap<string, number>,
  context: RecordContext,
  report: Findings,
): ItemCount | undefined {
  const declaration = declarations[index];
  if (declaration === undefined) return undefined;
  const { name, array, qualifiers, location } = declaration;
  const sizeIs = qualifiers.entry('WmiSizeIs');
  warnAboutMax(declaration, report);
  if (array === undefined) {
    if (sizeIs === undefined) return { kind: 'scalar' };
    report.add('MOF2312', sizeIs.location, `WmiSizeIs is on '${name}', which is not an array`, {
      help: `write '${name}[]', or remove WmiSizeIs`,
      fixes: [appended(location, '[]', `write ${name}[]`), withoutQualifier(qualifiers, sizeIs)],
    });
    return undefined;
  }
  if (array.length !== undefined) {
    if (sizeIs !== undefined) {
      report.add(
        'MOF2318',
        sizeIs.location,
        `WmiSizeIs has no effect on '${name}', which always has ${array.length} elements`,
        {
          help: `write '${name}[]' for an array of varying length`,
          fixes: [replaced(at(location.source, array), '[]'), withoutQualifier(qualifiers, sizeIs)],
        },
      );
    }
    return fixedCount(name, array.length, at(location.source, array), report);
  }
  if (sizeIs !== undefined && sizeIs.value !== null) {
    return sizedCount(index, declarations, byName, context, report);
  }
  const maximum = qualifiers.entry('Max');
  if (maximum !== undefined && maximum.value !== null) {
    const length = integer(qualifiers, 'Max');
    return length === undefined ? undefined : fixedCount(name, length, maximum.location, report);
  }
  const help = `name the item with the number of elements: WmiSizeIs("…"), or write '${name}[n]'`;
  const next = declarations[index + 1];
  if (next === undefined) {
    report.add(
      'MOF2317',
      declaration.location,
      `the array '${name}' has no length, so it takes the rest of the buffer`,
      { help },
    );
    return { kind: 'rest' };
  }
  report.add(
    'MOF2316',
    declaration.location,
    `the array '${name}' has no length, so '${next.name}' after it cannot be found`,
    { help, related: declaredHere(next) },
  );
  return undefined;
}

/** Warns about Max on anything but `name[]`, whose length it is. */
function warnAboutMax({ name, array, qualifiers }: ItemDeclaration, report: Findings): void {
  const entry = qualifiers.entry('Max');
  const maximum = integer(qualifiers, 'Max');
  if (entry === undefined || maximum === undefined || array?.length === maximum) return;
  const sizeIs = text(qualifiers, 'WmiSizeIs');
  if (array !== undefined && array.length === undefined && sizeIs === undefined) return;
  const because =
    array === undefined
      ? 'is not an array'
      : array.length === undefined
        ? `has the number of elements in '${sizeIs}'`
        : `always has ${array.length} elements`;
  report.add(
    'MOF2319',
    entry.location,
    `Max ${maximum} has no effect on '${name}', which ${because}`,
    {
      help: `remove it, or write '${name}[]' with Max(${maximum}) alone`,
      fixes: [withoutQualifier(qualifiers, entry)],
    },
  );
}

function fixedCount(
  name: string,
  length: bigint,
  location: Location,
  report: Findings,
): ItemCount | undefined {
  if (length >= 1n && length <= BigInt(ULONG_MAX)) return { kind: 'fixed', length: Number(length) };
  report.add(
    'MOF2311',
    location,
    `the length ${length} of the array '${name}' is not between 1 and ${ULONG_MAX}`,
    {
      help: `write '${name}[]' with WmiSizeIs for an array of varying length`,
    },
  );
  return undefined;
}

/** The item that WmiSizeIs names: a scalar integer of the same record, before the array. */
function sizedCount(
  index: number,
  declarations: readonly ItemDeclaration[],
  byName: ReadonlyMap<string, number>,
  context: RecordContext,
  report: Findings,
): ItemCount | undefined {
  const declaration = declarations[index];
  const sizeIs = declaration && declaration.qualifiers.entry('WmiSizeIs');
  const wanted = declaration && text(declaration.qualifiers, 'WmiSizeIs');
  if (declaration === undefined || sizeIs === undefined || wanted === undefined) return undefined;
  const targetIndex = byName.get(nameKey(wanted));
  const target = targetIndex === undefined ? undefined : declarations[targetIndex];
  if (targetIndex === undefined || target === undefined) {
    return sizedFromElsewhere(
      declaration,
      wanted,
      sizeIs.location,
      index,
      declarations,
      context,
      report,
    );
  }
  if (isUnknownClass(target, context)) return undefined;
  if (reportNoInteger(target, sizeIs.location, report)) return undefined;
  if (targetIndex > index) {
    if (!declaration.isPlaced || !target.isPlaced) return undefined;
    report.add(
      'MOF2315',
      sizeIs.location,
      `the number of elements '${target.name}' comes after its array '${declaration.name}', so a reader cannot find it`,
      {
        help: `give '${target.name}' the lower number of the two`,
        related: declaredHere(target),
      },
    );
    return undefined;
  }
  return { kind: 'sizedBy', item: target.name };
}

/** Whether an error about the type was reported: it may be an integer type of another language. */
function isUnknownClass({ type }: ItemDeclaration, context: RecordContext): boolean {
  if (type.kind !== 'ClassType') return false;
  const { kind } = context.embedded(nameKey(type.name));
  return kind === 'unknown' || kind === 'broken';
}

/** Reports a number of elements that is not one integer. */
function reportNoInteger(target: ItemDeclaration, location: Location, report: Findings): boolean {
  if (isIntegerType(target.type) && target.array === undefined) return false;
  report.add('MOF2314', location, `WmiSizeIs names '${target.name}', which is not one integer`, {
    help: 'name an item of an integer type that is no array',
    related: declaredHere(target),
  });
  return true;
}

function declaredHere({ name, location }: ItemDeclaration) {
  return [{ location, message: `'${name}' is declared here` }];
}

function sizedFromElsewhere(
  { name, qualifiers }: ItemDeclaration,
  wanted: string,
  location: Location,
  index: number,
  declarations: readonly ItemDeclaration[],
  context: RecordContext,
  report: Findings,
): ItemCount | undefined {
  const { items, isKnownToReader } = context.otherDirection;
  const sizeIs = qualifiers.entry('WmiSizeIs');
  const isLast = index === declarations.length - 1;
  const target = items.get(nameKey(wanted));
  if (target === undefined) {
    const unnumbered = context.withoutId.get(nameKey(wanted));
    if (unnumbered !== undefined) {
      report.add(
        'MOF2313',
        location,
        `WmiSizeIs names '${wanted}', which has no WmiDataId and so is not in the data`,
        {
          help: `give '${wanted}' a WmiDataId below that of '${name}'`,
          related: [{ location: unnumbered, message: 'the property without a WmiDataId' }],
        },
      );
      return undefined;
    }
    if (context.mayHaveMore) return undefined;
    const likely = report.skipsSuggestions('MOF2313')
      ? undefined
      : likelyName(wanted, declarations, (each) => each.name);
    report.add(
      'MOF2313',
      location,
      `WmiSizeIs names '${wanted}', which is not in ${context.what}`,
      {
        help:
          likely === undefined
            ? 'name an integer item before the array'
            : `write WmiSizeIs("${likely}"), if that is meant`,
        fixes: likely === undefined || sizeIs === undefined ? [] : withValue(sizeIs, `"${likely}"`),
      },
    );
    return undefined;
  }
  if (isUnknownClass(target, context) || reportNoInteger(target, location, report)) {
    return undefined;
  }
  const fixes = withFurtherQualifier(target.qualifiers, target.qualifiers.has('In') ? 'out' : 'in');
  if (isKnownToReader && isLast) {
    report.add(
      'MOF2317',
      location,
      `the number of elements '${wanted}' is not in ${context.what}, so the array '${name}' takes the rest of the buffer`,
      { help: `make '${wanted}' [in, out] to have it there`, fixes },
    );
    return { kind: 'rest' };
  }
  report.add(
    'MOF2316',
    location,
    `the number of elements '${wanted}' of '${name}' is not in ${context.what}`,
    {
      help: `make '${wanted}' [in, out]`,
      fixes,
    },
  );
  return undefined;
}

function reportOpenStructure({ name, type, location }: ItemDeclaration, report: Findings): void {
  const className = type.kind === 'ClassType' ? type.name.name : name;
  report.add(
    'MOF2316',
    at(location.source, type),
    `'${className}' ends in an array without a length, so it must be the last item and cannot be an array`,
    { help: `give that array of '${className}' a length` },
  );
}

/** Warns about items after a variable item: their offsets differ between buffers, and C structures cannot express them. */
function warnAboutMovingItems(
  typed: readonly TypedItem[],
  declarations: readonly ItemDeclaration[],
  context: RecordContext,
  report: Findings,
): void {
  const moving = typed.find(({ item }) => lengthOf(item) === 'variable');
  const next = moving && declarations[moving.index + 1];
  if (moving === undefined || next === undefined) return;
  const item = moving.declaration;
  report.add(
    'MOF2402',
    item.location,
    `'${item.name}' varies in length but is not last in ${context.what}, so '${next.name}' and the items after it have no fixed offset`,
    {
      help: 'put items of varying length last',
      related: [{ location: next.location, message: 'the first item that moves' }],
    },
  );
}
