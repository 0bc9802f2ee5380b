/**
 * What a driver model needs from the system around it: the kernel is one, a test that replays recorded requests is
 * another. Consumers do not see it.
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

  /** A pointer value that no other object of this system has. */
  newObjectPointer(): bigint;

  /** The device instance path that PnP gives to a new root-enumerated device, such as `ROOT\SMARTFAN\0000`. */
  newDeviceInstancePath(driverName: string): string;

  /** ExAllocatePool: memory full of zeros, or `undefined` when there is none. */
  allocatePool(size: number): Uint8Array | undefined;

  /** ExFreePool, by the driver. */
  freePool(block: Uint8Array): void;

  /** ObReferenceObject. */
  obReferenceObject(object: bigint): void;

  /** IoWMIRegistrationControl. For all but a deregistration it sends registration requests before it returns. */
  ioWmiRegistrationControl(driver: DriverModel, action: number): NtStatus;

  /** IoWMIWriteEvent: with a success status the block belongs to the system, else still to the caller. */
  ioWmiWriteEvent(wnode: Uint8Array): NtStatus;

  /** The InstanceName of a driver's registered static instance, or `undefined`. */
  staticInstanceName(driver: DriverModel, guid: string, instanceIndex: number): string | undefined;
}
