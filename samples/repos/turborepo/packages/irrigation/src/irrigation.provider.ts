// The provider of irrigation.mof.

import * as wmi from 'mofgen/runtime';
import {
  type IrrigationLine,
  type IrrigationLineChanges,
  type IrrigationLineProvider,
  type IrrigationLineStartInput,
} from '../gen/irrigation.g.js';

/** A line of drippers. */
export class IrrigationLineDevice implements IrrigationLineProvider {
  private data: IrrigationLine = { Running: false, Minutes: 0 };

  query(): IrrigationLine {
    return this.data;
  }

  set(changes: IrrigationLineChanges): wmi.NtStatus {
    this.data = { ...this.data, ...changes };
    return wmi.STATUS_SUCCESS;
  }

  Start({ Minutes }: IrrigationLineStartInput): wmi.NtStatus {
    this.data = { Running: Minutes > 0, Minutes };
    return wmi.STATUS_SUCCESS;
  }
}
