/**
 * The command line: what can be typed, which command it starts, and how every kind of failure ends.
 *
 * The commands are loaded only when they run, so that --help and a typing mistake answer at once.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { CommandFailure, EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import {
  type CheckOptions,
  type CommonOptions,
  type GenerateOptions,
  type OutputOptions,
} from './options.js';

/** Runs one command line, `argv` without node and script. Never throws; the result is the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = commandLine(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof CommandFailure) {
      io.stderr(`mofgen: ${error.message}\n`);
      return error.exitCode;
    }
    reportBug(error, io);
    return EXIT.bug;
  }
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

function commandLine(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command('mofgen')
    .description(packageJson.description)
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .showHelpAfterError(`run 'mofgen --help' for the commands and options`)
    .addHelpText(
      'after',
      `
Examples:
  mofgen smart-fan.mof                       writes TypeScript to gen/
  mofgen smart-fan.mof -o src/wmi --check    exits 1 when src/wmi is out of date
  mofgen check *.mof                         diagnostics only

'mofgen <input...>' is short for 'mofgen generate <input...>'; see 'mofgen help generate' for its options.
Exit codes: 0 ok, 1 errors in the input or stale output, 2 usage, 3 input/output, 70 a bug in mofgen.`,
    );

  withOutput(command(program, 'generate', 'emit the code for each input', { isDefault: true }))
    .option('--check', 'write nothing; list what is out of date and exit 1')
    .option('--no-format', 'skip the formatter (faster, not for files under version control)')
    .option('--list-outputs', 'print the names of the files and stop')
    .option('-q, --quiet', 'no summary')
    .action(async (inputs: string[], options: GenerateOptions) => {
      if (options.check === true && !options.format) {
        throw usageFailure(`--check compares formatted output; it cannot be used with --no-format`);
      }
      const { generateCommand } = await import('./generate-command.js');
      done(await generateCommand(inputs, options, io));
    });

  command(program, 'check', 'report errors and warnings, write nothing')
    .option('-q, --quiet', 'no summary')
    .action(async (inputs: string[], options: CheckOptions) => {
      const { checkCommand } = await import('./check-command.js');
      done(await checkCommand(inputs, options, io));
    });

  command(program, 'show', 'print blocks, items with offsets, and methods as tables').action(
    async (inputs: string[], options: CommonOptions) => {
      const { showCommand } = await import('./show-command.js');
      done(await showCommand(inputs, options, io));
    },
  );

  withOutput(command(program, 'stubs', 'print what your own file lacks after the MOF grew'))
    .requiredOption('--missing', 'only what is missing (the only choice so far)')
    .action(async (inputs: string[], options: OutputOptions) => {
      const { stubsCommand } = await import('./stubs-command.js');
      done(await stubsCommand(inputs, options, io));
    });

  return program;
}

/** A command with the argument and the options that every command has. */
function command(
  program: Command,
  name: string,
  summary: string,
  settings: { readonly isDefault: boolean } = { isDefault: false },
): Command {
  return program
    .command(name, settings)
    .description(summary)
    .argument('<input...>', `MOF files; '-' is standard input`)
    .option('-I, --include <folder>', 'search this folder for included files', collect)
    .addOption(
      new Option(
        '--diagnostics <format>',
        'how findings are shown (default: pretty on a terminal, else text)',
      ).choices(['pretty', 'text']),
    );
}

function withOutput(command: Command): Command {
  return command
    .addOption(
      new Option('-t, --target <names>', 'what to emit: names of targets, separated by commas')
        .default(['ts'], 'ts')
        .argParser(targetNames),
    )
    .addOption(
      new Option('-o, --output <folder>', 'where to write').default('gen').argParser(folderName),
    );
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

const namedByUser = new WeakSet<readonly string[]>();

/** `-t ts,header -t kmdf`; the first one replaces the default. */
function targetNames(value: string, previous: readonly string[]): string[] {
  const names = value.split(',').map((name) => name.trim());
  const all = namedByUser.has(previous) ? [...previous, ...names] : names;
  namedByUser.add(all);
  return all;
}

function folderName(value: string): string {
  if (value === '') throw new InvalidArgumentError('the name of a folder cannot be empty.');
  return value;
}
