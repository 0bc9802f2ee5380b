/** The exit codes of the command line. */

/** The exit codes of a run. */
export const EXIT = {
  ok: 0,
  /** Errors in the input or, with --check, stale output. */
  findings: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** Something could not be read or written. */
  inputOutput: 3,
  /** A bug in mofgen (EX_SOFTWARE of sysexits.h). */
  bug: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
