/**
 * What differs between the driver models in the code that they share.
 */
export interface Flavor {
  /** The type of an instance, as the user's functions get it. */
  readonly instance: string;
  /** The type of a device, as the user's functions get it. */
  readonly device: string;
}
