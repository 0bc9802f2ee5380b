/**
 * Malformed ACPI bytes: no crash, and time and memory proportional to the input. MOFGEN_FUZZ_SECONDS runs longer.
 */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readDump } from '../../src/acpi/acpidump.js';
import { acpiFindings, type AcpiPlace, MAX_FINDINGS } from '../../src/acpi/facts.js';
import { readAcpi, readAcpiTables } from '../../src/acpi/reading.js';
import { dump, flat, type Part, smallTable, table } from '../acpi/aml-bytes.js';
import { dumps } from '../acpi/acpi-files.js';
import { acpiTrees } from '../acpi/acpi-trees.js';
import { damaged, editedLines, edits } from './edits.js';
import { runsOf, SECONDS, TIMEOUT } from './pipeline.js';
import { oneIn } from '../effort.js';

/** Processor time that one input may take; the largest of the corpus takes a fifth of a second. */
const MAX_SECONDS = 5;
/** More memory than all inputs of a run may need together, in kilobytes. */
const MAX_GROWTH = 768 * 1024;

const memoryAtStart = process.resourceUsage().maxRSS;
afterAll(() => {
  const growth = process.resourceUsage().maxRSS - memoryAtStart;
  if (SECONDS > 0) console.log(`memory grew by ${Math.round(growth / 1024)} MB at most`);
  expect(growth, 'kilobytes of memory').toBeLessThan(MAX_GROWTH);
});

type Read = NonNullable<ReturnType<typeof readAcpi>>;

/** Invariants of every input: it is read in time, places are within it, findings are bounded. */
function checked(bytes: Uint8Array): Read | undefined {
  const started = process.cpuUsage();
  const read = readAcpi(bytes);
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1e6, 'seconds of processor time').toBeLessThan(MAX_SECONDS);
  if (read === undefined) return undefined;
  const tables = read.tables.length;
  for (const mof of read.binaryMofs) {
    expect(mof.bytes.length).toBeLessThanOrEqual(bytes.length);
    expectPlace(mof, tables, bytes);
  }
  expect(new Set(read.binaryMofs.map((each) => each.name)).size).toBe(read.binaryMofs.length);
  for (const each of read.devices) {
    expectPlace(each, tables, bytes);
    for (const one of each.entries)
      for (const object of one.objects) expectPlace(object, tables, bytes);
  }
  for (const each of read.findings) expectPlace(each, tables, bytes);
  expect(read.findings.length).toBeLessThanOrEqual(7 * (MAX_FINDINGS + 1));
  return read;
}

/** A line is of a text, and its end is a line, too; no byte of a table is beyond those of the input. */
function expectPlace(
  { table: index, place }: { readonly table?: number; readonly place?: AcpiPlace },
  tables: number,
  bytes: Uint8Array,
): void {
  // Not with expect, which is slow where there are many.
  const at = place === undefined ? 0 : 'line' in place ? place.line - 1 : place.offset;
  if (at < 0 || at > bytes.length) expect.fail(`the place ${JSON.stringify(place)} is not there`);
  if (index !== undefined && !(index >= 0 && index < tables)) {
    expect.fail(`the table ${index} of ${tables} is not there`);
  }
}

/** The input after a complete header, so that it is read as AML. */
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
    // Everything that is recognized has a finding.
    if (cut !== undefined) expect(cut.findings, `at ${length}`).not.toEqual([]);
    for (const value of [0, 0xff, 0x40]) {
      const changed = Uint8Array.from(smallTable);
      if (changed[length] === value) continue;
      changed[length] = value;
      const read = checked(changed);
      // At least the checksum is wrong.
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

/** Tables of the corpus that hold a binary MOF or a `_WDG`, and the small one. */
const tables = [
  smallTable,
  ...dumps
    .flatMap(({ bytes }) => readDump(bytes.toString('latin1'), acpiFindings()))
    .map(({ bytes }) => bytes)
    .filter((bytes) => ['FOMB', '_WDG'].some((mark) => Buffer.from(bytes).includes(mark))),
];
const anyTable = fc.oneof(
  acpiTrees.map(({ aml }) => table('SSDT', aml)),
  fc.constantFrom(...tables),
);

test(
  'tables with wrong lengths, and bytes lost, doubled and moved',
  () => {
    fc.assert(
      fc.property(anyTable, edits, (whole, changes) => {
        checked(damaged(whole, changes));
      }),
      runsOf(300),
    );
  },
  TIMEOUT,
);

test(
  'several files, each damaged: nothing of one is in another',
  () => {
    fc.assert(
      fc.property(acpiTrees, acpiTrees, edits, ({ aml }, other, changes) => {
        const whole = table('SSDT', aml);
        const torn = damaged(table('DSDT', other.aml), changes);
        const read = readAcpiTables([
          { name: 'damaged', bytes: torn },
          { name: 'whole', bytes: whole },
        ]);
        const own = readAcpi(whole)?.binaryMofs ?? [];
        const index = read.tables.findIndex(({ file }) => file === 'whole');
        const found = read.binaryMofs.filter((each) => each.table === index);
        expect(found.map(({ place, bytes }) => ({ place, bytes }))).toEqual(
          own.map(({ place, bytes }) => ({ place, bytes })),
        );
      }),
      runsOf(300),
    );
  },
  TIMEOUT,
);

const anyDump = fc.oneof(
  fc
    .array(acpiTrees, { minLength: 1, maxLength: 3 })
    .map((all) => dump(...all.map(({ aml }) => table('SSDT', aml)))),
  fc.constantFrom(dump(smallTable), ...dumps.map(({ bytes }) => bytes.toString('latin1'))),
);

test(
  'dumps with lines and characters lost, doubled and moved',
  () => {
    fc.assert(
      fc.property(anyDump, edits, edits, (text, lines, changes) => {
        const torn = lines.reduce(editedLines, text);
        checked(damaged(Buffer.from(torn, 'latin1'), changes));
        checked(Buffer.from(torn, 'utf16le'));
      }),
      runsOf(100),
    );
  },
  TIMEOUT,
);

test(
  'texts of ASL with lines and characters lost, doubled and moved',
  () => {
    fc.assert(
      fc.property(acpiTrees, edits, edits, ({ asl }, lines, changes) => {
        const text = `DefinitionBlock ("", "SSDT", 2, "OEM", "TABLE", 1)\n{\n${asl}\n}\n`;
        const torn = lines.reduce(editedLines, text);
        checked(damaged(Buffer.from(torn), changes));
      }),
      runsOf(500),
    );
  },
  TIMEOUT,
);

/** The common part of AML and its text: all except places, and the arguments of a method whose alias comes first in the text. */
function meaning({ devices, binaryMofs }: Read) {
  return {
    devices: devices.map(({ path, entries }) => ({
      path,
      entries: entries.map(({ objects, ...rest }) => ({
        ...rest,
        objects: objects.map(({ role, path: of, kind, argumentCount }) => ({
          role,
          path: of,
          kind,
          ...(kind === 'method' && { argumentCount }),
        })),
      })),
    })),
    binaryMofs: binaryMofs.map(({ path, name, bytes }) => ({ path, name, bytes: [...bytes] })),
  };
}

test(
  'random tables have one meaning as AML, as a dump and as ASL, and no findings but those of their meaning',
  () => {
    fc.assert(
      fc.property(acpiTrees, ({ aml, asl }) => {
        const bytes = table('SSDT', aml);
        const read = checked(bytes);
        const ofDump = checked(Buffer.from(dump(bytes)));
        const text = `DefinitionBlock ("", "SSDT", 2, "OEMID ", "TABLEID", 1)\n{\n${asl}\n}\n`;
        const ofText = checked(Buffer.from(text));
        if (read === undefined || ofText === undefined) expect.fail('it is not read');
        expect(ofDump).toEqual(read);
        expect(meaning(ofText)).toEqual(meaning(read));
        const kinds = [read, ofText].flatMap(({ findings }) => findings.map(({ kind }) => kind));
        expect(kinds.filter((kind) => kind === 'unfollowed' || kind === 'table')).toEqual([]);
      }),
      runsOf(500),
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

test.each(
  oneIn(4, [
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
  ]),
)('a megabyte of ASL: %s', (_case, piece) => {
  const began = performance.now();
  const text = `Device (WMI1) { } ${piece.repeat((1 << 20) / piece.length)}`;
  expect(checked(Buffer.from(text))).toBeDefined();
  expect(performance.now() - began).toBeLessThan(20_000);
});
