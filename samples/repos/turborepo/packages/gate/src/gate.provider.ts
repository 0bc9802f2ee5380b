// The provider of gate.mof.

import * as wmi from 'mofgen/runtime';
import {
  type DeliveryGate,
  type DeliveryGateProvider,
  type DeliveryGateReleaseInput,
} from '../gen/gate.g.js';

/** The gate for deliveries. */
export class DeliveryGateDevice implements DeliveryGateProvider {
  private data: DeliveryGate = { Open: false, Passages: 0 };

  query(): DeliveryGate {
    return this.data;
  }

  Release({ Seconds }: DeliveryGateReleaseInput): wmi.NtStatus {
    if (Seconds === 0) return wmi.STATUS_INVALID_PARAMETER;
    this.data = { Open: true, Passages: this.data.Passages + 1 };
    return wmi.STATUS_SUCCESS;
  }
}
