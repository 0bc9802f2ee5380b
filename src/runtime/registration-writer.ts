/**
 * Writes a WMIREGINFO with any of the four ways of naming instances, and completes registration requests with it.
 */
import { type DriverHost } from './driver-host.js';
import { guidToBytes } from './guid.js';
import { complete } from './irp-answers.js';
import { IRP_MN_REGINFO_EX, type SystemControlIrp } from './irp.js';
import { requireInside } from './bug-check.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  type NtStatus,
} from './ntstatus.js';
import {
  WMIREGGUID,
  WMIREGINFO,
  registrationLayouts,
  type Arch,
  type RegisteredGuid,
  type RegistrationInfo,
} from './wmireg.js';
import { viewOf } from './memory.js';
import {
  countedStringSize,
  maxCountedStringLength,
  writeCountedString,
  writeUint64,
} from './wnode.js';

/**
 * The bytes of a WMIREGINFO. Flags are written as given; an empty text gets offset 0. `undefined` when a text exceeds a
 * counted string.
 */
function buildRegistrationInfo(arch: Arch, info: RegistrationInfo): Uint8Array | undefined {
  const layout = registrationLayouts[arch];
  const { guids, mofResourceName, registryPath } = info;
  const strings = layout.regInfoSize + guids.length * layout.regGuidSize;
  const texts = [mofResourceName, registryPath].filter((text) => text !== '');
  const all = [...texts, ...guids.flatMap(storedNames)];
  if (all.some((text) => text.length > maxCountedStringLength)) return undefined;
  const size = all.reduce((sum, text) => sum + countedStringSize(text), strings);
  const bytes = new Uint8Array(size);
  const view = viewOf(bytes);
  view.setUint32(WMIREGINFO.BufferSize, size, true);
  view.setUint32(WMIREGINFO.GuidCount, guids.length, true);
  let end = strings;
  for (const [field, text] of [
    [WMIREGINFO.MofResourceName, mofResourceName],
    [WMIREGINFO.RegistryPath, registryPath],
  ] as const) {
    if (text === '') continue;
    view.setUint32(field, end, true);
    end = writeCountedString(view, end, text);
  }
  for (const [index, registered] of guids.entries()) {
    const at = layout.regInfoSize + index * layout.regGuidSize;
    bytes.set(guidToBytes(registered.guid), at + WMIREGGUID.Guid);
    view.setUint32(at + WMIREGGUID.Flags, registered.flags >>> 0, true);
    view.setUint32(at + WMIREGGUID.InstanceCount, registered.instanceCount, true);
    const { naming } = registered;
    if (naming.kind === 'pdo') {
      writePointer(view, at + WMIREGGUID.Pdo, arch, naming.pdo);
    } else if (naming.kind !== 'dynamic') {
      view.setUint32(at + WMIREGGUID.InstanceInfo, end, true);
      for (const name of storedNames(registered)) end = writeCountedString(view, end, name);
    }
  }
  return bytes;
}

function storedNames({ naming }: RegisteredGuid): readonly string[] {
  switch (naming.kind) {
    case 'list':
      return naming.names;
    case 'baseName':
      return [naming.baseName];
    case 'pdo':
    case 'dynamic':
      return [];
    default:
      return naming satisfies never;
  }
}

function writePointer(view: DataView, offset: number, arch: Arch, pointer: bigint): void {
  if (arch === 'x64') writeUint64(view, offset, pointer);
  else view.setUint32(offset, Number(BigInt.asUintN(32, pointer)), true);
}

/**
 * Completes a registration request with `info`. A buffer that is too small gets the needed size as a ULONG and
 * `tooSmallStatus`, on which the documentation and Microsoft's own drivers disagree (docs/spec/runtime.md#differences, X2).
 * IRP_MN_REGINFO_EX takes a reference on the PDO for each block that is named after it; WMI releases it after making the names.
 * STATUS_INVALID_PARAMETER when `buildRegistrationInfo` cannot write it.
 */
export function completeRegistration(
  host: DriverHost,
  irp: SystemControlIrp,
  bufferSize: number,
  info: RegistrationInfo,
  tooSmallStatus: NtStatus,
): void {
  const bytes = buildRegistrationInfo(host.arch, info);
  if (bytes === undefined) {
    complete(irp, STATUS_INVALID_PARAMETER);
  } else if (bufferSize >= bytes.length) {
    requireInside(irp.memory, 0, bytes.length);
    irp.memory.set(bytes);
    if (irp.minor === IRP_MN_REGINFO_EX) {
      for (const { naming } of info.guids) {
        if (naming.kind === 'pdo') host.obReferenceObject(naming.pdo);
      }
    }
    complete(irp, STATUS_SUCCESS, bytes.length);
  } else if (bufferSize >= 4) {
    requireInside(irp.memory, 0, 4);
    irp.view.setUint32(0, bytes.length, true);
    complete(irp, tooSmallStatus, 4);
  } else {
    complete(irp, STATUS_BUFFER_TOO_SMALL);
  }
}
