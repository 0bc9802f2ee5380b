// The C for every sample, and for every real MOF that needs no preprocessor, compiles for Windows without a warning.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { analyze, emit } from '../../../src/generate.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { coreFiles } from '../../../src/targets/provider/core-files.js';
import { isThorough, runsThoroughly } from '../../effort.js';
import { availableCompilers, compile, type CompilerName } from '../../c/toolchain.js';
import { hasCorpus, includesBeside, root, samples, selfContainedFiles } from '../../mof-files.js';
import { mofText, randomBlocks } from '../ts/random-block.js';

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

const fromDisk = (path: string): Input => ({
  name: basename(path),
  path,
  bytes: readFileSync(path),
});

const fromSamples = samples.map(({ path }) => fromDisk(path));
const real = selfContainedFiles().map(fromDisk);

/** Names that Windows, C, or the emitted code itself uses too, and text that tries to break out of a comment. */
const AWKWARD = String.raw`class WMIEvent : __ExtrinsicEvent { };
[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1aa}"), Description("*/ ??/ \\")]
class Fan
{
  [key, read] string InstanceName; [read] boolean Active;
  [WmiDataId(1), read, write, DefineValues{"None", "full", "Data", "Instance"}, ValueMap{"0", "1", "2", "3"}] uint32 Data;
  [WmiDataId(2), read, write, Description("??/")] datetime full;
  [WmiDataId(3), read] uint32 Instance;
  [WmiDataId(4), read, write] uint16 i;
  [WmiDataId(5), read, write] string Items;
  [WmiDataId(6), read, write] uint8 Rest[];
${[
  ['Buffer', '[in] uint32 Instance, [out] string Buffer, [in, out] datetime j'],
  ['Size', '[in] uint32 Size, [out] uint32 i'],
  ['i', '[in] uint32 context'],
  ['memory', '[out] uint8 Rest[]'],
  ['Item', '[in] string Values, [out] uint32 RestCount'],
  ['Query', '[in] uint8 A, [out] uint8 B'],
  ...['status', 'Record', 'Register', 'MofgenQuery', 'STATUS_SUCCESS', 'if', 'FanQuery', 'Stored'],
  ...[
    'Attributes',
    'context',
    'EvtCleanupCallback',
    'Set',
    'Create',
    'FanItems',
    'ULONG',
    'Length',
  ],
  ...['Object', 'PAGED_CODE', 'RtlCopyMemory', 'Irp', 'DeviceObject', 'Wmi', 'Lock'],
  ...[
    'GuidIndex',
    'WmiCompleteRequest',
    'IoCompleteRequest',
    'Next',
    'Guids',
    'Library',
    'Registered',
  ],
]
  .map((each, index) => {
    const [name, parameters] = typeof each === 'string' ? [each, ''] : each;
    return `  [WmiMethodId(${index + 1}), Implemented] void ${name}(${parameters});`;
  })
  .join('\n')}
};
[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1ab}")]
class Device : WMIEvent { [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1), read] string Instance; };`;

const awkward: readonly Input[] = ['awkward.mof', '1st fan.mof', 'ü-b c.mof'].map((name) => ({
  name,
  path: name,
  bytes: new TextEncoder().encode(AWKWARD),
}));

/** Each block in a file of its own, because such a file may lack something that a file with all of them has. */
const random = randomBlocks(14, 20261127).map((block): Input => {
  const name = `${block.name}.mof`;
  return { name, path: name, bytes: new TextEncoder().encode(mofText([block])) };
});

/** The C files of a target that depend on the input; written to the test's folder. */
function cFiles({ path, name, bytes }: Input, target: string, options: EmitOptions): string[] {
  const { value, diagnostics } = analyze(bytes, path, includesBeside());
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, message }) => `${path}: ${code} ${message}`)).toEqual([]);
  const place = join(folder, target, Object.keys(options).join('-'), name);
  mkdirSync(place, { recursive: true });
  const files = emit(value, path, { targets: [target], options }).value;
  for (const file of files) writeFileSync(join(place, file.name), file.text);
  return files
    .filter((file) => file.name.endsWith('.c') && file.isShared !== true)
    .map((file) => join(place, file.name));
}

interface Group {
  readonly group: string;
  readonly inputs: readonly Input[];
  readonly least: number;
  readonly compilers?: readonly CompilerName[];
}

const TARGETS = ['kmdf', 'wdm', 'irp', 'blocks', 'scsiwmi', 'ndis'] as const;

const OPTIONS: readonly (readonly [string, EmitOptions])[] = [
  ['as it comes', {}],
  [
    'without locks, with partial structures, enumerations and quotes',
    { noInstanceLock: true, partialStructs: true, enums: true, allowCppQuote: true, neutral: true },
  ],
  ['with the core inside', { standalone: true }],
];

const groups: readonly Group[] = [
  // A quick run compiles them in warnings.test.ts, with more warnings.
  ...(isThorough ? [{ group: 'samples', inputs: fromSamples, least: 5 }] : []),
  { group: 'awkward names', inputs: awkward, least: 3 },
  // One compiler is enough to find unused code.
  ...(runsThoroughly('random blocks, real files and options with compilers for drivers')
    ? [{ group: 'random blocks', inputs: random, least: 14, compilers: compilers.slice(0, 1) }]
    : []),
  ...(hasCorpus && isThorough ? [{ group: 'real files', inputs: real, least: 14 }] : []),
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

test.each(compilers.flatMap((compiler) => TARGETS.map((target) => ({ compiler, target }))))(
  'the core of $target with $compiler',
  async ({ compiler, target }) => {
    const place = join(folder, 'core', target);
    mkdirSync(place, { recursive: true });
    const core = coreFiles(target);
    for (const { name, text } of core) writeFileSync(join(place, name), text);
    const files = core.map(({ name }) => join(place, name)).filter((name) => name.endsWith('.c'));
    const includes = [join(root, 'test/c/include')];
    expect(await compile({ compiler, files, includes })).toEqual({ status: 0, output: '' });
  },
);

test.runIf(compilers.length > 0 && runsThoroughly('pool functions of newer kits'))(
  'with the pool functions of newer kits, and without a lost bit',
  async () => {
    const files = fromSamples.flatMap((input) =>
      TARGETS.flatMap((target) => cFiles(input, target, {})),
    );
    const { status, output } = await compile({
      compiler: compilers[0] ?? 'mingw64-gcc',
      files,
      includes: [join(root, 'test/c/include')],
      flags: ['-Wconversion', '-Wno-sign-conversion'],
      defines: [
        'POOL_FLAG_PAGED=0x100ULL',
        'POOL_FLAG_NON_PAGED=0x40ULL',
        'NTDDI_VERSION=0x0A000008',
        'ExAllocatePool2(Flags,Size,Tag)=((Flags)!=0?ExAllocatePoolWithTag(PagedPool,(Size),(Tag)):NULL)',
      ],
    });
    expect(output).toBe('');
    expect(status).toBe(0);
  },
  120_000,
);

test.runIf(compilers.length > 0)('the compilers find what is wrong', async () => {
  const [compiler = 'mingw64-gcc'] = compilers;
  const text = '#include <ntddk.h>\nstatic int unused(void) { return 1; }\n';
  const { status, output } = await compile({ compiler, text });
  expect(status).not.toBe(0);
  expect(output).toContain('unused');
});
