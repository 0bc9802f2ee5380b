// Classes and data items in the model: roles, GUIDs, order, access, inheritance, texts and value maps.
import { expect, test } from 'vitest';
import { resolve } from '../../src/model/resolve.js';
import {
  block,
  blockNamed,
  inheritable,
  itemLine,
  items,
  modelOf,
  newGuid,
  resolveText,
  structure,
  unitOf,
} from './resolve-text.js';

const GUID = '{ABCDEF01-2345-6789-abcd-EF0123456789}';
const bare = 'abcdef01-2345-6789-abcd-ef0123456789';
const body = '{ [key, read] string InstanceName; [WmiDataId(1)] uint8 A; }';
const noName = '{ [WmiDataId(1)] uint8 A; }';

test.each([
  {
    rule: 'Dynamic with a guid',
    text: `[WMI, Dynamic, guid("${GUID}")] class C ${noName};`,
    want: 'dataBlock',
  },
  {
    rule: 'InstanceName with a guid',
    text: `[WMI, guid("${GUID}")] class C ${body};`,
    want: 'dataBlock',
  },
  {
    rule: 'an inherited InstanceName with a guid',
    text: `class B { string INSTANCENAME; }; [WMI, guid("${GUID}")] class C : B ${noName};`,
    want: 'dataBlock',
  },
  {
    rule: 'neither Dynamic nor InstanceName',
    text: `[WMI, guid("${GUID}")] class C ${noName};`,
    want: 'structure',
  },
  { rule: 'InstanceName without a guid', text: `[WMI] class C ${body};`, want: 'structure' },
  {
    rule: 'Abstract',
    text: `[WMI, Dynamic, abstract, guid("${GUID}")] class C ${body};`,
    want: 'structure',
  },
  {
    rule: 'Abstract(FALSE)',
    text: `[WMI, Dynamic, abstract(FALSE), guid("${GUID}")] class C ${body};`,
    want: 'dataBlock',
  },
  { rule: 'Static', text: `[WMI, Static, guid("${GUID}")] class C ${body};`, want: 'structure' },
  {
    rule: 'derived from WMIEvent',
    text: `[WMI, Dynamic, guid("${GUID}")] class C : wmievent ${body};`,
    want: 'event',
  },
  {
    rule: 'derived from __ExtrinsicEvent',
    text: `[WMI, guid("${GUID}")] class C : __ExtrinsicEvent ${body};`,
    want: 'event',
  },
  {
    rule: 'derived from WMIEvent indirectly',
    text: `[WMI, guid("${GUID}")] class C : B ${body}; class A : WMIEvent { }; class B : A { };`,
    want: 'event',
  },
  {
    rule: 'derived from EventTrace',
    text: `[WMI, Dynamic, guid("${GUID}")] class C : EventTrace ${body};`,
    want: 'dataBlock',
  },
  {
    rule: 'no WMI, but embedded by a WMI class',
    text: `class C ${noName}; ${block('D', items('C X'))}`,
    want: 'structure',
  },
  {
    rule: 'no WMI, but a parameter of a WMI class',
    text: `class C ${noName}; ${block('D', '[WmiMethodId(1)] void F([in] C X);')}`,
    want: 'structure',
  },
  { rule: 'no WMI', text: `[Dynamic, guid("${GUID}")] class C ${noName};`, want: undefined },
  {
    rule: 'WMI(FALSE)',
    text: `[WMI(FALSE), Dynamic, guid("${GUID}")] class C ${noName};`,
    want: undefined,
  },
  { rule: 'a structure without items', text: `[WMI, abstract] class C { };`, want: undefined },
  {
    rule: 'a data block without items',
    text: `[WMI, Dynamic, guid("${GUID}")] class C { };`,
    want: 'dataBlock',
  },
])('role: $rule -> $want', ({ text, want }) => {
  const model = modelOf(text);
  expect(model.blocks.find((each) => each.name === 'C')?.role).toBe(want);
  expect(model.classes.map((each) => each.name)).toContain('C');
});

test('WMIEvent declared again is no block, even with WMI, and no class of the file', () => {
  const model = modelOf('[WMI, abstract] class WMIEvent : __ExtrinsicEvent { };');
  expect(model).toEqual({ classes: [], blocks: [], errors: [] });
});

test.each([GUID, GUID.slice(1, -1), GUID.toUpperCase(), `{${bare}}`])('guid %s', (written) => {
  const model = modelOf(`[WMI, Dynamic, Guid("${written}")] class C { };`);
  expect(blockNamed(model, 'C').guid).toBe(bare);
});

test('classes and blocks keep the order of the text, included ones at the place of the include', () => {
  const model = modelOf(
    block('Second', items('First A')),
    structure('First', items('uint8 A')),
    'class Third { };',
  );
  expect(model.classes.map((each) => each.name)).toEqual(['Second', 'First', 'Third']);
  expect(model.blocks.map((each) => each.name)).toEqual(['Second', 'First']);
});

test('the properties of a class itself', () => {
  const model = modelOf(
    block('A', '', ', Description("what"), DisplayName("title"), WmiExpense(1)'),
  );
  const { description, displayName, expensive, class: declared } = blockNamed(model, 'A');
  expect({ description, displayName, expensive }).toEqual({
    description: 'what',
    displayName: 'title',
    // WmiExpense is a number for clients (test/cli/class-choice.test.ts).
    expensive: false,
  });
  expect(declared).toBe(model.classes[0]);
});

test('items come in WmiDataId order, whatever the order of the text, with their literal ids', () => {
  const model = modelOf(
    block('C', '[WmiDataId(7)] uint8 Z; [WmiDataId(3)] uint32 A; [wmidataid(0x5)] uint16 M;'),
  );
  expect(blockNamed(model, 'C').data.items.map(itemLine)).toEqual([
    '3 A uint32 @0 +4 fixed',
    '5 M uint16 @4 +2 fixed',
    '7 Z uint8 @6 +1 fixed',
  ]);
});

test('inherited items come first and name the class they are from', () => {
  const model = modelOf(
    block('C : B', '[WmiDataId(5)] uint8 E; [WmiDataId(4)] uint8 D;') +
      `[WMI, abstract] class B : A { [WmiDataId(3) : ToSubclass] uint8 C; };
       class A { string InstanceName; [WmiDataId(2) : ToSubclass] uint8 B; [WmiDataId(1) : ToSubclass] uint8 A; };`,
  );
  const { items: data } = blockNamed(model, 'C').data;
  expect(data.map(({ id, name, inheritedFrom }) => [id, name, inheritedFrom])).toEqual([
    [1, 'A', 'A'],
    [2, 'B', 'A'],
    [3, 'C', 'B'],
    [4, 'D', undefined],
    [5, 'E', undefined],
  ]);
});

test('an item declared again under its id replaces the inherited one in its place', () => {
  const model = modelOf(
    inheritable(block('Base', items('uint8 A', 'uint8 B'))) +
      block('C : Base', '[WmiDataId(1), write] uint8 a; [WmiDataId(3)] uint8 D;'),
  );
  const { items: data } = blockNamed(model, 'C').data;
  expect(data.map(itemLine)).toEqual([
    '1 a uint8 @0 +1 fixed',
    '2 B uint8 @1 +1 fixed',
    '3 D uint8 @2 +1 fixed',
  ]);
  expect(data[0]?.access).toBe('write-only');
  expect(data.map((each) => each.inheritedFrom)).toEqual([undefined, 'Base', undefined]);
});

test.each([
  { qualifiers: 'read', want: 'read-only' },
  { qualifiers: 'read, write', want: 'read-write' },
  { qualifiers: 'write', want: 'write-only' },
  { qualifiers: 'Description("neither")', want: 'read-only' },
  { qualifiers: 'READ(TRUE), Write(true)', want: 'read-write' },
  { qualifiers: 'read(FALSE), write', want: 'write-only' },
  { qualifiers: 'read, write(FALSE)', want: 'read-only' },
  { qualifiers: 'read(FALSE), write(FALSE)', want: 'read-only' },
])('access: [$qualifiers] is $want', ({ qualifiers, want }) => {
  const model = modelOf(block('C', `[WmiDataId(1), ${qualifiers}] uint8 A;`));
  expect(blockNamed(model, 'C').data.items[0]?.access).toBe(want);
});

test.each([
  {
    rule: 'Values are counted from 0 without a map',
    qualifiers: 'Values{"off", "on"}',
    values: [
      ['off', 0n, '0'],
      ['on', 1n, '1'],
    ],
  },
  {
    rule: 'ValueMap may be hexadecimal, negative, a range or text',
    qualifiers: 'Values{"a", "b", "c", "d"}, ValueMap{"0x10", "-1", "16..31", "x"}',
    values: [
      ['a', 16n, '0x10'],
      ['b', -1n, '-1'],
      ['c', undefined, '16..31'],
      ['d', undefined, 'x'],
    ],
  },
  {
    rule: 'ValueMap may hold integers, and a list may be one value',
    qualifiers: 'Values("only"), ValueMap{5}',
    values: [['only', 5n, '5']],
  },
  {
    rule: 'DefineValues replace missing Values',
    qualifiers: 'DefineValues{"X_OFF"}, ValueMap{"3"}',
    values: [['X_OFF', 3n, '3']],
  },
  { rule: 'ValueMap alone names nothing', qualifiers: 'ValueMap{"3"}', values: [] },
  {
    rule: 'entries without a counterpart are dropped',
    qualifiers: 'Values{"a", "b"}, ValueMap{"3"}',
    values: [['a', 3n, '3']],
  },
])('documentation: $rule', ({ qualifiers, values }) => {
  const model = modelOf(block('C', items(`[${qualifiers}] uint8 A`)));
  const { documentation } = blockNamed(model, 'C').data.items[0] ?? {};
  expect(documentation?.values.map(({ label, value, text }) => [label, value, text])).toEqual(
    values,
  );
});

test.each([
  { rule: 'counted from 0', qualifiers: 'BitValues{"a", "b"}', bits: [0n, 1n] },
  { rule: 'bit numbers', qualifiers: 'BitValues{"a", "b"}, BitMap{"4", "8"}', bits: [4n, 8n] },
  {
    rule: 'masks in hexadecimal',
    qualifiers: 'BitValues{"a", "b"}, BitMap{"0x00000001", "0x80000000"}',
    bits: [0n, 31n],
  },
  {
    rule: 'hexadecimal numbers that are no masks',
    qualifiers: 'BitValues{"a", "b"}, BitMap{"0x3", "0x4"}',
    bits: [3n, 4n],
  },
])('BitMap: $rule', ({ qualifiers, bits }) => {
  const model = modelOf(block('C', items(`[${qualifiers}] uint32 A`)));
  const { documentation } = blockNamed(model, 'C').data.items[0] ?? {};
  expect(documentation?.bits.map((each) => each.value)).toEqual(bits);
});

test('texts, units and ranges of an item', () => {
  const model = modelOf(
    block(
      'C',
      items(
        '[Description("what"), DisplayName("title"), Units("ms"), MinValue(-5), MaxValue(0x10)] sint8 A',
        'uint8 B',
      ),
    ),
  );
  const [a, b] = blockNamed(model, 'C').data.items;
  expect(a?.documentation).toEqual({
    description: 'what',
    displayName: 'title',
    units: 'ms',
    minimum: -5n,
    maximum: 16n,
    values: [],
    bits: [],
  });
  expect(b?.documentation.description).toBeUndefined();
});

test('a qualifier with a name in place of its value is ignored', () => {
  const model = modelOf(
    block('C', items('[Description(TEXT), Values{"a", NAME}, ValueMap{"1", "2"}] uint8 A')),
  );
  const [a] = blockNamed(model, 'C').data.items;
  expect(a?.documentation).toMatchObject({ description: undefined, values: [] });
  expect(a?.qualifiers.get('Description')).toBeNull();
  expect(
    a?.qualifiers.entries.map(({ placeholders }) => placeholders.map(({ words }) => words)),
  ).toEqual([[], [], ["the name 'TEXT'"], ["the name 'NAME'"], []]);
});

test('qualifiers are found in any case and keep their spelling, values and flavors', () => {
  const model = modelOf(
    `[Desc("a" "b") : amended ToSubClass, Flag, Num(-7), Real(1.5), List{1, TRUE, NULL, "x"}, Off(FALSE)] class C { };`,
  );
  const { qualifiers } = model.classes[0] ?? {};
  expect(qualifiers?.entries.map(({ name, value, flavors }) => [name, value, flavors])).toEqual([
    ['Desc', 'ab', ['amended', 'ToSubClass']],
    ['Flag', true, []],
    ['Num', -7n, []],
    ['Real', 1.5, []],
    ['List', [1n, true, null, 'x'], []],
    ['Off', false, []],
  ]);
  expect(qualifiers?.get('NUM')).toBe(-7n);
  expect(qualifiers?.has('num')).toBe(true);
  expect(qualifiers?.get('missing')).toBeUndefined();
  expect(qualifiers?.has('missing')).toBe(false);
});

test('classes outside of WMI keep their properties and methods as declared', () => {
  const model = modelOf(
    `class C : D { C ref Other; real32 R[]; uint32 F([in] uint8 A, [out] real64 B); void G(); }; class D { };`,
  );
  const [first] = model.classes;
  expect(first?.superclass).toBe('D');
  expect(first?.properties.map((each) => each.name)).toEqual(['Other', 'R']);
  expect(first?.methods.map(({ name, parameterCount }) => [name, parameterCount])).toEqual([
    ['F', 2],
    ['G', 0],
  ]);
});

test('an embedded class is the block of that class itself', () => {
  const model = modelOf(structure('S', items('uint8 A')) + block('C', items('s X')));
  const type = blockNamed(model, 'C').data.items[0]?.type;
  expect(type?.kind === 'structure' && type.structure).toBe(blockNamed(model, 'S'));
});

test('WmiSizeIs names the item as it is declared', () => {
  const model = modelOf(block('C', items('uint32 LUNCount', '[WmiSizeIs("LunCount")] uint8 A[]')));
  expect(blockNamed(model, 'C').data.items[1]?.count).toEqual({
    kind: 'sizedBy',
    item: 'LUNCount',
  });
});

test('a faulty class is missing from the blocks, the others are there', () => {
  const { value } = resolveText(block('Bad', items('real32 A')) + block('Good', items('uint8 A')));
  expect(value.blocks.map((each) => each.name)).toEqual(['Good']);
  expect(value.classes.map((each) => each.name)).toEqual(['Bad', 'Good']);
});

test('resolving does not change its input, and gives the same result twice', () => {
  const unit = unitOf(
    `[WMI, Dynamic, guid("${newGuid()}")] class C : S { string InstanceName; [WmiDataId(3)] S X; [WmiMethodId(1)] uint8 F([in] S A); };` +
      structure('S', items('uint8 A', '[MaxLen(3), Values{"a"}] string B')) +
      block('Bad', 'real32 A; [WmiDataId(1)] Gone B;') +
      'instance of C { X = 1; }; class S { };',
  );
  freeze(unit);
  const first = resolve(unit);
  expect(first.diagnostics.length).toBeGreaterThan(2);
  const plain = (value: unknown): string =>
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
  expect(plain(resolve(unit))).toBe(plain(first));
});

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const each of Object.values(value)) freeze(each);
}
