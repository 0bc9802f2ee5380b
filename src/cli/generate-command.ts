/**
 * `mofgen generate`: emits the files of every input and writes them, all or nothing.
 *
 * It must not know what any target emits.
 */
import { dirname, resolve } from 'node:path';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { type RenderedFile, type Target } from '../targets/target.js';
import { type AnalyzedInput, analyzeInputs, NO_CLASSES } from './analyze-inputs.js';
import { commitFiles, type PendingFile } from './commit-files.js';
import { depfileText } from './depfile.js';
import { emission, refuseRivals } from './emission.js';
import { type Input, inputsOf, onDisk } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { type GenerateOptions, type SwitchOptions } from './options.js';
import {
  isCurrent,
  isFormattable,
  isSameFile,
  locate,
  type LocatedFile,
  type OutputFile,
  outputPath,
  refuseReadOnly,
} from './output-files.js';
import { type ListedFile, outputList, ownedBy } from './output-lists.js';
import { isPrinted, refuseToPrint } from './printed-output.js';
import { refuseReportOver } from './report-file.js';
import { bannerOf, differenceOf, leftoverFinding, staleFinding } from './stale-files.js';
import { removeLeftovers } from './temporaries.js';

export async function generateCommand(
  args: readonly string[],
  options: GenerateOptions & SwitchOptions,
  io: Io,
): Promise<ExitCode> {
  const { targets, stage } = await emission(options.target, options.switches);
  refuseRivals(targets);
  if (options.format === true) refuseIdleFormat(targets);
  const inputs = inputsOf(args, options, io);
  for (const input of inputs) refuseUnusableName(input);
  const outputs = declaredOutputs(inputs, targets, options);
  if (options.listOutputs === true) {
    if (options.output === '-') {
      throw usageFailure('--list-outputs lists files; name their folder with -o');
    }
    const listed = ownedBy(outputs, options.listOwner ?? 'mofgen');
    io.stdout(outputList(listed, options.listFormat ?? 'lines'));
    return EXIT.ok;
  }
  if (isPrinted(options)) refuseToPrint(outputs, options);
  const written = outputs.filter(({ owner }) => !isPrinted(options, owner));
  const paths = [...written.map(({ path }) => path), options.depfile ?? []].flat();
  refuseReportOver(options, paths, io);
  let emitted: readonly Emitted[] = [];
  const { exitCode } = await analyzeInputs(inputs, options, io, stage, {
    last: async (all) => {
      emitted = await Promise.all(all.map((each) => emittedFiles(each, targets, options, io)));
      return options.check === true ? emitted.flatMap(staleFindings) : [];
    },
  });
  if (options.check === true && (exitCode === EXIT.ok || emitted.some(isStale))) {
    showStale(emitted, options, io);
    return exitCode;
  }
  if (exitCode !== EXIT.ok) return exitCode;
  return write(emitted, depfile(emitted, written, options, io), options, io);
}

interface Emitted {
  readonly input: Input;
  readonly filesRead: readonly string[];
  readonly files: readonly OutputFile[];
  /** Files of mofgen's that are there although nothing is emitted for the input any more. */
  readonly leftovers: readonly Leftover[];
}

interface Leftover {
  readonly shown: string;
  readonly existing: string;
}

/** Throws a usage failure for targets that have nothing for the project's formatter. */
function refuseIdleFormat(targets: readonly Target[]): void {
  const files = targets.flatMap((target) => target.fileNames('any'));
  if (files.some(isFormattable)) return;
  const names = targets.map(({ name }) => name).join(', ');
  throw usageFailure(`--format changes nothing for ${names}; it is for ts`);
}

/** The files of one input, as they are to be and as they are on disk; none without WMI classes. */
async function emittedFiles(
  analyzed: AnalyzedInput<readonly RenderedFile[]>,
  targets: readonly Target[],
  options: GenerateOptions,
  io: Io,
): Promise<Emitted> {
  const { input, filesRead, model } = analyzed;
  if (model.blocks.length === 0) {
    return { input, filesRead, files: [], leftovers: leftoversOf(input, targets, options, io) };
  }
  const files = outputFiles(analyzed, options, io);
  if (options.format !== true) return { input, filesRead, files, leftovers: [] };
  const { formatFiles } = await import('./project-formatter.js');
  return { input, filesRead, files: await formatFiles(files, io), leftovers: [] };
}

function leftoversOf(
  input: Input,
  targets: readonly Target[],
  options: GenerateOptions,
  io: Io,
): Leftover[] {
  if (isPrinted(options)) return [];
  return ownedBy(declaredOutputs([input], targets, options), 'mofgen').flatMap(({ path }) => {
    const { shown, existing } = locate(path, io);
    // A file without the banner may be the user's, and the user must not be told to delete it.
    return existing === undefined || bannerOf(existing) === undefined ? [] : [{ shown, existing }];
  });
}

/** Characters that a module specifier or a Windows file name cannot hold. */
const UNUSABLE = /[\p{Cc}"#%*:<>?|]/u;
/** What Windows takes for a device, whatever the extension (naming files, win32 documentation). */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Emitted files are named after their input, and name each other in import and include lines. */
function refuseUnusableName({ name, base }: Input): void {
  const [character] = UNUSABLE.exec(base) ?? [];
  const reason =
    character === undefined
      ? DEVICE.test(base) && 'Windows takes it for a device'
      : `'${printable(character)}' cannot stand in it`;
  if (reason === false) return;
  throw usageFailure(
    `'${printable(name)}' cannot give its name to files that name each other: ${reason}; rename it`,
  );
}

/**
 * Every file of the run, each once. Throws a usage failure when two inputs would write one; file systems may fold case,
 * so case makes no difference here.
 */
function declaredOutputs(
  inputs: readonly Input[],
  targets: readonly Target[],
  options: GenerateOptions,
): ListedFile[] {
  const outputs = new Map<string, ListedFile & { readonly input: Input }>();
  for (const input of inputs) {
    for (const file of targets.flatMap((target) => target.fileNames(input.base))) {
      const path = outputPath(options, file);
      const key = path.normalize('NFC').toLowerCase();
      const other = outputs.get(key);
      if (other === undefined) {
        outputs.set(key, { path, owner: file.owner, input });
      } else if (other.input !== input) {
        throw usageFailure(
          `'${printable(other.input.name)}' and '${printable(input.name)}' would both be written to ` +
            `'${printable(path)}'; generate them into folders of their own with -o`,
        );
      }
    }
  }
  return [...outputs.values()].map(({ path, owner }) => ({ path, owner }));
}

/** What an input emits and what is on disk in its place; targets may share a file (kmdf contains header). */
function outputFiles(
  { value }: AnalyzedInput<readonly RenderedFile[]>,
  options: GenerateOptions,
  io: Io,
): OutputFile[] {
  const files = new Map<string, OutputFile>();
  for (const rendered of value) {
    const shown = outputPath(options, rendered);
    const same = files.get(shown);
    if (same === undefined) {
      const place = isPrinted(options, rendered.owner)
        ? { shown: rendered.name, path: resolve(io.cwd, rendered.name), existing: undefined }
        : locate(shown, io);
      files.set(shown, { rendered, ...place });
    } else if (same.rendered.text !== rendered.text) {
      throw usageFailure(
        `two of the targets ${options.target.join(', ')} would write different texts to ` +
          `'${printable(shown)}'; generate them into folders of their own with -o`,
      );
    }
  }
  return [...files.values()];
}

/** The depfile that is to be written with the rest, if one is wanted and its text is not there already. */
function depfile(
  emitted: readonly Emitted[],
  outputs: readonly ListedFile[],
  options: GenerateOptions,
  io: Io,
): PendingFile[] {
  if (options.depfile === undefined) return [];
  const filesRead = new Set(emitted.flatMap((each) => onDisk(each.filesRead, each.input)));
  const first = ownedBy(outputs, 'mofgen')[0] ?? outputs[0];
  const text = depfileText(options.depfileTarget ?? first?.path ?? '', [...filesRead]);
  const file = locate(options.depfile, io);
  const others = [...outputs.map((output) => output.path), ...filesRead];
  if (others.some((other) => isSameFile(file, other, io))) {
    throw usageFailure(`the depfile '${printable(file.shown)}' is an input or an output itself`);
  }
  return text === file.existing ? [] : [pendingFile(file, text, 'replace')];
}

function staleFindings({ input, files, leftovers }: Emitted): Diagnostic[] {
  const stale = files.filter((file) => !isCurrent(file)).map(staleFinding);
  return [
    ...stale,
    ...leftovers.map(({ shown, existing }) => leftoverFinding(shown, existing, input.name)),
  ];
}

function isStale({ files, leftovers }: Emitted): boolean {
  return leftovers.length > 0 || files.some((file) => !isCurrent(file));
}

/** The paths of files that `generate` would write are the data; how they differ is for people. */
function showStale(emitted: readonly Emitted[], options: GenerateOptions, io: Io): void {
  for (const { input, files, leftovers } of emitted) {
    const missing = files.filter((file) => file.existing === undefined);
    const stale = files.filter((file) => file.existing !== undefined && !isCurrent(file));
    for (const file of files) {
      if (!isCurrent(file)) io.stdout(`${printable(file.shown)}\n`);
    }
    for (const { shown } of leftovers) io.stdout(`${printable(shown)}\n`);
    summarize(options, io, input, [
      [stale.length + leftovers.length, 'stale'],
      [missing.length, 'missing'],
      [files.length - stale.length - missing.length, 'current'],
    ]);
    if (options.quiet === true && options.fullDiff !== true) continue;
    for (const file of stale) io.stderr(differenceOf(file, options.fullDiff === true));
  }
}

function write(
  emitted: readonly Emitted[],
  more: readonly PendingFile[],
  options: GenerateOptions,
  io: Io,
): ExitCode {
  const pending = new Map<OutputFile, PendingFile>();
  const printed: OutputFile[] = [];
  for (const file of emitted.flatMap(({ files }) => files)) {
    const { rendered } = file;
    if (isPrinted(options, rendered.owner)) printed.push(file);
    else if (!isCurrent(file)) {
      const mode = rendered.owner === 'user' ? 'create' : 'replace';
      pending.set(file, pendingFile(file, rendered.text, mode));
    }
  }
  refuseToReplaceInputs([...pending.keys()], emitted, io);
  const changes = [...pending.values(), ...more];
  const changedFolders = new Set(changes.map(({ path }) => dirname(path)));
  const inFolders = emitted.flatMap(({ files }) => files).filter((file) => !printed.includes(file));
  for (const folder of new Set(inFolders.map(({ path }) => dirname(path)))) {
    // commitFiles does the others.
    if (!changedFolders.has(folder)) removeLeftovers(folder);
  }
  const kept = commitFiles(changes);
  for (const { rendered } of printed) {
    if (rendered.owner === 'mofgen') io.stdout(rendered.text);
  }
  for (const { input, files, leftovers } of emitted) {
    const inFiles = files.filter((file) => !printed.includes(file));
    const written = inFiles.filter((file) => pending.has(file) && !kept.has(file.path));
    const rest = inFiles.filter((file) => !written.includes(file));
    const yours = rest.filter((file) => file.rendered.owner === 'user');
    summarize(options, io, input, [
      [written.length, 'written'],
      [rest.length - yours.length, 'unchanged'],
      [yours.length, 'kept (yours)'],
      [
        printed.filter((file) => files.includes(file) && file.rendered.owner === 'mofgen').length,
        'printed',
      ],
    ]);
    for (const { shown } of leftovers) {
      io.stderr(`${printable(shown)}: left from when there were some; remove it\n`);
    }
  }
  return EXIT.ok;
}

/** Throws a usage failure when a file that is to be replaced is one of those that were read, such as an included header. */
function refuseToReplaceInputs(
  files: readonly OutputFile[],
  emitted: readonly Emitted[],
  io: Io,
): void {
  const replaced = files.filter(
    ({ rendered, existing }) => rendered.owner === 'mofgen' && existing !== undefined,
  );
  if (replaced.length === 0) return;
  const names = emitted.flatMap(({ filesRead, input }) => onDisk(filesRead, input));
  const filesRead = [...new Set(names)];
  for (const file of replaced) {
    if (filesRead.some((read) => isSameFile(file, read, io))) {
      throw usageFailure(
        `'${printable(file.shown)}' would replace what was read; name a folder with -o`,
      );
    }
  }
}

function pendingFile(file: LocatedFile, text: string, mode: PendingFile['mode']): PendingFile {
  if (file.existing !== undefined) refuseReadOnly(file);
  return { path: file.path, shown: file.shown, text, mode };
}

/** `smart-fan.mof: 2 written, 1 unchanged, 1 kept (yours)` */
function summarize(
  options: GenerateOptions,
  io: Io,
  input: Input,
  counts: readonly (readonly [number, string])[],
): void {
  const parts = counts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`);
  // That nothing comes of an input is no summary, but news.
  if (parts.length === 0)
    io.stderr(`${printable(input.name)}: ${NO_CLASSES}, nothing to generate\n`);
  else if (options.quiet !== true) io.stderr(`${printable(input.name)}: ${parts.join(', ')}\n`);
}
