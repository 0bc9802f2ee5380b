/**
 * Runs the command line, and reports every kind of failure.
 *
 * The parser is as large as all else that a run starts with, so it is loaded only for options, help and mistakes. Only the
 * command that was typed gets its options and loads its code.
 */
import packageJson from '../../package.json' with { type: 'json' };
import { hasConfiguration } from './config-names.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { CommandFailure } from './failures.js';
import { type Io } from './io.js';

/** Runs one command line, `argv` without node and script. Never throws; the result is the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const exitCode = await runPlain(argv, io);
    if (exitCode !== undefined) return exitCode;
    const { runParsed } = await import('./command-line.js');
    return await runParsed(argv, io);
  } catch (error) {
    if (error instanceof CommandFailure) {
      io.stderr(`mofgen: ${error.message}\n`);
      return error.exitCode;
    }
    reportBug(error, io);
    return EXIT.bug;
  }
}

/** Runs a command line that needs no parser, as the parser would; `undefined` for all others. */
async function runPlain(argv: readonly string[], io: Io): Promise<ExitCode | undefined> {
  const [first, ...inputs] = argv;
  if ((first === '--version' || first === '-v') && inputs.length === 0) {
    io.stdout(`${packageJson.version}\n`);
    return EXIT.ok;
  }
  const isCheck = first === 'check' && inputs.length > 0 && inputs.every(isInput);
  if (isCheck && !hasConfiguration(undefined, io.cwd)) {
    const { checkFiles } = await import('./check-command.js');
    return checkFiles(inputs, io);
  }
  return undefined;
}

/** Whether this is no option; `-` is standard input. */
function isInput(argument: string): boolean {
  return argument === '-' || !argument.startsWith('-');
}

function reportBug(error: unknown, io: Io): void {
  const message = error instanceof Error ? error.message : String(error);
  io.stderr(`mofgen: internal error: ${message}\n`);
  io.stderr(
    'this is a bug in mofgen, not in your input; report it with the input and the command\n',
  );
  if ((io.env['MOFGEN_DEBUG'] ?? '') !== '') {
    io.stderr(`${(error instanceof Error ? error.stack : undefined) ?? 'no stack'}\n`);
  } else {
    io.stderr('MOFGEN_DEBUG=1 shows where it happened\n');
  }
}
