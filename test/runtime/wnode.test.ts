/**
 * The layouts of wmistr.h and the codecs on top of them.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guidToBytes } from '../../src/runtime/guid.js';
import {
  WMIREGGUID,
  WMIREGINFO,
  readRegistrationInfo,
  registrationInfoSize,
  registrationLayouts,
  writeRegistrationInfo,
  type Arch,
} from '../../src/runtime/wmireg.js';
import * as wnode from '../../src/runtime/wnode.js';
import {
  buildWnode,
  emptyHeader,
  readAllData,
  readEventReference,
  readWnode,
  type EventReference,
  type InstanceIdentity,
  type Wnode,
} from '../../src/runtime/wnode-codec.js';

const guid = '01234567-89ab-cdef-0123-456789abcdef';

test.each([
  ['WNODE_HEADER', wnode.WNODE_HEADER, [0, 4, 8, 8, 12, 16, 16, 16, 24, 40, 44, 48]],
  ['WNODE_ALL_DATA', wnode.WNODE_ALL_DATA, [48, 52, 56, 60, 60, 72]],
  ['OFFSETINSTANCEDATAANDLENGTH', wnode.OFFSETINSTANCEDATAANDLENGTH, [0, 4, 8]],
  ['WNODE_SINGLE_INSTANCE', wnode.WNODE_SINGLE_INSTANCE, [48, 52, 56, 60, 64, 64]],
  ['WNODE_SINGLE_ITEM', wnode.WNODE_SINGLE_ITEM, [48, 52, 56, 60, 64, 68, 72]],
  ['WNODE_METHOD_ITEM', wnode.WNODE_METHOD_ITEM, [48, 52, 56, 60, 64, 68, 72]],
  ['WNODE_EVENT_ITEM', wnode.WNODE_EVENT_ITEM, [48]],
  ['WNODE_EVENT_REFERENCE', wnode.WNODE_EVENT_REFERENCE, [48, 64, 68, 68, 72]],
  ['WNODE_TOO_SMALL', wnode.WNODE_TOO_SMALL, [48, 56]],
  ['WMIREGINFOW', WMIREGINFO, [0, 4, 8, 12, 16]],
  ['WMIREGGUIDW', WMIREGGUID, [0, 16, 20, 24, 24, 24, 24]],
])('offsets and size of %s', (_name, layout, want) => {
  expect(Object.values(layout)).toEqual(want);
});

test.each([
  ['x64', { pointerSize: 8, memoryAllocationAlignment: 16, regGuidSize: 32, regInfoSize: 24 }],
  ['x86', { pointerSize: 4, memoryAllocationAlignment: 8, regGuidSize: 28, regInfoSize: 20 }],
] as const)('registration structures on %s', (arch, want) => {
  expect(registrationLayouts[arch]).toEqual(want);
});

const uint32 = fc.nat(0xffffffff);
const data = fc.uint8Array({ maxLength: 40 });
const name = fc.string({ maxLength: 12 }).filter((text) => !text.endsWith('\0'));
const header = fc.record({
  providerId: uint32,
  version: uint32,
  linkage: uint32,
  timeStamp: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  guid: fc.constant(guid),
  clientContext: uint32,
  // Flags other than the shape and naming, which the builder sets.
  flags: fc.constantFrom(0, 0x8, 0x200, 0x10000),
});
const instance: fc.Arbitrary<InstanceIdentity> = fc.oneof(
  uint32.map((instanceIndex) => ({ kind: 'static' as const, instanceIndex })),
  name.map((instanceName) => ({ kind: 'dynamic' as const, instanceName })),
);
const wnodes: fc.Arbitrary<Wnode> = fc.oneof(
  fc.record({ kind: fc.constant('singleInstance' as const), header, instance, data }),
  fc.record({ kind: fc.constant('singleItem' as const), header, instance, itemId: uint32, data }),
  fc.record({ kind: fc.constant('methodItem' as const), header, instance, methodId: uint32, data }),
  fc.record({
    kind: fc.constant('allData' as const),
    header,
    instances: fc.oneof(
      fc.array(fc.record({ data }), { maxLength: 4 }),
      fc.array(fc.record({ instanceName: name, data }), { minLength: 1, maxLength: 4 }),
    ),
  }),
  fc.record({
    kind: fc.constant('eventReference' as const),
    header,
    instance,
    targetGuid: fc.constant(guid),
    targetDataBlockSize: uint32,
  }),
  fc.record({ kind: fc.constant('tooSmall' as const), header, sizeNeeded: uint32 }),
);

/** A block without the flags that its builder adds. */
function withoutShape(block: Wnode): Wnode {
  return { ...block, header: { ...block.header, flags: block.header.flags & 0x10208 } };
}

test('every shape is unchanged after building and reading', () => {
  fc.assert(
    fc.property(wnodes, (block) => {
      const bytes = buildWnode(block);
      const read = readWnode(bytes);
      const bufferSize = new DataView(bytes.buffer).getUint32(wnode.WNODE_HEADER.BufferSize, true);
      expect(bufferSize).toBe(bytes.length);
      expect(read && withoutShape(read)).toEqual(
        block.kind === 'tooSmall' ? { ...block, header: { ...block.header, flags: 0 } } : block,
      );
    }),
  );
});

test('data starts on a multiple of 8 after a dynamic name', () => {
  fc.assert(
    fc.property(wnodes, (block) => {
      if (!('data' in block)) return;
      const bytes = buildWnode(block);
      expect((bytes.length - block.data.length) % 8).toBe(0);
    }),
  );
});

test('reading cut or random bytes never throws', () => {
  fc.assert(
    fc.property(wnodes, fc.nat(200), fc.uint8Array({ maxLength: 120 }), (block, cut, random) => {
      expect(() => readWnode(buildWnode(block).subarray(0, cut))).not.toThrow();
      expect(() => readWnode(random)).not.toThrow();
    }),
  );
});

test('the fixed-size form of WNODE_ALL_DATA is read with a stride of 8', () => {
  const bytes = new Uint8Array(72 + 8 + 5);
  const view = new DataView(bytes.buffer);
  view.setUint32(wnode.WNODE_HEADER.Flags, 0x91, true);
  view.setUint32(wnode.WNODE_ALL_DATA.DataBlockOffset, 72, true);
  view.setUint32(wnode.WNODE_ALL_DATA.InstanceCount, 2, true);
  view.setUint32(wnode.WNODE_ALL_DATA.FixedInstanceSize, 5, true);
  bytes.set([1, 2, 3, 4, 5], 72);
  bytes.set([6, 7, 8, 9, 10], 80);
  expect(readAllData(bytes)?.instances.map((one) => [...one.data])).toEqual([
    [1, 2, 3, 4, 5],
    [6, 7, 8, 9, 10],
  ]);
});

test('a WNODE_ALL_DATA with a wrong instance count is no block', () => {
  const bytes = buildWnode({ kind: 'allData', header: emptyHeader(), instances: [] });
  new DataView(bytes.buffer).setUint32(wnode.WNODE_ALL_DATA.InstanceCount, 0xffffffff, true);
  expect(readAllData(bytes)).toBeUndefined();
});

test('a counted string may count its NUL, and may not be odd or pass the end', () => {
  const text = (...bytes: readonly number[]) => new DataView(Uint8Array.from(bytes).buffer);
  expect(wnode.readCountedString(text(2, 0, 65, 0), 0)).toBe('A');
  expect(wnode.readCountedString(text(4, 0, 65, 0, 0, 0), 0)).toBe('A');
  expect(wnode.readCountedString(text(0, 0), 0)).toBe('');
  expect(wnode.readCountedString(text(1, 0, 65, 0), 0)).toBeUndefined();
  expect(wnode.readCountedString(text(4, 0, 65, 0), 0)).toBeUndefined();
  expect(wnode.readCountedString(text(2, 0), 1)).toBeUndefined();
});

/** A WMIREGINFO with one block. */
function regInfo(arch: Arch, flags: number, count: number, names: readonly string[]): Uint8Array {
  const layout = registrationLayouts[arch];
  const head = registrationInfoSize(arch, 1, 'Mof', '\\R');
  const size = head + names.reduce((sum, text) => sum + wnode.countedStringSize(text), 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  writeRegistrationInfo(view, arch, 1, 'Mof', '\\R');
  view.setUint32(WMIREGINFO.BufferSize, size, true);
  bytes.set(guidToBytes(guid), layout.regInfoSize);
  view.setUint32(layout.regInfoSize + WMIREGGUID.Flags, flags, true);
  view.setUint32(layout.regInfoSize + WMIREGGUID.InstanceCount, count, true);
  view.setUint32(layout.regInfoSize + WMIREGGUID.InstanceInfo, head, true);
  let at = head;
  for (const text of names) at = wnode.writeCountedString(view, at, text);
  return bytes;
}

test.each(['x64', 'x86'] as const)(
  'every way of naming is read from a WMIREGINFO on %s',
  (arch) => {
    const naming = (flags: number, names: readonly string[]) =>
      readRegistrationInfo(regInfo(arch, flags, 2, names), arch)?.guids[0]?.naming;
    expect(naming(0x4, ['one', 'two'])).toEqual({ kind: 'list', names: ['one', 'two'] });
    expect(naming(0x8, ['base'])).toEqual({ kind: 'baseName', baseName: 'base' });
    const head = registrationInfoSize(arch, 1, 'Mof', '\\R');
    expect(naming(0x20, [])).toEqual({ kind: 'pdo', pdo: BigInt(head) });
    expect(naming(0, [])).toEqual({ kind: 'dynamic' });
    expect(readRegistrationInfo(regInfo(arch, 0, 2, []), arch)).toMatchObject({
      registryPath: '\\R',
      mofResourceName: 'Mof',
      guids: [{ guid, flags: 0, instanceCount: 2 }],
    });
  },
);

test('reading a WMIREGINFO that is cut or filled with random bytes never throws', () => {
  const whole = regInfo('x64', 0x4, 3, ['a', 'b', 'c']);
  for (let size = 0; size < whole.length; size += 1) {
    expect(readRegistrationInfo(whole.subarray(0, size), 'x64')).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom('x64', 'x86'), (bytes, arch) => {
      expect(() => readRegistrationInfo(bytes, arch)).not.toThrow();
    }),
  );
});

test('a counted string holds 32,767 code units; a longer text is refused, not cut', () => {
  const event = (instanceName: string): EventReference => ({
    kind: 'eventReference',
    header: emptyHeader(),
    instance: { kind: 'dynamic', instanceName },
    targetGuid: '01234567-89ab-cdef-0123-456789abcdef',
    targetDataBlockSize: 0,
  });
  const longest = event('n'.repeat(0x7fff));
  expect(readEventReference(buildWnode(longest))?.instance).toEqual(longest.instance);
  expect(() => buildWnode(event('n'.repeat(0x8000)))).toThrow(RangeError);
});

test('all data whose names overlap to more than the whole block is not readable', () => {
  const count = 3;
  const bytes = new Uint8Array(256);
  const view = new DataView(bytes.buffer);
  view.setUint32(44, 0x11, true);
  view.setUint32(52, count, true);
  view.setUint32(56, 72, true);
  for (let index = 0; index < count; index += 1) view.setUint32(72 + 4 * index, 84, true);
  const named = (nameSize: number) => {
    view.setUint16(84, nameSize, true);
    return readAllData(bytes)?.instances.length;
  };
  expect(named(20)).toBe(count);
  expect(named(120)).toBeUndefined();
});
