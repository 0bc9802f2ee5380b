/** The program that every consumer of the matrix runs: a provider with each kind of request, as printed lines. */
import * as wmi from 'mofgen/runtime';
import {
  registerSensorLog,
  SensorAlarmEvent,
  SensorLogBlock,
  type SensorLogDrainInput,
  type SensorLogDrainOutput,
  type SensorLogInjectInput,
} from './sensor-log.g.js';
import { SensorLogInMemory } from './sensor-log.provider.js';

/** The skeleton, with methods that do something. Draining takes effect only when its outputs fit. */
export class Sensor extends SensorLogInMemory {
  override Inject(input: SensorLogInjectInput): wmi.NtStatus {
    this.keep([...this.data.Samples, ...input.Samples]);
    return wmi.STATUS_SUCCESS;
  }

  override Drain({ Limit }: SensorLogDrainInput): wmi.Committed<SensorLogDrainOutput> {
    const Samples = this.data.Samples.slice(0, Limit);
    const rest = this.data.Samples.slice(Limit);
    return wmi.withCommit({ Count: Samples.length, Samples, Note: 'drained' }, () => {
      this.keep(rest);
    });
  }

  private keep(Samples: readonly number[]): void {
    this.data = { ...this.data, Samples, SampleCount: Samples.length };
  }
}

/** Uses a sensor on a machine made by `runtime`, which may be another copy than the provider's. */
export function lines(runtime: typeof wmi = wmi): string[] {
  const machine = runtime.createMachine({ device: { name: 'sensorlog' } });
  const sensor = new Sensor();
  const { SensorAlarm } = machine.register(registerSensorLog, {
    SensorLog: sensor,
    SensorAlarm: ['sensor'],
  });
  const log = machine.open(SensorLogBlock);
  const { Inject, Drain } = log.methods;
  const printed: string[] = [];
  const print = (what: string, status: wmi.NtStatus, ...facts: unknown[]): void => {
    printed.push([what, runtime.ntStatusName(status), ...facts].join(' '));
  };
  const Samples = [2150, 2175, 2201];
  print('inject', Inject({ Count: Samples.length, Samples }).status);
  print('set Label', log.setItemBytes(1, runtime.itemBytes(runtime.uint8, 1)));
  print('set Interval', log.setItem('Interval', 7), sensor.data.Interval);
  const tooSmall = Drain({ Limit: 2 }, { room: 8 });
  print('drain', tooSmall.status, tooSmall.outBufferSize, sensor.data.SampleCount);
  const drained = Drain({ Limit: 2 }, { room: tooSmall.outBufferSize });
  print('drain', drained.status, drained.output?.Samples.join(), sensor.data.SampleCount);
  const { status, data } = log.query();
  print('query', status, data?.Samples.join(), JSON.stringify(data?.Unit));
  const { heard } = machine.listen(SensorAlarmEvent);
  const alarm = { Sample: 2201, Threshold: 2200, When: '20261121120000.000000+000', Label: 'é' };
  print('fire', SensorAlarm.fire(alarm), heard.map((event) => event.data?.Label).join());
  return printed;
}
