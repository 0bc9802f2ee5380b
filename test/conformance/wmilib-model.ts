/**
 * A driver with WMILIB for the conformance rows: its routines pass requests to the same callbacks as in the other models.
 */
import { expect } from 'vitest';
import { type WmiInstance, type WmiInstanceCallbacks } from '../../src/runtime/callbacks.js';
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
import { blockGuid, must, now, request } from '../runtime/rig.js';
import { instancesOf, stackBelow, type ModelRig, type ModelRigOptions } from './model.js';

/** The instance as passed to a callback. */
const instanceAt = (index: number): WmiInstance => ({ guid: blockGuid, label: `i${index}` });

/** DpWmiQueryDataBlock: queries each instance of the range; with too little room it returns their total size. */
function queryRoutine(instances: readonly WmiInstanceCallbacks[]): DpWmiQueryDataBlock {
  return (device, irp, _guid, first, count, lengths, avail, memory, offset) => {
    let end = 0;
    let final: NtStatus = lengths === null ? STATUS_BUFFER_TOO_SMALL : STATUS_SUCCESS;
    for (let index = first; index < first + count; index += 1) {
      const start = alignUp(end, 8);
      const room = Math.max(0, avail - start);
      const at = offset === null || room === 0 ? null : offset + start;
      const query = instances[index]?.evtWmiInstanceQueryInstance;
      const { status, bufferUsed = 0 } = query?.(instanceAt(index), room, memory, at) ?? {
        status: STATUS_SUCCESS,
      };
      if (status !== STATUS_SUCCESS && status !== STATUS_BUFFER_TOO_SMALL) {
        return wmiCompleteRequest(device, irp, status, bufferUsed);
      }
      if (status === STATUS_BUFFER_TOO_SMALL) final = status;
      if (lengths !== null) lengths[index - first] = bufferUsed;
      end = start + bufferUsed;
    }
    return wmiCompleteRequest(device, irp, final, end);
  };
}

/** Routines that pass every request to the byte-level callbacks of its instance. */
function contextOf(
  instances: readonly WmiInstanceCallbacks[],
  pdo: bigint,
  { expensive = false, control }: ModelRigOptions,
): WmilibContext {
  const has = (name: keyof WmiInstanceCallbacks) =>
    instances.some((callbacks) => callbacks[name] !== undefined);
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
    queryWmiDataBlock: queryRoutine(instances),
    ...(has('evtWmiInstanceSetInstance') && {
      setWmiDataBlock: (device, irp, _guid, index, size, memory, offset) => {
        const set = must(instances[index]?.evtWmiInstanceSetInstance);
        const status = set(instanceAt(index), size, memory, offset);
        return wmiCompleteRequest(device, irp, status, 0);
      },
    }),
    ...(has('evtWmiInstanceSetItem') && {
      setWmiDataItem: (device, irp, _guid, index, id, size, memory, offset) => {
        const set = must(instances[index]?.evtWmiInstanceSetItem);
        const status = set(instanceAt(index), id, size, memory, offset);
        return wmiCompleteRequest(device, irp, status, 0);
      },
    }),
    ...(has('evtWmiInstanceExecuteMethod') && {
      executeWmiMethod: (device, irp, _guid, index, id, inSize, outSize, memory, offset) => {
        const execute = must(instances[index]?.evtWmiInstanceExecuteMethod);
        const result = execute(instanceAt(index), id, inSize, outSize, memory, offset);
        return wmiCompleteRequest(device, irp, result.status, result.bufferUsed ?? 0);
      },
    }),
    ...(control && {
      wmiFunctionControl: (device, irp, _guid, which, enable) =>
        wmiCompleteRequest(device, irp, control(which === 0 ? 'events' : 'collection', enable), 0),
    }),
  };
}

export function wmilibRig(options: ModelRigOptions = {}): ModelRig {
  const { lowest = false } = options;
  const kernel = createKernel({ clock: () => now, ...options.kernel });
  const { calls, callbacks } = instancesOf(options);
  const { below, lowerDevice } = stackBelow();
  const pdo = kernel.newObjectPointer();
  const device = createWmilibDevice(kernel, {
    context: contextOf(callbacks, pdo, options),
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
  const context = contextOf([{}], 1n, {});
  const device = createWmilibDevice(createKernel(), { context });
  const irp = request(device, { minor, data: [1, 2, 3, 4] });
  const { disposition } = wmiSystemControl(context, device, irp);
  expect(disposition).toBe(SysctlIrpDisposition.irpNotCompleted);
  expect(ntStatusName(irp.ioStatus.status)).toBe('STATUS_WMI_READ_ONLY');
  expect(irp.ioStatus.information).toBe(0);
}
