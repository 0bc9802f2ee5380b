// Blocks in odd but legal shapes: their emitted code type-checks, and answers requests.
import { expect, test } from 'vitest';
import { STATUS_SUCCESS, STATUS_WMI_SET_FAILURE } from '../../../src/runtime/ntstatus.js';
import { viewOf } from '../../../src/runtime/wire.js';
import { emitted, importGenerated, type Row } from './generated-module.js';
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
      '[WMI, Dynamic, guid("{5e8b1f00-0000-4000-8000-100000000000}")] class E : WMIEvent { [key, read] string InstanceName; [read] boolean Active; };',
  ],
])('type-checks: %s', (_what, mof) => {
  expect(errorsOf(mof)).toEqual([]);
});

// --- What skeletons answer --------------------------------------------------------------------------------------------

/** What the skeleton's method `Go` answers to an input. */
async function answerOf(body: string, input: Row, folder: string): Promise<Row | undefined> {
  const module = await importGenerated(
    dataBlock('A', `[WmiDataId(1), read] uint8 X; [WmiMethodId(1)] void Go(${body});`),
    folder,
  );
  const generated = module.blockOf('A');
  const { input: codec, output } = generated.method('Go');
  const sent = codec?.encode(input) ?? new Uint8Array();
  const memory = new Uint8Array(64);
  const answer = generated.dispatch.methods?.[1]?.execute(generated.newSkeleton(), viewOf(sent), {
    memory,
    offset: 0,
    size: 64,
  });
  expect(answer?.status).toBe(STATUS_SUCCESS);
  return output?.decode(memory.subarray(0, answer?.bufferUsed));
}

const SHORT = { N: 2, A: [1, 2] };

test.each([
  ['an in-out parameter comes back', '[in, out] uint16 N, [in] uint8 A', { N: 2, A: 1 }, { N: 2 }],
  [
    'an in-out count of a new array is zero: a caller cannot make the skeleton fill memory',
    '[in, out] uint32 N, [out, WmiSizeIs("N")] uint8 A[]',
    { N: 0xffff_ffff },
    { N: 0, A: new Uint8Array(0) },
  ],
  [
    'an in-out count and array come back together',
    '[in, out] uint32 N, [in, out, WmiSizeIs("N")] uint16 A[]',
    SHORT,
    SHORT,
  ],
  [
    'an in-out array whose count also counts a new one comes back empty',
    '[in, out] uint32 N, [in, out, WmiSizeIs("N")] uint16 A[], [out, WmiSizeIs("N")] uint16 B[]',
    SHORT,
    { N: 0, A: [], B: [] },
  ],
])('skeleton: %s', async (what, parameters, input, want) => {
  const folder = `skeleton-${what.replaceAll(/\W+/g, '-')}`;
  expect(await answerOf(parameters, input, folder)).toEqual(want);
});

test('a query shows counts that agree with arrays, whatever is write-only', async () => {
  const module = await importGenerated(
    dataBlock(
      'A',
      `[WmiDataId(1), write] uint32 N; [WmiDataId(2), read, WmiSizeIs("N")] uint16 X[];
       [WmiDataId(3), write, WmiSizeIs("N")] uint8 Y[];
       [WmiDataId(4), write] sint64 M; [WmiDataId(5), write, WmiSizeIs("M")] string Z[];
       [WmiDataId(6), read] uint64 L; [WmiDataId(7), write, WmiSizeIs("L")] uint8 W[];`,
    ),
    'write-only',
  );
  const { dispatch, codec } = module.blockOf('A');
  const provider = { query: () => ({ X: [7, 8], L: 3n }) };
  const data = dispatch.query(provider);
  expect(data).toEqual({
    ...{ N: 2, X: [7, 8], Y: new Uint8Array(2) },
    ...{ M: 0n, Z: [], L: 3n, W: new Uint8Array(3) },
  });
  expect(codec.decode(codec.encode(data))).toEqual(data);
  // A length that cannot be queried cannot be checked, so it changes only as a whole.
  const current = () => data;
  const zero = new DataView(new ArrayBuffer(8));
  expect(dispatch.set?.validateItem(4, zero, current)).toBe(STATUS_WMI_SET_FAILURE);
  expect(dispatch.set?.validateItem(5, zero, current)).toBe(STATUS_WMI_SET_FAILURE);
});

test('a block without data answers a query with no bytes', async () => {
  const module = await importGenerated(dataBlock('A', '[WmiMethodId(1)] void Go();'), 'no-data');
  const { codec } = module.blockOf('A');
  expect([...codec.encode({})]).toEqual([]);
  expect(codec.decode(new Uint8Array(0))).toEqual({});
});

test('an array that fills the buffer counts itself, also inside an embedded class', async () => {
  const module = await importGenerated(
    structure('S', '[WmiDataId(1), read] uint16 A; [WmiDataId(2), read] uint32 Tail[];') +
      dataBlock('B', '[WmiDataId(1), read] uint8 X; [WmiDataId(2), read, write] S Inner;'),
    'open-structure',
  );
  const { codec } = module.blockOf('B');
  const row = { X: 1, Inner: { A: 2, Tail: [3, 4] } };
  expect([...codec.encode(row)].length).toBe(16);
  expect(codec.decode(codec.encode(row))).toEqual(row);
  expect(codec.decode(Uint8Array.from([...codec.encode(row), 9]))).toEqual(row);
});

test.each([
  ['bytes', 'uint8 X[]'],
  ['integers of 64 bits', 'uint64 X[]'],
  ['strings', 'string X[]'],
  ['structures', 'S X[]'],
])('a count that lies is refused without making room for it: %s', async (what, declaration) => {
  for (const count of ['uint32', 'uint64', 'sint64']) {
    const module = await importGenerated(
      structure('S', '[WmiDataId(1), read] uint8 A; [WmiDataId(2), read] string T;') +
        dataBlock(
          'B',
          `[WmiDataId(1), read, write] ${count} N; [WmiDataId(2), read, write, WmiSizeIs("N")] ${declaration};`,
        ),
      `lying-${what.replaceAll(' ', '-')}-${count}`,
    );
    const { codec, dispatch } = module.blockOf('B');
    const bytes = new Uint8Array(64).fill(0);
    const size = count === 'uint32' ? 4 : 8;
    for (const top of [0x7f, 0xff]) {
      bytes.fill(0xff, 0, size);
      bytes[size - 1] = top;
      expect(codec.decode(bytes)).toBeUndefined();
      const status = dispatch.set?.validateInstance(viewOf(bytes), () => ({}));
      expect(status).toBe(STATUS_WMI_SET_FAILURE);
    }
  }
});
