// Runs the provider on mofgen's runtime core: the requests and answers are those of Windows.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createMachine,
  STATUS_INVALID_PARAMETER_MIX,
  STATUS_SUCCESS,
  STATUS_WMI_SET_FAILURE,
} from 'mofgen/runtime';
import { ThermostatBlock } from '../src/thermostat.g.js';
import { registerProviders } from '../src/thermostat.provider.js';

const BOOST = 1; // WmiMethodId

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
    setTarget: (target: number) => consumer.setItem('Target', target),
    boost: consumer.methods.Boost,
    boostBytes: (bytes: Uint8Array) => consumer.executeBytes(BOOST, bytes, { room: 4 }),
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

test('a boost whose minutes are cut off does nothing', () => {
  const { boostBytes, machine, query, setTarget } = thermostat();
  setTarget(100);
  machine.expectStatus(boostBytes(Uint8Array.of(30, 0, 0)), STATUS_INVALID_PARAMETER_MIX);
  assert.equal(query()?.Heating, false);
});
