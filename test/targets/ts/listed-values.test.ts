// Items with a ValueMap: which of them have the type of their named values, and that code with such types compiles.
import { expect, test } from 'vitest';
import { emitted } from './generated-module.js';
import { imaginaryPath, typeErrors } from './type-check.js';

const block = (body: string): string => `
[WMI, Dynamic, Provider("WMIProv"), guid("{5e8b1f00-0000-4000-8000-0000000000aa}")]
class A { [key, read] string InstanceName; [read] boolean Active; ${body} };`;

test.each([
  ['single values', 'ValueMap{"1","7"}, Values{"a","b"}', 'uint8 X', 'AXValues'],
  ['counted values', 'Values{"a","b"}', 'uint8 X', 'AXValues'],
  ['single texts', 'ValueMap{"on","off"}, Values{"On","Off"}', 'string X', 'AXValues'],
  ['an array', 'ValueMap{"1"}, Values{"a"}', 'uint16 X[2]', 'readonly AXValues[]'],
  ['64 bits', 'ValueMap{"1"}, Values{"a"}', 'uint64 X', 'AXValues'],
  ['a range', 'ValueMap{"1","2..9"}, Values{"a","b"}', 'uint8 X', 'number'],
  ['an open text', 'ValueMap{"on",".."}, Values{"On","other"}', 'string X', 'string'],
  ['texts without a ValueMap', 'Values{"One","Two"}', 'string X', 'string'],
  ['a value that the type has not', 'ValueMap{"1","300"}, Values{"a","b"}', 'uint8 X', 'number'],
  [
    'a negative value of an unsigned type',
    'ValueMap{"1","-1"}, Values{"a","b"}',
    'uint8 X',
    'number',
  ],
  ['a negative value', 'ValueMap{"1","-1"}, Values{"a","b"}', 'sint8 X', 'AXValues'],
  ['bits', 'BitMap{"0"}, BitValues{"x"}, ValueMap{"0","1"}, Values{"a","b"}', 'uint8 X', 'number'],
  ['an array of bytes', 'ValueMap{"1"}, Values{"a"}', 'uint8 X[2]', 'Uint8Array'],
])('%s', (_what, qualifiers, declaration, want) => {
  const files = emitted(block(`[WmiDataId(1), read, write, ${qualifiers}] ${declaration};`));
  expect(files[0].text).toContain(`\n  X: ${want};\n`);
  expect(typeErrors(new Map(files.map(({ name, text }) => [imaginaryPath(name), text])))).toEqual(
    [],
  );
});

test.each(['uint32', 'uint64'])('a write-only count of type %s with a ValueMap', (type) => {
  const files = emitted(
    block(`[WmiDataId(1), write, ValueMap{"0","1"}, Values{"none","one"}] ${type} N;
      [WmiDataId(2), read, WmiSizeIs("N")] uint16 X[];`),
  );
  expect(typeErrors(new Map(files.map(({ name, text }) => [imaginaryPath(name), text])))).toEqual(
    [],
  );
});
