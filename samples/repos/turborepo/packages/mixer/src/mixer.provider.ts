// The provider of mixer.mof.

import * as wmi from 'mofgen/runtime';
import {
  type WaterMixer,
  type WaterMixerChanges,
  type WaterMixerProvider,
} from '../gen/mixer.g.js';

/** Mixes cold and warm water. */
export class WaterMixerDevice implements WaterMixerProvider {
  private data: WaterMixer = { Position: 0, Mixed: 200 };

  query(): WaterMixer {
    return this.data;
  }

  set(changes: WaterMixerChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }
}
