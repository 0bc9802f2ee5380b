// The provider of battery.mof.

import { type BackupBattery, type BackupBatteryProvider } from '../gen/battery.g.js';

/** The battery that keeps valves working. */
export class BackupBatteryDevice implements BackupBatteryProvider {
  private data: BackupBattery = { Charge: 0, Cycles: 0 };

  query(): BackupBattery {
    return this.data;
  }
}
