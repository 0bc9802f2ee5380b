/**
 * The view of one record: its interface, its named values, and the functions that read and write it.
 */
import { type NamedValue, type WireItem, type WireRecord } from '../../model/model.js';
import { countItem } from '../../model/set-rules.js';
import { memberScope } from './identifiers.js';
import { namedBits, namedValues, type RecordNames } from './naming.js';
import {
  asListed,
  type NamesOf,
  readFixed,
  readWalked,
  valueType,
  writeFixed,
  writeWalked,
} from './spelling.js';
import { docComment, tsString } from './text.js';

export interface RecordView {
  readonly type: string;
  readonly doc: string;
  readonly isEmpty: boolean;
  readonly members: readonly MemberView[];
  readonly enums: readonly EnumView[];
  readonly codec: string;
  readonly codecDoc: string;
  /** The size in words. As a comment before the call, it keeps the call on a line of its own at every width. */
  readonly sizeNote: string;
  readonly isFixed: boolean;
  /** The literals of the codec: sizes and alignment. */
  readonly facts: readonly string[];
  /** Fixed: `Name: expression,` in order. Walked: statements that declare the locals. */
  readonly readLines: readonly string[];
  /** Walked: `Name: local,` in order. */
  readonly resultLines: readonly string[];
  readonly writeLines: readonly string[];
}

export interface MemberView {
  readonly doc: string;
  readonly name: string;
  readonly type: string;
}

/** A const object of named values. */
export interface EnumView {
  readonly doc: string;
  readonly name: string;
  /** Whether the object's values are a type of the same name. */
  readonly isType: boolean;
  readonly typeDoc: string;
  readonly entries: readonly {
    readonly doc: string;
    readonly name: string;
    readonly value: string;
  }[];
}

export interface RecordContext {
  readonly namesOf: NamesOf;
  /** The record's name in errors and comments, such as `FanControl` or `FanControl.Boost`. */
  readonly label: string;
  readonly doc: readonly (string | undefined)[];
  /** Data items are named by WmiDataId, parameters by their number. */
  readonly isData: boolean;
}

export function recordView(
  record: WireRecord,
  names: RecordNames,
  context: RecordContext,
): RecordView {
  const { items, layout } = record;
  const { namesOf } = context;
  const isFixed = layout.kind === 'fixed';
  const locals = names.locals(['reader', 'writer', 'view', 'at', 'data']);
  const localOf = new Map(items.map((item) => [item, locals.claim(item.name)]));
  const countOf = (item: WireItem, spell: (count: WireItem) => string): string | undefined => {
    const count = countItem(record, item);
    return count === undefined ? undefined : spell(count);
  };

  return {
    type: names.type,
    doc: docComment(context.doc),
    isEmpty: items.length === 0,
    members: items.map((item) => ({
      doc: docComment(memberDoc(item, names, context.isData), 2),
      name: names.member(item),
      type: valueType(item, names, namesOf),
    })),
    enums: items.flatMap((item) => enumViews(item, names, context.label)),
    codec: names.codec,
    codecDoc: docComment([`Encodes and decodes ${names.type}.`]),
    sizeNote: capitalized(`${sizeText(layout)}, aligned to ${layout.alignment}.`),
    isFixed,
    facts: isFixed
      ? [
          `name: ${tsString(context.label)},`,
          `size: ${layout.size ?? 0},`,
          `stride: ${layout.paddedSize ?? 0},`,
          `alignment: ${layout.alignment},`,
        ]
      : [
          `name: ${tsString(context.label)},`,
          `alignment: ${layout.alignment},`,
          `tail: ${layout.kind === 'bounded' ? layout.alignment : 1},`,
          `minimumSize: ${layout.minimumSize},`,
        ],
    readLines: items.map((item) =>
      isFixed
        ? `${names.member(item)}: ${readFixed(item, 'view', 'at', namesOf)}${asListed(item, names)},`
        : `const ${localOf.get(item) ?? ''} = ${readWalked(
            item,
            countOf(item, (count) => localOf.get(count) ?? ''),
            namesOf,
          )}${asListed(item, names)};`,
    ),
    resultLines: isFixed
      ? []
      : items.map((item) => shorthand(names.member(item), localOf.get(item) ?? '')),
    writeLines: items.map((item) => {
      const value = `data.${names.member(item)}`;
      return isFixed
        ? writeFixed(item, value, names.member(item), namesOf)
        : writeWalked(
            item,
            value,
            countOf(item, (count) => `data.${names.member(count)}`),
            names.member(item),
            namesOf,
          );
    }),
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 byte`, or `at least 22 bytes` where the size varies. */
export function sizeText(layout: WireRecord['layout']): string {
  const isFixed = layout.kind === 'fixed';
  const bytes = isFixed ? (layout.size ?? 0) : layout.minimumSize;
  return `${isFixed ? '' : 'at least '}${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

function shorthand(member: string, local: string): string {
  return member === local ? `${member},` : `${member}: ${local},`;
}

function memberDoc(
  item: WireItem,
  names: RecordNames,
  isData: boolean,
): readonly (string | undefined)[] {
  const { documentation: doc } = item;
  const range =
    doc.minimum === undefined && doc.maximum === undefined
      ? undefined
      : `Range: ${doc.minimum ?? 'lowest'} to ${doc.maximum ?? 'highest'}.`;
  const facts = [
    doc.units === undefined ? undefined : `Units: ${doc.units}.`,
    range,
    namedValues(item).length > 0 ? `Values: \`${names.values(item)}\`.` : undefined,
    namedBits(item).length > 0 ? `Bits: \`${names.bits(item)}\`.` : undefined,
    item.inheritedFrom === undefined ? undefined : `Inherited from ${item.inheritedFrom}.`,
  ].filter((fact) => fact !== undefined);
  return [
    doc.description ?? doc.displayName,
    facts.length === 0 ? undefined : facts.join(' '),
    isData
      ? `WmiDataId ${item.id}, ${item.access}: ${wireTypeText(item)}.`
      : `Parameter ${item.id}: ${wireTypeText(item)}.`,
  ];
}

/** `uint32 at 4`, `string of at most 31 characters`, `uint16[Count]`. */
function wireTypeText(item: WireItem): string {
  const { type, count, layout } = item;
  const element =
    type.kind === 'structure'
      ? type.structure.name
      : type.kind === 'integer'
        ? type.name
        : type.kind;
  const array =
    count.kind === 'scalar'
      ? ''
      : count.kind === 'fixed'
        ? `[${count.length}]`
        : count.kind === 'sizedBy'
          ? `[${count.item}]`
          : '[]';
  const limit =
    type.kind === 'string' && type.maxLength !== undefined
      ? ` of at most ${type.maxLength} characters`
      : '';
  const offset = layout.offset === undefined ? '' : ` at offset ${layout.offset}`;
  return `${element}${array}${limit}${offset}`;
}

function enumViews(item: WireItem, names: RecordNames, label: string): EnumView[] {
  const of = `\`${label}.${names.member(item)}\``;
  const suffix = item.type.kind === 'integer' && item.type.bits === 64 ? 'n' : '';
  const values = namedValues(item);
  const bits = namedBits(item);
  const views: EnumView[] = [];
  if (values.length > 0) {
    const spell = ({ value, text }: NamedValue): string =>
      item.type.kind === 'string' || value === undefined ? tsString(text) : `${value}${suffix}`;
    const listed = names.listed(item);
    const typeDoc = `A named value of ${of}. Other values are possible on the wire.`;
    views.push({
      ...enumView(`Values of ${of}.`, names.values(item), values, spell),
      isType: listed !== undefined,
      typeDoc: listed === undefined ? '' : docComment([typeDoc]),
    });
  }
  if (bits.length > 0) {
    const spell = ({ value }: NamedValue): string =>
      `0x${(1n << (value ?? 0n)).toString(16)}${suffix}`;
    views.push(enumView(`Bits of ${of}.`, names.bits(item), bits, spell));
  }
  return views;
}

function enumView(
  doc: string,
  name: string,
  values: readonly NamedValue[],
  spell: (value: NamedValue) => string,
): EnumView {
  const keys = memberScope();
  return {
    doc: docComment([doc]),
    name,
    isType: false,
    typeDoc: '',
    entries: values.map((value) => {
      const key = labelKey(value.label);
      return {
        doc: docComment([value.label === key ? undefined : value.label], 2),
        name: keys.claim(key),
        value: spell(value),
      };
    }),
  };
}

/** A value's label as a key: its words joined, `Very fast` -> `VeryFast`. */
function labelKey(label: string): string {
  const words = label.split(/[^\p{ID_Continue}]+/u).filter((word) => word !== '');
  const [first, ...rest] = words;
  if (first === undefined) return 'Unnamed';
  return [first, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}
