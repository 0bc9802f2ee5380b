// The provider of air-vent.mof.

import * as wmi from 'mofgen/runtime';
import { type AirVent, type AirVentChanges, type AirVentProvider } from '../gen/air-vent.g.js';

/** A roof vent. */
export class AirVentDevice implements AirVentProvider {
  private data: AirVent = { Opening: 0, Storm: false };

  query(): AirVent {
    return this.data;
  }

  set(changes: AirVentChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }
}
