/**
 * The types and rules of a driver model that the shared views need.
 */
import { type DataBlock } from '../../model/model.js';

export interface DriverModel {
  /** The type of an instance in the user's functions. */
  readonly instance: string;
  /** The type of a device in the user's functions. */
  readonly device: string;
  /**
   * Blocks without a transport: memory comes only from buffers of the caller, without pool and locks, and everything also runs at
   * DISPATCH_LEVEL.
   */
  readonly callerMemory?: true;
  /** The transport may call at DIRQL, so no function has an IRQL annotation. */
  readonly deviceLevel?: true;
  /** The transport queries and sets only whole blocks: no single items, and no collection. */
  readonly wholeBlocks?: true;
  /** How the user's file allocates the context of an instance; absent if the framework does that. */
  readonly ownContext?: {
    /** The functions that allocate zeroed memory, and free it. */
    readonly allocate: string;
    readonly free: string;
    /** The place in an instance that points to it, given the name of a pointer to the instance. */
    readonly of: (instance: string) => string;
  };
  /** The parameter with the name of an instance, in a driver model that lets the driver name instances (`BlockChoices`). */
  readonly nameParameter?: string;
}

/** Whether the driver names the instances of the block. */
export function isNamed({ choices }: DataBlock, { nameParameter }: DriverModel): boolean {
  return nameParameter !== undefined && choices.naming !== 'device';
}

/** Whether the driver adds all instances of the block: it must name them. */
export function startsEmpty(block: DataBlock, driverModel: DriverModel): boolean {
  return block.choices.startsEmpty || isNamed(block, driverModel);
}

/** The same for a function that is not repeated after STATUS_PENDING. */
export function mapsFinalStatus({ callerMemory }: DriverModel): string {
  return callerMemory === true ? 'MofgenMapFinalStatus' : 'MofgenMapDriverStatus';
}

/** The function of the C core that maps what a function of the driver returns. */
export function mapsStatus({ callerMemory }: DriverModel): string {
  return callerMemory === true ? 'MofgenMapBlockStatus' : 'MofgenMapDriverStatus';
}
