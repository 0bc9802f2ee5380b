// The provider of light-sensor.mof.

import { type DayLight, type DayLightProvider } from '../gen/light-sensor.g.js';

/** The light outside. */
export class DayLightDevice implements DayLightProvider {
  private data: DayLight = { Illuminance: 0, Sum: 0n };

  query(): DayLight {
    return this.data;
  }
}
