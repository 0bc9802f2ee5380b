/**
 * IoWMIQueryAllDataMultiple and IoWMIQuerySingleInstanceMultiple: query many blocks in one call and chain the results
 * (docs/spec/runtime.md#consumer-routines, rule 7). Each block is queried as by the single routines.
 */
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  type NtStatus,
} from '../ntstatus.js';
import { viewOf } from '../memory.js';
import { WNODE_DATA_ALIGNMENT, WNODE_HEADER, alignUp, isUlong } from '../wnode.js';
import { querySingleInstance } from './consumer.js';
import { WMIGUID_QUERY, checkAccess } from './handles.js';
import { queryAllData, type QueriedInstance } from './query-all.js';
import { type DataBlockObject, type KernelState } from './state.js';

/** One instance of a chain, with its block. */
export interface QueriedBlockInstance extends QueriedInstance {
  readonly guid: string;
}

/** The result of the Multiple routines. */
export interface QueryMultipleResult {
  readonly status: NtStatus;
  /** InOutBufferSize: bytes stored, or required with STATUS_BUFFER_TOO_SMALL; 0 when nothing was found. */
  readonly bufferSize: number;
  /** OutBuffer: the chain by WNODE_HEADER.Linkage. */
  readonly wnodes?: Uint8Array;
  readonly instances?: readonly QueriedBlockInstance[];
}

/** One block's result from one of the single routines. */
interface Part {
  readonly status: NtStatus;
  readonly bufferSize: number;
  readonly wnodes?: Uint8Array;
  /** The offset of its last WNODE. */
  readonly last?: number;
  readonly instances?: readonly QueriedInstance[];
}

/**
 * IoWMIQueryAllDataMultiple: the instances of all blocks. Blocks that no driver has are omitted; when none exists the
 * call succeeds with size 0, unlike the single routine. `outBufferSize` in bytes; 0 queries the size.
 */
export function queryAllDataMultiple(
  kernel: KernelState,
  objects: readonly DataBlockObject[],
  outBufferSize: number,
): QueryMultipleResult {
  return queryEach(kernel, objects, outBufferSize, (object, room) => {
    const answer = queryAllData(kernel, object, room);
    return answer.wnodes === undefined ? answer : { ...answer, last: lastOf(answer.wnodes) };
  });
}

/**
 * IoWMIQuerySingleInstanceMultiple: from each block the instance with the name at the same index. Lists of different
 * lengths are STATUS_INVALID_PARAMETER. Unknown names are omitted, as blocks are.
 */
export function querySingleInstanceMultiple(
  kernel: KernelState,
  objects: readonly DataBlockObject[],
  instanceNames: readonly string[],
  outBufferSize: number,
): QueryMultipleResult {
  if (objects.length !== instanceNames.length) return failed(STATUS_INVALID_PARAMETER);
  return queryEach(kernel, objects, outBufferSize, (object, room, index) => {
    const instanceName = instanceNames[index] ?? '';
    const { status, bufferSize, wnode, data } = querySingleInstance(
      kernel,
      object,
      instanceName,
      room,
    );
    return wnode === undefined || data === undefined
      ? { status, bufferSize }
      : { status, bufferSize, wnodes: wnode, instances: [{ instanceName, data }] };
  });
}

const failed = (status: NtStatus): QueryMultipleResult => ({ status, bufferSize: 0 });

/** Queries one block after another. Other failures of a block count only when no block returns data. */
function queryEach(
  kernel: KernelState,
  objects: readonly DataBlockObject[],
  outBufferSize: number,
  query: (object: DataBlockObject, room: number, index: number) => Part,
): QueryMultipleResult {
  for (const object of objects) {
    const denied = checkAccess(kernel, object, WMIGUID_QUERY);
    if (denied !== undefined) return failed(denied);
  }
  if (!isUlong(outBufferSize)) return failed(STATUS_INVALID_PARAMETER);
  const parts: { readonly start: number; readonly last: number; readonly wnodes: Uint8Array }[] =
    [];
  const instances: QueriedBlockInstance[] = [];
  let size = 0;
  let tooSmall = false;
  let refusal: NtStatus = STATUS_SUCCESS;
  for (const [index, object] of objects.entries()) {
    const start = alignUp(size, WNODE_DATA_ALIGNMENT);
    const part = query(object, Math.max(0, outBufferSize - start), index);
    // Only absent blocks and instances are omitted; without memory the result would be incomplete.
    if (part.status === STATUS_INSUFFICIENT_RESOURCES) return failed(part.status);
    if (part.wnodes !== undefined) {
      size = start + part.bufferSize;
      parts.push({ start, last: start + (part.last ?? 0), wnodes: part.wnodes });
      for (const one of part.instances ?? []) instances.push({ ...one, guid: object.guid });
    } else if (part.status === STATUS_BUFFER_TOO_SMALL) {
      size = start + part.bufferSize;
      tooSmall = true;
    } else if (refusal === STATUS_SUCCESS && !isAbsence(part.status)) {
      refusal = part.status;
    }
  }
  if (tooSmall) return { status: STATUS_BUFFER_TOO_SMALL, bufferSize: size };
  if (parts.length === 0) return failed(refusal);
  const wnodes = new Uint8Array(size);
  const view = viewOf(wnodes);
  for (const [index, { start, last, wnodes: part }] of parts.entries()) {
    wnodes.set(part, start);
    const next = parts[index + 1];
    view.setUint32(last + WNODE_HEADER.Linkage, next === undefined ? 0 : next.start - last, true);
  }
  return { status: STATUS_SUCCESS, bufferSize: size, wnodes, instances };
}

function isAbsence(status: NtStatus): boolean {
  return status === STATUS_WMI_GUID_NOT_FOUND || status === STATUS_WMI_INSTANCE_NOT_FOUND;
}

/** The offset of the last WNODE in a chain from IoWMIQueryAllData. */
function lastOf(wnodes: Uint8Array): number {
  const view = viewOf(wnodes);
  let at = 0;
  for (;;) {
    const linkage = view.getUint32(at + WNODE_HEADER.Linkage, true);
    if (linkage === 0) return at;
    at += linkage;
  }
}
