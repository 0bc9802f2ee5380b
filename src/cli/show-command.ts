/**
 * `mofgen show`: prints what the inputs declare as tables: blocks, items with their layout, methods.
 */
import { printable } from '../diagnostics/printable.js';
import { analyzeInputs, modelOnly } from './analyze-inputs.js';
import { inputsOf } from './inputs.js';
import { EXIT, type ExitCode, type Io } from './io.js';
import { describeModel } from './model-tables.js';
import { type CommonOptions } from './options.js';

export async function showCommand(
  args: readonly string[],
  options: CommonOptions,
  io: Io,
): Promise<ExitCode> {
  const { analyzed, exitCode } = await analyzeInputs(
    inputsOf(args, options, io),
    options,
    io,
    modelOnly,
  );
  if (exitCode !== EXIT.ok) return exitCode;
  analyzed.forEach(({ input, model }, index) => {
    if (index > 0) io.stdout('\n');
    if (analyzed.length > 1) io.stdout(`${printable(input.name)}\n\n`);
    io.stdout(describeModel(model));
  });
  return EXIT.ok;
}
