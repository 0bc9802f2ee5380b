// The provider of humidity.mof.

import { type AirHumidity, type AirHumidityProvider } from '../gen/humidity.g.js';

/** The humidity of the air. */
export class AirHumidityDevice implements AirHumidityProvider {
  private data: AirHumidity = { Relative: 0, DewPoint: 200 };

  query(): AirHumidity {
    return this.data;
  }
}
