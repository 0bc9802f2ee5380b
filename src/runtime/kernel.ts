/**
 * The kernel: WMI's side of the provider path. Drivers register with it, consumers call its routines, and everything
 * between travels as system control requests with real WNODE bytes. The rules live in kernel/; this is the door.
 */
import { type DriverHost } from './driver-host.js';
import { type DriverModel } from './irp.js';
import {
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  STATUS_SUCCESS,
  type NtStatus,
} from './ntstatus.js';
import {
  executeMethod,
  querySingleInstance,
  setSingleInstance,
  setSingleItem,
  type ExecuteMethodResult,
  type QuerySingleInstanceResult,
} from './kernel/consumer.js';
import { writeEvent } from './kernel/events.js';
import { parseGuid } from './guid.js';
import {
  closeBlock,
  openBlock,
  setNotificationCallback,
  type OpenBlockResult,
} from './kernel/handles.js';
import { queryAllData, type QueryAllDataResult } from './kernel/query-all.js';
import { referenceObject } from './kernel/references.js';
import { ioWmiRegistrationControl } from './kernel/registry.js';
import {
  type DataBlockObject,
  type KernelState,
  type WmiNotificationCallback,
} from './kernel/state.js';
import { type TraceEvent, type TraceListener } from './trace.js';
import { type Arch } from './wmireg.js';

export interface KernelOptions {
  /** The processor that drivers were built for: it decides the registration structures. Default x64. */
  readonly arch?: Arch;
  /** KeQuerySystemTime, in units of 100 ns since 1601. Default: the host's clock. */
  readonly clock?: () => bigint;
  /** Gets every step; without it nothing is recorded and nothing is made for it. */
  readonly trace?: TraceListener;
  /** ExAllocatePool: `undefined` when there is no memory. Default: never fails. */
  readonly allocate?: (size: number) => Uint8Array | undefined;
  /** Whether WMI takes events; default always. */
  readonly isWmiAvailable?: () => boolean;
  /** The largest event block in bytes (the registry's limit); default 1024. */
  readonly maximumEventSize?: number;
  /** Sends IRP_MN_QUERY_SINGLE_INSTANCE before each method, as user-mode WMI does; default false. */
  readonly queryBeforeExecute?: boolean;
}

/** The consumer routines of wdm.h, and what drivers need. */
export interface Kernel extends DriverHost {
  /** IoWMIOpenBlock: `desiredAccess` is a mask of WMIGUID_… and SYNCHRONIZE. */
  ioWmiOpenBlock(guid: string, desiredAccess: number): OpenBlockResult;

  /** ObDereferenceObject: closes a data block object. */
  obDereferenceObject(dataBlockObject: DataBlockObject): void;

  /** IoWMIQueryAllData; `outBufferSize` in bytes, 0 to ask for the size. */
  ioWmiQueryAllData(dataBlockObject: DataBlockObject, outBufferSize: number): QueryAllDataResult;

  /** IoWMIQuerySingleInstance; `outBufferSize` in bytes of the whole WNODE, 0 to ask for the size. */
  ioWmiQuerySingleInstance(
    dataBlockObject: DataBlockObject,
    instanceName: string,
    outBufferSize: number,
  ): QuerySingleInstanceResult;

  /** IoWMISetSingleInstance; `version` must be 0. */
  ioWmiSetSingleInstance(
    dataBlockObject: DataBlockObject,
    instanceName: string,
    version: number,
    valueBuffer: Uint8Array,
  ): NtStatus;

  /** IoWMISetSingleItem; `dataItemId` is the WmiDataId, `version` must be 0. */
  ioWmiSetSingleItem(
    dataBlockObject: DataBlockObject,
    instanceName: string,
    dataItemId: number,
    version: number,
    valueBuffer: Uint8Array,
  ): NtStatus;

  /** IoWMIExecuteMethod; `outBufferSize` in bytes of output data. */
  ioWmiExecuteMethod(
    dataBlockObject: DataBlockObject,
    instanceName: string,
    methodId: number,
    inBuffer: Uint8Array,
    outBufferSize: number,
  ): ExecuteMethodResult;

  /** IoWMISetNotificationCallback: needs WMIGUID_NOTIFICATION. */
  ioWmiSetNotificationCallback(
    dataBlockObject: DataBlockObject,
    callback: WmiNotificationCallback,
    context?: unknown,
  ): NtStatus;

  /** IoWMIDeviceObjectToInstanceName: the name of a driver's instance, STATUS_WMI_INSTANCE_NOT_FOUND without one. */
  ioWmiDeviceObjectToInstanceName(
    dataBlockObject: DataBlockObject,
    driver: DriverModel,
    instanceIndex?: number,
  ): { readonly status: NtStatus; readonly instanceName?: string };

  /** Pool blocks that are allocated and not freed. */
  readonly poolBlocksInUse: number;

  /** References that drivers took on an object and nobody has dropped. */
  objectReferences(object: bigint): number;
}

/** 1601-01-01 in milliseconds of the Unix epoch, negated. */
const fileTimeEpoch = 11_644_473_600_000n;

const hostClock = (): bigint => (BigInt(Date.now()) + fileTimeEpoch) * 10_000n;

/** A result with a status, or a status alone. */
type Answer = NtStatus | { readonly status: NtStatus };

/** Makes a system without drivers. */
export function createKernel(options: KernelOptions = {}): Kernel {
  const state: KernelState = {
    arch: options.arch ?? 'x64',
    trace: options.trace,
    registrants: new Map(),
    entries: new Map(),
    maximumEventSize: options.maximumEventSize ?? 1024,
    queryBeforeExecute: options.queryBeforeExecute ?? false,
    references: new Map(),
    newReferences: [],
    depth: 0,
    eventQueue: [],
  };
  const { trace } = options;
  const allocate = options.allocate ?? ((size: number) => new Uint8Array(size));
  const isWmiAvailable = options.isWmiAvailable ?? (() => true);
  const pointers = state.arch === 'x64' ? 0xffffa000_00001000n : 0x8a001000n;
  const devices = new Map<string, number>();
  let objects = 0n;
  const pool = new Set<Uint8Array>();

  /** Runs a routine between its two trace events; one that throws has no end. */
  function traced<Result extends Answer>(
    listener: TraceListener,
    begin: Omit<Extract<TraceEvent, { kind: 'routineBegin' }>, 'kind'>,
    run: () => Result,
  ): Result {
    listener({ kind: 'routineBegin', ...begin });
    const result = run();
    const { routine } = begin;
    if (typeof result === 'number') listener({ kind: 'routineEnd', routine, status: result });
    else listener({ kind: 'routineEnd', routine, status: result.status, ...sizeOf(result) });
    return result;
  }

  return {
    arch: state.arch,
    trace,
    get poolBlocksInUse() {
      return pool.size;
    },
    systemTime: options.clock ?? hostClock,
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
    allocatePool: (size) => {
      const block = allocate(size);
      if (block !== undefined) pool.add(block);
      return block;
    },
    freePool: (block) => {
      pool.delete(block);
      trace?.({ kind: 'poolFree', by: 'driver', bufferSize: block.length });
    },
    obReferenceObject: (object) => {
      referenceObject(state, object);
    },
    objectReferences: (object) => state.references.get(object) ?? 0,
    ioWmiRegistrationControl: (driver, action) => ioWmiRegistrationControl(state, driver, action),
    ioWmiWriteEvent: (wnode) => {
      if (!isWmiAvailable()) return STATUS_UNSUCCESSFUL;
      const status = writeEvent(state, wnode);
      if (status === STATUS_SUCCESS) {
        pool.delete(wnode);
        trace?.({ kind: 'poolFree', by: 'system', bufferSize: wnode.length });
      }
      return status;
    },
    staticInstanceName: (driver, guid, index) =>
      state.registrants.get(driver)?.blocks.get(guid)?.names[index],

    ioWmiOpenBlock: (guid, desiredAccess) =>
      trace === undefined
        ? openBlock(state, guid, desiredAccess)
        : traced(trace, { routine: 'IoWMIOpenBlock', guid: parseGuid(guid) ?? guid }, () =>
            openBlock(state, guid, desiredAccess),
          ),
    obDereferenceObject: (object) => {
      if (trace === undefined) {
        closeBlock(state, object);
        return;
      }
      traced(trace, { routine: 'ObDereferenceObject', guid: object.guid }, () => {
        closeBlock(state, object);
        return STATUS_SUCCESS;
      });
    },
    ioWmiQueryAllData: (object, outBufferSize) =>
      trace === undefined
        ? queryAllData(state, object, outBufferSize)
        : traced(
            trace,
            { routine: 'IoWMIQueryAllData', guid: object.guid, bufferSize: outBufferSize },
            () => queryAllData(state, object, outBufferSize),
          ),
    ioWmiQuerySingleInstance: (object, instanceName, outBufferSize) =>
      trace === undefined
        ? querySingleInstance(state, object, instanceName, outBufferSize)
        : traced(
            trace,
            {
              routine: 'IoWMIQuerySingleInstance',
              guid: object.guid,
              instanceName,
              bufferSize: outBufferSize,
            },
            () => querySingleInstance(state, object, instanceName, outBufferSize),
          ),
    ioWmiSetSingleInstance: (object, instanceName, version, value) =>
      trace === undefined
        ? setSingleInstance(state, object, instanceName, version, value)
        : traced(
            trace,
            {
              routine: 'IoWMISetSingleInstance',
              guid: object.guid,
              instanceName,
              bufferSize: value.length,
            },
            () => setSingleInstance(state, object, instanceName, version, value),
          ),
    ioWmiSetSingleItem: (object, instanceName, id, version, value) =>
      trace === undefined
        ? setSingleItem(state, object, instanceName, id, version, value)
        : traced(
            trace,
            {
              routine: 'IoWMISetSingleItem',
              guid: object.guid,
              instanceName,
              id,
              bufferSize: value.length,
            },
            () => setSingleItem(state, object, instanceName, id, version, value),
          ),
    ioWmiExecuteMethod: (object, instanceName, id, inBuffer, outBufferSize) =>
      trace === undefined
        ? executeMethod(state, object, instanceName, id, inBuffer, outBufferSize)
        : traced(
            trace,
            {
              routine: 'IoWMIExecuteMethod',
              guid: object.guid,
              instanceName,
              id,
              bufferSize: inBuffer.length,
            },
            () => executeMethod(state, object, instanceName, id, inBuffer, outBufferSize),
          ),
    ioWmiSetNotificationCallback: (object, callback, context) =>
      trace === undefined
        ? setNotificationCallback(state, object, callback, context)
        : traced(trace, { routine: 'IoWMISetNotificationCallback', guid: object.guid }, () =>
            setNotificationCallback(state, object, callback, context),
          ),
    ioWmiDeviceObjectToInstanceName: (object, driver, instanceIndex = 0) => {
      const instanceName = state.registrants.get(driver)?.blocks.get(object.guid)?.names[
        instanceIndex
      ];
      return instanceName === undefined
        ? { status: STATUS_WMI_INSTANCE_NOT_FOUND }
        : { status: STATUS_SUCCESS, instanceName };
    },
  };
}

function sizeOf(result: {
  readonly status: NtStatus;
  readonly bufferSize?: number;
  readonly outBufferSize?: number;
}): { readonly bufferSize: number } | Record<never, never> {
  const bufferSize = result.bufferSize ?? result.outBufferSize;
  return bufferSize === undefined ? {} : { bufferSize };
}
