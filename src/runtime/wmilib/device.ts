/**
 * A device object of a driver that uses WMILIB: its DispatchSystemControl, its work items, its registration.
 */
import { type DriverHost } from '../driver-host.js';
import { irpMinorName, type IrpOutcome, type SystemControlIrp } from '../irp.js';
import {
  WMIREG_ACTION_DEREGISTER,
  WMIREG_ACTION_REGISTER,
  WMIREG_ACTION_UPDATE_GUIDS,
} from '../wmireg.js';
import { wmiSystemControl } from './system-control.js';
import { SysctlIrpDisposition, type WmilibContext, type WmilibDevice } from './types.js';
import { createWorkQueue } from './work-queue.js';

export interface WmilibDeviceOptions {
  readonly context: WmilibContext;
  /** The driver's name, for traces and default paths; default `driver`. */
  readonly name?: string;
  /** The PDO's device instance path; default `ROOT\<NAME>\0000` and so on. PDO instance names start with it. */
  readonly deviceInstancePath?: string;
  /** Pointer values; by default the host assigns new ones. */
  readonly deviceObject?: bigint;
  readonly pdo?: bigint;
  /** The next lower device; `null` for the lowest of a stack. Default: a bus that completes every request unchanged. */
  readonly lowerDevice?: LowerDevice | null;
  /** Checks the bounds that a request states; default true. */
  readonly hardening?: boolean;
  /** Registers the device with WMI immediately; default true. */
  readonly start?: boolean;
}

/** The next lower device, as far as system control requests are concerned. */
type LowerDevice = { dispatch(irp: SystemControlIrp): IrpOutcome };

const completingBus: LowerDevice = { dispatch: () => 'completed' };

/**
 * Makes a device and, by default, starts it. Its dispatch handles all four dispositions as the WDK's WmiSystemControl
 * page documents. It runs work items until a pending request completes, and throws a SimulatedHang when none is left
 * that could complete it.
 */
export function createWmilibDevice(host: DriverHost, options: WmilibDeviceOptions): WmilibDevice {
  const { context, name = 'driver', lowerDevice = completingBus } = options;
  const work = createWorkQueue();

  function forward(irp: SystemControlIrp): IrpOutcome {
    // The lowest device completes with the status that the sender set.
    if (lowerDevice === null) return 'completed';
    host.trace?.({ kind: 'forward', driver: name, minorName: irpMinorName(irp.minor) });
    lowerDevice.dispatch(irp);
    return 'forwarded';
  }

  const device: WmilibDevice = {
    kind: 'wmilib',
    host,
    name,
    deviceObject: options.deviceObject ?? host.newObjectPointer(),
    pdo: options.pdo ?? host.newObjectPointer(),
    deviceInstancePath: options.deviceInstancePath ?? host.newDeviceInstancePath(name),
    hardening: options.hardening ?? true,
    dispatch(irp) {
      const { disposition } = wmiSystemControl(context, device, irp);
      switch (disposition) {
        case SysctlIrpDisposition.irpProcessed:
          work.waitFor(device, irp);
          return 'completed';
        case SysctlIrpDisposition.irpNotCompleted:
          return 'completed';
        case SysctlIrpDisposition.irpNotWmi:
        case SysctlIrpDisposition.irpForward:
          return forward(irp);
        default:
          return disposition satisfies never;
      }
    },
    queueWorkItem: (item) => {
      work.add(item);
    },
    runWorkItems: () => {
      work.drain();
    },
    start: () => host.ioWmiRegistrationControl(device, WMIREG_ACTION_REGISTER),
    update: () => host.ioWmiRegistrationControl(device, WMIREG_ACTION_UPDATE_GUIDS),
    remove: () => host.ioWmiRegistrationControl(device, WMIREG_ACTION_DEREGISTER),
  };
  if (options.start ?? true) device.start();
  return device;
}
