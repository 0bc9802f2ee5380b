// The provider of tank.mof.

import { type RainTank, type RainTankProvider } from '../gen/tank.g.js';

/** The tank of rain water. */
export class RainTankDevice implements RainTankProvider {
  private data: RainTank = { Level: 0, Capacity: 0 };

  query(): RainTank {
    return this.data;
  }
}
