/**
 * IoWMIQueryAllData: the WNODE_ALL_DATA of every driver of a GUID, chained by WNODE_HEADER.Linkage
 * (docs/spec/runtime.md#consumer-routines, rule 6).
 */
import { IRP_MN_QUERY_ALL_DATA, type SystemControlIrp } from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import { readAllData, type AllData } from '../wnode-codec.js';
import { viewOf } from '../memory.js';
import {
  WNODE_ALL_DATA,
  WNODE_DATA_ALIGNMENT,
  WNODE_FLAG_ALL_DATA,
  WNODE_FLAG_PDO_INSTANCE_NAMES,
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_HEADER,
  alignUp,
  isUlong,
} from '../wnode.js';
import { WMIGUID_QUERY, checkAccess } from './handles.js';
import { newBlockRequest, send, sizeNeededBy } from './send.js';
import {
  type BlockObject,
  type DataBlockObject,
  type DriverBlock,
  type KernelState,
} from './state.js';

/** One instance of the result. */
export interface QueriedInstance {
  readonly instanceName: string;
  readonly data: Uint8Array;
}

/** The result of IoWMIQueryAllData. */
export interface QueryAllDataResult {
  readonly status: NtStatus;
  /** InOutBufferSize: bytes stored, or required with STATUS_BUFFER_TOO_SMALL; else 0. */
  readonly bufferSize: number;
  /** OutBuffer: the chain of WNODE_ALL_DATA blocks. */
  readonly wnodes?: Uint8Array;
  /** The instances in it, with their names. */
  readonly instances?: readonly QueriedInstance[];
}

/** One driver's part of the chain. */
interface Answer {
  readonly wnode: Uint8Array;
  readonly instances: readonly QueriedInstance[];
}

/** IoWMIQueryAllData. `outBufferSize` is the room for the whole chain in bytes; 0 queries the size. */
export function queryAllData(
  kernel: KernelState,
  object: DataBlockObject,
  outBufferSize: number,
): QueryAllDataResult {
  const denied = checkAccess(kernel, object, WMIGUID_QUERY);
  if (denied !== undefined) return { status: denied, bufferSize: 0 };
  if (!isUlong(outBufferSize)) return { status: STATUS_INVALID_PARAMETER, bufferSize: 0 };
  const { entry } = object as BlockObject;
  if (entry.blocks.length === 0) return { status: STATUS_WMI_GUID_NOT_FOUND, bufferSize: 0 };

  const answers: Answer[] = [];
  let size = 0;
  let tooSmall = false;
  let refusal: NtStatus | undefined;
  for (const block of [...entry.blocks]) {
    if (block.removed) continue;
    const start = alignUp(size, WNODE_DATA_ALIGNMENT);
    const irp = queryBlock(kernel, block, outBufferSize - start);
    if (irp === undefined) return { status: STATUS_INSUFFICIENT_RESOURCES, bufferSize: 0 };
    const { status, information } = irp.ioStatus;
    if (!ntSuccess(status)) {
      if (status !== STATUS_WMI_INSTANCE_NOT_FOUND) refusal ??= status;
      continue;
    }
    const needed = sizeNeededBy(irp);
    const wnode = irp.memory.subarray(0, information);
    const read = needed === undefined ? readAllData(wnode) : undefined;
    if (needed === undefined && (read === undefined || information > irp.memory.length)) {
      // A malformed WNODE is a failed request.
      refusal ??= STATUS_UNSUCCESSFUL;
      continue;
    }
    size = start + (needed ?? information);
    if (read === undefined || size > outBufferSize) tooSmall = true;
    else answers.push({ wnode, instances: namedInstances(block, read) });
  }
  if (tooSmall) return { status: STATUS_BUFFER_TOO_SMALL, bufferSize: size };
  if (answers.length === 0) {
    return { status: refusal ?? STATUS_WMI_INSTANCE_NOT_FOUND, bufferSize: 0 };
  }
  return {
    status: STATUS_SUCCESS,
    bufferSize: size,
    wnodes: chain(answers, size),
    instances: answers.flatMap(({ instances }) => instances),
  };
}

function queryBlock(
  kernel: KernelState,
  block: DriverBlock,
  room: number,
): SystemControlIrp | undefined {
  let flags = WNODE_FLAG_ALL_DATA;
  if (block.naming.kind !== 'dynamic') flags |= WNODE_FLAG_STATIC_INSTANCE_NAMES;
  if (block.naming.kind === 'pdo') flags |= WNODE_FLAG_PDO_INSTANCE_NAMES;
  const size = Math.max(WNODE_ALL_DATA.sizeof, room);
  const irp = newBlockRequest(kernel, block, IRP_MN_QUERY_ALL_DATA, size, flags);
  if (irp !== undefined) send(kernel, block.registrant, irp);
  return irp;
}

function chain(answers: readonly Answer[], size: number): Uint8Array {
  const memory = new Uint8Array(size);
  const view = viewOf(memory);
  let at = 0;
  for (const [index, { wnode }] of answers.entries()) {
    memory.set(wnode, at);
    const next = alignUp(at + wnode.length, WNODE_DATA_ALIGNMENT);
    const last = index === answers.length - 1;
    view.setUint32(at + WNODE_HEADER.Linkage, last ? 0 : next - at, true);
    at = next;
  }
  return memory;
}

/** Omits instances without a name: their driver removed them during the query. */
function namedInstances(block: DriverBlock, answer: AllData): readonly QueriedInstance[] {
  return answer.instances.flatMap((instance, index) => {
    const instanceName = instance.instanceName ?? block.names[index];
    return instanceName === undefined ? [] : [{ instanceName, data: instance.data }];
  });
}
