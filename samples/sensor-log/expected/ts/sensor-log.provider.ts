// The providers of sensor-log.mof. This file is yours: mofgen wrote it once and never touches it again.

import * as wmi from "mofgen/runtime";
import {
  type SensorLog,
  type SensorLogChanges,
  type SensorLogProvider,
  type SensorLogDrainInput,
  type SensorLogDrainOutput,
  type SensorLogInjectInput,
  registerSensorLog,
  type SensorLogRegistration,
} from "./sensor-log.g.js";

/**
 * What one sensor has logged. Collecting costs power, so it runs only while
 * someone looks.
 *
 * Keeps the values of one SensorLog in memory.
 */
export class SensorLogInMemory implements SensorLogProvider {
  data: SensorLog = {
    Label: "",
    Interval: 0,
    Unit: {
      Divisor: 0,
      Symbol: "",
    },
    ThresholdCount: 0,
    SampleCount: 0,
    Thresholds: [],
    Samples: [],
    Comment: "",
  };
  /** The last input of `Drain`. */
  lastDrain: SensorLogDrainInput | undefined;
  /** The last input of `Inject`. */
  lastInject: SensorLogInjectInput | undefined;

  query(): SensorLog {
    return this.data;
  }

  set(changes: SensorLogChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }

  /**
   * Takes the oldest samples out of the log.
   *
   * WmiMethodId 10.
   */
  Drain(input: SensorLogDrainInput): wmi.MethodReturn<SensorLogDrainOutput> {
    this.lastDrain = input;
    return {
      Count: 0,
      Samples: [],
      Note: "",
    };
  }

  /**
   * Adds samples, as a test does.
   *
   * WmiMethodId 11.
   */
  Inject(input: SensorLogInjectInput): wmi.MethodReturn<undefined> {
    this.lastInject = input;
    return wmi.STATUS_SUCCESS;
  }
}

/** Registers one instance of every block of sensor-log.mof on `device`. */
export function registerProviders(
  device: wmi.KmdfDevice,
): SensorLogRegistration {
  return registerSensorLog(device, {
    SensorLog: new SensorLogInMemory(),
  });
}
