/** The entries of `_WDG` buffers. */
import { expect, test } from 'vitest';
import { readWdg } from '../../src/acpi/wdg.js';
import { entry, flat } from './aml-bytes.js';

const NO_FLAGS = { expensive: false, method: false, string: false, event: false, unknown: 0 };
const GUID = '00112233-4455-6677-8899-aabbccddeeff';
const object = (text: string) => ({ kind: 'object', text });

test.each([
  ['plain data', entry('AA', 1, 0), object('AA'), 1, NO_FLAGS],
  ['expensive', entry('AB', 90, 1), object('AB'), 90, { ...NO_FLAGS, expensive: true }],
  ['methods', entry('00', 0, 2), object('00'), 0, { ...NO_FLAGS, method: true }],
  ['a string', entry('A_', 255, 4), object('A_'), 255, { ...NO_FLAGS, string: true }],
  [
    'an event',
    entry('\xd0\0', 1, 8),
    { kind: 'notify', code: 0xd0 },
    1,
    { ...NO_FLAGS, event: true },
  ],
  // The second byte of a notification's id is reserved.
  [
    'reserved',
    entry('\x80A', 1, 8),
    { kind: 'notify', code: 0x80 },
    1,
    { ...NO_FLAGS, event: true },
  ],
  ['unknown', entry('AA', 1, 0xf2), object('AA'), 1, { ...NO_FLAGS, method: true, unknown: 0xf0 }],
])('%s', (_case, bytes, id, instances, flags) => {
  expect(readWdg(Uint8Array.from(bytes))).toEqual({
    entries: [{ guid: GUID, id, instances, flags }],
    rest: 0,
  });
});

test.each([
  [0, 0, 0],
  [19, 0, 19],
  [20, 1, 0],
  [41, 2, 1],
])('%i bytes are %i entries and a rest of %i', (length, count, rest) => {
  const bytes = flat(entry('AA', 1, 0), entry('AB', 1, 0), entry('AC', 1, 0)).slice(0, length);
  const read = readWdg(Uint8Array.from(bytes));
  expect([read.entries.length, read.rest]).toEqual([count, rest]);
});
