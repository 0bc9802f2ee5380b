/**
 * The status table and NT_SUCCESS.
 */
import { expect, test } from 'vitest';
import {
  ntStatus,
  ntStatusName,
  ntStatuses,
  ntSuccess,
  type NtStatus,
} from '../../src/runtime/ntstatus.js';

const succeeding = new Set(['STATUS_SUCCESS', 'STATUS_PENDING', 'STATUS_OBJECT_NAME_EXISTS']);

test.each(Object.entries(ntStatuses))('NT_SUCCESS and the name of %s', (name, status) => {
  expect(ntSuccess(status)).toBe(succeeding.has(name));
  expect(ntStatusName(status)).toBe(name);
});

test('NT_SUCCESS is the sign bit', () => {
  expect(ntSuccess(ntStatus(0x7fffffff))).toBe(true);
  expect(ntSuccess(ntStatus(0x80000000))).toBe(false);
});

test('no two names share a number', () => {
  const numbers: readonly NtStatus[] = Object.values(ntStatuses);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test.each([
  [0xdeadbeef, '0xdeadbeef'],
  [0x102, '0x00000102'],
])('a status that the table lacks is named by its digits: %i', (value, name) => {
  expect(ntStatusName(value)).toBe(name);
});
