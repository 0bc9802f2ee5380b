/**
 * Deferred work of a driver, and waiting for it: completes pending requests in a model with a single thread.
 */
import { irpMinorName, type SystemControlIrp } from '../irp.js';
import { isOpen } from './requests.js';
import { type WmilibDevice } from './types.js';

/** Thrown when a request is pending and no queued work could complete it: Windows would wait forever. */
export class SimulatedHang extends Error {
  override readonly name = 'SimulatedHang';
}

export interface WorkQueue {
  add(work: () => void): void;
  /** Runs all queued work, including the work that it queues. */
  drain(): void;
  /** Runs work until the request is complete; throws a SimulatedHang when the queue is empty before. */
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
