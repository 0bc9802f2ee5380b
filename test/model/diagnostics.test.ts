// What resolving reports: given a MOF text, wanted code, the text that it points at, and the texts of the related places.
import { expect, test } from 'vitest';
import { DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { classFaults } from './faults/class-faults.js';
import { dataItemFaults } from './faults/data-item-faults.js';
import { layoutFaults } from './faults/layout-faults.js';
import { methodFaults } from './faults/method-faults.js';
import { qualifierFaults } from './faults/qualifier-faults.js';
import { registrationFaults } from './faults/registration-faults.js';
import { typeFaults } from './faults/type-faults.js';
import { valueFaults } from './faults/value-faults.js';
import { block, items, resolveText, shown } from './resolve-text.js';

const all = [
  ...classFaults,
  ...qualifierFaults,
  ...dataItemFaults,
  ...typeFaults,
  ...layoutFaults,
  ...methodFaults,
  ...registrationFaults,
  ...valueFaults,
];

test.each(all)('$rule', ({ text, want, contains = [], suggests = [] }) => {
  const found = resolveText(text).diagnostics.map(shown);
  expect(found.map(({ code, at, related }) => [code, at, ...related])).toEqual(want);
  const [first] = found;
  for (const part of contains) expect(`${first?.message} / ${first?.help}`).toContain(part);
  for (const [index, part] of suggests.entries()) {
    if (part !== undefined) expect(found[index]?.help).toContain(part);
  }
});

test('every code of the model has a row here', () => {
  const tested = new Set(all.flatMap(({ want }) => want.map(([code]) => code)));
  const codes = Object.keys(DIAGNOSTICS).filter((code) => code.startsWith('MOF2'));
  expect(codes.filter((code) => !tested.has(code))).toEqual([]);
});

test('messages start in lower case or with a name, end without a full stop, and stay on one line', () => {
  for (const { text } of all) {
    for (const { message } of resolveText(text).diagnostics) {
      expect(message).toMatch(
        /^(?:['"a-z]|MinValue|WmiDataId|WmiMethodId|WmiSizeIs|WmiTimeStamp|WmiEvent|MaxLen|Max|ID)/,
      );
      expect(message).not.toMatch(/\.$|\n/);
    }
  }
});

test('findings come in the order of the text, those of the input before those of later files', () => {
  const main = block('B', items('real32 A')) + block('A', items('object A'));
  const other = block('C', items('real64 A'));
  const found = resolveText(main, other).diagnostics.map(shown);
  expect(found.map(({ at }) => at)).toEqual(['real32', 'object', 'real64']);
});

test('a GUID clash across files shows both', () => {
  const G2 = '{22222222-2222-2222-2222-2222222222aa}';
  const first = `[WMI, guid("${G2}")] class A { [WmiDataId(1)] uint8 X; };`;
  const second = `[WMI, guid("${G2.toUpperCase()}")] class B { [WmiDataId(1)] uint8 X; };`;
  const [found] = resolveText(first, second).diagnostics;
  expect(found?.code).toBe('MOF2106');
  expect(found?.location?.source.name).toBe('1.mof');
  expect(found?.related[0]?.location.source.name).toBe('0.mof');
});
