// Analysers report nothing for the C core: clang-tidy with src/runtime-c/.clang-tidy, GCC's and Clang's own. To show that they work,
// they have to report an injected fault.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostIncludes, sources } from '../c/host.js';
import { type CompilerName, availableCompilers, availableTool, run } from '../c/toolchain.js';
import { runsThoroughly } from '../effort.js';
import { runtimeFolder } from './core-build.js';

const ARGUMENTS = [
  '-std=c11',
  '-fshort-wchar',
  ...hostIncludes.flatMap((folder) => ['-isystem', folder]),
];

interface Analyser {
  readonly name: string;
  readonly isThere: boolean;
  readonly command: (file: string) => readonly [string, readonly string[]];
}

const compiler = (name: CompilerName) =>
  availableCompilers('analysis of the C core', [name]).length > 0;

const ANALYSERS: readonly Analyser[] = [
  {
    name: 'clang-tidy',
    isThere: availableTool('analysis of the C core', 'clang-tidy'),
    command: (file) => ['clang-tidy', ['--quiet', file, '--', ...ARGUMENTS]],
  },
  {
    name: 'gcc -fanalyzer',
    isThere: compiler('gcc'),
    command: (file) => [
      'gcc',
      [...ARGUMENTS, '-fanalyzer', '-Werror', '-O2', '-S', '-o', '/dev/null', file],
    ],
  },
  {
    name: 'clang --analyze',
    isThere: compiler('clang'),
    command: (file) => [
      'clang',
      ['--analyze', '--analyzer-output', 'text', '-Xclang', '-analyzer-werror', ...ARGUMENTS, file],
    ],
  },
];

/** Reads through a NULL pointer, on a path that only an analyser finds. */
const FAULT = `
int MofgenFault(int *Values, int Count);
int MofgenFault(int *Values, int Count)
{
    int *first = 0;
    if (Count > 0)
    {
        first = Values;
    }
    return Count > 3 ? 0 : Count < 1 ? *first : 1;
}
`;

const analysers = runsThoroughly('analysis of the C core')
  ? ANALYSERS.filter(({ isThere }) => isThere)
  : [];

describe.each(analysers)('$name', ({ command }) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mofgen-analysis-'));
    for (const name of readdirSync(runtimeFolder)) {
      copyFileSync(join(runtimeFolder, name), join(folder, name));
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('reports nothing', async () => {
    const outcomes = await Promise.all(
      sources(folder).map(async (file) => {
        const { status, output } = await run(...command(file), { cwd: folder });
        const findings = output.match(/.*\b(?:warning|error): .*/g) ?? [];
        return { status, findings };
      }),
    );
    expect(outcomes).not.toEqual([]);
    expect(outcomes).toEqual(outcomes.map(() => ({ status: 0, findings: [] })));
  });

  test('reports a fault', async () => {
    const file = join(folder, 'faulty.c');
    writeFileSync(file, readFileSync(join(folder, 'mofgen_wmi.c'), 'utf8') + FAULT);
    const { status, output } = await run(...command(file), { cwd: folder });
    rmSync(file);
    expect(status).not.toBe(0);
    expect(output).toMatch(/(?:warning|error): .*(?:[Nn]ull|NULL)/);
  });
});

test.runIf(ANALYSERS.every(({ isThere }) => isThere))('clang-tidy reads its settings', () => {
  const listed = spawnSync(
    'clang-tidy',
    ['--list-checks', join(runtimeFolder, 'mofgen_wmi.c'), '--'],
    {
      encoding: 'utf8',
      cwd: runtimeFolder,
    },
  );
  for (const group of ['bugprone-', 'clang-analyzer-', 'cert-']) {
    expect(listed.stdout).toContain(group);
  }
  expect(listed.stdout).not.toContain('bugprone-easily-swappable-parameters');
});
