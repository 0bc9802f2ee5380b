/**
 * Reads and analyses all inputs of a run and reports the findings: the first half of every command that needs models.
 *
 * A command may add a stage whose findings are reported with the rest.
 */
import { type Diagnostic, diagnostic, hasErrors } from '../diagnostics/diagnostic.js';
import { type Batch, finish, reportsErrors } from '../diagnostics/finish.js';
import { type Policy } from '../diagnostics/policy.js';
import {
  type AnalyzedInput,
  analyzePart,
  type FurtherStage,
  type PartAnalysis,
  type PartialInput,
} from './analyze-part.js';
import { includeReader, warnOfMissingFolders } from './include-reader.js';
import { inputSplitter } from './input-parts.js';
import { type Input, localizedFiles, referenceFiles } from './inputs.js';
import { EXIT } from './exit-codes.js';
import { CommandFailure } from './failures.js';
import { type Io } from './io.js';
import { forJob, type JobSource } from './jobs.js';
import { type CommonOptions } from './option-types.js';
import { policyOf, reporter } from './report.js';
import { runFiles } from './run-files.js';

export interface Analysis<T> {
  /** Empty when any input has errors, because a run with errors must change nothing. */
  readonly analyzed: readonly AnalyzedInput<T>[];
  /** All inputs of a run in which some have errors, for showing only; empty when one could not be read. */
  readonly partial: readonly PartialInput[];
  readonly exitCode: typeof EXIT.ok | typeof EXIT.findings | typeof EXIT.inputOutput;
}

/** Inputs that are analysed with the same options. */
export interface AnalysisJob<T> {
  readonly inputs: readonly Input[];
  readonly options: CommonOptions;
  readonly further: FurtherStage<T>;
  readonly source?: JobSource;
}

/** The analyses of several jobs; each is empty when any input of the run has errors. */
export interface JointAnalysis<T> {
  /** In the order of the jobs. */
  readonly analyses: readonly (readonly AnalyzedInput<T>[])[];
  readonly partial: readonly PartialInput[];
  readonly exitCode: Analysis<T>['exitCode'];
  /** The names of the files on the disk that each input depends on, whatever was found in them. */
  readonly dependencies: ReadonlyMap<Input, ReadonlySet<string>>;
}

/** A stage that runs once all inputs are free of errors; returns the findings of each job. */
export type LastStage<T> = (
  analyses: readonly (readonly AnalyzedInput<T>[])[],
) => Promise<readonly Batch[]>;

export interface AnalysisForm {
  /** Whether standard output is free for a report. */
  readonly isStdoutFree?: boolean;
  /** Whether each input has to be one text: outputs are named after it. */
  readonly isSingle?: boolean;
  /** Whether warnings about the inputs are left to `mofgen check`. */
  readonly isErrorsOnly?: boolean;
  /** Further files that a report must not replace. */
  readonly alsoRead?: readonly string[];
}

/** What an input without output lacks, as messages word it. */
export const NO_CLASSES = 'no WMI classes (classes with the qualifiers WMI and guid)';

/** For commands that want the model and no more. */
export const modelOnly: FurtherStage<undefined> = () => ({ value: undefined, diagnostics: [] });

/**
 * Analyses all inputs, each a compilation of its own, and reports their diagnostics: on stderr, or as a document on stdout
 * for a command that has no data of its own.
 */
export async function analyzeInputs<T>(
  inputs: readonly Input[],
  options: CommonOptions,
  io: Io,
  further: FurtherStage<T>,
  form: AnalysisForm = {},
): Promise<Analysis<T>> {
  const { analyses, ...rest } = await analyzeJobs(
    [{ inputs, options, further }],
    options,
    io,
    form,
  );
  return { ...rest, analyzed: analyses.flat() };
}

/**
 * The same for several jobs. Findings go into one report, each once, under the policy of its job. `report` has the options of
 * the report. `last` runs after all inputs, and its findings are reported with the rest.
 */
export async function analyzeJobs<T>(
  jobs: readonly AnalysisJob<T>[],
  report: CommonOptions,
  io: Io,
  form: AnalysisForm & { readonly last?: LastStage<T> } = {},
): Promise<JointAnalysis<T>> {
  const { print } = reporter(report, io, form.isStdoutFree === true);
  const policies: { readonly job: AnalysisJob<T>; readonly policy: Policy }[] = [];
  for (const job of jobs) {
    policies.push({ job, policy: await forJob(job, () => policyOf(job.options)) });
  }
  warnOfMissingFolders(
    jobs.flatMap(({ options }) => options.include ?? []),
    io,
  );
  const collected: CollectedJob<T>[] = [];
  for (const { job, policy } of policies) {
    collected.push(await forJob(job, () => collect(job, policy, io, form)));
  }
  const isUnreadable = collected.some((each) => each.isUnreadable);
  let failure = collected.map((each) => each.failure).find((each) => each !== undefined);
  let ofLast: readonly Batch[] = [];
  const isGood = !isUnreadable && !reportsErrors(collected.flatMap(({ batches }) => batches));
  if (form.last !== undefined && failure === undefined && isGood) {
    try {
      ofLast = await form.last(collected.map(({ analyzed }) => analyzed));
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      failure = error;
    }
  }
  const filesRead = new Set([
    ...collected.flatMap(({ names }) => [...names]),
    ...(form.alsoRead ?? []),
  ]);
  const diagnostics = finish(
    collected.flatMap(({ batches, policy }, index) => {
      const last = ofLast[index];
      return last === undefined ? batches : [...batches, { ...last, policy }];
    }),
  );
  await print(diagnostics, filesRead);
  // Only now: a folder in the place of an output must not hide the findings about the inputs.
  if (failure !== undefined) throw failure;
  const partial = collected.flatMap((each) => each.partial);
  const dependencies = new Map(collected.flatMap((each) => [...each.dependencies]));
  const nothing = { analyses: jobs.map(() => []), dependencies };
  if (isUnreadable) return { ...nothing, partial: [], exitCode: EXIT.inputOutput };
  if (hasErrors(diagnostics)) return { ...nothing, partial, exitCode: EXIT.findings };
  const analyses = collected.map(({ analyzed }) => analyzed);
  return { analyses, partial: [], dependencies, exitCode: EXIT.ok };
}

/** The result of one job, before anything is reported. */
interface CollectedJob<T> {
  readonly analyzed: readonly AnalyzedInput<T>[];
  readonly partial: readonly PartialInput[];
  /** With the policy of the job. */
  readonly batches: readonly Batch[];
  readonly policy: Policy;
  /** The names of the files on the disk that were read. */
  readonly names: ReadonlySet<string>;
  readonly dependencies: JointAnalysis<T>['dependencies'];
  readonly isUnreadable: boolean;
  readonly failure: CommandFailure | undefined;
}

async function collect<T>(
  { inputs, options, further }: AnalysisJob<T>,
  policy: Policy,
  io: Io,
  { isSingle = false, isErrorsOnly = false }: AnalysisForm,
): Promise<CollectedJob<T>> {
  const analyzed: AnalyzedInput<T>[] = [];
  const partial: PartialInput[] = [];
  const batches: Batch[] = [];
  const add = (batch: Batch) => {
    batches.push({ ...batch, policy: isErrorsOnly ? { ...policy, errorsOnly: true } : policy });
  };
  const files = runFiles(io, (finding) => {
    add({ diagnostics: [finding] });
  });
  const mfl = await files.readAll(localizedFiles(inputs, options, io));
  const references = await files.readAll(referenceFiles(options, io));
  const allows = ({ code }: Diagnostic) => policy.allow.has(code);
  const readInclude = (input: Input) => includeReader(input, options.include ?? [], io);
  const stages: PartAnalysis<T> = {
    options,
    readInclude,
    files: { mfl, references },
    allows,
    further,
  };
  let unmatched: readonly string[] = [...(options.class ?? []), ...(options.expensive ?? [])];
  const splitter = inputSplitter(options, { isSingle });
  const shared = [...files.names];
  const dependencies = new Map<Input, Set<string>>();
  for (const input of inputs) {
    const ofInput = new Set(input.path === undefined ? shared : [...shared, input.name]);
    dependencies.set(input, ofInput);
    const bytes = await files.read(input);
    if (bytes === undefined) continue;
    const { parts, diagnostics: ofFile } = splitter.partsOf(input, bytes);
    add({ diagnostics: ofFile });
    for (const part of parts) {
      const found = analyzePart(part, stages);
      if (found.analyzed !== undefined) analyzed.push(found.analyzed);
      partial.push(found.partial);
      add(found.batch);
      for (const name of found.filesOnDisk) {
        files.names.add(name);
        ofInput.add(name);
      }
      unmatched = unmatched.filter((each) => found.unmatchedNames.includes(each));
    }
  }
  const isUnreadable = files.hasUnreadable();
  const failure = splitter.failure(!isUnreadable);
  // A job without inputs looks for what earlier runs left.
  if (!isUnreadable && failure === undefined && inputs.length > 0) {
    const help = '--class and --expensive take names of classes; a * at the end matches any rest';
    add({
      diagnostics: [...new Set(unmatched)].map((name) =>
        diagnostic('MOF1904', undefined, `no class is called '${name}'`, { help }),
      ),
    });
  }
  const { names } = files;
  return {
    analyzed,
    partial,
    batches,
    policy,
    names,
    dependencies,
    isUnreadable,
    failure,
  };
}
