// The providers of thermostat.mof. This file is yours: mofgen wrote it once and never touches it again.

import * as wmi from 'mofgen/runtime';
import {
  type Thermostat,
  type ThermostatChanges,
  type ThermostatProvider,
  type ThermostatBoostInput,
  type ThermostatBoostOutput,
  registerThermostat,
  type ThermostatRegistration,
} from './thermostat.g.js';

/** A room as the heating sees it; a driver would access its hardware here. */
export interface Room {
  /** Tenths of a degree C. */
  measure(): number;
  /** Minutes since the start. */
  now(): number;
}

const LOWEST = 50;
const HIGHEST = 300;

/** A room's thermostat. */
export class RoomThermostat implements ThermostatProvider {
  private target = 200;
  private boostedUntil = 0;

  constructor(private readonly room: Room) {}

  query(): Thermostat {
    const Measured = this.room.measure();
    const boosted = this.room.now() < this.boostedUntil;
    return { Target: this.target, Measured, Heating: boosted || Measured < this.target };
  }

  set({ Target }: ThermostatChanges): wmi.NtStatus {
    if (Target !== undefined) {
      if (Target < LOWEST || Target > HIGHEST) return wmi.STATUS_WMI_SET_FAILURE;
      this.target = Target;
    }
    return wmi.STATUS_SUCCESS;
  }

  /**
   * Heats for some minutes, whatever the target is.
   *
   * WmiMethodId 1.
   */
  Boost({ Minutes }: ThermostatBoostInput): wmi.MethodReturn<ThermostatBoostOutput> {
    const EndsAt = this.room.now() + Minutes;
    return wmi.withCommit({ EndsAt }, () => {
      this.boostedUntil = EndsAt;
    });
  }
}

/** Registers the thermostat of `room` on `device`. */
export function registerProviders(device: wmi.KmdfDevice, room: Room): ThermostatRegistration {
  return registerThermostat(device, { Thermostat: new RoomThermostat(room) });
}
