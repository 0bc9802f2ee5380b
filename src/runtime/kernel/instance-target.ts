/**
 * Selects the drivers that get a request for one instance, and whose result counts (docs/spec/runtime.md#several-drivers): the owner of a
 * static name only; otherwise every driver with dynamic names, until one succeeds.
 */
import { type SystemControlIrp } from '../irp.js';
import {
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import {
  WNODE_DATA_ALIGNMENT,
  WNODE_FLAG_METHOD_ITEM,
  WNODE_FLAG_PDO_INSTANCE_NAMES,
  WNODE_FLAG_SINGLE_INSTANCE,
  WNODE_FLAG_SINGLE_ITEM,
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_METHOD_ITEM,
  WNODE_SINGLE_INSTANCE,
  WNODE_SINGLE_ITEM,
  alignUp,
  countedStringSize,
  maxCountedStringLength,
  writeCountedString,
} from '../wnode.js';
import { resolveStaticName } from './names.js';
import { newBlockRequest, send } from './send.js';
import { type DriverBlock, type GuidEntry, type KernelState } from './state.js';

/** A request for one instance; the same for every driver that may get it. */
export interface InstanceRequest {
  readonly kind: 'instance' | 'item' | 'method';
  readonly minor: number;
  /** WmiDataId or WmiMethodId; 0 for a whole instance. */
  readonly id: number;
  /** The input data; empty for a query. */
  readonly data: Uint8Array;
  /** Bytes from DataBlockOffset on; at least the length of `data`. */
  readonly room: number;
}

/**
 * The flag of each kind of request, and where its variable data starts (a dynamic name, or else the data, 8-aligned).
 */
const shapes = {
  instance: {
    flag: WNODE_FLAG_SINGLE_INSTANCE,
    variableData: WNODE_SINGLE_INSTANCE.VariableData,
  },
  item: { flag: WNODE_FLAG_SINGLE_ITEM, variableData: WNODE_SINGLE_ITEM.VariableData },
  method: { flag: WNODE_FLAG_METHOD_ITEM, variableData: WNODE_METHOD_ITEM.VariableData },
} as const;

/** Sends a request to each possible owner of the instance; returns the request that counts, or a status. */
export function sendToInstance(
  kernel: KernelState,
  entry: GuidEntry,
  instanceName: string,
  request: InstanceRequest,
): SystemControlIrp | NtStatus {
  if (entry.blocks.length === 0) return STATUS_WMI_GUID_NOT_FOUND;
  const target = resolveStaticName(entry, instanceName);
  if (target !== undefined) return sendStatic(kernel, target.block, target.index, request);
  return sendDynamic(kernel, entry, instanceName, request);
}

function sendStatic(
  kernel: KernelState,
  block: DriverBlock,
  index: number,
  request: InstanceRequest,
): SystemControlIrp | NtStatus {
  const { flag, variableData } = shapes[request.kind];
  const dataBlockOffset = alignUp(variableData, WNODE_DATA_ALIGNMENT);
  const naming =
    block.naming.kind === 'pdo'
      ? WNODE_FLAG_STATIC_INSTANCE_NAMES | WNODE_FLAG_PDO_INSTANCE_NAMES
      : WNODE_FLAG_STATIC_INSTANCE_NAMES;
  const size = dataBlockOffset + request.room;
  const irp = newBlockRequest(kernel, block, request.minor, size, flag | naming);
  if (irp === undefined) return STATUS_INSUFFICIENT_RESOURCES;
  irp.view.setUint32(WNODE_SINGLE_INSTANCE.InstanceIndex, index, true);
  fill(irp, request, dataBlockOffset);
  send(kernel, block.registrant, irp);
  return irp;
}

function sendDynamic(
  kernel: KernelState,
  entry: GuidEntry,
  instanceName: string,
  request: InstanceRequest,
): SystemControlIrp | NtStatus {
  if (instanceName.length > maxCountedStringLength) return STATUS_WMI_INSTANCE_NOT_FOUND;
  const { flag, variableData } = shapes[request.kind];
  const nameEnd = variableData + countedStringSize(instanceName);
  const dataBlockOffset = alignUp(nameEnd, WNODE_DATA_ALIGNMENT);
  let refused: SystemControlIrp | undefined;
  for (const block of [...entry.blocks]) {
    if (block.naming.kind !== 'dynamic' || block.removed) continue;
    const size = dataBlockOffset + request.room;
    const irp = newBlockRequest(kernel, block, request.minor, size, flag);
    if (irp === undefined) return STATUS_INSUFFICIENT_RESOURCES;
    irp.view.setUint32(WNODE_SINGLE_INSTANCE.OffsetInstanceName, variableData, true);
    writeCountedString(irp.view, variableData, instanceName);
    fill(irp, request, dataBlockOffset);
    send(kernel, block.registrant, irp);
    const { status } = irp.ioStatus;
    if (ntSuccess(status)) return irp;
    const unknownInstance =
      status === STATUS_WMI_INSTANCE_NOT_FOUND || status === STATUS_WMI_GUID_NOT_FOUND;
    if (!unknownInstance) refused ??= irp;
  }
  return refused ?? STATUS_WMI_INSTANCE_NOT_FOUND;
}

/** Writes DataBlockOffset, size, id and data. */
function fill(irp: SystemControlIrp, request: InstanceRequest, dataBlockOffset: number): void {
  const { view } = irp;
  const { id, data } = request;
  switch (request.kind) {
    case 'instance':
      view.setUint32(WNODE_SINGLE_INSTANCE.DataBlockOffset, dataBlockOffset, true);
      view.setUint32(WNODE_SINGLE_INSTANCE.SizeDataBlock, data.length, true);
      break;
    case 'item':
      view.setUint32(WNODE_SINGLE_ITEM.ItemId, id, true);
      view.setUint32(WNODE_SINGLE_ITEM.DataBlockOffset, dataBlockOffset, true);
      view.setUint32(WNODE_SINGLE_ITEM.SizeDataItem, data.length, true);
      break;
    case 'method':
      view.setUint32(WNODE_METHOD_ITEM.MethodId, id, true);
      view.setUint32(WNODE_METHOD_ITEM.DataBlockOffset, dataBlockOffset, true);
      view.setUint32(WNODE_METHOD_ITEM.SizeDataBlock, data.length, true);
      break;
    default:
      request.kind satisfies never;
  }
  irp.memory.set(data, dataBlockOffset);
}
