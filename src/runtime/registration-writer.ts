/**
 * Writing a whole WMIREGINFO with instances named in any of the four ways, and answering a registration request with
 * it. Which blocks a driver has is not known here.
 */
import { guidToBytes } from './guid.js';
import { complete } from './irp-answers.js';
import { type SystemControlIrp } from './irp.js';
import { requireInside } from './bug-check.js';
import { STATUS_BUFFER_TOO_SMALL, STATUS_SUCCESS, type NtStatus } from './ntstatus.js';
import {
  WMIREGGUID,
  WMIREGINFO,
  registrationLayouts,
  type Arch,
  type RegisteredGuid,
  type RegistrationInfo,
} from './wmireg.js';
import { countedStringSize, viewOf, writeCountedString, writeUint64 } from './wnode.js';

/** The bytes of a WMIREGINFO. Flags are written as given; a MOF resource name that is empty gets offset 0. */
export function buildRegistrationInfo(arch: Arch, info: RegistrationInfo): Uint8Array {
  const layout = registrationLayouts[arch];
  const { guids, mofResourceName, registryPath } = info;
  const strings = layout.regInfoSize + guids.length * layout.regGuidSize;
  const texts = [mofResourceName, registryPath].filter((text) => text !== '');
  const size = [...texts, ...guids.flatMap(storedNames)].reduce(
    (sum, text) => sum + countedStringSize(text),
    strings,
  );
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
 * Completes a registration request. A buffer that is too small gets the needed size as a ULONG and `tooSmallStatus`:
 * the documentation and Microsoft's own drivers disagree about it (X2).
 */
export function completeRegistration(
  irp: SystemControlIrp,
  bufferSize: number,
  info: Uint8Array,
  tooSmallStatus: NtStatus,
): void {
  if (bufferSize >= info.length) {
    requireInside(irp.memory, 0, info.length);
    irp.memory.set(info);
    complete(irp, STATUS_SUCCESS, info.length);
  } else if (bufferSize >= 4) {
    requireInside(irp.memory, 0, 4);
    irp.view.setUint32(0, info.length, true);
    complete(irp, tooSmallStatus, 4);
  } else {
    complete(irp, STATUS_BUFFER_TOO_SMALL);
  }
}
