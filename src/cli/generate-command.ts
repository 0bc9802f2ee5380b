/**
 * `mofgen generate`: emits the files of every input and writes them, all or nothing.
 *
 * It must not know what any target emits.
 */
import { printable } from '../diagnostics/printable.js';
import { type RenderedFile, type Target } from '../targets/target.js';
import { analyzeInputs, type AnalyzedInput } from './analyze-inputs.js';
import { commitFiles, type PendingFile } from './commit-files.js';
import { depfileText } from './depfile.js';
import { emission, refuseRivals } from './emission.js';
import { type Input, inputsOf, onDisk } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { type GenerateOptions, type SwitchOptions } from './options.js';
import {
  type LocatedFile,
  isCurrent,
  isSameFile,
  locate,
  type OutputFile,
  outputPath,
  refuseReadOnly,
  textToWrite,
} from './output-files.js';
import { type ListedFile, outputList, ownedBy } from './output-lists.js';
import { refuseReportOver } from './report-file.js';
import { differenceOf } from './stale-files.js';

export async function generateCommand(
  args: readonly string[],
  options: GenerateOptions & SwitchOptions,
  io: Io,
): Promise<ExitCode> {
  const { targets, stage } = await emission(options.target, options.switches);
  refuseRivals(targets);
  const inputs = inputsOf(args, options, io);
  for (const input of inputs) refuseUnusableName(input);
  const outputs = declaredOutputs(inputs, targets, options);
  if (options.listOutputs === true) {
    const listed = ownedBy(outputs, options.listOwner ?? 'mofgen');
    io.stdout(outputList(listed, options.listFormat ?? 'lines'));
    return EXIT.ok;
  }
  const written = [...outputs.map(({ path }) => path), options.depfile ?? []].flat();
  refuseReportOver(options, written, io);
  const { analyzed, exitCode } = await analyzeInputs(inputs, options, io, stage);
  if (exitCode !== EXIT.ok) return exitCode;
  const emitted = analyzed.map((each) => ({ ...each, files: outputFiles(each, options, io) }));
  if (options.check === true) return check(emitted, options, io);
  return write(emitted, depfile(emitted, outputs, options, io), options, io);
}

interface Emitted {
  readonly input: Input;
  readonly filesRead: readonly string[];
  readonly files: readonly OutputFile[];
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
      files.set(shown, { rendered, ...locate(shown, io) });
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

/** The paths of files that `generate` would write are the data; what they are and how they differ is talk. */
async function check(
  emitted: readonly Emitted[],
  options: GenerateOptions,
  io: Io,
): Promise<ExitCode> {
  let outdated = 0;
  for (const { input, files } of emitted) {
    const missing = files.filter((file) => file.existing === undefined);
    const stale = files.filter((file) => file.existing !== undefined && !isCurrent(file));
    outdated += missing.length + stale.length;
    for (const file of files) {
      if (!isCurrent(file)) io.stdout(`${printable(file.shown)}\n`);
    }
    summarize(options, io, input, [
      [stale.length, 'stale'],
      [missing.length, 'missing'],
      [files.length - stale.length - missing.length, 'current'],
    ]);
    for (const file of stale) {
      io.stderr(`${printable(file.shown)}: edited by hand or out of date\n`);
      if (options.quiet !== true) io.stderr(await differenceOf(file));
    }
  }
  if (outdated === 0) return EXIT.ok;
  io.stderr(`the same command without --check writes ${outdated === 1 ? 'it' : 'them'}\n`);
  return EXIT.findings;
}

async function write(
  emitted: readonly Emitted[],
  more: readonly PendingFile[],
  options: GenerateOptions,
  io: Io,
): Promise<ExitCode> {
  const pending = new Map<OutputFile, PendingFile>();
  for (const file of emitted.flatMap(({ files }) => files)) {
    const text = await textToWrite(file, options.format);
    if (text === undefined) continue;
    const mode = file.rendered.owner === 'user' ? 'create' : 'replace';
    pending.set(file, pendingFile(file, text, mode));
  }
  const overtaken = commitFiles([...pending.values(), ...more]);
  for (const { input, files } of emitted) {
    const written = files.filter((file) => pending.has(file) && !overtaken.has(file.path));
    const rest = files.filter((file) => !written.includes(file));
    const kept = rest.filter((file) => file.rendered.owner === 'user');
    summarize(options, io, input, [
      [written.length, 'written'],
      [rest.length - kept.length, 'unchanged'],
      [kept.length, 'kept (yours)'],
    ]);
  }
  return EXIT.ok;
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
  if (options.quiet === true) return;
  const parts = counts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`);
  io.stderr(`${printable(input.name)}: ${parts.join(', ')}\n`);
}
