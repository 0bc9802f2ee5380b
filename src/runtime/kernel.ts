/**
 * The kernel: WMI's side of the provider path. Drivers register with it, consumers call its routines; both exchange
 * system control requests with real WNODE bytes. The rules are in kernel/.
 */
import { type DriverHost } from './driver-host.js';
import { enter } from './kernel/enter.js';
import { ioWmiWriteEvent } from './kernel/events.js';
import { staticInstanceName } from './kernel/names.js';
import { createPool } from './kernel/pool.js';
import { referenceObject } from './kernel/references.js';
import { ioWmiRegistrationControl } from './kernel/registry.js';
import { consumerRoutines, type ConsumerRoutines } from './kernel/routines.js';
import { type KernelState } from './kernel/state.js';
import { traceRoutines, traceWriteEvent } from './kernel/traced-routines.js';
import { type TraceListener } from './trace.js';
import { type Arch } from './wmireg.js';

export interface KernelOptions {
  /** The processor that drivers were built for: it decides the registration structures. Default x64. */
  readonly arch?: Arch;
  /** KeQuerySystemTime, in units of 100 ns since 1601. Default: the host's clock. */
  readonly clock?: () => bigint;
  /** Receives every step; without it no trace events are made. */
  readonly trace?: TraceListener;
  /** ExAllocatePool: `undefined` when there is no memory. Default: never fails. */
  readonly allocate?: (size: number) => Uint8Array | undefined;
  /** Whether WMI accepts events; always by default. */
  readonly isWmiAvailable?: () => boolean;
  /** The largest event block in bytes (the registry's limit); default 1024. */
  readonly maximumEventSize?: number;
  /** Sends IRP_MN_QUERY_SINGLE_INSTANCE before each method, as user-mode WMI does; default false. */
  readonly queryBeforeExecute?: boolean;
}

/**
 * The consumer routines of wdm.h, and the services for drivers. An exception from a notification callback is thrown by
 * the outermost routine after its work is done; an exception from a provider's callback takes precedence.
 */
export interface Kernel extends DriverHost, ConsumerRoutines {
  /** Pool blocks that are allocated and not freed. */
  readonly poolBlocksInUse: number;

  /** References that drivers took on an object and that were not released. */
  objectReferences(object: bigint): number;
}

/** 1601-01-01 in milliseconds of the Unix epoch, negated. */
const fileTimeEpoch = 11_644_473_600_000n;

const hostClock = (): bigint => (BigInt(Date.now()) + fileTimeEpoch) * 10_000n;

/** Makes a system without drivers. */
export function createKernel(options: KernelOptions = {}): Kernel {
  const { trace } = options;
  const pool = createPool(options.allocate ?? ((size) => new Uint8Array(size)), trace);
  const state: KernelState = {
    arch: options.arch ?? 'x64',
    trace,
    pool,
    isWmiAvailable: options.isWmiAvailable ?? (() => true),
    registrants: new Map(),
    entries: new Map(),
    maximumEventSize: options.maximumEventSize ?? 1024,
    queryBeforeExecute: options.queryBeforeExecute ?? false,
    references: new Map(),
    newReferences: [],
    depth: 0,
    eventQueue: [],
  };
  const plain = consumerRoutines(state);
  const writeEvent = enter(state, ioWmiWriteEvent);
  return {
    ...driverServices(state, options.clock ?? hostClock),
    ...(trace === undefined ? plain : traceRoutines(plain, trace)),
    ioWmiWriteEvent: trace === undefined ? writeEvent : traceWriteEvent(writeEvent, trace),
    objectReferences: (object) => state.references.get(object) ?? 0,
    get poolBlocksInUse() {
      return pool.inUse;
    },
  };
}

/** The system services for drivers, except accepting their events. */
function driverServices(
  state: KernelState,
  systemTime: () => bigint,
): Omit<DriverHost, 'ioWmiWriteEvent'> {
  const pointers = state.arch === 'x64' ? 0xffffa000_00001000n : 0x8a001000n;
  const devices = new Map<string, number>();
  let objects = 0n;
  return {
    arch: state.arch,
    trace: state.trace,
    systemTime,
    newObjectPointer: () => {
      objects += 1n;
      return pointers + (objects - 1n) * 0x1000n;
    },
    newDeviceInstancePath: (driverName) => {
      const enumerator = `ROOT\\${driverName.toUpperCase()}`;
      const number = devices.get(enumerator) ?? 0;
      devices.set(enumerator, number + 1);
      return `${enumerator}\\${String(number).padStart(4, '0')}`;
    },
    allocatePool: (size) => state.pool.allocate(size),
    freePool: (block) => {
      state.pool.free(block);
    },
    obReferenceObject: (object) => {
      referenceObject(state, object);
    },
    ioWmiRegistrationControl: enter(state, ioWmiRegistrationControl),
    staticInstanceName: (driver, guid, index) => staticInstanceName(state, driver, guid, index),
  };
}
