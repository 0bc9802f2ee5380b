/**
 * A tour of the samples: starts their generated providers on the runtime core and lets a consumer use them.
 *
 * `npm start` generates every sample anew, puts this file beside the output and runs it. Each row of the tables is one
 * consumer routine as the runtime traced it; a row whose status is not the documented one is marked and fails the run.
 */
import * as wmi from 'mofgen/runtime';
import {
  CalibrationSwapFactorsInputCodec,
  CalibrationSwapFactorsOutputCodec,
} from './calibration/expected/ts/calibration.g.js';
import { registerProviders as registerCalibration } from './calibration/expected/ts/calibration.provider.js';
import { DoorLightCodec } from './door-light/expected/ts/door-light.g.js';
import { registerProviders as registerDoorLight } from './door-light/expected/ts/door-light.provider.js';
import {
  registerSensorLog,
  SensorAlarmCodec,
  type SensorLogDrainInput,
  SensorLogDrainInputCodec,
  type SensorLogDrainOutput,
  SensorLogDrainOutputCodec,
  type SensorLogInjectInput,
  SensorLogInjectInputCodec,
} from './sensor-log/expected/ts/sensor-log.g.js';
import { SensorLogInMemory } from './sensor-log/expected/ts/sensor-log.provider.js';
import { SmartFanCodec, SmartFanModeValues } from './smart-fan/expected/ts/smart-fan.g.js';
import { registerProviders as registerSmartFan } from './smart-fan/expected/ts/smart-fan.provider.js';
import { printTable } from './tour-table.js';

/** A consumer's request as the trace saw it. */
interface Row {
  readonly routine: string;
  readonly requests: string[];
  readonly details: string[];
  status: wmi.NtStatus;
  bytes: string;
}

let current: Row | undefined;
let rows: (Row & { readonly what: string; readonly expected: wmi.NtStatus })[] = [];
let surprises = 0;

const kernel = wmi.createKernel({
  clock: () => 133_000_000_000_000_000n,
  trace: (event) => {
    if (event.kind === 'routineBegin') {
      const { routine, instanceName, id, bufferSize } = event;
      const details = [
        ...(instanceName === undefined ? [] : [instanceName]),
        ...(id === undefined ? [] : [`id ${id}`]),
        ...(bufferSize === undefined ? [] : [`${bufferSize} bytes`]),
      ];
      current = { routine, requests: [], details, status: wmi.STATUS_SUCCESS, bytes: '' };
    } else if (event.kind === 'irpBegin') {
      current?.requests.push(event.minorName);
    } else if (event.kind === 'routineEnd' && current !== undefined) {
      current.status = event.status;
      current.bytes = event.bufferSize === undefined ? '' : String(event.bufferSize);
    }
  },
});

/** Runs one request, notes what it is for, and checks its status. */
function step<T>(what: string, expected: wmi.NtStatus, request: () => T): T {
  const result = request();
  if (current === undefined) throw new Error(`'${what}' reached no routine`);
  rows.push({ ...current, what, expected });
  current = undefined;
  return result;
}

/** Prints the rows since the last chapter. */
function chapter(title: string): void {
  console.log(`\n${title}\n`);
  printTable(
    ['ok', 'what happens', 'routine', 'IRP', 'arguments', 'NTSTATUS', 'bytes'],
    rows.map((row) => [
      row.status === row.expected ? '✓' : '✗',
      row.what,
      row.routine,
      row.requests.join(', '),
      row.details.join(', '),
      wmi.ntStatusName(row.status),
      row.bytes,
    ]),
  );
  surprises += rows.filter(({ status, expected }) => status !== expected).length;
  rows = [];
}

function check(claim: string, holds: boolean): void {
  console.log(`${holds ? '✓ ' : '✗ not true:'} ${claim}`);
  if (!holds) surprises += 1;
}

function open(guid: string, access: number): wmi.DataBlockObject {
  const { dataBlockObject } = kernel.ioWmiOpenBlock(guid, access);
  if (dataBlockObject === undefined) throw new Error(`no data block ${guid}`);
  current = undefined;
  return dataBlockObject;
}

function nameOf({ instances }: wmi.RegisteredBlock, index = 0): string {
  return instances[index]?.instanceName ?? '';
}

const ALL = wmi.WMIGUID_QUERY | wmi.WMIGUID_SET | wmi.WMIGUID_EXECUTE;
const { STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL, STATUS_WMI_SET_FAILURE } = wmi;

// --- The smallest block --------------------------------------------------------------------------------------------
{
  const device = wmi.createKmdfDevice(kernel, { name: 'doorlight' });
  const { DoorLight } = registerDoorLight(device);
  const light = open(DoorLight.handle.guid, ALL);
  const name = nameOf(DoorLight);
  const query = () => kernel.ioWmiQuerySingleInstance(light, name, 128);
  step('query', STATUS_SUCCESS, query);
  step('switch the light on', STATUS_SUCCESS, () =>
    kernel.ioWmiSetSingleItem(light, name, 1, 0, Uint8Array.of(1)),
  );
  const { data } = step('query again', STATUS_SUCCESS, query);
  chapter('door-light.mof: one writable item');
  check('the light is on', DoorLightCodec.decode(data ?? new Uint8Array())?.Lit === true);
}

// --- Read-only, writable and write-only items ----------------------------------------------------------------------
{
  const device = wmi.createKmdfDevice(kernel, { name: 'smartfan' });
  const { SmartFan } = registerSmartFan(device);
  const fan = open(SmartFan.handle.guid, ALL);
  const name = nameOf(SmartFan);
  const query = () => kernel.ioWmiQuerySingleInstance(fan, name, 256);
  const before = step('query', STATUS_SUCCESS, query).data ?? new Uint8Array();
  const state = SmartFanCodec.decode(before);
  if (state === undefined) throw new Error('the fan answered too few bytes');
  const wanted = SmartFanCodec.encode({
    ...state,
    TargetSpeed: 1200,
    ActualSpeed: 9999,
    Mode: SmartFanModeValues.Manual,
  });
  step('set, one byte short', STATUS_WMI_SET_FAILURE, () =>
    kernel.ioWmiSetSingleInstance(fan, name, 0, wanted.subarray(0, -1)),
  );
  const after = step('query: is it as before?', STATUS_SUCCESS, query).data ?? new Uint8Array();
  step('set all of it', STATUS_SUCCESS, () => kernel.ioWmiSetSingleInstance(fan, name, 0, wanted));
  const set = step('query', STATUS_SUCCESS, query).data ?? new Uint8Array();
  step('set one item', STATUS_SUCCESS, () =>
    kernel.ioWmiSetSingleItem(fan, name, 5, 0, Uint8Array.of(0xd8, 0xff)),
  );
  step('set an unknown item', wmi.STATUS_WMI_ITEMID_NOT_FOUND, () =>
    kernel.ioWmiSetSingleItem(fan, name, 9, 0, Uint8Array.of(1, 2, 3, 4)),
  );
  step('set a read-only item', wmi.STATUS_WMI_READ_ONLY, () =>
    kernel.ioWmiSetSingleItem(fan, name, 2, 0, Uint8Array.of(1, 2, 3, 4)),
  );
  step('set an item, one byte short', STATUS_WMI_SET_FAILURE, () =>
    kernel.ioWmiSetSingleItem(fan, name, 1, 0, Uint8Array.of(1, 2, 3)),
  );
  step('set an unknown instance', wmi.STATUS_WMI_INSTANCE_NOT_FOUND, () =>
    kernel.ioWmiSetSingleInstance(fan, `${name}7`, 0, wanted),
  );
  const readOnly = open(SmartFan.handle.guid, wmi.WMIGUID_QUERY);
  step('set without the right to', wmi.STATUS_ACCESS_DENIED, () =>
    kernel.ioWmiSetSingleInstance(readOnly, name, 0, wanted),
  );
  chapter('smart-fan.mof: read-only, writable and write-only items');
  check('nothing changed when a byte was missing', before.join() === after.join());
  const fanNow = SmartFanCodec.decode(set);
  check('the writable items changed', fanNow?.TargetSpeed === 1200 && fanNow.Mode === 2);
  check('the read-only item stayed', fanNow?.ActualSpeed === state.ActualSpeed);
}

// --- Methods and embedded classes ----------------------------------------------------------------------------------
{
  const device = wmi.createKmdfDevice(kernel, { name: 'calibration' });
  const { Calibration } = registerCalibration(device);
  const instrument = open(Calibration.handle.guid, ALL);
  const name = nameOf(Calibration);
  const factors = CalibrationSwapFactorsInputCodec.encode({ First: 1n, Second: -2n });
  const size = CalibrationSwapFactorsOutputCodec.size;
  const { data } = step('a method with in and out parameters', STATUS_SUCCESS, () =>
    kernel.ioWmiExecuteMethod(instrument, name, 3, factors, size),
  );
  step('a method without parameters', STATUS_SUCCESS, () =>
    kernel.ioWmiExecuteMethod(instrument, name, 2, new Uint8Array(), 0),
  );
  step('input one byte short', wmi.STATUS_INVALID_PARAMETER_MIX, () =>
    kernel.ioWmiExecuteMethod(instrument, name, 3, factors.subarray(0, -1), size),
  );
  step('an unknown method', wmi.STATUS_WMI_ITEMID_NOT_FOUND, () =>
    kernel.ioWmiExecuteMethod(instrument, name, 5, factors, size),
  );
  chapter('calibration.mof: methods, embedded classes, arrays');
  const swapped = CalibrationSwapFactorsOutputCodec.decode(data ?? new Uint8Array());
  check('the skeleton gave the in-out parameters back', swapped?.Second === -2n);
}

// --- Varying length, several instances, an event --------------------------------------------------------------------

/** What an author makes of the skeleton: the samples live, and draining them takes effect only once. */
class Sensor extends SensorLogInMemory {
  override Inject(input: SensorLogInjectInput): void {
    this.keep([...this.data.Samples, ...input.Samples]);
  }

  override Drain({ Limit }: SensorLogDrainInput): wmi.Committed<SensorLogDrainOutput> {
    const Samples = this.data.Samples.slice(0, Limit);
    const rest = this.data.Samples.slice(Limit);
    const Note = rest.length === 0 ? 'empty' : 'more';
    return wmi.withCommit({ Count: Samples.length, Samples, Note }, () => this.keep(rest));
  }

  private keep(Samples: readonly number[]): void {
    this.data = { ...this.data, Samples, SampleCount: Samples.length };
  }
}

{
  const device = wmi.createKmdfDevice(kernel, { name: 'sensorlog' });
  const outlet = new Sensor();
  const { SensorLog, SensorAlarm } = registerSensorLog(device, {
    SensorLog: [
      { name: 'inlet', provider: new Sensor() },
      { name: 'outlet', provider: outlet },
      { name: 'case', provider: new Sensor() },
    ],
    SensorAlarm: ['inlet', 'outlet', 'case'],
  });
  const log = open(SensorLog.handle.guid, ALL);
  const second = nameOf(SensorLog, 1);
  const samples = [2150, 2175, 2201];
  step('inject three samples', STATUS_SUCCESS, () =>
    kernel.ioWmiExecuteMethod(
      log,
      second,
      11,
      SensorLogInjectInputCodec.encode({ Count: samples.length, Samples: samples }),
      0,
    ),
  );
  const limit = SensorLogDrainInputCodec.encode({ Limit: 10 });
  const short = step('drain them, too little room', STATUS_BUFFER_TOO_SMALL, () =>
    kernel.ioWmiExecuteMethod(log, second, 10, limit, 8),
  );
  const drained = step('again with the size asked for', STATUS_SUCCESS, () =>
    kernel.ioWmiExecuteMethod(log, second, 10, limit, short.outBufferSize),
  );
  const probe = step('query all, no room', STATUS_BUFFER_TOO_SMALL, () =>
    kernel.ioWmiQueryAllData(log, 0),
  );
  const all = step('again with the size asked for', STATUS_SUCCESS, () =>
    kernel.ioWmiQueryAllData(log, probe.bufferSize),
  );
  const heard: string[] = [];
  const listener = open(SensorAlarm.handle.guid, wmi.WMIGUID_NOTIFICATION | wmi.SYNCHRONIZE);
  step('listen for alarms', STATUS_SUCCESS, () =>
    kernel.ioWmiSetNotificationCallback(listener, (wnode) => {
      const event = wmi.readSingleInstance(wnode);
      const alarm = event === undefined ? undefined : SensorAlarmCodec.decode(event.data);
      heard.push(
        alarm === undefined ? '?' : `${alarm.Label}: ${alarm.Sample} > ${alarm.Threshold}`,
      );
    }),
  );
  step('the driver fires one', STATUS_SUCCESS, () =>
    SensorAlarm.fire(
      { Sample: 2201, Threshold: 2200, When: '20261121120000.000000+000', Label: 'outlet' },
      1,
    ),
  );
  chapter('sensor-log.mof: data of varying length, three instances, an event');
  const output = SensorLogDrainOutputCodec.decode(drained.data ?? new Uint8Array());
  check(
    `the samples came out once: ${output?.Samples.join(', ') ?? 'none'}`,
    output?.Samples.join() === samples.join() && outlet.query().SampleCount === 0,
  );
  check(`three instances answered`, all.instances?.length === 3);
  check(`the event arrived: ${heard.join('; ')}`, heard.length === 1);
}

if (surprises > 0) {
  console.error(`\n${surprises} results are not what WMI documents`);
  process.exitCode = 1;
}
