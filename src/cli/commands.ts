/** The table of commands: summary, options, and the function that runs each. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { printable } from '../diagnostics/printable.js';
import {
  addBinaryInputs,
  addBinaryOutput,
  addComparedInputs,
  addConfiguration,
  addGroup,
  addInputs,
  addMadeFiles,
  addOutput,
  addSwitches,
  addTextInput,
  addTextOutput,
  buildSystemOptions,
  depfileOptions,
  showOptions,
  targetOption,
} from './command-options.js';
import { type Shell, SHELLS } from './completion/shells.js';
import { DEFAULT_OUTPUT, DEFAULT_TARGETS } from './default-options.js';
import { type ForeignSwitch } from './foreign-switches.js';
import { type InitOptions } from './init-command.js';
import { type ExitCode } from './exit-codes.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import {
  type BreakingOptions,
  type CheckOptions,
  type CompileOptions,
  type DecompileOptions,
  type GenerateOptions,
  type MergeOptions,
  type ShowOptions,
  type SplitOptions,
  type StubsOptions,
} from './option-types.js';
import { type OutsideOptions } from './outside-options.js';
import { targetSummaries } from './target-summaries.js';

/** The context that the command line gives to a command. */
export interface CommandContext {
  readonly io: Io;
  /** Takes the exit code of the run. */
  readonly done: (code: ExitCode) => void;
  readonly program: Command;
  /** Completes a command whose help is shown. */
  readonly complete: (command: Command) => void;
  /** The options of targets that are not built in. */
  readonly outside?: OutsideOptions | undefined;
}

interface CommandRow {
  readonly summary: string;
  /** The words after the name. */
  readonly usage: string;
  /** Whether it is the default command. */
  readonly isDefault?: boolean;
  /** Adds the arguments, the options and what runs. */
  readonly complete: (command: Command, context: CommandContext) => void;
  /** Runs a command whose switches are those of another tool, with all that follows its name. */
  readonly runForeign?: (words: readonly string[], io: Io) => Promise<ExitCode>;
  /** The switches of the other tool. */
  readonly switches?: () => Promise<readonly ForeignSwitch[]>;
}

const WITH_INPUTS = '[options] <input...>';

/** The options of a job that emits, when nothing else is named. */
const EMITTING = { target: DEFAULT_TARGETS, output: DEFAULT_OUTPUT };

/** In the order of help. */
export const COMMANDS: Readonly<Record<string, CommandRow>> = {
  generate: {
    summary: 'generate the code for each input',
    usage: WITH_INPUTS,
    isDefault: true,
    complete: completeGenerate,
  },
  check: {
    summary: 'report errors and warnings, write nothing',
    usage: WITH_INPUTS,
    complete: completeCheck,
  },
  breaking: {
    summary: 'report changes that break consumers of an earlier text (--against)',
    usage: WITH_INPUTS,
    complete: completeBreaking,
  },
  show: {
    summary: 'print blocks, items with offsets, and methods as tables',
    usage: WITH_INPUTS,
    complete: completeShow,
  },
  stubs: {
    summary: 'print the stubs that your own files lack after a change of the MOF',
    usage: WITH_INPUTS,
    complete: completeStubs,
  },
  split: {
    summary: 'write the neutral .mof and the .mfl with the localised texts',
    usage: WITH_INPUTS,
    complete: completeSplit,
  },
  merge: {
    summary: 'write a neutral .mof and its --mfl as one text',
    usage: WITH_INPUTS,
    complete: completeMerge,
  },
  compile: {
    summary: 'write the binary MOF of an input, byte for byte as mofcomp does',
    usage: '[options] <input>',
    complete: completeCompile,
  },
  decompile: {
    summary: 'print the MOF text of binary MOFs, also of those in ACPI tables',
    usage: WITH_INPUTS,
    complete: completeDecompile,
  },
  mofcomp: {
    summary: 'replace mofcomp: takes its switches',
    usage: '[switches] <input>',
    complete: completeForeign,
    runForeign: async (words, io) => {
      const { mofcompCommand } = await import('./mofcomp-command.js');
      return mofcompCommand(words, io);
    },
    switches: async () => (await import('./mofcomp-command.js')).MOFCOMP.switches,
  },
  wmimofck: {
    summary: 'replace wmimofck: takes its switches',
    usage: '[switches] <input>',
    complete: completeForeign,
    runForeign: async (words, io) => {
      const { wmimofckCommand } = await import('./wmimofck-command.js');
      return wmimofckCommand(words, io);
    },
    switches: async () => (await import('./wmimofck-command.js')).WMIMOFCK.switches,
  },
  init: {
    summary: 'write mofgen.config.json, and print what to add to your build files',
    usage: '[options] [input...]',
    complete: completeInit,
  },
  explain: {
    summary: 'explain a diagnostic code: what is wrong, and how to fix it',
    usage: '[code...]',
    complete: completeExplain,
  },
  completion: {
    summary: 'print a script that completes commands and options in a shell',
    usage: `<${SHELLS.join('|')}>`,
    complete: completeCompletion,
  },
  help: {
    summary: 'print the help of a command',
    usage: '[command]',
    complete: completeHelp,
  },
};

function completeGenerate(command: Command, { io, done, outside }: CommandContext): void {
  addInputs(command);
  command.addOption(targetOption());
  addOutput(command);
  command
    .option('--check', 'write nothing; list what is out of date, show how it differs, and exit 1')
    .option('--full-diff', 'with --check: show whole differences, not only their first lines')
    .option('--format', 'run the prettier of your project, with its settings, on TypeScript')
    // Declared only to be refused with a reason.
    .addOption(new Option('--no-format').default(undefined).hideHelp())
    .addOption(
      new Option('-w, --watch', 'keep running, and generate again when a file changes').conflicts([
        'check',
        'listOutputs',
        'depfile',
        'diagnosticsFile',
      ]),
    )
    .option('-q, --quiet', 'print no summary')
    .addOption(new Option('--verbose', 'print what was done with each file').conflicts('quiet'))
    .addHelpText('after', ({ command: shown }) => targetSummaries(shown, io));
  addConfiguration(command);
  addGroup(command, 'For build systems:', buildSystemOptions());
  addSwitches(command, outside);
  command.action(async (inputs: string[], options: Partial<GenerateOptions>) => {
    const [first] = inputs;
    if (first === 'version' && inputs.length === 1 && !existsSync(resolve(io.cwd, first))) {
      io.stdout(`${packageJson.version}\n`);
      return;
    }
    if (inputs.length > 0) {
      const { refuseMistypedCommand } = await import('./mistyped-command.js');
      refuseMistypedCommand(inputs, Object.keys(COMMANDS), io);
    }
    refuseContradictions(options);
    if (options.watch === true) {
      const { watchCommand } = await import('./watch-command.js');
      done(await watchCommand(inputs, options, EMITTING, io));
      return;
    }
    const { configuredRun } = await import('./configured-run.js');
    const run = await configuredRun<GenerateOptions>(inputs, options, EMITTING, 'a.mof', io);
    if (run === undefined) return;
    const { generateCommand } = await import('./generate-command.js');
    done(await generateCommand(run.jobs, run.options, io));
  });
}

function completeCheck(command: Command, { io, done, outside }: CommandContext): void {
  addInputs(command);
  command
    .addOption(
      targetOption('also report the findings of these targets: names, separated by commas'),
    )
    .option('-q, --quiet', 'print no summary');
  addConfiguration(command);
  addSwitches(command, outside);
  command.action(async (inputs: string[], options: CheckOptions) => {
    const { configuredRun } = await import('./configured-run.js');
    const run = await configuredRun<CheckOptions>(inputs, options, {}, 'check a.mof', io);
    if (run === undefined) return;
    const { checkCommand } = await import('./check-command.js');
    done(await checkCommand(run.jobs, run.options, io));
  });
}

function completeBreaking(command: Command, { io, done }: CommandContext): void {
  addComparedInputs(command);
  command.option('-q, --quiet', 'print no summary');
  addConfiguration(command);
  command.action(async (inputs: string[], options: BreakingOptions) => {
    const { configuredRun } = await import('./configured-run.js');
    const example = 'breaking a.mof --against git:HEAD';
    const run = await configuredRun<BreakingOptions>(inputs, options, {}, example, io);
    if (run === undefined) return;
    const { breakingCommand } = await import('./breaking-command.js');
    done(await breakingCommand(run.jobs, run.options, io));
  });
}

function completeShow(command: Command, { io, done }: CommandContext): void {
  addInputs(command);
  addGroup(command, 'Other formats:', showOptions());
  command.action(async (inputs: string[], options: ShowOptions) => {
    requireInput(inputs, 'show a.mof');
    const { showCommand } = await import('./show-command.js');
    done(await showCommand(inputs, options, io));
  });
}

function completeStubs(command: Command, { io, done, outside }: CommandContext): void {
  addInputs(command);
  command.addOption(targetOption()).option('--missing', 'print only the missing stubs (required)');
  addOutput(command);
  addConfiguration(command);
  addSwitches(command, outside);
  command.action(async (inputs: string[], parsed: Partial<StubsOptions>) => {
    if (parsed.missing !== true) {
      throw usageFailure(
        ['stubs needs --missing: mofgen stubs --missing', ...inputs.map(printable)].join(' '),
      );
    }
    if (parsed.output === '-')
      throw usageFailure('stubs always prints; -o names the folder of your files');
    const { configuredRun } = await import('./configured-run.js');
    const run = await configuredRun<StubsOptions>(
      inputs,
      parsed,
      EMITTING,
      'stubs --missing a.mof',
      io,
    );
    if (run === undefined) return;
    const { stubsCommand } = await import('./stubs-command.js');
    done(await stubsCommand(run.jobs, run.options, io));
  });
}

function completeSplit(command: Command, { io, done }: CommandContext): void {
  addTextInput(command);
  command.option(
    '--locale <name>',
    'the locale of the texts (default: #pragma amendment, else ms_409)',
  );
  // Declared only to be refused with a reason.
  command.options.find(({ long }) => long === '--mfl')?.hideHelp();
  addMadeFiles(command);
  command.action(async (inputs: string[], options: SplitOptions) => {
    requireInput(inputs, 'split a.mof');
    const { splitCommand } = await import('./split-command.js');
    done(await splitCommand(inputs, options, io));
  });
}

function completeMerge(command: Command, { io, done }: CommandContext): void {
  addTextInput(command);
  addMadeFiles(command);
  command.action(async (inputs: string[], options: MergeOptions) => {
    requireInput(inputs, 'merge a.mof --mfl a.mfl');
    const { mergeCommand } = await import('./merge-command.js');
    done(await mergeCommand(inputs, options, io));
  });
}

function completeCompile(command: Command, { io, done }: CommandContext): void {
  addTextInput(command);
  addBinaryOutput(command);
  addGroup(command, 'For build systems:', depfileOptions('the first file that is written'));
  command.action(async (inputs: string[], options: CompileOptions) => {
    requireInput(inputs, 'compile a.mof');
    const { compileCommand } = await import('./compile-command.js');
    done(await compileCommand(inputs, options, io));
  });
}

function completeDecompile(command: Command, { io, done }: CommandContext): void {
  addBinaryInputs(command);
  addTextOutput(command);
  command.action(async (inputs: string[], options: DecompileOptions) => {
    requireInput(inputs, 'decompile a.bmf');
    const { decompileCommand } = await import('./decompile-command.js');
    done(await decompileCommand(inputs, options, io));
  });
}

/** The switches are not those of this command line: the command reads them itself, and prints them for `-?`. */
function completeForeign(command: Command): void {
  command
    .helpOption('-?', 'print the switches, and what each does here')
    .argument('[words...]', 'switches in their own spelling, and one file');
}

function completeInit(command: Command, { io, done }: CommandContext): void {
  command
    .argument('[input...]', 'MOF files or patterns (default: all below the current folder)')
    .addOption(
      targetOption('the targets to generate, separated by commas (default: by your build files)'),
    );
  addOutput(command);
  command.action(async (inputs: string[], options: InitOptions) => {
    const { initCommand } = await import('./init-command.js');
    done(await initCommand(inputs, options, io));
  });
}

function completeExplain(command: Command, { io, done }: CommandContext): void {
  command
    .argument('[code...]', 'codes such as MOF2202; without one, all are listed')
    .action(async (codes: string[]) => {
      const { explainCommand } = await import('./explain-command.js');
      done(explainCommand(codes, io));
    });
}

function completeCompletion(command: Command, context: CommandContext): void {
  command
    .addArgument(new Argument('[shell]', 'the shell that reads the script').choices(SHELLS))
    .action(async (shell: Shell | undefined) => {
      if (shell === undefined) {
        throw usageFailure(`name a shell: mofgen completion ${SHELLS.join('|')}`);
      }
      const { completionCommand } = await import('./completion-command.js');
      context.done(await completionCommand(shell, context));
    });
}

function completeHelp(command: Command, { program, complete }: CommandContext): void {
  command
    .argument('[command]')
    .allowExcessArguments()
    .action(async (name: string | undefined) => {
      const found = program.commands.find((each) => each.name() === name);
      if (name === undefined || name === 'help') program.outputHelp();
      else if (found !== undefined) {
        complete(found);
        found.outputHelp();
      } else {
        const { unknownTopic } = await import('./mistyped-command.js');
        throw unknownTopic(name, Object.keys(COMMANDS));
      }
    });
}

/** Throws a usage failure where a command has no input. */
function requireInput(inputs: readonly string[], example: string): void {
  if (inputs.length === 0) throw usageFailure(`there is no input; write: mofgen ${example}`);
}

/** Options that refine another one, and have no effect without it. */
const DETAILS = [
  ['--full-diff', 'fullDiff', '--check', 'check'],
  ['--depfile-target', 'depfileTarget', '--depfile', 'depfile'],
  ['--depfile-format', 'depfileFormat', '--depfile', 'depfile'],
  ['--list-format', 'listFormat', '--list-outputs', 'listOutputs'],
  ['--list-owner', 'listOwner', '--list-outputs', 'listOutputs'],
] as const satisfies [string, keyof GenerateOptions, string, keyof GenerateOptions][];

/** Throws a usage failure for contradicting options that the parser accepts. */
function refuseContradictions(options: Partial<GenerateOptions>): void {
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
