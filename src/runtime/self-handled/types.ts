/**
 * The parts of a driver that handles system control requests itself, and its device object.
 */
import { type BoundBlock } from '../bound-block.js';
import { type DriverHost } from '../driver-host.js';
import { type DriverModel } from '../irp.js';
import { type NtStatus } from '../ntstatus.js';

/**
 * How a block's instances are named. `list` and `dynamic` use the instances' own names: registered with WMI, or kept by
 * the driver.
 */
export type SelfHandledNaming =
  | { readonly kind: 'list' }
  | { readonly kind: 'baseName'; readonly baseName: string }
  | { readonly kind: 'pdo' }
  | { readonly kind: 'dynamic' };

/** One block of a driver, with the naming of its instances. */
export interface SelfHandledBlock {
  readonly block: BoundBlock;
  readonly naming: SelfHandledNaming;
  /** WMIREG_FLAG_… in addition to naming, EXPENSIVE and EVENT_ONLY_GUID, such as WMIREG_FLAG_REMOVE_GUID. */
  readonly flags?: number;
}

/** The driver's list of blocks, read again for each request. */
export interface SelfHandledProvider {
  readonly blocks: readonly SelfHandledBlock[];
  /** The driver's service key; default one made of its name. */
  readonly registryPath?: string;
  readonly mofResourceName?: string;
}

/** A device object of a driver that handles its requests itself. */
export interface SelfHandledDevice extends DriverModel {
  readonly kind: 'selfHandled';
  readonly host: DriverHost;
  /** The pointer value of the physical device object, for instance names. */
  readonly pdo: bigint;

  /**
   * Sends an event for an instance, by index or, with dynamic names, by name: IoWMIWriteEvent's status, or
   * STATUS_WMI_GUID_NOT_FOUND for a block that the driver does not have.
   */
  fireEvent(guid: string, instance: number | string, data: Uint8Array): NtStatus;

  /** IoWMIRegistrationControl(WMIREG_ACTION_REGISTER). */
  start(): NtStatus;
  /** IoWMIRegistrationControl(WMIREG_ACTION_UPDATE_GUIDS): the list of blocks has changed. */
  update(): NtStatus;
  /** IoWMIRegistrationControl(WMIREG_ACTION_DEREGISTER). */
  remove(): NtStatus;
}
