/**
 * `mofgen/runtime`: an in-process model of the Windows WMI provider path, and the library that generated providers use.
 *
 * It has no dependencies and uses no Node APIs, so it also runs in a browser.
 */

// The system: consumers' routines, drivers' devices, and the requests between them.
export { createKernel, type Kernel, type KernelOptions } from './kernel.js';
export {
  type OpenBlockResult,
  SYNCHRONIZE,
  WMIGUID_EXECUTE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
  WMIGUID_READ_DESCRIPTION,
  WMIGUID_SET,
} from './kernel/handles.js';
export { type ExecuteMethodResult, type QuerySingleInstanceResult } from './kernel/consumer.js';
export { type InstanceNameResult } from './kernel/instance-name.js';
export { type ConsumerRoutines } from './kernel/routines.js';
export { type QueriedInstance, type QueryAllDataResult } from './kernel/query-all.js';
export { type QueriedBlockInstance, type QueryMultipleResult } from './kernel/multiple.js';
export { type DataBlockObject, type WmiNotificationCallback } from './kernel/state.js';
export { createKmdfDevice, type KmdfDeviceOptions } from './kmdf/device.js';
export { type LowerDevice } from './kmdf/state.js';
export { type KmdfQuirks } from './kmdf/quirks.js';
export * from './kmdf/types.js';
export { bindWmilib, registerWmilibBlocks, type WmilibRegistration } from './wmilib/bind.js';
export { createWmilibDevice, type WmilibDeviceOptions } from './wmilib/device.js';
export { wmiFireEvent } from './wmilib/fire-event.js';
export { wmiCompleteRequest } from './wmilib/requests.js';
export { wmiSystemControl, type WmiSystemControlResult } from './wmilib/system-control.js';
export { SimulatedHang } from './wmilib/work-queue.js';
export * from './wmilib/types.js';
export { createSelfHandledDevice, type SelfHandledDeviceOptions } from './self-handled/device.js';
export * from './self-handled/types.js';
export { SimulatedBugCheck } from './bug-check.js';
export {
  WMIREG_FLAG_EVENT_ONLY_GUID,
  WMIREG_FLAG_EXPENSIVE,
  WMIREG_FLAG_INSTANCE_BASENAME,
  WMIREG_FLAG_INSTANCE_PDO,
  WMIREG_FLAG_REMOVE_GUID,
  WMIREGISTER,
  WMIUPDATE,
  type Arch,
} from './wmireg.js';
export { type DriverHost } from './driver-host.js';
export { type TraceEvent, type TraceListener } from './trace.js';
export * from './irp.js';
export * from './callbacks.js';
export * from './ntstatus.js';
export { parseGuid } from './guid.js';
export * from './wnode-codec.js';

// For tests: a machine in one call, typed consumers, faults, and a printable trace.
export * from './testing/index.js';

// For generated code, which names the contract version that it was generated for.
export * from './wire.js';
export {
  type Codec,
  type FixedCodec,
  fixedCodec,
  type FixedRecord,
  NO_PARAMETERS,
  recordOf,
  type WalkedCodec,
  walkedCodec,
  type WalkedRecord,
} from './codec.js';
export {
  bindInstance,
  type BlockTypes,
  Committed,
  defineMethod,
  type ItemType,
  type MethodDefinition,
  type MethodOutput,
  type MethodReturn,
  type MethodTypes,
  type OutputBuffer,
  withCommit,
  type WmiBlock,
  type WmiBlockSetter,
  type WmiEventBlock,
  type WmiItem,
  type WmiItems,
  type WmiMethod,
  type WmiMethods,
} from './block.js';
export { unlistedValue, type ValueOf } from './value-maps.js';
export { bindBlock, bindEvent, type BoundBlock, type BoundInstance } from './bound-block.js';
export * from './register.js';

// For providers, and for code that prints their data.
export * from './datetime.js';
export { toJson } from './json.js';
