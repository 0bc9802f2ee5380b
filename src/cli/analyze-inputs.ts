/**
 * Reads and analyses every input of a run and reports what was found: the first half of every command.
 *
 * It must not know what a command does with the models.
 */
import { styleText } from 'node:util';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js';
import { type Paint, plain, renderDiagnostics, type Style } from '../diagnostics/render.js';
import { analyze } from '../generate.js';
import { type Model } from '../model/model.js';
import { includeReader } from './include-reader.js';
import { type Input, readInput } from './inputs.js';
import { EXIT, type Io } from './io.js';
import { type CommonOptions } from './options.js';

/** An input that was read and has no errors. */
export interface AnalyzedInput {
  readonly input: Input;
  readonly model: Model;
}

export interface Analysis {
  /** Empty when any input has errors: nothing may be done with the others then. */
  readonly analyzed: readonly AnalyzedInput[];
  readonly exitCode: typeof EXIT.ok | typeof EXIT.findings | typeof EXIT.inputOutput;
}

/** Analyses all inputs, each a compilation of its own, and prints their diagnostics to stderr. */
export async function analyzeInputs(
  inputs: readonly Input[],
  options: CommonOptions,
  io: Io,
): Promise<Analysis> {
  const analyzed: AnalyzedInput[] = [];
  const diagnostics: Diagnostic[] = [];
  let unreadable = false;
  for (const input of inputs) {
    const bytes = await readInput(input, io);
    if (!(bytes instanceof Uint8Array)) {
      unreadable = true;
      diagnostics.push(bytes);
      continue;
    }
    const result = analyze(bytes, input.name, includeReader(input, options.include ?? [], io));
    diagnostics.push(...result.diagnostics);
    analyzed.push({ input, model: result.value });
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
