// Layouts: given declarations, wanted offsets, sizes and record layouts.
import { expect, test } from 'vitest';
import {
  block,
  blockNamed,
  itemLine,
  items,
  modelOf,
  resolveText,
  structure,
} from './resolve-text.js';

interface Row {
  readonly rule: string;
  readonly structures?: string;
  readonly items: readonly string[];
  readonly want: readonly string[];
  /** kind, alignment, size, padded size, least size */
  readonly record: readonly [string, number, number | undefined, number | undefined, number];
}

// sizeof 12 with 3 bytes of tail padding.
const pair = structure('Pair', items('uint32 A', 'uint32 B', 'uint8 C'));
// A slot of 2 + 2 * 3 bytes after a count.
const named = structure('Named', items('uint32 Id', '[MaxLen(3)] string Name', 'uint8 Kind'));
const open = structure('Open', items('uint8 Id', 'string Name'));

const rows: readonly Row[] = [
  {
    rule: 'every scalar aligns to its size',
    items: [
      'boolean A',
      'sint16 B',
      'uint8 C',
      'sint32 D',
      'sint8 E',
      'uint64 F',
      'char16 G',
      'datetime H',
      'uint16 I',
      'uint32 J',
      'sint64 K',
    ],
    want: [
      '1 A boolean @0 +1 fixed',
      '2 B sint16 @2 +2 fixed',
      '3 C uint8 @4 +1 fixed',
      '4 D sint32 @8 +4 fixed',
      '5 E sint8 @12 +1 fixed',
      '6 F uint64 @16 +8 fixed',
      '7 G char16 @24 +2 fixed',
      '8 H datetime @26 +50 fixed',
      '9 I uint16 @76 +2 fixed',
      '10 J uint32 @80 +4 fixed',
      '11 K sint64 @88 +8 fixed',
    ],
    record: ['fixed', 8, 96, 96, 96],
  },
  {
    rule: 'a fixed array aligns to its element, and the size leaves tail padding out',
    items: ['uint8 A[3]', 'uint32 B[2]', 'uint8 C'],
    want: ['1 A uint8[3] @0 +3 fixed', '2 B uint32[2] @4 +8 fixed', '3 C uint8 @12 +1 fixed'],
    record: ['fixed', 4, 13, 16, 13],
  },
  {
    rule: 'an embedded class takes its sizeof and aligns to its largest member, also as the last item',
    structures: pair,
    items: ['uint8 A', 'Pair B', 'uint8 C', 'Pair D'],
    want: [
      '1 A uint8 @0 +1 fixed',
      '2 B Pair @4 +12 fixed',
      '3 C uint8 @16 +1 fixed',
      '4 D Pair @20 +12 fixed',
    ],
    record: ['fixed', 4, 32, 32, 32],
  },
  {
    rule: 'array elements of an embedded class are padded',
    structures: pair,
    items: ['Pair A[3]', 'uint8 B'],
    want: ['1 A Pair[3] @0 +36 fixed', '2 B uint8 @36 +1 fixed'],
    record: ['fixed', 4, 37, 40, 37],
  },
  {
    rule: 'Max gives an array without a length its length',
    items: ['[Max(6)] uint8 A[]', 'uint16 B'],
    want: ['1 A uint8[6] @0 +6 fixed', '2 B uint16 @6 +2 fixed'],
    record: ['fixed', 2, 8, 8, 8],
  },
  {
    rule: 'a string has no size, and what follows has no offset',
    items: ['uint8 A', 'string B', 'uint32 C'],
    want: ['1 A uint8 @0 +1 fixed', '2 B string @2 +? variable', '3 C uint32 @? +4 fixed'],
    record: ['variable', 4, undefined, undefined, 8],
  },
  {
    rule: 'a string with MaxLen has a slot of 2(n + 1) bytes, of which 2 must be there',
    items: ['uint8 A', '[MaxLen(4)] string B', 'uint32 C'],
    want: ['1 A uint8 @0 +1 fixed', '2 B string(4) @2 +10 bounded', '3 C uint32 @12 +4 fixed'],
    record: ['bounded', 4, 16, 16, 8],
  },
  {
    rule: 'MaxLen(0) is no limit',
    items: ['[MaxLen(0)] string A'],
    want: ['1 A string @0 +? variable'],
    record: ['variable', 2, undefined, undefined, 2],
  },
  {
    rule: 'the longest MaxLen is 32766',
    items: ['[MaxLen(32766)] string A'],
    want: ['1 A string(32766) @0 +65534 bounded'],
    record: ['bounded', 2, 65534, 65534, 2],
  },
  {
    rule: 'an array sized by another item may be empty, even without the padding before it',
    items: ['uint8 N', '[WmiSizeIs("n")] uint64 A[]'],
    want: ['1 N uint8 @0 +1 fixed', '2 A uint64[N] @8 +? variable'],
    record: ['variable', 8, undefined, undefined, 1],
  },
  {
    rule: 'an array without a length takes the rest',
    items: ['uint16 A', 'uint32 B[]'],
    want: ['1 A uint16 @0 +2 fixed', '2 B uint32[rest] @4 +? variable'],
    record: ['variable', 4, undefined, undefined, 2],
  },
  {
    rule: 'fixed arrays of strings follow their element',
    items: ['[MaxLen(3)] string A[2]', 'string B[3]'],
    want: ['1 A string(3)[2] @0 +16 bounded', '2 B string[3] @16 +? variable'],
    record: ['variable', 2, undefined, undefined, 10],
  },
  {
    rule: 'a bounded class keeps its C offsets; readers align after it, but its padding may be missing at the end',
    structures: named,
    items: ['uint8 A', 'Named B'],
    want: ['1 A uint8 @0 +1 fixed', '2 B Named @4 +16 bounded'],
    record: ['bounded', 4, 20, 20, 11],
  },
  {
    rule: 'elements of a bounded class start aligned',
    structures: named,
    items: ['Named A[2]', 'uint8 B'],
    want: ['1 A Named[2] @0 +32 bounded', '2 B uint8 @32 +1 fixed'],
    record: ['bounded', 4, 33, 36, 17],
  },
  {
    rule: 'a class of varying length has no padding after it',
    structures: open,
    items: ['Open A', 'uint8 B'],
    want: ['1 A Open @0 +? variable', '2 B uint8 @? +1 fixed'],
    record: ['variable', 2, undefined, undefined, 5],
  },
  {
    rule: 'a block without items is fixed and empty',
    items: [],
    want: [],
    record: ['fixed', 1, 0, 0, 0],
  },
];

test.each(rows)('$rule', ({ structures = '', items: declarations, want, record }) => {
  const model = modelOf(structures + block('Data', items(...declarations)));
  const data = blockNamed(model, 'Data').data;
  expect(data.items.map(itemLine)).toEqual(want);
  const { kind, alignment, size, paddedSize, minimumSize } = data.layout;
  expect([kind, alignment, size, paddedSize, minimumSize]).toEqual(record);
});

test('elementSize is one element as written, known also where the count is not', () => {
  const text =
    pair +
    named +
    block(
      'Data',
      items('uint16 N', 'Pair A[2]', 'Named B', '[WmiSizeIs("N")] Pair C[]', 'string D'),
    );
  const { data } = blockNamed(modelOf(text), 'Data');
  expect(data.items.map((item) => item.layout.elementSize)).toEqual([2, 12, 16, 12, undefined]);
});

test.each([
  {
    rule: 'fixed data block: the end of its last item',
    text: block('Data', items('uint32 A', 'uint8 B')),
    want: 5,
  },
  {
    rule: 'bounded data block: 0',
    text: block('Data', items('uint32 A', '[MaxLen(2)] string B')),
    want: 0,
  },
  { rule: 'variable data block: 0', text: block('Data', items('uint32 A', 'string B')), want: 0 },
  { rule: 'method-only data block: 0', text: block('Data', ''), want: 0 },
  { rule: 'event: 0', text: block('Data : WMIEvent', items('uint32 A')), want: 0 },
  { rule: 'structure: 0', text: structure('Data', items('uint32 A')), want: 0 },
])('minInstanceBufferSize of a $rule', ({ text, want }) => {
  expect(blockNamed(modelOf(text), 'Data').minInstanceBufferSize).toBe(want);
});

test('the largest data whose size fits a ULONG is accepted', () => {
  const { data } = blockNamed(modelOf(block('Data', items('uint8 A[0xFFFFFFFF]'))), 'Data');
  expect(data.layout.size).toBe(0xff_ff_ff_ff);
});

test('twenty thousand nested classes and a deep hierarchy do not overflow the stack', () => {
  const depth = 20_000;
  const chain = Array.from({ length: depth }, (_, index) =>
    structure(`S${index}`, items(index === 0 ? 'uint8 A' : `S${index - 1} A`)),
  ).toReversed();
  const model = modelOf(chain.join(''));
  expect(blockNamed(model, `S${depth - 1}`).data.layout.size).toBe(1);
  const derived = Array.from({ length: depth }, (_, index) =>
    index === 0 ? 'class C0 {};' : `class C${index} : C${index - 1} {};`,
  ).toReversed();
  const { value, diagnostics } = resolveText(derived.join('\n'));
  expect(value.classes).toHaveLength(depth);
  expect(diagnostics.map(({ code }) => code)).toEqual(['MOF2016']);
});
