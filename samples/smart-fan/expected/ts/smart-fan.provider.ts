// The providers of smart-fan.mof. This file is yours: mofgen wrote it once and never touches it again.

import * as wmi from "mofgen/runtime";
import {
  type SmartFan,
  type SmartFanChanges,
  type SmartFanProvider,
  registerSmartFan,
  type SmartFanRegistration,
} from "./smart-fan.g.js";

/**
 * Speed and mode of one fan.
 *
 * Keeps the values of one SmartFan in memory.
 */
export class SmartFanInMemory implements SmartFanProvider {
  data: SmartFan = {
    TargetSpeed: 0,
    ActualSpeed: 0,
    Mode: 0,
    Faults: 0,
    StartTemperature: 0,
    Revolutions: 0n,
    ServiceKey: 0,
    LastCleaned: wmi.ZERO_INTERVAL,
  };

  query(): Omit<SmartFan, "ServiceKey"> {
    return this.data;
  }

  set(changes: SmartFanChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }
}

/** Registers one instance of every block of smart-fan.mof on `device`. */
export function registerProviders(
  device: wmi.KmdfDevice,
): SmartFanRegistration {
  return registerSmartFan(device, {
    SmartFan: new SmartFanInMemory(),
  });
}
