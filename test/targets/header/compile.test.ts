// The headers of every sample and of real MOF files, as drivers and programs include them: C after ntddk.h, C++ after ntdef.h
// and windows.h, for x64 and x86. Their C_ASSERT lines make the compiler check every offset and size of the model.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type EmitOptions } from '../../../src/targets/options.js';
import { availableCompilers, compile, type CompilerName } from '../../c/toolchain.js';
import { samples, selfContainedFiles } from '../../mof-files.js';
import { headerOfFile } from './emit-files.js';
import { perRun } from '../../effort.js';

const paths = [...samples.map(({ path }) => path), ...selfContainedFiles()];

const VARIANTS: readonly (readonly [string, EmitOptions])[] = [
  ['plain', {}],
  ['neutral', { neutral: true, methodStructs: true }],
  ['all', { methodStructs: true, partialStructs: true, enums: true, allowCppQuote: true }],
];

const folder = mkdtempSync(join(tmpdir(), 'mofgen-headers-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Structures that a MOF of the samples expects in another header. */
const ELSEWHERE = `typedef struct _Slot
{
    CHAR Level;
    WCHAR Tag[5 + 1];
} Slot, *PSlot;
`;

/** C has blocks in functions, C++ has namespaces. */
const BLOCKS = `#ifdef __cplusplus
#define IN_A_BLOCK(name) namespace name
#else
#define IN_A_BLOCK(name) void name(void); void name(void)
#endif
`;

/** The names of the types that a header declares. */
const typesOf = (text: string): string[] =>
  Array.from(text.matchAll(/^\} (\w+)/gm), ([, name]) => name ?? '');

/** The macros that a header defines, without those that all headers define. */
const macrosOf = (text: string): string[] =>
  Array.from(text.matchAll(/^[ \t]*#define (\w+)/gm), ([, name]) => name ?? '').filter(
    (name) => name !== 'FIELD_OFFSET' && name !== 'C_ASSERT',
  );

/**
 * One source with the headers of all files, with an #undef of each macro after its header. A header that repeats declarations
 * of an earlier one, as those of other variants do, is in a block of its own.
 */
function sourceOfAll(): string {
  const declared = new Set<string>();
  const parts = VARIANTS.flatMap(([variant, options]) =>
    paths.map((path, index) => {
      const { text } = headerOfFile(path, options);
      const file = `${variant}-${index}.h`;
      writeFileSync(join(folder, file), text);
      const types = typesOf(text);
      const isRepeated = types.some((type) => declared.has(type));
      for (const type of types) declared.add(type);
      const block = `in_block_${variant}_${index}`;
      return [
        ...(isRepeated ? [`IN_A_BLOCK(${block})`, '{'] : []),
        `#include "${file}"`,
        ...(isRepeated ? ['}'] : []),
        ...macrosOf(text).map((name) => `#undef ${name}`),
      ].join('\n');
    }),
  );
  return `${BLOCKS}${ELSEWHERE}${parts.join('\n')}\n`;
}

// cpp_quote of a real file includes this; its classes are in that file itself.
writeFileSync(join(folder, 'iscsidef.h'), '');

const source = sourceOfAll();

const CASES: readonly (readonly [string, readonly CompilerName[]])[] = [
  ['ntddk.h', ['mingw64-gcc', 'mingw32-gcc', 'mingw64-clang', 'mingw32-clang']],
  ['ntdef.h', ['mingw64-g++', 'mingw32-g++', 'mingw64-clang++', 'mingw32-clang++']],
  ['windows.h', ['mingw64-g++', 'mingw32-g++', 'mingw64-clang++', 'mingw32-clang++']],
];

/** Headers of programs take seconds to read: a quick run has those of drivers. */
const cases = perRun({ thorough: CASES, quick: CASES.slice(0, 1) });

const jobs = cases.flatMap(([first, compilers]) =>
  availableCompilers(`headers after ${first}`, compilers).map((compiler) => ({ first, compiler })),
);

test('there are samples, most of them in the file scope', () => {
  expect(samples.length).toBeGreaterThanOrEqual(5);
  expect(source.match(/^#include/gm)?.length).toBe(VARIANTS.length * paths.length);
  const inBlocks = source.match(/^IN_A_BLOCK\(in_block_plain_\d+\)$/gm)?.length ?? 0;
  expect(inBlocks).toBeLessThanOrEqual(paths.length / 4);
});

test.each(jobs)('$compiler takes all headers after $first', async ({ first, compiler }) => {
  const text = `#include <${first}>\n${source}`;
  // In a block, compilers expect a use of each declaration.
  const flags = ['-fsyntax-only', '-Wno-unused-local-typedefs', '-Wno-unused-variable'];
  expect(await compile({ compiler, text, includes: [folder], flags })).toEqual({
    status: 0,
    output: '',
  });
});

const TYPES_ALONE = `#include <stdint.h>
typedef uint8_t BOOLEAN, UCHAR;
typedef char CHAR;
typedef int16_t SHORT;
typedef uint16_t USHORT, WCHAR;
typedef int32_t LONG;
typedef uint32_t ULONG;
typedef int64_t LONGLONG;
typedef uint64_t ULONGLONG;
`;

const bare = samples.map(({ path }) => headerOfFile(path, { methodStructs: true }).text);

test.each(
  availableCompilers('headers without Windows headers', ['gcc', 'g++', 'clang', 'clang++']),
)('%s takes headers that find neither FIELD_OFFSET nor C_ASSERT', async (compiler) => {
  const guid = '#define DEFINE_GUID(name, ...) extern int name\n';
  for (const text of bare) {
    const outcome = await compile({ compiler, text: `${TYPES_ALONE}${guid}${text}` });
    expect(outcome).toEqual({ status: 0, output: '' });
  }
});

test.each(availableCompilers('headers for MIDL', ['gcc', 'g++']))(
  '%s sees only types and macros where MIDL_PASS is defined',
  async (compiler) => {
    for (const text of bare) {
      const outcome = await compile({
        compiler,
        text: `${TYPES_ALONE}${text}`,
        defines: ['MIDL_PASS'],
      });
      expect(outcome).toEqual({ status: 0, output: '' });
    }
  },
);

test('real MOF files get the names that wmimofck gives them', () => {
  const codes = new Set(
    selfContainedFiles().flatMap((path) => headerOfFile(path, { methodStructs: true }).codes),
  );
  codes.delete('MOF3104');
  expect([...codes]).toEqual([]);
});
