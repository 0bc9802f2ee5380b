/**
 * The cost of a request through all layers: consumer routine, request packet with a real WNODE, driver model, dispatch,
 * typed provider, and back; compared with the codec alone on the same data.
 *
 * The provider does almost nothing, so the rest is the cost of the runtime.
 */
import { deepStrictEqual } from 'node:assert/strict';
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
import { COUNTERS, type Counters, type CountersModule, loadCounters } from './sixty-four-bytes.js';

/** Times of the bare codec that a set of 64 bytes may take, without tracing. */
const SET_AIM = 12;

interface Call {
  readonly name: string;
  readonly quiet: Contender;
  readonly traced: Contender;
  readonly bare: Contender;
  readonly atMost?: number;
}

function repeatedly(name: string, work: (turn: number) => number): Contender {
  return {
    name,
    run(count) {
      let sum = 0;
      for (let turn = 0; turn < count; turn += 1) sum += work(turn);
      return sum;
    },
  };
}

/** A kernel with one device that provides the block, and the requests that a consumer sends to it. */
function system(counters: CountersModule, trace: wmi.TraceListener | undefined) {
  const kernel = wmi.createKernel(trace === undefined ? {} : { trace });
  const device = wmi.createKmdfDevice(kernel, { name: 'counters' });
  let data: Partial<Counters> = COUNTERS;
  const { Counters: block } = counters.registerCounters(device, {
    Counters: {
      query: () => COUNTERS,
      set: (changes) => {
        data = changes;
        return undefined;
      },
      Exchange: (input) => input,
    },
  });
  const { dataBlockObject } = kernel.ioWmiOpenBlock(
    block.handle.guid,
    wmi.WMIGUID_QUERY | wmi.WMIGUID_SET | wmi.WMIGUID_EXECUTE,
  );
  const name = block.instances[0]?.instanceName;
  if (dataBlockObject === undefined || name === undefined) throw new Error('no data block');
  const succeeded = (status: wmi.NtStatus): void => {
    if (status !== wmi.STATUS_SUCCESS) throw new Error(wmi.ntStatusName(status));
  };
  return {
    /** The last value that the provider received. */
    data: () => data,
    query(): Uint8Array {
      const { status, data: bytes } = kernel.ioWmiQuerySingleInstance(dataBlockObject, name, 256);
      succeeded(status);
      return bytes as Uint8Array;
    },
    set(bytes: Uint8Array): void {
      succeeded(kernel.ioWmiSetSingleInstance(dataBlockObject, name, 0, bytes));
    },
    setItem(bytes: Uint8Array): void {
      succeeded(kernel.ioWmiSetSingleItem(dataBlockObject, name, 4, 0, bytes));
    },
    execute(bytes: Uint8Array): Uint8Array {
      const { status, data: output } = kernel.ioWmiExecuteMethod(
        dataBlockObject,
        name,
        1,
        bytes,
        16,
      );
      succeeded(status);
      return output as Uint8Array;
    },
  };
}

const counters = await loadCounters();
const { CountersCodec, CountersExchangeInputCodec, CountersExchangeOutputCodec } = counters;
let events = 0;
const quiet = system(counters, undefined);
const traced = system(counters, () => {
  events += 1;
});

const whole = CountersCodec.encode(COUNTERS);
const other = CountersCodec.encode({ ...COUNTERS, Errors: 4 });
const item = Uint8Array.of(9, 0, 0, 0);
const input = CountersExchangeInputCodec.encode(COUNTERS);

// Both systems give the right results, before their speed is measured.
for (const consumer of [quiet, traced]) {
  deepStrictEqual(consumer.query(), whole);
  consumer.set(other);
  deepStrictEqual(consumer.data(), { ...COUNTERS, Errors: 4 });
  consumer.setItem(item);
  deepStrictEqual(consumer.data(), { Errors: 9 });
  deepStrictEqual(consumer.execute(input), input);
}
if (whole.length !== 64) throw new Error(`the block has ${whole.length} bytes`);

const bareDecode = repeatedly(
  'bare decode',
  (turn) => CountersCodec.decode(turn % 2 === 0 ? whole : other)?.Errors ?? 0,
);
const calls: readonly Call[] = [
  {
    name: 'query instance',
    quiet: repeatedly('', () => quiet.query().length),
    traced: repeatedly('', () => traced.query().length),
    bare: repeatedly('', () => CountersCodec.encode(COUNTERS).length),
  },
  {
    name: 'set instance',
    quiet: repeatedly('', (turn) => {
      quiet.set(turn % 2 === 0 ? whole : other);
      return 1;
    }),
    traced: repeatedly('', (turn) => {
      traced.set(turn % 2 === 0 ? whole : other);
      return 1;
    }),
    bare: bareDecode,
    atMost: SET_AIM,
  },
  {
    name: 'set item (one uint32)',
    quiet: repeatedly('', () => {
      quiet.setItem(item);
      return 1;
    }),
    traced: repeatedly('', () => {
      traced.setItem(item);
      return 1;
    }),
    bare: bareDecode,
  },
  {
    name: 'execute method (16 in, 16 out)',
    quiet: repeatedly('', () => quiet.execute(input).length),
    traced: repeatedly('', () => traced.execute(input).length),
    bare: repeatedly('', () => {
      const value = CountersExchangeInputCodec.decode(input);
      return value === undefined ? 0 : CountersExchangeOutputCodec.encode(value).length;
    }),
  },
];

const timings = timeRounds(
  calls.flatMap((call) => [call.quiet, call.traced, call.bare]),
  { rounds: 21, milliseconds: 2, slices: 7 },
);

const perSecond = (timing: Timing): string =>
  (1e9 / spread(timing.rounds).median).toLocaleString('en', { maximumSignificantDigits: 3 });

let next = 0;
const timing = (): Timing => timings[next++] as Timing;
const rows = calls.map(({ name, atMost }) => {
  const [off, on, bare] = [timing(), timing(), timing()];
  const times = ratio(off, bare);
  return [
    name,
    perSecond(off),
    perSecond(on),
    perSecond(bare),
    showSpread(times, 1),
    showSpread(ratio(on, bare), 1),
    showAim(times.median, atMost),
  ];
});
console.log('  a block of 64 bytes; calls a second, and how many times as long as its codec alone');
printRows(
  ['', 'quiet', 'traced', 'codec alone', 'quiet / codec', 'traced / codec', 'aim, quiet'],
  rows,
);
console.log(`  (${events} trace events were made)`);
