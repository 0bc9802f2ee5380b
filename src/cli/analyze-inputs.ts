/**
 * Reads and analyses every input of a run and reports what was found: the first half of every command.
 *
 * It must not know what a command does with the models; a command may add a stage of its own to be reported with the rest.
 */
import { styleText } from 'node:util';
import { type Diagnostic, hasErrors, type Result } from '../diagnostics/diagnostic.js';
import { inReadingOrder } from '../diagnostics/order.js';
import { type Paint, plain, renderDiagnostics, type Style } from '../diagnostics/render.js';
import { analyze } from '../generate.js';
import { type Model } from '../model/model.js';
import { includeReader } from './include-reader.js';
import { type Input, readInput } from './inputs.js';
import { EXIT, type Io } from './io.js';
import { type CommonOptions } from './options.js';

/** An input that was read and has no errors. */
export interface AnalyzedInput<T> {
  readonly input: Input;
  readonly model: Model;
  /** The names of the files that it is made of, in the order of their first use. */
  readonly filesRead: readonly string[];
  /** What the command's own stage made of the model. */
  readonly value: T;
}

export interface Analysis<T> {
  /** Empty when any input has errors: nothing may be done with the others then. */
  readonly analyzed: readonly AnalyzedInput<T>[];
  readonly exitCode: typeof EXIT.ok | typeof EXIT.findings | typeof EXIT.inputOutput;
}

/** A stage that a command adds for each input without errors; what it finds is reported with the rest. */
export type FurtherStage<T> = (input: Input, model: Model) => Result<T>;

/** For commands that want the model and no more. */
export const modelOnly: FurtherStage<undefined> = () => ({ value: undefined, diagnostics: [] });

/** Analyses all inputs, each a compilation of its own, and prints their diagnostics to stderr. */
export async function analyzeInputs<T>(
  inputs: readonly Input[],
  options: CommonOptions,
  io: Io,
  further: FurtherStage<T>,
): Promise<Analysis<T>> {
  const analyzed: AnalyzedInput<T>[] = [];
  const diagnostics: Diagnostic[] = [];
  let unreadable = false;
  for (const input of inputs) {
    const bytes = await readInput(input, io);
    if (!(bytes instanceof Uint8Array)) {
      unreadable = true;
      diagnostics.push(bytes);
      continue;
    }
    const readInclude = includeReader(input, options.include ?? [], io);
    const { value: model, filesRead, diagnostics: found } = analyze(bytes, input.name, readInclude);
    if (hasErrors(found)) {
      diagnostics.push(...found);
      continue;
    }
    const { value, diagnostics: more } = further(input, model);
    diagnostics.push(...inReadingOrder([...found, ...more], filesRead));
    analyzed.push({ input, model, filesRead, value });
  }
  const format = options.diagnostics ?? (io.stderrIsTerminal ? 'pretty' : 'text');
  const report = renderDiagnostics(diagnostics, format, wantsColour(io) ? colours : plain);
  if (report !== '') io.stderr(report);
  if (unreadable) return { analyzed: [], exitCode: EXIT.inputOutput };
  if (hasErrors(diagnostics)) return { analyzed: [], exitCode: EXIT.findings };
  return { analyzed, exitCode: EXIT.ok };
}

/** FORCE_COLOR decides, then NO_COLOR (no-color.org), then whether a person is looking. */
function wantsColour({ env, stderrIsTerminal }: Io): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  return stderrIsTerminal && env['TERM'] !== 'dumb';
}

const COLOURS = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  note: ['cyan'],
  gutter: ['blue'],
  strong: ['bold'],
} as const satisfies Record<Style, readonly string[]>;

const colours: Paint = (style, text) =>
  styleText([...COLOURS[style]], text, { validateStream: false });
