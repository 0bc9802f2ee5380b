// Methods in the model: ids, directions, wire numbers, and the layout of input and output.
import { expect, test } from 'vitest';
import { type Method } from '../../src/model/model.js';
import { block, blockNamed, itemLine, items, modelOf, structure } from './resolve-text.js';

function methodsOf(body: string, before = ''): readonly Method[] {
  return blockNamed(modelOf(before + block('C', body)), 'C').methods;
}

const rows: readonly {
  readonly rule: string;
  readonly method: string;
  readonly parameters: readonly (readonly [number, string, string])[];
  readonly input: readonly string[];
  readonly output: readonly string[];
}[] = [
  {
    rule: 'input and output are records of their own and share one numbering',
    method: 'void F([in] uint8 A, [out] uint8 B, [in] uint32 C, [out] uint64 D)',
    parameters: [
      [1, 'A', 'in'],
      [2, 'B', 'out'],
      [3, 'C', 'in'],
      [4, 'D', 'out'],
    ],
    input: ['1 A uint8 @0 +1 fixed', '3 C uint32 @4 +4 fixed'],
    output: ['2 B uint8 @0 +1 fixed', '4 D uint64 @8 +8 fixed'],
  },
  {
    rule: 'both qualifiers, or none, put a parameter into both records',
    method: 'void F([in, out] uint8 A, uint16 B, [in(FALSE), out] uint8 C)',
    parameters: [
      [1, 'A', 'in-out'],
      [2, 'B', 'in-out'],
      [3, 'C', 'out'],
    ],
    input: ['1 A uint8 @0 +1 fixed', '2 B uint16 @2 +2 fixed'],
    output: ['1 A uint8 @0 +1 fixed', '2 B uint16 @2 +2 fixed', '3 C uint8 @4 +1 fixed'],
  },
  {
    rule: 'ID gives the order',
    method: 'void F([in, ID(2)] uint8 A, [in, id(0)] uint16 B, [out, Id(1)] uint8 C)',
    parameters: [
      [1, 'B', 'in'],
      [2, 'C', 'out'],
      [3, 'A', 'in'],
    ],
    input: ['1 B uint16 @0 +2 fixed', '3 A uint8 @2 +1 fixed'],
    output: ['2 C uint8 @0 +1 fixed'],
  },
  {
    rule: 'IDs that give no order leave that of the text',
    method: 'void F([in, ID(1)] uint8 A, [in, id(1)] uint16 B)',
    parameters: [
      [1, 'A', 'in'],
      [2, 'B', 'in'],
    ],
    input: ['1 A uint8 @0 +1 fixed', '2 B uint16 @2 +2 fixed'],
    output: [],
  },
  {
    rule: 'a return value comes after the outputs',
    method: 'uint32 F([in] uint8 A, [out] uint8 B)',
    parameters: [
      [1, 'A', 'in'],
      [2, 'B', 'out'],
      [3, 'ReturnValue', 'out'],
    ],
    input: ['1 A uint8 @0 +1 fixed'],
    output: ['2 B uint8 @0 +1 fixed', '3 ReturnValue uint32 @4 +4 fixed'],
  },
  { rule: 'no parameters', method: 'void F()', parameters: [], input: [], output: [] },
  {
    rule: 'WmiSizeIs, MaxLen and embedded classes',
    method:
      'void F([in] uint32 N, [in, MaxLen(2)] string S, [in, WmiSizeIs("n")] Pair P[], [out] Pair Q)',
    parameters: [
      [1, 'N', 'in'],
      [2, 'S', 'in'],
      [3, 'P', 'in'],
      [4, 'Q', 'out'],
    ],
    input: ['1 N uint32 @0 +4 fixed', '2 S string(2) @4 +6 bounded', '3 P Pair[N] @12 +? variable'],
    output: ['4 Q Pair @0 +8 fixed'],
  },
  {
    rule: 'an output array sized by an input fills the rest',
    method: 'void F([in] uint32 N, [out, WmiSizeIs("N")] uint8 A[])',
    parameters: [
      [1, 'N', 'in'],
      [2, 'A', 'out'],
    ],
    input: ['1 N uint32 @0 +4 fixed'],
    output: ['2 A uint8[rest] @0 +? variable'],
  },
];

test.each(rows)('$rule', ({ method, parameters, input, output }) => {
  const pair = structure('Pair', items('uint32 A', 'uint8 B'));
  const [built] = methodsOf(`[WmiMethodId(1)] ${method};`, pair);
  expect(built?.parameters.map(({ id, name, direction }) => [id, name, direction])).toEqual(
    parameters,
  );
  expect(built?.input.items.map(itemLine)).toEqual(input);
  expect(built?.output.items.map(itemLine)).toEqual(output);
});

test('methods come in WmiMethodId order with their literal ids and texts', () => {
  const methods = methodsOf(
    '[WmiMethodId(30), Description("last")] void Z(); [WmiMethodId(0x0A)] void A();',
  );
  expect(methods.map(({ id, name, description }) => [id, name, description])).toEqual([
    [10, 'A', undefined],
    [30, 'Z', 'last'],
  ]);
});

test('parameters can be read and written, and have texts and values', () => {
  const [method] = methodsOf(
    '[WmiMethodId(1)] void F([in, Description("what"), Values{"a"}] uint8 A);',
  );
  const [item] = method?.input.items ?? [];
  expect(item?.access).toBe('read-write');
  expect(item?.documentation.description).toBe('what');
  expect(item?.documentation.values).toEqual([{ label: 'a', text: '0', value: 0n }]);
});

test('only the return value is one', () => {
  const [method] = methodsOf('[WmiMethodId(1)] uint32 F([out] uint8 A);');
  expect(method?.parameters.map((each) => each.isReturnValue)).toEqual([false, true]);
});

test('of the qualifiers of a method, those on values describe its return value', () => {
  const [method] = methodsOf(
    '[WmiMethodId(1), Description("the method"), HeaderName("X"), Values{"a"}, MaxLen(4)] string F();',
  );
  const [item] = method?.output.items ?? [];
  expect(item?.documentation.description).toBeUndefined();
  expect(item?.documentation.values.map((each) => each.label)).toEqual(['a']);
  expect(item?.type).toEqual({ kind: 'string', maxLength: 4 });
  expect(item?.qualifiers.has('HeaderName')).toBe(false);
});

test('methods are inherited, and replaced under the same id', () => {
  const text =
    block('Base', '[WmiMethodId(1) : ToSubclass] void F(); [WmiMethodId(2)] void G();') +
    block('C : Base', '[WmiMethodId(2)] void g([in] uint8 A); [WmiMethodId(3)] void H();');
  expect(blockNamed(modelOf(text), 'C').methods.map(({ id, name }) => [id, name])).toEqual([
    [1, 'F'],
    [2, 'g'],
    [3, 'H'],
  ]);
});

test('structures and events have no methods', () => {
  const model = modelOf(
    `${block('E : WMIEvent', `${items('uint8 A')} [WmiMethodId(1)] void F();`)}
     [WMI, abstract] class S { ${items('uint8 A')} [WmiMethodId(1)] void F(); };`,
  );
  expect(model.blocks.map(({ name, methods }) => [name, methods.length])).toEqual([
    ['E', 0],
    ['S', 0],
  ]);
});
