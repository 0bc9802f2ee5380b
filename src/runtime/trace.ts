/**
 * What happens on the way of a request, as a sequence of events for one listener. Nobody makes an event when no
 * listener is there.
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
      /** Bytes that the caller hands over, or has room for. */
      readonly bufferSize?: number;
    }
  | {
      readonly kind: 'routineEnd';
      readonly routine: string;
      readonly status: NtStatus;
      /** Bytes delivered, or needed with STATUS_BUFFER_TOO_SMALL. */
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
      /** SizeNeeded when the answer is a WNODE_TOO_SMALL. */
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
      /** `undefined` when the callback has none or never stored it. */
      readonly bufferUsed?: number | undefined;
    }
  | {
      readonly kind: 'registration';
      readonly driver: string;
      /** The header's name, such as `WMIREG_ACTION_UPDATE_GUIDS`. */
      readonly action: string;
      readonly status: NtStatus;
      /** Blocks that the driver has registered afterwards. */
      readonly guidCount: number;
    }
  | {
      readonly kind: 'eventDelivery';
      readonly guid: string;
      readonly bufferSize: number;
      /** Notification callbacks that got it; 0 means it was dropped. */
      readonly subscribers: number;
    }
  | { readonly kind: 'reference'; readonly object: bigint; readonly count: number }
  | { readonly kind: 'poolFree'; readonly by: 'system' | 'driver'; readonly bufferSize: number }
  /**
   * A request or routine threw, mostly what a provider's callback threw. It stands in place of the end of `step`, the
   * routine or minor name; the callbacks inside it that have no end have none either.
   */
  | { readonly kind: 'exception'; readonly step: string; readonly message: string }
  /** A fault that a test had armed strikes (testing/faults.ts). */
  | { readonly kind: 'fault'; readonly fault: string; readonly detail: string };

/** Gets every event in order, synchronously; it must not throw. */
export type TraceListener = (event: TraceEvent) => void;
