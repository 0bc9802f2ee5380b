/**
 * Data block objects: opening with access rights, checking them, closing (spec section 6).
 */
import { parseGuid } from '../guid.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_INVALID_PARAMETER,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
  type NtStatus,
} from '../ntstatus.js';
import { settle } from './enabling.js';
import { dropUnusedEntry, entryFor } from './registry.js';
import {
  type BlockObject,
  type DataBlockObject,
  type GuidEntry,
  type KernelState,
  type WmiNotificationCallback,
} from './state.js';

/** Access rights of IoWMIOpenBlock (wmistr.h), and SYNCHRONIZE (winnt.h). */
export const WMIGUID_QUERY = 0x0001;
export const WMIGUID_SET = 0x0002;
export const WMIGUID_NOTIFICATION = 0x0004;
export const WMIGUID_READ_DESCRIPTION = 0x0008;
export const WMIGUID_EXECUTE = 0x0010;
export const SYNCHRONIZE = 0x00100000;

export interface OpenBlockResult {
  readonly status: NtStatus;
  readonly dataBlockObject?: DataBlockObject;
}

/** IoWMIOpenBlock. A GUID that no driver has can be opened; each operation then says so. */
export function openBlock(
  kernel: KernelState,
  guidText: string,
  desiredAccess: number,
): OpenBlockResult {
  const guid = parseGuid(guidText);
  const listens = (desiredAccess & WMIGUID_NOTIFICATION) !== 0;
  if (guid === undefined || (listens && (desiredAccess & SYNCHRONIZE) === 0)) {
    return { status: STATUS_INVALID_PARAMETER };
  }
  const entry = entryFor(kernel, guid);
  const object: BlockObject = {
    kind: 'wmiDataBlock',
    guid,
    desiredAccess,
    owner: kernel,
    entry,
    closed: false,
    callback: undefined,
    context: undefined,
  };
  entry.openCount += 1;
  try {
    settle(kernel, entry);
  } catch (fault) {
    undo(() => {
      closeBlock(kernel, object);
    });
    throw fault;
  }
  return { status: STATUS_SUCCESS, dataBlockObject: object };
}

/** Takes back what a callback's exception cut short; that exception counts, not what comes after it. */
function undo(step: () => void): void {
  try {
    step();
  } catch {
    // The first exception is on its way already.
  }
}

/** ObDereferenceObject: the consumer is done. Closing twice does nothing. */
export function closeBlock(kernel: KernelState, object: DataBlockObject): void {
  if (checkOpen(kernel, object) !== undefined) return;
  const block = object as BlockObject;
  const { entry } = block;
  block.closed = true;
  block.callback = undefined;
  unsubscribe(entry, block);
  entry.openCount -= 1;
  try {
    settle(kernel, entry);
  } finally {
    dropUnusedEntry(kernel, entry);
  }
}

function unsubscribe(entry: GuidEntry, block: BlockObject): void {
  const at = entry.subscribers.indexOf(block);
  if (at !== -1) entry.subscribers.splice(at, 1);
}

/** Whether an object may be used: a status when it may not, `undefined` when it may. */
export function checkAccess(
  kernel: KernelState,
  object: DataBlockObject,
  access: number,
): NtStatus | undefined {
  const wrong = checkOpen(kernel, object);
  if (wrong !== undefined) return wrong;
  return (object.desiredAccess & access) === 0 ? STATUS_ACCESS_DENIED : undefined;
}

/** STATUS_OBJECT_TYPE_MISMATCH for whatever is not an open object of this kernel. */
export function checkOpen(kernel: KernelState, object: DataBlockObject): NtStatus | undefined {
  // A caller may hand over anything, nothing included.
  const block = object as BlockObject | null | undefined;
  return block?.owner !== kernel || block.closed ? STATUS_OBJECT_TYPE_MISMATCH : undefined;
}

/** IoWMISetNotificationCallback: the object's consumer gets the block's events from now on. */
export function setNotificationCallback(
  kernel: KernelState,
  object: DataBlockObject,
  callback: WmiNotificationCallback,
  context: unknown,
): NtStatus {
  const denied = checkAccess(kernel, object, WMIGUID_NOTIFICATION);
  if (denied !== undefined) return denied;
  const block = object as BlockObject;
  const { entry } = block;
  const before = { callback: block.callback, context: block.context };
  const subscribed = entry.subscribers.includes(block);
  block.callback = callback;
  block.context = context;
  if (!subscribed) entry.subscribers.push(block);
  try {
    settle(kernel, entry);
  } catch (fault) {
    Object.assign(block, before);
    if (!subscribed) unsubscribe(entry, block);
    undo(() => {
      settle(kernel, entry);
    });
    throw fault;
  }
  return STATUS_SUCCESS;
}
