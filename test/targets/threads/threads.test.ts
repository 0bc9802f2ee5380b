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

/** Two samples on one device. */
const JOINED = 'smart-fan and door-light';

const rows = TARGETS.flatMap((target) => samples.map(({ name }) => ({ target, name })));
const drivers: readonly { readonly target: DriverTarget; readonly name: string }[] = [
  ...rows,
  { target: 'wdm', name: JOINED },
];

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
  ...['MofgenEvtInstanceCleanup', 'MofgenWmiListInstance', 'MofgenWmiReferenceOldest'].map(
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
  {
    target: 'wdm',
    lock: 'of the devices in MofgenWmiCopyRegistrations',
    functions: ['MofgenWmiCopyRegistrations'],
    sample: JOINED,
  },
];

/** The parts of the core for a target: the first one has the locks. */
const PARTS: Readonly<Record<DriverTarget, readonly string[]>> = {
  kmdf: ['mofgen_wmi_kmdf'],
  wdm: ['mofgen_wmi_device', 'mofgen_wmi_wdm'],
};

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
  /** The objects of the program and of the core, by target. */
  const cores = new Map<DriverTarget, { locking: string; others: readonly string[] }>();
  /** The objects of a sample's driver and of the program, without the core. */
  const objectsOfDrivers = new Map<string, Promise<readonly string[]>>();

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
      const [locking = '', ...others] = await Promise.all(
        PARTS[target].map((name) => object(join(runtimeFolder, `${name}.c`), name)),
      );
      cores.set(target, { locking, others: [program, shared, ...others] });
    }
  });
  afterAll(() => {
    build.remove();
  });

  function coreOf(target: DriverTarget) {
    const core = cores.get(target);
    if (core === undefined) throw new Error(`no core for ${target}`);
    return core;
  }

  function driver(target: DriverTarget, name: string): Promise<readonly string[]> {
    const key = `${target}-${name}`;
    const made = objectsOfDrivers.get(key) ?? makeDriver(target, name, key);
    objectsOfDrivers.set(key, made);
    return made;
  }

  async function makeDriver(target: DriverTarget, name: string, key: string) {
    if (name === JOINED) return makeJoinedDriver();
    const { folder, sources, model } = emitSample(build, target, name, {}, key);
    return driverObjects(folder, sources, driverGlue({ model, sourceName: `${name}.mof` }, target));
  }

  function makeJoinedDriver() {
    const replaced = ['DoorLightWmiFromDevice'];
    const own = emitSample(build, 'wdm', 'smart-fan', {}, 'joined');
    const other = emitSample(build, 'wdm', 'door-light', { replaced }, 'joined');
    const glue = driverGlue({ model: own.model, sourceName: 'smart-fan.mof' }, 'wdm', {
      model: other.model,
      sourceName: 'door-light.mof',
    });
    return driverObjects(own.folder, [...own.sources, ...other.sources], glue);
  }

  /** Compiles what is not the core's. */
  function driverObjects(folder: string, sources: readonly string[], glue: string) {
    const file = join(folder, 'glue.c');
    writeFileSync(file, glue);
    const own = sources.filter((each) => !basename(each).startsWith('mofgen_'));
    return Promise.all(
      [...own, file].map((each) => object(each, join(basename(folder), basename(each, '.c')))),
    );
  }

  function faultyCore(target: DriverTarget, functions: readonly string[]): Promise<string> {
    const key = ['core', target, ...functions].join('-');
    const made = faultyCores.get(key) ?? makeFaultyCore(target, functions, key);
    faultyCores.set(key, made);
    return made;
  }

  async function makeFaultyCore(target: DriverTarget, functions: readonly string[], key: string) {
    const [name = ''] = PARTS[target];
    const text = readFileSync(join(runtimeFolder, `${name}.c`), 'utf8');
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

  test.each(drivers)('$target: $name', async ({ target, name }) => {
    const { locking, others } = coreOf(target);
    const objects = [...(await driver(target, name)), ...others, locking];
    expect(await outcomeOf(`${target}-${name}-program`.replaceAll(' ', '-'), objects)).toEqual({
      status: 0,
      output: '4000 requests\n',
    });
  });

  test.each(LOCKS)(
    '$target: $sample without the lock $lock is reported',
    async ({ target, functions, sample }) => {
      const objects = await driver(target, sample);
      const faulty = await faultyCore(target, functions);
      const name = [target, sample, ...functions].join('-').replaceAll(' ', '-');
      const { status, output } = await outcomeOf(name, [
        ...objects,
        ...coreOf(target).others,
        faulty,
      ]);
      expect(output).toMatch(/ThreadSanitizer: (?:data race|heap-use-after-free)/);
      expect(status).not.toBe(0);
    },
  );
});
