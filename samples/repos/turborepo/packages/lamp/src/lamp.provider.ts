// The provider of lamp.mof.

import * as wmi from 'mofgen/runtime';
import { type GrowthLamp, type GrowthLampChanges, type GrowthLampProvider } from '../gen/lamp.g.js';

/** A lamp that lengthens the day. */
export class GrowthLampDevice implements GrowthLampProvider {
  private data: GrowthLamp = { Brightness: 0, Burned: 0n, Maker: { Id: 7, Serial: 1 } };

  query(): GrowthLamp {
    return this.data;
  }

  set(changes: GrowthLampChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }
}
