/**
 * A device object of a driver that handles system control requests itself: forwarding, registration, events.
 */
import { type DriverHost } from '../driver-host.js';
import { sendEvent } from '../event-block.js';
import { parseGuid } from '../guid.js';
import { irpMinorName, type IrpOutcome, type SystemControlIrp } from '../irp.js';
import { STATUS_WMI_GUID_NOT_FOUND } from '../ntstatus.js';
import {
  WMIREG_ACTION_DEREGISTER,
  WMIREG_ACTION_REGISTER,
  WMIREG_ACTION_UPDATE_GUIDS,
} from '../wmireg.js';
import { handle } from './dispatch.js';
import { type SelfHandledDevice, type SelfHandledProvider } from './types.js';

export interface SelfHandledDeviceOptions extends SelfHandledProvider {
  /** The driver's name, for traces and default paths; default `driver`. */
  readonly name?: string;
  /** The PDO's device instance path; default `ROOT\<NAME>\0000` and so on. PDO instance names start with it. */
  readonly deviceInstancePath?: string;
  /** Pointer values; by default the host assigns new ones. */
  readonly deviceObject?: bigint;
  readonly pdo?: bigint;
  /** The next lower device; `null` for the lowest of a stack. Default: a bus that completes every request unchanged. */
  readonly lowerDevice?: LowerDevice | null;
  /** Registers the device with WMI immediately; default true. */
  readonly start?: boolean;
}

/** The next lower device, as far as system control requests are concerned. */
type LowerDevice = { dispatch(irp: SystemControlIrp): IrpOutcome };

const completingBus: LowerDevice = { dispatch: () => 'completed' };

/** Makes a device and, by default, starts it. Bounds are always checked; callbacks are synchronous. */
export function createSelfHandledDevice(
  host: DriverHost,
  options: SelfHandledDeviceOptions,
): SelfHandledDevice {
  const { name = 'driver', lowerDevice = completingBus } = options;
  const device: SelfHandledDevice = {
    kind: 'selfHandled',
    host,
    name,
    deviceObject: options.deviceObject ?? host.newObjectPointer(),
    pdo: options.pdo ?? host.newObjectPointer(),
    deviceInstancePath: options.deviceInstancePath ?? host.newDeviceInstancePath(name),
    dispatch(irp) {
      // The lowest device completes requests of others with the status that the sender set.
      if (handle(device, options, irp) || lowerDevice === null) return 'completed';
      host.trace?.({ kind: 'forward', driver: name, minorName: irpMinorName(irp.minor) });
      lowerDevice.dispatch(irp);
      return 'forwarded';
    },
    fireEvent(guidText, instance, data) {
      const guid = parseGuid(guidText);
      const known = options.blocks.some(({ block }) => parseGuid(block.guid) === guid);
      if (guid === undefined || !known) return STATUS_WMI_GUID_NOT_FOUND;
      const identity =
        typeof instance === 'number'
          ? ({ kind: 'static', instanceIndex: instance } as const)
          : ({ kind: 'dynamic', instanceName: instance } as const);
      return sendEvent(host, device.deviceObject, guid, identity, data, data.length);
    },
    start: () => host.ioWmiRegistrationControl(device, WMIREG_ACTION_REGISTER),
    update: () => host.ioWmiRegistrationControl(device, WMIREG_ACTION_UPDATE_GUIDS),
    remove: () => host.ioWmiRegistrationControl(device, WMIREG_ACTION_DEREGISTER),
  };
  if (options.start ?? true) device.start();
  return device;
}
