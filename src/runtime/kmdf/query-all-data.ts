/**
 * IRP_MN_QUERY_ALL_DATA as the framework implements it (docs/spec/runtime.md#kmdf-query-all-data).
 */
import { complete, completeWithData } from '../irp-answers.js';
import { requireInside } from '../bug-check.js';
import { type SystemControlIrp } from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INTEGER_OVERFLOW,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  ntSuccess,
} from '../ntstatus.js';
import { registrationLayouts } from '../wmireg.js';
import {
  OFFSETINSTANCEDATAANDLENGTH,
  WNODE_ALL_DATA,
  WNODE_FLAG_FIXED_INSTANCE_SIZE,
  WNODE_HEADER,
  alignUp,
} from '../wnode.js';
import { completeTooSmall, usableSize } from './completion.js';
import { queryInstance, supportsQuery, type QueryAnswer } from './query-instance.js';
import { type ProviderRecord } from './state.js';

const maxUlong = 0xffffffff;

/** Returns the data of every registered instance, or the required size. */
export function queryAllData(irp: SystemControlIrp, provider: ProviderRecord): void {
  const { device } = provider;
  const bufferSize = usableSize(device, irp);
  if (bufferSize < WNODE_ALL_DATA.sizeof) {
    complete(irp, STATUS_UNSUCCESSFUL);
    return;
  }
  const count = provider.instances.length;
  if (count === 0) {
    complete(irp, STATUS_WMI_INSTANCE_NOT_FOUND);
    return;
  }
  requireInside(irp.memory, 0, WNODE_ALL_DATA.sizeof);
  const { view } = irp;
  const flags = view.getUint32(WNODE_HEADER.Flags, true) & ~WNODE_FLAG_FIXED_INSTANCE_SIZE;
  view.setUint32(WNODE_HEADER.Flags, flags >>> 0, true);
  view.setUint32(WNODE_ALL_DATA.InstanceCount, count, true);

  const alignment = registrationLayouts[device.host.arch].memoryAllocationAlignment;
  const dataBlockOffset = alignUp(
    WNODE_ALL_DATA.OffsetInstanceDataAndLength + count * OFFSETINSTANCEDATAANDLENGTH.sizeof,
    alignment,
  );
  if (dataBlockOffset > maxUlong) {
    complete(irp, STATUS_INTEGER_OVERFLOW);
    return;
  }
  view.setUint32(WNODE_ALL_DATA.DataBlockOffset, dataBlockOffset, true);

  const room = Math.max(0, bufferSize - dataBlockOffset);
  const minimum = provider.minInstanceBufferSize;
  if (minimum !== 0) {
    const rounded = alignUp(minimum, alignment);
    const stride = device.quirks.sizeNeededWraps ? rounded % (maxUlong + 1) : rounded;
    const needed = stride * (count - 1) + minimum;
    if (needed > maxUlong) {
      complete(irp, STATUS_INTEGER_OVERFLOW);
      return;
    }
    if (room < needed) {
      completeTooSmall(device, irp, dataBlockOffset + needed);
      return;
    }
  }
  queryEveryInstance(irp, provider, dataBlockOffset, room, bufferSize, alignment);
}

function queryEveryInstance(
  irp: SystemControlIrp,
  provider: ProviderRecord,
  dataBlockOffset: number,
  room: number,
  bufferSize: number,
  alignment: number,
): void {
  const { device } = provider;
  const count = provider.instances.length;
  const answer: QueryAnswer = { status: STATUS_SUCCESS, used: 0 };
  let tooSmall = dataBlockOffset > bufferSize;
  let offset = dataBlockOffset;
  let pointer = dataBlockOffset;
  let remaining = room;
  let total = 0;
  let lastPadding = 0;
  let end = dataBlockOffset;

  for (let index = 0; index < count; index += 1) {
    const instance = provider.instances[index];
    // A callback may remove instances; the remaining entries keep the sender's bytes
    // (docs/spec/runtime.md#kmdf-query-all-data, rule 12).
    if (instance === undefined) break;
    if (!supportsQuery(instance)) {
      // Written even before a WNODE_TOO_SMALL, but not where the entries do not fit.
      if (dataBlockOffset <= bufferSize) writeEntry(irp, index, offset, 0);
      continue;
    }
    const at = device.quirks.queryAllStalePointer ? pointer : offset;
    queryInstance(instance, remaining, irp.memory, at, answer);
    if (answer.status === STATUS_BUFFER_TOO_SMALL) {
      tooSmall = true;
    } else if (!ntSuccess(answer.status)) {
      complete(irp, answer.status);
      return;
    }
    const adjusted = alignUp(answer.used, alignment);
    total += adjusted;
    if (adjusted > maxUlong || total > maxUlong) {
      complete(irp, STATUS_INTEGER_OVERFLOW);
      return;
    }
    lastPadding = adjusted - answer.used;
    const consumed = Math.min(adjusted, remaining);
    if (!tooSmall) {
      writeEntry(irp, index, offset, answer.used);
      end = offset + answer.used;
      pointer += consumed;
    }
    offset += consumed;
    remaining -= consumed;
  }
  if (tooSmall) {
    completeTooSmall(device, irp, dataBlockOffset + total - lastPadding);
  } else {
    const size = device.quirks.queryAllUnderReports ? offset - lastPadding : end;
    completeWithData(device.host, irp, answer.status, size);
  }
}

function writeEntry(irp: SystemControlIrp, index: number, offset: number, length: number): void {
  const entry =
    WNODE_ALL_DATA.OffsetInstanceDataAndLength + index * OFFSETINSTANCEDATAANDLENGTH.sizeof;
  requireInside(irp.memory, entry, OFFSETINSTANCEDATAANDLENGTH.sizeof);
  irp.view.setUint32(entry + OFFSETINSTANCEDATAANDLENGTH.OffsetInstanceData, offset, true);
  irp.view.setUint32(entry + OFFSETINSTANCEDATAANDLENGTH.LengthInstanceData, length, true);
}
