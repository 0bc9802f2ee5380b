// The provider of every sample in many threads under ThreadSanitizer, which reports nothing; and with each lock of the core
// taken away in turn, which it does report.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostBuild, hostIncludes, hostThreadFlags, startHostBuild } from '../../c/host.js';
import { compile, compilerWith, run, sanitizerEnvironment } from '../../c/toolchain.js';
import { samples } from '../../mof-files.js';
import { emitSample } from '../provider/sample-program.js';
import { driverGlue, type DriverTarget } from './driver-glue.js';

const compiler = compilerWith('threads', 'generated drivers with threads', ['clang', 'gcc']);
const here = import.meta.dirname;
const runtimeFolder = join(here, '../../../src/runtime-c');

const TARGETS: readonly DriverTarget[] = ['kmdf', 'wdm'];

const rows = TARGETS.flatMap((target) => samples.map(({ name }) => ({ target, name })));

/** A lock: the functions of the core that take it and give it back, and the sample that shows that it is needed. */
interface Lock {
  readonly target: DriverTarget;
  readonly lock: string;
  readonly functions: readonly string[];
  readonly sample: string;
}

const INSTANCE_LOCK = { lock: 'of an instance', functions: ['MofgenWmiLock', 'MofgenWmiUnlock'] };

const LOCKS: readonly Lock[] = [
  ...rows.map(({ target, name }) => ({ ...INSTANCE_LOCK, target, sample: name })),
  ...['MofgenEvtInstanceCleanup', 'MofgenWmiListInstance', 'MofgenWmiReferenceFirst'].map(
    (name): Lock => ({
      target: 'kmdf',
      lock: `of the list in ${name}`,
      functions: [name],
      sample: 'sensor-log',
    }),
  ),
  ...['MofgenWmiHold', 'MofgenWmiAddInstance', 'MofgenWmiRemoveInstance', 'MofgenWmiFireFrom'].map(
    (name): Lock => ({
      target: 'wdm',
      lock: `of the device in ${name}`,
      functions: [name],
      sample: 'sensor-log',
    }),
  ),
];

/** A statement that takes or releases a lock. */
const LOCKING =
  /(?:\(VOID\))?\b(?:KeAcquireSpinLock|KeReleaseSpinLock|KeWaitForSingleObject|KeReleaseMutex|MofgenWmiWait)\(.*\);/g;

/** The core's text that lets other threads run where these functions would take and release the lock. */
function withoutLock(text: string, functions: readonly string[]): string {
  const yielding = functions.reduce((rest, name) => {
    const body = new RegExp(String.raw`\n${name}\([^;{]*\)\n\{\n[\s\S]*?\n\}\n`);
    const [found = ''] = body.exec(rest) ?? [];
    const without = found.replace(LOCKING, 'sched_yield();');
    expect(without, name).not.toBe(found);
    return rest.replace(found, () => without);
  }, text);
  return `#include <sched.h>\n${yielding}`;
}

describe.runIf(compiler !== undefined)('drivers with threads', () => {
  let build: HostBuild;
  /** The objects of the core, by target. */
  const cores = new Map<DriverTarget, readonly string[]>();
  /** The objects of a sample's driver and of the program, without the core. */
  const drivers = new Map<string, Promise<readonly string[]>>();

  /** The driver model's part of the core without a lock, by its functions. */
  const faultyCores = new Map<string, Promise<string>>();

  async function object(file: string, output: string, flags: readonly string[] = []) {
    const path = join(build.folder, `${output}.o`);
    const made = await compile({
      compiler: build.compiler,
      files: [file],
      includes: [...hostIncludes, runtimeFolder],
      flags: [...hostThreadFlags, ...flags, '-c'],
      output: path,
    });
    if (made.status !== 0 || made.output !== '') throw new Error(`${file}\n${made.output}`);
    return path;
  }

  beforeAll(async () => {
    if (compiler === undefined) return;
    build = await startHostBuild(compiler, hostThreadFlags);
    const program = await object(join(here, 'program.c'), 'program');
    const shared = await object(join(runtimeFolder, 'mofgen_wmi.c'), 'core');
    for (const target of TARGETS) {
      const part = await object(join(runtimeFolder, `mofgen_wmi_${target}.c`), `core-${target}`);
      cores.set(target, [program, shared, part]);
    }
  });
  afterAll(() => {
    build.remove();
  });

  function driver(target: DriverTarget, name: string): Promise<readonly string[]> {
    const key = `${target}-${name}`;
    const made = drivers.get(key) ?? makeDriver(target, name, key);
    drivers.set(key, made);
    return made;
  }

  async function makeDriver(target: DriverTarget, name: string, key: string) {
    const { folder, sources, model } = emitSample(build, target, name, {}, key);
    const glue = join(folder, 'glue.c');
    writeFileSync(glue, driverGlue(model, `${name}.mof`, target));
    const own = sources.filter((file) => !basename(file).startsWith('mofgen_'));
    expect(own).toHaveLength(2);
    return Promise.all([...own, glue].map((file) => object(file, join(key, basename(file, '.c')))));
  }

  function faultyCore(target: DriverTarget, functions: readonly string[]): Promise<string> {
    const key = ['core', target, ...functions].join('-');
    const made = faultyCores.get(key) ?? makeFaultyCore(target, functions, key);
    faultyCores.set(key, made);
    return made;
  }

  async function makeFaultyCore(target: DriverTarget, functions: readonly string[], key: string) {
    const text = readFileSync(join(runtimeFolder, `mofgen_wmi_${target}.c`), 'utf8');
    const file = join(build.folder, `${key}.c`);
    writeFileSync(file, withoutLock(text, functions));
    // What only the lock used is not used now.
    return object(file, key, ['-w']);
  }

  async function outcomeOf(program: string, objects: readonly string[]) {
    const built = await build.build(program, { sources: objects });
    expect(built.output).toBe('');
    return run(built.path, [], { env: sanitizerEnvironment(build.compiler), timeout: 120_000 });
  }

  test.each(rows)('$target: $name', async ({ target, name }) => {
    const objects = [...(await driver(target, name)), ...(cores.get(target) ?? [])];
    expect(await outcomeOf(`${target}-${name}/program`, objects)).toEqual({
      status: 0,
      output: '4000 requests\n',
    });
  });

  test.each(LOCKS)(
    '$target: $sample without the lock $lock is reported',
    async ({ target, functions, sample }) => {
      const [program = '', shared = ''] = cores.get(target) ?? [];
      const objects = await driver(target, sample);
      const faulty = await faultyCore(target, functions);
      const name = [target, sample, ...functions].join('-');
      const { status, output } = await outcomeOf(name, [...objects, program, shared, faulty]);
      expect(output).toMatch(/ThreadSanitizer: (?:data race|heap-use-after-free)/);
      expect(status).not.toBe(0);
    },
  );
});
