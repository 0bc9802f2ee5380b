/** The interface of the command line to the outside, so that tests can run it in-process. */

export interface Io {
  /** Data for the next program in a pipe. */
  readonly stdout: (text: string) => void;
  /** Data that is no text. */
  readonly stdoutBytes: (bytes: Uint8Array) => void;
  /** Messages for the user: summaries, diagnostics, errors. */
  readonly stderr: (text: string) => void;
  /** All of standard input. */
  readonly readStdin: () => Promise<Uint8Array>;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stderrIsTerminal: boolean;
  /** Calls `stop` on Ctrl-C or a request to terminate, in place of ending the process at once. */
  readonly onInterrupt?: (stop: () => void) => void;
  /** The width of the terminal on standard output; absent without a terminal. */
  readonly stdoutColumns?: number | undefined;
}
