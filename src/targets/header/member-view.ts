/**
 * The view of one item in a structure: its constants, its comments, its declaration and its macros
 * (docs/spec/layout-and-header.md#structures).
 */
import { type DataBlock, type WireItem, type WireRecord } from '../../model/model.js';
import { text } from '../../model/qualifiers.js';
import { type CFileNames } from '../c/naming.js';
import { type CRecordNames, type ValueNames } from '../c/record-names.js';
import { definedValues } from '../c/define-values.js';
import { headerQualifiers } from '../c/header-qualifiers.js';
import { isVariableString } from '../c/struct-shape.js';
import { commentText } from '../c/text.js';
import { declarator, memberDeclaration, sizeOf } from '../c/types.js';
import { type EmitOptions } from '../options.js';
import { type QuoteView, quoteViews } from './quotes.js';

/** What all views of one header share. */
export interface ViewContext {
  readonly names: CFileNames;
  readonly options: EmitOptions;
  /** The macros that are already defined. */
  readonly defined: Set<string>;
  /** The C alignment of the structures that are already declared. */
  readonly alignments: Map<DataBlock, number>;
}

export interface MacroView {
  readonly name: string;
  readonly value: string;
}

export interface MemberView {
  readonly quotes: readonly QuoteView[];
  readonly hasConstants: boolean;
  /** The first member has no blank line before it. */
  readonly isFirst: boolean;
  readonly constants: readonly ConstantView[];
  /** With their slashes. */
  readonly comments: readonly string[];
  /** With its indentation. */
  readonly declaration: string;
  readonly macros: readonly MacroView[];
}

export interface ConstantView {
  readonly comments: readonly string[];
  readonly macros: readonly MacroView[];
}

/** The members of a record's structure, those that are only there as comments included. */
export function memberViews(
  record: WireRecord,
  names: CRecordNames,
  context: ViewContext,
): readonly MemberView[] {
  const { shape } = names;
  switch (shape.kind) {
    case 'none':
      return [];
    case 'opaque':
      return [opaqueMember(record, context)];
    case 'whole':
    case 'partial': {
      const isDropped = new Set(shape.kind === 'partial' ? shape.dropped : []);
      const typeName = typeNames(record, names, context);
      const moving = record.items.find(({ layout }) => layout.kind === 'variable');
      const next = record.items[moving === undefined ? -1 : record.items.indexOf(moving) + 1];
      return record.items.map((item, index) => ({
        ...memberView(item, names, context, typeName, isDropped.has(item)),
        isFirst: index === 0,
        comments: [
          `//${prefixed(text(headerQualifiers(item.qualifiers, context.options), 'Description'))}`,
          ...itemNotes(item, names),
          ...(item === next && moving !== undefined ? movingNote(moving, isDropped.has(item)) : []),
        ],
      }));
    }
    default:
      return shape satisfies never;
  }
}

/** The member that replaces all items. Their code is kept. */
function opaqueMember({ items }: WireRecord, { options }: ViewContext): MemberView {
  const valued = items.filter(
    ({ qualifiers }) => definedValues(headerQualifiers(qualifiers, options)).length > 0,
  );
  return {
    quotes: items.flatMap(({ qualifiers }) => quoteViews(qualifiers, options)),
    hasConstants: false,
    isFirst: true,
    constants: [],
    comments: valued.map(
      ({ name }) => `// The DefineValues of ${commentText(name)} are omitted with it.`,
    ),
    declaration: '    char VariableData[1];',
    macros: [],
  };
}

function memberView(
  item: WireItem,
  names: CRecordNames,
  context: ViewContext,
  typeName: (structure: DataBlock) => string,
  isDropped: boolean,
): Omit<MemberView, 'isFirst' | 'comments'> {
  const declaration = memberDeclaration(item, typeName);
  const line = `${declarator(declaration, names.member(item))};`;
  const size = names.sizeMacro(item);
  const id = names.idMacro(item);
  const struct = (structure: DataBlock): string => context.names.block(structure).struct;
  const constants = names.values(item).map((each) => constantView(each, context));
  return {
    quotes: quoteViews(item.qualifiers, context.options),
    hasConstants: constants.length > 0,
    constants,
    declaration: isDropped ? `//  ${line}` : `    ${line}`,
    macros: [
      ...(size === undefined ? [] : define(size, sizeOf(memberDeclaration(item, struct)), context)),
      ...(id === undefined ? [] : define(id, String(item.id), context)),
    ],
  };
}

/** A macro that is not there yet; one of the same name has the same text. */
export function define(name: string, value: string, { defined }: ViewContext): MacroView[] {
  if (defined.has(name)) return [];
  defined.add(name);
  return [{ name, value }];
}

/**
 * The spelling of embedded types. In C++ a member hides the type of its name from the rest of the structure, so a type
 * that a member is named after is spelled with its tag.
 */
function typeNames(
  { items }: WireRecord,
  names: CRecordNames,
  context: ViewContext,
): (structure: DataBlock) => string {
  const members = new Set(items.map((item) => names.member(item)));
  return (structure) => {
    const { struct, data } = context.names.block(structure);
    return members.has(struct) ? `struct ${data.tag}` : struct;
  };
}

function itemNotes(item: WireItem, names: CRecordNames): readonly string[] {
  const member = names.member(item);
  if (isVariableString(item)) {
    return [
      `// ${commentText(item.name)}: a string that begins with a USHORT, its length in bytes.`,
    ];
  }
  return member === item.name ? [] : [`// In the MOF: ${commentText(item.name)}`];
}

function movingNote({ name }: WireItem, isDropped: boolean): readonly string[] {
  const reason = `${commentText(name)} varies in length, so the items after it have no fixed offsets`;
  return isDropped
    ? [`// ${reason} and cannot be declared.`]
    : [`// ${reason}: do not use these members.`];
}

function constantView({ value, macro }: ValueNames, context: ViewContext): ConstantView {
  const name = commentText(value.name);
  const label = value.label === undefined ? [] : [`// ${commentText(value.label)}`.trimEnd()];
  if (macro === undefined) {
    const why =
      value.name === '' ? 'it has no name' : `'${commentText(value.mapped)}' is not an integer`;
    return { comments: [...label, `// Not defined: '${name}', because ${why}.`], macros: [] };
  }
  const macros = define(macro.name, macro.text, context);
  return {
    comments: [
      ...label,
      ...(macro.obstacle === undefined
        ? []
        : [`// Not ${name}, because that ${commentText(macro.obstacle.because)}.`]),
      ...(macros.length > 0 ? [] : [`// ${macro.name} is defined above.`]),
    ],
    macros,
  };
}

/** Text after the slashes of a comment; `''` without text. */
export function prefixed(description: string | undefined): string {
  const line = commentText(description ?? '');
  return line === '' ? '' : ` ${line}`;
}
