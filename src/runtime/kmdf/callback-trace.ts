/**
 * Wraps a KMDF driver's callbacks in trace events. Used only with a trace listener, when providers and instances are
 * created.
 */
import { returnedParts } from '../callback-results.js';
import { type WmiInstance, type WmiInstanceCallbacks } from '../callbacks.js';
import { type TraceEvent, type TraceListener } from '../trace.js';
import { type EvtWmiProviderFunctionControl } from './types.js';

type CallbackBegin = Omit<
  Extract<TraceEvent, { kind: 'callbackBegin' }>,
  'kind' | 'driver' | 'callback'
>;

/** Makes traced callbacks for one driver; a callback that throws has no end event. */
function tracer(trace: TraceListener, driver: string) {
  return <Arguments extends readonly unknown[], Result>(
      callback: string,
      run: (...args: Arguments) => Result,
      begin: (...args: Arguments) => CallbackBegin,
    ) =>
    (...args: Arguments): Result => {
      trace({ kind: 'callbackBegin', driver, callback, ...begin(...args) });
      const result = run(...args);
      trace({ kind: 'callbackEnd', driver, callback, ...returnedParts(result) });
      return result;
    };
}

const named = ({ guid, label }: WmiInstance) => ({ guid, label });

/** Wraps those of an instance's callbacks that exist. */
export function traceInstanceCallbacks(
  callbacks: WmiInstanceCallbacks,
  trace: TraceListener,
  driver: string,
): WmiInstanceCallbacks {
  const traced = tracer(trace, driver);
  const query = callbacks.evtWmiInstanceQueryInstance;
  const set = callbacks.evtWmiInstanceSetInstance;
  const setItem = callbacks.evtWmiInstanceSetItem;
  const execute = callbacks.evtWmiInstanceExecuteMethod;
  return {
    ...(query && {
      evtWmiInstanceQueryInstance: traced(
        'EvtWmiInstanceQueryInstance',
        query,
        (instance, outBufferSize) => ({ ...named(instance), outBufferSize }),
      ),
    }),
    ...(set && {
      evtWmiInstanceSetInstance: traced(
        'EvtWmiInstanceSetInstance',
        set,
        (instance, inBufferSize) => ({ ...named(instance), inBufferSize }),
      ),
    }),
    ...(setItem && {
      evtWmiInstanceSetItem: traced(
        'EvtWmiInstanceSetItem',
        setItem,
        (instance, id, inBufferSize) => ({ ...named(instance), id, inBufferSize }),
      ),
    }),
    ...(execute && {
      evtWmiInstanceExecuteMethod: traced(
        'EvtWmiInstanceExecuteMethod',
        execute,
        (instance, id, inBufferSize, outBufferSize) => ({
          ...named(instance),
          id,
          inBufferSize,
          outBufferSize,
        }),
      ),
    }),
  };
}

/** Wraps a provider's EvtWmiProviderFunctionControl. */
export function traceFunctionControl(
  functionControl: EvtWmiProviderFunctionControl,
  trace: TraceListener,
  driver: string,
): EvtWmiProviderFunctionControl {
  return tracer(trace, driver)(
    'EvtWmiProviderFunctionControl',
    functionControl,
    ({ guid }, control, enable) => ({ guid, label: '', control, enable }),
  );
}
