/**
 * What differs between the driver models in the code that they share.
 */
import { type DataBlock } from '../../model/model.js';

export interface Flavor {
  /** The type of an instance, as the user's functions get it. */
  readonly instance: string;
  /** The type of a device, as the user's functions get it. */
  readonly device: string;
  /** How the user's file makes the context of an instance; the framework makes those of its objects itself. */
  readonly ownContext?: {
    /** The function that gives zeroed memory, and the one that takes it back. */
    readonly allocate: string;
    readonly free: string;
    /** The place in an instance that points to it, given the name of a pointer to the instance. */
    readonly of: (instance: string) => string;
  };
  /** The parameter with the name of an instance, in a driver model that lets the driver name instances (`BlockChoices`). */
  readonly nameWord?: string;
}

/** Whether the driver names the instances of the block. */
export function isNamed({ choices }: DataBlock, { nameWord }: Flavor): boolean {
  return nameWord !== undefined && choices.naming !== 'device';
}

/** Whether the driver adds all instances of the block: one that it has to name cannot be there from the start. */
export function startsEmpty(block: DataBlock, flavor: Flavor): boolean {
  return block.choices.startsEmpty || isNamed(block, flavor);
}
