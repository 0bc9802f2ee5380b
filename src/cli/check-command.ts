/**
 * `mofgen check`: reports the diagnostics of every input, and those of targets that are named, and writes nothing.
 */
import { printable } from '../diagnostics/printable.js';
import { analyzeInputs, modelOnly, NO_CLASSES } from './analyze-inputs.js';
import { emission } from './emission.js';
import { inputsOf } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { type CheckOptions, type SwitchOptions } from './options.js';

export async function checkCommand(
  args: readonly string[],
  options: CheckOptions & SwitchOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.target === undefined && Object.keys(options.emit).length > 0) {
    throw usageFailure(`a switch of targets goes with -t, which names them`);
  }
  const stage =
    options.target === undefined ? modelOnly : (await emission(options.target, options)).stage;
  const { analyzed, exitCode } = await analyzeInputs(
    inputsOf(args, options, io),
    options,
    io,
    stage,
    { isStdoutFree: true },
  );
  if (exitCode === EXIT.ok && options.quiet !== true) {
    for (const { input, model } of analyzed) {
      io.stderr(`${printable(input.name)}: ok, ${classWords(model.blocks.length)}\n`);
    }
  }
  return exitCode;
}

function classWords(number: number): string {
  if (number === 0) return `but there are ${NO_CLASSES}`;
  return `${number} WMI ${number === 1 ? 'class' : 'classes'}`;
}
