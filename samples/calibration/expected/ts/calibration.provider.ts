// The providers of calibration.mof. This file is yours: mofgen wrote it once and never touches it again.

import * as wmi from "mofgen/runtime";
import {
  type Calibration,
  type CalibrationChanges,
  type CalibrationProvider,
  type CalibrationReplacePointInput,
  type CalibrationReplacePointOutput,
  type CalibrationSwapFactorsInput,
  type CalibrationSwapFactorsOutput,
  type CalibrationMeasureInput,
  type CalibrationMeasureOutput,
  registerCalibration,
  type CalibrationRegistration,
} from "./calibration.g.js";

/**
 * An instrument that can be calibrated.
 *
 * Keeps the values of one Calibration in memory.
 */
export class CalibrationInMemory implements CalibrationProvider {
  data: Calibration = {
    SerialNumber: 0n,
    Revision: 65,
    Points: wmi.repeat(4, () => ({
      Measured: 0,
      Nominal: 0,
      Used: false,
    })),
    Factors: [0n, 1n, ...wmi.repeat(1, () => 0n)],
    Signature: new Uint8Array(16),
    Channels: wmi.repeat(8, () => false),
  };
  /** The last input of `ReplacePoint`. */
  lastReplacePoint: CalibrationReplacePointInput | undefined;
  /** The last input of `SwapFactors`. */
  lastSwapFactors: CalibrationSwapFactorsInput | undefined;
  /** The last input of `Measure`. */
  lastMeasure: CalibrationMeasureInput | undefined;

  query(): Calibration {
    return this.data;
  }

  set(changes: CalibrationChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }

  /**
   * Puts one point in place of another.
   *
   * WmiMethodId 1.
   */
  ReplacePoint(
    input: CalibrationReplacePointInput,
  ): wmi.MethodReturn<CalibrationReplacePointOutput> {
    this.lastReplacePoint = input;
    return {
      Point: input.Point,
    };
  }

  /**
   * Forgets all points.
   *
   * WmiMethodId 2.
   */
  Reset(): wmi.MethodReturn<undefined> {
    return wmi.STATUS_SUCCESS;
  }

  /**
   * Swaps two factors.
   *
   * WmiMethodId 3.
   */
  SwapFactors(
    input: CalibrationSwapFactorsInput,
  ): wmi.MethodReturn<CalibrationSwapFactorsOutput> {
    this.lastSwapFactors = input;
    return {
      First: input.First,
      Second: input.Second,
    };
  }

  /**
   * Measures now.
   *
   * WmiMethodId 4.
   */
  Measure(
    input: CalibrationMeasureInput,
  ): wmi.MethodReturn<CalibrationMeasureOutput> {
    this.lastMeasure = input;
    return {
      Taken: wmi.ZERO_INTERVAL,
      ReturnValue: 0,
    };
  }
}

/** Registers one instance of every block of calibration.mof on `device`. */
export function registerProviders(
  device: wmi.KmdfDevice,
): CalibrationRegistration {
  return registerCalibration(device, {
    Calibration: new CalibrationInMemory(),
  });
}
