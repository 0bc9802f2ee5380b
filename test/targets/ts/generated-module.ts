/**
 * Takes MOF text all the way to an imported module, so that tests run what mofgen emits and not what they think it emits.
 *
 * The emitted files are written below build/, a folder of its own for each caller; `mofgen/runtime` is src/runtime.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { baseName } from '../../../src/emit.js';
import { analyze, emit } from '../../../src/generate.js';
import { type DataBlock, type Model } from '../../../src/model/model.js';
import { type WmiBlock, type WmiEventBlock } from '../../../src/runtime/block.js';
import { type Codec } from '../../../src/runtime/codec.js';
import { type KmdfDevice } from '../../../src/runtime/kmdf/types.js';
import { type RegisteredBlock, type RegisteredEvent } from '../../../src/runtime/register.js';
import { type FileNames, nameFile } from '../../../src/targets/ts/naming.js';
import { type RenderedFile } from '../../../src/targets/target.js';

/** The types of a block where they are not known. */
export interface AnyTypes {
  readonly data: Row;
  readonly changes: Row;
  readonly provider: AnyProvider;
  readonly methods: Readonly<Record<string, AnyMethodTypes>>;
}

interface AnyMethodTypes {
  readonly id: number;
  readonly input: Row | undefined;
  readonly output: Row | undefined;
}

/** A record's value as generated code has it. */
export type Row = Readonly<Record<string, unknown>>;

/** What a generated provider interface looks like when its types are not known. */
export type AnyProvider = Readonly<Record<string, (...parameters: never[]) => unknown>>;

const root = join(import.meta.dirname, '../../../build/generated');

/** The model of a text without errors. */
export function modelOf(mof: string | Uint8Array, name = 'test.mof'): Model {
  const bytes = typeof mof === 'string' ? new TextEncoder().encode(mof) : mof;
  const { value, diagnostics } = analyze(bytes, name, () => undefined);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  }
  return value;
}

/** The emitted files, unformatted: the generated one, then the skeleton. */
export function emitted(mof: string, name = 'test.mof'): readonly [RenderedFile, RenderedFile] {
  const [generated, skeleton] = emit(modelOf(mof, name), name, { targets: ['ts'] }).value;
  if (generated === undefined || skeleton === undefined) throw new Error('two files expected');
  return [generated, skeleton];
}

/** What was emitted for a text, imported. */
export interface GeneratedModule {
  readonly model: Model;
  readonly names: FileNames;
  /** Everything that `<base>.g.ts` exports. */
  readonly generated: Row;
  /** Everything that `<base>.provider.ts` exports. */
  readonly skeleton: Row;
  readonly register: (
    device: KmdfDevice,
    providers: Row,
  ) => Readonly<Record<string, RegisteredBlock & RegisteredEvent<Row>>>;
  blockOf(name: string): GeneratedBlock;
}

/** One class of it: the names that were chosen, and what carries them. */
export interface GeneratedBlock {
  readonly block: DataBlock;
  readonly names: ReturnType<FileNames['block']>;
  readonly codec: Codec<Row>;
  readonly dispatch: WmiBlock<AnyTypes>;
  readonly event: WmiEventBlock<Row>;
  /** The codecs of a method's input and output, where it has them. */
  method(name: string): {
    readonly id: number;
    readonly member: string;
    readonly input: Codec<Row> | undefined;
    readonly output: Codec<Row> | undefined;
  };
  newSkeleton(): AnyProvider & Record<string, unknown>;
}

/** Emits, writes and imports; `folder` must differ between tests that run at the same time. */
export async function importGenerated(
  mof: string,
  folder: string,
  name = 'test.mof',
): Promise<GeneratedModule> {
  const model = modelOf(mof, name);
  const directory = join(root, folder);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const files = emit(model, name, { targets: ['ts'] }).value;
  for (const file of files) writeFileSync(join(directory, file.name), file.text);
  const [generated, skeleton] = await Promise.all(
    files.map(
      async ({ name: file }) =>
        (await import(/* @vite-ignore */ pathToFileURL(join(directory, file)).href)) as Row,
    ),
  );
  if (generated === undefined || skeleton === undefined) throw new Error('two files expected');
  const names = nameFile(model, baseName(name));
  return {
    model,
    names,
    generated,
    skeleton,
    register: generated[names.register] as GeneratedModule['register'],
    blockOf(className) {
      const block = model.blocks.find((each) => each.name === className);
      if (block === undefined) throw new Error(`no block '${className}'`);
      return generatedBlock(block, names, generated, skeleton);
    },
  };
}

function generatedBlock(
  block: DataBlock,
  fileNames: FileNames,
  generated: Row,
  skeleton: Row,
): GeneratedBlock {
  const names = fileNames.block(block);
  const codecNamed = (name: string): Codec<Row> => generated[name] as Codec<Row>;
  return {
    block,
    names,
    codec: codecNamed(names.data.codec),
    dispatch: generated[names.block] as WmiBlock<AnyTypes>,
    event: generated[names.block] as WmiEventBlock<Row>,
    method(name) {
      const method = block.methods.find((each) => each.name === name);
      if (method === undefined) throw new Error(`no method '${name}'`);
      const { member, input, output } = names.method(method);
      return {
        id: method.id,
        member,
        input: method.input.items.length > 0 ? codecNamed(input.codec) : undefined,
        output: method.output.items.length > 0 ? codecNamed(output.codec) : undefined,
      };
    },
    newSkeleton: () =>
      new (skeleton[names.skeleton] as new () => AnyProvider & Record<string, unknown>)(),
  };
}
