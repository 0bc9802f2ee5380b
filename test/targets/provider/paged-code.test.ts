// Pageable code: every function of the C core and of the emitted sources that runs at PASSIVE_LEVEL or APC_LEVEL alone is in PAGE
// and begins with PAGED_CODE(); no other function is in PAGE. The user's file is the driver author's.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { samples } from '../../mof-files.js';
import { hostIncludes, sources } from '../../c/host.js';
import { availableCompilers, run } from '../../c/toolchain.js';

const runtimeFolder = join(import.meta.dirname, '../../../src/runtime-c');

interface Definition {
  readonly name: string;
  readonly isStatic: boolean;
  readonly isInline: boolean;
  /** It is in the section PAGE. */
  readonly isPaged: boolean;
  /** PAGED_CODE() is the first statement after the declarations. */
  readonly isChecked: boolean;
  readonly body: string;
}

const withoutComments = (text: string): string => text.replace(/\/\/.*|\/\*[^]*?\*\//g, '');

/** The lines of a macro that defines functions are read as those of a file. */
const withoutContinuations = (text: string): string => text.replace(/[ \t]*\\$/gm, '');

/** The functions that a text in mofgen's style defines: the name and the braces begin a line, or are indented alike in a macro. */
function definitions(text: string): Definition[] {
  const lines = withoutContinuations(withoutComments(text));
  const FUNCTION =
    /^( *)((?:[\w*() ,]+\n\1)*?)([\w*# ]+)\n\1([\w#]+)\(([^{};]*)\)\n\1\{\n([^]*?)\n\1\}/gm;
  return [...lines.matchAll(FUNCTION)].map(
    ([, , marks = '', type = '', name = '', , body = '']) => ({
      name,
      isStatic: /\bstatic\b/.test(type),
      isInline: /\bFORCEINLINE\b/.test(marks + type),
      isPaged: /\bMOFGEN_PAGED\b/.test(marks + type),
      isChecked: firstStatement(body) === 'PAGED_CODE();',
      body,
    }),
  );
}

/** A declaration is a type and a name, with an initial value or without. */
const DECLARATION = /^\s*(?:const |static )*\w+(?: const)?[ *]+\w+(?:\[[^\]]*\])?(?:\s*=[^;]*)?;/;

function firstStatement(body: string): string {
  let rest = body;
  for (let found = DECLARATION.exec(rest); found !== null; found = DECLARATION.exec(rest)) {
    if (/^\s*return\b/.test(found[0])) break;
    rest = rest.slice(found[0].length);
  }
  return /^\s*([^;]*;)/.exec(rest)?.[1] ?? '';
}

/** The highest IRQL of functions, from their headers. */
function annotated(headers: readonly string[]): ReadonlyMap<string, string> {
  const DECLARED = /_IRQL_requires_max_\((\w+)\)\n\w[\w* ]*?\n?(\w+)(?:\(|;)/g;
  return new Map(
    headers
      .flatMap((text) => [...withoutComments(text).matchAll(DECLARED)])
      .map(([, level = '', name = '']) => [name, level]),
  );
}

/** Windows calls these at PASSIVE_LEVEL: a framework's WMI callbacks and WMILIB's routines. */
const PASSIVE_ROLE = /\b(?:EVT_WDF_WMI_\w+|WMI_\w+_CALLBACK) ((?:Name##)?\w+);/g;

/** Functions that are not paged although no annotation requires that, and why. */
const RAISES_IRQL = /\bKeAcquireSpinLock\b|\bKeRaiseIrql\b/;

/**
 * The names of the functions that never run above APC_LEVEL. Those that only tables point to are called by the core: from
 * pageable functions, unless the table is one of the core's own.
 */
function pageable(
  all: readonly Definition[],
  texts: readonly string[],
  isCore: boolean,
): ReadonlySet<string> {
  const levels = annotated(texts);
  const roles = new Set(
    texts.flatMap((text) => [...text.matchAll(PASSIVE_ROLE)].map(([, name = '']) => name)),
  );
  const uses = (user: Definition, name: string): boolean =>
    new RegExp(`\\b${name}\\b`).test(user.body);
  const found = new Set(all.filter(({ body }) => !RAISES_IRQL.test(body)).map(({ name }) => name));
  // A function that others may call at any IRQL, or that such a function calls, may run higher as well.
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const each of all) {
      const level = levels.get(each.name);
      const isLow =
        roles.has(each.name) || level === 'PASSIVE_LEVEL' || level === 'APC_LEVEL'
          ? true
          : each.isStatic &&
            level === undefined &&
            !(isCore && texts.some((text) => new RegExp(`^    ${each.name},$`, 'm').test(text))) &&
            all.every((user) => user === each || !uses(user, each.name) || found.has(user.name));
      if (!isLow) found.delete(each.name);
    }
  }
  return found;
}

interface Sources {
  readonly name: string;
  readonly sources: readonly string[];
  readonly headers: readonly string[];
  /** At least so many functions are read. */
  readonly atLeast: number;
  readonly isCore: boolean;
}

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

/** Where memory is pool, the functions that give it to a request are paged; their declarations are for any memory. */
const POOL = ['MofgenMemoryAllocate', 'MofgenMemoryGrow']
  .map((name) => `_IRQL_requires_max_(APC_LEVEL)\nPVOID\n${name}(\n`)
  .join('');

/** Files of the core with fewer functions than the others, or without a paged function: they run at any IRQL. */
const FEWER: Readonly<Record<string, number>> = {
  'mofgen_wmi_arena.c': 5,
  'mofgen_wmi_blocks.c': 13,
  'mofgen_wmi_ndis.c': 8,
  'mofgen_wmi_pool.c': 8,
  'mofgen_wmi_scsi.c': 14,
};
const RESIDENT = [
  'mofgen_wmi.c',
  'mofgen_wmi_arena.c',
  'mofgen_wmi_blocks.c',
  'mofgen_wmi_scsi.c',
  'mofgen_wmi_ndis.c',
];

const core: readonly Sources[] = sources(runtimeFolder)
  .filter((file) => !RESIDENT.includes(basename(file)))
  .map((file) => ({
    name: basename(file),
    sources: [read(file)],
    headers: [
      read(file.replace(/\.c$/, '.h')),
      ...(basename(file) === 'mofgen_wmi_pool.c' ? [POOL] : []),
    ],
    atLeast: FEWER[basename(file)] ?? 10,
    isCore: true,
  }));

/** The files of blocks without a transport, and of miniports. */
const resident = [
  ...RESIDENT.map((name) => ({ name, text: read(runtimeFolder, name) })),
  ...samples.flatMap(({ name, path }) =>
    ['blocks', 'scsiwmi', 'ndis'].map((target) => ({
      name: `${name}: ${target}`,
      text: read(path, '..', 'expected', target, `${name}_wmi.c`),
    })),
  ),
];

test.each(resident)('$name: nothing is paged, and nothing is pool', ({ name, text }) => {
  expect(definitions(text).length).toBeGreaterThanOrEqual(FEWER[name] ?? 4);
  expect(text).not.toMatch(
    /\bMOFGEN_PAGED\b|\bPAGED_CODE\b|\bEx(?:Allocate|Free)Pool|MofgenFree|MofgenAllocate/,
  );
});

const macros: Sources = {
  name: "a MOF file's own routine of WMILIB",
  sources: [read(runtimeFolder, 'mofgen_wmi_wdm.h')],
  headers: [withoutContinuations(read(runtimeFolder, 'mofgen_wmi_wdm.h'))],
  atLeast: 1,
  isCore: true,
};

const emitted: readonly Sources[] = samples.flatMap(({ name, path }) =>
  ['kmdf', 'wdm', 'irp'].map((target): Sources => {
    const folder = join(path, '..', 'expected', target);
    return {
      name: `${name}: ${target}`,
      sources: [read(folder, `${name}_wmi.c`)],
      headers: [read(folder, `${name}_wmi.h`)],
      atLeast: 4,
      isCore: false,
    };
  }),
);

test.each([...core, macros, ...emitted])('$name', (each) => {
  const all = each.sources.flatMap(definitions);
  expect(all.length).toBeGreaterThanOrEqual(each.atLeast);
  const low = pageable(all, [...each.headers, ...each.sources], each.isCore);
  const actual = all.map(({ name, isPaged, isChecked }) => ({ name, isPaged, isChecked }));
  expect(actual).toEqual(
    all.map(({ name }) => ({ name, isPaged: low.has(name), isChecked: low.has(name) })),
  );
});

test.each([
  ['every function of the core is read', 'mofgen_wmi_kmdf.c'],
  ['every function of the core is read', 'mofgen_wmi_device.c'],
  ['every function of the core is read', 'mofgen_wmi_wdm.c'],
  ['every function of the core is read', 'mofgen_wmi.c'],
  ['every function of the core is read', 'mofgen_wmi_pool.c'],
  ['every function of the core is read', 'mofgen_wmi_arena.c'],
  ['every function of the core is read', 'mofgen_wmi_blocks.c'],
  ['every function of the core is read', 'mofgen_wmi_scsi.c'],
  ['every function of the core is read', 'mofgen_wmi_ndis.c'],
])('%s: %s', (_what, file) => {
  const text = withoutComments(read(runtimeFolder, file));
  expect(definitions(text).length).toBe(text.match(/\)\n\{/g)?.length);
});

const folder = mkdtempSync(join(tmpdir(), 'mofgen-paged-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The C library headers that the replacement headers include, and that this target lacks. */
const LIBRARY: Readonly<Record<string, string>> = {
  'string.h': ['memcpy', 'memmove']
    .map((name) => `void *${name}(void *, const void *, unsigned long long);`)
    .concat('void *memset(void *, int, unsigned long long);')
    .concat('int memcmp(const void *, const void *, unsigned long long);\n')
    .join('\n'),
  'wchar.h': '\n',
};

/** The section of each function in assembly. */
function sections(assembly: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let section = '';
  for (const line of assembly.split('\n')) {
    section = /^\s*(?:\.section\s+(\w+)|(\.text)\b)/.exec(line)?.slice(1).join('') ?? section;
    const [, name] = /^(\w+):/.exec(line) ?? [];
    if (name !== undefined) found.set(name, section);
  }
  return found;
}

const clang = availableCompilers('sections of the C core', ['clang']);

test.runIf(clang.length > 0).each(sources(runtimeFolder).map((file) => basename(file)))(
  "%s: with Microsoft's extensions the marked functions are in PAGE",
  async (file) => {
    for (const [name, text] of Object.entries(LIBRARY)) writeFileSync(join(folder, name), text);
    const { status, output } = await run(
      'clang',
      [
        '--target=x86_64-pc-windows-msvc',
        '-fms-extensions',
        '-fms-compatibility-version=19.30',
        '-std=c11',
        '-O0',
        '-Wall',
        '-Wextra',
        '-Werror',
        '-S',
        '-o',
        '-',
        ...[...hostIncludes, folder].flatMap((include) => ['-isystem', include]),
        join(runtimeFolder, file),
      ],
      { cwd: folder },
    );
    expect(status, output).toBe(0);
    const compiled = sections(output);
    // A function that is always inlined is in the section of its callers.
    const all = definitions(read(runtimeFolder, file)).filter(({ isInline }) => !isInline);
    const paged = all.filter(({ isPaged }) => isPaged).length;
    expect(paged > 4).toBe(!RESIDENT.includes(file));
    expect(all.map(({ name }) => [name, compiled.get(name)])).toEqual(
      all.map(({ name, isPaged }) => [name, isPaged ? 'PAGE' : '.text']),
    );
  },
);

const FAULTS: readonly [what: string, text: string, functions: readonly string[]][] = [
  [
    'a function that is not in PAGE',
    'static VOID\nA(\n    VOID)\n{\n    PAGED_CODE();\n\n    B();\n}\n',
    ['A'],
  ],
  [
    'a function without PAGED_CODE',
    'MOFGEN_PAGED static VOID\nA(\n    VOID)\n{\n    B();\n}\n',
    ['A'],
  ],
  [
    'PAGED_CODE after a statement',
    'MOFGEN_PAGED static VOID\nA(\n    VOID)\n{\n    ULONG b;\n\n    b = B();\n    PAGED_CODE();\n}\n',
    ['A'],
  ],
  [
    'a spin lock in PAGE',
    'MOFGEN_PAGED static VOID\nA(\n    VOID)\n{\n    PAGED_CODE();\n\n    KeAcquireSpinLock(&Lock, &irql);\n}\n',
    ['A'],
  ],
  [
    'a paged function that one with a spin lock calls',
    'MOFGEN_PAGED static VOID\nA(\n    VOID)\n{\n    PAGED_CODE();\n\n    C();\n}\n\n' +
      'static VOID\nB(\n    VOID)\n{\n    KeAcquireSpinLock(&Lock, &irql);\n    A();\n}\n',
    ['A'],
  ],
];

test.each(FAULTS)('%s is found', (_what, text, functions) => {
  const all = definitions(text);
  const low = pageable(all, [text], true);
  const wrong = all.filter(
    ({ name, isPaged, isChecked }) => isPaged !== low.has(name) || isChecked !== low.has(name),
  );
  expect(wrong.map(({ name }) => name)).toEqual(functions);
});
