/**
 * GUIDs between text and wire.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guidToBytes, parseGuid, readGuid } from '../../src/runtime/guid.js';

const guid = '01234567-89ab-cdef-0123-456789abcdef';

test.each([
  [guid, guid],
  [`{${guid}}`, guid],
  ['{01234567-89AB-CDEF-0123-456789ABCDEF}', guid],
])('%s is a GUID', (text, want) => {
  expect(parseGuid(text)).toBe(want);
});

test.each([
  '',
  '{}',
  `{${guid}`,
  `${guid}}`,
  `{{${guid}}}`,
  ` ${guid}`,
  `${guid}\n`,
  guid.replaceAll('-', ''),
  guid.replace('0', 'g'),
  `${guid}0`,
])('%j is no GUID', (text) => {
  expect(parseGuid(text)).toBeUndefined();
});

test('the first three fields are little-endian on the wire', () => {
  expect([...guidToBytes(guid)].map((byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(
    '67452301ab89efcd0123456789abcdef',
  );
});

test('any sixteen bytes are unchanged after conversion to text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(8), (bytes, offset) => {
      const memory = new Uint8Array(offset + 16);
      memory.set(bytes, offset);
      const text = readGuid(memory, offset);
      expect(parseGuid(`{${text.toUpperCase()}}`)).toBe(text);
      expect(guidToBytes(text)).toEqual(bytes);
    }),
  );
});
