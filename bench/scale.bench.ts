/**
 * Whether a request costs more in a large system: queries and sets among many instances of one block, and among many
 * blocks of one device. And how large `mofgen/runtime` is in a browser.
 *
 * All systems exist at the same time, and each request goes to another instance or block, spread over all of them.
 */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as wmi from 'mofgen/runtime';
import {
  type Contender,
  printRows,
  ratio,
  showAim,
  showSpread,
  spread,
  timeRounds,
  type Timing,
} from './measure.js';
import { COUNTERS, type CountersModule, loadCounters } from './sixty-four-bytes.js';

/** How many times as long a request may take in a large system as in one of a single instance. */
const GROWTH_AIM = 1.5;

const INSTANCES = [1, 100, 10_000] as const;
const GUIDS = [1, 100, 5000] as const;

/** Requests go to this many targets at most, so that the processor's caches do not decide what is measured. */
const TARGETS = 64;

interface Target {
  readonly object: wmi.DataBlockObject;
  readonly name: string;
}

/** A system and where its requests may go. */
interface System {
  readonly kernel: wmi.Kernel;
  readonly targets: readonly Target[];
}

const provider = {
  query: () => COUNTERS,
  set: () => undefined,
  Exchange: () => COUNTERS,
};

function newKernel(traced: boolean): wmi.Kernel {
  return wmi.createKernel(traced ? { trace: () => undefined } : {});
}

function openTarget(kernel: wmi.Kernel, guid: string, name: string | undefined): Target {
  const { dataBlockObject } = kernel.ioWmiOpenBlock(guid, wmi.WMIGUID_QUERY | wmi.WMIGUID_SET);
  if (dataBlockObject === undefined || name === undefined) throw new Error(`no block {${guid}}`);
  return { object: dataBlockObject, name };
}

/** `count` things, or TARGETS of them at even distances. */
function spreadOver<T>(things: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.floor(things.length / TARGETS));
  return things.filter((_thing, index) => index % step === 0).slice(-TARGETS);
}

/** One block with many instances. */
function manyInstances(counters: CountersModule, count: number, traced: boolean): System {
  const kernel = newKernel(traced);
  // Registered before the device starts: each update while it runs registers every instance anew.
  const device = wmi.createKmdfDevice(kernel, { name: 'counters', start: false });
  const { instances } = wmi.registerBlock(
    device,
    counters.CountersBlock,
    Array.from({ length: count }, (_, index) => ({ name: `i${index}`, provider })),
  );
  device.start();
  const { guid } = counters.CountersBlock;
  return {
    kernel,
    targets: spreadOver(instances).map(({ instanceName }) =>
      openTarget(kernel, guid, instanceName),
    ),
  };
}

/** One device with many blocks that differ in their GUID. */
function manyGuids(counters: CountersModule, count: number, traced: boolean): System {
  const kernel = newKernel(traced);
  const device = wmi.createKmdfDevice(kernel, { name: 'counters', start: false });
  const blocks = Array.from({ length: count }, (_, index) => ({
    ...counters.CountersBlock,
    guid: `6d2f44a8-0f5e-4c7a-9b0e-${index.toString(16).padStart(12, '0')}`,
  }));
  const registered = blocks.map((block) => wmi.registerBlock(device, block, provider));
  device.start();
  return {
    kernel,
    targets: spreadOver(registered).map(({ handle, instances }) =>
      openTarget(kernel, handle.guid, instances[0]?.instanceName),
    ),
  };
}

/** Runs `request` against one target after the other. */
function contender({ targets }: System, request: (target: Target) => wmi.NtStatus): Contender {
  const around = Array.from({ length: TARGETS }, (_, turn) => targets[turn % targets.length]);
  return {
    name: '',
    run(count) {
      let failures = 0;
      for (let turn = 0; turn < count; turn += 1) {
        const target = around[turn % TARGETS];
        if (target !== undefined && request(target) !== wmi.STATUS_SUCCESS) failures += 1;
      }
      if (failures > 0) throw new Error(`${failures} requests failed`);
      return count;
    },
  };
}

const counters = await loadCounters();
const whole = counters.CountersCodec.encode(COUNTERS);

const requests = [
  {
    name: 'query',
    of:
      ({ kernel }: System) =>
      (target: Target) =>
        kernel.ioWmiQuerySingleInstance(target.object, target.name, 256).status,
  },
  {
    name: 'set',
    of:
      ({ kernel }: System) =>
      (target: Target) =>
        kernel.ioWmiSetSingleInstance(target.object, target.name, 0, whole),
  },
] as const;

interface Row {
  readonly label: string;
  readonly timings: readonly Timing[];
}

function measure(
  what: string,
  counts: readonly number[],
  systemOf: (count: number, traced: boolean) => System,
): readonly Row[] {
  return [false, true].flatMap((traced) => {
    const systems = counts.map((count) => systemOf(count, traced));
    return requests.map((request) => ({
      label: `${request.name}, ${traced ? 'traced' : 'quiet'}, ${what}`,
      timings: timeRounds(
        systems.map((system) => contender(system, request.of(system))),
        { rounds: 15, milliseconds: 2, slices: 5 },
      ),
    }));
  });
}

const perSecond = (timing: Timing): string =>
  (1e9 / spread(timing.rounds).median).toLocaleString('en', { maximumSignificantDigits: 3 });

function show(counts: readonly number[], rows: readonly Row[]): void {
  printRows(
    ['', ...counts.map(String), ...counts.slice(1).map((count) => `${count} / 1`), 'aim'],
    rows.map(({ label, timings }) => {
      const [one, ...more] = timings;
      if (one === undefined) throw new Error('nothing was timed');
      const growths = more.map((timing) => ratio(timing, one));
      const worst = Math.max(...growths.map(({ median }) => median));
      return [
        label,
        ...timings.map(perSecond),
        ...growths.map((growth) => showSpread(growth)),
        showAim(worst, GROWTH_AIM),
      ];
    }),
  );
}

console.log('  calls a second, and how many times as long as with one');
show(
  INSTANCES,
  measure('instances', INSTANCES, (count, traced) => manyInstances(counters, count, traced)),
);
show(
  GUIDS,
  measure('GUIDs', GUIDS, (count, traced) => manyGuids(counters, count, traced)),
);

const { outputFiles } = await build({
  stdin: { contents: `export * from 'mofgen/runtime';`, resolveDir: '.' },
  bundle: true,
  write: false,
  minify: true,
  platform: 'browser',
  format: 'esm',
  target: 'es2023',
  tsconfigRaw: {},
});
const code = outputFiles.map(({ text }) => text).join('');
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
console.log(
  `  mofgen/runtime bundled for a browser: ${kilobytes(code.length)} minified, ` +
    `${kilobytes(gzipSync(code).length)} gzipped`,
);
