/**
 * The parser of the command line: completes the command that was typed, and starts it. Must not know how a command does its work.
 */
import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { printable } from '../diagnostics/printable.js';
import { COMMANDS, type CommandContext } from './commands.js';
import { EXIT, type ExitCode, type Io } from './io.js';
import { HELP_WIDTH, targetSummaries } from './target-summaries.js';
import { WDK_ARCHITECTURES } from '../source/wdk-architectures.js';

/** Runs any command line. Throws what a command throws. */
export async function runParsed(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name = '', ...words] = argv;
  const foreign = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]?.runForeign : undefined;
  if (foreign !== undefined) return foreign(words, io);
  let exitCode: ExitCode = EXIT.ok;
  const program = commandLine(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(withArchitecture(argv), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
}

function commandLine(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command('mofgen')
    .description(packageJson.description)
    .version(packageJson.version, '-v, --version')
    .exitOverride()
    // Whatever is not said here commander asks Node's streams, which take longer to set up than all of --help.
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      getOutHelpWidth: () => io.stdoutColumns ?? HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text, write) => {
        write(shownError(text));
      },
    })
    .showHelpAfterError(`run 'mofgen --help' for the commands and options`)
    .addHelpText('after', ({ command: shown }) => targetSummaries(shown, io))
    .addHelpText(
      'after',
      `
Examples:
  mofgen smart-fan.mof                       writes TypeScript to gen/
  mofgen smart-fan.mof -o src/wmi --check    exits 1 when src/wmi is out of date
  mofgen a.mof -t header --list-outputs      the names of the files, for a build system
  mofgen check 'mof/**/*.mof'                diagnostics only, of all in a folder
  mofgen a.mof -t header -o -                prints the header

'mofgen <input...>' is short for 'mofgen generate <input...>'; see 'mofgen help generate' for its options.
Exit codes: 0 ok, 1 errors in the input or stale output, 2 usage, 3 input/output, 70 a bug in mofgen.`,
    );
  const context: CommandContext = { io, done, program, complete };
  for (const [name, { summary, usage, isDefault = false }] of Object.entries(COMMANDS)) {
    program.command(name, { isDefault }).description(summary).usage(usage);
  }
  function complete(command: Command): void {
    COMMANDS[command.name()]?.complete(command, context);
  }
  return program
    .helpCommand(false)
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .hook('preSubcommand', (_program, command) => {
      complete(command);
    });
}

/** A complaint of the parser as one of ours. It quotes what was typed, which may hold anything; a suggestion has its own line. */
function shownError(text: string): string {
  const [, complaint = '', suggestion] =
    /^([^]*?)(?:\n(\(Did you mean [^\n]*\)))?\n*$/.exec(text) ?? [];
  const ours = complaint
    .replace(/^error: /, 'mofgen: ')
    .replace(/ argument missing$/, ' needs a value')
    .replace(/ argument ('[^]*') is invalid\. /, ' does not take $1: ')
    .replace(/: Allowed choices are ([^\n]*)\.$/, ': the choices are $1');
  const lines = suggestion === undefined ? [ours] : [ours, suggestion];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

/** `--wdk a.mof` names an input: what follows is an architecture only when it is one. */
function withArchitecture(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  return argv.map((arg, index) => {
    const isOption = arg === '--wdk' && (end < 0 || index < end);
    const next = argv[index + 1];
    return isOption && !WDK_ARCHITECTURES.some((each) => each === next) ? '--wdk=x64' : arg;
  });
}
