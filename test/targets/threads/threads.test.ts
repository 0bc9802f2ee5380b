// The provider of every sample in many threads under ThreadSanitizer, which reports nothing; and with each lock of the core
// removed in turn, which it has to report.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneIn, runsThoroughly } from '../../effort.js';
import { type HostBuild, hostIncludes, hostThreadFlags, startHostBuild } from '../../c/host.js';
import { compileObject, compilerWith, run, sanitizerEnvironment } from '../../c/toolchain.js';
import { samples } from '../../mof-files.js';
import { emitSample } from '../provider/sample-program.js';
import { driverGlue, type DriverTarget } from './driver-glue.js';

const compiler = compilerWith('threads', 'generated drivers with threads', ['clang', 'gcc']);
const here = import.meta.dirname;
const runtimeFolder = join(here, '../../../src/runtime-c');

const TARGETS: readonly DriverTarget[] = ['kmdf', 'wdm', 'irp'];

/** Two samples on one device. */
const JOINED = 'smart-fan and door-light';

const rows = TARGETS.flatMap((target) => samples.map(({ name }) => ({ target, name })));
const drivers: readonly { readonly target: DriverTarget; readonly name: string }[] = [
  ...rows,
  { target: 'wdm', name: JOINED },
  { target: 'irp', name: JOINED },
];

/** A lock: the functions of the core that acquire and release it, and the sample that shows that it is needed. */
interface Lock {
  readonly target: DriverTarget;
  readonly lock: string;
  readonly functions: readonly string[];
  readonly sample: string;
}

const LOCKS: readonly Lock[] = [
  ...rows.map(({ target, name }) => ({
    target,
    lock: 'of an instance',
    functions: ['MofgenWmiLock', 'MofgenWmiUnlock', ...(target === 'kmdf' ? [] : ['MofgenWmiRun'])],
    sample: name,
  })),
  ...['MofgenEvtInstanceCleanup', 'MofgenWmiListInstance', 'MofgenWmiReferenceOldest'].map(
    (name): Lock => ({
      target: 'kmdf',
      lock: `of the list in ${name}`,
      functions: [name],
      sample: 'sensor-log',
    }),
  ),
  ...(['wdm', 'irp'] as const).flatMap((target) =>
    [
      'MofgenWmiReference',
      'MofgenWmiAddInstance',
      'MofgenWmiMakeInstance',
      'MofgenWmiRemoveInstance',
      'MofgenWmiFireFrom',
      'MofgenWmiReferenceFirst',
      'MofgenWmiReferenceRange',
    ].map((name): Lock => ({
      target,
      lock: `of the device in ${name}`,
      functions: [name],
      sample: 'sensor-log',
    })),
  ),
  {
    target: 'wdm',
    lock: 'of the device in MofgenWmilibQuerySeveral',
    functions: ['MofgenWmilibQuerySeveral'],
    sample: 'sensor-log',
  },
  {
    target: 'wdm',
    lock: 'of the devices in MofgenWmilibNumber',
    functions: ['MofgenWmilibNumber'],
    sample: JOINED,
  },
  ...['MofgenIrpWriteBlocks', 'MofgenIrpRenumber'].map((name): Lock => ({
    target: 'irp',
    lock: `of the devices in ${name}`,
    functions: [name],
    sample: JOINED,
  })),
];

/** The parts of the core for a target. */
const PARTS: Readonly<Record<DriverTarget, readonly string[]>> = {
  kmdf: ['mofgen_wmi_kmdf'],
  wdm: ['mofgen_wmi_device', 'mofgen_wmi_wdm'],
  irp: ['mofgen_wmi_device', 'mofgen_wmi_irp'],
};

/** A statement that takes or releases a lock. */
const LOCKING =
  /(?:\(VOID\))?\b(?:KeAcquireSpinLock|KeReleaseSpinLock|KeWaitForSingleObject|KeReleaseMutex|ExAcquireFastMutex|ExReleaseFastMutex|MofgenWmiWait)\(.*\);/g;

/** The texts of the core, with other threads running where these functions would take and release the lock. */
function withoutLock(
  texts: ReadonlyMap<string, string>,
  functions: readonly string[],
): ReadonlyMap<string, string> {
  const missing = new Set(functions);
  const changed = [...texts].map(([name, text]): [string, string] => {
    const yielding = functions.reduce((rest, wanted) => {
      const body = new RegExp(String.raw`\n${wanted}\([^;{]*\)\n\{\n[\s\S]*?\n\}\n`);
      const [found = ''] = body.exec(rest) ?? [];
      const without = found.replace(LOCKING, 'sched_yield();');
      if (without !== found) missing.delete(wanted);
      return rest.replace(found, () => without);
    }, text);
    return [name, `#include <sched.h>\n${yielding}`];
  });
  expect([...missing]).toEqual([]);
  return new Map(changed);
}

describe.runIf(compiler !== undefined)('drivers with threads', () => {
  let build: HostBuild;
  /** The objects of the driver model's part of the core, and of all that is common, by target. */
  const cores = new Map<DriverTarget, { parts: readonly string[]; common: readonly string[] }>();
  /** The objects of a sample's driver and of the program, without the core. */
  const objectsOfDrivers = new Map<string, Promise<readonly string[]>>();

  /** The driver model's part of the core without a lock, by its functions. */
  const faultyCores = new Map<string, Promise<readonly string[]>>();

  function object(file: string, output: string, flags: readonly string[] = []) {
    return compileObject({
      compiler: build.compiler,
      file,
      includes: [...hostIncludes, runtimeFolder],
      flags: [...hostThreadFlags, ...flags],
      output: join(build.folder, `${output}.o`),
    });
  }

  beforeAll(async () => {
    if (compiler === undefined) return;
    build = await startHostBuild(compiler, hostThreadFlags);
    const program = await object(join(here, 'program.c'), 'program');
    const shared = await Promise.all(
      ['', '_pool'].map((part) =>
        object(join(runtimeFolder, `mofgen_wmi${part}.c`), `core${part}`),
      ),
    );
    for (const target of TARGETS) {
      const parts = await Promise.all(
        PARTS[target].map((name) => object(join(runtimeFolder, `${name}.c`), `${target}-${name}`)),
      );
      cores.set(target, { parts, common: [program, ...shared] });
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
    if (name === JOINED) return makeJoinedDriver(target, key.replaceAll(' ', '-'));
    const { folder, sources, model } = emitSample(build, target, name, {}, key);
    return driverObjects(folder, sources, driverGlue({ model, sourceName: `${name}.mof` }, target));
  }

  function makeJoinedDriver(target: DriverTarget, key: string) {
    const replaced = ['DoorLightWmiFromDevice'];
    const own = emitSample(build, target, 'smart-fan', {}, key);
    const other = emitSample(build, target, 'door-light', { replaced }, key);
    const glue = driverGlue({ model: own.model, sourceName: 'smart-fan.mof' }, target, {
      model: other.model,
      sourceName: 'door-light.mof',
    });
    return driverObjects(own.folder, [...own.sources, ...other.sources], glue);
  }

  /** Compiles everything except the core. */
  function driverObjects(folder: string, sources: readonly string[], glue: string) {
    const file = join(folder, 'glue.c');
    writeFileSync(file, glue);
    const own = sources.filter((each) => !basename(each).startsWith('mofgen_'));
    return Promise.all(
      [...own, file].map((each) => object(each, join(basename(folder), basename(each, '.c')))),
    );
  }

  function faultyCore(target: DriverTarget, functions: readonly string[]) {
    const key = ['core', target, ...functions].join('-');
    const made = faultyCores.get(key) ?? makeFaultyCore(target, functions, key);
    faultyCores.set(key, made);
    return made;
  }

  async function makeFaultyCore(target: DriverTarget, functions: readonly string[], key: string) {
    const folder = join(build.folder, key);
    mkdirSync(folder);
    const files = PARTS[target].flatMap((name) => [`${name}.c`, `${name}.h`]);
    const texts = files.map((name) => [name, readFileSync(join(runtimeFolder, name), 'utf8')]);
    for (const [name, text] of withoutLock(new Map(texts as [string, string][]), functions)) {
      // A file includes those of its own folder first.
      writeFileSync(join(folder, name), text);
    }
    // Without the lock, its helpers are unused.
    return Promise.all(
      PARTS[target].map((name) => object(join(folder, `${name}.c`), join(key, name), ['-w'])),
    );
  }

  async function outcomeOf(program: string, objects: readonly string[]) {
    const built = await build.build(program, { sources: objects });
    expect(built.output).toBe('');
    return run(built.path, [], { env: sanitizerEnvironment(build.compiler), timeout: 120_000 });
  }

  test.each(oneIn(3, drivers))('$target: $name', async ({ target, name }) => {
    const { parts, common } = coreOf(target);
    const objects = [...(await driver(target, name)), ...common, ...parts];
    expect(await outcomeOf(`${target}-${name}-program`.replaceAll(' ', '-'), objects)).toEqual({
      status: 0,
      output: '4000 requests\n',
    });
  });

  test.runIf(runsThoroughly('missing locks of the C core')).each(LOCKS)(
    '$target: $sample without the lock $lock is reported',
    async ({ target, functions, sample }) => {
      const objects = await driver(target, sample);
      const faulty = await faultyCore(target, functions);
      const name = [target, sample, ...functions].join('-').replaceAll(' ', '-');
      const { status, output } = await outcomeOf(name, [
        ...objects,
        ...coreOf(target).common,
        ...faulty,
      ]);
      // Corrupted data can fail a check of the harness before ThreadSanitizer reports the race.
      expect(output).toMatch(
        /ThreadSanitizer: (?:data race|heap-use-after-free)|host_check failed/,
      );
      expect(status).not.toBe(0);
    },
  );
});
