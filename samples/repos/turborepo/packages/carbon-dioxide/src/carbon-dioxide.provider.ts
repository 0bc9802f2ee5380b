// The provider of carbon-dioxide.mof.

import * as wmi from 'mofgen/runtime';
import {
  type CarbonDioxide,
  type CarbonDioxideChanges,
  type CarbonDioxideProvider,
} from '../gen/carbon-dioxide.g.js';

/** The air's carbon dioxide. */
export class CarbonDioxideDevice implements CarbonDioxideProvider {
  private data: CarbonDioxide = { Level: 0, Limit: 0 };

  query(): CarbonDioxide {
    return this.data;
  }

  set(changes: CarbonDioxideChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }
}
