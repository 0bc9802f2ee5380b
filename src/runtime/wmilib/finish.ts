/**
 * How WmiCompleteRequest completes each kind of request from a routine's status and BufferUsed (docs/spec/runtime.md#wmilib, rule 7).
 */
import { complete, completeTooSmall, completeWithData, writeDataSize } from '../irp-answers.js';
import { type SystemControlIrp } from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_SET_FAILURE,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import {
  OFFSETINSTANCEDATAANDLENGTH,
  WNODE_ALL_DATA,
  WNODE_DATA_ALIGNMENT,
  WNODE_FLAG_FIXED_INSTANCE_SIZE,
  WNODE_HEADER,
  alignUp,
} from '../wnode.js';
import { type Finish } from './requests.js';
import { type WmilibDevice } from './types.js';

/** A set has no output, so STATUS_BUFFER_TOO_SMALL becomes a set failure; control requests keep their status. */
export function finishWithoutData(irp: SystemControlIrp, kind: 'set' | 'control'): Finish {
  return (status) => {
    const tooSmall = kind === 'set' && status === STATUS_BUFFER_TOO_SMALL;
    complete(irp, tooSmall ? STATUS_WMI_SET_FAILURE : status);
  };
}

export function finishQuerySingle(
  device: WmilibDevice,
  irp: SystemControlIrp,
  dataBlockOffset: number,
  bufferSize: number,
): Finish {
  return finishOneInstance('instance', device, irp, dataBlockOffset, bufferSize);
}

export function finishMethod(
  device: WmilibDevice,
  irp: SystemControlIrp,
  dataBlockOffset: number,
  bufferSize: number,
): Finish {
  return finishOneInstance('method', device, irp, dataBlockOffset, bufferSize);
}

function finishOneInstance(
  shape: 'instance' | 'method',
  device: WmilibDevice,
  irp: SystemControlIrp,
  dataBlockOffset: number,
  bufferSize: number,
): Finish {
  return (returned, used) => {
    const end = dataBlockOffset + used;
    const isSizeQuery = shape === 'instance' && dataBlockOffset >= bufferSize;
    const status = isSizeQuery ? sizeQueryStatus(returned, used) : returned;
    // No data to store, but also no room for the fields that state this.
    const noRoom = ntSuccess(status) && used === 0 && device.hardening && end > bufferSize;
    if (status === STATUS_BUFFER_TOO_SMALL || noRoom) {
      completeTooSmall(irp, bufferSize, end);
    } else if (!ntSuccess(status)) {
      complete(irp, status);
    } else if (device.hardening && end > bufferSize) {
      // More than the available room cannot have been written.
      complete(irp, STATUS_UNSUCCESSFUL);
    } else {
      writeDataSize(irp, shape, used);
      completeWithData(device.host, irp, status, end);
    }
  };
}

/**
 * With BufferAvail 0 a routine returns STATUS_BUFFER_TOO_SMALL whatever it needs (docs/spec/runtime.md#wmilib, rule 6). A routine that needs 0 bytes
 * already has its room: a retry with the same size would never end.
 */
function sizeQueryStatus(status: NtStatus, used: number): NtStatus {
  return status === STATUS_BUFFER_TOO_SMALL && used === 0 ? STATUS_SUCCESS : status;
}

/** The layout of a WNODE_ALL_DATA that a routine fills. */
interface AllDataLayout {
  readonly count: number;
  readonly dataBlockOffset: number;
  readonly bufferSize: number;
  /** `null` when only the size was requested. */
  readonly lengths: Uint32Array | null;
}

export function finishQueryAll(
  device: WmilibDevice,
  irp: SystemControlIrp,
  layout: AllDataLayout,
): Finish {
  const { count, dataBlockOffset, bufferSize } = layout;
  return (returned, used) => {
    const end = dataBlockOffset + used;
    const isSizeQuery = layout.lengths === null && dataBlockOffset <= bufferSize;
    const status = isSizeQuery ? sizeQueryStatus(returned, used) : returned;
    if (status === STATUS_BUFFER_TOO_SMALL) {
      completeTooSmall(irp, bufferSize, end);
      return;
    }
    if (!ntSuccess(status)) {
      complete(irp, status);
      return;
    }
    if (dataBlockOffset > bufferSize) {
      // No data to store, but also no room for the entries that state this; other data cannot have been stored.
      if (used === 0) completeTooSmall(irp, bufferSize, end);
      else complete(irp, STATUS_UNSUCCESSFUL);
      return;
    }
    const lengths = layout.lengths ?? new Uint32Array(count);
    if (device.hardening && !holds(lengths, used, bufferSize - dataBlockOffset)) {
      complete(irp, STATUS_UNSUCCESSFUL);
      return;
    }
    writeInstances(irp, dataBlockOffset, lengths);
    completeWithData(device.host, irp, status, end);
  };
}

/** Whether the instances end where the routine reports, inside the buffer. */
function holds(lengths: Uint32Array, used: number, room: number): boolean {
  let end = 0;
  for (const length of lengths) {
    if (length > 0) end = alignUp(end, WNODE_DATA_ALIGNMENT) + length;
  }
  return end <= used && used <= room;
}

/** Instances of equal size use the form with one size, others a list of offsets and lengths (docs/spec/runtime.md#differences, X5). */
function writeInstances(
  { view }: SystemControlIrp,
  dataBlockOffset: number,
  lengths: Uint32Array,
): void {
  const [first = 0] = lengths;
  const fixed = lengths.every((length) => length === first);
  const flags = view.getUint32(WNODE_HEADER.Flags, true) & ~WNODE_FLAG_FIXED_INSTANCE_SIZE;
  view.setUint32(
    WNODE_HEADER.Flags,
    (fixed ? flags | WNODE_FLAG_FIXED_INSTANCE_SIZE : flags) >>> 0,
    true,
  );
  view.setUint32(WNODE_ALL_DATA.DataBlockOffset, dataBlockOffset, true);
  view.setUint32(WNODE_ALL_DATA.InstanceCount, lengths.length, true);
  view.setUint32(WNODE_ALL_DATA.OffsetInstanceNameOffsets, 0, true);
  if (fixed) {
    view.setUint32(WNODE_ALL_DATA.FixedInstanceSize, first, true);
    return;
  }
  let offset = dataBlockOffset;
  let entry: number = WNODE_ALL_DATA.OffsetInstanceDataAndLength;
  for (const length of lengths) {
    // The next boundary may be after the last byte: an empty instance is placed at the start of the data.
    const at = length === 0 ? dataBlockOffset : offset;
    view.setUint32(entry + OFFSETINSTANCEDATAANDLENGTH.OffsetInstanceData, at, true);
    view.setUint32(entry + OFFSETINSTANCEDATAANDLENGTH.LengthInstanceData, length, true);
    entry += OFFSETINSTANCEDATAANDLENGTH.sizeof;
    offset = alignUp(offset + length, WNODE_DATA_ALIGNMENT);
  }
}
