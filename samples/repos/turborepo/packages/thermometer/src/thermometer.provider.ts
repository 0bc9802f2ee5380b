// The provider of thermometer.mof.

import * as wmi from 'mofgen/runtime';
import {
  type AirThermometer,
  type AirThermometerChanges,
  type AirThermometerProvider,
} from '../gen/thermometer.g.js';

/** The air's temperature. */
export class AirThermometerDevice implements AirThermometerProvider {
  private data: AirThermometer = { Temperature: 200, Offset: 200 };

  query(): AirThermometer {
    return this.data;
  }

  set(changes: AirThermometerChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }
}
