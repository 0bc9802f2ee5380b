// Runs the provider on mofgen's runtime core: the requests and answers are those of Windows.
import assert from 'node:assert/strict';
import test from 'node:test';
import * as wmi from 'mofgen/runtime';
import {
  ThermostatBoostInputCodec,
  ThermostatBoostOutputCodec,
  ThermostatCodec,
} from '../src/thermostat.g.js';
import { registerProviders } from '../src/thermostat.provider.js';

function thermostat() {
  let minutes = 0;
  const kernel = wmi.createKernel();
  const device = wmi.createKmdfDevice(kernel, { name: 'thermostat' });
  const { Thermostat } = registerProviders(device, { measure: () => 190, now: () => minutes });
  const access = wmi.WMIGUID_QUERY | wmi.WMIGUID_SET | wmi.WMIGUID_EXECUTE;
  const { dataBlockObject } = kernel.ioWmiOpenBlock(Thermostat.handle.guid, access);
  const name = Thermostat.instances[0]?.instanceName;
  assert(dataBlockObject !== undefined && name !== undefined);
  return {
    pass: (some: number) => (minutes += some),
    query() {
      const { data } = kernel.ioWmiQuerySingleInstance(dataBlockObject, name, 1024);
      return ThermostatCodec.decode(data ?? new Uint8Array());
    },
    setTarget: (value: Uint8Array) =>
      wmi.ntStatusName(kernel.ioWmiSetSingleItem(dataBlockObject, name, 1, 0, value)),
    boost: (Minutes: number) =>
      kernel.ioWmiExecuteMethod(
        dataBlockObject,
        name,
        1,
        ThermostatBoostInputCodec.encode({ Minutes }),
        ThermostatBoostOutputCodec.size,
      ),
  };
}

test('the target decides about the heating', () => {
  const { query, setTarget } = thermostat();
  assert.deepEqual(query(), { Target: 200, Measured: 190, Heating: true });
  assert.equal(setTarget(Uint8Array.of(180, 0, 0, 0)), 'STATUS_SUCCESS');
  assert.deepEqual(query(), { Target: 180, Measured: 190, Heating: false });
});

test('a short or a foolish target is refused and changes nothing', () => {
  const { query, setTarget } = thermostat();
  assert.equal(setTarget(Uint8Array.of(180, 0, 0)), 'STATUS_WMI_SET_FAILURE');
  assert.equal(setTarget(Uint8Array.of(0, 16, 0, 0)), 'STATUS_WMI_SET_FAILURE');
  assert.equal(query()?.Target, 200);
});

test('a boost heats until it ends', () => {
  const { boost, pass, query, setTarget } = thermostat();
  setTarget(Uint8Array.of(100, 0, 0, 0));
  const { status, data } = boost(30);
  assert.equal(wmi.ntStatusName(status), 'STATUS_SUCCESS');
  assert.deepEqual(ThermostatBoostOutputCodec.decode(data ?? new Uint8Array()), { EndsAt: 30 });
  pass(29);
  assert.equal(query()?.Heating, true);
  pass(1);
  assert.equal(query()?.Heating, false);
});
