/**
 * Limits that keep memory and time in bounds, whatever a file declares. Reader and writer share them, so that each takes what
 * the other gives.
 */

/** The largest payload, in bytes. The largest known one has about 130,000, all of CIM 2.32 has 7 million. */
export const MAX_PAYLOAD = 12 * 1024 * 1024;

/** The most binary MOFs of one file that are read as such. Files with more than one are rare. */
export const MAX_ROW = 256;

/** How deep objects may be nested in values of objects. MOF text nests at most 100 deep. */
export const MAX_DEPTH = 200;

/**
 * The most parts of a payload: objects, properties, methods, qualifiers, elements of arrays, and lines of texts beyond the first.
 * Each costs memory in every later stage, and a file of 300 kB may declare 16 million. The largest known file has 3,200, all of
 * CIM 2.32 has 73,000 and the lines of its texts.
 */
export const MAX_PARTS = 250_000;

/** What MAX_PARTS counts, as messages have it. */
export const PARTS = 'objects, members, qualifiers, list elements and lines of text';
