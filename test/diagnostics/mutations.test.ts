// Each rule of a MOF text, broken alone in a file that follows all of them: its code is reported, and no other.
import { expect, test } from 'vitest';
import { DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { analyze } from '../../src/generate.js';
import { bytesOf, MUTATIONS, VALID } from './mutations.js';

function codesOf(text: string): string[] {
  const bytes = bytesOf(text);
  return analyze(bytes, 'a.mof', () => undefined).diagnostics.map(({ code }) => code);
}

test('the sample follows every rule', () => {
  expect(codesOf(VALID)).toEqual([]);
});

test.each(MUTATIONS)('$code: $from -> $to', ({ code, from, to }) => {
  const broken = VALID.replace(from, () => to);
  expect(broken).not.toBe(VALID);
  expect(new Set(codesOf(broken))).toEqual(new Set([code]));
});

/** Rules that one edit of this sample cannot break alone; the wrong and right examples of their pages differ by one edit. */
const ELSEWHERE = [
  ...[
    'MOF1001',
    'MOF1002',
    'MOF1003',
    'MOF1005',
    'MOF1007',
    'MOF1009',
    'MOF1011',
    'MOF1012',
    'MOF1013',
    'MOF1014',
    'MOF1015',
    'MOF1016',
    'MOF1104',
    'MOF1107',
    'MOF1202',
  ],
  ...['MOF1303', 'MOF1307', 'MOF1401', 'MOF1423', 'MOF1430', 'MOF2002', 'MOF2005', 'MOF2007'],
  ...['MOF2011', 'MOF2013', 'MOF2014', 'MOF2016', 'MOF2205', 'MOF2206', 'MOF2208', 'MOF2215'],
  ...['MOF2216', 'MOF2218', 'MOF1904', 'MOF2304', 'MOF2315', 'MOF1903'],
];

test('every rule of a MOF text is here or is named as one that is not', () => {
  const codes = Object.keys(DIAGNOSTICS).filter((code) => /^MOF[12]/.test(code));
  const here = MUTATIONS.map(({ code }) => code);
  expect([...new Set([...here, ...ELSEWHERE])].sort()).toEqual(codes.sort());
  expect(ELSEWHERE.filter((code) => here.includes(code))).toEqual([]);
});
