/** Lookup by key finds the current entries, however the list was changed. */
import { expect, test } from 'vitest';
import { indexByKey } from '../../src/runtime/lookup.js';

const find = (list: readonly string[], wanted: string) =>
  indexByKey(list, wanted, (entry) => entry.toLowerCase());

test('the first of equal keys is found, in a list that grows, shrinks and changes in place', () => {
  const list = ['A', 'b', 'B'];
  expect([find(list, 'a'), find(list, 'b'), find(list, 'c')]).toEqual([0, 1, undefined]);
  list.push('C');
  expect(find(list, 'c')).toBe(3);
  list[0] = 'C';
  expect([find(list, 'a'), find(list, 'c')]).toEqual([undefined, 0]);
  list.splice(0, 2);
  expect([find(list, 'b'), find(list, 'c')]).toEqual([0, 1]);
  list.length = 0;
  expect(find(list, 'c')).toBeUndefined();
});
