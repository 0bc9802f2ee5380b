/** The parts of making single executables that need no Node of another platform; `npm run dist` checks whole executables. */
import { expect, test } from 'vitest';
import { withoutSignature } from '../../scripts/executable/signature.mjs';

const HEADER = 0x80;
const CERTIFICATES = HEADER + 24 + 112 + 4 * 8;
const LENGTH = 0x200;

/** The header of a 64-bit program with `signature` bytes of signature at its end. */
function program(signature: number, magic = 0x20b, more = 0): Buffer {
  const bytes = Buffer.alloc(LENGTH + signature + more, 1);
  bytes.writeUInt32LE(HEADER, 0x3c);
  bytes.writeUInt16LE(magic, HEADER + 24);
  bytes.writeUInt32LE(signature === 0 ? 0 : LENGTH, CERTIFICATES);
  bytes.writeUInt32LE(signature, CERTIFICATES + 4);
  return bytes;
}

test.each([
  ['a signed program loses the signature and what points at it', program(40), program(0)],
  ['a program without a signature stays as it is', program(0), program(0)],
])('%s', (_case, given, want) => {
  expect(withoutSignature(given).equals(want)).toBe(true);
});

test.each([
  ['a 32-bit program', program(40, 0x10b), 'no 64-bit program for Windows'],
  ['a signature with something after it', program(40, 0x20b, 8), 'the signature is not at the end'],
])('%s is refused', (_case, given, want) => {
  expect(() => withoutSignature(given)).toThrow(want);
});
