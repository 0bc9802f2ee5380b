// The C and C++ compilers of this machine: which there are, and how to run them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isThorough, printLeftOut, runsThoroughly } from '../effort.js';
import { precompiled } from './precompiled.js';

/** A compiler as a test names it: a program, and the machine it compiles for. */
export interface Compiler {
  readonly command: string;
  /** What goes before all other arguments. */
  readonly args: readonly string[];
  readonly language: 'c' | 'c++';
  /**
   * `host` programs run here. `windows` ones are only compiled, with the headers of mingw-w64; `bare` ones too, for Windows,
   * with no header but the compiler's own and those of `bareIncludes`.
   */
  readonly system: 'host' | 'windows' | 'bare';
  readonly pointerBytes: 4 | 8;
}

const windows = (command: string, language: 'c' | 'c++', pointerBytes: 4 | 8): Compiler => {
  const target = `${pointerBytes === 8 ? 'x86_64' : 'i686'}-w64-mingw32`;
  const isClang = command.startsWith('clang');
  return {
    command: isClang ? command : `${target}-${command}`,
    args: isClang ? [`--target=${target}`] : [],
    language,
    system: 'windows',
    pointerBytes,
  };
};

const host = (command: string, language: 'c' | 'c++'): Compiler => ({
  command,
  args: [],
  language,
  system: 'host',
  pointerBytes: 8,
});

/** Clang for Windows as `clang-cl` compiles (`msvc`) or as mingw-w64 does (`gnu`). */
const bare = (
  command: string,
  language: 'c' | 'c++',
  [architecture, pointerBytes]: readonly [architecture: string, pointerBytes: 4 | 8],
  environment: 'gnu' | 'msvc',
): Compiler => ({
  command,
  args: [`--target=${architecture}-pc-windows-${environment}`, '-ffreestanding', '-nostdlibinc'],
  language,
  system: 'bare',
  pointerBytes,
});

const X64 = ['x86_64', 8] as const;
const X86 = ['i686', 4] as const;
const ARM64 = ['aarch64', 8] as const;

/** Every compiler that tests can use. The mingw ones with Clang need mingw's headers in addition to Clang. */
export const COMPILERS = {
  gcc: host('gcc', 'c'),
  'g++': host('g++', 'c++'),
  clang: host('clang', 'c'),
  'clang++': host('clang++', 'c++'),
  'mingw64-gcc': windows('gcc', 'c', 8),
  'mingw32-gcc': windows('gcc', 'c', 4),
  'mingw64-g++': windows('g++', 'c++', 8),
  'mingw32-g++': windows('g++', 'c++', 4),
  'mingw64-clang': windows('clang', 'c', 8),
  'mingw32-clang': windows('clang', 'c', 4),
  'mingw64-clang++': windows('clang++', 'c++', 8),
  'mingw32-clang++': windows('clang++', 'c++', 4),
  'msvc-x64-clang': bare('clang', 'c', X64, 'msvc'),
  'msvc-x86-clang': bare('clang', 'c', X86, 'msvc'),
  'msvc-arm64-clang': bare('clang', 'c', ARM64, 'msvc'),
  'gnu-arm64-clang': bare('clang', 'c', ARM64, 'gnu'),
  'msvc-x64-clang++': bare('clang++', 'c++', X64, 'msvc'),
  'msvc-x86-clang++': bare('clang++', 'c++', X86, 'msvc'),
  'msvc-arm64-clang++': bare('clang++', 'c++', ARM64, 'msvc'),
} as const satisfies Record<string, Compiler>;

/** The folders that replace the C library's headers for `bare` compilers. */
export const bareIncludes: readonly string[] = [join(import.meta.dirname, 'msvc')];

export type CompilerName = keyof typeof COMPILERS;

/** A property of a compiler that only a trial compilation shows. */
export type Feature = 'fuzzer' | 'leaks' | 'sanitizers' | 'threads';

/** `-Wall -Wextra -Wpedantic -Werror`, with the language version that the generated code promises. */
export const STRICT_C = ['-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Werror'] as const;
export const STRICT_CXX = ['-std=c++17', '-Wall', '-Wextra', '-Wpedantic', '-Werror'] as const;

/** A quick run compiles in half of the time, because it does not optimize. */
const OPTIMIZATION = isThorough ? '-O1' : '-O0';

/** AddressSanitizer and UndefinedBehaviorSanitizer, both fatal. */
export const SANITIZE = [
  '-g',
  OPTIMIZATION,
  '-fno-omit-frame-pointer',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=all',
] as const;

/** ThreadSanitizer, fatal (`sanitizerEnvironment`); it cannot be combined with another sanitizer. */
export const SANITIZE_THREADS = [
  '-g',
  OPTIMIZATION,
  '-fno-omit-frame-pointer',
  '-fsanitize=thread',
] as const;

const compilerNames = Object.keys(COMPILERS) as CompilerName[];

/** Reasons are printed once in each test file. */
const printed = new Set<string>();

function missing(what: string, reason: string, check: string): void {
  const sentence = `${check}: not run with ${what}, because ${reason}`;
  if (process.env['MOFGEN_REQUIRE_C'] === '1') {
    throw new Error(`${sentence} (MOFGEN_REQUIRE_C=1 makes that a failure)`);
  }
  if (!printed.has(sentence)) console.log(sentence);
  printed.add(sentence);
}

function remembered<K, V>(find: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = find(key);
    known.set(key, found);
    return found;
  };
}

/** The folders that the compiler searches for `<name>`, from its own output. */
const searchFolders = remembered((name: CompilerName): readonly string[] => {
  const { command, args, language } = COMPILERS[name];
  const result = spawnSync(command, [...args, '-E', '-v', '-x', language, '-'], {
    input: '',
    encoding: 'utf8',
  });
  const list = /^#include <\.\.\.> search starts here:\n((?: .*\n)*)/m.exec(result.stderr ?? '');
  return (list?.[1] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
});

/**
 * The folders with `ntddk.h`, `wmistr.h` and `wmilib.h` for a Windows compiler; pass them as `systemIncludes`.
 * Headers of the user mode (`windows.h`, `ntdef.h`) need none.
 */
export function ddkFolders(name: CompilerName): readonly string[] {
  return searchFolders(name)
    .map((folder) => join(folder, 'ddk'))
    .filter((folder) => existsSync(join(folder, 'ntddk.h')));
}

/** Why the compiler cannot be used; empty when it can. */
const whyNot = remembered((name: CompilerName): string => {
  const { command, args, system } = COMPILERS[name];
  const version = spawnSync(command, [...args, '--version'], { encoding: 'utf8' });
  if (version.error !== undefined || version.status !== 0) return `there is no ${command}`;
  return system === 'windows' && ddkFolders(name).length === 0
    ? `${[command, ...args].join(' ')} finds no ddk/ntddk.h (mingw-w64)`
    : '';
});

/**
 * Those of `wanted` that this machine has; in a quick run, the first for each language and system. What is missing is printed with
 * the name of the check, or is an error with MOFGEN_REQUIRE_C=1.
 */
export function availableCompilers(
  check: string,
  wanted: readonly CompilerName[] = compilerNames,
): readonly CompilerName[] {
  const found = wanted.filter((name) => {
    const reason = whyNot(name);
    if (reason !== '') missing(name, reason, check);
    return reason === '';
  });
  if (isThorough) return found;
  const first = firstOfEachSystem(found);
  if (first.length < found.length) printLeftOut('further compilers for the same system');
  return first;
}

/** Those of `wanted` that this machine has, for a check that only a thorough run does. */
export function thoroughCompilers(
  check: string,
  wanted: readonly CompilerName[],
): readonly CompilerName[] {
  return runsThoroughly(check) ? availableCompilers(check, wanted) : [];
}

/** What a quick run compiles with. */
function firstOfEachSystem(names: readonly CompilerName[]): readonly CompilerName[] {
  const systemOf = (name: CompilerName) => `${COMPILERS[name].language} ${COMPILERS[name].system}`;
  const first = new Map(names.toReversed().map((name) => [systemOf(name), name]));
  return names.filter((name) => first.get(systemOf(name)) === name);
}

/** Whether there is such a program; without it, that is printed with the name of the check, or is an error with MOFGEN_REQUIRE_C=1. */
export function availableTool(check: string, command: string): boolean {
  const result = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const isThere = result.error === undefined && result.status === 0;
  if (!isThere) missing(command, `there is no ${command}`, check);
  return isThere;
}

const FEATURE_FLAGS: Readonly<Record<Feature, readonly string[]>> = {
  fuzzer: ['-fsanitize=fuzzer,address,undefined'],
  leaks: [...SANITIZE],
  sanitizers: [...SANITIZE],
  threads: [...SANITIZE_THREADS],
};

const FEATURE_PROGRAMS: Readonly<Record<Feature, string>> = {
  fuzzer:
    'int LLVMFuzzerTestOneInput(const unsigned char *b, unsigned long n) { return b && n > 9; }',
  // A detected leak ends the program with another code than 0, which shows that the feature works.
  leaks:
    '#include <stdlib.h>\nvoid *volatile p; int main(void) { p = malloc(9); p = 0; return 0; }',
  sanitizers: 'int main(void) { return 0; }',
  threads: 'int main(void) { return 0; }',
};

function tryFeature(name: CompilerName, feature: Feature): string {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-c-'));
  try {
    const source = join(folder, 'feature.c');
    const program = join(folder, 'feature');
    writeFileSync(source, `${FEATURE_PROGRAMS[feature]}\n`);
    const { command, args } = COMPILERS[name];
    const built = spawnSync(
      command,
      [...args, ...FEATURE_FLAGS[feature], '-x', 'c', source, '-o', program],
      { encoding: 'utf8' },
    );
    if (built.status !== 0) return `${command} cannot link ${FEATURE_FLAGS[feature].join(' ')}`;
    const ranArgs = feature === 'fuzzer' ? ['-runs=1'] : [];
    const ran = spawnSync(program, ranArgs, { encoding: 'utf8' });
    const works =
      feature === 'leaks' ? ran.stderr.includes('detected memory leaks') : ran.status === 0;
    return works ? '' : `programs of ${command} with ${feature} do not work here`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const whyNotFeature = remembered((key: `${CompilerName} ${Feature}`): string => {
  const [name, feature] = key.split(' ') as [CompilerName, Feature];
  return whyNot(name) || tryFeature(name, feature);
});

/** The first of `wanted` that has the feature; without one, the reasons are printed, or thrown with MOFGEN_REQUIRE_C=1. */
export function compilerWith(
  feature: Feature,
  check: string,
  wanted: readonly CompilerName[],
): CompilerName | undefined {
  const found = wanted.find((name) => whyNotFeature(`${name} ${feature}`) === '');
  if (found !== undefined) return found;
  const reasons = wanted.map((name) => whyNotFeature(`${name} ${feature}`));
  missing(`any of ${wanted.join(', ')} (${feature})`, reasons.join('; '), check);
  return undefined;
}

/** Whether programs of this compiler can detect leaks: LeakSanitizer needs ptrace, which sandboxes may refuse. */
export function findsLeaks(name: CompilerName): boolean {
  return whyNotFeature(`${name} leaks`) === '';
}

/** A program's exit code (`null` when a signal ended it), and its standard output and standard error in one text. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string | undefined;
  readonly input?: string | Uint8Array | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds after which the program is killed; ten minutes by default. */
  readonly timeout?: number | undefined;
}

let free = availableParallelism();
const waiting: (() => void)[] = [];

/** The same with standard output as bytes, and standard error apart. */
export interface BytesOutcome {
  readonly status: number | null;
  readonly output: Uint8Array;
  readonly errors: string;
}

/** Starts a program as soon as fewer programs run than there are processors. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const { status, chunks } = await whenFree(() => start(command, args, options));
  const output = Buffer.concat(chunks.map(({ bytes }) => bytes)).toString('utf8');
  return { status, output };
}

/** `run` for a program that writes bytes. */
export async function runForBytes(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<BytesOutcome> {
  const { status, chunks } = await whenFree(() => start(command, args, options));
  const from = (stream: Chunk['stream']) =>
    Buffer.concat(chunks.filter((chunk) => chunk.stream === stream).map(({ bytes }) => bytes));
  return { status, output: from('output'), errors: from('errors').toString('utf8') };
}

async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }
}

interface Chunk {
  readonly stream: 'output' | 'errors';
  readonly bytes: Buffer;
}

interface Ended {
  readonly status: number | null;
  /** In the order of arrival. */
  readonly chunks: readonly Chunk[];
}

function start(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      timeout: options.timeout ?? 600_000,
      killSignal: 'SIGKILL',
    });
    const chunks: Chunk[] = [];
    child.stdout.on('data', (bytes: Buffer) => chunks.push({ stream: 'output', bytes }));
    child.stderr.on('data', (bytes: Buffer) => chunks.push({ stream: 'errors', bytes }));
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, chunks });
    });
    // A program that ends before it has read everything is reported by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
  });
}

export interface Compilation {
  readonly compiler: CompilerName;
  readonly files?: readonly string[];
  /** Source text, from standard input; together with files only if there is an output. */
  readonly text?: string;
  /** `-I`: warnings count. */
  readonly includes?: readonly string[];
  /** `-isystem`: headers of others, whose warnings do not count. */
  readonly systemIncludes?: readonly string[];
  /** `NAME` or `NAME=VALUE`. */
  readonly defines?: readonly string[];
  readonly flags?: readonly string[];
  /** The program or object (`-c` in the flags) to write; without it nothing is kept. */
  readonly output?: string;
  readonly cwd?: string;
}

/**
 * Runs a compiler. `STRICT_C` or `STRICT_CXX` come first and `flags` after them; Windows compilers find the driver headers.
 * Without `output` every file is compiled by itself as far as assembler text: GCC has warnings that come only then.
 *
 * @example await compile({ compiler: 'mingw64-gcc', files: ['fan_wmi.c'], includes: ['test/c/include'] })
 */
export async function compile(job: Compilation): Promise<Outcome> {
  const { files = [], text, output, cwd } = job;
  const { command, language } = COMPILERS[job.compiler];
  const options = { cwd, input: text };
  const before = await compilerArguments(job);
  const start = (inputs: readonly string[], more: readonly string[]) =>
    run(command, [...before, ...inputs, ...more], options);
  const inputs = text === undefined ? files : [...files, '-x', language, '-'];
  if (output !== undefined) return start(inputs, ['-o', output]);
  const each = text === undefined ? files.map((file) => [file]) : [inputs];
  const outcomes = await Promise.all(each.map((input) => start(input, ['-S', '-o', '/dev/null'])));
  return {
    status: outcomes.find(({ status }) => status !== 0)?.status ?? 0,
    output: outcomes.map((outcome) => outcome.output).join(''),
  };
}

export type ObjectCompilation = Omit<Compilation, 'files' | 'text'> & {
  readonly file: string;
  readonly output: string;
};

/** Compiles a file to the object `output`, and returns that path. Throws on any warning. */
export async function compileObject({
  file,
  flags = [],
  ...job
}: ObjectCompilation): Promise<string> {
  const made = await compile({ ...job, files: [file], flags: [...flags, '-c'] });
  if (made.status !== 0 || made.output !== '') throw new Error(`${file}\n${made.output}`);
  return job.output;
}

async function compilerArguments(job: Compilation): Promise<string[]> {
  const { args, language, system } = COMPILERS[job.compiler];
  const strict = language === 'c' ? STRICT_C : STRICT_CXX;
  return [
    ...args,
    ...strict,
    ...(job.flags ?? []),
    ...(job.defines ?? []).map((define) => `-D${define}`),
    ...(job.includes ?? []).map((folder) => `-I${folder}`),
    ...[...(job.systemIncludes ?? []), ...(system === 'bare' ? bareIncludes : [])].flatMap(isystem),
    ...(system === 'windows' ? await driverHeaders(job, strict) : []),
  ];
}

const isystem = (folder: string): string[] => ['-isystem', folder];

/** The folders of the DDK's headers, first that of the precompiled one where there is one. */
async function driverHeaders(
  { compiler, flags = [] }: Compilation,
  strict: readonly string[],
): Promise<string[]> {
  const { command, args, language } = COMPILERS[compiler];
  const headers = ddkFolders(compiler);
  // Clang uses a precompiled header only if the command names it, and then for every file.
  const isGcc = args.length === 0;
  if (!isGcc) return headers.flatMap(isystem);
  const folder = await precompiled({
    command,
    language,
    flags: [...strict, ...flags].filter((flag) => /^-(?:std=|[Ogfm])/.test(flag)),
    headers,
  });
  if (folder === undefined) return headers.flatMap(isystem);
  // Only a thorough run would find a file that needs the header and does not include it.
  const first = isThorough ? [] : ['-include', 'ntddk.h'];
  return [...[folder, ...headers].flatMap(isystem), ...first];
}

/** The environment for a sanitized program: every report ends it; leaks are detected where that works. */
export function sanitizerEnvironment(name: CompilerName): Readonly<Record<string, string>> {
  return {
    ASAN_OPTIONS: `abort_on_error=0:detect_leaks=${findsLeaks(name) ? 1 : 0}:strict_string_checks=1:detect_stack_use_after_return=1`,
    UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
    TSAN_OPTIONS: 'halt_on_error=1:second_deadlock_stack=1',
  };
}
