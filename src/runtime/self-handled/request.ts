/**
 * One request to a driver that handles it itself, and the trace of its callbacks.
 */
import { type BoundInstance } from '../bound-block.js';
import { returnedParts } from '../callback-results.js';
import { type WmiInstance } from '../callbacks.js';
import { type SystemControlIrp } from '../irp.js';
import { type TraceEvent } from '../trace.js';
import { type SelfHandledBlock, type SelfHandledDevice } from './types.js';

/** A request for a block of this driver. */
export interface BlockRequest {
  readonly device: SelfHandledDevice;
  readonly irp: SystemControlIrp;
  readonly target: SelfHandledBlock;
  /** The block's GUID, lower-case registry form. */
  readonly guid: string;
  /** Usable bytes: at most the existing memory. */
  readonly bufferSize: number;
}

/** The instance as passed to callbacks. */
export const identityOf = (guid: string, { name }: BoundInstance): WmiInstance => ({
  guid,
  label: name,
});

type CallbackSizes = Omit<
  Extract<TraceEvent, { kind: 'callbackBegin' }>,
  'kind' | 'driver' | 'callback' | 'guid' | 'label'
>;

/** Runs a callback between its begin and end events; callback-results.ts checks the return value. */
export function callTraced(
  { device, guid }: BlockRequest,
  callback: string,
  label: string,
  sizes: CallbackSizes,
  run: () => unknown,
): unknown {
  const { trace } = device.host;
  if (trace === undefined) return run();
  const driver = device.name;
  trace({ kind: 'callbackBegin', driver, callback, guid, label, ...sizes });
  const returned = run();
  trace({ kind: 'callbackEnd', driver, callback, ...returnedParts(returned) });
  return returned;
}
