// The providers of odd-corners.mof. This file is yours: mofgen wrote it once and never touches it again.

import * as wmi from "mofgen/runtime";
import {
  type class_,
  type class__Changes,
  type class__Provider,
  type class__constructor__Input,
  type class__constructor__Output,
  registerOddCorners,
  type OddCornersRegistration,
} from "./odd-corners.g.js";

/**
 * Names that are keywords, arrays of everything, and data that fills the
 * buffer.
 *
 * Keeps the values of one class in memory.
 */
export class class__InMemory implements class__Provider {
  data: class_ = {
    ref: 0,
    instance: false,
    of: [1, 2, 3],
    qualifier: wmi.repeat(2, () => ""),
    pragma: [
      "20260115120000.000000+060",
      ...wmi.repeat(1, () => wmi.ZERO_INTERVAL),
    ],
    default: 0,
    uint8: wmi.repeat(2, () => ({
      Level: -1,
      Tag: '"*/éf',
    })),
    string: wmi.repeat(4, () => 0),
    count: 2,
    names: ["one", "two ??/ 😀"],
    rest: new Uint8Array(0),
  };
  /** The last input of `constructor_`. */
  lastConstructor_: class__constructor__Input | undefined;

  query(): class_ {
    return this.data;
  }

  set(changes: class__Changes): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }

  /** WmiMethodId 1. */
  constructor_(
    input: class__constructor__Input,
  ): wmi.MethodReturn<class__constructor__Output> {
    this.lastConstructor_ = input;
    return {
      delete: 0n,
      both: input.both,
    };
  }
}

/** Registers one instance of every block of odd-corners.mof on `device`. */
export function registerProviders(
  device: wmi.KmdfDevice,
): OddCornersRegistration {
  return registerOddCorners(device, {
    class: new class__InMemory(),
  });
}
