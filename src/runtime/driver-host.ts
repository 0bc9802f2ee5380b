/**
 * The system services that a driver model needs. Implemented by the kernel, and by tests that replay recorded requests.
 */
import { type DriverModel } from './irp.js';
import { type NtStatus } from './ntstatus.js';
import { type TraceListener } from './trace.js';
import { type Arch } from './wmireg.js';

export interface DriverHost {
  readonly arch: Arch;
  readonly trace: TraceListener | undefined;

  /** KeQuerySystemTime: units of 100 ns since 1601. */
  systemTime(): bigint;

  /** A pointer value that is unique in this system. */
  newObjectPointer(): bigint;

  /** The device instance path that PnP gives to a new root-enumerated device, such as `ROOT\SMARTFAN\0000`. */
  newDeviceInstancePath(driverName: string): string;

  /** ExAllocatePool: zeroed memory, or `undefined` when there is none. */
  allocatePool(size: number): Uint8Array | undefined;

  /** ExFreePool, by the driver. */
  freePool(block: Uint8Array): void;

  /** ObReferenceObject. */
  obReferenceObject(object: bigint): void;

  /** IoWMIRegistrationControl. Sends registration requests before it returns, except for a deregistration. */
  ioWmiRegistrationControl(driver: DriverModel, action: number): NtStatus;

  /** IoWMIWriteEvent: with a success status the system owns the block, otherwise the caller still does. */
  ioWmiWriteEvent(wnode: Uint8Array): NtStatus;

  /** The InstanceName of a driver's registered static instance, or `undefined`. */
  staticInstanceName(driver: DriverModel, guid: string, instanceIndex: number): string | undefined;
}
