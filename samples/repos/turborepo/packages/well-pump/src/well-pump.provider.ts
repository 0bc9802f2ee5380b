// The provider of well-pump.mof.

import * as wmi from 'mofgen/runtime';
import {
  type WellPump,
  type WellPumpProvider,
  type WellPumpStopInput,
} from '../gen/well-pump.g.js';

/** The pump in the well. */
export class WellPumpDevice implements WellPumpProvider {
  private data: WellPump = { Running: false, Pressure: 0, Maker: { Id: 7, Serial: 1 } };

  query(): WellPump {
    return this.data;
  }

  Stop({ Now }: WellPumpStopInput): wmi.NtStatus {
    this.data = { ...this.data, Running: false, Pressure: Now ? 0 : this.data.Pressure };
    return wmi.STATUS_SUCCESS;
  }
}
