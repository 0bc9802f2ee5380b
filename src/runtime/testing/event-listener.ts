/**
 * A consumer that subscribes to one event and keeps what arrives, decoded with the event's generated codec.
 */
import { type WmiEventBlock } from '../block.js';
import { type DataBlockObject } from '../kernel/state.js';
import { type Kernel } from '../kernel.js';
import { readSingleInstance } from '../wnode-codec.js';

/** One received event. */
export interface HeardEvent<Data> {
  /** The event's values; absent when the bytes do not decode as this event. */
  readonly data?: Data;
  /** The WNODE as the driver sent it. */
  readonly wnode: Uint8Array;
}

/** A listener and the events it has received. */
export interface EventListener<Data> {
  readonly object: DataBlockObject;
  /** In order of delivery. */
  readonly heard: readonly HeardEvent<Data>[];
  /** Stops listening; closing the last listener disables the event. */
  close(): void;
}

/** Starts listening on an object that was opened for notification. */
export function createEventListener<Data>(
  kernel: Kernel,
  event: WmiEventBlock<Data>,
  object: DataBlockObject,
): EventListener<Data> {
  const heard: HeardEvent<Data>[] = [];
  kernel.ioWmiSetNotificationCallback(object, (wnode) => {
    const bytes = readSingleInstance(wnode)?.data;
    const data = bytes === undefined ? undefined : event.data.decode(bytes);
    heard.push(data === undefined ? { wnode } : { wnode, data });
  });
  return {
    object,
    heard,
    close: () => {
      kernel.obDereferenceObject(object);
    },
  };
}
