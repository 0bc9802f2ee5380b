/** Breaking changes for consumers of an old text: each case of docs/breaking.md, as a pair of texts and its findings. */
import { describe, expect, test } from 'vitest';
import { breakingChanges } from '../../src/breaking/breaking-changes.js';
import { type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { AROUND, inheritable, modelOf, shown } from '../model/resolve-text.js';
import '../property-seed.js';

type Guid = 1 | 2 | 3;

function guid(number: Guid): string {
  return `guid("{00000000-0000-0000-0000-00000000000${number}}")`;
}

function block(head: string, items: string, number: Guid = 1): string {
  return `[WMI, Dynamic, Provider("WMIProv"), ${guid(number)}] class ${head} { ${AROUND} ${items} };\n`;
}

function fan(...items: readonly string[]): string {
  return block('Fan', items.join(' '));
}

function structure(name: string, ...items: readonly string[]): string {
  return `[WMI] class ${name} { ${items.join(' ')} };\n`;
}

/** `[WmiDataId(1), read] uint32 A;` */
function item(id: number, declaration: string, access = 'read'): string {
  const [, qualifiers = '', rest = ''] = /^(?:\[(.*?)\] )?(.*)$/s.exec(declaration) ?? [];
  return `[WmiDataId(${id}), ${access}${qualifiers && `, ${qualifiers}`}] ${rest};`;
}

function method(id: number, declaration: string): string {
  return `[Implemented, WmiMethodId(${id})] ${declaration};`;
}

function found(now: string, before: string): readonly Diagnostic[] {
  return breakingChanges([{ now: modelOf(now), before: modelOf(before) }]);
}

/** `MOF6104 A`: the code and the text that the finding is about. */
function lines(now: string, before: string): readonly string[] {
  return found(now, before).map((each) => {
    const { code, at } = shown(each);
    return at === undefined ? code : `${code} ${at}`;
  });
}

type Case = readonly [what: string, before: string, now: string, ...wanted: readonly string[]];

function cases(rows: readonly Case[]): void {
  test.each(rows)('%s', (_what, before, now, ...wanted) => {
    expect(lines(now, before)).toEqual(wanted);
  });
}

const A = item(1, 'uint32 A');
const B = item(2, 'uint16 B');
const AB = fan(A, B);

describe('classes', () => {
  cases([
    ['the same text', AB, AB],
    ['another order in the text', AB, fan(B, A)],
    ['a new class', AB, AB + block('Pump', A, 2)],
    ['a class that is gone', AB + block('Pump', A, 2), AB, 'MOF6001'],
    ['another name and another guid', AB, block('FanV2', A, 2), 'MOF6001'],
    ['the old name with another guid', AB, block('Fan', A, 2), `MOF6002 ${guid(2)}`],
    ['another name under the guid', AB, block('Fans', A + B), 'MOF6004 Fans'],
    ['another case of the name', AB, block('FAN', A + B)],
    [
      'the name goes to another block',
      AB,
      block('OldFan', A + B) + block('Fan', A, 2),
      'MOF6004 OldFan',
    ],
    [
      'the guid in another form',
      AB,
      AB.replace('"{', '"').replace('}"', '"').toUpperCase().replaceAll('CLASS', 'class'),
    ],
    ['a block that is registered no more', AB, AB.replace('Dynamic', 'Abstract'), 'MOF6001 Fan'],
    ['a structure that is registered', AB.replace('Dynamic', 'Abstract'), AB],
    ['an event that was a block', fan(A), block('Fan : WMIEvent', A), 'MOF6003 Fan'],
    ['a block that was an event', block('Fan : WMIEvent', A), fan(A), 'MOF6003 Fan'],
    ['texts for people', AB, AB.replace('Dynamic', 'Description("x"), DisplayName("y"), Dynamic')],
    ['another namespace', `#pragma namespace("root\\\\wmi")\n${AB}`, AB],
    [
      'items that move to a base class',
      AB,
      inheritable(`[WMI, Abstract] class Base { ${A} };\n${block('Fan : Base', B)}`),
    ],
    [
      'items that come from a base class',
      inheritable(`[WMI, Abstract] class Base { ${A} };\n${block('Fan : Base', B)}`),
      AB,
      'MOF6005 Fan',
    ],
    [
      'a class between a block and its superclass',
      `[WMI, Abstract] class Base { };\n${block('Fan : Base', A)}`,
      `[WMI, Abstract] class Base { };\n[WMI, Abstract] class More : Base { };\n${block('Fan : More', A)}`,
    ],
    [
      'an inherited item, reported once for all blocks below',
      inheritable(
        `[WMI, Abstract] class Base { ${A} };\n${block('Fan : Base', B)}${block('Pump : Base', B, 2)}`,
      ),
      inheritable(
        `[WMI, Abstract] class Base { ${item(1, 'sint32 A')} };\n${block('Fan : Base', B)}${block('Pump : Base', B, 2)}`,
      ),
      'MOF6104 A',
    ],
  ]);
});

describe('items', () => {
  cases([
    ['an item that is gone', AB, fan(A), 'MOF6101 Fan'],
    ['an item without its id', AB, fan(A, '[read] uint16 B;'), 'MOF6101 Fan'],
    [
      'an item in the place of another one',
      AB,
      fan(A, item(2, 'uint64 C')),
      'MOF6101 Fan',
      'MOF6107 C',
    ],
    ['another name', AB, fan(A, item(2, 'uint16 C')), 'MOF6102 C'],
    ['another case of a name', AB, fan(A, item(2, 'uint16 b'))],
    [
      'two items change places',
      AB,
      fan(item(2, 'uint32 A'), item(1, 'uint16 B')),
      'MOF6103 WmiDataId(1)',
      'MOF6103 WmiDataId(2)',
    ],
    ['an id that changes no order', AB, fan(A, item(3, 'uint16 B')), 'MOF6103 WmiDataId(3)'],
    ['another size', AB, fan(item(1, 'uint64 A'), B), 'MOF6104 A'],
    ['another sign', AB, fan(item(1, 'sint32 A'), B), 'MOF6104 A'],
    [
      'a boolean that was a number',
      fan(item(1, 'uint8 A')),
      fan(item(1, 'boolean A')),
      'MOF6104 A',
    ],
    [
      'a character that was a number',
      fan(item(1, 'uint16 A')),
      fan(item(1, 'char16 A')),
      'MOF6104 A',
    ],
    ['an array that was one value', AB, fan(A, item(2, 'uint16 B[1]')), 'MOF6104 B'],
    ['another length', fan(item(1, 'uint8 A[4]')), fan(item(1, 'uint8 A[5]')), 'MOF6104 A'],
    ['the same length with Max', fan(item(1, 'uint8 A[4]')), fan(item(1, '[Max(4)] uint8 A[]'))],
    [
      'another MaxLen',
      fan(item(1, '[MaxLen(4)] string A')),
      fan(item(1, '[MaxLen(5)] string A')),
      'MOF6104 A',
    ],
    ['no MaxLen', fan(item(1, '[MaxLen(4)] string A')), fan(item(1, 'string A')), 'MOF6104 A'],
    [
      'a counted array that was one of fixed length',
      fan(A, item(2, 'uint8 B[4]')),
      fan(A, item(2, '[WmiSizeIs("A")] uint8 B[]')),
      'MOF6104 B',
    ],
    [
      'another count',
      fan(A, item(2, 'uint32 C'), item(3, '[WmiSizeIs("A")] uint8 B[]')),
      fan(A, item(2, 'uint32 C'), item(3, '[WmiSizeIs("C")] uint8 B[]')),
      'MOF6104 B',
    ],
    [
      'a count of another name',
      fan(A, item(2, '[WmiSizeIs("A")] uint8 B[]')),
      fan(item(1, 'uint32 C'), item(2, '[WmiSizeIs("C")] uint8 B[]')),
      'MOF6102 C',
    ],
    [
      'read is lost',
      fan(item(1, 'uint32 A', 'read, write')),
      fan(item(1, 'uint32 A', 'write')),
      'MOF6106 A',
    ],
    ['write is lost', fan(item(1, 'uint32 A', 'read, write')), fan(A), 'MOF6106 A'],
    ['one for the other', fan(item(1, 'uint32 A', 'write')), fan(A), 'MOF6106 A'],
    ['write is gained', fan(A), fan(item(1, 'uint32 A', 'read, write'))],
    ['read is gained', fan(item(1, 'uint32 A', 'write')), fan(item(1, 'uint32 A', 'read, write'))],
    [
      'access of an event',
      block('Fan : WMIEvent', item(1, 'uint32 A', 'read, write')),
      block('Fan : WMIEvent', A),
    ],
    ['another default', fan(item(1, 'uint32 A = 1')), fan(item(1, 'uint32 A = 2'))],
    ['a range', fan(A), fan(item(1, '[MinValue(1), MaxValue(2)] uint32 A'))],
  ]);
});

describe('added items', () => {
  const settable = item(1, 'uint32 A', 'read, write');
  cases([
    ['at the end', fan(A), AB, 'MOF6107 B'],
    [
      'at the end of an event',
      block('Fan : WMIEvent', A),
      block('Fan : WMIEvent', A + B),
      'MOF6107 B',
    ],
    ['at the end of what consumers set', fan(settable), fan(settable, B), 'MOF6108 B'],
    [
      'that may be set, at the end of a read-only block',
      fan(A),
      fan(A, item(2, 'uint16 B', 'read, write')),
      'MOF6107 B',
    ],
    ['after a string', fan(item(1, 'string A')), fan(item(1, 'string A'), B), 'MOF6107 B'],
    [
      'before others',
      fan(A, item(5, 'uint16 B')),
      fan(A, item(2, 'uint8 C'), item(5, 'uint16 B')),
      'MOF6105 C',
    ],
    [
      'before others whose place varies',
      fan(item(1, 'string A'), item(5, 'uint16 B')),
      fan(item(1, 'string A'), item(2, 'uint8 C'), item(5, 'uint16 B')),
      'MOF6105 C',
    ],
    [
      'that may be set, where padding of what consumers set was',
      fan(item(1, 'uint8 A', 'read, write'), item(5, 'uint32 B')),
      fan(item(1, 'uint8 A', 'read, write'), item(2, 'uint8 C', 'write'), item(5, 'uint32 B')),
      'MOF6108 C',
    ],
    [
      'that is read-only, in the padding of a block that consumers set',
      fan(item(1, 'uint8 A', 'read, write'), item(5, 'uint32 B')),
      fan(item(1, 'uint8 A', 'read, write'), item(2, 'uint8 C'), item(5, 'uint32 B')),
      'MOF6107 C',
    ],
    [
      'where padding was',
      fan(item(1, 'uint8 A'), item(5, 'uint32 B')),
      fan(item(1, 'uint8 A'), item(2, 'uint8 C'), item(5, 'uint32 B')),
      'MOF6107 C',
    ],
  ]);
});

describe('embedded classes', () => {
  const one = structure('Inner', item(1, 'uint32 X'));
  const two = structure('Inner', item(1, 'uint32 X'), item(2, 'uint32 Y'));
  const last = fan(A, item(2, 'Inner I'));
  const followed = fan(item(1, 'Inner I'), item(2, 'uint32 A'));
  cases([
    ['another type in it', one + last, structure('Inner', item(1, 'uint16 X')) + last, 'MOF6104 X'],
    ['another name of it', one + last, `${one}${last}`.replaceAll('Inner', 'Other')],
    [
      'other ids in the same order',
      two + last,
      structure('Inner', item(3, 'uint32 X'), item(7, 'uint32 Y')) + last,
    ],
    [
      'another order',
      two + last,
      structure('Inner', item(2, 'uint32 X'), item(1, 'uint32 Y')) + last,
      'MOF6105 Y',
    ],
    [
      'another order where places vary',
      structure('Inner', item(1, 'string S'), item(2, 'uint8 X'), item(3, 'uint8 Y')) + last,
      structure('Inner', item(1, 'string S'), item(3, 'uint8 X'), item(2, 'uint8 Y')) + last,
      'MOF6105 Y',
    ],
    ['other access in it', two + last, two.replace('read', 'write') + last],
    ['one item more, at the end of all', one + last, two + last, 'MOF6107 Y'],
    ['one item more, where others follow', one + followed, two + followed, 'MOF6105 Y'],
    [
      'one item more, in an array',
      one + fan(item(1, 'Inner I[2]')),
      two + fan(item(1, 'Inner I[2]')),
      'MOF6105 Y',
    ],
    [
      'one item more, at the end of one block and inside of another',
      one + last + block('Pump', item(1, 'Inner I') + B, 2),
      two + last + block('Pump', item(1, 'Inner I') + B, 2),
      'MOF6105 Y',
    ],
    [
      'one item more, in its padding at the end',
      structure('Inner', item(1, 'uint32 X'), item(2, 'uint8 Y')) + followed,
      structure('Inner', item(1, 'uint32 X'), item(2, 'uint8 Y'), item(3, 'uint8 Z')) + followed,
      'MOF6107 Z',
    ],
    [
      'one item more, where the next item leaves room',
      one + fan(item(1, 'Inner I'), item(2, 'uint64 B')),
      two + fan(item(1, 'Inner I'), item(2, 'uint64 B')),
      'MOF6107 Y',
    ],
    [
      'one item more, at the end of what consumers set',
      one + fan(item(1, 'Inner I', 'read, write')),
      two + fan(item(1, 'Inner I', 'read, write')),
      'MOF6108 Y',
    ],
    [
      'one item more that aligns all of it anew',
      structure('Inner', item(1, 'uint8 X')) + fan(item(1, 'uint8 A'), item(2, 'Inner I')),
      structure('Inner', item(1, 'uint8 X'), item(2, 'uint64 Y')) +
        fan(item(1, 'uint8 A'), item(2, 'Inner I')),
      'MOF6105 Y',
    ],
    [
      'one item more that aligns all of it anew, after a string',
      structure('Inner', item(1, 'uint8 X')) + fan(item(1, 'string S'), item(2, 'Inner I')),
      structure('Inner', item(1, 'uint8 X'), item(2, 'uint64 Y')) +
        fan(item(1, 'string S'), item(2, 'Inner I')),
      'MOF6105 Y',
    ],
    [
      'in a class that it embeds',
      one + structure('Outer', item(1, 'Inner I')) + fan(item(1, 'Outer O')),
      structure('Inner', item(1, 'sint32 X')) +
        structure('Outer', item(1, 'Inner I')) +
        fan(item(1, 'Outer O')),
      'MOF6104 X',
    ],
    [
      'in a parameter',
      one + fan(method(1, 'void M([in] Inner I)')),
      two + fan(method(1, 'void M([in] Inner I)')),
      'MOF6105 Y',
    ],
    ['one that no block embeds', one + AB, two + AB],
  ]);

  test('a change is reported once, with the blocks that embed its class', () => {
    const names = ['Fan', 'Pump', 'Valve'] as const;
    const blocks = names.map((name, index) =>
      block(name, item(1, 'Inner I[2]'), (index + 1) as Guid),
    );
    const messages = found(two + blocks.join(''), one + blocks.join('')).map(
      ({ message }) => message,
    );
    expect(messages).toEqual([
      `the new item 'Y' makes 'Inner' larger (8 bytes instead of 4) inside other data (embedded in 'Fan', 'Pump' and 'Valve')`,
    ]);
  });
});

test('classes may be embedded at any depth', () => {
  const depth = 5000;
  const deep = (type: string) => {
    const classes = [structure('S0', item(1, `${type} X`))];
    while (classes.length < depth) {
      classes.push(structure(`S${classes.length}`, item(1, `S${classes.length - 1} X`)));
    }
    return classes.join('') + fan(item(1, `S${depth - 1} X`));
  };
  expect(lines(deep('sint32'), deep('uint32'))).toEqual(['MOF6104 X']);
});

describe('methods', () => {
  const reset = method(1, 'void Reset([in] uint32 Delay, [out] uint16 Status)');
  const given = fan(A, reset);
  const with1 = (declaration: string) => fan(A, method(1, declaration));
  cases([
    ['a new method', fan(A), given],
    ['a method that is gone', given, fan(A), 'MOF6201 Fan'],
    [
      'a method that is no longer Implemented',
      given,
      given.replace(/Implemented, |, Implemented/, ''),
      'MOF6201 Reset',
    ],
    [
      'a method without its id',
      given,
      fan(A, reset.replace(', WmiMethodId(1)', '')),
      'MOF6201 Fan',
    ],
    [
      'another name',
      given,
      with1('void Restart([in] uint32 Delay, [out] uint16 Status)'),
      'MOF6202 Restart',
    ],
    ['another name and signature', given, with1('void Restart()'), 'MOF6201 Fan'],
    ['another id', given, fan(A, reset.replace('(1)', '(2)')), 'MOF6203 WmiMethodId(2)'],
    [
      'another type',
      given,
      with1('void Reset([in] sint32 Delay, [out] uint16 Status)'),
      'MOF6204 Delay',
    ],
    [
      'another direction',
      given,
      with1('void Reset([in, out] uint32 Delay, [out] uint16 Status)'),
      'MOF6204 Delay',
    ],
    [
      'another name of a parameter',
      given,
      with1('void Reset([in] uint32 After, [out] uint16 Status)'),
      'MOF6102 After',
    ],
    [
      'one parameter more',
      given,
      with1('void Reset([in] uint32 Delay, [out] uint16 Status, [out] uint8 X)'),
      'MOF6204 X',
    ],
    ['one parameter less', given, with1('void Reset([in] uint32 Delay)'), 'MOF6204 Reset'],
    [
      'another order',
      with1('void Swap([in] uint32 X, [in] uint32 Y)'),
      with1('void Swap([in] uint32 Y, [in] uint32 X)'),
      'MOF6204 Y',
    ],
    [
      'a parameter of both directions, reported once',
      with1('void Both([in, out] uint32 X)'),
      with1('void Both([in, out] uint16 X)'),
      'MOF6204 X',
    ],
    ['a result', with1('void Get()'), with1('uint32 Get()'), 'MOF6204 uint32'],
  ]);
});

describe('what numbers mean', () => {
  const values = (list: string, access = 'read') => fan(item(1, `[${list}] uint32 A`, access));
  cases([
    ['another wording', values('Values{"Off", "On"}'), values('Values{"Idle", "Running"}')],
    ['a further value', values('Values{"Off", "On"}'), values('Values{"Off", "On", "Failed"}')],
    [
      'a value between',
      values('Values{"Off", "On"}'),
      values('Values{"Off", "Slow", "On"}'),
      'MOF6109 A',
    ],
    [
      'another map',
      values('ValueMap{"1"}, Values{"On"}'),
      values('ValueMap{"2"}, Values{"On"}'),
      'MOF6109 A',
    ],
    [
      'another spelling of a map',
      values('ValueMap{"16"}, Values{"On"}'),
      values('ValueMap{"0x10"}, Values{"On"}'),
    ],
    [
      'another bit',
      values('BitMap{"0"}, BitValues{"Up"}'),
      values('BitMap{"1"}, BitValues{"Up"}'),
      'MOF6109 A',
    ],
    ['a value less of a read-only item', values('Values{"Off", "On"}'), values('Values{"Off"}')],
    [
      'a value less that consumers send',
      values('Values{"Off", "On"}', 'read, write'),
      values('Values{"Off"}', 'read, write'),
      'MOF6109 A',
    ],
    [
      'names are lost',
      values('Values{"Off", "On"}', 'read, write'),
      values('Description("x")', 'read, write'),
    ],
    ['another unit', values('Units("ms")'), values('Units("s")'), 'MOF6109 A'],
    ['a unit at last', fan(A), values('Units("ms")')],
    ['another case of a unit', values('Units("MB / s")'), values('Units("mb/s")')],
  ]);
});

describe('several texts', () => {
  const model = (text: string) => modelOf(text);

  test('a class may move to another text', () => {
    const pump = block('Pump', A, 2);
    expect(
      breakingChanges([
        { now: model(AB), before: model(AB + pump) },
        { now: model(pump), before: undefined },
      ]),
    ).toEqual([]);
  });

  test('each block of a deleted text is a finding', () => {
    const [gone] = breakingChanges([
      { now: model(AB), before: model(AB) },
      { now: undefined, before: model(block('Pump', A, 2)) },
    ]);
    expect(gone).toMatchObject({ code: 'MOF6001', location: undefined });
  });

  test('of two texts with one GUID each is compared with its own', () => {
    const other = fan(item(1, 'string Name'));
    const same = [
      { now: model(AB), before: model(AB) },
      { now: model(other), before: model(other) },
    ];
    expect(breakingChanges(same)).toEqual([]);
  });

  test('a class that several texts include is reported once', () => {
    const [now, before] = [model(fan(A)), model(AB)];
    expect(
      breakingChanges([
        { now, before },
        { now, before },
      ]),
    ).toHaveLength(1);
  });
});

test('each finding shows the old place', () => {
  const [first] = found(fan(A, item(2, 'uint64 B')), AB);
  expect(first && shown(first)).toEqual({
    code: 'MOF6104',
    at: 'B',
    related: ['B'],
    message: `'B' of 'Fan' is uint64 instead of uint16`,
    help: 'keep the old block, and declare a new class with its own guid',
  });
  expect(first?.related.map(({ message }) => message)).toEqual(['in the old text it is uint16']);
});
