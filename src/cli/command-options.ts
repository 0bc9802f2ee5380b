/**
 * The options that commands share, and the readers of their values.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { REPORT_FORMATS } from '../diagnostics/report-formats.js';
import { WDK_ARCHITECTURES, type WdkArchitecture, readMacroOption } from '../preprocess/options.js';
import { TARGET_NAMES } from '../targets/loading.js';
import { DEPFILE_FORMATS } from './depfile.js';
import { switchesIn, switchOptions } from './target-options.js';
import { usageFailure } from './failures.js';
import { type OutsideOptions } from './outside-options.js';
import { TargetFault } from './target-fault.js';
import { type SwitchOptions } from './option-types.js';
import { LIST_FORMATS, LIST_OWNERS } from './output-lists.js';

/** The argument and the options of commands that want the model of their inputs. */
export function addInputs(command: Command): void {
  addModelInputs(command);
  command.addOption(
    new Option(
      '--expensive <names>',
      'these blocks are expensive to collect: WMI enables and disables them',
    ).argParser(collectList),
  );
  addObject(command);
  addStandardInput(command);
  addGroup(command, 'Findings:', reportOptions());
}

/** The same for the command that compares them with earlier texts. */
export function addComparedInputs(command: Command): void {
  addModelInputs(command);
  command.addOption(
    new Option(
      '--against <place>',
      'the earlier texts: a file, a folder with files of the same names, git:REV or git:REV:path',
    ).argParser(pathName),
  );
  addObject(command);
  addStandardInput(command);
  addGroup(command, 'Findings:', reportOptions());
}

function addModelInputs(command: Command): void {
  addArgument(command, `MOF files or patterns such as 'mof/*.mof'; '-' is standard input`);
  addCompilation(command);
  command
    .addOption(
      new Option(
        '--reference <file>',
        'use the classes of this file or folder, and generate nothing for them',
      ).argParser(collect),
    )
    .addOption(
      new Option(
        '--class <names>',
        'only these classes and those that they embed; a * at the end matches any rest',
      ).argParser(collectList),
    );
}

/** The same for commands that want the syntax of one input and no model. */
export function addTextInput(command: Command): void {
  addArgument(command, `a MOF file; '-' is standard input`);
  addCompilation(command);
  addObject(command);
  addStandardInput(command);
  addGroup(command, 'Findings:', reportOptions());
}

/** The same for commands that want binary MOFs. */
export function addBinaryInputs(command: Command): void {
  addArgument(
    command,
    `binary MOFs, or ACPI tables as acpidump prints them, as AML or as .dsl; '-' is standard input`,
  );
  addObject(command);
  addStandardInput(command);
  addGroup(command, 'Findings:', reportOptions());
}

function addArgument(command: Command, summary: string): void {
  // Not required by the parser, whose message names no way out.
  command.argument('[input...]', summary);
}

function addCompilation(command: Command): void {
  command
    .option('-I, --include <folder>', 'search this folder for included files', collect)
    .option('-D, --define <name[=text]>', 'define a macro; without a text it is 1', collectMacros)
    .addOption(
      new Option(
        '--wdk [architecture]',
        'predefine the macros of the WDK compiler: x64 (default), x86, arm64',
      ).argParser(architecture),
    )
    .addOption(
      new Option('--mfl <file>', 'add the localised texts of this file to the input').argParser(
        collect,
      ),
    );
}

function addObject(command: Command): void {
  command.addOption(
    new Option(
      '--object <name>',
      'choose one of several binary MOFs: by its ACPI object, such as WQBA, or by its number, such as #2',
    ).argParser(pathName),
  );
}

function addStandardInput(command: Command): void {
  command.addOption(
    new Option('--stdin-filename <name>', `the file name of the input '-'`).argParser(pathName),
  );
}

/** Adds options that help shows under a heading of their own. */
export function addGroup(command: Command, heading: string, options: readonly Option[]): void {
  for (const option of options) command.addOption(option.helpGroup(heading));
}

function reportOptions(): Option[] {
  return [
    new Option(
      '--diagnostics <format>',
      'the format of findings (default: pretty on a terminal, else text)',
    ).choices(REPORT_FORMATS),
    new Option(
      '--diagnostics-file <file>',
      'where json and sarif are written (check, breaking: default is standard output)',
    ).argParser(fileName('--diagnostics-file')),
    new Option(
      '--max-errors <number>',
      'the maximum of findings to show, errors first; 0 shows all (default: 200)',
    ).argParser(wholeNumber),
    new Option('--allow <codes>', 'do not report findings with these codes').argParser(collectList),
    new Option('--deny <codes>', 'treat warnings with these codes as errors').argParser(
      collectList,
    ),
    new Option('--warn-as-error', 'treat every warning as an error'),
  ];
}

function wholeNumber(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('it takes a whole number');
}

export function targetOption(
  summary = 'the targets to generate, separated by commas (default: ts)',
): Option {
  return new Option('-t, --target <names>', summary).argParser(targetNames);
}

/** Where files of targets go. The default is that of a configuration, so the parser does not set one. */
export function addOutput(command: Command): void {
  command
    .addOption(
      new Option('-o, --output <folder>', 'the output folder (default: gen)').argParser(pathName),
    )
    .addOption(
      new Option(
        '--user-output <folder>',
        'the folder of your own files (default: the output folder)',
      ).argParser(pathName),
    );
}

/** Where the inputs and the options come from that are not named. */
export function addConfiguration(command: Command): void {
  addGroup(command, 'Configuration:', [
    new Option(
      '--config <file>',
      'take inputs and options from this file (default: mofgen.config.json or .mjs in the current folder)',
    ).argParser(pathName),
    new Option('--no-config', 'ignore the configuration').default(undefined),
    new Option('--print-config', 'print the configuration with all defaults, and stop'),
  ]);
}

/** The options of commands that make MOF files of MOF files. */
export function addMadeFiles(command: Command): void {
  command
    .addOption(
      new Option('-o, --output <folder>', 'the output folder').default('gen').argParser(pathName),
    )
    .addOption(
      new Option('--encoding <name>', 'the encoding of the files')
        .choices(['utf-16le', 'utf-8'])
        .default('utf-16le'),
    )
    .option('-q, --quiet', 'print no summary');
}

/** Where the binary MOF goes, and its bytes as text. */
export function addBinaryOutput(command: Command): void {
  command
    .addOption(
      new Option(
        '-o, --output <file>',
        `the binary MOF; '-' is standard output (default: the input's name with .bmf)`,
      ).argParser(pathName),
    )
    .addOption(
      new Option('--hex <file>', 'write the bytes as a C include, as wmimofck -x does').argParser(
        fileName('--hex'),
      ),
    )
    .addOption(
      new Option('--asl <file>', 'write the bytes as an ASL buffer').argParser(fileName('--asl')),
    )
    .option('--asl-name <name>', 'the name of that buffer (default: WQBA)')
    .addOption(
      new Option(
        '--namespace <name>',
        'the namespace of classes without a #pragma namespace (default: root\\default)',
      ).argParser(pathName),
    )
    .option('-q, --quiet', 'print no summary');
}

/** Where decompiled text goes. */
export function addTextOutput(command: Command): void {
  command
    .addOption(
      new Option(
        '-o, --output <file>',
        'write the text to this file (default: print it)',
      ).argParser(pathName),
    )
    .option('-q, --quiet', 'print no summary');
}

/** The options of targets. Where those of a target are not known, any option is taken: the fault of the target is reported. */
export function addSwitches(command: Command, outside?: OutsideOptions): void {
  for (const option of switchOptions()) command.addOption(option);
  if (outside?.fault !== undefined) command.allowUnknownOption();
  for (const option of switchOptions(outside?.options ?? [])) {
    if (command.options.some(({ long }) => long === option.long)) {
      throw new TargetFault(
        'MOF3304',
        `a target has an option ${option.long}, which is an option of mofgen`,
        'give it another name',
      );
    }
    command.addOption(option);
  }
}

export function withNamedSwitches<T extends object>(options: T): T & SwitchOptions {
  return { ...options, emit: switchesIn(options) };
}

/** `first` is what depends on the files when no name is given. */
export function depfileOptions(first: string, conflicts: string[] = []): Option[] {
  return [
    new Option(
      '--depfile <file>',
      'write the names of the files that were read, for Make and Ninja',
    )
      .argParser(fileName('--depfile'))
      .conflicts(conflicts),
    new Option('--depfile-target <name>', `the target of its rule (default: ${first})`).argParser(
      pathName,
    ),
    new Option(
      '--depfile-format <format>',
      'make: a rule; lines: one name on each line (default: make)',
    ).choices(DEPFILE_FORMATS),
    new Option(
      '--stamp <file>',
      'touch this file after each run that succeeds, also when no output changed, for MSBuild',
    )
      .argParser(fileName('--stamp'))
      .conflicts(conflicts),
  ];
}

export function buildSystemOptions(): Option[] {
  return [
    ...depfileOptions('the first file of --list-outputs', ['check', 'listOutputs']),
    new Option(
      '--list-outputs',
      'print the names of the output files and stop; no input is read',
    ).conflicts('check'),
    new Option('--list-format <format>', 'the format of the list (default: lines)').choices(
      LIST_FORMATS,
    ),
    new Option(
      '--list-owner <owner>',
      'which files: those that mofgen rewrites, or yours (default: mofgen)',
    ).choices(LIST_OWNERS),
  ];
}

/** One document over all inputs; no two of them at once. */
export function showOptions(): Option[] {
  return [
    new Option('--json', 'the whole model, as schemas/model.schema.json describes it').conflicts([
      'markdown',
      'mermaid',
    ]),
    new Option('--markdown', 'a page of documentation').conflicts('mermaid'),
    new Option('--mermaid', 'a class diagram as text, for Mermaid'),
    new Option('--acpi', 'the WMI objects of ACPI tables: each GUID with its object and its class'),
  ];
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

function collectMacros(value: string, previous: readonly string[] = []): string[] {
  if (readMacroOption(value) === undefined) {
    throw new InvalidArgumentError('it takes NAME or NAME=TEXT, on one line');
  }
  return [...previous, value];
}

/** `-t ts,header -t kmdf` */
function targetNames(value: string, previous: readonly string[] = []): string[] {
  const names = listOf(value);
  if (names[0] === '') {
    throw new InvalidArgumentError(`name one or more of ${TARGET_NAMES.join(', ')}`);
  }
  return [...previous, ...names];
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
