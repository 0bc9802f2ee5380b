/**
 * IRP_MN_QUERY_ALL_DATA in both documented forms: one size for all instances, or a list of offsets and lengths; with
 * the instances' names where they are dynamic (docs/spec/runtime.md#self-handled-requests, rule 7).
 */
import { copyOf } from '../memory.js';
import { complete, completeTooSmall, completeWithData } from '../irp-answers.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import {
  OFFSETINSTANCEDATAANDLENGTH,
  WNODE_ALL_DATA,
  WNODE_DATA_ALIGNMENT,
  WNODE_FLAG_ALL_DATA,
  WNODE_FLAG_FIXED_INSTANCE_SIZE,
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_FLAG_TOO_SMALL,
  WNODE_HEADER,
  WNODE_TOO_SMALL,
  alignUp,
  countedStringSize,
  maxCountedStringLength,
  writeCountedString,
} from '../wnode.js';
import { queryInstance } from './query-instance.js';
import { type BlockRequest } from './request.js';

/** One instance's result: its data, or only the size when the room was too small. */
interface Collected {
  readonly name: string;
  readonly size: number;
  readonly data: Uint8Array | undefined;
}

/**
 * Returns the data of every instance, or the required size; the first error ends the query. A dynamic name that exceeds
 * a counted string is STATUS_UNSUCCESSFUL.
 */
export function queryAllData(request: BlockRequest): void {
  const { irp, device, bufferSize, target } = request;
  if (bufferSize < WNODE_TOO_SMALL.sizeof) {
    complete(irp, STATUS_BUFFER_TOO_SMALL);
    return;
  }
  if (target.block.instances.length === 0) {
    complete(irp, STATUS_WMI_INSTANCE_NOT_FOUND);
    return;
  }
  const instances = collect(request);
  if (typeof instances === 'number') {
    complete(irp, instances);
    return;
  }
  const named = target.naming.kind === 'dynamic';
  if (named && instances.some(({ name }) => name.length > maxCountedStringLength)) {
    complete(irp, STATUS_UNSUCCESSFUL);
    return;
  }
  const layout = layOut(instances, named);
  if (layout.size > bufferSize || instances.some(({ data }) => data === undefined)) {
    completeTooSmall(irp, bufferSize, layout.size);
    return;
  }
  write(request, instances, layout);
  completeWithData(device.host, irp, STATUS_SUCCESS, layout.size);
}

/** Queries every instance; the first failure is the result. */
function collect(request: BlockRequest): readonly Collected[] | NtStatus {
  const collected: Collected[] = [];
  // One buffer for all instances, so that memory is proportional to their data.
  const memory = new Uint8Array(request.bufferSize);
  for (const instance of request.target.block.instances) {
    const { name } = instance;
    const { status, used } = queryInstance(request, instance, memory.length, memory, 0);
    if (status === STATUS_BUFFER_TOO_SMALL) {
      collected.push({ name, size: used, data: undefined });
    } else if (status === STATUS_INVALID_DEVICE_REQUEST) {
      // An instance without data is not a failure among others.
      collected.push({ name, size: 0, data: new Uint8Array(0) });
    } else if (!ntSuccess(status)) {
      return status;
    } else {
      collected.push({ name, size: used, data: copyOf(memory, 0, used) });
      memory.fill(0, 0, used);
    }
  }
  return collected;
}

/** The layout of the block. Offsets and sizes in bytes. */
interface AllDataLayout {
  readonly fixed: boolean;
  /** The offset of the array of name offsets; `undefined` without names. */
  readonly nameOffsets: number | undefined;
  readonly names: readonly number[];
  readonly data: readonly number[];
  readonly size: number;
}

function layOut(instances: readonly Collected[], named: boolean): AllDataLayout {
  const [{ size: firstSize } = { size: 0 }] = instances;
  // With a fixed size of 0 the number of instances would be lost.
  const fixed = firstSize > 0 && instances.every(({ size }) => size === firstSize);
  let end: number = WNODE_ALL_DATA.FixedInstanceSize;
  end += fixed ? 4 : instances.length * OFFSETINSTANCEDATAANDLENGTH.sizeof;
  const nameOffsets = named ? end : undefined;
  if (named) end += instances.length * 4;
  const names = named
    ? instances.map(({ name }) => {
        const at = end;
        end += countedStringSize(name);
        return at;
      })
    : [];
  end = Math.max(end, WNODE_ALL_DATA.sizeof);
  const data = instances.map(({ size }) => {
    const at = alignUp(end, WNODE_DATA_ALIGNMENT);
    end = at + size;
    return at;
  });
  return { fixed, nameOffsets, names, data, size: end };
}

function write(
  { irp }: BlockRequest,
  instances: readonly Collected[],
  { fixed, nameOffsets, names, data }: AllDataLayout,
): void {
  const { view, memory } = irp;
  let flags = view.getUint32(WNODE_HEADER.Flags, true) | WNODE_FLAG_ALL_DATA;
  flags &= ~(
    WNODE_FLAG_FIXED_INSTANCE_SIZE |
    WNODE_FLAG_STATIC_INSTANCE_NAMES |
    WNODE_FLAG_TOO_SMALL
  );
  if (fixed) flags |= WNODE_FLAG_FIXED_INSTANCE_SIZE;
  if (nameOffsets === undefined) flags |= WNODE_FLAG_STATIC_INSTANCE_NAMES;
  view.setUint32(WNODE_HEADER.Flags, flags >>> 0, true);
  view.setUint32(WNODE_ALL_DATA.DataBlockOffset, data[0] ?? 0, true);
  view.setUint32(WNODE_ALL_DATA.InstanceCount, instances.length, true);
  view.setUint32(WNODE_ALL_DATA.OffsetInstanceNameOffsets, nameOffsets ?? 0, true);
  if (fixed) view.setUint32(WNODE_ALL_DATA.FixedInstanceSize, instances[0]?.size ?? 0, true);
  for (const [index, instance] of instances.entries()) {
    const at = data[index] ?? 0;
    memory.set(instance.data ?? [], at);
    if (!fixed) {
      const entry =
        WNODE_ALL_DATA.OffsetInstanceDataAndLength + index * OFFSETINSTANCEDATAANDLENGTH.sizeof;
      view.setUint32(entry + OFFSETINSTANCEDATAANDLENGTH.OffsetInstanceData, at, true);
      view.setUint32(entry + OFFSETINSTANCEDATAANDLENGTH.LengthInstanceData, instance.size, true);
    }
    if (nameOffsets === undefined) continue;
    const nameAt = names[index] ?? 0;
    view.setUint32(nameOffsets + index * 4, nameAt, true);
    writeCountedString(view, nameAt, instance.name);
  }
}
