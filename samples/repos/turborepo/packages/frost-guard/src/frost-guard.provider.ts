// The provider of frost-guard.mof.

import * as wmi from 'mofgen/runtime';
import {
  type FrostGuard,
  type FrostGuardChanges,
  type FrostGuardProvider,
} from '../gen/frost-guard.g.js';

/** Warns of frost. */
export class FrostGuardDevice implements FrostGuardProvider {
  private data: FrostGuard = { Threshold: 200, Near: false };

  query(): FrostGuard {
    return this.data;
  }

  set(changes: FrostGuardChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }
}
