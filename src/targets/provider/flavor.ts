/**
 * What differs between the driver models in the code that they share.
 */
export interface Flavor {
  /** The type of an instance, as the user's functions get it. */
  readonly instance: string;
  /** The type of a device, as the user's functions get it. */
  readonly device: string;
  /**
   * Memory comes from buffers of the caller alone, there is no pool and no lock, and everything runs at DISPATCH_LEVEL as well: blocks
   * without a transport of their own.
   */
  readonly callerMemory?: true;
  /** How the user's file makes the context of an instance; the framework makes those of its objects itself. */
  readonly ownContext?: {
    /** The function that gives zeroed memory, and the one that takes it back. */
    readonly allocate: string;
    readonly free: string;
    /** The place in an instance that points to it, given the name of a pointer to the instance. */
    readonly of: (instance: string) => string;
  };
}

/** The function of the C core that maps what a function of the driver returns. */
export function mapsStatus({ callerMemory }: Flavor): string {
  return callerMemory === true ? 'MofgenMapBlockStatus' : 'MofgenMapDriverStatus';
}
