/**
 * The options that commands share, and how the value of an option is read. Must not know what a command does with it.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { REPORT_FORMATS } from '../diagnostics/report-formats.js';
import { readMacroOption } from '../source/macro-option.js';
import { WDK_ARCHITECTURES, type WdkArchitecture } from '../source/wdk-architectures.js';
import { TARGET_NAMES } from '../targets/loading.js';
import { switchesIn, switchOptions } from './emit-switches.js';
import { usageFailure } from './io.js';
import { type SwitchOptions } from './options.js';
import { LIST_FORMATS, LIST_OWNERS } from './output-lists.js';

/** The argument and the options of commands that want the model of their inputs. */
export function addInputs(command: Command): void {
  addArgument(command, `MOF files or patterns such as 'mof/*.mof'; '-' is standard input`);
  addCompilation(command);
  command
    .addOption(
      new Option(
        '--reference <file>',
        'know the classes of this file or folder, and emit nothing for them',
      ).argParser(collect),
    )
    .addOption(
      new Option(
        '--class <names>',
        'only these classes and what they embed; * at the end stands for any rest',
      ).argParser(collectList),
    )
    .addOption(
      new Option(
        '--expensive <names>',
        'collecting these blocks costs something: WMI switches it',
      ).argParser(collectList),
    );
  addObject(command);
  addStandardInput(command);
  addGroup(command, 'Findings:', reportOptions());
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
        'predefine what the compiler of the WDK does: x64 (default), x86, arm64',
      ).argParser(architecture),
    )
    .addOption(
      new Option('--mfl <file>', 'take the localised texts of this file into the input').argParser(
        collect,
      ),
    );
}

function addObject(command: Command): void {
  command.addOption(
    new Option(
      '--object <name>',
      'of an input with several binary MOFs: the one in this ACPI object, such as WQBA, or #2 in a row',
    ).argParser(pathName),
  );
}

function addStandardInput(command: Command): void {
  command.addOption(
    new Option('--stdin-filename <name>', `what to call the input '-'`).argParser(pathName),
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

export function targetOption(
  summary = 'what to emit: names of targets, separated by commas',
): Option {
  return new Option('-t, --target <names>', summary).argParser(targetNames);
}

function outputOption(): Option {
  return new Option('-o, --output <folder>', 'where to write').default('gen').argParser(pathName);
}

/** Where files of targets go. */
export function addOutput(command: Command): void {
  command
    .addOption(outputOption())
    .addOption(
      new Option(
        '--user-output <folder>',
        'where your own files are (default: with the others)',
      ).argParser(pathName),
    );
}

/** The options of commands that make MOF files of MOF files. */
export function addMadeFiles(command: Command): void {
  command
    .addOption(outputOption())
    .addOption(
      new Option('--encoding <name>', 'of what is written')
        .choices(['utf-16le', 'utf-8'])
        .default('utf-16le'),
    )
    .option('-q, --quiet', 'no summary');
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
        'of classes for which no #pragma namespace names one (default: root\\default)',
      ).argParser(pathName),
    )
    .option('-q, --quiet', 'no summary');
}

/** Where decompiled text goes. */
export function addTextOutput(command: Command): void {
  command
    .addOption(
      new Option('-o, --output <file>', 'write the text there (default: print it)').argParser(
        pathName,
      ),
    )
    .option('-q, --quiet', 'no summary');
}

/** The options of targets. */
export function addSwitches(command: Command): void {
  for (const option of switchOptions()) command.addOption(option);
}

export function withNamedSwitches<T extends object>(options: T): T & SwitchOptions {
  return { ...options, emit: switchesIn(options) };
}

/** `first` is what depends on the files when no name is given. */
export function depfileOptions(first: string, conflicts: string[] = []): Option[] {
  return [
    new Option('--depfile <file>', 'write which files were read, for Make and Ninja')
      .argParser(fileName('--depfile'))
      .conflicts(conflicts),
    new Option('--depfile-target <name>', `what depends on them (default: ${first})`).argParser(
      pathName,
    ),
  ];
}

export function buildSystemOptions(): Option[] {
  return [
    ...depfileOptions('the first file of --list-outputs', ['check', 'listOutputs']),
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
    new Option('--acpi', 'what ACPI tables offer to WMI: each GUID, its object, its class'),
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
