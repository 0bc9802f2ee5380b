/** The limits of matches in DS-01 streams. */

/** The farthest that a match may lie back. */
export const WINDOW = 4414;
export const MIN_MATCH = 2;
