/**
 * Reads and analyses every input of a run and reports what was found: the first half of every command that wants a model.
 *
 * It must not know what a command does with the models; a command may add a stage of its own to be reported with the rest.
 */
import { type Diagnostic, diagnostic, hasErrors } from '../diagnostics/diagnostic.js';
import {
  type AnalyzedInput,
  analyzePart,
  type FurtherStage,
  type PartAnalysis,
  type PartialInput,
} from './analyze-part.js';
import { warnOfMissingFolders } from './include-reader.js';
import { inputSplitter } from './input-parts.js';
import { type Input, localizedFiles, referenceFiles } from './inputs.js';
import { CommandFailure, EXIT, type Io } from './io.js';
import { type CommonOptions } from './options.js';
import { reporter } from './report.js';
import { runFiles } from './run-files.js';

export interface Analysis<T> {
  /** Empty when any input has errors: nothing may be done with the others then. */
  readonly analyzed: readonly AnalyzedInput<T>[];
  /** All inputs of a run in which some have errors, for showing only; empty when one could not be read. */
  readonly partial: readonly PartialInput[];
  readonly exitCode: typeof EXIT.ok | typeof EXIT.findings | typeof EXIT.inputOutput;
}

/** What a command finds once every input is free of errors, beyond the inputs. */
export type LastStage<T> = (
  analyzed: readonly AnalyzedInput<T>[],
) => Promise<readonly Diagnostic[]> | readonly Diagnostic[];

export interface AnalysisForm<T> {
  /** Whether standard output is free for a report. */
  readonly isStdoutFree?: boolean;
  /** Whether each input has to be one text: outputs are named after it. */
  readonly isSingle?: boolean;
  readonly last?: LastStage<T>;
}

/** What is missing in a text of which nothing can be generated. */
export const NO_CLASSES = 'no WMI classes (classes with the qualifiers WMI and guid)';

/** For commands that want the model and no more. */
export const modelOnly: FurtherStage<undefined> = () => ({ value: undefined, diagnostics: [] });

/**
 * Analyses all inputs, each a compilation of its own, and reports their diagnostics: on stderr, or as a document on stdout
 * for a command that has no data of its own. `last` comes after all of them, and its findings are reported with the rest.
 */
export async function analyzeInputs<T>(
  inputs: readonly Input[],
  options: CommonOptions,
  io: Io,
  further: FurtherStage<T>,
  { isStdoutFree = false, isSingle = false, last }: AnalysisForm<T> = {},
): Promise<Analysis<T>> {
  const { allows, judge, tell } = reporter(options, io, isStdoutFree);
  warnOfMissingFolders(options, io);
  const analyzed: AnalyzedInput<T>[] = [];
  const partial: PartialInput[] = [];
  const diagnostics: Diagnostic[] = [];
  const files = runFiles(io, (finding) => diagnostics.push(finding));
  const mfl = await files.readAll(localizedFiles(inputs, options, io));
  const references = await files.readAll(referenceFiles(options, io));
  const stages: PartAnalysis<T> = { options, io, files: { mfl, references }, allows, further };
  let unmatched: readonly string[] = [...(options.class ?? []), ...(options.expensive ?? [])];
  const splitter = inputSplitter(options, { isSingle });
  for (const input of inputs) {
    const bytes = await files.read(input);
    if (bytes === undefined) continue;
    const { parts, diagnostics: ofFile } = splitter.partsOf(input, bytes);
    for (const each of ofFile) diagnostics.push(each);
    for (const part of parts) {
      const found = analyzePart(part, stages);
      if (found.analyzed !== undefined) analyzed.push(found.analyzed);
      partial.push(found.partial);
      for (const each of found.diagnostics) diagnostics.push(each);
      for (const name of found.filesOnDisk) files.names.add(name);
      unmatched = unmatched.filter((each) => found.unmatchedNames.includes(each));
    }
  }
  const unreadable = files.hasUnreadable();
  if (!unreadable && splitter.failure() === undefined) {
    for (const name of new Set(unmatched)) {
      diagnostics.push(
        diagnostic('MOF1904', undefined, `no class is called '${name}'`, {
          help: '--class and --expensive take names of classes; * at the end stands for any rest',
        }),
      );
    }
  }
  let failure = splitter.failure();
  if (
    failure === undefined &&
    last !== undefined &&
    !unreadable &&
    !hasErrors(judge(diagnostics))
  ) {
    try {
      for (const each of await last(analyzed)) diagnostics.push(each);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      failure = error;
    }
  }
  const judged = judge(diagnostics);
  await tell(judged, files.names);
  // Only now: a folder in the place of an output must not hide the findings about the inputs.
  if (failure !== undefined) throw failure;
  if (unreadable) return { analyzed: [], partial: [], exitCode: EXIT.inputOutput };
  if (hasErrors(judged)) return { analyzed: [], partial, exitCode: EXIT.findings };
  return { analyzed, partial: [], exitCode: EXIT.ok };
}
