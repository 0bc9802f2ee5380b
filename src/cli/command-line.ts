/** Parses the command line, completes the command that was typed, and runs it. */
import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { printable } from '../diagnostics/printable.js';
import { COMMANDS, type CommandContext } from './commands.js';
import { hasConfiguration } from './config-names.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { type Io } from './io.js';
import { type OutsideOptions } from './outside-options.js';
import { TargetFault } from './target-fault.js';
import { HELP_WIDTH, targetSummaries } from './target-summaries.js';
import { configNamed, targetsNamed } from './typed-targets.js';
import { isOutsideName } from '../targets/outside-name.js';
import { WDK_ARCHITECTURES } from '../preprocess/options.js';

/** Runs any command line. Throws what a command throws. */
export async function runParsed(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name = '', ...words] = argv;
  const foreign = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]?.runForeign : undefined;
  if (foreign !== undefined) return foreign(words, io);
  let exitCode: ExitCode = EXIT.ok;
  const outside = await outsideOf(argv, io);
  const program = commandLine(io, outside, (code) => {
    exitCode = code;
  });
  let running: Command | undefined;
  program.hook('preAction', (_program, command) => {
    running = command;
    if (outside?.fault !== undefined) throw outside.fault;
  });
  try {
    await program.parseAsync(withArchitecture(argv), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof TargetFault && running !== undefined) {
      const { reportTargetFault } = await import('./outside-options.js');
      return reportTargetFault(error, running, io);
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
}

/** The commands that name targets and take their options. */
const EMITTING: readonly string[] = ['generate', 'check', 'stubs'];

/** The options of targets that are not built in. Most command lines name none, and load nothing for them. */
async function outsideOf(argv: readonly string[], io: Io): Promise<OutsideOptions | undefined> {
  const [name = ''] = argv;
  if (Object.hasOwn(COMMANDS, name) && !EMITTING.includes(name)) return undefined;
  const named = targetsNamed(argv);
  const config = named === undefined ? configNamed(argv) : false;
  if (named?.some(isOutsideName) !== true && !hasConfiguration(config, io.cwd)) return undefined;
  const { outsideOptions } = await import('./outside-options.js');
  return outsideOptions(argv, named, io);
}

function commandLine(
  io: Io,
  outside: OutsideOptions | undefined,
  done: (code: ExitCode) => void,
): Command {
  const program = new Command('mofgen')
    .description(packageJson.description)
    .version(packageJson.version, '-v, --version')
    .exitOverride()
    // For anything missing here commander reads Node's streams, which take longer to set up than all of --help.
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
  mofgen a.mof -t header --list-outputs      lists the output files, for a build system
  mofgen check 'mof/**/*.mof'                only reports errors and warnings
  mofgen a.mof -t header -o -                prints the header

'mofgen <input...>' is short for 'mofgen generate <input...>'; see 'mofgen help generate' for its options.
Exit codes: 0 ok, 1 errors in the input or stale output, 2 usage, 3 input/output, 70 a bug in mofgen.`,
    );
  const context: CommandContext = { io, done, program, complete, outside };
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

/** Rewords an error of the parser. It quotes untrusted text; a suggestion is on a line of its own. */
function shownError(text: string): string {
  const [, complaint = '', suggestion] =
    /^([^]*?)(?:\n(\(Did you mean [^\n]*\)))?\n*$/.exec(text) ?? [];
  const ours = complaint
    .replace(/^error: /, 'mofgen: ')
    .replace(/ argument missing$/, ' needs a value')
    .replace(
      /command-argument value ('[^]*') is invalid for argument '(\w+)'\. /,
      'argument <$2> does not take $1: ',
    )
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
