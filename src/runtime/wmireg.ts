/**
 * The registration structures of wmistr.h, WMIREGINFO and WMIREGGUID, whose layout differs between x86 and x64, with a
 * writer for drivers and a reader for the kernel.
 */
import { readGuid } from './guid.js';
import { viewOf } from './memory.js';
import { countedStringSize, readCountedString, writeCountedString } from './wnode.js';

/** The target processor of a driver, which determines pointer sizes and pool alignment. */
export type Arch = 'x64' | 'x86';

/** The sizes and offsets, in bytes, that depend on the processor. */
export interface RegistrationLayout {
  readonly pointerSize: number;
  /** MEMORY_ALLOCATION_ALIGNMENT (wdm.h). */
  readonly memoryAllocationAlignment: number;
  /** sizeof(WMIREGGUIDW). */
  readonly regGuidSize: number;
  /** sizeof(WMIREGINFOW), which is also the offset of WmiRegGuid. */
  readonly regInfoSize: number;
}

export const registrationLayouts = {
  x64: { pointerSize: 8, memoryAllocationAlignment: 16, regGuidSize: 32, regInfoSize: 24 },
  x86: { pointerSize: 4, memoryAllocationAlignment: 8, regGuidSize: 28, regInfoSize: 20 },
} as const satisfies Readonly<Record<Arch, RegistrationLayout>>;

/** WMIREGINFOW (wmistr.h): offsets in bytes. */
export const WMIREGINFO = {
  BufferSize: 0,
  NextWmiRegInfo: 4,
  RegistryPath: 8,
  MofResourceName: 12,
  GuidCount: 16,
} as const;

/** WMIREGGUIDW (wmistr.h): offsets in bytes. The union at 24 is an offset or a pointer, depending on the flags. */
export const WMIREGGUID = {
  Guid: 0,
  Flags: 16,
  InstanceCount: 20,
  InstanceNameList: 24,
  BaseNameOffset: 24,
  Pdo: 24,
  InstanceInfo: 24,
} as const;

/** WMIREG_FLAG_… (wmistr.h). */
export const WMIREG_FLAG_EXPENSIVE = 0x00001;
export const WMIREG_FLAG_INSTANCE_LIST = 0x00004;
export const WMIREG_FLAG_INSTANCE_BASENAME = 0x00008;
export const WMIREG_FLAG_INSTANCE_PDO = 0x00020;
export const WMIREG_FLAG_EVENT_ONLY_GUID = 0x00040;
export const WMIREG_FLAG_TRACE_CONTROL_GUID = 0x01000;
export const WMIREG_FLAG_REMOVE_GUID = 0x10000;
export const WMIREG_FLAG_RESERVED1 = 0x20000;
export const WMIREG_FLAG_RESERVED2 = 0x40000;
export const WMIREG_FLAG_TRACED_GUID = 0x80000;

/** WMIREG_ACTION_… (wdm.h): the second argument of IoWMIRegistrationControl. */
export const WMIREG_ACTION_REGISTER = 1;
export const WMIREG_ACTION_DEREGISTER = 2;
export const WMIREG_ACTION_REREGISTER = 3;
export const WMIREG_ACTION_UPDATE_GUIDS = 4;
export const WMIREG_ACTION_BLOCK_IRPS = 5;

/** DataPath of a registration request (wmistr.h). */
export const WMIREGISTER = 0;
export const WMIUPDATE = 1;

/** How a registered block's instances are named. */
export type InstanceNaming =
  | { readonly kind: 'list'; readonly names: readonly string[] }
  | { readonly kind: 'baseName'; readonly baseName: string }
  | { readonly kind: 'pdo'; readonly pdo: bigint }
  | { readonly kind: 'dynamic' };

/** One WMIREGGUID, read. */
export interface RegisteredGuid {
  readonly guid: string;
  readonly flags: number;
  readonly instanceCount: number;
  readonly naming: InstanceNaming;
}

/** A whole WMIREGINFO, read. */
export interface RegistrationInfo {
  readonly registryPath: string;
  readonly mofResourceName: string;
  readonly guids: readonly RegisteredGuid[];
}

/**
 * Reads the WMIREGINFO at the start of a buffer; `undefined` when a count or an offset exceeds it.
 *
 * With the bytes of an earlier registration in `previous`, an unchanged WMIREGGUID is skipped (WDK, IRP_MN_REGINFO_EX).
 * Names at an offset may differ under equal bytes, so they are read again.
 */
export function readRegistrationInfo(
  memory: Uint8Array,
  arch: Arch,
  previous?: Uint8Array,
): RegistrationInfo | undefined {
  const layout = registrationLayouts[arch];
  if (memory.length < layout.regInfoSize) return undefined;
  const view = viewOf(memory);
  const limit = Math.min(memory.length, view.getUint32(WMIREGINFO.BufferSize, true));
  const guidCount = view.getUint32(WMIREGINFO.GuidCount, true);
  if (layout.regInfoSize + guidCount * layout.regGuidSize > limit) return undefined;

  const guids: RegisteredGuid[] = [];
  for (let index = 0; index < guidCount; index += 1) {
    const at = layout.regInfoSize + index * layout.regGuidSize;
    const flags = view.getUint32(at + WMIREGGUID.Flags, true);
    const offsets = WMIREG_FLAG_INSTANCE_LIST | WMIREG_FLAG_INSTANCE_BASENAME;
    if (
      previous !== undefined &&
      (flags & offsets) === 0 &&
      sameBytes(memory, previous, at, layout.regGuidSize)
    ) {
      continue;
    }
    const instanceCount = view.getUint32(at + WMIREGGUID.InstanceCount, true);
    const naming = readNaming(view, at, flags, instanceCount, layout.pointerSize, limit);
    if (naming === undefined) return undefined;
    guids.push({ guid: readGuid(memory, at), flags, instanceCount, naming });
  }
  const registryPath = readOptionalString(view, WMIREGINFO.RegistryPath, limit);
  const mofResourceName = readOptionalString(view, WMIREGINFO.MofResourceName, limit);
  if (registryPath === undefined || mofResourceName === undefined) return undefined;
  return { registryPath, mofResourceName, guids };
}

function sameBytes(left: Uint8Array, right: Uint8Array, at: number, size: number): boolean {
  for (let index = at; index < at + size; index += 1) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}

function readOptionalString(view: DataView, field: number, limit: number): string | undefined {
  const offset = view.getUint32(field, true);
  return offset === 0 ? '' : readCountedString(view, offset, limit);
}

function readNaming(
  view: DataView,
  regGuid: number,
  flags: number,
  instanceCount: number,
  pointerSize: number,
  limit: number,
): InstanceNaming | undefined {
  const field = regGuid + WMIREGGUID.InstanceInfo;
  if ((flags & WMIREG_FLAG_INSTANCE_LIST) !== 0) {
    let offset = view.getUint32(field, true);
    const names: string[] = [];
    // A count that exceeds the buffer ends at the first name that does not fit.
    while (names.length < instanceCount) {
      const name = readCountedString(view, offset, limit);
      if (name === undefined) return undefined;
      names.push(name);
      offset += 2 + view.getUint16(offset, true);
    }
    return { kind: 'list', names };
  }
  if ((flags & WMIREG_FLAG_INSTANCE_BASENAME) !== 0) {
    const baseName = readCountedString(view, view.getUint32(field, true), limit);
    return baseName === undefined ? undefined : { kind: 'baseName', baseName };
  }
  if ((flags & WMIREG_FLAG_INSTANCE_PDO) !== 0) {
    const pdo =
      pointerSize === 8 ? view.getBigUint64(field, true) : BigInt(view.getUint32(field, true));
    return { kind: 'pdo', pdo };
  }
  return { kind: 'dynamic' };
}

/** The bytes of a WMIREGINFO with PDO naming: the structure, the blocks, MOF resource name, registry path. */
export function registrationInfoSize(
  arch: Arch,
  guidCount: number,
  mofResourceName: string,
  registryPath: string,
): number {
  const layout = registrationLayouts[arch];
  return (
    layout.regInfoSize +
    guidCount * layout.regGuidSize +
    countedStringSize(mofResourceName) +
    countedStringSize(registryPath)
  );
}

/** Writes the head of a WMIREGINFO and its two strings directly after `guidCount` blocks; returns the size. */
export function writeRegistrationInfo(
  view: DataView,
  arch: Arch,
  guidCount: number,
  mofResourceName: string,
  registryPath: string,
): number {
  const layout = registrationLayouts[arch];
  const mofOffset = layout.regInfoSize + guidCount * layout.regGuidSize;
  const pathOffset = writeCountedString(view, mofOffset, mofResourceName);
  const size = writeCountedString(view, pathOffset, registryPath);
  view.setUint32(WMIREGINFO.BufferSize, size, true);
  view.setUint32(WMIREGINFO.NextWmiRegInfo, 0, true);
  view.setUint32(WMIREGINFO.RegistryPath, pathOffset, true);
  view.setUint32(WMIREGINFO.MofResourceName, mofOffset, true);
  view.setUint32(WMIREGINFO.GuidCount, guidCount, true);
  return size;
}
