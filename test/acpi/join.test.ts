/** Entries joined with classes, the sample that vendors ship, and the rows of a table. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { type JoinedClass, joinAcpi, sampleMatch } from '../../src/acpi/join.js';
import { readAcpi } from '../../src/acpi/reading.js';
import { acpiRows } from '../../src/acpi/rows.js';
import { corpusFiles } from '../mof-files.js';
import { buffer, device, entry, flat, method, name, table } from './aml-bytes.js';

const GUID = '00112233-4455-6677-8899-aabbccddeeff';
const MOF_ENTRY = flat(
  [0x21, 0x12, 0x90, 0x05, 0x66, 0xd5, 0xd1, 0x11, 0xb2, 0xf0, 0x00, 0xa0],
  [0xc9, 0x06, 0x29, 0x10],
  'BA',
  1,
  0,
);
const OTHER_ENTRY = [1, ...entry('\xd0\0', 1, 0x19).slice(1)];
const acpi = readAcpi(
  table(
    'SSDT',
    device(
      'WMI1',
      name('_WDG', buffer(entry('AA', 2, 2), MOF_ENTRY, OTHER_ENTRY)),
      method('WMAA', 3),
      method('_WED', 1),
    ),
  ),
) ?? { devices: [] };

test('GUIDs with their classes, GUIDs without a class, classes without a GUID', () => {
  const classes: JoinedClass[] = [
    { name: 'Served', guid: `{${GUID.toUpperCase()}}` },
    { name: 'Unserved', guid: '{ABBC0F60-8EA1-11d1-00A0-C90629100000}' },
    { name: 'Plain', guid: undefined },
    { name: 'ServedToo', guid: GUID },
  ];
  const joined = joinAcpi(acpi, classes);
  const guids = (entries: typeof joined.entries) =>
    entries.map((each) => [each.entry.guid.slice(0, 8), ...each.classes.map((one) => one.name)]);
  expect(guids(joined.entries)).toEqual([
    ['00112233', 'Served', 'ServedToo'],
    ['05901221'],
    ['00112201'],
  ]);
  expect(guids(joined.withoutClass)).toEqual([['00112201']]);
  expect(joined.withoutEntry.map((each) => each.name)).toEqual(['Unserved']);
  expect(acpiRows(joined).map((row) => Object.values(row).join(' | '))).toEqual([
    `\\WMI1 | ${GUID} | AA | 2 | method | WMAA | Served, ServedToo`,
    '\\WMI1 | 05901221-d566-11d1-b2f0-00a0c9062910 | BA | 1 | - | WQBA (missing) | binary MOF',
    '\\WMI1 | 00112201-4455-6677-8899-aabbccddeeff | notify 0xD0 | 1 | expensive, event, 0x10 | _WED, WED0 (missing) | -',
  ]);
});

/** The classes of a MOF file, in the form of the input. */
function classesOf(path: string): JoinedClass[] {
  const { partial } = analyze(readFileSync(path), basename(path));
  return partial.classes.map(({ name: className, qualifiers, properties, methods }) => {
    const guid = qualifiers.get('guid');
    return {
      name: className,
      guid: typeof guid === 'string' ? guid : undefined,
      members: [...properties, ...methods].map((member) => member.name),
    };
  });
}

const ALL =
  `Package AcpiTest_QSPackage AcpiTest_QSString AcpiTest_QULong AcpiTest_MPackage AcpiTest_MString AcpiTest_MULong
  AcpiTest_EventPackage AcpiTest_EventString AcpiTest_EventULong`.split(/\s+/);
const WANT = new Map([
  ['acpimof.mof', { isUnchanged: true, unchanged: ALL, changed: [] }],
  // Two methods more, with the name and the GUID of the sample.
  [
    'uniwill-laptop.mof',
    { isUnchanged: false, unchanged: ['AcpiTest_EventULong'], changed: ['AcpiTest_MULong'] },
  ],
  // The GUIDs of the sample with classes of their own.
  ['msi-wmi-platform.mof', undefined],
]);
const files = corpusFiles('windows-driver-samples', 'linux-firmware')
  .map((path) => ({ file: basename(path), path }))
  .filter(({ file }) => WANT.has(file));

test.each(files)("Microsoft's sample in $file", ({ file, path }) => {
  expect(sampleMatch(classesOf(path))).toEqual(WANT.get(file));
});

/** Classes with the GUIDs of the sample. */
const whole = ALL.map((className, index): JoinedClass => {
  const part = (index === 0 ? 0x60 : 0x69 + index).toString(16);
  return { name: className, guid: `{ABBC0F${part}-8EA1-11d1-00A0-C90629100000}` };
});

test.each<[string, JoinedClass[], boolean | undefined]>([
  ['all of it', whole, true],
  ['all of it with the base of events', [...whole, { name: 'WMIEvent', guid: undefined }], true],
  ['all but one', whole.slice(0, -1), false],
  ['one twice in place of another', [...whole.slice(0, -1), ...whole.slice(0, 1)], false],

  [
    'a part of it',
    [{ name: 'AcpiTest_MULong', guid: '{ABBC0F6F-8EA1-11d1-00A0-C90629100000}' }],
    false,
  ],
  ['another GUID', [{ name: 'AcpiTest_MULong', guid: GUID }], false],
  [
    'its package alone',
    [{ name: 'Package', guid: '{ABBC0F60-8EA1-11d1-00A0-C90629100000}' }],
    undefined,
  ],
  [
    'another class with it',
    [
      { name: 'AcpiTest_MULong', guid: '{ABBC0F6F-8EA1-11d1-00A0-C90629100000}' },
      { name: 'Mine', guid: GUID },
    ],
    false,
  ],
])('%s', (_case, classes, want) => {
  expect(sampleMatch(classes)?.isUnchanged).toBe(want);
});
