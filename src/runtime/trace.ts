/**
 * The steps of a request as a sequence of events for one listener. Without a listener no events are made.
 */
import { type IrpOutcome } from './irp.js';
import { type NtStatus } from './ntstatus.js';

/** One step. Begin and end events nest; sizes are in bytes. */
export type TraceEvent =
  | {
      readonly kind: 'routineBegin';
      /** The documented name, such as `IoWMISetSingleInstance`. */
      readonly routine: string;
      readonly guid: string;
      readonly instanceName?: string;
      /** WmiDataId of IoWMISetSingleItem, WmiMethodId of IoWMIExecuteMethod. */
      readonly id?: number;
      /** Bytes of input, or bytes of room for output. */
      readonly bufferSize?: number;
    }
  | {
      readonly kind: 'routineEnd';
      readonly routine: string;
      readonly status: NtStatus;
      /** Bytes returned, or needed with STATUS_BUFFER_TOO_SMALL. */
      readonly bufferSize?: number;
    }
  | {
      readonly kind: 'irpBegin';
      readonly driver: string;
      readonly minor: number;
      readonly minorName: string;
      readonly dataPath: string | number;
      readonly bufferSize: number;
    }
  | {
      readonly kind: 'irpEnd';
      readonly driver: string;
      readonly minor: number;
      readonly minorName: string;
      readonly outcome: IrpOutcome;
      readonly status: NtStatus;
      readonly information: number;
      /** SizeNeeded when the request was completed with a WNODE_TOO_SMALL. */
      readonly sizeNeeded?: number;
    }
  | { readonly kind: 'forward'; readonly driver: string; readonly minorName: string }
  | {
      readonly kind: 'callbackBegin';
      readonly driver: string;
      /** The documented name, such as `EvtWmiInstanceSetItem`. */
      readonly callback: string;
      readonly guid: string;
      readonly label: string;
      /** DataItemId or MethodId. */
      readonly id?: number;
      readonly inBufferSize?: number;
      readonly outBufferSize?: number;
      /** EvtWmiProviderFunctionControl: 1 events, 2 collection. */
      readonly control?: number;
      readonly enable?: boolean;
    }
  | {
      readonly kind: 'callbackEnd';
      readonly driver: string;
      readonly callback: string;
      readonly status: NtStatus;
      /** `undefined` when the callback has no BufferUsed or never stored it. */
      readonly bufferUsed?: number | undefined;
    }
  | {
      readonly kind: 'registration';
      readonly driver: string;
      /** The header's name, such as `WMIREG_ACTION_UPDATE_GUIDS`. */
      readonly action: string;
      readonly status: NtStatus;
      /** The number of blocks that the driver has registered afterwards. */
      readonly guidCount: number;
    }
  | {
      readonly kind: 'eventDelivery';
      readonly guid: string;
      readonly bufferSize: number;
      /** The number of notification callbacks that received it; 0 means it was dropped. */
      readonly subscribers: number;
    }
  | { readonly kind: 'reference'; readonly object: bigint; readonly count: number }
  | { readonly kind: 'poolFree'; readonly by: 'system' | 'driver'; readonly bufferSize: number }
  /**
   * A request or routine threw, usually because a provider's callback threw. Takes the place of the end of `step`, the
   * routine or minor name; callbacks inside it have no end event.
   */
  | { readonly kind: 'exception'; readonly step: string; readonly message: string }
  /** An armed fault took effect (testing/faults.ts). */
  | { readonly kind: 'fault'; readonly fault: string; readonly detail: string };

/** Receives every event in order, synchronously; it must not throw. */
export type TraceListener = (event: TraceEvent) => void;
