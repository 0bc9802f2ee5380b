/**
 * IRP_MN_REGINFO and IRP_MN_REGINFO_EX: the device describes its blocks to WMI (docs/spec/runtime.md#kmdf-registration-information).
 */
import { complete } from '../irp-answers.js';
import { requireInside } from '../bug-check.js';
import { IRP_MN_REGINFO_EX, type SystemControlIrp } from '../irp.js';
import { STATUS_BUFFER_TOO_SMALL, STATUS_SUCCESS } from '../ntstatus.js';
import {
  WMIREGGUID,
  WMIREG_FLAG_EVENT_ONLY_GUID,
  WMIREG_FLAG_EXPENSIVE,
  WMIREG_FLAG_INSTANCE_PDO,
  WMIREG_FLAG_REMOVE_GUID,
  WMIREG_FLAG_TRACED_GUID,
  WMIREG_FLAG_TRACE_CONTROL_GUID,
  registrationInfoSize,
  registrationLayouts,
  writeRegistrationInfo,
} from '../wmireg.js';
import { writeUint64 } from '../wnode.js';
import { usableSize } from './completion.js';
import { type DeviceState, type ProviderRecord } from './state.js';
import { WdfWmiProviderFlags, type KmdfDevice } from './types.js';

/** Writes the whole list; DataPath (first registration or update) has no effect. */
export function regInfo(irp: SystemControlIrp, device: DeviceState): void {
  const { arch } = device.host;
  const mofResourceName = nearestMofResourceName(device);
  const { guidCount, registryPath } = device;
  const size = registrationInfoSize(arch, guidCount, mofResourceName, registryPath);
  const bufferSize = usableSize(device, irp);
  if (bufferSize < size) {
    if (device.hardening && bufferSize < 4) {
      complete(irp, STATUS_BUFFER_TOO_SMALL);
      return;
    }
    // Reports only the size, as a ULONG, with STATUS_SUCCESS; the documentation requires STATUS_BUFFER_TOO_SMALL
    // (docs/spec/runtime.md#differences, X2).
    requireInside(irp.memory, 0, 4);
    irp.view.setUint32(0, size >>> 0, true);
    complete(irp, STATUS_SUCCESS, 4);
    return;
  }
  requireInside(irp.memory, 0, size);
  const layout = registrationLayouts[arch];
  let at: number = layout.regInfoSize;
  for (const provider of device.providers.slice(0, guidCount)) {
    writeRegGuid(irp, device, provider, at);
    if (irp.minor === IRP_MN_REGINFO_EX) device.host.obReferenceObject(device.pdo);
    at += layout.regGuidSize;
  }
  writeRegistrationInfo(irp.view, arch, guidCount, mofResourceName, registryPath);
  complete(irp, STATUS_SUCCESS, size);
}

function writeRegGuid(
  irp: SystemControlIrp,
  device: DeviceState,
  provider: ProviderRecord,
  at: number,
): void {
  const { view, memory } = irp;
  memory.set(provider.guidBytes, at + WMIREGGUID.Guid);
  view.setUint32(at + WMIREGGUID.Flags, takeRegistrationFlags(provider), true);
  view.setUint32(at + WMIREGGUID.InstanceCount, provider.instances.length, true);
  if (device.host.arch === 'x64') writeUint64(view, at + WMIREGGUID.Pdo, device.pdo);
  else view.setUint32(at + WMIREGGUID.Pdo, Number(BigInt.asUintN(32, device.pdo)), true);
}

/** WMIREG_FLAG_… of a provider. WMIREG_FLAG_REMOVE_GUID is reported once. */
function takeRegistrationFlags(provider: ProviderRecord): number {
  const has = (flag: number): boolean => (provider.flags & flag) !== 0;
  let flags = WMIREG_FLAG_INSTANCE_PDO;
  if (has(WdfWmiProviderFlags.expensive)) flags |= WMIREG_FLAG_EXPENSIVE;
  if (has(WdfWmiProviderFlags.eventOnly)) flags |= WMIREG_FLAG_EVENT_ONLY_GUID;
  if (has(WdfWmiProviderFlags.tracing)) {
    flags = WMIREG_FLAG_TRACED_GUID | WMIREG_FLAG_TRACE_CONTROL_GUID;
  }
  if (provider.removeGuid) {
    provider.removeGuid = false;
    flags |= WMIREG_FLAG_REMOVE_GUID;
  }
  return flags;
}

/**
 * The device's own MOF resource name, or that of its nearest ancestor with one
 * (docs/spec/runtime.md#kmdf-registration-information, rule 6).
 */
function nearestMofResourceName(device: DeviceState): string {
  if (device.mofResourceName !== undefined) return device.mofResourceName;
  let ancestor: KmdfDevice | undefined = device.parentDevice;
  while (ancestor !== undefined) {
    if (ancestor.mofResourceName !== undefined) return ancestor.mofResourceName;
    ancestor = ancestor.parentDevice;
  }
  return '';
}
