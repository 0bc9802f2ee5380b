// The provider of fan.mof.

import * as wmi from 'mofgen/runtime';
import {
  type CirculationFan,
  type CirculationFanChanges,
  type CirculationFanProvider,
} from '../gen/fan.g.js';

/** A fan that moves the air. */
export class CirculationFanDevice implements CirculationFanProvider {
  private data: CirculationFan = { Speed: 0, Wanted: 0, Maker: { Id: 7, Serial: 1 } };

  query(): CirculationFan {
    return this.data;
  }

  set(changes: CirculationFanChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }
}
