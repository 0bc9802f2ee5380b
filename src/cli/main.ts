/**
 * The command line: what can be typed, which command it starts, and how every kind of failure ends.
 *
 * The commands are loaded only when they run, so that --help and a typing mistake answer at once.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { printable } from '../diagnostics/printable.js';
import { REPORT_FORMATS } from '../diagnostics/report-formats.js';
import { readMacroOption } from '../source/macro-option.js';
import { WDK_ARCHITECTURES, type WdkArchitecture } from '../source/wdk-architectures.js';
import { TARGET_NAMES, TARGET_SUMMARIES } from '../targets/loading.js';
import { CommandFailure, EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { switchesIn, switchOptions } from './emit-switches.js';
import {
  type CheckOptions,
  type GenerateOptions,
  type MergeOptions,
  type ShowOptions,
  type SplitOptions,
  type StubsOptions,
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
    await program.parseAsync(withArchitecture(argv), { from: 'user' });
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

  const names = (): string[] => program.commands.map((each) => each.name());
  const generate = command(program, 'generate', 'emit the code for each input', {
    isDefault: true,
  }).addOption(targetOption().default(['ts'], 'ts'));
  withOutput(generate)
    .option('--check', 'write nothing; list what is out of date, show how it differs, and exit 1')
    .option('--full-diff', 'with --check: all of a difference, not only its first lines')
    .option('--format', 'run the prettier of your project, with its settings, on TypeScript')
    // It is there to be refused with a reason.
    .addOption(new Option('--no-format').default(undefined).hideHelp())
    .option('-q, --quiet', 'no summary')
    .addHelpText('after', ({ command: shown }) => targetSummaries(shown, io));
  forBuildSystems(generate);
  withSwitches(generate).action(async (inputs: string[], options: GenerateOptions) => {
    const [first] = inputs;
    if (first === undefined) {
      throw usageFailure(
        `there is no input; 'mofgen a.mof' writes TypeScript to gen/, 'mofgen --help' says more`,
      );
    }
    if (first === 'version' && inputs.length === 1 && !existsSync(resolve(io.cwd, first))) {
      io.stdout(`${packageJson.version}\n`);
      return;
    }
    const { refuseMistypedCommand } = await import('./mistyped-command.js');
    refuseMistypedCommand(inputs, names(), io);
    refuseContradictions(options);
    const { generateCommand } = await import('./generate-command.js');
    done(await generateCommand(inputs, withNamedSwitches(options), io));
  });

  const check = command(program, 'check', 'report errors and warnings, write nothing')
    .addOption(targetOption('report what these targets find as well: names, separated by commas'))
    .option('-q, --quiet', 'no summary');
  withSwitches(check).action(async (inputs: string[], options: CheckOptions) => {
    requireInput(inputs, 'check a.mof');
    const { checkCommand } = await import('./check-command.js');
    done(await checkCommand(inputs, withNamedSwitches(options), io));
  });

  const show = command(program, 'show', 'print blocks, items with offsets, and methods as tables');
  for (const option of showOptions()) show.addOption(option.helpGroup('In place of tables:'));
  show.action(async (inputs: string[], options: ShowOptions) => {
    requireInput(inputs, 'show a.mof');
    const { showCommand } = await import('./show-command.js');
    done(await showCommand(inputs, options, io));
  });

  const stubs = command(program, 'stubs', 'print what your own files lack after the MOF grew')
    .addOption(targetOption().default(['ts'], 'ts'))
    .option('--missing', 'only what is missing (the only choice so far)');
  withOutput(stubs);
  withSwitches(stubs).action(async (inputs: string[], options: StubsOptions) => {
    requireInput(inputs, 'stubs --missing a.mof');
    if (options.missing !== true) {
      throw usageFailure(
        `stubs prints what is missing: mofgen stubs --missing ${inputs.map(printable).join(' ')}`,
      );
    }
    if (options.output === '-')
      throw usageFailure('stubs prints anyway; -o names the folder of your files');
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
    requireInput(inputs, 'split a.mof');
    const { splitCommand } = await import('./split-command.js');
    done(await splitCommand(inputs, options, io));
  });

  const merge = command(program, 'merge', 'write a neutral .mof and its --mfl as one text');
  makingFiles(merge).action(async (inputs: string[], options: MergeOptions) => {
    requireInput(inputs, 'merge a.mof --mfl a.mfl');
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

  program
    .helpCommand(false)
    .command('help')
    .description('print the help of a command')
    .argument('[command]')
    .allowExcessArguments()
    .action(async (name: string | undefined) => {
      const found = program.commands.find((each) => each.name() === name);
      if (name === undefined || name === 'help') program.outputHelp();
      else if (found !== undefined) found.outputHelp();
      else {
        const { unknownTopic } = await import('./mistyped-command.js');
        throw unknownTopic(name, names());
      }
    });

  return program;
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

/** Throws a usage failure where a command has no input. */
function requireInput(inputs: readonly string[], example: string): void {
  if (inputs.length === 0) throw usageFailure(`there is no input; write: mofgen ${example}`);
}

/** The targets with what they emit, for the help of a command. */
function targetSummaries(command: Command, io: Io): string {
  const help = command.createHelp();
  help.prepareContext({ helpWidth: io.stdoutColumns ?? HELP_WIDTH });
  const width = Math.max(...TARGET_NAMES.map((name) => name.length));
  const rows = Object.entries(TARGET_SUMMARIES).map(([name, summary]) =>
    help.formatItem(name, width, summary, help),
  );
  return ['', 'Targets (-t):', ...rows].join('\n');
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
    // Not required by the parser, whose message names no way out.
    .argument('[input...]', `MOF files or patterns such as 'mof/*.mof'; '-' is standard input`)
    .usage('[options] <input...>')
    .option('-I, --include <folder>', 'search this folder for included files', collect)
    .option('-D, --define <name[=text]>', 'define a macro; without a text it is 1', collectMacros)
    .addOption(
      new Option(
        '--wdk [architecture]',
        'predefine what the compiler of the WDK does: x64 (default), x86, arm64',
      ).argParser(architecture),
    )
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
    ).argParser(fileName('--diagnostics-file')),
    new Option(
      '--max-errors <number>',
      'show so many findings, errors first, and count the rest; 0 shows all (default: 200)',
    ).argParser(wholeNumber),
    new Option('--allow <codes>', 'leave out findings with these codes').argParser(collectList),
    new Option('--deny <codes>', 'warnings with these codes are errors').argParser(collectList),
    new Option('--warn-as-error', 'every warning is an error'),
  ];
}

function wholeNumber(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('it takes a whole number');
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
      .argParser(fileName('--depfile'))
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
  ['--full-diff', 'fullDiff', '--check', 'check'],
  ['--depfile-target', 'depfileTarget', '--depfile', 'depfile'],
  ['--list-format', 'listFormat', '--list-outputs', 'listOutputs'],
  ['--list-owner', 'listOwner', '--list-outputs', 'listOutputs'],
] as const satisfies [string, keyof GenerateOptions, string, keyof GenerateOptions][];

/** Throws a usage failure for options that cannot be meant together, beyond what the parser knows. */
function refuseContradictions(options: GenerateOptions): void {
  if (options.format === false) {
    throw usageFailure(
      `--no-format is not needed: what mofgen writes is final, and only --format runs a formatter`,
    );
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

/** `A,B`, and each further one. */
function collectList(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...listOf(value)];
}

/** The members of `A,B`; a comma too many adds none. */
function listOf(value: string): string[] {
  const members = value.split(',').map((each) => each.trim());
  return members.filter((each, _, all) => each !== '' || all.every((other) => other === ''));
}

function architecture(value: string): WdkArchitecture {
  const found = WDK_ARCHITECTURES.find((each) => each === value);
  if (found === undefined) {
    throw new InvalidArgumentError(`it takes ${WDK_ARCHITECTURES.join(', ')}, or nothing for x64`);
  }
  return found;
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

function collectMacros(value: string, previous: readonly string[] = []): string[] {
  if (readMacroOption(value) === undefined) {
    throw new InvalidArgumentError('it takes NAME or NAME=TEXT, on one line');
  }
  return [...previous, value];
}

const namedByUser = new WeakSet<readonly string[]>();

/** `-t ts,header -t kmdf`; the first one replaces the default. */
function targetNames(value: string, previous: readonly string[]): string[] {
  const names = listOf(value);
  if (names[0] === '') {
    throw new InvalidArgumentError(`name one or more of ${TARGET_NAMES.join(', ')}`);
  }
  const all = namedByUser.has(previous) ? [...previous, ...names] : names;
  namedByUser.add(all);
  return all;
}

function pathName(value: string): string {
  if (value === '') throw new InvalidArgumentError('a name cannot be empty');
  if (value.startsWith('--')) {
    throw new InvalidArgumentError(`it looks like an option; write './${value}' for such a name`);
  }
  return value;
}

/** For options that name a file to write, which is never standard output. */
function fileName(flag: string): (value: string) => string {
  return (value) => {
    if (value === '-') throw usageFailure(`${flag} takes the name of a file, not '-'`);
    return pathName(value);
  };
}
