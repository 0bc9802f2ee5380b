/**
 * Providers of one block each as objects and programs: generated ones and those of bench/c.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { analyze, emit, hasErrors } from 'mofgen';

export type DriverModel = 'kmdf' | 'wdm';

/** Everything that is built. */
export const root = resolve('build/bench/c');

/** A project of a driver favours small code or fast code; each function has a section, so that the linker drops the unused. */
export const OPTIMIZE = ['-Os', '-O2'] as const;
export type Optimize = (typeof OPTIMIZE)[number];

const HOST_FLAGS = [
  '-std=c11',
  '-g',
  '-fshort-wchar',
  '-pthread',
  ...['test/c/host/include', 'test/c/include'].map((folder) => `-I${resolve(folder)}`),
];
const DRIVER_FLAGS = [
  ...HOST_FLAGS,
  '-Wall',
  '-Werror',
  '-ffunction-sections',
  '-fdata-sections',
  '-fno-asynchronous-unwind-tables',
  '-include',
  resolve('bench/c/free-build.h'),
];

/** One MOF file with one block. */
export interface Subject {
  /** Of the MOF file, without `.mof`. */
  readonly base: string;
  readonly block: string;
  /** The parameters of the driver's functions. */
  readonly dataType: string;
  readonly mof: string;
  /** The first values of an instance, set before anything is counted. */
  readonly data: Uint8Array;
}

/** Runs a program; gives what it prints. Throws when it fails. */
export function tool(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`${basename(command)}: ${error?.message ?? stderr}`);
  return stdout;
}

export function isThere(command: string): boolean {
  return spawnSync(command, ['--version']).status === 0;
}

/** Compiles a file into a folder; gives the object. */
function compile(source: string, folder: string, flags: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  const object = join(folder, `${basename(source)}.o`);
  tool('gcc', [...flags, '-c', source, '-o', object]);
  return object;
}

let hostObjects: readonly string[] | undefined;

/** The harness that is the kernel of the programs, compiled once. */
function host(): readonly string[] {
  hostObjects ??= readdirSync('test/c/host')
    .filter((file) => file.endsWith('.c'))
    .map((file) => compile(join('test/c/host', file), join(root, 'host'), [...HOST_FLAGS, '-O1']));
  return hostObjects;
}

/** The generated files of a subject, in a folder of its own. */
export interface Emitted extends Subject {
  readonly model: DriverModel;
  readonly folder: string;
  /** The driver's functions. */
  readonly driver: string;
}

export function emitted(subject: Subject, model: DriverModel): Emitted {
  const { base, mof } = subject;
  const folder = join(root, model, base);
  mkdirSync(folder, { recursive: true });
  const { value, diagnostics } = analyze(Buffer.from(mof), `${base}.mof`, (name) => {
    return { name, bytes: readFileSync(join('samples', base, name)) };
  });
  if (hasErrors(diagnostics)) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const files = emit(value, `${base}.mof`, { targets: [model] }).value;
  for (const file of files) writeFileSync(join(folder, file.name), file.text);
  return { ...subject, model, folder, driver: join(folder, `${base}_wmi_impl.c`) };
}

/** Who wrote the providers: their files, without the driver's functions. */
export interface Author {
  readonly name: string;
  /** The file of a block. */
  source(of: Emitted): string;
  /** The files that a driver has once, for all its blocks. */
  shared(of: Emitted): readonly string[];
  /** The functions that a driver with these blocks calls. */
  called(model: DriverModel, blocks: readonly string[]): readonly string[];
}

/** Both in the order of the columns. */
export const AUTHORS: readonly [Author, Author] = [
  {
    name: 'generated',
    source: ({ folder, base }) => join(folder, `${base}_wmi.c`),
    shared: ({ folder, model }) =>
      [
        ...['mofgen_wmi.c', 'mofgen_wmi_pool.c'],
        ...(model === 'kmdf' ? ['mofgen_wmi_kmdf.c'] : ['mofgen_wmi_device.c', 'mofgen_wmi_wdm.c']),
      ].map((name) => join(folder, name)),
    called: (model, blocks) => [
      ...blocks.map((block) => `${block}WmiInitialize`),
      ...(model === 'kmdf'
        ? []
        : [
            `${blocks[0] ?? ''}WmiSystemControl`,
            ...['Join', 'Register', 'Deregister', 'Cleanup'].map((name) => `MofgenWmi${name}`),
          ]),
    ],
  },
  {
    name: 'by-hand',
    source: ({ model, base }) => resolve('bench/c', model, `${base}.c`),
    shared: ({ model }) => [resolve('bench/c', model, 'by-hand.c')],
    called: (model, blocks) =>
      model === 'kmdf'
        ? blocks.map((block) => `${block}WmiInitialize`)
        : [
            ...blocks.map((block) => `${block}Block`),
            ...['Initialize', 'Control', 'Register', 'Deregister', 'Cleanup'].map(
              (name) => `Wmi${name}`,
            ),
          ],
  },
];

/** The code of these blocks in a driver: one object, without the driver's functions. */
export function driverObject(author: Author, of: readonly Emitted[], optimize: Optimize): string {
  const [first] = of;
  if (first === undefined) throw new Error('a driver without blocks');
  const place = join(root, first.model, `${author.name}${optimize}`);
  const built = (source: string, { folder }: Emitted): string =>
    compile(source, place, [...DRIVER_FLAGS, optimize, `-I${folder}`]);
  const objects = [
    ...of.map((each) => built(author.source(each), each)),
    ...author.shared(first).map((source) => built(source, first)),
  ];
  const called = author.called(
    first.model,
    of.map(({ block }) => block),
  );
  const output = join(place, 'driver.o');
  const roots = called.map((name) => `-Wl,-u,${name}`);
  tool('gcc', ['-r', '-nostdlib', '-Wl,--gc-sections', ...roots, ...objects, '-o', output]);
  return output;
}

/** The bytes in an object's sections of this name, each function's or constant's own included. */
export function sectionSize(object: string, section: string): number {
  return tool('size', ['-A', object])
    .split('\n')
    .map((line) => line.split(/\s+/))
    .filter(([name = '']) => name === section || name.startsWith(`${section}.`))
    .reduce((sum, [, size]) => sum + Number(size), 0);
}

/** A program, and the functions of its provider. */
export interface Program {
  readonly path: string;
  readonly functions: readonly string[];
}

/** Links the provider of one author with main.c, the driver's functions, and the harness. */
export function program(author: Author, of: Emitted, optimize: Optimize): Program {
  const { base, block, data, dataType, driver, folder, model } = of;
  const place = join(folder, `${author.name}${optimize}`);
  const flags = [
    ...DRIVER_FLAGS,
    optimize,
    `-I${folder}`,
    `-I${resolve('bench/c', model)}`,
    `-DBENCH_HEADER="${base}_wmi.h"`,
    `-DBENCH_NAME=${block}`,
    `-DBENCH_DATA=${dataType}`,
    `-DBENCH_SIZE=${String(data.length)}`,
    ...(author.name === 'by-hand' ? ['-DBENCH_BY_HAND'] : []),
  ];
  const built = (source: string): string => compile(source, place, flags);
  // The driver's functions for WMILIB take their pool from the core, whoever wrote the provider.
  const pool =
    model === 'wdm' && author.name === 'by-hand'
      ? [join(folder, 'mofgen_wmi_pool.c'), join(folder, 'mofgen_wmi.c')]
      : [];
  const provider = [author.source(of), ...author.shared(of)].map(built);
  const others = ['bench/c/main.c', `bench/c/${model}/requests.c`, driver, ...pool].map(built);
  const path = join(place, 'program');
  const wraps = ['Query', 'Set'].map((name) => `-Wl,--wrap=${block}${name}`);
  tool('gcc', ['-pthread', ...wraps, ...provider, ...others, ...host(), '-o', path]);
  const functions = [...tool('nm', provider).matchAll(/ [tT] (\S+)$/gm)];
  return { path, functions: functions.map(([, name = '']) => name) };
}
