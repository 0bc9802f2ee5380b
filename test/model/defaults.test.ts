// The defaults of items in the model and in the JSON document: declared, inherited, overridden, counted.
import { expect, test } from 'vitest';
import { modelDocument } from '../../src/show/model-document.js';
import { block, blockNamed, items, modelOf, structure } from './resolve-text.js';

/** Name, default in the model, default in the document. */
type Want = readonly [name: string, model: unknown, json: unknown];

test.each<readonly [rule: string, text: string, want: readonly Want[]]>([
  [
    'values of every type',
    block(
      'Data',
      items(
        'uint8 A = 0xFF',
        'sint64 B = -9223372036854775808',
        'boolean C = TRUE',
        "char16 D = 'A'",
        'datetime E = "00000001120032.000000:000"',
        'string F = "a" "b"',
        'uint16 G[3] = {1, 2}',
        'uint64 H[2] = {1, 18446744073709551615}',
        'uint8 I',
        'uint8 J = NULL',
      ),
    ),
    [
      ['A', 255n, 255],
      ['B', -(2n ** 63n), '-9223372036854775808'],
      ['C', true, true],
      ['D', 65n, 65],
      ['E', '00000001120032.000000:000', '00000001120032.000000:000'],
      ['F', 'ab', 'ab'],
      ['G', [1n, 2n], [1, 2]],
      ['H', [1n, 2n ** 64n - 1n], [1, '18446744073709551615']],
      ['I', undefined, undefined],
      ['J', undefined, undefined],
    ],
  ],
  [
    'the nearest inherited default is used, and NULL removes it',
    `[WMI, abstract] class Root { [WmiDataId(1)] uint8 A = 1; [WmiDataId(2)] uint8 B = 2; [WmiDataId(3)] uint8 C = 3; [WmiDataId(4) : ToSubclass] uint8 D = 4; };
     class Middle : Root { [WmiDataId(1)] uint8 a = 11; [WmiDataId(2)] uint8 B = 12; };
     ${block('Data : Middle', '[WmiDataId(1)] uint8 A = 21; [WmiDataId(2)] uint8 B; [WmiDataId(3)] uint8 C = NULL;')}`,
    [
      ['A', 21n, 21],
      ['B', 12n, 12],
      ['C', undefined, undefined],
      ['D', 4n, 4],
    ],
  ],
  [
    'a count starts with the elements of its longest array',
    block(
      'Data',
      items('uint32 N', '[WmiSizeIs("N")] uint8 A[] = {1, 2}', '[WmiSizeIs("N")] string B[]'),
    ),
    [
      ['N', 2n, 2],
      ['A', [1n, 2n], [1, 2]],
      ['B', undefined, undefined],
    ],
  ],
  [
    'a count with another default starts with the number of elements of its arrays',
    block('Data', items('uint32 N = 5', '[WmiSizeIs("N")] uint8 A[]')),
    [
      ['N', undefined, undefined],
      ['A', undefined, undefined],
    ],
  ],
  [
    'a default that does not fit its type is ignored when the error is allowed',
    block('Data', items('uint8 A = 300', 'string B = 5', 'uint8 C[2] = {1, 2, 3}', 'uint8 D = 4')),
    [
      ['A', undefined, undefined],
      ['B', undefined, undefined],
      ['C', undefined, undefined],
      ['D', 4n, 4],
    ],
  ],
])('%s', (_rule, text, want) => {
  const model = modelOf(text);
  const document = modelDocument([{ name: '0.mof', filesRead: ['0.mof'], model }]);
  const found = blockNamed(model, 'Data').data.items;
  const shown = document.inputs[0]?.blocks.find(({ name }) => name === 'Data')?.data.items ?? [];
  expect(
    found.map(({ name, defaultValue }, index) => [name, defaultValue, shown[index]?.default]),
  ).toEqual(want);
});

test('an embedded class has the defaults of its own items, and parameters theirs', () => {
  const model = modelOf(
    `${structure('P', items('uint8 X = 7'))}${block('Data', `${items('P A')} [WmiMethodId(1)] void F([in] uint8 Level = 5);`)}`,
  );
  expect(blockNamed(model, 'P').data.items.map((item) => item.defaultValue)).toEqual([7n]);
  const { data, methods } = blockNamed(model, 'Data');
  expect(data.items.map((item) => item.defaultValue)).toEqual([undefined]);
  expect(methods[0]?.input.items.map((item) => item.defaultValue)).toEqual([5n]);
});
