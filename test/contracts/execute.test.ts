/**
 * The statements about executing methods (docs/spec/runtime.md#evtwmiinstanceexecutemethod), on generated providers. Titles have the
 * number of the rule.
 *
 * Rule 7 (registration through the configuration) and rule 8 (no serialisation) are in set.test.ts.
 */
import { expect, test } from 'vitest';
import * as wmi from '../../src/runtime/index.js';
import {
  CalibrationBlock,
  CalibrationSwapFactorsInputCodec,
  CalibrationSwapFactorsOutputCodec,
  registerCalibration,
} from '../../samples/calibration/expected/ts/calibration.g.js';
import { CalibrationInMemory } from '../../samples/calibration/expected/ts/calibration.provider.js';
import {
  registerSensorLog,
  type SensorLogDrainInput,
  SensorLogDrainInputCodec,
  type SensorLogDrainOutput,
  SensorLogDrainOutputCodec,
} from '../../samples/sensor-log/expected/ts/sensor-log.g.js';
import { SensorLogInMemory } from '../../samples/sensor-log/expected/ts/sensor-log.provider.js';
import { machine } from './machine.js';

const name = wmi.ntStatusName;
const SWAP = 3;
const DRAIN = 10;
const swapInput = CalibrationSwapFactorsInputCodec.encode({ First: 11n, Second: -22n });

/** A calibration that answers `SwapFactors` as `answer` does, and counts the calls of `Measure`. */
function instrument(
  answer: CalibrationInMemory['SwapFactors'] = ({ First, Second }) => ({
    First: Second,
    Second: First,
  }),
) {
  let measured = 0;
  class Instrument extends CalibrationInMemory {
    override SwapFactors(input: Parameters<CalibrationInMemory['SwapFactors']>[0]) {
      return answer(input);
    }
    override Measure(input: Parameters<CalibrationInMemory['Measure']>[0]) {
      measured += 1;
      return super.Measure(input);
    }
  }
  const { kernel, open } = machine();
  const device = wmi.createKmdfDevice(kernel, { name: 'calibration' });
  const { Calibration } = registerCalibration(device, { Calibration: new Instrument() });
  const block = open(Calibration.handle.guid);
  const instanceName = Calibration.instances[0]?.instanceName ?? '';
  return {
    measured: () => measured,
    execute: (methodId: number, input: Uint8Array, outSize: number) =>
      kernel.ioWmiExecuteMethod(block, instanceName, methodId, input, outSize),
  };
}

/** A log with three samples whose `Drain` empties it in a commit step. */
function log() {
  let commits = 0;
  class Log extends SensorLogInMemory {
    override Drain({ Limit }: SensorLogDrainInput): wmi.Committed<SensorLogDrainOutput> {
      const Samples = this.data.Samples.slice(0, Limit);
      return wmi.withCommit({ Count: Samples.length, Samples, Note: 'taken' }, () => {
        commits += 1;
        this.data = { ...this.data, Samples: [], SampleCount: 0 };
      });
    }
  }
  const { kernel, open } = machine();
  const device = wmi.createKmdfDevice(kernel, { name: 'log' });
  const provider = new Log();
  provider.data = { ...provider.data, Samples: [1, 2, 3], SampleCount: 3 };
  const { SensorLog } = registerSensorLog(device, { SensorLog: provider });
  const block = open(SensorLog.handle.guid);
  const instanceName = SensorLog.instances[0]?.instanceName ?? '';
  return {
    provider,
    commits: () => commits,
    drain: (outSize: number) =>
      kernel.ioWmiExecuteMethod(
        block,
        instanceName,
        DRAIN,
        SensorLogDrainInputCodec.encode({ Limit: 9 }),
        outSize,
      ),
  };
}

test('ExecuteMethod 1: the MethodId is the WmiMethodId of the MOF', () => {
  const { execute } = instrument();
  // SwapFactors is last in the text and has WmiMethodId 3.
  expect(Object.keys(CalibrationBlock.methods ?? {})).toEqual(['1', '2', '3', '4']);
  expect(name(execute(SWAP, swapInput, 16).status)).toBe('STATUS_SUCCESS');
  expect(name(execute(5, swapInput, 16).status)).toBe('STATUS_WMI_ITEMID_NOT_FOUND');
});

test('ExecuteMethod 2: output overwrites input, so all inputs are read before the first output is written', () => {
  const { execute } = instrument();
  const { data } = execute(SWAP, swapInput, 16);
  expect(CalibrationSwapFactorsOutputCodec.decode(data ?? new Uint8Array())).toEqual({
    First: -22n,
    Second: 11n,
  });
});

test('ExecuteMethod 3: on success BufferUsed is the number of bytes written', () => {
  expect(instrument().execute(SWAP, swapInput, 100)).toMatchObject({
    status: wmi.STATUS_SUCCESS,
    outBufferSize: 16,
  });
  const drained = log().drain(100);
  expect(drained.outBufferSize).toBe(drained.data?.length);
  expect(SensorLogDrainOutputCodec.decode(drained.data ?? new Uint8Array())?.Samples).toEqual([
    1, 2, 3,
  ]);
});

test('ExecuteMethod 4: too little room for a fixed output: the required size, and the method does not run', () => {
  const { execute, measured } = instrument();
  // Output starts at the input's offset, so its room is never less than the input: use a method with 1 byte of input.
  const short = execute(4, Uint8Array.of(0), 55);
  expect([name(short.status), short.outBufferSize]).toEqual(['STATUS_BUFFER_TOO_SMALL', 56]);
  expect(measured()).toBe(0);
  expect(name(execute(4, Uint8Array.of(0), 56).status)).toBe('STATUS_SUCCESS');
  expect(measured()).toBe(1);
});

test('ExecuteMethod 4: too little room for a variable output: the required size, then the effect exactly once', () => {
  const { drain, commits, provider } = log();
  const short = drain(4);
  expect(name(short.status)).toBe('STATUS_BUFFER_TOO_SMALL');
  expect([commits(), provider.data.SampleCount]).toEqual([0, 3]);
  const again = drain(short.outBufferSize);
  expect([name(again.status), commits()]).toEqual(['STATUS_SUCCESS', 1]);
  expect(provider.data.SampleCount).toBe(0);
});

test.each([
  ['a failure', wmi.STATUS_WMI_GUID_DISCONNECTED, wmi.STATUS_WMI_GUID_DISCONNECTED],
  ['STATUS_PENDING, which breaks the contract', wmi.STATUS_PENDING, wmi.STATUS_UNSUCCESSFUL],
  ['success without its outputs', wmi.STATUS_SUCCESS, wmi.STATUS_UNSUCCESSFUL],
])('ExecuteMethod 5: a method that returns %s', (_what, returned, want) => {
  const { execute } = instrument(() => returned);
  const { status } = execute(SWAP, swapInput, 16);
  expect(name(status)).toBe(name(want));
  expect(wmi.ntSuccess(status)).toBe(false);
});

test('ExecuteMethod 6: BufferUsed is stored always, 0 without output', () => {
  const callbacks = wmi.bindInstance(CalibrationBlock, new CalibrationInMemory());
  const instance = { guid: CalibrationBlock.guid, label: 'x' };
  const memory = new Uint8Array(64);
  const execute = (methodId: number, inSize: number, outSize: number) =>
    callbacks.evtWmiInstanceExecuteMethod?.(instance, methodId, inSize, outSize, memory, 0);
  expect(execute(2, 0, 64)).toEqual({ status: wmi.STATUS_SUCCESS, bufferUsed: 0 });
  expect(execute(99, 0, 64)).toEqual({ status: wmi.STATUS_WMI_ITEMID_NOT_FOUND, bufferUsed: 0 });
  expect(execute(SWAP, 15, 64)).toEqual({
    status: wmi.STATUS_INVALID_PARAMETER_MIX,
    bufferUsed: 0,
  });
  expect(execute(SWAP, 16, 15)).toEqual({ status: wmi.STATUS_BUFFER_TOO_SMALL, bufferUsed: 16 });
  expect(execute(SWAP, 16, 64)).toEqual({ status: wmi.STATUS_SUCCESS, bufferUsed: 16 });
});
