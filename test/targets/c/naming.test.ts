// The names that code outside the header uses: no name of the header, of C or of Windows, and no name twice.
import { expect, test } from 'vitest';
import { emitContext } from '../../../src/emit.js';
import { analyze } from '../../../src/generate.js';
import { type DataBlock, type Model } from '../../../src/model/model.js';
import { type CFileNames, nameHeader } from '../../../src/targets/c/naming.js';
import { declaredItems, isWireExact } from '../../../src/targets/c/struct-shape.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { dataBlock, structure } from '../header/header-of.js';

const MOF =
  structure('Part', '[WmiDataId(1)] uint64 X;', ', HeaderName("PART")') +
  structure('Foreign', '[WmiDataId(1)] uint8 X;', ', WmiGenerateHeader(FALSE)') +
  dataBlock(
    'Fan',
    `[WmiDataId(1), DefineValues{"status", "None"}] uint32 Mode; [WmiDataId(2)] Part P; [WmiDataId(3)] string Model;
     [WmiMethodId(1)] void Reset([in] uint8 length, [out, MaxLen(4)] string Name);`,
  ) +
  dataBlock('Pump', '[WmiDataId(1)] string Model; [WmiDataId(2)] uint8 X;');

function named(options: EmitOptions): { names: CFileNames; block: (name: string) => DataBlock } {
  const { value } = analyze(new TextEncoder().encode(MOF), 'test.mof', () => undefined);
  const names = nameHeader(value, emitContext('test.mof', options));
  return { names, block: (name) => blockOf(value, name) };
}

function blockOf(model: Model, name: string): DataBlock {
  const found = model.blocks.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no block ${name}`);
  return found;
}

const { names, block } = named({ methodStructs: true });

test('a name of the file scope is not one of the header', () => {
  const taken = [
    ...['PART', '_PART', 'PPART', 'PartGuid', 'Part_GUID', 'PART_X_ID', 'PART_SIZE', 'Foreign'],
    ...['status', 'None', 'Reset', 'Reset_IN', '_test_wmi_h_', 'Fan_FIXED_SIZE', 'Fan_Model_ID'],
    ...['ULONG', 'RtlZeroMemory', 'if', 'class'],
  ];
  for (const name of taken) expect(names.claim(name)).toBe(`${name}_`);
  expect(['FanInit', 'FanInit'].map((name) => names.claim(name))).toEqual(['FanInit', 'FanInit_']);
});

test('parameters and variables avoid the names of the file scope, which avoids theirs later', () => {
  const { names: fresh } = named({ methodStructs: true });
  const scope = fresh.parameters(['Instance']);
  const wanted = ['status', 'PART', 'ULONG', 'Instance', 'length', 'length'];
  expect(wanted.map((name) => scope.claim(name))).toEqual([
    ...['status_', 'PART_', 'ULONG_', 'Instance_', 'length', 'length_'],
  ]);
  expect(fresh.claim('length')).not.toBe('length');
});

test('members outside the header give way to macros and keywords, not to types and functions', () => {
  const scope = named({ methodStructs: true }).names.members(['Own']);
  const wanted = ['status', 'None', 'PART', 'RtlZeroMemory', 'if', 'Own', 'X', 'X'];
  expect(wanted.map((name) => scope.claim(name))).toEqual([
    ...['status_', 'None_', 'PART', 'RtlZeroMemory', 'if_', 'Own_', 'X', 'X_'],
  ]);
});

test('names of a block, its data and its methods', () => {
  const fan = block('Fan');
  const own = names.block(fan);
  const [mode, part, model] = fan.data.items;
  if (mode === undefined || part === undefined || model === undefined) throw new Error('items');
  expect([own.struct, own.guid, own.guidVariable]).toEqual(['Fan', 'FanGuid', 'Fan_GUID']);
  expect([mode, part, model].map((item) => own.data.member(item))).toEqual([
    ...['Mode', 'P', 'VariableData'],
  ]);
  expect([mode, part, model].map((item) => own.data.idMacro(item))).toEqual([
    ...['Fan_Mode_ID', 'Fan_P_ID', 'Fan_Model_ID'],
  ]);
  expect([mode, part, model].map((item) => own.data.sizeMacro(item))).toEqual([
    ...['Fan_Mode_SIZE', 'Fan_P_SIZE', undefined],
  ]);
  expect(own.data.recordSizeMacro).toBeUndefined();
  expect(own.data.fixedSizeMacro).toBe('Fan_FIXED_SIZE');
  const [reset] = fan.methods;
  if (reset === undefined) throw new Error('method');
  const method = own.method(reset);
  expect([method.id, method.base, method.input.struct, method.output.struct]).toEqual([
    ...['Reset', 'Reset', 'Reset_IN', 'Reset_OUT'],
  ]);
});

test('which structures are declared, and which are the wire layout', () => {
  const all = ['Part', 'Foreign', 'Fan', 'Pump'].map(block);
  expect(all.map((each) => names.declares(each))).toEqual([true, false, true, true]);
  expect(all.map(({ data }) => isWireExact(data))).toEqual([true, true, false, false]);
  expect(all.map((each) => declaredItems(names.block(each).data.shape).length)).toEqual([
    ...[1, 1, 3, 0],
  ]);
  const partial = named({ partialStructs: true });
  expect(declaredItems(partial.names.block(partial.block('Pump')).data.shape).length).toBe(1);
});

test('blocks that are not in the header have names too', () => {
  const plain = named({});
  const [reset] = plain.block('Fan').methods;
  if (reset === undefined) throw new Error('method');
  const { input } = plain.names.block(plain.block('Fan')).method(reset);
  expect(input.struct).toBe('Reset_IN');
  expect(
    input.member(input.shape.kind === 'whole' ? (input.shape.members[0] ?? never()) : never()),
  ).toBe('length');
  expect(
    plain.names
      .block(plain.block('Foreign'))
      .data.idMacro(plain.block('Foreign').data.items[0] ?? never()),
  ).toBe('Foreign_X_ID');
});

function never(): never {
  throw new Error('no such item');
}
