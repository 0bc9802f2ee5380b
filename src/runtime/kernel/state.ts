/**
 * The kernel's state: registered drivers, the blocks of each GUID, the names of their instances, and the consumers that
 * have a block open.
 */
import { type DriverModel } from '../irp.js';
import { type TraceListener } from '../trace.js';
import { type Arch, type InstanceNaming } from '../wmireg.js';
import { type Pool } from './pool.js';

/** A driver that called IoWMIRegistrationControl. */
export interface Registrant {
  readonly driver: DriverModel;
  /** WNODE_HEADER.ProviderId of the device object's pointer. */
  readonly providerId: number;
  readonly blocks: Map<string, DriverBlock>;
  /** The size in bytes of the next registration buffer: that of the last WMIREGINFO. */
  regInfoSize: number;
  /** The driver's latest WMIREGINFO. */
  regInfo: Uint8Array | undefined;
}

/** One block of one driver. */
export interface DriverBlock {
  readonly registrant: Registrant;
  readonly entry: GuidEntry;
  /** WMIREG_FLAG_… as registered. */
  flags: number;
  naming: InstanceNaming;
  /** The static names, in order of InstanceIndex. Empty for dynamic names. */
  readonly names: string[];
  readonly collection: BlockSwitch;
  readonly events: BlockSwitch;
  removed: boolean;
}

/** Whether consumers want collection or events of a block, and whether its driver has them enabled. */
export interface BlockSwitch {
  wanted: boolean;
  on: boolean;
}

/** The owner of a static name. */
export interface NamedInstance {
  readonly block: DriverBlock;
  readonly index: number;
}

/** All blocks of one GUID. Exists as long as drivers or consumers use it. */
export interface GuidEntry {
  readonly guid: string;
  readonly guidBytes: Uint8Array;
  /** In order of registration. */
  readonly blocks: DriverBlock[];
  /** By folded name. */
  readonly names: Map<string, NamedInstance>;
  openCount: number;
  /** Objects with a notification callback, in order of subscription. */
  readonly subscribers: BlockObject[];
}

/** IoWMISetNotificationCallback's callback: receives the event block as the driver sent it. */
export type WmiNotificationCallback = (wnode: Uint8Array, context: unknown) => void;

/** A consumer's open WMI data block object. Made only by `ioWmiOpenBlock`. */
export interface DataBlockObject {
  readonly kind: 'wmiDataBlock';
  readonly guid: string;
  readonly desiredAccess: number;
}

export interface BlockObject extends DataBlockObject {
  readonly owner: KernelState;
  readonly entry: GuidEntry;
  closed: boolean;
  callback: WmiNotificationCallback | undefined;
  context: unknown;
}

export interface KernelState {
  readonly arch: Arch;
  readonly trace: TraceListener | undefined;
  readonly pool: Pool;
  readonly isWmiAvailable: () => boolean;
  readonly registrants: Map<DriverModel, Registrant>;
  readonly entries: Map<string, GuidEntry>;
  readonly maximumEventSize: number;
  readonly queryBeforeExecute: boolean;
  /** References on objects that were not released, by pointer value. */
  readonly references: Map<bigint, number>;
  /** The references that drivers took since the last registration request. */
  readonly newReferences: bigint[];
  /** The number of active routines; events wait until it is 0. */
  depth: number;
  /** Accepted events that were not delivered yet. */
  readonly eventQueue: Uint8Array[];
}
