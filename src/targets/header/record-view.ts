/**
 * The view of one structure: a class's data, or one direction of a method, with what is defined about it
 * (docs/spec/layout-and-header.md#structures).
 */
import { type WireItem, type WireRecord } from '../../model/model.js';
import { type CRecordNames, type EnumerationNames } from '../c/record-names.js';
import { declaredItems, structAlignment } from '../c/struct-shape.js';
import { commentText } from '../c/text.js';
import {
  define,
  type MacroView,
  type MemberView,
  memberViews,
  type ViewContext,
} from './member-view.js';

export interface RecordView {
  /** With their slashes. */
  readonly comments: readonly string[];
  readonly tag: string;
  readonly struct: string;
  readonly pointer: string;
  readonly members: readonly MemberView[];
  readonly hasMacros: boolean;
  readonly macros: readonly MacroView[];
  readonly enumerations: readonly EnumerationView[];
}

export interface EnumerationView {
  readonly heading: string;
  readonly comments: readonly string[];
  readonly hasType: boolean;
  readonly tag: string;
  readonly type: string;
  readonly constants: readonly { readonly comments: readonly string[]; readonly line: string }[];
  /** Constants that no int holds. */
  readonly macros: readonly MacroView[];
}

/** The structure as a list of one; empty when the record has no items. */
export function recordViews(
  record: WireRecord,
  names: CRecordNames,
  what: string,
  context: ViewContext,
): readonly RecordView[] {
  const { shape, struct, tag, pointer } = names;
  if (shape.kind === 'none') return [];
  const members = memberViews(record, names, context);
  const macros = recordMacros(record, names, context);
  return [
    {
      comments: shape.kind === 'opaque' ? opaqueComments(what, record) : [],
      tag,
      struct,
      pointer,
      members,
      hasMacros: macros.length > 0,
      macros,
      enumerations: record.items.flatMap((item) =>
        names.enumerations(item).map((each) => enumerationView(each, item, what, context)),
      ),
    },
  ];
}

/** Notes what C aligns the structure of a class to, for those that embed it. */
export function noteAlignment(
  block: Parameters<ViewContext['alignments']['set']>[0],
  names: CRecordNames,
  { alignments }: ViewContext,
): void {
  const aligned = structAlignment(
    names.shape,
    (structure) => alignments.get(structure) ?? structure.data.layout.alignment,
  );
  alignments.set(block, aligned);
}

/** wmimofck's own sentence, and the reason. */
function opaqueComments(what: string, { items }: WireRecord): readonly string[] {
  const moving = items.find(({ layout }) => layout.kind === 'variable');
  const ids = items.map(({ id, name }) => `${id} ${commentText(name)}`).join(', ');
  return [
    `// Warning: Header for class ${what} cannot be created`,
    `// ${commentText(moving?.name ?? '')} varies in length and is not last, so the items after it have no fixed offsets.`,
    `// --partial-structs declares the items before it. All items by id: ${ids}`,
  ];
}

function recordMacros(
  { items }: WireRecord,
  names: CRecordNames,
  context: ViewContext,
): readonly MacroView[] {
  const { recordSizeMacro, fixedSizeMacro, struct, shape } = names;
  const last = declaredItems(shape).at(-1);
  const lastSize = last && names.sizeMacro(last);
  const moving = items.find(({ layout }) => layout.kind === 'variable');
  return [
    ...(recordSizeMacro === undefined || last === undefined || lastSize === undefined
      ? []
      : define(
          recordSizeMacro,
          `(FIELD_OFFSET(${struct}, ${names.member(last)}) + ${lastSize})`,
          context,
        )),
    ...(fixedSizeMacro === undefined || moving?.layout.offset === undefined
      ? []
      : define(fixedSizeMacro, String(moving.layout.offset), context)),
  ];
}

function enumerationView(
  { type, tag, enumeration, constants }: EnumerationNames,
  item: WireItem,
  what: string,
  context: ViewContext,
): EnumerationView {
  const inside = constants.filter(({ fitsInt }) => fitsInt);
  const macros = constants
    .filter(({ fitsInt }) => !fitsInt)
    .flatMap(({ name, value }) => define(name, value, context));
  const ofWhat = `${what}.${commentText(item.name)}`;
  return {
    heading: enumeration.kind === 'values' ? `Values of ${ofWhat}` : `Bits of ${ofWhat}`,
    comments: enumeration.omitted.map(
      ({ label, text }) =>
        `// Omitted: '${commentText(label)}' for '${commentText(text)}', which is not a single number.`,
    ),
    hasType: inside.length > 0,
    tag,
    type,
    constants: inside.map(({ label, name, value }, index) => ({
      comments: name.endsWith(`_${label}`) ? [] : [`// ${commentText(label)}`.trimEnd()],
      line: `${name} = ${value}${index === inside.length - 1 ? '' : ','}`,
    })),
    macros,
  };
}
