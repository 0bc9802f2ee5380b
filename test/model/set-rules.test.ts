/** Which counts a set-instance request must not change. */
import { expect, test } from 'vitest';
import { isKeptCount } from '../../src/model/set-rules.js';
import { block, blockNamed, modelOf } from './resolve-text.js';

test.each([
  { count: 'read', first: 'read', second: 'read', isKept: false },
  { count: 'read, write', first: 'read, write', second: 'read, write', isKept: false },
  { count: 'read, write', first: 'read', second: 'read', isKept: true },
  { count: 'read', first: 'read, write', second: 'read', isKept: true },
  { count: 'read', first: 'read, write', second: 'read, write', isKept: true },
])('$count of the count, $first and $second of its arrays: $isKept', (row) => {
  const model = modelOf(
    block(
      'Data',
      `[WmiDataId(1), ${row.count}] uint32 Count;
       [WmiDataId(2), ${row.first}, WmiSizeIs("Count")] string First[];
       [WmiDataId(3), ${row.second}, WmiSizeIs("Count")] string Second[];`,
    ),
  );
  const data = blockNamed(model, 'Data');
  expect(data.data.items.map((item) => isKeptCount(data, item))).toEqual([
    row.isKept,
    false,
    false,
  ]);
});
