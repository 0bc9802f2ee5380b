// Runs the provider on mofgen's runtime core: the requests and answers are those of Windows.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createMachine,
  itemBytes,
  sint32,
  STATUS_SUCCESS,
  STATUS_WMI_SET_FAILURE,
} from 'mofgen/runtime';
import {
  ThermostatBlock,
  ThermostatBoostInputCodec,
  ThermostatBoostOutputCodec,
} from '../src/thermostat.g.js';
import { registerProviders } from '../src/thermostat.provider.js';

const TARGET = 1; // WmiDataId

/** A machine with the thermostat of a room at 19 degrees, and a consumer who may do everything. */
function thermostat() {
  const clock = { minutes: 0 };
  const machine = createMachine();
  machine.register(registerProviders, { measure: () => 190, now: () => clock.minutes });
  const consumer = machine.open(ThermostatBlock);
  return {
    clock,
    machine,
    query: () => consumer.query().data,
    setTarget: (target: number) => consumer.setItem(TARGET, itemBytes(sint32, target)),
    boost: consumer.method('Boost', {
      input: ThermostatBoostInputCodec,
      output: ThermostatBoostOutputCodec,
    }),
  };
}

test('the target decides about the heating', () => {
  const { machine, query, setTarget } = thermostat();
  assert.deepEqual(query(), { Target: 200, Measured: 190, Heating: true });
  machine.expectStatus(setTarget(180), STATUS_SUCCESS);
  assert.deepEqual(query(), { Target: 180, Measured: 190, Heating: false });
});

test('a short or a foolish target is refused and changes nothing', () => {
  const { machine, query, setTarget } = thermostat();
  machine.faults.shortBuffer(3);
  machine.expectStatus(setTarget(180), STATUS_WMI_SET_FAILURE);
  machine.expectStatus(setTarget(4096), STATUS_WMI_SET_FAILURE);
  assert.equal(query()?.Target, 200);
});

test('a boost heats until it ends', () => {
  const { boost, clock, machine, query, setTarget } = thermostat();
  setTarget(100);
  const boosted = boost({ Minutes: 30 });
  machine.expectStatus(boosted, STATUS_SUCCESS);
  assert.deepEqual(boosted.output, { EndsAt: 30 });
  clock.minutes = 29;
  assert.equal(query()?.Heating, true);
  clock.minutes = 30;
  assert.equal(query()?.Heating, false);
});
