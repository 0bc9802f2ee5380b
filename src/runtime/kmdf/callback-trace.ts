/**
 * Trace events around a callback of a KMDF driver. Called only when somebody listens.
 */
import { type NtStatus } from '../ntstatus.js';
import { type TraceListener } from '../trace.js';
import { type InstanceRecord } from './state.js';

interface CallbackSizes {
  readonly id?: number;
  readonly inBufferSize?: number;
  readonly outBufferSize?: number;
}

export function traceCallbackBegin(
  trace: TraceListener,
  callback: string,
  instance: InstanceRecord,
  sizes: CallbackSizes,
): void {
  const { guid, label, provider } = instance;
  trace({ kind: 'callbackBegin', driver: provider.device.name, callback, guid, label, ...sizes });
}

export function traceCallbackEnd(
  trace: TraceListener,
  callback: string,
  instance: InstanceRecord,
  status: NtStatus,
  bufferUsed?: number,
): void {
  const driver = instance.provider.device.name;
  trace({ kind: 'callbackEnd', driver, callback, status, bufferUsed });
}
