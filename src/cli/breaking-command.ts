/** `mofgen breaking`: reports the changes that consumers of the old texts would notice. */
import { breakingChanges, type ComparedText } from '../breaking/breaking-changes.js';
import { type Diagnostic, isError } from '../diagnostics/diagnostic.js';
import { type Batch } from '../diagnostics/finish.js';
import { printable } from '../diagnostics/printable.js';
import { type NamedBytes } from '../compile/input-compilation.js';
import { type Model } from '../model/model.js';
import { analyzeJobs, modelOnly } from './analyze-inputs.js';
import { type AnalyzedInput, analyzePart } from './analyze-part.js';
import { earlierFiles, type EarlierFiles } from './earlier-files.js';
import { inputSplitter } from './input-parts.js';
import { type Input, localizedFiles, readInput, referenceFiles } from './inputs.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { ioFailure, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type Job } from './jobs.js';
import { type BreakingJobOptions, type BreakingOptions } from './option-types.js';
import { policyOf } from './report.js';

/** An input and its old state; a side is absent where the file was added or removed. */
interface Pair {
  readonly now: Input | undefined;
  readonly before: Input | undefined;
}

export async function breakingCommand(
  jobs: readonly Job<BreakingJobOptions>[],
  options: BreakingOptions,
  io: Io,
): Promise<ExitCode> {
  const { against } = options;
  if (against === undefined) {
    throw usageFailure(
      `breaking compares with an earlier text; write --against and a file, a folder or git:REV, such as git:HEAD`,
    );
  }
  const comparisons: Comparison[] = [];
  for (const job of jobs) comparisons.push(await comparisonOf(job, against, io));
  const pairs = comparisons.flatMap((each) => each.pairs);
  const analysisJobs = jobs.map((job) => ({ ...job, further: modelOnly }));
  const { exitCode } = await analyzeJobs(analysisJobs, options, io, {
    isStdoutFree: true,
    isErrorsOnly: true,
    alsoRead: pairs.flatMap(({ before }) => (before?.path === undefined ? [] : before.name)),
    last: (analyses) =>
      Promise.all(comparisons.map((each, index) => compare(each, analyses[index] ?? [], io))),
  });
  if (exitCode === EXIT.ok && options.quiet !== true) {
    // An input may be in several jobs.
    const lines = comparisons.flatMap((each) => summary(each.pairs, each.earlier));
    for (const line of new Set(lines)) io.stderr(`${line}\n`);
  }
  return exitCode;
}

/** The comparison of one job. */
interface Comparison {
  readonly options: BreakingJobOptions;
  readonly pairs: readonly Pair[];
  readonly earlier: EarlierFiles;
}

async function comparisonOf(
  { inputs, patterns, options }: Job<BreakingJobOptions>,
  against: string,
  io: Io,
): Promise<Comparison> {
  const earlier = await earlierFiles(against, { inputs, include: options.include ?? [] }, io);
  return { options, earlier, pairs: pairsOf(inputs, patterns, earlier) };
}

/** The changes that consumers of a job's old texts would notice, or the errors of those texts. */
async function compare(
  { options, pairs, earlier }: Comparison,
  analyzed: Analyzed,
  io: Io,
): Promise<Batch> {
  const { allow } = policyOf(options);
  const allows = ({ code }: Diagnostic) => allow.has(code);
  refuseEmptyComparison(pairs, earlier);
  const old = await analyzeEarlier(pairs, earlier, { options, io, allows });
  const errors = old.diagnostics.filter(isError);
  if (errors.length > 0) return { diagnostics: errors };
  return {
    diagnostics: breakingChanges(pairs.map((pair) => compared(pair, analyzed, old.analyzed))),
    files: analyzed.flatMap(({ filesRead }) => filesRead),
    suppressions: analyzed,
  };
}

/** Each input with its old state, and the old files that patterns find beyond. */
function pairsOf(
  inputs: readonly Input[],
  patterns: readonly string[],
  earlier: EarlierFiles,
): readonly Pair[] {
  const { only, title } = earlier;
  if (only !== undefined) {
    return inputs.map((now, index) => ({ now, before: index === 0 ? only : undefined }));
  }
  const nameless = inputs.find(({ path, name }) => path === undefined && name === '<stdin>');
  if (nameless !== undefined) {
    throw usageFailure(
      `the input '-' has no name to look for in '${printable(title)}'; --stdin-filename gives it one`,
    );
  }
  const pairs: Pair[] = inputs.map((now) => ({ now, before: earlier.counterpart(now) }));
  const known = new Set(pairs.map(({ before }) => before?.name));
  for (const before of patterns.flatMap(earlier.matching)) {
    if (known.has(before.name)) continue;
    known.add(before.name);
    pairs.push({ now: undefined, before });
  }
  return pairs;
}

/** Throws when no input has an old state, which is more likely a mistyped place than a first version. */
function refuseEmptyComparison(pairs: readonly Pair[], { title }: EarlierFiles): void {
  const [first, ...others] = pairs;
  if (first?.now === undefined || pairs.some(({ before }) => before !== undefined)) return;
  const more = others.length > 0 ? ', nor is any other input' : '';
  const advice = title.startsWith('git:') ? 'git:REV:path names' : '--against also takes';
  throw ioFailure(
    `'${printable(first.now.name)}' is not in '${printable(title)}'${more}; ${advice} the old file itself`,
  );
}

/** The options of the old files, which are those of the inputs. */
interface Analysis {
  readonly options: BreakingJobOptions;
  readonly io: Io;
  readonly allows: (finding: Diagnostic) => boolean;
}

type Analyzed = readonly AnalyzedInput<undefined>[];

async function analyzeEarlier(
  pairs: readonly Pair[],
  earlier: EarlierFiles,
  { options, io, allows }: Analysis,
): Promise<{ readonly analyzed: Analyzed; readonly diagnostics: readonly Diagnostic[] }> {
  const bytesOf = async (file: Input, isOld: boolean): Promise<Uint8Array> => {
    const bytes = await (isOld ? earlier.read(file) : readInput(file, io));
    if (bytes instanceof Uint8Array) return bytes;
    throw ioFailure(bytes.message);
  };
  const mfl: NamedBytes[] = [];
  for (const file of localizedFiles([], options, io)) {
    const old = earlier.counterpart(file);
    // The old state had no localised texts.
    if (old !== undefined) mfl.push({ name: old.name, bytes: await bytesOf(old, true) });
  }
  const references: NamedBytes[] = [];
  for (const file of referenceFiles(options, io)) {
    const old = earlier.counterpart(file);
    const bytes = await bytesOf(old ?? file, old !== undefined);
    references.push({ name: (old ?? file).name, bytes });
  }
  const files = { mfl, references };
  const splitter = inputSplitter(options);
  const analyzed: AnalyzedInput<undefined>[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { before } of pairs) {
    if (before === undefined) continue;
    const { parts, diagnostics: ofFile } = splitter.partsOf(before, await bytesOf(before, true));
    diagnostics.push(...ofFile);
    for (const part of parts) {
      const { readInclude } = earlier;
      const found = analyzePart(part, { options, readInclude, files, allows, further: modelOnly });
      if (found.analyzed !== undefined) analyzed.push(found.analyzed);
      diagnostics.push(...found.batch.diagnostics);
    }
  }
  const failure = splitter.failure(true);
  if (failure !== undefined) throw failure;
  return { analyzed, diagnostics: diagnostics.filter((each) => !allows(each)) };
}

function compared({ now, before }: Pair, analyzed: Analyzed, old: Analyzed): ComparedText {
  const ofFile = (all: Analyzed, file: Input | undefined) =>
    all.filter(({ input }) => (input.within ?? input.name) === file?.name);
  const source = ofFile(analyzed, now)[0]?.source;
  return {
    now: wholeModel(ofFile(analyzed, now)),
    before: wholeModel(ofFile(old, before)),
    place: source && { source, span: { start: 0, end: 0 } },
  };
}

/** The models of the parts of a file as one. */
function wholeModel(parts: Analyzed): Model | undefined {
  if (parts.length === 0) return undefined;
  return {
    classes: parts.flatMap(({ model }) => model.classes),
    blocks: parts.flatMap(({ model }) => model.blocks),
    errors: [],
  };
}

function summary(pairs: readonly Pair[], { only, title }: EarlierFiles): readonly string[] {
  return pairs.flatMap(({ now, before }) => {
    if (now === undefined) return [];
    const old = only ?? before;
    return old === undefined
      ? `${printable(now.name)}: new, not in ${printable(title)}`
      : `${printable(now.name)}: ok, compared with ${printable(old.name)}`;
  });
}
