/**
 * What a test wants to go wrong next: armed here, taken where it happens. Nothing here knows how a fault is made.
 */
import { ntStatusName, type NtStatus } from '../ntstatus.js';
import { type TraceListener } from '../trace.js';

/**
 * One call arms one fault. It strikes `times` times (default once; `Infinity` until `clear()`), each time leaves a
 * `fault` event in the trace, and is gone. Arming a fault again replaces it. A RangeError
 * refuses sizes and times that are no whole numbers from 0.
 */
export interface Faults {
  /**
   * The next set, of an instance or an item, arrives with only the first `bytes` bytes of its data.
   * The routine throws a RangeError when there are not more than that anyway.
   */
  shortBuffer(bytes: number, times?: number): void;
  /**
   * The consumer of the next query or method offers room for only `bytes` bytes of data. A method's input and output
   * share a buffer, so it never offers less than its input takes; a query of all instances counts from the end of the
   * fixed part of WNODE_ALL_DATA. The routine throws a RangeError when it has no more room than that anyway.
   */
  tooSmallOutput(bytes: number, times?: number): void;
  /**
   * The next request for an instance with a static name carries this InstanceIndex; default 0xFFFFFFFF, which no driver
   * has.
   */
  wrongIndex(index?: number, times?: number): void;
  /** The next pool allocation fails: a driver's for an event block, or WMI's for a consumer's request. */
  allocationFailure(times?: number): void;
  /** WMI does not take the next event. */
  wmiUnavailable(times?: number): void;
  /** The next callback of a provider does not run: the driver model sees `status`, and BufferUsed 0. */
  callbackReturns(status: NtStatus, times?: number): void;
  /** The next query or method callback runs and reports this BufferUsed; `undefined` when it stores none. */
  callbackUses(bytes: number | undefined, times?: number): void;
  /** The faults that have not struck as often as asked, by name. */
  readonly armed: readonly FaultName[];
  /** Disarms everything. */
  clear(): void;
}

/** What each fault is armed with. */
interface FaultSettings {
  readonly shortBuffer: number;
  readonly tooSmallOutput: number;
  readonly wrongIndex: number;
  readonly allocationFailure: undefined;
  readonly wmiUnavailable: undefined;
  readonly callbackReturns: NtStatus;
  readonly callbackUses: number | undefined;
}

export type FaultName = keyof FaultSettings;

/** The two sides of the faults: what tests call, and what the simulated machine asks. */
export interface FaultPlan {
  readonly faults: Faults;
  /**
   * The fault's setting when it strikes now; each call counts. A `check` that throws comes before: the fault has not
   * struck then.
   */
  readonly take: <Name extends FaultName>(
    name: Name,
    check?: (value: FaultSettings[Name]) => void,
  ) => { readonly value: FaultSettings[Name] } | undefined;
}

const NO_INSTANCE = 0xffffffff;

/** Throws a RangeError for what nobody can count to. */
function requireCount(name: FaultName, what: string, count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new RangeError(`${name}: ${what} is ${count}, no whole number from 0`);
}

function countOfBytes(name: FaultName, bytes: number): number {
  requireCount(name, 'bytes', bytes);
  return bytes;
}

/** Makes a plan without faults; `record` gets an event for each that strikes. */
export function createFaultPlan(record: TraceListener): FaultPlan {
  const armed = new Map<FaultName, { readonly value: unknown; times: number }>();
  const arm = <Name extends FaultName>(name: Name, value: FaultSettings[Name], times = 1): void => {
    if (times !== Infinity) requireCount(name, 'times', times);
    if (times > 0) armed.set(name, { value, times });
    else armed.delete(name);
  };
  return {
    faults: {
      shortBuffer: (bytes, times) => arm('shortBuffer', countOfBytes('shortBuffer', bytes), times),
      tooSmallOutput: (bytes, times) =>
        arm('tooSmallOutput', countOfBytes('tooSmallOutput', bytes), times),
      wrongIndex: (index = NO_INSTANCE, times) => {
        requireCount('wrongIndex', 'the index', index);
        arm('wrongIndex', index, times);
      },
      allocationFailure: (times) => arm('allocationFailure', undefined, times),
      wmiUnavailable: (times) => arm('wmiUnavailable', undefined, times),
      callbackReturns: (status, times) => arm('callbackReturns', status, times),
      callbackUses: (bytes, times) =>
        arm(
          'callbackUses',
          bytes === undefined ? bytes : countOfBytes('callbackUses', bytes),
          times,
        ),
      get armed() {
        return [...armed.keys()];
      },
      clear: () => armed.clear(),
    },
    take: <Name extends FaultName>(name: Name, check?: (value: FaultSettings[Name]) => void) => {
      const fault = armed.get(name);
      if (fault === undefined) return undefined;
      // `arm` is the only writer, and it takes the setting that belongs to the name.
      const value = fault.value as FaultSettings[Name];
      check?.(value);
      fault.times -= 1;
      if (fault.times <= 0) armed.delete(name);
      record({ kind: 'fault', fault: name, detail: describe(name, value) });
      return { value };
    },
  };
}

function describe(name: FaultName, value: number | undefined): string {
  switch (name) {
    case 'shortBuffer':
    case 'tooSmallOutput':
      return bytesOf(value);
    case 'wrongIndex':
      return `InstanceIndex ${value ?? ''}`;
    case 'callbackReturns':
      return ntStatusName(value ?? 0);
    case 'callbackUses':
      return value === undefined ? 'no BufferUsed' : `BufferUsed ${value}`;
    case 'allocationFailure':
    case 'wmiUnavailable':
      return '';
    default:
      return name satisfies never;
  }
}

const bytesOf = (count: number | undefined): string =>
  count === 1 ? '1 byte' : `${count ?? 0} bytes`;
