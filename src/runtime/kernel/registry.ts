/**
 * IoWMIRegistrationControl: drivers register, update and deregister, and describe their blocks in WMIREGINFO bytes
 * (docs/spec/runtime.md#self-handled-requests, rules 11 and 12).
 */
import { guidToBytes } from '../guid.js';
import { IRP_MN_REGINFO_EX, createSystemControlIrp, type DriverModel } from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import {
  WMIREGISTER,
  WMIREG_ACTION_BLOCK_IRPS,
  WMIREG_ACTION_DEREGISTER,
  WMIREG_ACTION_REGISTER,
  WMIREG_ACTION_REREGISTER,
  WMIREG_ACTION_UPDATE_GUIDS,
  WMIREG_FLAG_REMOVE_GUID,
  WMIUPDATE,
  readRegistrationInfo,
  type RegisteredGuid,
  type RegistrationInfo,
} from '../wmireg.js';
import { updateBlockSwitches } from './enabling.js';
import { forgetNames, maxInstanceCount, renameInstances } from './names.js';
import { dropNewReferences } from './references.js';
import { send } from './send.js';
import { type DriverBlock, type GuidEntry, type KernelState, type Registrant } from './state.js';

const actionNames: Readonly<Record<number, string>> = {
  [WMIREG_ACTION_REGISTER]: 'WMIREG_ACTION_REGISTER',
  [WMIREG_ACTION_DEREGISTER]: 'WMIREG_ACTION_DEREGISTER',
  [WMIREG_ACTION_REREGISTER]: 'WMIREG_ACTION_REREGISTER',
  [WMIREG_ACTION_UPDATE_GUIDS]: 'WMIREG_ACTION_UPDATE_GUIDS',
  [WMIREG_ACTION_BLOCK_IRPS]: 'WMIREG_ACTION_BLOCK_IRPS',
};

/** The first and the maximum size of a WMIREGINFO in bytes. */
const firstRegInfoSize = 1024;
const maxRegInfoSize = 16 * 1024 * 1024;

/** IoWMIRegistrationControl: STATUS_INVALID_PARAMETER for an unknown action or a driver that is not registered. */
export function ioWmiRegistrationControl(
  kernel: KernelState,
  driver: DriverModel,
  action: number,
): NtStatus {
  const status = control(kernel, driver, action);
  if (kernel.trace !== undefined) {
    kernel.trace({
      kind: 'registration',
      driver: driver.name,
      action: actionNames[action] ?? String(action),
      status,
      guidCount: kernel.registrants.get(driver)?.blocks.size ?? 0,
    });
  }
  return status;
}

function control(kernel: KernelState, driver: DriverModel, action: number): NtStatus {
  const registrant = kernel.registrants.get(driver);
  switch (action) {
    case WMIREG_ACTION_REGISTER:
      return registrant === undefined ? register(kernel, driver) : STATUS_INVALID_PARAMETER;
    case WMIREG_ACTION_REREGISTER:
      if (registrant !== undefined) deregister(kernel, registrant);
      return register(kernel, driver);
    case WMIREG_ACTION_UPDATE_GUIDS:
      return registrant === undefined
        ? STATUS_INVALID_PARAMETER
        : readBlocks(kernel, registrant, WMIUPDATE);
    case WMIREG_ACTION_DEREGISTER:
    case WMIREG_ACTION_BLOCK_IRPS:
      if (registrant === undefined) return STATUS_INVALID_PARAMETER;
      deregister(kernel, registrant);
      return STATUS_SUCCESS;
    default:
      return STATUS_INVALID_PARAMETER;
  }
}

function register(kernel: KernelState, driver: DriverModel): NtStatus {
  const registrant: Registrant = {
    driver,
    providerId: Number(BigInt.asUintN(32, driver.deviceObject)),
    blocks: new Map(),
    regInfoSize: firstRegInfoSize,
    regInfo: undefined,
  };
  kernel.registrants.set(driver, registrant);
  let registered = false;
  try {
    const status = readBlocks(kernel, registrant, WMIREGISTER);
    registered = ntSuccess(status);
    return status;
  } finally {
    if (!registered) deregister(kernel, registrant);
  }
}

/** Removes a driver. It gets no more requests, not even to disable what is enabled. */
function deregister(kernel: KernelState, registrant: Registrant): void {
  const { driver } = registrant;
  if (kernel.registrants.get(driver) === registrant) kernel.registrants.delete(driver);
  for (const block of [...registrant.blocks.values()]) removeBlock(kernel, block);
}

function readBlocks(kernel: KernelState, registrant: Registrant, dataPath: number): NtStatus {
  const answer = queryRegInfo(kernel, registrant, dataPath);
  if (answer.info === undefined) return answer.status;
  const named = answer.info.guids.reduce((sum, { naming, instanceCount, flags }) => {
    const isNamed = naming.kind !== 'dynamic' && (flags & WMIREG_FLAG_REMOVE_GUID) === 0;
    return isNamed ? sum + instanceCount : sum;
  }, 0);
  if (named > maxInstanceCount) return STATUS_INSUFFICIENT_RESOURCES;
  const changed: DriverBlock[] = [];
  for (const registered of answer.info.guids) {
    if ((registered.flags & WMIREG_FLAG_REMOVE_GUID) !== 0) {
      const block = registrant.blocks.get(registered.guid);
      if (block === undefined) continue;
      removeBlock(kernel, block);
      changed.push(block);
    } else {
      changed.push(applyRegisteredGuid(kernel, registrant, registered));
    }
  }
  // Last, because a switch may run a callback, which must find the registration complete.
  updateBlockSwitches(kernel, changed);
  return STATUS_SUCCESS;
}

/**
 * Retries until the buffer is large enough. Drivers report a short buffer in two ways (docs/spec/runtime.md#differences, X2);
 * both are supported.
 */
function queryRegInfo(
  kernel: KernelState,
  registrant: Registrant,
  dataPath: number,
): { readonly status: NtStatus; readonly info?: RegistrationInfo } {
  let size = registrant.regInfoSize;
  for (;;) {
    const memory = new Uint8Array(size);
    const { deviceObject } = registrant.driver;
    const irp = createSystemControlIrp(IRP_MN_REGINFO_EX, deviceObject, dataPath, memory);
    kernel.newReferences.length = 0;
    send(kernel, registrant, irp);
    dropNewReferences(kernel);
    const { status, information } = irp.ioStatus;
    const tooSmall = status === STATUS_BUFFER_TOO_SMALL || (ntSuccess(status) && information === 4);
    if (!tooSmall) {
      if (!ntSuccess(status)) return { status };
      const answer = memory.subarray(0, information);
      const info = readRegistrationInfo(answer, kernel.arch, registrant.regInfo);
      if (info === undefined) return { status: STATUS_UNSUCCESSFUL };
      registrant.regInfo = answer;
      registrant.regInfoSize = size;
      return { status, info };
    }
    const needed = irp.view.getUint32(0, true);
    if (needed <= size || needed > maxRegInfoSize) return { status: STATUS_UNSUCCESSFUL };
    // At least doubled: a driver that adds one instance after another then needs one request each, not two.
    size = Math.min(maxRegInfoSize, Math.max(needed, 2 * size));
  }
}

function applyRegisteredGuid(
  kernel: KernelState,
  registrant: Registrant,
  registered: RegisteredGuid,
): DriverBlock {
  const { guid, flags, instanceCount, naming } = registered;
  let block = registrant.blocks.get(guid);
  if (block === undefined) {
    const entry = entryFor(kernel, guid);
    block = {
      registrant,
      entry,
      flags,
      naming,
      names: [],
      collection: { wanted: false, on: false },
      events: { wanted: false, on: false },
      removed: false,
    };
    registrant.blocks.set(guid, block);
    entry.blocks.push(block);
  }
  block.flags = flags;
  renameInstances(block, naming, instanceCount);
  return block;
}

function removeBlock(kernel: KernelState, block: DriverBlock): void {
  const { entry, registrant } = block;
  block.removed = true;
  forgetNames(block);
  registrant.blocks.delete(entry.guid);
  const at = entry.blocks.indexOf(block);
  if (at !== -1) entry.blocks.splice(at, 1);
  dropUnusedEntry(kernel, entry);
}

/** The entry of a GUID, created on first use. */
export function entryFor(kernel: KernelState, guid: string): GuidEntry {
  let entry = kernel.entries.get(guid);
  if (entry === undefined) {
    entry = {
      guid,
      guidBytes: guidToBytes(guid),
      blocks: [],
      names: new Map(),
      openCount: 0,
      subscribers: [],
    };
    kernel.entries.set(guid, entry);
  }
  return entry;
}

/** Removes a GUID that neither a driver nor a consumer uses. */
export function dropUnusedEntry(kernel: KernelState, entry: GuidEntry): void {
  const unused = entry.blocks.length === 0 && entry.openCount === 0;
  // A new entry may have the same GUID by now.
  if (unused && kernel.entries.get(entry.guid) === entry) kernel.entries.delete(entry.guid);
}
