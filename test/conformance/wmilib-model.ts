/**
 * A driver with WMILIB for the conformance rows: its routines record what they were given and answer as an instance of
 * the kmdf model would, by script.
 */
import { expect } from 'vitest';
import { createKernel } from '../../src/runtime/kernel.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  ntStatusName,
  type NtStatus,
} from '../../src/runtime/ntstatus.js';
import { createWmilibDevice } from '../../src/runtime/wmilib/device.js';
import { wmiFireEvent } from '../../src/runtime/wmilib/fire-event.js';
import { wmiCompleteRequest } from '../../src/runtime/wmilib/requests.js';
import { wmiSystemControl } from '../../src/runtime/wmilib/system-control.js';
import {
  SysctlIrpDisposition,
  type DpWmiQueryDataBlock,
  type WmilibContext,
} from '../../src/runtime/wmilib/types.js';
import { WMIREG_FLAG_EXPENSIVE, WMIREG_FLAG_INSTANCE_PDO } from '../../src/runtime/wmireg.js';
import { alignUp } from '../../src/runtime/wnode.js';
import {
  allSucceed,
  blockGuid,
  must,
  now,
  request,
  type Answers,
  type Call,
} from '../runtime/rig.js';
import { stackBelow, type ModelRig, type ModelRigOptions } from './model.js';

/** DpWmiQueryDataBlock: asks each instance of the range; with too little room it says how much they need together. */
function queryRoutine(instances: readonly Answers[], calls: Call[]): DpWmiQueryDataBlock {
  return (device, irp, _guid, first, count, lengths, avail, memory, offset) => {
    let end = 0;
    let fits = lengths !== null;
    for (let index = first; index < first + count; index += 1) {
      const start = alignUp(end, 8);
      const room = Math.max(0, avail - start);
      calls.push({ name: 'query', label: `i${index}`, outSize: room, offset });
      const answer = instances[index]?.query?.(room);
      const { status, bufferUsed = 0, bytes = [] } = answer ?? { status: STATUS_SUCCESS };
      if (status !== STATUS_SUCCESS && status !== STATUS_BUFFER_TOO_SMALL) {
        return wmiCompleteRequest(device, irp, status, bufferUsed);
      }
      if (status === STATUS_BUFFER_TOO_SMALL) fits = false;
      if (fits && bytes.length <= room) memory.set(bytes, must(offset ?? undefined) + start);
      if (lengths !== null) lengths[index - first] = bufferUsed;
      end = start + bufferUsed;
    }
    return wmiCompleteRequest(device, irp, fits ? STATUS_SUCCESS : STATUS_BUFFER_TOO_SMALL, end);
  };
}

function contextOf(
  instances: readonly Answers[],
  calls: Call[],
  pdo: bigint,
  { expensive = false, control }: ModelRigOptions,
): WmilibContext {
  const has = (name: keyof Answers) => instances.some((answers) => answers[name] !== undefined);
  const answering = (index: number): Answers => instances[index] ?? {};
  const input = (memory: Uint8Array, offset: number, size: number) => [
    ...memory.subarray(offset, offset + size),
  ];
  const statusOf = (answer: (() => NtStatus) | undefined): NtStatus => must(answer)();
  return {
    guidList: [
      {
        guid: blockGuid,
        instanceCount: instances.length,
        flags: expensive ? WMIREG_FLAG_EXPENSIVE : 0,
      },
    ],
    queryWmiRegInfo: () => ({
      status: STATUS_SUCCESS,
      regFlags: WMIREG_FLAG_INSTANCE_PDO,
      pdo,
      registryPath: '\\Registry\\Rig',
    }),
    queryWmiDataBlock: queryRoutine(instances, calls),
    ...(has('set') && {
      setWmiDataBlock: (device, irp, _guid, index, inSize, memory, offset) => {
        const seen = input(memory, offset, inSize);
        calls.push({ name: 'set', label: `i${index}`, inSize, offset, input: seen });
        return wmiCompleteRequest(device, irp, statusOf(answering(index).set), 0);
      },
    }),
    ...(has('setItem') && {
      setWmiDataItem: (device, irp, _guid, index, id, inSize, memory, offset) => {
        const seen = input(memory, offset, inSize);
        calls.push({ name: 'setItem', label: `i${index}`, id, inSize, offset, input: seen });
        const { setItem } = answering(index);
        return wmiCompleteRequest(device, irp, must(setItem)(id), 0);
      },
    }),
    ...(has('execute') && {
      executeWmiMethod: (device, irp, _guid, index, id, inSize, outSize, memory, offset) => {
        const seen = input(memory, offset, inSize);
        const label = `i${index}`;
        calls.push({ name: 'execute', label, id, inSize, outSize, offset, input: seen });
        const { status, bufferUsed = 0, bytes = [] } = must(answering(index).execute)(outSize);
        if (bytes.length <= outSize) memory.set(bytes, offset);
        return wmiCompleteRequest(device, irp, status, bufferUsed);
      },
    }),
    ...(control && {
      wmiFunctionControl: (device, irp, _guid, which, enable) =>
        wmiCompleteRequest(device, irp, control(which === 0 ? 'events' : 'collection', enable), 0),
    }),
  };
}

export function wmilibRig(options: ModelRigOptions = {}): ModelRig {
  const { instances = [allSucceed], lowest = false } = options;
  const kernel = createKernel({ clock: () => now, ...options.kernel });
  const calls: Call[] = [];
  const { below, lowerDevice } = stackBelow();
  const pdo = kernel.newObjectPointer();
  const device = createWmilibDevice(kernel, {
    context: contextOf(instances, calls, pdo, options),
    name: 'rig',
    pdo,
    lowerDevice: lowest ? null : lowerDevice,
  });
  return {
    kernel,
    device,
    calls,
    below,
    name: (index = 0) => must(kernel.staticInstanceName(device, blockGuid, index)),
    fire: (index, data, size) => wmiFireEvent(device, blockGuid, index, data, size),
    remove: () => {
      device.remove();
    },
  };
}

/** A set request to a driver with the required routines only: what WmiSystemControl leaves to the driver. */
export function expectMissingRoutine(minor: 2 | 3): void {
  const kernel = createKernel();
  const calls: Call[] = [];
  const context = contextOf([{ query: must(allSucceed.query) }], calls, 1n, {});
  const device = createWmilibDevice(kernel, { context });
  const irp = request(device, { minor, data: [1, 2, 3, 4] });
  const { disposition } = wmiSystemControl(context, device, irp);
  expect(disposition).toBe(SysctlIrpDisposition.irpNotCompleted);
  expect(ntStatusName(irp.ioStatus.status)).toBe('STATUS_WMI_READ_ONLY');
  expect(irp.ioStatus.information).toBe(0);
  expect(calls).toEqual([]);
}
