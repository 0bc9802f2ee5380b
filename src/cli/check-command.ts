/**
 * `mofgen check`: reports the diagnostics of every input and writes nothing.
 */
import { printable } from '../diagnostics/printable.js';
import { analyzeInputs } from './analyze-inputs.js';
import { inputsOf } from './inputs.js';
import { EXIT, type ExitCode, type Io } from './io.js';
import { type CheckOptions } from './options.js';

export async function checkCommand(
  args: readonly string[],
  options: CheckOptions,
  io: Io,
): Promise<ExitCode> {
  const { analyzed, exitCode } = await analyzeInputs(inputsOf(args, io), options, io);
  if (exitCode === EXIT.ok && options.quiet !== true) {
    for (const { input, model } of analyzed) {
      const blocks = model.blocks.length;
      io.stderr(
        `${printable(input.name)}: ok, ${blocks} WMI ${blocks === 1 ? 'class' : 'classes'}\n`,
      );
    }
  }
  return exitCode;
}
