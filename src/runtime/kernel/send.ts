/**
 * Sends a request to a registered driver.
 */
import {
  createSystemControlIrp,
  irpMinorName,
  type IrpOutcome,
  type SystemControlIrp,
} from '../irp.js';
import { WNODE_FLAG_TOO_SMALL, WNODE_HEADER, WNODE_TOO_SMALL } from '../wnode.js';
import { type DriverBlock, type KernelState, type Registrant } from './state.js';
import { traceException } from './traced-routines.js';

/**
 * Makes a request for a block, with the header's fixed members written and room for `size` bytes; `undefined` without
 * memory.
 */
export function newBlockRequest(
  kernel: KernelState,
  block: DriverBlock,
  minor: number,
  size: number,
  flags: number,
): SystemControlIrp | undefined {
  const { entry, registrant } = block;
  const memory = kernel.pool.allocateForRequest(size);
  if (memory === undefined) return undefined;
  const irp = createSystemControlIrp(minor, registrant.driver.deviceObject, entry.guid, memory);
  irp.view.setUint32(WNODE_HEADER.BufferSize, size, true);
  irp.view.setUint32(WNODE_HEADER.ProviderId, registrant.providerId, true);
  memory.set(entry.guidBytes, WNODE_HEADER.Guid);
  irp.view.setUint32(WNODE_HEADER.Flags, flags >>> 0, true);
  return irp;
}

/**
 * Dispatches a request to its driver; afterwards IoStatus holds the result. Throws what a provider's callback throws.
 */
export function send(kernel: KernelState, registrant: Registrant, irp: SystemControlIrp): void {
  const { trace } = kernel;
  const { driver } = registrant;
  if (trace === undefined) {
    driver.dispatch(irp);
    return;
  }
  const { minor, dataPath, bufferSize } = irp;
  const minorName = irpMinorName(minor);
  trace({ kind: 'irpBegin', driver: driver.name, minor, minorName, dataPath, bufferSize });
  let outcome: IrpOutcome;
  try {
    outcome = driver.dispatch(irp);
  } catch (thrown) {
    traceException(trace, minorName, thrown);
    throw thrown;
  }
  const sizeNeeded = sizeNeededBy(irp);
  trace({
    kind: 'irpEnd',
    driver: driver.name,
    minor,
    minorName,
    outcome,
    ...irp.ioStatus,
    ...(sizeNeeded === undefined ? {} : { sizeNeeded }),
  });
}

/** SizeNeeded in bytes when a successful request was completed with a WNODE_TOO_SMALL. */
export function sizeNeededBy(irp: SystemControlIrp): number | undefined {
  const { view } = irp;
  if (view.byteLength < WNODE_TOO_SMALL.sizeof || typeof irp.dataPath === 'number') {
    return undefined;
  }
  const tooSmall = (view.getUint32(WNODE_HEADER.Flags, true) & WNODE_FLAG_TOO_SMALL) !== 0;
  return tooSmall ? view.getUint32(WNODE_TOO_SMALL.SizeNeeded, true) : undefined;
}
