/**
 * Fault injection: tests arm faults here, and the simulated machine takes them where they apply.
 */
import { ntStatusName, type NtStatus } from '../ntstatus.js';
import { type TraceListener } from '../trace.js';

/**
 * One call arms one fault. It applies `times` times (default once; `Infinity` until `clear()`) and leaves a `fault`
 * event in the trace each time. Arming a fault again replaces it. Throws a RangeError for a size or count that is not a
 * whole number from 0.
 */
export interface Faults {
  /**
   * The next set, of an instance or an item, arrives with only the first `bytes` bytes of its data. The routine throws
   * a RangeError when the data is not longer than that.
   */
  shortBuffer(bytes: number, times?: number): void;
  /**
   * The consumer of the next query or method offers only `bytes` bytes of room for data. A method's input and output
   * share a buffer, so its room is at least its input; a query of all instances counts from the end of the fixed part
   * of WNODE_ALL_DATA. The routine throws a RangeError when its room is not larger than that.
   */
  tooSmallOutput(bytes: number, times?: number): void;
  /**
   * The next request for an instance with a static name has this InstanceIndex; default 0xFFFFFFFF, which no driver
   * has.
   */
  wrongIndex(index?: number, times?: number): void;
  /** The next pool allocation fails: a driver's for an event block, or WMI's for a consumer's request. */
  allocationFailure(times?: number): void;
  /** WMI refuses the next event. */
  wmiUnavailable(times?: number): void;
  /** The next callback of a provider does not run: the driver model gets `status`, and BufferUsed 0. */
  callbackReturns(status: NtStatus, times?: number): void;
  /** The next query or method callback runs and reports this BufferUsed; `undefined` stores none. */
  callbackUses(bytes: number | undefined, times?: number): void;
  /** The names of the armed faults. */
  readonly armed: readonly FaultName[];
  /** Disarms everything. */
  clear(): void;
}

/** The argument of each fault. */
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

/** The two sides of the faults: arming for tests, taking for the simulated machine. */
export interface FaultPlan {
  readonly faults: Faults;
  /** Takes the fault: returns its setting if it is armed, and counts down. When `check` throws, nothing is counted. */
  readonly take: <Name extends FaultName>(
    name: Name,
    check?: (value: FaultSettings[Name]) => void,
  ) => { readonly value: FaultSettings[Name] } | undefined;
}

const NO_INSTANCE = 0xffffffff;

/** Throws a RangeError unless `count` is a whole number from 0. */
function requireCount(name: FaultName, what: string, count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new RangeError(`${name}: ${what} is ${count}, not a whole number from 0`);
}

function countOfBytes(name: FaultName, bytes: number): number {
  requireCount(name, 'bytes', bytes);
  return bytes;
}

/** Makes a plan without faults; `record` receives an event for each fault that applies. */
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
      // `arm` is the only writer, and it pairs each name with its own setting.
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
