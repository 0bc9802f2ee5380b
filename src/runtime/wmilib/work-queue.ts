/**
 * Work that a driver does later, and waiting for it: how a request that pends is completed in a model where everything
 * runs on one thread.
 */
import { irpMinorName, type SystemControlIrp } from '../irp.js';
import { isOpen } from './requests.js';
import { type WmilibDevice } from './types.js';

/** Thrown when a request is still open and nothing is queued that could complete it: Windows would wait for ever. */
export class SimulatedHang extends Error {
  override readonly name = 'SimulatedHang';
}

export interface WorkQueue {
  add(work: () => void): void;
  /** Runs everything, and what that adds. */
  drain(): void;
  /** Runs work until the request is complete; throws a SimulatedHang when the work ends before. */
  waitFor(device: WmilibDevice, irp: SystemControlIrp): void;
}

export function createWorkQueue(): WorkQueue {
  const queue: (() => void)[] = [];
  return {
    add: (work) => {
      queue.push(work);
    },
    drain: () => {
      for (let work = queue.shift(); work !== undefined; work = queue.shift()) work();
    },
    waitFor: (device, irp) => {
      while (isOpen(irp)) {
        const work = queue.shift();
        if (work === undefined) throw hang(device, irp);
        work();
      }
    },
  };
}

function hang(device: WmilibDevice, irp: SystemControlIrp): SimulatedHang {
  const minorName = irpMinorName(irp.minor);
  return new SimulatedHang(
    `'${device.name}' never completes ${minorName}: its routine returned without WmiCompleteRequest, and no work item is queued`,
  );
}
