// Reading any bytes as a .bmf ends in time and never throws; what is read without a fault is written as the same bytes. MOFGEN_FUZZ_SECONDS
// runs longer.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compress, decompress, maxDecompressedSize } from '../../src/binary-mof/compression.js';
import { writeContainer } from '../../src/binary-mof/container.js';
import { faultText, readBinaryMof, writeBinaryMof } from '../../src/binary-mof/index.js';
import { readPayload } from '../../src/binary-mof/payload-reader.js';
import { writePayload } from '../../src/binary-mof/payload-writer.js';
import { bmfs } from '../binary-mof/bmf-files.js';
import { anyDocument } from '../binary-mof/documents.js';
import { type Edit, edited as editedAt, edits } from './edits.js';
import { runsOf, TIMEOUT } from './pipeline.js';

/** Processor time that one file of the corpus, or a changed one, may take; it takes some milliseconds. */
const MAX_SECONDS = 5;

function readSafely(bytes: Uint8Array): void {
  const started = process.cpuUsage();
  const { value, fault } = readBinaryMof(bytes);
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1e6, 'seconds of processor time').toBeLessThan(MAX_SECONDS);
  if (fault === undefined) {
    const written = writeBinaryMof(value);
    expect(Buffer.compare(written, bytes), 'the same bytes').toBe(0);
    return;
  }
  expect(faultText(fault)).toMatch(
    /^byte \d+( of the decompressed payload)?: expected .+, found .+$/s,
  );
  const size = fault.place === 'file' ? bytes.length : maxDecompressedSize(bytes.length);
  expect(fault.offset).toBeLessThanOrEqual(size);
  if (value === undefined) return;
  // What was read is written like mofcomp, and then read again.
  expect(readBinaryMof(writeBinaryMof(value))).toStrictEqual({ value });
}

test(
  'any bytes as a compressed stream of any size',
  () => {
    const anyStream = fc
      .tuple(fc.boolean(), fc.uint8Array({ maxLength: 300 }))
      .map(([start, bytes]) => (start ? Uint8Array.from([0x44, 0x53, 0, 1, ...bytes]) : bytes));
    const anySize = fc.oneof(fc.nat(1200), fc.nat(0xffff_ffff));
    fc.assert(
      fc.property(anyStream, anySize, (bytes, size) => {
        const { value, fault } = decompress(bytes, size);
        if (value === undefined) {
          expect(fault.offset).toBeLessThanOrEqual(bytes.length);
          return;
        }
        expect(value.length).toBe(size);
        const again = decompress(compress(value), size);
        expect(Buffer.compare(again.value ?? new Uint8Array(), value)).toBe(0);
      }),
      runsOf(2000),
    );
  },
  TIMEOUT,
);

test(
  'any bytes as a file, and as a payload',
  () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isPayload) => {
        const signed = Uint8Array.from([...Buffer.from('FOMB'), ...bytes]);
        readSafely(bytes);
        readSafely(isPayload ? writeContainer(signed) : signed);
      }),
      runsOf(1000),
    );
  },
  TIMEOUT,
);

const LARGEST = 4096;
const small = bmfs.filter(({ bytes }) => bytes.length <= LARGEST);
const payloads = small.map(({ name, bytes }) => {
  const { value } = readBinaryMof(bytes);
  if (value === undefined) throw new Error(`${name} is not read`);
  return writePayload(value);
});

/** A payload of the corpus if present, or one with random objects. */
const anyPayload = fc.oneof(
  anyDocument.map((document) => writePayload(document)),
  ...(payloads.length > 0 ? [fc.constantFrom(...payloads)] : []),
);
const anyFile = fc.oneof(
  anyDocument.map(writeBinaryMof),
  ...(small.length > 0 ? [fc.constantFrom(...small.map(({ bytes }) => bytes))] : []),
);

/** Numbers are at every second byte. */
const edited = (given: Uint8Array, edit: Edit) => editedAt(given, edit, 2);

test(
  'payloads with numbers changed and bytes lost, doubled and moved',
  () => {
    fc.assert(
      fc.property(anyPayload, edits, (payload, changes) => {
        const damaged = changes.reduce(edited, payload);
        const { value, fault } = readPayload(damaged);
        if (value === undefined) expect(fault.offset).toBeLessThanOrEqual(damaged.length);
        readSafely(writeContainer(damaged));
      }),
      runsOf(1500),
    );
  },
  TIMEOUT,
);

test(
  'files with bytes changed, lost, doubled and moved',
  () => {
    fc.assert(
      fc.property(anyFile, edits, (file, changes) => {
        readSafely(changes.reduce(edited, file));
      }),
      runsOf(1500),
    );
  },
  TIMEOUT,
);

test(
  'random documents',
  () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(readBinaryMof(writeBinaryMof(document))).toStrictEqual({ value: document });
      }),
      runsOf(100),
    );
  },
  TIMEOUT,
);
