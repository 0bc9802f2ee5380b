// One row of the tables of faults.

/** A MOF text, and what resolving it must report. */
export interface FaultRow {
  readonly rule: string;
  readonly text: string;
  /** Code, place, related places of every finding, in order. */
  readonly want: readonly (readonly [string, string, ...string[]])[];
  /** Parts of the first message and its help. */
  readonly contains?: readonly string[];
  /** Part of the help of each finding, in order. */
  readonly suggests?: readonly (string | undefined)[];
}
