/** Hand-written texts as iasl prints them, and what is found in them; acpica.test.ts compares whole tables. */
import { expect, test } from 'vitest';
import { acpiForm, readAcpi } from '../../src/acpi/reading.js';

const ENTRY = `0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, // {"}
  0x88, 0x99, 0xAA, 0xBB, /* } */ 0xCC, 0xDD, 0xEE, 0xFF, 0x41, 0x41, 1, 2`;
const WDG = `Name (_WDG, Buffer (0x14) { ${ENTRY} })`;
const MOF = '0x46, 0x4F, 0x4D, 0x42, 1, 0, 0, 0, 2, 0, 0, 0, 9, 0, 0, Zero, 7, One';

function found(text: string): string[] {
  const read = readAcpi(Buffer.from(text));
  if (read === undefined) return ['no tables'];
  const { devices, binaryMofs, findings } = read;
  return [
    ...devices.flatMap(({ path, entries }) =>
      entries.map(({ guid, id, objects, missing }) => {
        const served = objects.map((each) => `${each.name}/${each.argumentCount ?? '-'}`);
        const idText = id.kind === 'object' ? id.text : String(id.code);
        const unserved = missing.map((each) => `no ${each}`);
        return [path, guid.slice(0, 8), idText, ...served, ...unserved].join(' ');
      }),
    ),
    ...binaryMofs.map(({ path, bytes }) => `${path}: ${bytes.length} bytes`),
    ...findings.map(({ kind, place, message }) => {
      return `${kind} ${place !== undefined && 'line' in place ? place.line : '-'}: ${message}`;
    }),
  ];
}

test.each([
  [
    'a part of a table',
    `Device (WMI1) { ${WDG} Method (WMAA, 3) {} }`,
    ['\\WMI1 00112233 AA WMAA/3'],
  ],
  [
    'nesting, prefixes, case',
    `DefinitionBlock ("", "SSDT", 1, "A", "B", 1) { scope (\\_SB) { DEVICE (PCI0) {} }
     Scope (_SB.PCI0) { Device (WMI1) { ${WDG} } } Scope (\\_SB.PCI0.WMI1) { Method (WMAA, 3, Serialized) { } } }`,
    ['\\_SB.PCI0.WMI1 00112233 AA WMAA/3'],
  ],
  [
    'comments and strings are skipped',
    `Device (WMI1) { /* ${WDG.replace('/* } */', '')} */ Name (TEXT, "Name (_WDG, Buffer () {") // Device (X) {
     }`,
    [],
  ],
  [
    'a method that returns a name',
    `Device (WMI1) { Method (_WDG) { If (One) { Return (DATA) } } Name (DATA, Buffer () { ${ENTRY} }) }`,
    ['\\WMI1 00112233 AA no WMAA'],
  ],
  [
    'a method that returns a buffer',
    `Device (WMI1) { Method (_WDG, 0) { Return (Buffer () { ${ENTRY} }) } Method (WMAA, 3) { } }`,
    ['\\WMI1 00112233 AA WMAA/3'],
  ],
  [
    'names in methods are not declared',
    `Method (TEST) { Device (WMI1) { ${WDG} } } Device (WMI2) { ${WDG} }`,
    ['\\WMI2 00112233 AA no WMAA'],
  ],
  [
    'binary MOFs in names, packages and methods; constants as bytes',
    `Name (WQAA, Buffer (18) { ${MOF} }) Name (PACK, Package () { 1, Buffer () { ${MOF} } })
     Method (WQAB, 1) { Local0 = Buffer () { ${MOF} } Return (Local0) }`,
    ['\\WQAA: 18 bytes', '\\PACK: 18 bytes', '\\WQAB: 18 bytes'],
  ],
  [
    'a buffer with a string',
    `Name (WQAA, Buffer () { "FOMB\\x01" })`,
    [
      '\\WQAA: 6 bytes',
      'binary-mof 1: a binary MOF that is truncated after 6 bytes, within its header',
    ],
  ],
  [
    'an alias of a method that is declared later',
    `Device (WMI1) { ${WDG} Alias (CALL, WMAA) Method (CALL, 3) {} }`,
    ['\\WMI1 00112233 AA WMAA/3'],
  ],
  [
    'an alias of an alias, both before the method',
    `Device (WMI1) { ${WDG} Alias (CALB, WMAA) Alias (CALC, CALB) Method (CALC, 3) {} }`,
    ['\\WMI1 00112233 AA WMAA/3'],
  ],
  [
    'an alias is followed',
    `Device (WMI1) { ${WDG} Method (CALL, 3) { } Alias (CALL, WMAA) }`,
    ['\\WMI1 00112233 AA WMAA/3'],
  ],
  [
    'contents that are computed',
    `Device (WMI1) { Name (_WDG, Buffer () { 1,\n FUNC (2) }) }`,
    [
      'unfollowed 2: the contents of a buffer are skipped from FUNC on',
      'wdg -: its value is not a literal buffer',
    ],
  ],
  [
    'no end',
    `Device (WMI1) {\n ${WDG} "`,
    [
      '\\WMI1 00112233 AA no WMAA',
      'unfollowed 3: a string has no end',
      'unfollowed 3: the text ends within 1 open blocks',
    ],
  ],
  [
    'an extra brace',
    `Device (WMI1) { } }\n Device (WMI2) { ${WDG} }`,
    ['\\WMI2 00112233 AA no WMAA', 'unfollowed 1: this brace closes nothing'],
  ],
])('%s', (_case, text, want) => {
  expect(acpiForm(Buffer.from(text))).toBe('dsl');
  expect(found(text).map((each) => each.replace(/^wdg \d+/, 'wdg -'))).toEqual(want);
});

test('several tables in one text', () => {
  const text = ['DSDT', 'SSDT'].map(
    (signature) => `DefinitionBlock ("", "${signature}", 2, "OEM", "ID  ", 1) { ${WDG} }`,
  );
  const read = readAcpi(Buffer.from(text.join('\n')));
  expect(read?.tables).toEqual([
    { signature: 'DSDT', oemId: 'OEM', oemTableId: 'ID' },
    { signature: 'SSDT', oemId: 'OEM', oemTableId: 'ID' },
  ]);
  expect(read?.devices.map(({ table }) => table)).toEqual([0, 1]);
});

test.each(['Name (AAAA, ', 'Method (_WDG) { Return (', 'Name (AAAA, Package (1) { '])(
  'a text that repeats "%s"',
  (part) => {
    expect(found(part.repeat(20_000)).join()).toContain('more than 500 blocks are open');
  },
);

test('values in values of what a _WDG returns', () => {
  const text = `Method (_WDG) { ${'Return ('.repeat(20_000)}`;
  expect(found(text).join()).toContain('more than 500 blocks are open');
});
