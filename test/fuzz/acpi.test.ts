/**
 * Bytes that no firmware has: never a crash, in time and memory that grow with the input alone. MOFGEN_FUZZ_SECONDS runs longer.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_FINDINGS } from '../../src/acpi/facts.js';
import { readAcpi } from '../../src/acpi/reading.js';
import { dump, flat, type Part, smallTable, table } from '../acpi/aml-bytes.js';
import { dumps } from '../acpi/acpi-files.js';
import { runsOf, TIMEOUT } from './pipeline.js';

/** What holds for every input: places are within it, findings are bounded. */
function checked(bytes: Uint8Array): NonNullable<ReturnType<typeof readAcpi>> | undefined {
  const read = readAcpi(bytes);
  for (const mof of read?.binaryMofs ?? []) {
    expect(mof.bytes.length).toBeLessThanOrEqual(bytes.length);
    expect(mof.table).toBeLessThan(read?.tables.length ?? 0);
  }
  expect(read?.findings.length ?? 0).toBeLessThanOrEqual(7 * (MAX_FINDINGS + 1));
  return read;
}

/** The input with a whole header in front, so that it is read as AML. */
const asTable = (body: Uint8Array) => table('SSDT', [...body]);

test(
  'any bytes as AML',
  () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        checked(asTable(body));
      }),
      runsOf(2000),
    );
  },
  TIMEOUT,
);

test(
  'operators and names in any order',
  () => {
    const piece: fc.Arbitrary<readonly Part[]> = fc.oneof(
      fc.constantFrom<readonly Part[]>(
        ['ABCD'],
        ['_WDG'],
        ['WMAA'],
        ['FOMB', 1, 0, 0, 0, 4, 0, 0, 0],
        [0x5b, 0x82],
        [0x5b, 0x81],
        [0x5b, 0x80],
        [0x10],
        [0x14],
        [0x08],
        [0x11],
        [0x12],
        [0xa0],
        [0xa4],
        [0x0d],
        [0x15],
        [0x06],
        ['\\'],
        ['^'],
        [0x2e],
        [0x2f, 200],
      ),
      fc.nat(255).map((byte) => [byte]),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        checked(asTable(Uint8Array.from(flat(pieces))));
      }),
      runsOf(2000),
    );
  },
  TIMEOUT,
);

test('a small table that is cut off at every byte, and one with each byte changed', () => {
  const whole = readAcpi(smallTable);
  const text = Buffer.from(dump(smallTable));
  for (let length = 0; length < smallTable.length; length++) {
    const cut = checked(smallTable.subarray(0, length));
    // Something is said of everything that is recognized.
    if (cut !== undefined) expect(cut.findings, `at ${length}`).not.toEqual([]);
    for (const value of [0, 0xff, 0x40]) {
      const changed = Uint8Array.from(smallTable);
      if (changed[length] === value) continue;
      changed[length] = value;
      const read = checked(changed);
      // The checksum is wrong at the least.
      if (read !== undefined) expect(read.findings).not.toEqual([]);
    }
  }
  for (let length = 0; length < text.length; length++) checked(text.subarray(0, length));
  expect(whole?.findings).toEqual([]);
});

test(
  'pieces of ASL in any order',
  () => {
    const piece = fc.constantFrom(
      ...'DefinitionBlock Scope Device Name Method Alias External Buffer Package Return ( ) ( ) { } { } , , " /* */ // \n _WDG WMAA'.split(
        ' ',
      ),
      ...'\\_SB.PCI0 ^^X Zero 0x46 70 0x4F 0x4D 0x42 1 09z #x "a\\x41"'.split(' '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        checked(Buffer.from(`Device (WMI1) { ${pieces.join(' ')}`));
      }),
      runsOf(2000),
    );
  },
  TIMEOUT,
);

test(
  'any bytes, and any text with the beginning of a dump',
  () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ maxLength: 200 }),
        (bytes, text) => {
          checked(bytes);
          const heading = 'DSDT @ 0x0\n    0000: 44 53 44 54  DSDT\n';
          checked(Buffer.from(heading + text));
        },
      ),
      runsOf(1000),
    );
  },
  TIMEOUT,
);

test.each(dumps)(
  '$name with bytes changed',
  ({ bytes }) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 50 }),
        (changes) => {
          const copy = Uint8Array.from(bytes);
          for (const [at, value] of changes) copy[at] = value;
          checked(copy);
        },
      ),
      runsOf(5),
    );
  },
  TIMEOUT,
);

/** A megabyte of one thing each. Twice as much may take twice as long, which a limit of seconds shows. */
const repeated = (piece: readonly Part[], size = 1 << 20): Uint8Array => {
  const one = flat(piece);
  return Uint8Array.from({ length: size }, (_, index) => one[index % one.length] ?? 0);
};
test.each<[string, readonly Part[]]>([
  ['nested blocks', [0xa0, 0xcf, 0xff, 0xff, 0x0f, 0x00]],
  ['nested devices', [0x5b, 0x82, 0xcf, 0xff, 0xff, 0x0f, 'ABCD']],
  ['nested packages', [0x12, 0xcf, 0xff, 0xff, 0x0f, 0x01]],
  ['nested buffers', [0x11, 0xcf, 0xff, 0xff, 0x0f]],
  ['nested operators', [0x72]],
  ['names', [0x08, 'ABCD', 0x00]],
  ['names without a value', [0x08, 'ABCD']],
  ['names with prefixes', [0x10, 0xcf, 0xff, 0xff, 0x0f, '^^^^^^^^ABCD']],
  ['nothing but bad bytes', [0x07]],
  ['binary MOFs that lie', ['FOMB', 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]],
  ['binary MOFs of no known version', ['FOMB']],
  ['methods that give a _WDG', [0x14, 0x0c, '_WDG', 0x00, 0xa4, 'DATA', 0x07]],
])('a megabyte of %s', (_case, piece) => {
  const began = performance.now();
  const body = repeated(piece);
  const header = table('SSDT').slice();
  const bytes = Uint8Array.from([...header, ...body]);
  expect(checked(bytes)).toBeDefined();
  expect(performance.now() - began).toBeLessThan(20_000);
});

test.each([
  ['open parentheses', '('],
  ['closed braces', '}'],
  ['open and closed', '({'],
  ['parentheses in a brace', '{(((}'],
  ['quotes', '"'],
  ['digits', '1'],
  ['digits that are no number', '1a'],
  ['names', 'Name (ABCD, 1) '],
  ['nested devices', 'Device (ABCD) { '],
  ['bytes', 'Buffer () { 1, 2 '],
  ['comments without an end', '/*/'],
  ['lines', '\n'],
])('a megabyte of ASL: %s', (_case, piece) => {
  const began = performance.now();
  const text = `Device (WMI1) { } ${piece.repeat((1 << 20) / piece.length)}`;
  expect(checked(Buffer.from(text))).toBeDefined();
  expect(performance.now() - began).toBeLessThan(20_000);
});
