// The providers of door-light.mof. This file is yours: mofgen wrote it once and never touches it again.

import * as wmi from "mofgen/runtime";
import {
  type DoorLight,
  type DoorLightChanges,
  type DoorLightProvider,
  registerDoorLight,
  type DoorLightRegistration,
} from "./door-light.g.js";

/**
 * The light over the door.
 *
 * Keeps the values of one DoorLight in memory.
 */
export class DoorLightInMemory implements DoorLightProvider {
  data: DoorLight = {
    Lit: false,
  };

  query(): DoorLight {
    return this.data;
  }

  set(changes: DoorLightChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }
}

/** Registers one instance of every block of door-light.mof on `device`. */
export function registerProviders(
  device: wmi.KmdfDevice,
): DoorLightRegistration {
  return registerDoorLight(device, {
    DoorLight: new DoorLightInMemory(),
  });
}
