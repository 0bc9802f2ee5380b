/**
 * Data block objects: opening with access rights, checking them, closing (docs/spec/runtime.md#consumer-routines, rules 1 and 2).
 */
import { parseGuid } from '../guid.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_INVALID_PARAMETER,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
  type NtStatus,
} from '../ntstatus.js';
import { updateSwitches } from './enabling.js';
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

/**
 * IoWMIOpenBlock. A GUID that no driver has registered can be opened; each operation then fails with its own status.
 */
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
    updateSwitches(kernel, entry);
  } catch (error) {
    undo(() => {
      closeBlock(kernel, object);
    });
    throw error;
  }
  return { status: STATUS_SUCCESS, dataBlockObject: object };
}

/** Undoes what a callback's exception interrupted; only the first exception is reported. */
function undo(step: () => void): void {
  try {
    step();
  } catch {
    // The first exception is already being thrown.
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
    updateSwitches(kernel, entry);
  } finally {
    dropUnusedEntry(kernel, entry);
  }
}

function unsubscribe(entry: GuidEntry, block: BlockObject): void {
  const at = entry.subscribers.indexOf(block);
  if (at !== -1) entry.subscribers.splice(at, 1);
}

/** Checks an object and its access rights: a failure status, or `undefined`. */
export function checkAccess(
  kernel: KernelState,
  object: DataBlockObject,
  access: number,
): NtStatus | undefined {
  const wrong = checkOpen(kernel, object);
  if (wrong !== undefined) return wrong;
  return (object.desiredAccess & access) === 0 ? STATUS_ACCESS_DENIED : undefined;
}

/** STATUS_OBJECT_TYPE_MISMATCH unless `object` is an open object of this kernel. */
export function checkOpen(kernel: KernelState, object: DataBlockObject): NtStatus | undefined {
  // A caller may pass anything, including `undefined`.
  const block = object as BlockObject | null | undefined;
  return block?.owner !== kernel || block.closed ? STATUS_OBJECT_TYPE_MISMATCH : undefined;
}

/** IoWMISetNotificationCallback: from now on the object's consumer receives the block's events. */
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
    updateSwitches(kernel, entry);
  } catch (error) {
    Object.assign(block, before);
    if (!subscribed) unsubscribe(entry, block);
    undo(() => {
      updateSwitches(kernel, entry);
    });
    throw error;
  }
  return STATUS_SUCCESS;
}
