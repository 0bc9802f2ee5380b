/**
 * The command line: what can be typed, which command it starts, and how every kind of failure ends.
 *
 * The commands are loaded only when they run, so that --help and a typing mistake answer at once.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { REPORT_FORMATS } from '../diagnostics/report-formats.js';
import { readMacroOption } from '../source/macro-option.js';
import { CommandFailure, EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { switchesIn, switchOptions } from './emit-switches.js';
import {
  type CheckOptions,
  type GenerateOptions,
  type MergeOptions,
  type OutputOptions,
  type ShowOptions,
  type SplitOptions,
  type SwitchOptions,
} from './options.js';
import { LIST_FORMATS, LIST_OWNERS } from './output-lists.js';

/** Columns of help that does not go to a terminal. */
const HELP_WIDTH = 80;

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
    // Whatever is not said here commander asks Node's streams, which take longer to set up than all of --help.
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      getOutHelpWidth: () => io.stdoutColumns ?? HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError(`run 'mofgen --help' for the commands and options`)
    .addHelpText(
      'after',
      `
Examples:
  mofgen smart-fan.mof                       writes TypeScript to gen/
  mofgen smart-fan.mof -o src/wmi --check    exits 1 when src/wmi is out of date
  mofgen a.mof -t header --list-outputs      the names of the files, for a build system
  mofgen check *.mof                         diagnostics only

'mofgen <input...>' is short for 'mofgen generate <input...>'; see 'mofgen help generate' for its options.
Exit codes: 0 ok, 1 errors in the input or stale output, 2 usage, 3 input/output, 70 a bug in mofgen.`,
    );

  const generate = command(program, 'generate', 'emit the code for each input', {
    isDefault: true,
  }).addOption(targetOption().default(['ts'], 'ts'));
  withOutput(generate)
    .option('--check', 'write nothing; list what is out of date, show how it differs, and exit 1')
    .option('--no-format', 'skip the formatter (faster, not for files under version control)')
    .option('-q, --quiet', 'no summary');
  forBuildSystems(generate);
  withSwitches(generate).action(async (inputs: string[], options: GenerateOptions) => {
    refuseContradictions(options);
    const { refuseMistypedCommand } = await import('./mistyped-command.js');
    refuseMistypedCommand(
      inputs,
      program.commands.map((each) => each.name()),
      io,
    );
    const { generateCommand } = await import('./generate-command.js');
    done(await generateCommand(inputs, withNamedSwitches(options), io));
  });

  const check = command(program, 'check', 'report errors and warnings, write nothing')
    .addOption(targetOption('report what these targets find as well: names, separated by commas'))
    .option('-q, --quiet', 'no summary');
  withSwitches(check).action(async (inputs: string[], options: CheckOptions) => {
    const { checkCommand } = await import('./check-command.js');
    done(await checkCommand(inputs, withNamedSwitches(options), io));
  });

  const show = command(program, 'show', 'print blocks, items with offsets, and methods as tables');
  for (const option of showOptions()) show.addOption(option.helpGroup('In place of tables:'));
  show.action(async (inputs: string[], options: ShowOptions) => {
    const { showCommand } = await import('./show-command.js');
    done(await showCommand(inputs, options, io));
  });

  const stubs = command(program, 'stubs', 'print what your own files lack after the MOF grew')
    .addOption(targetOption().default(['ts'], 'ts'))
    .requiredOption('--missing', 'only what is missing (the only choice so far)');
  withOutput(stubs);
  withSwitches(stubs).action(async (inputs: string[], options: OutputOptions) => {
    const { stubsCommand } = await import('./stubs-command.js');
    done(await stubsCommand(inputs, withNamedSwitches(options), io));
  });

  const split = command(
    program,
    'split',
    'write the neutral .mof and the .mfl with the localised texts',
  ).option('--locale <name>', 'of the texts (default: #pragma amendment, else ms_409)');
  // It is there to be refused with a reason.
  split.options.find(({ long }) => long === '--mfl')?.hideHelp();
  makingFiles(split).action(async (inputs: string[], options: SplitOptions) => {
    const { splitCommand } = await import('./split-command.js');
    done(await splitCommand(inputs, options, io));
  });

  const merge = command(program, 'merge', 'write a neutral .mof and its --mfl as one text');
  makingFiles(merge).action(async (inputs: string[], options: MergeOptions) => {
    const { mergeCommand } = await import('./merge-command.js');
    done(await mergeCommand(inputs, options, io));
  });

  program
    .command('explain')
    .description('print the page about a diagnostic code: what is wrong, and how it is right')
    .argument('[code...]', 'such as MOF2202; none lists them all')
    .action(async (codes: string[]) => {
      const { explainCommand } = await import('./explain-command.js');
      done(explainCommand(codes, io));
    });

  return program;
}

/** The options of commands that make MOF files of MOF files. */
function makingFiles(command: Command): Command {
  return command
    .addOption(
      new Option('-o, --output <folder>', 'where to write').default('gen').argParser(pathName),
    )
    .addOption(
      new Option('--encoding <name>', 'of what is written')
        .choices(['utf-16le', 'utf-8'])
        .default('utf-16le'),
    )
    .option('-q, --quiet', 'no summary');
}

/** A command with the argument and the options that every command has. */
function command(
  program: Command,
  name: string,
  summary: string,
  settings: { readonly isDefault: boolean } = { isDefault: false },
): Command {
  const added = program
    .command(name, settings)
    .description(summary)
    .argument('<input...>', `MOF files; '-' is standard input`)
    .option('-I, --include <folder>', 'search this folder for included files', collect)
    .option('-D, --define <name[=text]>', 'define a macro; without a text it is 1', collectMacros)
    .addOption(
      new Option('--mfl <file>', 'take the localised texts of this file into the input').argParser(
        collect,
      ),
    )
    .addOption(
      new Option('--stdin-filename <name>', `what to call the input '-'`).argParser(pathName),
    );
  for (const option of reportOptions()) added.addOption(option.helpGroup('Findings:'));
  return added;
}

function reportOptions(): Option[] {
  return [
    new Option(
      '--diagnostics <format>',
      'how findings are shown (default: pretty on a terminal, else text)',
    ).choices(REPORT_FORMATS),
    new Option(
      '--diagnostics-file <file>',
      'where json and sarif go (check: default is standard output)',
    ).argParser(pathName),
    new Option(
      '--max-errors <number>',
      'show so many findings, errors first, and count the rest; 0 shows all (default: 200)',
    ).argParser(wholeNumber),
    new Option('--allow <code>', 'leave out findings with this code').argParser(collect),
    new Option('--deny <code>', 'warnings with this code are errors').argParser(collect),
    new Option('--warn-as-error', 'every warning is an error'),
  ];
}

function wholeNumber(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('it is a whole number.');
}

function targetOption(summary = 'what to emit: names of targets, separated by commas'): Option {
  return new Option('-t, --target <names>', summary).argParser(targetNames);
}

function withOutput(command: Command): Command {
  return command
    .addOption(
      new Option('-o, --output <folder>', 'where to write').default('gen').argParser(pathName),
    )
    .addOption(
      new Option(
        '--user-output <folder>',
        'where your own files are (default: with the others)',
      ).argParser(pathName),
    );
}

function withSwitches(command: Command): Command {
  for (const option of switchOptions()) command.addOption(option);
  return command;
}

function withNamedSwitches<T extends object>(options: T): T & SwitchOptions {
  return { ...options, switches: switchesIn(options) };
}

function forBuildSystems(command: Command): void {
  const options = [
    new Option('--depfile <file>', 'write which files were read, for Make and Ninja')
      .argParser(pathName)
      .conflicts(['check', 'listOutputs']),
    new Option(
      '--depfile-target <name>',
      'what depends on them (default: the first file of --list-outputs)',
    ).argParser(pathName),
    new Option(
      '--list-outputs',
      'print the names of the files and stop; no input is read',
    ).conflicts('check'),
    new Option('--list-format <format>', 'how they are listed (default: lines)').choices(
      LIST_FORMATS,
    ),
    new Option(
      '--list-owner <owner>',
      'whose files: those that mofgen rewrites, or yours (default: mofgen)',
    ).choices(LIST_OWNERS),
  ];
  for (const option of options) command.addOption(option.helpGroup('For build systems:'));
}

/** One document over all inputs; no two of them at once. */
function showOptions(): Option[] {
  return [
    new Option('--json', 'the whole model, as schemas/model.schema.json describes it').conflicts([
      'markdown',
      'mermaid',
    ]),
    new Option('--markdown', 'a page of documentation').conflicts('mermaid'),
    new Option('--mermaid', 'a class diagram as text, for Mermaid'),
  ];
}

/** Options that say more about another one, and mean nothing without it. */
const DETAILS = [
  ['--depfile-target', 'depfileTarget', '--depfile', 'depfile'],
  ['--list-format', 'listFormat', '--list-outputs', 'listOutputs'],
  ['--list-owner', 'listOwner', '--list-outputs', 'listOutputs'],
] as const satisfies [string, keyof GenerateOptions, string, keyof GenerateOptions][];

/** Throws a usage failure for options that cannot be meant together, beyond what the parser knows. */
function refuseContradictions(options: GenerateOptions): void {
  if (options.check === true && !options.format) {
    throw usageFailure(`--check compares formatted output; it cannot be used with --no-format`);
  }
  for (const [flag, detail, otherFlag, other] of DETAILS) {
    if (options[detail] !== undefined && options[other] === undefined) {
      throw usageFailure(`${flag} goes with ${otherFlag}`);
    }
  }
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

function collectMacros(value: string, previous: readonly string[] = []): string[] {
  if (readMacroOption(value) === undefined) {
    throw new InvalidArgumentError('it takes NAME or NAME=TEXT, on one line.');
  }
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

function pathName(value: string): string {
  if (value === '') throw new InvalidArgumentError('a name cannot be empty.');
  return value;
}
