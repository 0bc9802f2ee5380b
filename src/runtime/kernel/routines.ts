/**
 * The consumer routines of wdm.h on one kernel's state. Each rule is in its own module.
 */
import { type DriverModel } from '../irp.js';
import { type NtStatus } from '../ntstatus.js';
import {
  executeMethod,
  querySingleInstance,
  setSingleInstance,
  setSingleItem,
  type ExecuteMethodResult,
  type QuerySingleInstanceResult,
} from './consumer.js';
import { enter } from './enter.js';
import { closeBlock, openBlock, setNotificationCallback, type OpenBlockResult } from './handles.js';
import { deviceObjectToInstanceName, type InstanceNameResult } from './instance-name.js';
import {
  queryAllDataMultiple,
  querySingleInstanceMultiple,
  type QueryMultipleResult,
} from './multiple.js';
import { queryAllData, type QueryAllDataResult } from './query-all.js';
import { type DataBlockObject, type KernelState, type WmiNotificationCallback } from './state.js';

/** The routines that consumers call. */
export interface ConsumerRoutines {
  /** IoWMIOpenBlock: `desiredAccess` is a mask of WMIGUID_… and SYNCHRONIZE. */
  readonly ioWmiOpenBlock: (guid: string, desiredAccess: number) => OpenBlockResult;

  /** ObDereferenceObject: closes a data block object. */
  readonly obDereferenceObject: (dataBlockObject: DataBlockObject) => void;

  /** IoWMIQueryAllData; `outBufferSize` in bytes, 0 queries the size. */
  readonly ioWmiQueryAllData: (
    dataBlockObject: DataBlockObject,
    outBufferSize: number,
  ) => QueryAllDataResult;

  /** IoWMIQuerySingleInstance; `outBufferSize` in bytes of the whole WNODE, 0 queries the size. */
  readonly ioWmiQuerySingleInstance: (
    dataBlockObject: DataBlockObject,
    instanceName: string,
    outBufferSize: number,
  ) => QuerySingleInstanceResult;

  /** IoWMIQueryAllDataMultiple; `outBufferSize` in bytes of the whole chain. An empty result is a success of size 0. */
  readonly ioWmiQueryAllDataMultiple: (
    dataBlockObjects: readonly DataBlockObject[],
    outBufferSize: number,
  ) => QueryMultipleResult;

  /** IoWMIQuerySingleInstanceMultiple: `instanceNames` has the name for the block at the same index. */
  readonly ioWmiQuerySingleInstanceMultiple: (
    dataBlockObjects: readonly DataBlockObject[],
    instanceNames: readonly string[],
    outBufferSize: number,
  ) => QueryMultipleResult;

  /** IoWMISetSingleInstance; `version` must be 0. */
  readonly ioWmiSetSingleInstance: (
    dataBlockObject: DataBlockObject,
    instanceName: string,
    version: number,
    valueBuffer: Uint8Array,
  ) => NtStatus;

  /** IoWMISetSingleItem; `dataItemId` is the WmiDataId, `version` must be 0. */
  readonly ioWmiSetSingleItem: (
    dataBlockObject: DataBlockObject,
    instanceName: string,
    dataItemId: number,
    version: number,
    valueBuffer: Uint8Array,
  ) => NtStatus;

  /** IoWMIExecuteMethod; `outBufferSize` in bytes of output data. */
  readonly ioWmiExecuteMethod: (
    dataBlockObject: DataBlockObject,
    instanceName: string,
    methodId: number,
    inBuffer: Uint8Array,
    outBufferSize: number,
  ) => ExecuteMethodResult;

  /** IoWMISetNotificationCallback: needs WMIGUID_NOTIFICATION. */
  readonly ioWmiSetNotificationCallback: (
    dataBlockObject: DataBlockObject,
    callback: WmiNotificationCallback,
    context?: unknown,
  ) => NtStatus;

  /** IoWMIDeviceObjectToInstanceName: the name of a driver's instance, STATUS_WMI_INSTANCE_NOT_FOUND without one. */
  readonly ioWmiDeviceObjectToInstanceName: (
    dataBlockObject: DataBlockObject,
    driver: DriverModel,
    instanceIndex?: number,
  ) => InstanceNameResult;
}

/** The routines, untraced. */
export function consumerRoutines(state: KernelState): ConsumerRoutines {
  return {
    ioWmiOpenBlock: enter(state, openBlock),
    obDereferenceObject: enter(state, closeBlock),
    ioWmiQueryAllData: enter(state, queryAllData),
    ioWmiQuerySingleInstance: enter(state, querySingleInstance),
    ioWmiQueryAllDataMultiple: enter(state, queryAllDataMultiple),
    ioWmiQuerySingleInstanceMultiple: enter(state, querySingleInstanceMultiple),
    ioWmiSetSingleInstance: enter(state, setSingleInstance),
    ioWmiSetSingleItem: enter(state, setSingleItem),
    ioWmiExecuteMethod: enter(state, executeMethod),
    ioWmiSetNotificationCallback: enter(state, setNotificationCallback),
    ioWmiDeviceObjectToInstanceName: enter(state, deviceObjectToInstanceName),
  };
}
