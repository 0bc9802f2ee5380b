// The provider of screen.mof.

import * as wmi from 'mofgen/runtime';
import {
  type ShadeScreen,
  type ShadeScreenChanges,
  type ShadeScreenProvider,
} from '../gen/screen.g.js';

/** A screen against the sun. */
export class ShadeScreenDevice implements ShadeScreenProvider {
  private data: ShadeScreen = { Closed: 0, Moving: false };

  query(): ShadeScreen {
    return this.data;
  }

  set(changes: ShadeScreenChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }
}
