/**
 * Dispatches system control requests as the framework does: the order of the checks, and the handlers (docs/spec/runtime.md#kmdf-dispatch).
 */
import { complete } from '../irp-answers.js';
import { requireInside } from '../bug-check.js';
import {
  IRP_MN_CHANGE_SINGLE_INSTANCE,
  IRP_MN_CHANGE_SINGLE_ITEM,
  IRP_MN_DISABLE_COLLECTION,
  IRP_MN_DISABLE_EVENTS,
  IRP_MN_ENABLE_COLLECTION,
  IRP_MN_ENABLE_EVENTS,
  IRP_MN_EXECUTE_METHOD,
  IRP_MN_QUERY_ALL_DATA,
  IRP_MN_QUERY_SINGLE_INSTANCE,
  IRP_MN_REGINFO,
  IRP_MN_REGINFO_EX,
  irpMinorName,
  type IrpOutcome,
  type SystemControlIrp,
} from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  STATUS_WMI_SET_FAILURE,
  type NtStatus,
} from '../ntstatus.js';
import { WNODE_FLAG_STATIC_INSTANCE_NAMES, WNODE_HEADER, WNODE_SINGLE_INSTANCE } from '../wnode.js';
import { usableSize } from './completion.js';
import { functionControl } from './function-control.js';
import {
  changeSingleInstance,
  changeSingleItem,
  executeMethod,
  querySingleInstance,
} from './instance-requests.js';
import { queryAllData } from './query-all-data.js';
import { regInfo } from './reg-info.js';
import { type DeviceState, type InstanceRecord, type ProviderRecord } from './state.js';
import { WdfWmiProviderControl } from './types.js';

/** The end of Flags and InstanceIndex, which have the same offsets in every WNODE that names an instance. */
const instanceFieldsEnd = WNODE_SINGLE_INSTANCE.InstanceIndex + 4;

/** Completes a request, or forwards it to the lower device. */
export function dispatchKmdf(device: DeviceState, irp: SystemControlIrp): IrpOutcome {
  const { minor } = irp;
  const known = minor <= IRP_MN_EXECUTE_METHOD || minor === IRP_MN_REGINFO_EX;
  if (!known || irp.providerId !== device.deviceObject) return forward(device, irp);
  if (minor === IRP_MN_REGINFO || minor === IRP_MN_REGINFO_EX) {
    regInfo(irp, device);
    return 'completed';
  }
  const provider = device.byGuid.get(irp.dataPath);
  if (provider === undefined) {
    // Sets only the status: Information keeps the sender's value.
    irp.ioStatus.status = STATUS_WMI_GUID_NOT_FOUND;
    return 'completed';
  }
  switch (minor) {
    case IRP_MN_QUERY_ALL_DATA:
      queryAllData(irp, provider);
      break;
    case IRP_MN_ENABLE_EVENTS:
      functionControl(irp, provider, WdfWmiProviderControl.eventControl, true);
      break;
    case IRP_MN_DISABLE_EVENTS:
      functionControl(irp, provider, WdfWmiProviderControl.eventControl, false);
      break;
    case IRP_MN_ENABLE_COLLECTION:
      functionControl(irp, provider, WdfWmiProviderControl.instanceControl, true);
      break;
    case IRP_MN_DISABLE_COLLECTION:
      functionControl(irp, provider, WdfWmiProviderControl.instanceControl, false);
      break;
    default:
      dispatchToInstance(device, irp, provider);
  }
  return 'completed';
}

function dispatchToInstance(
  device: DeviceState,
  irp: SystemControlIrp,
  provider: ProviderRecord,
): void {
  if (device.hardening && usableSize(device, irp) < instanceFieldsEnd) {
    complete(irp, cutOffStatus(irp.minor));
    return;
  }
  const instance = findInstance(irp, provider);
  if (instance === undefined) {
    irp.ioStatus.status = STATUS_WMI_INSTANCE_NOT_FOUND;
    return;
  }
  switch (irp.minor) {
    case IRP_MN_QUERY_SINGLE_INSTANCE:
      querySingleInstance(irp, instance);
      break;
    case IRP_MN_CHANGE_SINGLE_INSTANCE:
      changeSingleInstance(irp, instance);
      break;
    case IRP_MN_CHANGE_SINGLE_ITEM:
      changeSingleItem(irp, instance);
      break;
    default:
      executeMethod(irp, instance);
  }
}

/** KMDF supports static names only; the kind of static name is not checked (docs/spec/runtime.md#kmdf-dispatch, rule 5). */
function findInstance(irp: SystemControlIrp, provider: ProviderRecord): InstanceRecord | undefined {
  requireInside(irp.memory, 0, instanceFieldsEnd);
  const flags = irp.view.getUint32(WNODE_HEADER.Flags, true);
  if ((flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) === 0) return undefined;
  return provider.instances[irp.view.getUint32(WNODE_SINGLE_INSTANCE.InstanceIndex, true)];
}

/** A hardened device's status for a buffer that ends before the instance index. */
function cutOffStatus(minor: number): NtStatus {
  if (minor === IRP_MN_QUERY_SINGLE_INSTANCE) return STATUS_BUFFER_TOO_SMALL;
  if (minor === IRP_MN_EXECUTE_METHOD) return STATUS_INVALID_PARAMETER;
  return STATUS_WMI_SET_FAILURE;
}

/** Without a lower device, the request is completed with the status that its sender set (docs/spec/runtime.md#kmdf-dispatch, rule 7). */
function forward(device: DeviceState, irp: SystemControlIrp): IrpOutcome {
  if (device.lowerDevice === null) return 'completed';
  const { trace } = device.host;
  if (trace !== undefined) {
    trace({ kind: 'forward', driver: device.name, minorName: irpMinorName(irp.minor) });
  }
  device.lowerDevice.dispatch(irp);
  return 'forwarded';
}
