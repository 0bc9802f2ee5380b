/** `mofgen split`: writes the neutral half of each input, and the .mfl with its localised texts, into the output folder. */
import { hasErrors } from '../diagnostics/diagnostic.js';
import { type Batch } from '../diagnostics/finish.js';
import { printable } from '../diagnostics/printable.js';
import { localeIn, localeNumber, split } from '../compile/splitting.js';
import { compileInput } from './compile-input.js';
import { inputsOf } from './inputs.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { type CommandFailure, failureOf, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { madePath, type MadeFiles, madeTexts } from './made-files.js';
import { type SplitOptions } from './option-types.js';
import { reporter } from './report.js';
import { refuseReportOver } from './report-file.js';

const DEFAULT_LOCALE = 'ms_409';

/** With `into` the files are added to those of a larger run, which writes them. */
export async function splitCommand(
  args: readonly string[],
  options: SplitOptions,
  io: Io,
  into?: MadeFiles,
): Promise<ExitCode> {
  if (options.mfl !== undefined) {
    throw usageFailure('split takes the localised texts from the MOF itself; leave --mfl out');
  }
  if (options.locale !== undefined && localeNumber(options.locale) === undefined) {
    throw usageFailure(`'${printable(options.locale)}' is not a locale; write ms_409`);
  }
  const { finish, print } = reporter(options, io, false);
  const batches: Batch[] = [];
  const files = madeTexts(options, io, into);
  const readNames = new Set<string>();
  let unreadable = false;
  let failure: CommandFailure | undefined;
  const inputs = inputsOf(args, options, io);
  const paths = inputs.flatMap(({ base }) => [
    madePath(options, `${base}.mof`, options.files?.neutral),
    madePath(options, `${base}.mfl`, options.files?.localized),
  ]);
  refuseReportOver(options, paths, io);
  for (const input of inputs) {
    const compiled = await compileInput(input, options, io);
    batches.push(compiled.batch);
    for (const name of compiled.filesRead) readNames.add(name);
    if (!('unit' in compiled)) {
      unreadable ||= compiled.isUnreadable;
      failure ??= compiled.failure;
      continue;
    }
    if (hasErrors(compiled.batch.diagnostics)) continue;
    const { unit } = compiled;
    const named = options.locale ?? localeIn(unit) ?? DEFAULT_LOCALE;
    const locale = localeNumber(named);
    if (locale === undefined) {
      failure ??= usageFailure(
        `'${printable(named)}' of #pragma amendment is not a locale; name one with --locale`,
      );
      continue;
    }
    const { neutral, localized } = split(unit, locale);
    failure ??= failureOf(() => {
      files.add(`${input.base}.mof`, neutral, compiled.filesRead, options.files?.neutral);
      files.add(`${input.base}.mfl`, localized, compiled.filesRead, options.files?.localized);
    });
  }
  const diagnostics = finish(batches);
  await print(diagnostics, readNames);
  if (failure !== undefined) throw failure;
  if (unreadable) return EXIT.inputOutput;
  if (hasErrors(diagnostics)) return EXIT.findings;
  files.write();
  return EXIT.ok;
}
