/**
 * A tour of the samples: starts their generated providers on a simulated machine each and lets a consumer use them.
 *
 * `npm start` generates every sample, copies this file next to the output and runs it. Each row is one request as the
 * machine traced it; a row whose status is not the documented one is marked and fails the run.
 */
import * as wmi from 'mofgen/runtime';
import { CalibrationBlock } from './calibration/expected/ts/calibration.g.js';
import { registerProviders as registerCalibration } from './calibration/expected/ts/calibration.provider.js';
import { DoorLightBlock } from './door-light/expected/ts/door-light.g.js';
import { registerProviders as registerDoorLight } from './door-light/expected/ts/door-light.provider.js';
import { class__Block } from './odd-corners/expected/ts/odd-corners.g.js';
import { registerProviders as registerOddCorners } from './odd-corners/expected/ts/odd-corners.provider.js';
import {
  registerSensorLog,
  SensorAlarmEvent,
  SensorLogBlock,
  type SensorLogDrainInput,
  type SensorLogDrainOutput,
  type SensorLogInjectInput,
} from './sensor-log/expected/ts/sensor-log.g.js';
import { SensorLogInMemory } from './sensor-log/expected/ts/sensor-log.provider.js';
import { SmartFanBlock, SmartFanModeValues } from './smart-fan/expected/ts/smart-fan.g.js';
import { registerProviders as registerSmartFan } from './smart-fan/expected/ts/smart-fan.provider.js';
import { printRequests, printTrace, type RequestRow } from './tour-table.js';

const { STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL, STATUS_WMI_SET_FAILURE } = wmi;

let surprises = 0;
let rows: RequestRow[] = [];
let claims: string[] = [];

/** Notes something that must be true after the steps so far. */
function check(claim: string, holds: boolean): void {
  claims.push(holds ? `✓ ${claim}` : `✗ not true: ${claim}`);
  if (!holds) surprises += 1;
}

/** Checks the status of the machine's last request and makes a row of it; gives the answer back. */
type Step = <Answer extends wmi.StatusCarrier>(
  what: string,
  expected: wmi.NtStatus,
  answer: Answer,
) => Answer;

function stepOn(machine: wmi.Machine): Step {
  return (what, expected, answer) => {
    const status: wmi.NtStatus = typeof answer === 'number' ? answer : answer.status;
    if (status !== expected) surprises += 1;
    const mark = status === expected ? '✓' : '✗';
    rows.push({ mark, what, ...traced(machine.trace.lastRequest()) });
    return answer;
  };
}

/** NTSTATUS and bytes of one traced request; its routine, IRP and arguments. */
function traced(events: readonly wmi.TraceEvent[]): Omit<RequestRow, 'mark' | 'what'> {
  let [routine, details, status, bytes] = ['', '', '', ''];
  const irps: string[] = [];
  for (const event of events) {
    if (event.kind === 'routineBegin') {
      ({ routine } = event);
      const { instanceName = [], id, bufferSize } = event;
      const size = bufferSize === undefined ? [] : `${bufferSize} bytes`;
      // The last part of ROOT\DOORLIGHT\0000_0: the device is named in the title.
      const instance = [instanceName].flat().map((name) => name.slice(name.lastIndexOf('\\') + 1));
      details = [instance, id === undefined ? [] : `id ${id}`, size].flat().join(', ');
    } else if (event.kind === 'irpBegin') irps.push(event.minorName);
    else if (event.kind === 'routineEnd') {
      status = wmi.ntStatusName(event.status);
      bytes = event.bufferSize === undefined ? '' : `${event.bufferSize} bytes`;
    }
  }
  return { status, bytes, way: [routine, irps.join(', '), details] };
}

/** Runs one chapter on a machine of its own and prints what happened. */
function chapter(
  title: string,
  driver: string,
  print: (rows: readonly RequestRow[]) => void,
  run: (machine: wmi.Machine, step: Step) => void,
): void {
  const machine = wmi.createMachine({ device: { name: driver } });
  [rows, claims] = [[], []];
  run(machine, stepOn(machine));
  console.log(`\n== ${title}\n`);
  print(rows);
  console.log(claims.join('\n'));
}

console.log(`The generated TypeScript of each sample, on a simulated machine. A consumer
sends requests; a row has the NTSTATUS and the bytes of the answer. The first
sample also shows the routine, the IRP, the instance, the item, and the buffer.`);

chapter('door-light.mof: one writable item', 'doorlight', printTrace, (machine, step) => {
  machine.register(registerDoorLight);
  const light = machine.open(DoorLightBlock);
  step('query', STATUS_SUCCESS, light.query());
  step('switch the light on', STATUS_SUCCESS, light.setItem('Lit', true));
  const { data } = step('query again', STATUS_SUCCESS, light.query());
  check('the light is on', data?.Lit === true);
});

chapter(
  'smart-fan.mof: read-only, writable and write-only items',
  'smartfan',
  printRequests,
  (machine, step) => {
    machine.register(registerSmartFan);
    const fan = machine.open(SmartFanBlock);
    const { data: before } = step('query', STATUS_SUCCESS, fan.query());
    if (before === undefined) throw new Error('the fan answered too few bytes');
    const wanted = {
      ...before,
      TargetSpeed: 1200,
      ActualSpeed: 9999,
      Mode: SmartFanModeValues.Manual,
    };
    machine.faults.shortBuffer(77);
    step('set, one byte short', STATUS_WMI_SET_FAILURE, fan.set(wanted));
    const { data: after } = step('query', STATUS_SUCCESS, fan.query());
    check(
      'nothing changed',
      after?.TargetSpeed === before.TargetSpeed && after.Mode === before.Mode,
    );
    step('set all of it', STATUS_SUCCESS, fan.set(wanted));
    const { data: now } = step('query', STATUS_SUCCESS, fan.query());
    check(
      'the writable items changed',
      now?.TargetSpeed === 1200 && now.Mode === SmartFanModeValues.Manual,
    );
    check('the read-only item stayed', now?.ActualSpeed === before.ActualSpeed);
    const reader = machine.open(SmartFanBlock, wmi.WMIGUID_QUERY);
    step('set without the right to', wmi.STATUS_ACCESS_DENIED, reader.set(wanted));
    step('set an unknown instance', wmi.STATUS_WMI_INSTANCE_NOT_FOUND, fan.set(wanted, 7));
    const speed = wmi.itemBytes(wmi.uint32, 1000);
    step('set an unknown item', wmi.STATUS_WMI_ITEMID_NOT_FOUND, fan.setItemBytes(9, speed));
    step('set a read-only item', wmi.STATUS_WMI_READ_ONLY, fan.setItem('ActualSpeed', 1000));
    step('set one item', STATUS_SUCCESS, fan.setItem('TargetSpeed', 1000));
    machine.faults.shortBuffer(3);
    step('set it, one byte short', STATUS_WMI_SET_FAILURE, fan.setItem('TargetSpeed', 1000));
  },
);

/** The WmiMethodId of `SwapFactors`. */
const SWAP_FACTORS = 3;

chapter(
  'calibration.mof: methods, embedded classes, arrays',
  'calibration',
  printRequests,
  (machine, step) => {
    machine.register(registerCalibration);
    const instrument = machine.open(CalibrationBlock);
    const { Reset, SwapFactors } = instrument.methods;
    step('a method without parameters', STATUS_SUCCESS, Reset());
    step(
      'input too short',
      wmi.STATUS_INVALID_PARAMETER_MIX,
      instrument.executeBytes(SWAP_FACTORS),
    );
    step('an unknown method', wmi.STATUS_WMI_ITEMID_NOT_FOUND, instrument.executeBytes(5));
    const factors = { First: 1n, Second: -2n };
    const { output } = step(
      'a method with in and out parameters',
      STATUS_SUCCESS,
      SwapFactors(factors),
    );
    check('the skeleton gave the in-out parameters back', output?.Second === -2n);
  },
);

/** What an author makes of the skeleton: the samples live, and draining them takes effect only once. */
class Sensor extends SensorLogInMemory {
  override Inject(input: SensorLogInjectInput): wmi.NtStatus {
    this.keep([...this.data.Samples, ...input.Samples]);
    return STATUS_SUCCESS;
  }

  override Drain({ Limit }: SensorLogDrainInput): wmi.Committed<SensorLogDrainOutput> {
    const Samples = this.data.Samples.slice(0, Limit);
    const rest = this.data.Samples.slice(Limit);
    const Note = rest.length === 0 ? 'empty' : 'more';
    return wmi.withCommit({ Count: Samples.length, Samples, Note }, () => {
      this.keep(rest);
    });
  }

  private keep(Samples: readonly number[]): void {
    this.data = { ...this.data, Samples, SampleCount: Samples.length };
  }
}

chapter(
  'sensor-log.mof: varying length, three instances, an event',
  'sensorlog',
  printRequests,
  (machine, step) => {
    const outlet = new Sensor();
    const { SensorAlarm } = machine.register(registerSensorLog, {
      SensorLog: [
        { name: 'inlet', provider: new Sensor() },
        { name: 'outlet', provider: outlet },
        { name: 'case', provider: new Sensor() },
      ],
      SensorAlarm: ['inlet', 'outlet', 'case'],
    });
    const log = machine.open(SensorLogBlock);
    const { Inject, Drain } = log.methods;
    const samples = [2150, 2175, 2201];
    const injected = Inject({ Count: samples.length, Samples: samples }, { instance: 1 });
    step('inject three samples', STATUS_SUCCESS, injected);
    const limit = { Limit: 10 };
    const short = Drain(limit, { instance: 1, room: 8 });
    step('drain them, too little room', STATUS_BUFFER_TOO_SMALL, short);
    const drained = Drain(limit, { instance: 1, room: short.outBufferSize });
    step('again with the needed size', STATUS_SUCCESS, drained);
    const { Samples = [] } = drained.output ?? {};
    check(
      `the samples came out once: ${Samples.join(', ')}`,
      Samples.join() === samples.join() && outlet.query().SampleCount === 0,
    );
    const probe = step('query all, no room', STATUS_BUFFER_TOO_SMALL, log.queryAll(0));
    const all = log.queryAll(probe.bufferSize);
    step('again with the needed size', STATUS_SUCCESS, all);
    check('three instances answered', all.instances.length === 3);

    const { heard } = machine.listen(SensorAlarmEvent);
    const When = '20261121120000.000000+000';
    const alarm = { Sample: 2201, Threshold: 2200, When, Label: 'outlet' };
    step('fire an alarm', STATUS_SUCCESS, SensorAlarm.fire(alarm, 1));
    const [{ data } = {}] = heard;
    check(
      `it arrived from the ${data?.Label ?? '?'}: ${data?.Sample ?? '?'}`,
      data?.Sample === 2201,
    );
  },
);

chapter(
  'odd-corners.mof: a class that is called class',
  'oddcorners',
  printRequests,
  (machine, step) => {
    machine.register(registerOddCorners);
    const odd = machine.open(class__Block);
    const { data } = step('query', STATUS_SUCCESS, odd.query());
    if (data === undefined) throw new Error('nothing was read');
    const wanted = { ...data, ref: 7, qualifier: ['ab', 'cd'], string: [0x48, 0x69, 0, 0] };
    step('set', STATUS_SUCCESS, odd.set(wanted));
    const { data: now } = step('query', STATUS_SUCCESS, odd.query());
    check('what was set is read back', now?.ref === 7 && now.qualifier.join() === 'ab,cd');
  },
);

if (surprises > 0) {
  console.error(`\n${surprises} results are not what WMI documents`);
  process.exitCode = 1;
}
