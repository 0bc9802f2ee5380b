// The integer expressions of #if; gcc agrees on every row that is no fault (test/preprocess/oracle.test.ts).
import { expect, test } from 'vitest';
import { evaluate } from '../../src/preprocess/condition.js';
import { CONDITIONS } from './conditions.js';

test.each(CONDITIONS)('%s is %s', (text, want) => {
  expect(evaluate(text)).toEqual({ kind: 'value', isTrue: want });
});

test.each<[text: string, want: string]>([
  ['', 'a value is missing at the end'],
  ['1 +', 'a value is missing at the end'],
  ['* 1', "a value is missing before '*'"],
  ['1 2', "'2' is one thing too many"],
  ['(1', "'(' without ')'"],
  ['1)', "')' is one thing too many"],
  ['1 ? 2', "'?' without ':'"],
  ['1 / 0', 'division by zero'],
  ['1 % (2 - 2)', 'division by zero'],
  ['08', "'08' is no integer"],
  ['1.5', "'1.5' is no integer"],
  ['1x', "'1x' is no integer"],
  ['0x1FFFFFFFFFFFFFFFF', "'0x1FFFFFFFFFFFFFFFF' does not fit into 64 bits"],
  ['"a"', "'\"' is not allowed in a condition"],
  ['sizeof(int) == 4', "'sizeof' is no macro that is known here"],
  ['A (1)', "'A' is no macro that is known here"],
  ['1 -- 1', "'--' is not allowed in a condition"],
  ['1.e+1', "'1.e+1' is no integer"],
  ['a = 1', "'=' is not allowed in a condition"],
  ["''", "'' is no character"],
  ['('.repeat(200), 'the condition is nested more than 100 deep'],
  ['!'.repeat(1_000_000), 'the condition is nested more than 100 deep'],
  ['1?'.repeat(1_000_000), 'the condition is nested more than 100 deep'],
])('%.30s: %s', (text, message) => {
  expect(evaluate(text)).toEqual({ kind: 'fault', message });
});

test('a long condition takes no stack', () => {
  expect(evaluate(`${'1+'.repeat(200_000)}1`)).toEqual({ kind: 'value', isTrue: true });
});
