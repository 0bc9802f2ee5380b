/**
 * Calls a driver's DpWmi… routines: their arguments, the result when one is absent, and the checks of hardening (the
 * table of docs/spec/runtime.md#wmilib). Each call returns the routine's status, or `undefined` when the driver has to complete the
 * request, whose IoStatus is set.
 */
import {
  complete,
  dataLiesInside,
  fixedPartOf,
  readStatedData,
  type InstanceShape,
  type StatedData,
} from '../irp-answers.js';
import { requireInside } from '../bug-check.js';
import { type SystemControlIrp } from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
  type NtStatus,
} from '../ntstatus.js';
import {
  OFFSETINSTANCEDATAANDLENGTH,
  WNODE_ALL_DATA,
  WNODE_DATA_ALIGNMENT,
  WNODE_TOO_SMALL,
  alignUp,
} from '../wnode.js';
import { finishMethod, finishQueryAll, finishQuerySingle, finishWithoutData } from './finish.js';
import { openRequest, type Finish } from './requests.js';
import { type WmiEnableDisableControl, type WmilibContext, type WmilibDevice } from './types.js';

/** A request that passed the library's first checks. */
export interface Call {
  readonly context: WmilibContext;
  readonly device: WmilibDevice;
  readonly irp: SystemControlIrp;
  readonly guidIndex: number;
  /** Usable bytes. */
  readonly bufferSize: number;
}

interface TracedArguments {
  readonly instanceIndex?: number;
  readonly id?: number;
  readonly inBufferSize?: number;
  readonly outBufferSize?: number;
  readonly control?: number;
  readonly enable?: boolean;
}

/** Passes the request to a routine. */
function run(
  call: Call,
  callback: string,
  { instanceIndex, ...sizes }: TracedArguments,
  finish: Finish,
  routine: () => NtStatus,
): NtStatus {
  const { device, irp } = call;
  const { trace } = device.host;
  const driver = device.name;
  openRequest(device, irp, finish);
  trace?.({
    kind: 'callbackBegin',
    driver,
    callback,
    guid: String(irp.dataPath),
    label: instanceIndex === undefined ? '' : String(instanceIndex),
    ...sizes,
  });
  const status = routine();
  trace?.({ kind: 'callbackEnd', driver, callback, status });
  return status;
}

/**
 * The data fields of a request, or `undefined` when hardening refused it. The offset of an empty set is not checked;
 * for a method the output starts there.
 */
function statedData(
  { device, irp, bufferSize }: Call,
  shape: InstanceShape,
  refusal: NtStatus,
): StatedData | undefined {
  if (device.hardening && bufferSize < fixedPartOf(shape)) {
    complete(irp, refusal);
    return undefined;
  }
  const stated = readStatedData(irp, shape);
  const { dataBlockOffset, size } = stated;
  const nothing = size === 0 && shape !== 'method';
  if (device.hardening && !nothing && !dataLiesInside(shape, dataBlockOffset, size, bufferSize)) {
    complete(irp, refusal);
    return undefined;
  }
  return stated;
}

/**
 * IRP_MN_QUERY_SINGLE_INSTANCE: DpWmiQueryDataBlock for one instance. With hardening, a buffer that ends before its
 * data starts queries the size; one without the fields, the size for a static name.
 */
export function callQuerySingle(call: Call, instanceIndex: number): NtStatus | undefined {
  const { context, device, irp, guidIndex, bufferSize } = call;
  const fixedPart = fixedPartOf('instance');
  const hasFields = !device.hardening || bufferSize >= fixedPart;
  const dataBlockOffset = hasFields ? readStatedData(irp, 'instance').dataBlockOffset : fixedPart;
  const cutOff = device.hardening && dataBlockOffset > bufferSize;
  if (device.hardening && dataBlockOffset < fixedPart) {
    complete(irp, STATUS_INVALID_PARAMETER);
    return undefined;
  }
  const avail = cutOff ? 0 : (bufferSize - dataBlockOffset) >>> 0;
  return run(
    call,
    'DpWmiQueryDataBlock',
    { instanceIndex, outBufferSize: avail },
    finishQuerySingle(device, irp, dataBlockOffset, bufferSize),
    () =>
      context.queryWmiDataBlock(
        device,
        irp,
        guidIndex,
        instanceIndex,
        1,
        avail === 0 ? null : new Uint32Array(1),
        avail,
        irp.memory,
        avail === 0 ? null : dataBlockOffset,
      ),
  );
}

/**
 * IRP_MN_QUERY_ALL_DATA: DpWmiQueryDataBlock for every instance. The entries of all instances come first; a buffer that
 * ends before or directly after them queries the size.
 */
export function callQueryAll(call: Call): NtStatus | undefined {
  const { context, device, irp, guidIndex, bufferSize } = call;
  if (bufferSize < WNODE_TOO_SMALL.sizeof) {
    complete(irp, STATUS_BUFFER_TOO_SMALL);
    return undefined;
  }
  const count = context.guidList[guidIndex]?.instanceCount ?? 0;
  if (count === 0) {
    complete(irp, STATUS_WMI_INSTANCE_NOT_FOUND);
    return undefined;
  }
  const entries = count * OFFSETINSTANCEDATAANDLENGTH.sizeof;
  const dataBlockOffset = alignUp(
    WNODE_ALL_DATA.OffsetInstanceDataAndLength + entries,
    WNODE_DATA_ALIGNMENT,
  );
  const fits = dataBlockOffset <= bufferSize;
  if (fits) requireInside(irp.memory, 0, dataBlockOffset);
  const avail = fits ? bufferSize - dataBlockOffset : 0;
  const lengths = avail === 0 ? null : new Uint32Array(count);
  return run(
    call,
    'DpWmiQueryDataBlock',
    { outBufferSize: avail },
    finishQueryAll(device, irp, { count, dataBlockOffset, bufferSize, lengths }),
    () =>
      context.queryWmiDataBlock(
        device,
        irp,
        guidIndex,
        0,
        count,
        lengths,
        avail,
        irp.memory,
        lengths === null ? null : dataBlockOffset,
      ),
  );
}

/** IRP_MN_CHANGE_SINGLE_INSTANCE: DpWmiSetDataBlock; without it the block is read-only (docs/spec/runtime.md#wmilib-routines). */
export function callSetDataBlock(call: Call, instanceIndex: number): NtStatus | undefined {
  const { context, device, irp, guidIndex } = call;
  const { setWmiDataBlock } = context;
  if (setWmiDataBlock === undefined) {
    complete(irp, STATUS_WMI_READ_ONLY);
    return undefined;
  }
  const stated = statedData(call, 'instance', STATUS_WMI_SET_FAILURE);
  if (stated === undefined) return undefined;
  const { size, dataBlockOffset } = stated;
  return run(
    call,
    'DpWmiSetDataBlock',
    { instanceIndex, inBufferSize: size },
    finishWithoutData(irp, 'set'),
    () => setWmiDataBlock(device, irp, guidIndex, instanceIndex, size, irp.memory, dataBlockOffset),
  );
}

/** IRP_MN_CHANGE_SINGLE_ITEM: DpWmiSetDataItem; without it the block is read-only (docs/spec/runtime.md#wmilib-routines). */
export function callSetDataItem(call: Call, instanceIndex: number): NtStatus | undefined {
  const { context, device, irp, guidIndex } = call;
  const { setWmiDataItem } = context;
  if (setWmiDataItem === undefined) {
    complete(irp, STATUS_WMI_READ_ONLY);
    return undefined;
  }
  const stated = statedData(call, 'item', STATUS_WMI_SET_FAILURE);
  if (stated === undefined) return undefined;
  const { id, size, dataBlockOffset } = stated;
  return run(
    call,
    'DpWmiSetDataItem',
    { instanceIndex, id, inBufferSize: size },
    finishWithoutData(irp, 'set'),
    () =>
      setWmiDataItem(device, irp, guidIndex, instanceIndex, id, size, irp.memory, dataBlockOffset),
  );
}

/** IRP_MN_EXECUTE_METHOD: DpWmiExecuteMethod; without it STATUS_INVALID_DEVICE_REQUEST. */
export function callExecuteMethod(call: Call, instanceIndex: number): NtStatus | undefined {
  const { context, device, irp, guidIndex, bufferSize } = call;
  const { executeWmiMethod } = context;
  if (executeWmiMethod === undefined) {
    complete(irp, STATUS_INVALID_DEVICE_REQUEST);
    return undefined;
  }
  const stated = statedData(call, 'method', STATUS_INVALID_PARAMETER);
  if (stated === undefined) return undefined;
  const { id, size, dataBlockOffset } = stated;
  const outSize = (bufferSize - dataBlockOffset) >>> 0;
  return run(
    call,
    'DpWmiExecuteMethod',
    { instanceIndex, id, inBufferSize: size, outBufferSize: outSize },
    finishMethod(device, irp, dataBlockOffset, bufferSize),
    () =>
      executeWmiMethod(
        device,
        irp,
        guidIndex,
        instanceIndex,
        id,
        size,
        outSize,
        irp.memory,
        dataBlockOffset,
      ),
  );
}

/** The four requests that switch events and collection: DpWmiFunctionControl; without it STATUS_SUCCESS. */
export function callFunctionControl(
  call: Call,
  control: WmiEnableDisableControl,
  enable: boolean,
): NtStatus | undefined {
  const { context, device, irp, guidIndex } = call;
  const { wmiFunctionControl } = context;
  if (wmiFunctionControl === undefined) {
    complete(irp, STATUS_SUCCESS);
    return undefined;
  }
  return run(
    call,
    'DpWmiFunctionControl',
    // Traced with the framework's numbers, which are higher by one.
    { control: control + 1, enable },
    finishWithoutData(irp, 'control'),
    () => wmiFunctionControl(device, irp, guidIndex, control, enable),
  );
}
