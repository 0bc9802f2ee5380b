/**
 * `mofgen stubs --missing`: prints what the user's files lack after the MOF grew, to paste there.
 *
 * It must not know any language; the target reads and writes it.
 */
import { emitContext } from '../emit.js';
import { printable } from '../diagnostics/printable.js';
import { analyzeInputs } from './analyze-inputs.js';
import { doubleFindings } from './double-files.js';
import { emission, refuseRivals } from './emission.js';
import { inputsOf } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { type OutputOptions, type SwitchOptions } from './options.js';
import { locate, placeOf } from './output-files.js';

export async function stubsCommand(
  args: readonly string[],
  options: OutputOptions & SwitchOptions,
  io: Io,
): Promise<ExitCode> {
  const { targets, options: emitOptions, stage } = await emission(options.target, options);
  refuseRivals(targets);
  const filesOf = (base: string) =>
    targets.flatMap((target) => {
      const yours = target.fileNames(base).find((file) => file.owner === 'user');
      if (yours === undefined) return [];
      const { path: shown, doubles } = placeOf(yours, options, io);
      return [{ target, shown, doubles }];
    });
  const inputs = inputsOf(args, options, io);
  if (inputs.every((input) => filesOf(input.base).length === 0)) {
    throw usageFailure(
      `no file of ${targets.map(({ name }) => name).join(', ')} is yours, so none can lack anything`,
    );
  }
  // What a target cannot say has no stubs either, so it is emitted, and its diagnostics are shown.
  const { analyzed, exitCode } = await analyzeInputs(inputs, options, io, stage, {
    isSingle: true,
    last: () =>
      doubleFindings(
        inputs.flatMap(({ base }) => filesOf(base)),
        io,
      ),
  });
  let absent = false;
  for (const { input, model } of analyzed) {
    const context = emitContext(input.fileName, emitOptions);
    for (const { target, shown } of filesOf(input.base)) {
      const { existing } = locate(shown, io);
      const stubs = existing === undefined ? '' : target.missingStubs(model, context, existing);
      if (existing === undefined) {
        absent = true;
        io.stderr(
          `mofgen: '${printable(shown)}' is not there yet; ` +
            `mofgen ${printable(input.name)} -t ${target.name} writes it whole\n`,
        );
      } else if (stubs === '') {
        io.stderr(`${printable(shown)}: nothing is missing\n`);
      } else {
        io.stderr(`${printable(shown)} lacks:\n`);
        io.stdout(stubs.endsWith('\n') ? stubs : `${stubs}\n`);
      }
    }
  }
  return absent ? EXIT.inputOutput : exitCode;
}
