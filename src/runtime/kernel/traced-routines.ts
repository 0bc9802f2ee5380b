/**
 * Wraps the routines in trace events. Used only with a trace listener.
 */
import { readGuid, parseGuid } from '../guid.js';
import { STATUS_SUCCESS, type NtStatus } from '../ntstatus.js';
import { type TraceEvent, type TraceListener } from '../trace.js';
import { WNODE_HEADER } from '../wnode.js';
import { type ConsumerRoutines } from './routines.js';
import { type DataBlockObject } from './state.js';

type RoutineBegin = Omit<Extract<TraceEvent, { kind: 'routineBegin' }>, 'kind'>;

/** A routine's return value: a result with a status, a status, or nothing. */
type Answer = { readonly status: NtStatus } | NtStatus | void;

/** The event that replaces the end of a step that threw. */
export function traceException(trace: TraceListener, step: string, thrown: unknown): void {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  trace({ kind: 'exception', step, message });
}

/** Runs a routine between its begin and end events; a routine that throws ends with an exception event. */
export function wrap<Arguments extends readonly unknown[], Result extends Answer>(
  trace: TraceListener,
  run: (...args: Arguments) => Result,
  begin: (...args: Arguments) => RoutineBegin,
): (...args: Arguments) => Result {
  return (...args) => {
    const what = begin(...args);
    trace({ kind: 'routineBegin', ...what });
    let result: Result;
    try {
      result = run(...args);
    } catch (thrown) {
      traceException(trace, what.routine, thrown);
      throw thrown;
    }
    trace({ kind: 'routineEnd', routine: what.routine, ...endOf(result) });
    return result;
  };
}

function endOf(result: Answer): { readonly status: NtStatus; readonly bufferSize?: number } {
  if (typeof result === 'number') return { status: result };
  if (typeof result !== 'object') return { status: STATUS_SUCCESS };
  const { status, bufferSize, outBufferSize } = result as {
    readonly status: NtStatus;
    readonly bufferSize?: number;
    readonly outBufferSize?: number;
  };
  const size = bufferSize ?? outBufferSize;
  return size === undefined ? { status } : { status, bufferSize: size };
}

/** Wraps every consumer routine. */
export function traceRoutines(plain: ConsumerRoutines, trace: TraceListener): ConsumerRoutines {
  return {
    ioWmiOpenBlock: wrap(trace, plain.ioWmiOpenBlock, (guid) => ({
      routine: 'IoWMIOpenBlock',
      guid: parseGuid(guid) ?? guid,
    })),
    obDereferenceObject: wrap(trace, plain.obDereferenceObject, (object) => ({
      routine: 'ObDereferenceObject',
      guid: guidOf(object),
    })),
    ioWmiQueryAllData: wrap(trace, plain.ioWmiQueryAllData, (object, bufferSize) => ({
      routine: 'IoWMIQueryAllData',
      guid: guidOf(object),
      bufferSize,
    })),
    ioWmiQuerySingleInstance: wrap(
      trace,
      plain.ioWmiQuerySingleInstance,
      (object, instanceName, bufferSize) => ({
        routine: 'IoWMIQuerySingleInstance',
        guid: guidOf(object),
        instanceName,
        bufferSize,
      }),
    ),
    ioWmiQueryAllDataMultiple: wrap(
      trace,
      plain.ioWmiQueryAllDataMultiple,
      (objects, bufferSize) => ({
        routine: 'IoWMIQueryAllDataMultiple',
        guid: objects.map(guidOf).join(' '),
        bufferSize,
      }),
    ),
    ioWmiQuerySingleInstanceMultiple: wrap(
      trace,
      plain.ioWmiQuerySingleInstanceMultiple,
      (objects, instanceNames, bufferSize) => ({
        routine: 'IoWMIQuerySingleInstanceMultiple',
        guid: objects.map(guidOf).join(' '),
        instanceName: instanceNames.join(' '),
        bufferSize,
      }),
    ),
    ioWmiSetSingleInstance: wrap(
      trace,
      plain.ioWmiSetSingleInstance,
      (object, instanceName, _version, value) => ({
        routine: 'IoWMISetSingleInstance',
        guid: guidOf(object),
        instanceName,
        bufferSize: value.length,
      }),
    ),
    ioWmiSetSingleItem: wrap(
      trace,
      plain.ioWmiSetSingleItem,
      (object, instanceName, id, _version, value) => ({
        routine: 'IoWMISetSingleItem',
        guid: guidOf(object),
        instanceName,
        id,
        bufferSize: value.length,
      }),
    ),
    ioWmiExecuteMethod: wrap(
      trace,
      plain.ioWmiExecuteMethod,
      (object, instanceName, id, input) => ({
        routine: 'IoWMIExecuteMethod',
        guid: guidOf(object),
        instanceName,
        id,
        bufferSize: input.length,
      }),
    ),
    ioWmiSetNotificationCallback: wrap(trace, plain.ioWmiSetNotificationCallback, (object) => ({
      routine: 'IoWMISetNotificationCallback',
      guid: guidOf(object),
    })),
    ioWmiDeviceObjectToInstanceName: wrap(
      trace,
      plain.ioWmiDeviceObjectToInstanceName,
      (object) => ({ routine: 'IoWMIDeviceObjectToInstanceName', guid: guidOf(object) }),
    ),
  };
}

/** Wraps IoWMIWriteEvent, which a driver calls. */
export function traceWriteEvent(
  plain: (wnode: Uint8Array) => NtStatus,
  trace: TraceListener,
): (wnode: Uint8Array) => NtStatus {
  return wrap(trace, plain, (wnode) => ({
    routine: 'IoWMIWriteEvent',
    guid: wnode.length < WNODE_HEADER.sizeof ? '' : readGuid(wnode, WNODE_HEADER.Guid),
    bufferSize: wnode.length,
  }));
}

/** A caller may pass anything; the routine then returns STATUS_OBJECT_TYPE_MISMATCH. */
function guidOf(object: DataBlockObject | null | undefined): string {
  return object?.guid ?? '';
}
