/**
 * The requests that routines have not completed yet, and WmiCompleteRequest, which completes them (docs/spec/runtime.md#wmilib, rule 7).
 */
import { SimulatedBugCheck } from '../bug-check.js';
import { callbackStatus } from '../callback-results.js';
import { irpMinorName, type SystemControlIrp } from '../irp.js';
import { STATUS_UNSUCCESSFUL, type NtStatus } from '../ntstatus.js';
import { isUlong } from '../wnode.js';
import { type WmilibDevice } from './types.js';

/** Completes a request from a routine's results. */
export type Finish = (status: NtStatus, bufferUsed: number) => void;

/** A request whose routine was called. */
interface OpenRequest {
  readonly device: WmilibDevice;
  readonly finish: Finish;
}

const openRequests = new WeakMap<SystemControlIrp, OpenRequest>();

/** Records that a routine gets a request. */
export function openRequest(device: WmilibDevice, irp: SystemControlIrp, finish: Finish): void {
  openRequests.set(irp, { device, finish });
}

/** Whether a routine has yet to complete the request. */
export function isOpen(irp: SystemControlIrp): boolean {
  return openRequests.has(irp);
}

/**
 * WmiCompleteRequest (wmilib.h), without PriorityBoost: completes a request with a routine's status and `bufferUsed`
 * bytes written, or needed with STATUS_BUFFER_TOO_SMALL. Returns the request's final status, which the routine returns.
 *
 * A request cannot end pending: STATUS_PENDING, a value that is not a status, or a BufferUsed that is not a ULONG is
 * STATUS_UNSUCCESSFUL.
 *
 * A second completion, or one of a request that this device does not have, stops with a simulated bug check even
 * without hardening: MULTIPLE_IRP_COMPLETE_REQUESTS in Windows.
 */
export function wmiCompleteRequest(
  device: WmilibDevice,
  irp: SystemControlIrp,
  status: NtStatus,
  bufferUsed: number,
): NtStatus {
  const request = openRequests.get(irp);
  if (request?.device !== device) {
    throw new SimulatedBugCheck(
      `MULTIPLE_IRP_COMPLETE_REQUESTS: '${device.name}' completes ${irpMinorName(irp.minor)}, which is not open`,
    );
  }
  openRequests.delete(irp);
  const { trace } = device.host;
  const routine = 'WmiCompleteRequest';
  trace?.({ kind: 'routineBegin', routine, guid: String(irp.dataPath), bufferSize: bufferUsed });
  const valid = isUlong(bufferUsed);
  request.finish(valid ? callbackStatus(status) : STATUS_UNSUCCESSFUL, valid ? bufferUsed : 0);
  trace?.({ kind: 'routineEnd', routine, status: irp.ioStatus.status });
  return irp.ioStatus.status;
}
