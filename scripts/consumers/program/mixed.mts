/** The types of both copies of the runtime meet: an imported machine takes a required provider. */
import * as esm from 'mofgen/runtime';
import { lines, Sensor } from './program.js';
import { registerSensorLog, SensorLogBlock } from './sensor-log.g.js';
const machine = esm.createMachine({ device: { name: 'x' } });
machine.register(registerSensorLog, { SensorLog: new Sensor() });
const status: esm.NtStatus = machine.open(SensorLogBlock).query().status;
const c: esm.Committed<object> = new Sensor().Drain({ Limit: 1 });
export const facts = [lines(esm), status, c];
