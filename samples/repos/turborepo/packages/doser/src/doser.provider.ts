// The provider of doser.mof.

import * as wmi from 'mofgen/runtime';
import {
  type FertilizerDoser,
  type FertilizerDoserChanges,
  type FertilizerDoserPrimeOutput,
  type FertilizerDoserProvider,
} from '../gen/doser.g.js';

/** Millilitres that the hose holds. */
const HOSE = 40;

/** Doses fertilizer into the water. */
export class FertilizerDoserDevice implements FertilizerDoserProvider {
  private data: FertilizerDoser = { Rate: 0, Total: 0n };

  query(): FertilizerDoser {
    return this.data;
  }

  set(changes: FertilizerDoserChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }

  Prime(): wmi.MethodReturn<FertilizerDoserPrimeOutput> {
    return { Used: HOSE };
  }
}
