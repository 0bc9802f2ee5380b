// The provider of soil.mof.

import { type SoilProbe, type SoilProbeProvider } from '../gen/soil.g.js';

/** A probe in the soil. */
export class SoilProbeDevice implements SoilProbeProvider {
  private data: SoilProbe = { Moisture: 0, Temperature: 200 };

  query(): SoilProbe {
    return this.data;
  }
}
