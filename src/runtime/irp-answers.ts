/**
 * How a driver completes a request, and where a request states its data: shared by the driver models. The deviations of
 * the kmdf model are in kmdf/completion.ts.
 */
import { requireInside } from './bug-check.js';
import { type DriverHost } from './driver-host.js';
import {
  IRP_MN_EXECUTE_METHOD,
  IRP_MN_QUERY_SINGLE_INSTANCE,
  type SystemControlIrp,
} from './irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INTEGER_OVERFLOW,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  STATUS_WMI_SET_FAILURE,
  type NtStatus,
} from './ntstatus.js';
import {
  WNODE_HEADER,
  WNODE_METHOD_ITEM,
  WNODE_SINGLE_INSTANCE,
  WNODE_SINGLE_ITEM,
  WNODE_TOO_SMALL,
  writeTooSmall,
  writeUint64,
} from './wnode.js';

const maxUlong = 0xffffffff;

/** Completes with a status and Information, 0 by default. */
export function complete(irp: SystemControlIrp, status: NtStatus, information = 0): void {
  irp.ioStatus.status = status;
  irp.ioStatus.information = information;
}

/**
 * Completes with STATUS_SUCCESS and a WNODE_TOO_SMALL. Fails with STATUS_BUFFER_TOO_SMALL when `bufferSize` cannot hold
 * one (WDK, IRP_MN_QUERY_ALL_DATA), with STATUS_INTEGER_OVERFLOW when the size exceeds a ULONG.
 */
export function completeTooSmall(
  irp: SystemControlIrp,
  bufferSize: number,
  sizeNeeded: number,
): void {
  if (sizeNeeded > maxUlong) {
    complete(irp, STATUS_INTEGER_OVERFLOW);
  } else if (bufferSize < WNODE_TOO_SMALL.sizeof) {
    complete(irp, STATUS_BUFFER_TOO_SMALL);
  } else {
    requireInside(irp.memory, 0, WNODE_TOO_SMALL.sizeof);
    writeTooSmall(irp.view, sizeNeeded);
    complete(irp, STATUS_SUCCESS, WNODE_TOO_SMALL.sizeof);
  }
}

/** Completes a request that produced data: header.BufferSize and Information are `size`, TimeStamp is now. */
export function completeWithData(
  host: DriverHost,
  irp: SystemControlIrp,
  status: NtStatus,
  size: number,
): void {
  requireInside(irp.memory, 0, WNODE_HEADER.sizeof);
  irp.view.setUint32(WNODE_HEADER.BufferSize, size >>> 0, true);
  writeUint64(irp.view, WNODE_HEADER.TimeStamp, host.systemTime());
  complete(irp, status, size >>> 0);
}

/** The WNODEs that name one instance, by what they transfer. */
export type InstanceShape = 'instance' | 'item' | 'method';

/** Per shape: the bytes before variable data, and the offsets of the fields that describe the data. */
const shapes = {
  instance: {
    fixedPart: WNODE_SINGLE_INSTANCE.VariableData,
    dataBlockOffset: WNODE_SINGLE_INSTANCE.DataBlockOffset,
    dataSize: WNODE_SINGLE_INSTANCE.SizeDataBlock,
  },
  item: {
    fixedPart: WNODE_SINGLE_ITEM.VariableData,
    dataBlockOffset: WNODE_SINGLE_ITEM.DataBlockOffset,
    dataSize: WNODE_SINGLE_ITEM.SizeDataItem,
  },
  method: {
    fixedPart: WNODE_METHOD_ITEM.VariableData,
    dataBlockOffset: WNODE_METHOD_ITEM.DataBlockOffset,
    dataSize: WNODE_METHOD_ITEM.SizeDataBlock,
  },
} as const;

/** ItemId and MethodId have the same offset. */
const idOffset = WNODE_SINGLE_ITEM.ItemId;

/** The data fields of a request: sizes and offsets in bytes, unchecked. */
export interface StatedData {
  /** WmiDataId or WmiMethodId; 0 for a whole instance. */
  readonly id: number;
  readonly dataBlockOffset: number;
  /** SizeDataBlock or SizeDataItem. */
  readonly size: number;
}

/** Bytes of this shape before its variable data. */
export const fixedPartOf = (shape: InstanceShape): number => shapes[shape].fixedPart;

/** Reads the fields that describe the data; stops with a simulated bug check when the memory ends before them. */
export function readStatedData(irp: SystemControlIrp, shape: InstanceShape): StatedData {
  const { fixedPart, dataBlockOffset, dataSize } = shapes[shape];
  requireInside(irp.memory, 0, fixedPart);
  return {
    id: shape === 'instance' ? 0 : irp.view.getUint32(idOffset, true),
    dataBlockOffset: irp.view.getUint32(dataBlockOffset, true),
    size: irp.view.getUint32(dataSize, true),
  };
}

/** Writes SizeDataBlock of an answer. */
export function writeDataSize(irp: SystemControlIrp, shape: InstanceShape, size: number): void {
  irp.view.setUint32(shapes[shape].dataSize, size >>> 0, true);
}

/** Whether `size` bytes at `offset` lie in the buffer after the fixed part, at any alignment. */
export function dataLiesInside(
  shape: InstanceShape,
  offset: number,
  size: number,
  bufferSize: number,
): boolean {
  return offset >= shapes[shape].fixedPart && offset + size <= bufferSize;
}

/** The status for a request for one instance whose buffer ends before the required fields. */
export function cutOffStatus(minor: number): NtStatus {
  if (minor === IRP_MN_QUERY_SINGLE_INSTANCE) return STATUS_BUFFER_TOO_SMALL;
  if (minor === IRP_MN_EXECUTE_METHOD) return STATUS_INVALID_PARAMETER;
  return STATUS_WMI_SET_FAILURE;
}
