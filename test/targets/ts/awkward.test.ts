// Blocks in odd but legal shapes: what is emitted for them type-checks, and answers requests.
import { expect, test } from 'vitest';
import { emitted } from './generated-module.js';
import { imaginaryPath, typeErrors } from './type-check.js';

let guids = 0;

/** A data block of class `name`. */
function dataBlock(name: string, body: string, qualifiers = ''): string {
  guids += 1;
  const guid = `{5e8b1f00-0000-4000-8000-${guids.toString(16).padStart(12, '0')}}`;
  return `[WMI, Dynamic, Provider("WMIProv"), guid("${guid}")${qualifiers}]
class ${name} { [key, read] string InstanceName; [read] boolean Active; ${body} };\n`;
}

function structure(name: string, body: string, qualifiers = ''): string {
  guids += 1;
  const guid = `{5e8b1f00-0000-4000-8000-${guids.toString(16).padStart(12, '0')}}`;
  return `[WMI, guid("${guid}")${qualifiers}] class ${name} { ${body} };\n`;
}

function errorsOf(mof: string, name = 'test.mof'): string[] {
  const files = emitted(mof, name);
  return typeErrors(new Map(files.map((file) => [imaginaryPath(file.name), file.text])));
}

test.each([
  ['no data items, only a method', dataBlock('A', '[WmiMethodId(1)] void Go();')],
  ['neither data items nor methods', dataBlock('A', '')],
  ['only an abstract class', structure('A', '[WmiDataId(1), read] uint8 X;', ', abstract')],
  [
    'an abstract class that is embedded',
    structure('A', '[WmiDataId(1), read] uint8 X;', ', abstract') +
      dataBlock('B', '[WmiDataId(1), read] A Inner;'),
  ],
  ['a structure alone', structure('A', '[WmiDataId(1), read] uint8 X;')],
  [
    'a 64-bit count and a write-only array of bytes',
    dataBlock(
      'A',
      '[WmiDataId(1), read] uint64 N; [WmiDataId(2), write, WmiSizeIs("N")] uint8 X[];',
    ),
  ],
  [
    'a write-only count of a readable array',
    dataBlock(
      'A',
      '[WmiDataId(1), write] uint32 N; [WmiDataId(2), read, WmiSizeIs("N")] uint16 X[];',
    ),
  ],
  [
    'a write-only 64-bit count of a readable array',
    dataBlock(
      'A',
      '[WmiDataId(1), write] sint64 N; [WmiDataId(2), read, write, WmiSizeIs("N")] uint16 X[];',
    ),
  ],
  [
    'a write-only count of a write-only array',
    dataBlock(
      'A',
      '[WmiDataId(1), write] uint32 N; [WmiDataId(2), write, WmiSizeIs("N")] uint16 X[];',
    ),
  ],
  [
    'an in-out count of an out array',
    dataBlock(
      'A',
      '[WmiDataId(1), read] uint8 X; [WmiMethodId(1)] void Go([in, out] uint32 N, [out, WmiSizeIs("N")] uint8 Bytes[]);',
    ),
  ],
  [
    'a method that takes its own class',
    dataBlock('A', '[WmiDataId(1), read] uint8 X; [WmiMethodId(1)] void Go([in, out] A It);'),
  ],
  [
    'an event without items',
    'class WMIEvent : __ExtrinsicEvent {};' +
      '[WMI, Dynamic, guid("{5e8b1f00-0000-4000-8000-100000000000}")] class E : WMIEvent { [key, read] string InstanceName; };',
  ],
])('type-checks: %s', (_what, mof) => {
  expect(errorsOf(mof)).toEqual([]);
});
