/** The selfHandled model with a request that does not match its lists. */
import { expect, test } from 'vitest';
import * as wmi from '../../../src/runtime/index.js';
import { ask, blockGuid, dispatch, natural, request } from '../rig.js';
import { createSelfRig, recordingBlock } from './rig.js';

const WMIREG_FLAG_REMOVE_GUID = 0x10000;
const TOO_SMALL = 0x20;

test('a block that is being removed is not found', () => {
  const calls: never[] = [];
  const block = { ...recordingBlock({}, calls), flags: WMIREG_FLAG_REMOVE_GUID };
  const { device } = createSelfRig({ device: { blocks: [block] } });
  expect(ask(device, { minor: 2, bufferSize: 72 })).toMatchObject({
    status: 'STATUS_WMI_GUID_NOT_FOUND',
  });
  expect(calls).toEqual([]);
});

test('query all: a flag TOO_SMALL of the sender is cleared', () => {
  const { device } = createSelfRig({ instances: [{ query: natural([1, 2]) }] });
  const irp = request(device, { minor: 0, flags: 0x81 | TOO_SMALL, bufferSize: 99 });
  dispatch(device, irp);
  expect(irp.view.getUint32(44, true) & TOO_SMALL).toBe(0);
});

test('dynamic names compare like static ones: one code unit for another', () => {
  const kernel = wmi.createKernel();
  const { callbacks } = recordingBlock({}, []).block.instances[0] ?? { callbacks: {} };
  const block = { guid: blockGuid, instances: [{ name: 'Straße', callbacks }] };
  wmi.createSelfHandledDevice(kernel, { blocks: [{ block, naming: { kind: 'dynamic' } }] });
  const { dataBlockObject } = kernel.ioWmiOpenBlock(blockGuid, wmi.WMIGUID_QUERY);
  if (dataBlockObject === undefined) throw new Error('no block');
  const query = (name: string) =>
    wmi.ntStatusName(kernel.ioWmiQuerySingleInstance(dataBlockObject, name, 200).status);
  expect([query('STRAßE'), query('STRASSE')]).toEqual([
    'STATUS_SUCCESS',
    'STATUS_WMI_INSTANCE_NOT_FOUND',
  ]);
});

test.each([1, 2])(
  'wmilib query all: %s instances without data are empty, not a failure',
  (count) => {
    const kernel = wmi.createKernel();
    const instances = Array.from({ length: count }, () => ({ name: 'quiet', callbacks: {} }));
    wmi.registerWmilibBlocks(kernel, [{ guid: blockGuid, instances }]);
    const { dataBlockObject } = kernel.ioWmiOpenBlock(blockGuid, wmi.WMIGUID_QUERY);
    if (dataBlockObject === undefined) throw new Error('no block');
    const { status, instances: found } = kernel.ioWmiQueryAllData(dataBlockObject, 500);
    expect([wmi.ntStatusName(status), found?.length]).toEqual(['STATUS_SUCCESS', count]);
  },
);
