/**
 * Reads and analyses every input of a run and reports what was found: the first half of every command that wants a model.
 *
 * It must not know what a command does with the models; a command may add a stage of its own to be reported with the rest.
 */
import { type Diagnostic, diagnostic, hasErrors, type Result } from '../diagnostics/diagnostic.js';
import { inReadingOrder } from '../diagnostics/order.js';
import { type Analysis as FoundInText, analyze } from '../analyze.js';
import { type Model } from '../model/model.js';
import { includeReader, warnOfMissingFolders } from './include-reader.js';
import { inputSplitter } from './input-parts.js';
import {
  type Input,
  localizedFiles,
  onDisk,
  readInput,
  referenceFiles,
  withContainer,
} from './inputs.js';
import { CommandFailure, EXIT, type Io } from './io.js';
import { type CommonOptions } from './options.js';
import { reporter } from './report.js';

/** An input that was read and has no errors. */
export interface AnalyzedInput<T> {
  readonly input: Input;
  readonly model: Model;
  /** The names of the files that it is made of, in the order of their first use. */
  readonly filesRead: readonly string[];
  /** What the command's own stage made of the model. */
  readonly value: T;
}

/** An input of a run with errors: what is known of it. */
export interface PartialInput {
  readonly hasErrors: boolean;
  readonly input: Input;
  readonly filesRead: readonly string[];
  readonly analysis: Pick<FoundInText, 'partial' | 'texts'>;
}

export interface Analysis<T> {
  /** Empty when any input has errors: nothing may be done with the others then. */
  readonly analyzed: readonly AnalyzedInput<T>[];
  /** All inputs of a run in which some have errors, for showing only; empty when one could not be read. */
  readonly partial: readonly PartialInput[];
  readonly exitCode: typeof EXIT.ok | typeof EXIT.findings | typeof EXIT.inputOutput;
}

/** A stage that a command adds for each input without errors; what it finds is reported with the rest. */
export type FurtherStage<T> = (input: Input, model: Model) => Result<T>;

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
  const readNames = new Set<string>();
  let unreadable = false;
  const readAll = async (files: readonly Input[]) => {
    const read: { name: string; bytes: Uint8Array }[] = [];
    for (const file of files) {
      readNames.add(file.name);
      const bytes = await readInput(file, io);
      if (bytes instanceof Uint8Array) read.push({ name: file.name, bytes });
      else {
        unreadable = true;
        diagnostics.push(bytes);
      }
    }
    return read;
  };
  const mfl = await readAll(localizedFiles(inputs, options, io));
  const references = await readAll(referenceFiles(options, io));
  const { class: classes, expensive = [] } = options;
  let unmatched: readonly string[] = [...(classes ?? []), ...expensive];
  const analyzePart = (input: Input, bytes: Uint8Array): void => {
    const readInclude = includeReader(input, options.include ?? [], io);
    const analysis = analyze(bytes, input.name, readInclude, {
      defines: options.define ?? [],
      wdk: options.wdk,
      mfl,
      references,
      expensive,
      ...(classes === undefined ? {} : { classes }),
    });
    const {
      value: model,
      filesRead,
      diagnostics: found,
      withoutAllowed,
      unmatchedNames,
    } = analysis;
    unmatched = unmatched.filter((each) => unmatchedNames.includes(each));
    for (const name of onDisk(filesRead, input)) readNames.add(name);
    // An error that is allowed leaves the model whole; a warning that is made an error does not stop the next stage.
    if (hasErrors(found.filter((each) => !allows(each)))) {
      for (const each of found) diagnostics.push(each);
      partial.push({
        input,
        filesRead: withContainer(filesRead, input),
        analysis,
        hasErrors: true,
      });
      return;
    }
    const { value, diagnostics: more } = further(input, model);
    for (const each of inReadingOrder([...found, ...withoutAllowed(more)], filesRead)) {
      diagnostics.push(each);
    }
    analyzed.push({ input, model, filesRead: withContainer(filesRead, input), value });
    partial.push({ input, filesRead: withContainer(filesRead, input), analysis, hasErrors: false });
  };
  const splitter = inputSplitter(options, { isSingle });
  for (const input of inputs) {
    if (input.path !== undefined) readNames.add(input.name);
    const bytes = await readInput(input, io);
    if (!(bytes instanceof Uint8Array)) {
      unreadable = true;
      diagnostics.push(bytes);
      continue;
    }
    const { parts, diagnostics: found } = splitter.partsOf(input, bytes);
    for (const each of found) diagnostics.push(each);
    for (const part of parts) analyzePart(part.input, part.bytes);
  }
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
  await tell(judged, readNames);
  // Only now: a folder in the place of an output must not hide the findings about the inputs.
  if (failure !== undefined) throw failure;
  if (unreadable) return { analyzed: [], partial: [], exitCode: EXIT.inputOutput };
  if (hasErrors(judged)) return { analyzed: [], partial, exitCode: EXIT.findings };
  return { analyzed, partial: [], exitCode: EXIT.ok };
}
