/**
 * Limits that keep memory and time in bounds, whatever a file declares. Reader and writer share them, so that each takes what
 * the other gives.
 */

/** The largest payload, in bytes. The largest known one has about 130,000. */
export const MAX_PAYLOAD = 32 * 1024 * 1024;

/** How deep objects may be nested in values of objects. MOF text nests at most 100 deep. */
export const MAX_DEPTH = 200;
