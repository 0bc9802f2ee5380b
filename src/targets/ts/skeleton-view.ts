/**
 * The view of the user's file, `<base>.provider.ts`: for each block a working class that keeps its values in memory.
 */
import { type DataBlock, type Method, type Model } from '../../model/model.js';
import { isWritable } from '../../model/set-rules.js';
import { type EmitContext } from '../target.js';
import { unchangedParameters } from '../../model/method-defaults.js';
import { methodHead, objectLiteral, queriedType, zeroStructure } from './file-view.js';
import { braces, head, indented } from './final-text.js';
import { type BlockNames, type FileNames } from './naming.js';
import { SUCCESS } from './setter-view.js';
import { zeroValue } from './spelling.js';
import { startingStructure } from './starting-values.js';
import { commentText, docComment, tsString } from './text.js';

export interface SkeletonView {
  readonly banner: string;
  readonly isEmpty: boolean;
  readonly generatedImport: string;
  readonly classes: readonly SkeletonClass[];
  readonly register: string;
  readonly registerHead: string;
  readonly sourceName: string;
  readonly entries: readonly { readonly key: string; readonly skeleton: string }[];
}

export interface SkeletonClass {
  readonly doc: string;
  readonly skeleton: string;
  readonly provider: string;
  readonly type: string;
  readonly field: string;
  /** The initial value of the field. */
  readonly start: string;
  readonly queried: string;
  readonly query: string;
  readonly isWritable: boolean;
  readonly setHead: string;
  readonly methods: readonly SkeletonMethod[];
}

export interface SkeletonMethod {
  readonly doc: string;
  readonly member: string;
  readonly hasInput: boolean;
  readonly input: string;
  /** The skeleton's field for the input. */
  readonly kept: string;
  readonly head: string;
  /** What the method returns. */
  readonly result: string;
}

/** A zero-length interval: a datetime that every reader accepts (driver-defined WMI data items). */
const NO_TIME = 'wmi.ZERO_INTERVAL';

export function skeletonView(model: Model, context: EmitContext, names: FileNames): SkeletonView {
  const blocks = model.blocks.filter(({ role }) => role === 'dataBlock');
  const registered = model.blocks.filter(({ role }) => role !== 'structure');
  const classes = blocks.map((block) => skeletonClass(block, names));
  return {
    banner: `The providers of ${commentText(context.sourceName)}. This file is yours: mofgen wrote it once and never touches it again.`,
    isEmpty: registered.length === 0,
    generatedImport: importLine(importNames(blocks, names), context),
    classes,
    register: names.register,
    registerHead: head(
      `export function ${names.registerSkeletons}`,
      ['device: wmi.KmdfDevice'],
      `: ${names.registration} {`,
      { styles: 'default' },
    ),
    sourceName: commentText(context.sourceName),
    entries: blocks.map((block) => ({
      key: names.key(block),
      skeleton: names.block(block).skeleton,
    })),
  };
}

/** Imports `imported` from the generated file, which is .js for compilers and .ts for Node's type stripping. */
export function importLine(
  imported: readonly string[],
  { base, options, generatedFolder = '.' }: EmitContext,
): string {
  const extension = options.tsExtensions === true ? 'ts' : 'js';
  return braces(
    'import ',
    imported,
    ` from ${tsString(`${generatedFolder}/${base}.g.${extension}`)};`,
  );
}

/** What the skeleton imports from the generated file. */
function importNames(blocks: readonly DataBlock[], names: FileNames): string[] {
  const types = blocks.flatMap((block) => importedTypes(block, names));
  return [...types.map((name) => `type ${name}`), names.register, `type ${names.registration}`];
}

/** The types of the generated file that one class of the skeleton uses. */
export function importedTypes(block: DataBlock, names: FileNames): string[] {
  const of = names.block(block);
  return [
    of.data.type,
    ...(isWritable(block) ? [of.changes] : []),
    of.provider,
    ...block.methods.flatMap((method) => {
      const { input, output } = of.method(method);
      return [
        ...(method.input.items.length > 0 ? [input.type] : []),
        ...(method.output.items.length > 0 ? [output.type] : []),
      ];
    }),
  ];
}

export function skeletonClass(block: DataBlock, names: FileNames): SkeletonClass {
  const of = names.block(block);
  return {
    doc: docComment([block.description, `Keeps the values of one ${block.name} in memory.`]),
    skeleton: of.skeleton,
    provider: of.provider,
    type: of.data.type,
    field: of.field,
    start: indented(startingStructure(block, names, NO_TIME, 2), 2),
    queried: queriedType(block, of),
    query: of.query,
    isWritable: isWritable(block),
    setHead: head(`  ${of.set}`, [`changes: ${of.changes}`], ': wmi.NtStatus {', {
      styles: 'default',
    }),
    methods: block.methods.map((method) => skeletonMethod(method, of, names)),
  };
}

function skeletonMethod(method: Method, of: BlockNames, names: FileNames): SkeletonMethod {
  const { member, kept, input, output } = of.method(method);
  const hasOutput = method.output.items.length > 0;
  const inputs = new Map(method.input.items.map((item) => [item.id, item]));
  const returned = unchangedParameters(method);
  const results = method.output.items.map((item) => {
    const same = returned.has(item) ? inputs.get(item.id) : undefined;
    const value =
      same === undefined
        ? zeroValue(item, undefined, output, {
            datetime: NO_TIME,
            structure: (type) => zeroStructure(type.structure, names, NO_TIME),
          })
        : `input.${input.member(same)}`;
    return `${output.member(item)}: ${value}`;
  });
  return {
    doc: docComment([method.description, `WmiMethodId ${method.id}.`], 2),
    member,
    hasInput: method.input.items.length > 0,
    input: input.type,
    kept,
    head: methodHead(method, of.method(method), ' {', 'default'),
    result: hasOutput ? indented(objectLiteral(results), 4) : SUCCESS,
  };
}
