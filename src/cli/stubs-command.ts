/**
 * `mofgen stubs --missing`: prints what the user's file lacks after the MOF grew, to paste there.
 *
 * It must not know any language; the target reads and writes it.
 */
import { emitContext } from '../generate.js';
import { printable } from '../diagnostics/printable.js';
import { analyzeInputs } from './analyze-inputs.js';
import { inputsOf } from './inputs.js';
import { type ExitCode, type Io, ioFailure } from './io.js';
import { type OutputOptions } from './options.js';
import { locate } from './output-files.js';
import { wantedTargets } from './wanted-targets.js';

export async function stubsCommand(
  args: readonly string[],
  options: OutputOptions,
  io: Io,
): Promise<ExitCode> {
  const targets = wantedTargets(options.target);
  const { analyzed, exitCode } = await analyzeInputs(inputsOf(args, io), options, io);
  for (const { input, model } of analyzed) {
    const context = emitContext(input.fileName, { targets: options.target });
    for (const target of targets) {
      const yours = target.fileNames(input.base).find((file) => file.owner === 'user');
      if (yours === undefined) continue;
      const { shown, existing } = locate(options.output, yours.name, io);
      if (existing === undefined) {
        throw ioFailure(
          `'${printable(shown)}' is not there yet; mofgen ${printable(input.name)} writes it whole`,
        );
      }
      const stubs = target.missingStubs(model, context, existing);
      if (stubs === '') {
        io.stderr(`${printable(shown)}: nothing is missing\n`);
      } else {
        io.stderr(`${printable(shown)} lacks:\n`);
        io.stdout(stubs.endsWith('\n') ? stubs : `${stubs}\n`);
      }
    }
  }
  return exitCode;
}
