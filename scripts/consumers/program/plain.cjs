// A consumer in plain CommonJS: requires the runtime and a compiled provider.
const { createMachine, ntStatusName } = require('mofgen/runtime');
const { registerSensorLog, SensorLogBlock } = require('./sensor-log.g.js');
const { lines, Sensor } = require('./program.js');

const machine = createMachine({ device: { name: 'plain' } });
machine.register(registerSensorLog, { SensorLog: new Sensor(), SensorAlarm: [] });
const { status } = machine.open(SensorLogBlock).query();
if (ntStatusName(status) !== 'STATUS_SUCCESS') throw new Error(ntStatusName(status));
console.log(lines().join('\n'));
