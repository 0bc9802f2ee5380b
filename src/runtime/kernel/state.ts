/**
 * What the kernel keeps: registered drivers, the blocks behind each GUID, the names of their instances, and who has a
 * block open. Data only; the rules are in the modules beside it.
 */
import { type DriverModel } from '../irp.js';
import { type TraceListener } from '../trace.js';
import { type Arch, type InstanceNaming } from '../wmireg.js';
import { type Pool } from './pool.js';

/** A driver that called IoWMIRegistrationControl. */
export interface Registrant {
  readonly driver: DriverModel;
  /** What WNODE_HEADER.ProviderId carries of the device object's pointer. */
  readonly providerId: number;
  readonly blocks: Map<string, DriverBlock>;
  /** Bytes that were enough for the last WMIREGINFO: what the driver is given next. */
  regInfoSize: number;
  /** The WMIREGINFO that the driver gave last. */
  regInfo: Uint8Array | undefined;
}

/** One block of one driver. */
export interface DriverBlock {
  readonly registrant: Registrant;
  readonly entry: GuidEntry;
  /** WMIREG_FLAG_… as registered. */
  flags: number;
  naming: InstanceNaming;
  /** The static names; the position is the InstanceIndex. Empty for dynamic names. */
  readonly names: string[];
  readonly collection: BlockSwitch;
  readonly events: BlockSwitch;
  removed: boolean;
}

/** Whether consumers want a block to collect, or its events, and whether its driver does it. */
export interface BlockSwitch {
  wanted: boolean;
  on: boolean;
}

/** Where a static name leads. */
export interface NamedInstance {
  readonly block: DriverBlock;
  readonly index: number;
}

/** Everything behind one GUID; it outlives its drivers while consumers hold it open. */
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

/** IoWMISetNotificationCallback's callback: gets the event block as the driver sent it. */
export type WmiNotificationCallback = (wnode: Uint8Array, context: unknown) => void;

/** What a consumer holds: a WMI data block object. Made only by `ioWmiOpenBlock`. */
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
  /** References on objects that nobody has dropped, by pointer value. */
  readonly references: Map<bigint, number>;
  /** The references that drivers took since the last registration request. */
  readonly newReferences: bigint[];
  /** Routines that are on their way; events wait until there are none. */
  depth: number;
  /** Events that were accepted but not delivered. */
  readonly eventQueue: Uint8Array[];
}
