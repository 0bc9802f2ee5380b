/**
 * toJson: the data of every sample as JSON, with 64-bit items as digits and bytes as numbers.
 */
import { describe, expect, test } from 'vitest';
import { toJson } from '../../src/runtime/json.js';
import { CalibrationInMemory } from '../../samples/calibration/expected/ts/calibration.provider.js';
import { CardReader_SlotState_InMemory } from '../../samples/card-reader/expected/ts/card-reader.provider.js';
import { DoorLightInMemory } from '../../samples/door-light/expected/ts/door-light.provider.js';
import { class__InMemory } from '../../samples/odd-corners/expected/ts/odd-corners.provider.js';
import { SensorLogInMemory } from '../../samples/sensor-log/expected/ts/sensor-log.provider.js';
import { SmartFanInMemory } from '../../samples/smart-fan/expected/ts/smart-fan.provider.js';

test.each<readonly [string, object, string]>([
  ['numbers, strings, booleans', { a: 1, b: 'x', c: false }, '{"a":1,"b":"x","c":false}'],
  ['a 64-bit item', { a: 2n ** 64n - 1n }, '{"a":"18446744073709551615"}'],
  ['a negative 64-bit item', { a: -(2n ** 63n) }, '{"a":"-9223372036854775808"}'],
  ['a small 64-bit item', { a: 0n }, '{"a":"0"}'],
  ['an array of 64-bit items', { a: [1n, -2n] }, '{"a":["1","-2"]}'],
  ['bytes', { a: Uint8Array.of(0, 255) }, '{"a":[0,255]}'],
  ['no bytes', { a: new Uint8Array() }, '{"a":[]}'],
  ['an embedded record', { a: { b: Uint8Array.of(1), c: 5n } }, '{"a":{"b":[1],"c":"5"}}'],
  ['records in an array', { a: [{ b: 1n }, { b: 2n }] }, '{"a":[{"b":"1"},{"b":"2"}]}'],
  ['text that needs escapes', { a: '"\n\0\ud800' }, String.raw`{"a":"\"\n\u0000\ud800"}`],
  ['an empty record', {}, '{}'],
  ['a list of records', [{ a: 1n }], '[{"a":"1"}]'],
])('%s', (_case, value, want) => {
  expect(toJson(value)).toBe(want);
});

test('bytes that are part of a larger memory are only that part', () => {
  const memory = Uint8Array.of(1, 2, 3, 4);
  expect(toJson({ a: memory.subarray(1, 3) })).toBe('{"a":[2,3]}');
});

test('indent is the number of spaces for each level', () => {
  expect(toJson({ a: 1n, b: [2] }, 2)).toBe('{\n  "a": "1",\n  "b": [\n    2\n  ]\n}');
});

test("a Buffer of Node's is an array of bytes too", () => {
  expect(toJson({ a: Buffer.from([1, 2]) })).toBe('{"a":[1,2]}');
});

test('the value is not changed', () => {
  const value = { a: 1n, b: Uint8Array.of(1) };
  toJson(value);
  expect(value).toEqual({ a: 1n, b: Uint8Array.of(1) });
});

/** A value with digits for bigints and numbers for bytes. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}

describe('the data of every sample', () => {
  test.each([
    CalibrationInMemory,
    CardReader_SlotState_InMemory,
    DoorLightInMemory,
    SensorLogInMemory,
    SmartFanInMemory,
    class__InMemory,
  ])('%o', (Provider) => {
    const data: object = new Provider().query();
    expect(JSON.parse(toJson(data))).toEqual(plain(data));
  });
});
