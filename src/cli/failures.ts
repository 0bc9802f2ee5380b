/** The reasons to end a command, with their exit codes, and system errors in words. */
import { systemCode } from '../node/system-code.js';
import { EXIT } from './exit-codes.js';

export { systemCode };

/** A user-facing reason to stop, thrown through a command and reported without a stack trace. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  constructor(
    readonly exitCode: typeof EXIT.usage | typeof EXIT.inputOutput,
    message: string,
  ) {
    super(message);
  }
}

/** The command was called wrongly. */
export function usageFailure(message: string): CommandFailure {
  return new CommandFailure(EXIT.usage, message);
}

/** The failure that `work` throws, for a run that reports its findings first. Other errors are thrown on. */
export function failureOf(work: () => void): CommandFailure | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof CommandFailure) return error;
    throw error;
  }
}

/** A file could not be read or written; `cause` is what the file system threw. */
export function ioFailure(message: string, cause?: unknown): CommandFailure {
  const reason = cause === undefined ? '' : `: ${systemReason(cause)}`;
  return new CommandFailure(EXIT.inputOutput, `${message}${reason}`);
}

/** A system error in words. Rethrows any other error, because it is a bug. */
export function systemReason(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) throw error;
  return REASONS[code] ?? code;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'the file is in use',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file of that name is in the way',
  EFBIG: 'the file is too large',
  EISDIR: 'it is a folder',
  EIO: 'the device reports an error',
  ELOOP: 'a chain of symbolic links without an end',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a part of the path is not a folder',
  EPERM:
    process.platform === 'win32'
      ? 'another program has it open, or it is write-protected'
      : 'operation not permitted',
  EROFS: 'the file system is read-only',
  ERR_FS_FILE_TOO_LARGE: 'the file is too large',
  ERR_INVALID_ARG_VALUE: 'the name holds a character that no file name can have',
};
