/**
 * One request on its way through a driver that handles it itself, and what its callbacks leave in the trace.
 */
import { type BoundInstance } from '../bound-block.js';
import { type BufferResult, type WmiInstance } from '../callbacks.js';
import { type SystemControlIrp } from '../irp.js';
import { STATUS_PENDING, STATUS_UNSUCCESSFUL, type NtStatus } from '../ntstatus.js';
import { type TraceEvent } from '../trace.js';
import { type SelfHandledBlock, type SelfHandledDevice } from './types.js';

/** A request for a block of this driver. */
export interface BlockRequest {
  readonly device: SelfHandledDevice;
  readonly irp: SystemControlIrp;
  readonly target: SelfHandledBlock;
  /** The block's GUID, lower-case registry form. */
  readonly guid: string;
  /** Bytes that may be used: never more than the memory really has. */
  readonly bufferSize: number;
}

/** What a callback is told about its instance. */
export const identityOf = (guid: string, { name }: BoundInstance): WmiInstance => ({
  guid,
  label: name,
});

type CallbackSizes = Omit<
  Extract<TraceEvent, { kind: 'callbackBegin' }>,
  'kind' | 'driver' | 'callback' | 'guid' | 'label'
>;

/** What a callback gives back: a status, or one with BufferUsed. */
type CallbackAnswer = NtStatus | BufferResult;

/** Runs a callback between its two trace events. */
export function callTraced<Answer extends CallbackAnswer>(
  { device, guid }: BlockRequest,
  callback: string,
  label: string,
  sizes: CallbackSizes,
  run: () => Answer,
): Answer {
  const { trace } = device.host;
  if (trace === undefined) return run();
  const driver = device.name;
  trace({ kind: 'callbackBegin', driver, callback, guid, label, ...sizes });
  const answer = run();
  trace({ kind: 'callbackEnd', driver, callback, ...partsOf(answer) });
  return answer;
}

const partsOf = (answer: CallbackAnswer): { status: NtStatus; bufferUsed?: number | undefined } =>
  typeof answer === 'number' ? { status: answer } : answer;

/** Callbacks answer at once: STATUS_PENDING is STATUS_UNSUCCESSFUL, as in the framework. */
export const neverPending = (status: NtStatus): NtStatus =>
  status === STATUS_PENDING ? STATUS_UNSUCCESSFUL : status;
