// Samples as drivers on the host harness: emitted into a build's folder, with functions of the user's file left to a test.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'vitest';
import { analyze, emit } from '../../../src/generate.js';
import { type Model } from '../../../src/model/model.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { type HostBuild } from '../../c/host.js';
import { run, sanitizerEnvironment } from '../../c/toolchain.js';
import { modelOf } from '../ts/generated-module.js';

const samples = join(import.meta.dirname, '../../../samples');

export interface EmittedSample {
  readonly folder: string;
  /** The C files. */
  readonly sources: readonly string[];
  readonly model: Model;
}

export interface SampleOptions {
  /** Functions that the test defines in place of the user's file. */
  readonly replaced?: readonly string[];
  readonly options?: EmitOptions;
}

/** Emits a sample into a folder of the build, `name` unless another one is given. */
export function emitSample(
  build: HostBuild,
  target: string,
  name: string,
  { replaced = [], options = {} }: SampleOptions = {},
  folderName = name,
): EmittedSample {
  const path = join(samples, name, `${name}.mof`);
  const { value } = analyze(readFileSync(path), path, (included, from) => {
    const other = join(dirname(from), included);
    return { name: other, bytes: readFileSync(other) };
  });
  const folder = join(build.folder, folderName);
  mkdirSync(folder, { recursive: true });
  const files = emit(value, path, { targets: [target], options }).value;
  for (const file of files) {
    const text = file.owner === 'user' ? without(file.text, replaced) : file.text;
    writeFileSync(join(folder, file.name), text);
  }
  const sources = files.filter((file) => file.name.endsWith('.c')).map(({ name }) => name);
  return { folder, sources: sources.map((source) => join(folder, source)), model: value };
}

/** Emits a driver for a MOF text into a folder of the build. */
export function emitText(
  build: HostBuild,
  target: string,
  folderName: string,
  base: string,
  mof: string,
  { replaced = [], options = {} }: SampleOptions = {},
): Pick<EmittedSample, 'folder' | 'sources'> {
  const folder = join(build.folder, folderName);
  mkdirSync(folder, { recursive: true });
  const model = modelOf(mof, `${base}.mof`);
  const files = emit(model, `${base}.mof`, { targets: [target], options }).value;
  for (const { name, owner, text } of files) {
    writeFileSync(join(folder, name), owner === 'user' ? without(text, replaced) : text);
  }
  const sources = files.filter(({ name }) => name.endsWith('.c'));
  return { folder, sources: sources.map(({ name }) => join(folder, name)) };
}

/** A skeleton whose user has moved some functions elsewhere. */
function without(text: string, functions: readonly string[]): string {
  return functions.reduce((rest, name) => {
    const pattern = new RegExp(
      String.raw`_Use_decl_annotations_\n\w+\n${name}\([^{]*\{\n[\s\S]*?\n\}\n`,
    );
    expect(rest).toMatch(pattern);
    return rest.replace(pattern, '');
  }, text);
}

/** Links the sample with the program and the harness, and runs it: it has to print exactly `output`. */
export async function runProgram(
  build: HostBuild,
  { folder, sources }: Pick<EmittedSample, 'folder' | 'sources'>,
  program: string,
  output: string,
  defines: readonly string[] = [],
  includes: readonly string[] = [],
): Promise<void> {
  const built = await build.build(join(basename(folder), 'program'), {
    sources: [...sources, program],
    includes: [folder, ...includes],
    defines,
  });
  expect(built.output).toBe('');
  const outcome = await run(built.path, [], { env: sanitizerEnvironment(build.compiler) });
  expect(outcome.output).toBe(output);
  expect(outcome.status).toBe(0);
}
