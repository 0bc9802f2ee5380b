// Every sample, and every real MOF that needs no preprocessor, becomes C that Windows compilers take without a warning.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { analyze, emit } from '../../../src/generate.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { availableCompilers, compile, type CompilerName } from '../../c/toolchain.js';
import { mofText, randomBlocks } from '../ts/random-block.js';

const root = join(import.meta.dirname, '../../..');
const corpus = process.env['MOFGEN_CORPUS'] ?? join(root, '../shared/corpus');
const hasCorpus = existsSync(corpus);
if (!hasCorpus) console.log(`corpus tests skipped: ${corpus} does not exist (set MOFGEN_CORPUS)`);

const compilers = availableCompilers('generated C for drivers', [
  'mingw64-gcc',
  'mingw32-gcc',
  'mingw64-clang',
]);
const folder = mkdtempSync(join(tmpdir(), 'mofgen-compile-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Input {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

function mofFiles(where: string): string[] {
  return readdirSync(where, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => /\.mof$/i.test(name) && !name.includes('expected') && !name.startsWith('repos'),
    )
    .map((name) => join(where, name))
    .sort();
}

const fromDisk = (path: string): Input => ({
  name: basename(path),
  path,
  bytes: readFileSync(path),
});

const samples = mofFiles(join(root, 'samples'))
  .filter((path) => basename(path, '.mof') === basename(dirname(path)))
  .map(fromDisk);

const real = hasCorpus
  ? ['windows-driver-samples', 'linux-firmware']
      .flatMap((name) => mofFiles(join(corpus, name)))
      .filter((path) => {
        const text = readFileSync(path).toString('latin1').replaceAll('\0', '');
        return !/^[ \t]*#[ \t]*(define|include)/im.test(text);
      })
      .map(fromDisk)
  : [];

/** Blocks one by one: what a file with all of them has, a file with one may lack. */
const random = randomBlocks(14, 20261127).map((block): Input => {
  const name = `${block.name}.mof`;
  return { name, path: name, bytes: new TextEncoder().encode(mofText([block])) };
});

/** The C files that a target emits for an input, written below the test's folder. */
function cFiles({ path, name, bytes }: Input, target: string, options: EmitOptions): string[] {
  const { value, diagnostics } = analyze(bytes, path, (included, from) => {
    const other = join(dirname(from), included);
    return existsSync(other) ? { name: other, bytes: readFileSync(other) } : undefined;
  });
  if (hasErrors(diagnostics)) throw new Error(`${path} has errors`);
  const place = join(folder, target, Object.keys(options).join('-'), name);
  mkdirSync(place, { recursive: true });
  const files = emit(value, path, { targets: [target], options }).value;
  for (const file of files) writeFileSync(join(place, file.name), file.text);
  return files.filter((file) => file.name.endsWith('.c')).map((file) => join(place, file.name));
}

interface Group {
  readonly group: string;
  readonly inputs: readonly Input[];
  readonly least: number;
  readonly compilers?: readonly CompilerName[];
}

const TARGETS = ['kmdf', 'wdm'] as const;

const OPTIONS: readonly (readonly [string, EmitOptions])[] = [
  ['as it comes', {}],
  [
    'without locks, with partial structures, enumerations and quotes',
    { noInstanceLock: true, partialStructs: true, enums: true, allowCppQuote: true, neutral: true },
  ],
];

const groups: readonly Group[] = [
  { group: 'samples', inputs: samples, least: 5 },
  // One compiler sees what is unused as well as three do.
  { group: 'random blocks', inputs: random, least: 14, compilers: compilers.slice(0, 1) },
  ...(hasCorpus ? [{ group: 'real files', inputs: real, least: 14 }] : []),
];

const table = groups.flatMap((each) =>
  (each.compilers ?? compilers).flatMap((compiler) =>
    TARGETS.map((target) => ({ ...each, compiler, target })),
  ),
);

test.each(table)('$target: $group with $compiler', { timeout: 300_000 }, async (row) => {
  const { group, inputs, least, compiler, target } = row;
  expect(inputs.length).toBeGreaterThanOrEqual(least);
  for (const [, options] of group === 'samples' ? OPTIONS : OPTIONS.slice(0, 1)) {
    const files = inputs.flatMap((input) => cFiles(input, target, options));
    expect(files.length).toBe(2 * inputs.length);
    const { status, output } = await compile({
      compiler,
      files,
      includes: [join(root, 'test/c/include')],
    });
    expect(output).toBe('');
    expect(status).toBe(0);
  }
});

test.runIf(compilers.length > 0)('the compilers find what is wrong', async () => {
  const [compiler = 'mingw64-gcc'] = compilers;
  const text = '#include <ntddk.h>\nstatic int unused(void) { return 1; }\n';
  const { status, output } = await compile({ compiler, text });
  expect(status).not.toBe(0);
  expect(output).toContain('unused');
});
