/** The view of one class of the header, or of the words in its place (docs/spec/layout-and-header.md#parts-of-a-class). */
import { type DataBlock, type Method, type MofClass } from '../../model/model.js';
import { text } from '../../model/qualifiers.js';
import { type BareMacro } from '../c/bare-macros.js';
import { type HeaderClass } from '../c/header-classes.js';
import { headerQualifiers } from '../c/header-qualifiers.js';
import { commentText } from '../c/text.js';
import { define, type MacroView, prefixed, type ViewContext } from './member-view.js';
import { type PrintedClass } from './print-order.js';
import { type QuoteView, quoteViews } from './quotes.js';
import { noteAlignment, type RecordView, recordViews } from './record-view.js';

/** One class, and the structures that must precede it. */
export interface SectionView {
  /** Why the class is not there; with slashes. */
  readonly notes: readonly string[];
  readonly structures: readonly StructureView[];
  readonly classes: readonly ClassView[];
}

/** A structure that is declared apart from its class. */
export interface StructureView {
  readonly heading: readonly string[];
  readonly records: readonly RecordView[];
}

export interface ClassView {
  readonly heading: readonly string[];
  readonly quotes: readonly QuoteView[];
  readonly guid: string;
  readonly guidVariable: string;
  /** The GUID as an initialiser and as a list of eleven values. */
  readonly guidInitializer: string;
  readonly guidValues: string;
  readonly hasMethods: boolean;
  readonly methodsHeading: string;
  readonly methods: readonly MethodView[];
  /** A structure ends in a blank line, a macro does not. */
  readonly endsInMacro: boolean;
  readonly records: readonly RecordView[];
  /** A note that its structure is declared earlier; with slashes. */
  readonly structNotes: readonly string[];
}

export interface MethodView {
  readonly quotes: readonly QuoteView[];
  readonly comments: readonly string[];
  readonly macros: readonly MacroView[];
  readonly hasRecords: boolean;
  readonly records: readonly RecordView[];
}

export function sectionView(
  { row, before, isStructAbove }: PrintedClass,
  context: ViewContext,
): SectionView {
  const { block, presence } = row;
  const name = commentText(row.class.name);
  const structures = before.map((each) => structureView(each, context));
  switch (presence) {
    case 'absent':
      return omitted(`${name} is omitted: it has no GUID, and no class here uses it.`);
    case 'elsewhere':
      return omitted(
        `${name} is omitted: its WmiGenerateHeader is FALSE, so another header declares it.`,
      );
    case 'structure': {
      const own = block === undefined || isStructAbove ? [] : [structureView(block, context)];
      return { notes: [], structures: [...structures, ...own], classes: [] };
    }
    case 'whole':
      return { notes: [], structures, classes: [classView(row, isStructAbove, context)] };
    default:
      return presence satisfies never;
  }
}

function omitted(note: string): SectionView {
  return { notes: [`// ${note}`], structures: [], classes: [] };
}

/** The structure of a class away from the rest of it, if there is a rest. */
function structureView(block: DataBlock, context: ViewContext): StructureView {
  const { data } = context.names.block(block);
  noteAlignment(block, data, context);
  const { presence } = context.names.classOf(block);
  const note =
    presence === 'structure'
      ? 'It has no GUID: only its structure is declared, for the structures that use it.'
      : 'Only its structure, which the structures below use. Its other declarations follow.';
  return {
    heading: [...heading(block.class, data.struct, context), `// ${note}`],
    records: recordViews(block.data, data, commentText(block.name), context),
  };
}

/** The class with its structure's name, and its description, if it has one. */
function heading(
  { name, qualifiers }: MofClass,
  struct: string,
  { options }: ViewContext,
): readonly string[] {
  const description = text(headerQualifiers(qualifiers, options), 'Description');
  return [
    `// ${commentText(name)} - ${struct}`,
    ...(description === undefined ? [] : [`//${prefixed(description)}`]),
  ];
}

function classView(row: HeaderClass, isStructAbove: boolean, context: ViewContext): ClassView {
  const { class: owner, block, guid = '' } = row;
  const { names, options } = context;
  const { guid: guidMacro, guidVariable, idleMethods } = names.class(row);
  const struct = block === undefined ? owner.name : names.block(block).struct;
  const name = commentText(owner.name);
  const called = (block?.methods ?? []).map((method) => calledMethod(method, row, context));
  const idle = idleMethods.map(({ method, id }) => ({
    quotes: quoteViews(method.qualifiers, options),
    comments: ['// Not callable: its class has no registered methods.'],
    id,
    records: [],
  }));
  const methods = [...called, ...idle].map(({ id, comments, ...rest }): MethodView => {
    const macros = define(id.name, id.text, context);
    const hasRecords = rest.records.length > 0;
    return { ...rest, hasRecords, comments: [...comments, ...idComments(id, macros)], macros };
  });
  const records = block === undefined || isStructAbove ? [] : ownRecords(block, context);
  return {
    heading: heading(owner, commentText(struct), context),
    quotes: quoteViews(owner.qualifiers, options),
    guid: guidMacro,
    guidVariable,
    guidInitializer: guidInitializer(guid),
    guidValues: guidParts(guid).join(','),
    hasMethods: methods.length > 0,
    methodsHeading: `Method id definitions for ${name}`,
    methods,
    endsInMacro: methods.at(-1)?.hasRecords === false,
    records,
    structNotes: isStructAbove ? [`// The structure of ${name} is declared above.`] : [],
  };
}

function ownRecords(block: DataBlock, context: ViewContext): readonly RecordView[] {
  const { data } = context.names.block(block);
  noteAlignment(block, data, context);
  return recordViews(block.data, data, commentText(block.name), context);
}

function calledMethod(method: Method, { block }: HeaderClass, context: ViewContext) {
  const { names, options } = context;
  if (block === undefined) throw new Error(`${method.name} belongs to no block`);
  const { idMacro, base, input, output } = names.block(block).method(method);
  const records =
    options.methodStructs === true
      ? [
          ...recordViews(method.input, input, `${commentText(base)}_IN`, context),
          ...recordViews(method.output, output, `${commentText(base)}_OUT`, context),
        ]
      : [];
  return { quotes: quoteViews(method.qualifiers, options), comments: [], id: idMacro, records };
}

/** Why a method's id is not under its bare name, or not defined once more. */
function idComments(
  { wanted, name, obstacle }: BareMacro,
  macros: readonly MacroView[],
): readonly string[] {
  return [
    ...(obstacle === undefined
      ? []
      : [`// Not ${commentText(wanted)}, because that ${commentText(obstacle.because)}.`]),
    ...(macros.length > 0 ? [] : [`// ${name} is defined above.`]),
  ];
}

/** The eleven numbers of a GUID in lower case and without braces. */
function guidParts(guid: string): readonly string[] {
  const [first = '', second = '', third = '', ...rest] = guid.split('-');
  const bytes = rest.join('').match(/../g) ?? [];
  return [first, second, third, ...bytes].map((digits) => `0x${digits}`);
}

function guidInitializer(guid: string): string {
  const parts = guidParts(guid);
  return `{ ${parts.slice(0, 3).join(',')}, { ${parts.slice(3).join(',')} } }`;
}
