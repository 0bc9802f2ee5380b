// The provider of power-meter.mof.

import * as wmi from 'mofgen/runtime';
import {
  type PowerMeter,
  type PowerMeterProvider,
  type PowerMeterResetOutput,
} from '../gen/power-meter.g.js';

/** What the greenhouse takes from the grid. */
export class PowerMeterDevice implements PowerMeterProvider {
  private data: PowerMeter = { Power: 0, Energy: 0n };

  query(): PowerMeter {
    return this.data;
  }

  Reset(): wmi.MethodReturn<PowerMeterResetOutput> {
    const Before = this.data.Energy;
    return wmi.withCommit({ Before }, () => {
      this.data = { ...this.data, Energy: 0n };
    });
  }
}
