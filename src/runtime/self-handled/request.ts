/**
 * One request on its way through a driver that handles it itself, and what its callbacks leave in the trace.
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

/** Runs a callback between its two trace events; what it returns is for callback-results.ts to check. */
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
