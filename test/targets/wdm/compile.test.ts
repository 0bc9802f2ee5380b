// WDM providers of small MOF files, and of MOF with names of the emitted code: they compile for Windows without a warning, also with
// the binary MOF as a block. The headers, with the driver's part, compile as C++ outside a driver too.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emit } from '../../../src/generate.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { availableCompilers, thoroughCompilers, compile } from '../../c/toolchain.js';
import { oneIn } from '../../effort.js';
import { modelOf } from '../ts/generated-module.js';

const root = join(import.meta.dirname, '../../..');
const compilers = availableCompilers('generated WDM drivers', [
  'mingw64-gcc',
  'mingw32-gcc',
  'mingw64-clang',
]);
const cxx = thoroughCompilers('headers of drivers as C++', ['mingw64-g++', 'mingw32-g++']);
const folder = mkdtempSync(join(tmpdir(), 'mofgen-wdm-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const guid = (number: number): string =>
  `guid("{2b7f1d00-0000-4000-8000-${number.toString(16).padStart(12, '0')}}")`;

function block(name: string, body: string, number = 1, qualifiers = ''): string {
  return `[WMI, Dynamic, Provider("WMIProv")${qualifiers}, ${guid(number)}]
class ${name} { [key, read] string InstanceName; [read] boolean Active; ${body} };\n`;
}

function event(name: string, body: string, number: number): string {
  return `class WMIEvent : __ExtrinsicEvent { };
${block(name, body, number).replace(`class ${name}`, `class ${name} : WMIEvent`)}`;
}

/** Words of the emitted source, and of what it uses; methods with these names make macros of them. */
const WORDS = [
  ...['Reset', 'Buffer', 'Status', 'i', 'Lock', 'Context', 'Wmi', 'Next', 'GuidIndex', 'Library'],
  ...['InstanceIndex', 'Guids', 'Instances', 'DeviceObject', 'PhysicalDeviceObject', 'LowerDevice'],
  ...['RegistryPath', 'Registered', 'Instance', 'Data', 'Changed', 'Stored', 'Enable', 'Device'],
  ...['Size', 'Memory', 'Irp', 'Flags', 'Guid', 'InstanceCount', 'Function', 'Block', 'Create'],
  ...['Delete', 'Collect', 'used', 'first', 'end', 'start', 'room', 'fits', 'Lengths', 'Count'],
  ...['MinorFunction', 'DeviceExtension', 'Pdo', 'RegFlags', 'disposition', 'all', 'found'],
  ...[
    'BufferUsed',
    'GuidList',
    'GuidCount',
    'QueryWmiRegInfo',
    'Linkage',
    'TimeStamp',
    'Executive',
  ],
  ...['KernelMode', 'IsOneOfAll', 'AreAll', 'Length', 'MaximumLength', 'WmiFireEvent', 'KMUTEX'],
];

const methods = WORDS.map(
  (name, at) =>
    `[Implemented, WmiMethodId(${at + 1})] void ${name}([in] uint32 A${name}, [out] string B${name});`,
).join('\n');

const STATUS = '[WmiDataId(1), read, write] uint32 Status;';

const INPUTS = {
  words: `${block('Words', `${STATUS} [WmiDataId(2), read, write] string Buffer; [WmiDataId(3), read] datetime Data; ${methods}`, 1, ' // mofgen: expensive\n')}
${event('Happened', '[WmiDataId(1), read] uint32 Instance;', 2)}`,
  'names-of-windows': ['WmiFireEvent', 'KMUTEX', 'WMILIB_CONTEXT', 'WmiSystemControl', 'IrpForward']
    .concat(['DRIVER_DISPATCH', 'IoCallDriver', 'WMI_QUERY_REGINFO_CALLBACK', 'NonPagedPoolNx'])
    .map((name, at) => block(name, STATUS, at + 1))
    .join(''),
  'a-method': block('Act', '[Implemented, WmiMethodId(1)] void Go();'),
  'a-silent-event': event('Ping', '', 1),
  'a-fixed-event': event('Ping', '[WmiDataId(1), read] uint32 Code;', 1),
  'a-walked-event': event(
    'Ping',
    '[WmiDataId(1), read] string Text; [WmiDataId(2), read] uint8 Rest[];',
    1,
  ),
  'a-secret': block('Door', '[WmiDataId(1), write] uint32 Key;'),
  nothing: '',
} as const;

/** The C files for an input, and the folder that they are in. */
function emitted(
  name: string,
  mof: string,
  options: EmitOptions = {},
): { at: string; files: string[] } {
  const at = join(folder, [name, ...Object.keys(options)].join('-'));
  mkdirSync(at, { recursive: true });
  const { value } = emit(modelOf(mof, `${name}.mof`), `${name}.mof`, { targets: ['wdm'], options });
  for (const file of value) writeFileSync(join(at, file.name), file.text);
  writeFileSync(join(at, `${name}_mof.x`), '0x46, 0x4f, 0x4d, 0x42\n');
  // The core is the same for all of them, and has a test of its own below.
  const files = value.filter((file) => file.isShared !== true).map((file) => file.name);
  return { at, files: files.filter((each) => each.endsWith('.c')).map((each) => join(at, each)) };
}

test.each(compilers)('with %s', { timeout: 600_000 }, async (compiler) => {
  const files = Object.entries(INPUTS).flatMap(([name, mof]) => emitted(name, mof).files);
  expect(files.length).toBe(2 * Object.keys(INPUTS).length);
  expect(await compile({ compiler, files })).toEqual({ status: 0, output: '' });
});

/** Warnings about conversions and casts. */
const STRICTER = ['-Wconversion', '-Wshadow', '-Wcast-qual', '-Wcast-align', '-O2'];

const CORE = ['mofgen_wmi', 'mofgen_wmi_pool', 'mofgen_wmi_device', 'mofgen_wmi_wdm'];

test.each(compilers)('the core with %s', { timeout: 60_000 }, async (compiler) => {
  const at = join(root, 'src/runtime-c');
  const files = CORE.map((name) => join(at, `${name}.c`));
  expect(await compile({ compiler, files, flags: STRICTER })).toEqual({ status: 0, output: '' });
});

test.runIf(compilers.length > 0)('the core in the two files of a MOF', async () => {
  const [compiler = 'mingw64-gcc'] = compilers;
  const { at, files } = emitted('words', INPUTS.words, { standalone: true });
  expect(readdirSync(at).filter((name) => name.startsWith('mofgen'))).toEqual([]);
  expect(await compile({ compiler, files })).toEqual({ status: 0, output: '' });
});

/** Definitions of a build, and options of a target. One compiler is enough to find unused code. */
const OTHERS = [
  ['without locks', { noInstanceLock: true }, ''],
  ['with the binary MOF as a block', {}, '_WMI_DYNAMIC_MOF'],
  ['without a MOF resource', {}, '_WMI_NO_MOF_RESOURCE'],
] as const;

test.runIf(compilers.length > 0).each(OTHERS)(
  '%s',
  { timeout: 600_000 },
  async (_what, options, suffix) => {
    const [compiler = 'mingw64-gcc'] = compilers;
    for (const [name, mof] of oneIn(3, Object.entries(INPUTS))) {
      const macro = `${name.toUpperCase().replaceAll('-', '_')}${suffix}`;
      const files = emitted(name, mof, options).files.slice(0, 1);
      const defines = suffix === '' ? [] : [macro];
      expect(await compile({ compiler, files, defines })).toEqual({ status: 0, output: '' });
    }
  },
);

const headers = readdirSync(join(root, 'samples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['repos', 'targets'].includes(entry.name))
  .flatMap(({ name }) =>
    ['kmdf', 'wdm'].map((target) =>
      join(root, 'samples', name, 'expected', target, `${name}_wmi.h`),
    ),
  );

test.each(cxx)('headers with %s', { timeout: 300_000 }, async (compiler) => {
  const { at } = emitted('words', INPUTS.words);
  for (const before of ['ntdef.h', 'windows.h']) {
    for (const header of [...headers, join(at, 'words_wmi.h')]) {
      const text = `#include <${before}>\n#include "${header}"\n`;
      expect(await compile({ compiler, text })).toEqual({ status: 0, output: '' });
    }
  }
});

test.each(compilers)('the example of the documentation with %s', async (compiler) => {
  const page = readFileSync(join(root, 'docs/targets/wdm.md'), 'utf8');
  const [, text = ''] = /```c\n([\s\S]*?)```/.exec(page) ?? [];
  expect(text).toContain('DoorLightWmiRegister(');
  const mof = readFileSync(join(root, 'samples/door-light/door-light.mof'), 'utf8');
  const includes = [emitted('door-light', mof).at];
  expect(await compile({ compiler, text, includes })).toEqual({ status: 0, output: '' });
});
