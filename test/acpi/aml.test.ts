/** Hand-written AML: which entries, objects and binary MOFs are found, and what is reported about unreadable parts. */
import { expect, test } from 'vitest';
import { readAcpi } from '../../src/acpi/reading.js';
import {
  buffer,
  device,
  entry,
  flat,
  method,
  mof,
  name,
  otherwise,
  scope,
  sizedBuffer,
  smallTable,
  table,
  when,
} from './aml-bytes.js';

const WDG = name('_WDG', buffer(entry('AA', 1, 2)));
const WMAA = method('WMAA', 3);
const call = flat;

/** Each entry as device, id, objects with their argument counts, and missing ones; then binary MOFs; then findings. */
function found(...tables: readonly Uint8Array[]): string[] {
  const read = readAcpi(Uint8Array.from(tables.flatMap((each) => [...each])));
  if (read === undefined) return ['no tables'];
  const { devices, binaryMofs, findings } = read;
  return [
    ...devices.flatMap(({ path, entries }) =>
      entries.map(({ id, objects, missing }) => {
        const idText = id.kind === 'object' ? id.text : `notify ${id.code}`;
        const served = objects.map((each) => `${each.name}/${each.argumentCount ?? '-'}`);
        return [path, idText, ...served, ...missing.map((each) => `no ${each}`)].join(' ');
      }),
    ),
    ...binaryMofs.map(({ path, bytes, place }) => {
      const at = 'offset' in place ? place.offset : -1;
      return `${path} at ${at}: ${bytes.length} bytes`;
    }),
    ...findings.map(({ kind, path, message }) => `${kind} ${path ?? ''}: ${message}`),
  ];
}

test('everything that an entry can have', () => {
  expect(found(smallTable)).toEqual([
    '\\_SB.WMI1 AA WMAA/3 WCAA/1',
    '\\_SB.WMI1 notify 208 WED0/1 _WED/1',
    '\\_SB.WMI1 MO WQMO/-',
    `\\_SB.WMI1.WQMO at ${smallTable.length - 20}: 20 bytes`,
  ]);
});

test.each<[string, number[], string[]]>([
  ['a device at the root', device('WMI1', WDG, WMAA), ['\\WMI1 AA WMAA/3']],
  [
    'a scope of several segments, a device of a path',
    scope('\\._SB_PCI0', device('/\x02EC__WMI_', WDG, WMAA)),
    ['\\_SB.PCI0.EC.WMI AA WMAA/3'],
  ],
  [
    'a scope that is searched, and one by its parent',
    flat(device('DEV1'), scope('\\_SB_', scope('DEV1', WDG), scope('^DEV1', WMAA))),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    'a scope opens what is declared already, not a nearer one of later',
    flat(device('WMI1', WDG), device('DEV1', scope('WMI1', WMAA), device('WMI1', name('_HID', 0)))),
    ['\\WMI1 AA WMAA/3'],
  ],
  [
    'the object is declared in a later scope',
    flat(device('DEV1', WDG), scope('\\DEV1', WMAA)),
    ['\\DEV1 AA WMAA/3'],
  ],
  ['no object', device('DEV1', WDG), ['\\DEV1 AA no WMAA']],
  [
    'an alias is followed',
    device('DEV1', WDG, method('CALL', 3), 0x06, 'CALL', 'WMAA'),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    'an alias of an alias, both before the method',
    device('DEV1', WDG, 0x06, 'CALB', 'WMAA', 0x06, 'CALC', 'CALB', method('CALC', 3)),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    'a buffer that declares thousands of entries and has one',
    device('DEV1', name('_WDG', sizedBuffer(0xffff, entry('AA', 1, 2))), WMAA),
    [
      '\\DEV1 AA WMAA/3',
      'wdg \\DEV1._WDG: its buffer has 65535 bytes, of which 20are initialized; the others are zero',
    ],
  ],
  [
    'a buffer that declares entries and has none',
    device('DEV1', name('_WDG', sizedBuffer(0xffff)), WMAA),
    ['wdg \\DEV1._WDG: its buffer has 65535 bytes, of which 0are initialized; the others are zero'],
  ],
  [
    'a call of a method that is declared later, in a condition',
    flat(when(call('LATR', 0x0a, 0x08, 0x0a, 0x14), device('DEV1', WDG, WMAA)), method('LATR', 2)),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    'a call of an external method',
    flat(0x15, 'EXTM', 8, 1, when(call('EXTM', 0x0a, 0x08), device('DEV1', WDG, WMAA))),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    '_OSI takes one argument',
    when(call('_OSI', 0x0d, 'Windows 2001', 0), device('DEV1', WDG, WMAA)),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    'a nearer field hides a method',
    flat(
      method('HIDE', 1),
      device(
        'DEV1',
        flat(0x5b, 0x80, 'REGN', 1, 0x0a, 0x80, 0x0a, 0x10),
        flat(0x5b, 0x81, 0x0d, 'REGN', 0, 0x00, 0x08, 'HIDE', 0x08),
        when('HIDE', WDG),
        WMAA,
      ),
    ),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    'both branches declare',
    flat(when(0x00, device('DEV1', WDG)), otherwise(scope('DEV1', WMAA))),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    'a method that returns a name',
    device('DEV1', method('_WDG', 0, 0xa4, 'DATA'), name('DATA', buffer(entry('AA', 1, 2))), WMAA),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    'a method that returns a name of its own',
    device('DEV1', method('_WDG', 0, name('DATA', buffer(entry('AA', 1, 2))), 0xa4, 'DATA'), WMAA),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    'a method that returns a buffer',
    device('DEV1', method('_WDG', 0, 0xa4, buffer(entry('AA', 1, 2))), WMAA),
    ['\\DEV1 AA WMAA/3'],
  ],
  [
    'a method that returns one of two',
    device(
      'DEV1',
      method(
        '_WDG',
        0,
        when(0x68, 0xa4, buffer(entry('AA', 1, 2))),
        0xa4,
        buffer(entry('BB', 1, 2)),
      ),
      WMAA,
    ),
    ['\\DEV1 AA WMAA/3', 'wdg \\DEV1._WDG: the method returns 2 values; the first is used'],
  ],
  [
    'a method that computes it',
    device('DEV1', method('_WDG', 0, 0xa4, 0x60)),
    ['wdg \\DEV1._WDG: the method returns no literal buffer'],
  ],
  [
    'no buffer',
    device('DEV1', name('_WDG', 0x01)),
    ['wdg \\DEV1._WDG: its value is not a literal buffer'],
  ],
  [
    'a length that is no multiple of 20',
    device('DEV1', name('_WDG', buffer(entry('AA', 1, 2), 7)), WMAA),
    [
      '\\DEV1 AA WMAA/3',
      'wdg \\DEV1._WDG: its length 21 is not a multiple of 20; the last 1 bytes are ignored',
    ],
  ],
  [
    'a size that is more than what is written out',
    device('DEV1', name('_WDG', sizedBuffer(20, entry('AA', 0, 0).slice(0, 18)))),
    ['\\DEV1 AA no WQAA'],
  ],
  [
    'an undocumented flag, and an invalid id',
    device('DEV1', name('_WDG', buffer(entry('a!', 1, 0x10)))),
    [
      '\\DEV1 a!',
      'wdg \\DEV1._WDG: the entry 00112233-4455-6677-8899-aabbccddeeff has undocumented flags: 0x10',
      "wdg \\DEV1._WDG: the entry 00112233-4455-6677-8899-aabbccddeeff has an id that cannot end an object's name",
    ],
  ],
  [
    'a binary MOF in the body of a method, and one in a package',
    flat(
      method('WQAA', 1, 0x70, buffer(mof(1, 2)), 0x60, 0xa4, 0x60),
      name('PKG_', 0x12, 0x1b, 0x01, flat(0x11, 0x18, 0x0a, 21, mof(1, 2, 3, 4, 5))),
    ),
    ['\\WQAA at 51: 18 bytes', '\\PKG at 84: 21 bytes'],
  ],
  [
    'a binary MOF that is longer than its buffer',
    name('WQAA', buffer(mof(1, 2, 3, 4).slice(0, 18))),
    [
      '\\WQAA at 47: 18 bytes',
      'binary-mof \\WQAA: a binary MOF of 20 bytes, of which 18 are there',
    ],
  ],
  [
    'a binary MOF of another version',
    name('WQAA', buffer('FOMB', 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 5)),
    ['binary-mof \\WQAA: a binary MOF of the unknown version 2'],
  ],
  [
    'what is not followed is reported, and the rest is read',
    scope('\\_SB_', flat(0x07, 0x07), device('DEV1', WDG, WMAA)),
    [
      '\\_SB.DEV1 AA WMAA/3',
      'unfollowed \\_SB: 2 bytes of AML are skipped: 0x07 is not an operator',
    ],
  ],
  [
    'a wrong length is cut off',
    flat(0x5b, 0x82, 0x4f, 0xff, 'DEV1', WDG, WMAA),
    ['\\DEV1 AA WMAA/3', 'unfollowed \\: a length reaches 4050 bytes beyond its container'],
  ],
])('%s', (_case, body, want) => {
  expect(found(table('SSDT', body))).toEqual(want);
});

test('an object of another table is used; that of the same table comes first', () => {
  const first = table('DSDT', device('DEV1', WDG));
  const second = table('SSDT', scope('\\DEV1', WMAA));
  expect(found(first, second)).toEqual(['\\DEV1 AA WMAA/3']);
  const read = readAcpi(
    Uint8Array.from([
      ...table('DSDT', device('DEV1', WMAA)),
      ...table('SSDT', device('DEV1', WDG, WMAA)),
    ]),
  );
  expect(read?.devices[0]?.entries[0]?.objects[0]?.table).toBe(1);
});
