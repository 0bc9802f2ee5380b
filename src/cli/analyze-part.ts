/** Analyses one input of a run, and runs the command's own stage when it has no errors. */
import { type Analysis as FoundInText, analyze, type AnalyzeOptions } from '../analyze.js';
import { type Diagnostic, hasErrors, type Result } from '../diagnostics/diagnostic.js';
import { type Batch } from '../diagnostics/finish.js';
import { type IncludeReader } from '../compile/compilation.js';
import { type Model } from '../model/model.js';
import { type SourceFile } from '../text/source-file.js';
import { type InputPart } from './input-parts.js';
import { type Input, onDisk, withContainer } from './inputs.js';
import { type CommonOptions } from './option-types.js';

/** An input that was read and has no errors. */
export interface AnalyzedInput<T> {
  readonly input: Input;
  readonly model: Model;
  /** The names of the files that it is made of, in the order of their first use. */
  readonly filesRead: readonly string[];
  /** The text as it was written. */
  readonly source: SourceFile | undefined;
  /** The diagnostics of a later stage that no comment of the text suppresses. */
  readonly applySuppressions: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** The result of the command's own stage. */
  readonly value: T;
}

/** An input of a run with errors: what is known of it. */
export interface PartialInput {
  readonly hasErrors: boolean;
  readonly input: Input;
  readonly filesRead: readonly string[];
  readonly analysis: Pick<FoundInText, 'partial' | 'texts'>;
}

/** A stage that a command adds for each input without errors; what it finds is reported with the rest. */
export type FurtherStage<T> = (input: Input, model: Model) => Result<T>;

/** The options and functions that analyse all inputs of a run. */
export interface PartAnalysis<T> {
  readonly options: CommonOptions;
  readonly readInclude: (input: Input) => IncludeReader;
  /** The localised texts and the references that were read. */
  readonly files: Pick<AnalyzeOptions, 'mfl' | 'references'>;
  /** Whether the command line leaves a finding out. */
  readonly allows: (diagnostic: Diagnostic) => boolean;
  readonly further: FurtherStage<T>;
}

export interface AnalyzedPart<T> {
  /** Undefined when it has errors. */
  readonly analyzed: AnalyzedInput<T> | undefined;
  readonly partial: PartialInput;
  readonly batch: Batch;
  /** The names of `--class` and `--expensive` that match no class. */
  readonly unmatchedNames: readonly string[];
  /** The names of the files on the disk that were read. */
  readonly filesOnDisk: readonly string[];
}

export function analyzePart<T>(
  { input, bytes }: InputPart,
  { options, readInclude, files, allows, further }: PartAnalysis<T>,
): AnalyzedPart<T> {
  const { class: classes, expensive = [] } = options;
  const analysis = analyze(bytes, input.name, readInclude(input), {
    defines: options.define ?? [],
    wdk: options.wdk,
    ...files,
    expensive,
    ...(classes === undefined ? {} : { classes }),
  });
  const { value: model, diagnostics, applySuppressions, unmatchedNames } = analysis;
  const filesRead = withContainer(analysis.filesRead, input);
  const known = { unmatchedNames, filesOnDisk: onDisk(analysis.filesRead, input) };
  const partial = { input, filesRead, analysis };
  // An error that is allowed leaves the model whole; a warning that is made an error does not stop the next stage.
  if (hasErrors(diagnostics.filter((each) => !allows(each)))) {
    return {
      ...known,
      analyzed: undefined,
      partial: { ...partial, hasErrors: true },
      batch: { diagnostics },
    };
  }
  const { value, diagnostics: more } = further(input, model);
  return {
    ...known,
    analyzed: { input, model, filesRead, source: analysis.files[0], applySuppressions, value },
    partial: { ...partial, hasErrors: false },
    batch: {
      diagnostics: [...diagnostics, ...more],
      files: analysis.filesRead,
      suppressions: [analysis],
    },
  };
}
