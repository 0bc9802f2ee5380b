// What is emitted for every sample compiles with warnings that drivers are often built with: the generated sources as C11, the
// user's files as C and as C++17.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyze, emit } from '../../../src/generate.js';
import { hostIncludes } from '../../c/host.js';
import {
  availableCompilers,
  thoroughCompilers,
  compile,
  type CompilerName,
  COMPILERS,
} from '../../c/toolchain.js';
import { perRun } from '../../effort.js';
import { includesBeside, root, samples } from '../../mof-files.js';

const WARNINGS = ['-Wconversion', '-Wshadow', '-Wcast-qual', '-Wcast-align'];

const TARGETS = ['blocks', 'irp', 'kmdf', 'ndis', 'scsiwmi', 'wdm'] as const;
const EXTENSIONS = ['c', 'cpp'] as const;
type Extension = (typeof EXTENSIONS)[number];

const c = availableCompilers(
  'generated C with more warnings',
  perRun<readonly CompilerName[]>({
    thorough: [
      'gcc',
      'clang',
      'mingw64-gcc',
      'mingw32-gcc',
      'msvc-x64-clang',
      'msvc-x86-clang',
      'msvc-arm64-clang',
      'gnu-arm64-clang',
    ],
    quick: ['mingw64-gcc'],
  }),
);
// The ntddk.h of mingw-w64 is for C alone.
const cxx = availableCompilers(
  "the user's files as C++17",
  perRun<readonly CompilerName[]>({
    thorough: ['g++', 'clang++', 'msvc-x64-clang++', 'msvc-x86-clang++', 'msvc-arm64-clang++'],
    quick: ['g++'],
  }),
);

const folder = mkdtempSync(join(tmpdir(), 'mofgen-warnings-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const placeOf = (target: string, extension: Extension): string => join(folder, target, extension);

/** Starting values of each kind. */
const STARTS = `[WMI, guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1ab}")] class Part {
  [WmiDataId(1), read, write] string Text = "part"; };
[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1aa}")]
class Starts { [key, read] string InstanceName; [read] boolean Active;
  [WmiDataId(1), read, write] string Text = "a text";
  [WmiDataId(2), read, write] string Texts[2] = {"one", "two"};
  [WmiDataId(3), read, write, MaxLen(9)] string Short = "short";
  [WmiDataId(4), read, write] char16 Letter = 'A';
  [WmiDataId(5), read, write] datetime When = "20260115120000.000000+060";
  [WmiDataId(6), read, write] sint8 Low = -128;
  [WmiDataId(7), read, write] sint64 Lowest = -9223372036854775808;
  [WmiDataId(8), read, write] boolean Yes = TRUE;
  [WmiDataId(9), read, write] Part Inner[2];
  [WmiDataId(10), read, write] string Rest[] = {"three", "four"}; };`;

const inputs = [
  ...samples.map(({ name, path }) => ({ name, path, bytes: readFileSync(path) })),
  { name: 'starts', path: 'starts.mof', bytes: new TextEncoder().encode(STARTS) },
];

beforeAll(() => {
  for (const target of TARGETS) {
    for (const extension of EXTENSIONS) {
      mkdirSync(placeOf(target, extension), { recursive: true });
      for (const input of inputs) emitInto(placeOf(target, extension), input, target, extension);
    }
  }
});

function emitInto(
  place: string,
  { path, bytes }: (typeof inputs)[number],
  target: string,
  extension: Extension,
): void {
  const { value, diagnostics } = analyze(bytes, path, includesBeside());
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const files = emit(value, path, { targets: [target], options: { implExt: extension } }).value;
  for (const { name, text } of files) writeFileSync(join(place, name), text);
}

/** Compiles files; headers of the system and their replacements are not checked for warnings. */
function compileStrictly(compiler: CompilerName, files: readonly string[]) {
  const { system } = COMPILERS[compiler];
  return compile({
    compiler,
    files,
    systemIncludes: system === 'windows' ? [join(root, 'test/c/include')] : hostIncludes,
    flags: [...WARNINGS, ...(system === 'host' ? ['-fshort-wchar'] : [])],
  });
}

const filesOf = (target: string, extension: Extension, suffix: string): string[] =>
  inputs.map(({ name }) => join(placeOf(target, extension), `${name}${suffix}`));

const clang = thoroughCompilers('aggregates of emitted C', ['mingw64-clang']);

// What Visual C++ reports as C4204, a warning of level 4, Clang reports for the C before C99.
test.each(clang.flatMap((compiler) => TARGETS.map((target) => ({ compiler, target }))))(
  'constant aggregates in $target and its core with $compiler',
  async ({ compiler, target }) => {
    const place = join(folder, `aggregates-${target}`);
    mkdirSync(place);
    for (const input of inputs) emitInto(place, input, target, 'c');
    const { output } = await compile({
      compiler,
      files: readdirSync(place)
        .filter((name) => name.endsWith('.c'))
        .map((name) => join(place, name)),
      systemIncludes: [join(root, 'test/c/include')],
      flags: ['-std=gnu89', '-Wno-error'],
    });
    // Other warnings remain: comments and designators of C99.
    expect(output).toContain('[-W');
    expect(output).not.toContain('initializer for aggregate is not a compile-time constant');
  },
);

const table = (compilers: readonly CompilerName[]) =>
  compilers.flatMap((compiler) => TARGETS.map((target) => ({ compiler, target })));

test.each(table(c))('$target as C11 with $compiler', async ({ compiler, target }) => {
  const files = ['_wmi.c', '_wmi_impl.c'].flatMap((suffix) => filesOf(target, 'c', suffix));
  expect(await compileStrictly(compiler, files)).toEqual({ status: 0, output: '' });
});

test.each(table(cxx))(
  '$target: impl files as C++17 with $compiler',
  async ({ compiler, target }) => {
    const files = filesOf(target, 'cpp', '_wmi_impl.cpp');
    expect(await compileStrictly(compiler, files)).toEqual({ status: 0, output: '' });
  },
);
