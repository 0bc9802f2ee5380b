/**
 * Generated KMDF providers beside hand-written ones of the same block: code lines, bytes of .text, and instructions a
 * request. Both call the same functions of the driver, which count for neither side, and neither do the locks.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { analyze, emit } from 'mofgen';
import { MOF as COUNTERS } from './sixty-four-bytes.js';

const LIMIT_INSTRUCTIONS = 1.5;
const LIMIT_TEXT = 1.6;
const TIMES = 1000;
const FLAGS = ['-std=c11', '-O2', '-g', '-fshort-wchar', '-pthread'];
const INCLUDES = ['test/c/host/include', 'test/c/include'].map((folder) => `-I${resolve(folder)}`);

const LIMITS = `
[WMI, Dynamic, Provider("WmiProv"), guid("{6d2f44a8-0f5e-4c7a-9b0e-2f1c3a5d7e41}")]
class Limits
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, write] uint32 Low;
  [WmiDataId(2), read, write] uint32 High;
};
`;

interface Case {
  readonly name: string;
  readonly mof: string;
  readonly size: number;
  readonly requests: readonly ('query' | 'set' | 'item')[];
}

const cases: readonly Case[] = [
  {
    name: 'DoorLight',
    mof: readFileSync('samples/door-light/door-light.mof', 'utf8'),
    size: 1,
    requests: ['query', 'item'],
  },
  {
    name: 'Counters',
    // Without its method, which needs a provider of its own.
    mof: COUNTERS.replace(/^.*WmiMethodId.*\n/m, ''),
    size: 64,
    requests: ['query', 'set'],
  },
  { name: 'Limits', mof: LIMITS, size: 8, requests: ['query', 'set'] },
];

const root = resolve('build/bench/c');

function tool(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`);
  return stdout;
}

function isThere(command: string): boolean {
  return spawnSync(command, ['--version']).status === 0;
}

function compile(source: string, object: string, folder: string): string {
  tool('gcc', [...FLAGS, ...INCLUDES, `-I${folder}`, '-c', source, '-o', object]);
  return object;
}

/** The bytes of code in objects. */
function textOf(objects: readonly string[]): number {
  const rows = tool('size', ['-A', ...objects]).matchAll(/^\.text\S*\s+(\d+)/gm);
  return [...rows].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}

/** Lines that are neither empty nor a comment. */
function linesOf(files: readonly string[]): number {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  return lines.filter((line) => !/^\s*(?:\/\/.*)?$/.test(line)).length;
}

/** Functions that objects define, without the locks of the core. */
function functionsOf(objects: readonly string[]): ReadonlySet<string> {
  const names = [...tool('nm', [...objects]).matchAll(/ [tT] (\S+)$/gm)].map(([, name]) => name ?? '');
  return new Set(names.filter((name) => !/^MofgenWmi(?:Lock|Unlock)$/.test(name)));
}

/** What callgrind counted in these functions, and in what they called to copy and fill memory. */
function counted(text: string, functions: ReadonlySet<string>): number {
  const names = new Map<string, string>();
  const nameOf = (what: string): string => {
    const [, id = '', name] = /^(\(\d+\))(?: (.*))?$/.exec(what) ?? [];
    if (name !== undefined) names.set(id, name);
    return (names.get(id) ?? '').replace(/['.].*$/, '');
  };
  let sum = 0;
  let inside = false;
  let callee = '';
  let isCall = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('fn=')) inside = functions.has(nameOf(line.slice(3)));
    else if (line.startsWith('cfn=')) callee = nameOf(line.slice(4));
    else if (line.startsWith('calls=')) isCall = true;
    else if (/^[+*\d-]/.test(line)) {
      const cost = Number(line.split(' ')[1]);
      if (inside && (!isCall || /^_*mem(?:cpy|move|set)/.test(callee))) sum += cost;
      isCall = false;
    }
  }
  return sum;
}

function instructions(program: string, request: string, functions: ReadonlySet<string>): number {
  const [none, many] = [0, TIMES].map((times) => {
    const out = `${program}.callgrind`;
    tool('valgrind', ['--tool=callgrind', `--callgrind-out-file=${out}`, program, request, `${String(times)}`]);
    return counted(readFileSync(out, 'utf8'), functions);
  });
  return ((many ?? 0) - (none ?? 0)) / TIMES;
}

function row(what: string, generated: number, byHand: number, limit?: number): void {
  const ratio = generated / byHand;
  const verdict = limit === undefined ? '' : ratio <= limit ? `at most ${String(limit)}` : `MISSED ${String(limit)}`;
  console.log(
    `${what.padEnd(34)}${generated.toFixed(0).padStart(7)}${byHand.toFixed(0).padStart(8)}${ratio.toFixed(2).padStart(8)}  ${verdict}`,
  );
}

const absent = ['gcc', 'size', 'nm'].filter((command) => !isThere(command));
if (absent.length > 0) {
  console.log(`not run: there is no ${absent.join(', ')}`);
} else {
  rmSync(root, { recursive: true, force: true });
  const hostFolder = join(root, 'host');
  mkdirSync(hostFolder, { recursive: true });
  const host = readdirSync('test/c/host')
    .filter((file) => file.endsWith('.c'))
    .map((file) => compile(join('test/c/host', file), join(hostFolder, `${file}.o`), hostFolder));
  const hasValgrind = isThere('valgrind');
  if (!hasValgrind) console.log('no instructions are counted: there is no valgrind');
  console.log(`${''.padEnd(34)}${'gen.'.padStart(7)}${'by hand'.padStart(8)}${'ratio'.padStart(8)}`);
  const all = { generated: new Map<string, string>(), byHand: [] as string[] };

  for (const { name, mof, size, requests } of cases) {
    const folder = join(root, name);
    mkdirSync(folder);
    const base = name.toLowerCase();
    const model = analyze(Buffer.from(mof), `${base}.mof`, () => undefined).value;
    const files = emit(model, `${base}.mof`, { targets: ['kmdf'] }).value;
    for (const file of files) writeFileSync(join(folder, file.name), file.text);
    const object = (source: string): string =>
      compile(source, join(folder, `${basename(source)}.o`), folder);
    const generated = new Map(
      files
        .filter((file) => file.owner !== 'user' && file.name.endsWith('.c'))
        .map((file) => [file.name, object(join(folder, file.name))]),
    );
    for (const [file, made] of generated) all.generated.set(file, made);
    const source = join('bench/c', `${base}.c`);
    const byHand = object(source);
    all.byHand.push(byHand);
    row(`${name}: code lines`, linesOf([join(folder, `${base}_wmi.c`)]), linesOf([source]));
    row(`${name}: .text, without the core`, textOf([generated.get(`${base}_wmi.c`) ?? '']), textOf([byHand]));
    if (!hasValgrind) continue;
    const link = (program: string, objects: readonly string[]): string => {
      const path = join(folder, program);
      const defines = [
        `-DBENCH_HEADER="${base}_wmi.h"`,
        `-DBENCH_GUID=${name}Guid`,
        `-DBENCH_INITIALIZE=${name}WmiInitialize`,
        `-DBENCH_SIZE=${String(size)}`,
      ];
      const user = join(folder, `${base}_wmi_impl.c`);
      const parts = [...objects, user, 'bench/c/main.c', ...host];
      tool('gcc', [...FLAGS, ...INCLUDES, `-I${folder}`, ...defines, ...parts, '-o', path]);
      return path;
    };
    const generatedProgram = link('generated', [...generated.values()]);
    const byHandProgram = link('by-hand', [byHand]);
    for (const request of requests) {
      row(
        `${name}: instructions, ${request}`,
        instructions(generatedProgram, request, functionsOf([...generated.values()])),
        instructions(byHandProgram, request, functionsOf([byHand])),
        LIMIT_INSTRUCTIONS,
      );
    }
  }
  row('three MOFs: .text with the core', textOf([...all.generated.values()]), textOf(all.byHand), LIMIT_TEXT);
}
