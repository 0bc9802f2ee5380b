/**
 * Limits of memory and time, whatever a file declares. Reader and writer share them, so that the reader accepts all that the
 * writer makes.
 */

/** The largest payload, in bytes. The largest known one has about 130,000, all of CIM 2.32 has 7 million. */
export const MAX_PAYLOAD = 12 * 1024 * 1024;

/** The most binary MOFs of one file that are read. Files with more than one are rare. */
export const MAX_ROW = 256;

/** The most binary MOFs of one file that can be chosen. */
export const MAX_CHOICE = 10_000;

/** How deep objects may be nested in values of objects. MOF text nests at most 100 deep. */
export const MAX_DEPTH = 200;

/**
 * The most parts of a payload: objects, properties, methods, qualifiers, elements of arrays, and lines of texts beyond the first.
 * Each costs memory in every later stage, and a file of 300 kB may declare 16 million. The largest known file has 3,200, all of
 * CIM 2.32 has 73,000 and the lines of its texts.
 */
export const MAX_PARTS = 250_000;

/** The parts that MAX_PARTS counts, for messages. */
export const PARTS = 'objects, members, qualifiers, list elements and lines of text';
