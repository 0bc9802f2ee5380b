/**
 * The names of one record's structure, members, macros and constants, claimed in steps: all types of a header come before its
 * macros, and all macros before its members.
 */
import { type Location } from '../../diagnostics/diagnostic.js';
import { type WireItem, type WireRecord } from '../../model/model.js';
import { text } from '../../model/qualifiers.js';
import { type EmitOptions } from '../options.js';
import { type BareMacro } from './bare-macros.js';
import { type DefinedValue, definedValues } from './define-values.js';
import { type Enumeration, type EnumerationConstant, enumerationsOf } from './enumerations.js';
import { headerQualifiers } from './header-qualifiers.js';
import { type NameRegistry } from './name-registry.js';
import { toIdentifier } from './identifiers.js';
import {
  declaredItems,
  hasSizeMacro,
  isVariableString,
  type StructShape,
  structShape,
} from './struct-shape.js';
import { memberDeclaration, sizeOf, type StructNameOf } from './types.js';

/** The names that belong to one record: a class's data, a method's input or its output. */
export interface CRecordNames {
  /** The type, its tag, and the type of a pointer to it. */
  readonly struct: string;
  readonly tag: string;
  readonly pointer: string;
  /** Which items the structure declares. */
  readonly shape: StructShape;
  /** The member of an item; also of one that the structure does not declare, where it is a free name. */
  member(item: WireItem): string;
  /** `<Struct>_<Item>_ID`; items of an opaque structure have none. */
  idMacro(item: WireItem): string | undefined;
  /** `<Struct>_<Item>_SIZE`, for declared items of one size. */
  sizeMacro(item: WireItem): string | undefined;
  /** `<Struct>_SIZE`, when the last declared member has a size macro: without the padding at the end. */
  readonly recordSizeMacro: string | undefined;
  /** `<Struct>_FIXED_SIZE`, when a member varies in length: the bytes before it. */
  readonly fixedSizeMacro: string | undefined;
  /** The constants of DefineValues. */
  values(item: WireItem): readonly ValueNames[];
  /** The enumerations of --enums. */
  enumerations(item: WireItem): readonly EnumerationNames[];
}

export interface ValueNames {
  readonly value: DefinedValue;
  /** `undefined` for what has no name or no integer value. */
  readonly macro: BareMacro | undefined;
}

export interface EnumerationNames {
  readonly type: string;
  readonly tag: string;
  readonly enumeration: Enumeration;
  readonly constants: readonly (EnumerationConstant & { readonly name: string })[];
}

/** A record whose names are being claimed. */
export interface RecordDraft {
  readonly names: CRecordNames;
  claimTypes(): void;
  claimMacros(structName: StructNameOf): void;
  /** DefineValues, to be settled with all others of the header. */
  bareMacros(): readonly BareMacro[];
  claimOwn(): void;
  claimMembers(): void;
}

/** What messages call a record. */
export interface RecordSubject {
  /** `'Fan'`, `the input of 'Fan.SetSpeed'` */
  readonly record: string;
  /** `Fan.Speed`, `Fan.SetSpeed(Speed)` */
  item(item: WireItem): string;
  readonly location: Location;
}

export function draftRecord(
  record: WireRecord,
  wantedStruct: string,
  subject: RecordSubject,
  registry: NameRegistry,
  options: EmitOptions,
): RecordDraft {
  const shape = structShape(record, options.partialStructs === true);
  const declared = declaredItems(shape);
  const isDeclared = new Set(declared);
  const isOpaque = shape.kind === 'opaque';
  const ids = new Map<WireItem, string>();
  const sizes = new Map<WireItem, string>();
  const members = new Map<WireItem, string>();
  const enumerations = new Map<WireItem, readonly EnumerationNames[]>();
  const prefixes = new Map<WireItem, string>();
  const values = new Map<
    WireItem,
    readonly { value: DefinedValue; macro: BareMacro | undefined }[]
  >();
  let struct = wantedStruct;
  let tag = `_${wantedStruct}`;
  let pointer = `P${wantedStruct}`;
  let recordSize: string | undefined;
  let fixedSize: string | undefined;
  const owner = (what: string) => ({
    what: `${what} of ${subject.record}`,
    location: subject.location,
  });
  const prefix = (item: WireItem): string => found(prefixes.get(item), item);

  return {
    names: {
      get struct() {
        return struct;
      },
      get tag() {
        return tag;
      },
      get pointer() {
        return pointer;
      },
      get recordSizeMacro() {
        return recordSize;
      },
      get fixedSizeMacro() {
        return fixedSize;
      },
      shape,
      member: (item) => found(members.get(item), item),
      idMacro: (item) => ids.get(item),
      sizeMacro: (item) => sizes.get(item),
      values: (item) => values.get(item) ?? [],
      enumerations: (item) => enumerations.get(item) ?? [],
    },
    claimTypes() {
      if (shape.kind === 'none') return;
      struct = registry.claim(wantedStruct, owner('the structure'));
      tag = registry.claim(`_${struct}`, owner('the structure tag'));
      pointer = registry.claim(`P${struct}`, owner('the pointer type'));
    },
    claimMacros(structName) {
      for (const item of record.items) {
        const wanted = text(headerQualifiers(item.qualifiers, options), 'DefineDataId');
        const itemPrefix =
          wanted === undefined || wanted === '' ? `${struct}_${item.name}` : wanted;
        prefixes.set(item, itemPrefix);
        if (isOpaque) continue;
        const whose = (what: string) => ({
          what: `the ${what} macro of '${subject.item(item)}'`,
          location: item.location,
        });
        const size = sizeOf(memberDeclaration(item, structName));
        if (isDeclared.has(item) && hasSizeMacro(item)) {
          sizes.set(item, registry.claimMacro(`${itemPrefix}_SIZE`, size, whose('size')));
        }
        ids.set(item, registry.claimMacro(`${itemPrefix}_ID`, String(item.id), whose('id')));
      }
      const last = declared.at(-1);
      if (last !== undefined && sizes.has(last)) {
        recordSize = registry.claimMacro(
          `${struct}_SIZE`,
          `size of ${struct}`,
          owner('the size macro'),
        );
      }
    },
    bareMacros() {
      if (isOpaque) return [];
      return record.items.flatMap((item) => {
        const qualifiers = headerQualifiers(item.qualifiers, options);
        const location = qualifiers.entry('DefineValues')?.location ?? item.location;
        const rows = definedValues(qualifiers).map((value) => ({
          value,
          macro:
            value.value === undefined || value.name === ''
              ? undefined
              : bareMacro(value.name, value.value, prefix(item), subject.item(item), location),
        }));
        values.set(item, rows);
        return rows.flatMap(({ macro }) => macro ?? []);
      });
    },
    claimOwn() {
      const moving = record.items.find((item) => item.layout.kind === 'variable');
      if (moving?.layout.offset !== undefined && isDeclared.has(moving)) {
        fixedSize = registry.claimOwn(`${struct}_FIXED_SIZE`);
      }
      for (const item of record.items) {
        const named = enumerationsOf(item, options).map((enumeration): EnumerationNames => {
          const suffix = enumeration.kind === 'values' ? 'Values' : 'Bits';
          const type = registry.claimOwn(`${prefix(item)}_${suffix}`);
          return {
            type,
            tag: registry.claimOwn(`_${type}`),
            enumeration,
            constants: enumeration.constants.map((each) => ({
              ...each,
              name: registry.claimOwn(`${prefix(item)}_${each.label}`),
            })),
          };
        });
        enumerations.set(item, named);
      }
    },
    claimMembers() {
      const scope = registry.members();
      for (const item of record.items) {
        const wanted = isVariableString(item) && !isOpaque ? 'VariableData' : item.name;
        const member = scope.claim(wanted, {
          what: `the member '${wanted}' for '${subject.item(item)}'`,
          location: item.location,
        });
        members.set(item, member);
      }
    },
  };
}

function bareMacro(
  wanted: string,
  value: string,
  prefix: string,
  item: string,
  location: Location,
): BareMacro {
  return {
    wanted,
    text: value,
    prefixed: `${prefix}_${wanted}`,
    owner: { what: `the value '${wanted}' of '${item}'`, location },
    name: toIdentifier(wanted),
    obstacle: undefined,
  };
}

function found<T>(value: T | undefined, item: WireItem): T {
  if (value === undefined) throw new Error(`no name was claimed for ${item.name}`);
  return value;
}
