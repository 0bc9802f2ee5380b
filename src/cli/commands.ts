/**
 * The commands: the line of each in the list of commands, its options, and what runs. Must not know how a command does its work.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { printable } from '../diagnostics/printable.js';
import {
  addBinaryInputs,
  addBinaryOutput,
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
  withNamedSwitches,
} from './command-options.js';
import { type ExitCode, type Io, usageFailure } from './io.js';
import {
  type CheckOptions,
  type CompileOptions,
  type DecompileOptions,
  type GenerateOptions,
  type MergeOptions,
  type ShowOptions,
  type SplitOptions,
  type StubsOptions,
} from './options.js';
import { targetSummaries } from './target-summaries.js';

/** What a command needs of the command line. */
export interface CommandContext {
  readonly io: Io;
  /** Takes the exit code of the run. */
  readonly done: (code: ExitCode) => void;
  readonly program: Command;
  /** Completes a command whose help is shown. */
  readonly complete: (command: Command) => void;
}

interface CommandRow {
  readonly summary: string;
  /** What goes after the name. */
  readonly usage: string;
  /** Whether it is meant when no command is named. */
  readonly isDefault?: boolean;
  /** Adds the arguments, the options and what runs. */
  readonly complete: (command: Command, context: CommandContext) => void;
  /** Runs a command whose switches are those of another tool, with all that follows its name. */
  readonly runForeign?: (words: readonly string[], io: Io) => Promise<ExitCode>;
}

const WITH_INPUTS = '[options] <input...>';

/** In the order of help. */
export const COMMANDS: Readonly<Record<string, CommandRow>> = {
  generate: {
    summary: 'emit the code for each input',
    usage: WITH_INPUTS,
    isDefault: true,
    complete: completeGenerate,
  },
  check: {
    summary: 'report errors and warnings, write nothing',
    usage: WITH_INPUTS,
    complete: completeCheck,
  },
  show: {
    summary: 'print blocks, items with offsets, and methods as tables',
    usage: WITH_INPUTS,
    complete: completeShow,
  },
  stubs: {
    summary: 'print what your own files lack after the MOF grew',
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
    summary: "run with mofcomp's switches",
    usage: '[switches] <input>',
    complete: completeForeign,
    runForeign: async (words, io) => {
      const { mofcompCommand } = await import('./mofcomp-command.js');
      return mofcompCommand(words, io);
    },
  },
  wmimofck: {
    summary: "run with wmimofck's switches",
    usage: '[switches] <input>',
    complete: completeForeign,
    runForeign: async (words, io) => {
      const { wmimofckCommand } = await import('./wmimofck-command.js');
      return wmimofckCommand(words, io);
    },
  },
  explain: {
    summary: 'print the page about a diagnostic code: what is wrong, and how it is right',
    usage: '[code...]',
    complete: completeExplain,
  },
  help: {
    summary: 'print the help of a command',
    usage: '[command]',
    complete: completeHelp,
  },
};

function completeGenerate(command: Command, { io, done }: CommandContext): void {
  addInputs(command);
  command.addOption(targetOption().default(['ts'], 'ts'));
  addOutput(command);
  command
    .option('--check', 'write nothing; list what is out of date, show how it differs, and exit 1')
    .option('--full-diff', 'with --check: all of a difference, not only its first lines')
    .option('--format', 'run the prettier of your project, with its settings, on TypeScript')
    // It is there to be refused with a reason.
    .addOption(new Option('--no-format').default(undefined).hideHelp())
    .option('-q, --quiet', 'no summary')
    .addHelpText('after', ({ command: shown }) => targetSummaries(shown, io));
  addGroup(command, 'For build systems:', buildSystemOptions());
  addSwitches(command);
  command.action(async (inputs: string[], options: GenerateOptions) => {
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
    refuseMistypedCommand(inputs, Object.keys(COMMANDS), io);
    refuseContradictions(options);
    const { generateCommand } = await import('./generate-command.js');
    done(await generateCommand(inputs, withNamedSwitches(options), io));
  });
}

function completeCheck(command: Command, { io, done }: CommandContext): void {
  addInputs(command);
  command
    .addOption(targetOption('report what these targets find as well: names, separated by commas'))
    .option('-q, --quiet', 'no summary');
  addSwitches(command);
  command.action(async (inputs: string[], options: CheckOptions) => {
    requireInput(inputs, 'check a.mof');
    const { checkCommand } = await import('./check-command.js');
    done(await checkCommand(inputs, withNamedSwitches(options), io));
  });
}

function completeShow(command: Command, { io, done }: CommandContext): void {
  addInputs(command);
  addGroup(command, 'In place of tables:', showOptions());
  command.action(async (inputs: string[], options: ShowOptions) => {
    requireInput(inputs, 'show a.mof');
    const { showCommand } = await import('./show-command.js');
    done(await showCommand(inputs, options, io));
  });
}

function completeStubs(command: Command, { io, done }: CommandContext): void {
  addInputs(command);
  command
    .addOption(targetOption().default(['ts'], 'ts'))
    .option('--missing', 'only what is missing (the only choice so far)');
  addOutput(command);
  addSwitches(command);
  command.action(async (inputs: string[], options: StubsOptions) => {
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
}

function completeSplit(command: Command, { io, done }: CommandContext): void {
  addTextInput(command);
  command.option('--locale <name>', 'of the texts (default: #pragma amendment, else ms_409)');
  // It is there to be refused with a reason.
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

function completeExplain(command: Command, { io, done }: CommandContext): void {
  command
    .argument('[code...]', 'such as MOF2202; none lists them all')
    .action(async (codes: string[]) => {
      const { explainCommand } = await import('./explain-command.js');
      done(explainCommand(codes, io));
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
