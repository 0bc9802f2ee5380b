// The provider of boiler.mof.

import * as wmi from 'mofgen/runtime';
import {
  type HeatingBoiler,
  type HeatingBoilerChanges,
  type HeatingBoilerIgniteInput,
  type HeatingBoilerProvider,
} from '../gen/boiler.g.js';

/** The boiler of the heating. */
export class HeatingBoilerDevice implements HeatingBoilerProvider {
  private data: HeatingBoiler = { Flow: 200, Target: 200, Maker: { Id: 7, Serial: 1 } };

  query(): HeatingBoiler {
    return this.data;
  }

  set(changes: HeatingBoilerChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }

  Ignite({ Seconds }: HeatingBoilerIgniteInput): wmi.NtStatus {
    return Seconds > 0 ? wmi.STATUS_SUCCESS : wmi.STATUS_INVALID_PARAMETER;
  }
}
