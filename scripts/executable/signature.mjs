// Removes the signature of a Windows program. A change of the program makes its signature invalid, and Windows warns of an
// invalid one.

import { Buffer } from 'node:buffer';

/** Offsets in the header of a PE file (learn.microsoft.com/windows/win32/debug/pe-format). */
const AT_HEADER_OFFSET = 0x3c;
const AT_OPTIONAL_HEADER = 24;
const PE32_PLUS = 0x20b;
const AT_DIRECTORIES = 112;
const DIRECTORY_SIZE = 8;
const CERTIFICATES = 4;

/** The bytes of the program without its signature, which lies at the end of the file. */
export function withoutSignature(program) {
  const header = program.readUInt32LE(AT_HEADER_OFFSET) + AT_OPTIONAL_HEADER;
  if (program.readUInt16LE(header) !== PE32_PLUS) throw new Error('no 64-bit program for Windows');
  const entry = header + AT_DIRECTORIES + CERTIFICATES * DIRECTORY_SIZE;
  const [start, size] = [program.readUInt32LE(entry), program.readUInt32LE(entry + 4)];
  if (start === 0) return program;
  if (start + size !== program.length) throw new Error('the signature is not at the end');
  const bare = Buffer.from(program.subarray(0, start));
  bare.fill(0, entry, entry + DIRECTORY_SIZE);
  return bare;
}
