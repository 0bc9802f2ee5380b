/**
 * `mofgen generate`: emits the files of every input and writes them, all or nothing.
 *
 * It must not know what any target emits.
 */
import { join } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { emit } from '../generate.js';
import { type Target } from '../targets/target.js';
import { analyzeInputs, type AnalyzedInput } from './analyze-inputs.js';
import { commitFiles, type PendingFile } from './commit-files.js';
import { type Input, inputsOf } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { type GenerateOptions } from './options.js';
import { isCurrent, locate, type OutputFile, textToWrite } from './output-files.js';
import { wantedTargets } from './wanted-targets.js';

export async function generateCommand(
  args: readonly string[],
  options: GenerateOptions,
  io: Io,
): Promise<ExitCode> {
  const targets = wantedTargets(options.target);
  const inputs = inputsOf(args, io);
  for (const input of inputs) refuseUnusableName(input);
  refuseCollisions(inputs, targets);
  if (options.listOutputs === true) {
    listOutputs(inputs, targets, options, io);
    return EXIT.ok;
  }
  const { analyzed, exitCode } = await analyzeInputs(inputs, options, io);
  if (exitCode !== EXIT.ok) return exitCode;
  const emitted = analyzed.map((each) => ({
    input: each.input,
    files: outputFiles(each, targets, options, io),
  }));
  return options.check === true ? check(emitted, options, io) : write(emitted, options, io);
}

interface Emitted {
  readonly input: Input;
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

/** Two inputs that would write one file; file systems may fold case, so case makes no difference here. */
function refuseCollisions(inputs: readonly Input[], targets: readonly Target[]): void {
  const writerOf = new Map<string, Input>();
  for (const input of inputs) {
    for (const name of namesOf(input, targets)) {
      const key = name.normalize('NFC').toLowerCase();
      const other = writerOf.get(key) ?? input;
      if (other !== input) {
        throw usageFailure(
          `'${printable(other.name)}' and '${printable(input.name)}' would both be written to ` +
            `'${printable(name)}'; generate them into folders of their own with -o`,
        );
      }
      writerOf.set(key, input);
    }
  }
}

function namesOf(input: Input, targets: readonly Target[]): string[] {
  return targets.flatMap((target) => target.fileNames(input.base).map((file) => file.name));
}

function listOutputs(
  inputs: readonly Input[],
  targets: readonly Target[],
  options: GenerateOptions,
  io: Io,
): void {
  const names = new Set(inputs.flatMap((input) => namesOf(input, targets)));
  for (const name of names) io.stdout(`${printable(join(options.output, name))}\n`);
}

/** What an input emits and what is on disk in its place; targets may share a file (kmdf contains header). */
function outputFiles(
  { input, model }: AnalyzedInput,
  targets: readonly Target[],
  options: GenerateOptions,
  io: Io,
): OutputFile[] {
  const names = targets.map((target) => target.name);
  const files = new Map<string, OutputFile>();
  for (const rendered of emit(model, input.fileName, { targets: names }).value) {
    const same = files.get(rendered.name);
    if (same === undefined) {
      files.set(rendered.name, { rendered, ...locate(options.output, rendered.name, io) });
    } else if (same.rendered.text !== rendered.text) {
      throw new Error(`two targets emit different texts for '${rendered.name}'`);
    }
  }
  return [...files.values()];
}

/** The paths of files that `generate` would write are the data; what they are and what to do is talk. */
function check(emitted: readonly Emitted[], options: GenerateOptions, io: Io): ExitCode {
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
  }
  if (outdated === 0) return EXIT.ok;
  io.stderr(`the same command without --check writes ${outdated === 1 ? 'it' : 'them'}\n`);
  return EXIT.findings;
}

async function write(
  emitted: readonly Emitted[],
  options: GenerateOptions,
  io: Io,
): Promise<ExitCode> {
  const pending = new Map<OutputFile, PendingFile>();
  for (const file of emitted.flatMap(({ files }) => files)) {
    const text = await textToWrite(file, options.format);
    if (text === undefined) continue;
    const mode = file.rendered.owner === 'user' ? 'create' : 'replace';
    pending.set(file, { path: file.path, shown: file.shown, text, mode });
  }
  const overtaken = commitFiles([...pending.values()]);
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
