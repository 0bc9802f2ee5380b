// The C core compiles without a warning with every compiler for drivers, its headers also as C++; and its settings take effect.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hostIncludes, sources } from '../c/host.js';
import { availableCompilers, type Compilation, COMPILERS, compile } from '../c/toolchain.js';
import { perRun } from '../effort.js';
import { poolSource, runtimeFolder } from './core-build.js';

const WARNINGS = ['-Wconversion', '-Wshadow', '-Wcast-qual', '-Wcast-align'];

const compilers = availableCompilers('the C core', [
  'gcc',
  'clang',
  'mingw64-gcc',
  'mingw32-gcc',
  'mingw64-clang',
  'mingw32-clang',
  'msvc-x64-clang',
  'msvc-x86-clang',
  'msvc-arm64-clang',
  'gnu-arm64-clang',
]);
const hosts = availableCompilers('settings of the C core', ['gcc', 'clang']);
// The ntddk.h of mingw-w64 is for C alone.
const cxx = availableCompilers('headers of the C core as C++', ['g++', 'clang++']);

const folder = mkdtempSync(join(tmpdir(), 'mofgen-runtime-c-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The options for the core; headers of the system and their replacements are not checked for warnings. */
function surroundings(compiler: Compilation['compiler']): Compilation {
  const { system } = COMPILERS[compiler];
  return {
    compiler,
    includes: [runtimeFolder],
    systemIncludes:
      system === 'windows' ? [join(import.meta.dirname, '../c/include')] : hostIncludes,
    flags: [...WARNINGS, ...(system === 'host' ? ['-fshort-wchar'] : [])],
  };
}

const files = sources(runtimeFolder);

test('there are files', () => {
  expect(files.map((file) => basename(file))).toEqual(
    expect.arrayContaining(['mofgen_wmi.c', 'mofgen_wmi_kmdf.c', 'mofgen_wmi_blocks.c']),
  );
});

test.each(compilers)('every file with %s', async (compiler) => {
  for (const optimization of perRun({ thorough: ['-O0', '-O2'], quick: ['-O2'] })) {
    const job = surroundings(compiler);
    const flags = [...(job.flags ?? []), optimization];
    expect(await compile({ ...job, files, flags })).toEqual({ status: 0, output: '' });
  }
});

test.each(cxx)('every header with %s', async (compiler) => {
  for (const header of files.map((file) => basename(file).replace(/\.c$/, '.h'))) {
    // Twice, to check the include guard.
    const text = `#include "${header}"\n#include "${header}"\n`;
    expect(await compile({ ...surroundings(compiler), text })).toEqual({ status: 0, output: '' });
  }
});

const limits: readonly [limit: string, isRight: boolean][] = [
  ['1', true],
  ['0x4000000', true],
  ['0xFFFFFFFF', true],
  ['0x100000000', false],
  ['0', false],
  ['(-1)', false],
];

test.each(hosts)('the limit of a request with %s', async (compiler) => {
  const job = surroundings(compiler);
  const text = `#include "mofgen_wmi_pool.h"\nC_ASSERT(MOFGEN_MAX_REQUEST_BYTES == 64 * 1024 * 1024);\n`;
  expect(await compile({ ...job, text })).toEqual({ status: 0, output: '' });
  for (const [limit, isRight] of limits) {
    const flags = ['-fshort-wchar'];
    const defines = [`MOFGEN_MAX_REQUEST_BYTES=${limit}`];
    const { output } = await compile({ ...job, files: [poolSource], flags, defines });
    if (isRight) expect(output, limit).toBe('');
    else expect(output, limit).toMatch(/static.assert.*MOFGEN_MAX_REQUEST_BYTES/);
  }
});

/** The kits of three ages, and the function that the core then allocates with. */
const KITS: readonly [kit: string, declarations: string, allocates: string][] = [
  ['before version 2004', '', 'ExAllocatePoolWithTag'],
  [
    'of version 2004 for older systems',
    `#define POOL_FLAG_PAGED 0x100ull
     #define POOL_FLAG_NON_PAGED 0x40ull
     #define NTDDI_VERSION 0x0A000007
     PVOID NTAPI ExAllocatePoolZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);`,
    'ExAllocatePoolZero',
  ],
  [
    'of version 2004',
    `#define POOL_FLAG_PAGED 0x100ull
     #define POOL_FLAG_NON_PAGED 0x40ull
     #define NTDDI_VERSION 0x0A000008
     PVOID NTAPI ExAllocatePool2(ULONGLONG Flags, SIZE_T NumberOfBytes, ULONG Tag);`,
    'ExAllocatePool2',
  ],
];

test.runIf(hosts.length > 0).each(KITS)(
  'a kit with %s uses %s',
  async (_kit, declarations, allocates) => {
    const [compiler] = hosts;
    if (compiler === undefined) return;
    const output = join(folder, `${allocates}.s`);
    const job = surroundings(compiler);
    const text = `#include <ntddk.h>\n${declarations}\n#include "mofgen_wmi_pool.c"\n`;
    const flags = [...(job.flags ?? []), '-S'];
    expect(await compile({ ...job, text, flags, output })).toEqual({ status: 0, output: '' });
    const called = readFileSync(output, 'utf8').match(/ExAllocatePool\w+/g);
    expect([...new Set(called)]).toEqual([allocates]);
  },
);
