/**
 * `mofgen split`: writes the neutral half of each input, and the .mfl with its localised texts, into the output folder.
 */
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { localeIn, localeNumber, split } from '../splitting.js';
import { compileInput } from './compile-input.js';
import { inputsOf } from './inputs.js';
import { type CommandFailure, EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { type MadeFiles, madeTexts } from './made-files.js';
import { type SplitOptions } from './options.js';
import { reporter } from './report.js';

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
    throw usageFailure(`'${printable(options.locale)}' is no locale; write ms_409`);
  }
  const { judge, tell } = reporter(options, io, false);
  const diagnostics: Diagnostic[] = [];
  const files = madeTexts(options, io, into);
  const readNames = new Set<string>();
  let unreadable = false;
  let failure: CommandFailure | undefined;
  for (const input of inputsOf(args, options, io)) {
    const compiled = await compileInput(input, options, io);
    diagnostics.push(...compiled.diagnostics);
    for (const name of compiled.filesRead) readNames.add(name);
    if (!('unit' in compiled)) {
      unreadable ||= compiled.isUnreadable;
      failure ??= compiled.failure;
      continue;
    }
    if (hasErrors(compiled.diagnostics)) continue;
    const { unit } = compiled;
    const named = options.locale ?? localeIn(unit) ?? DEFAULT_LOCALE;
    const locale = localeNumber(named);
    if (locale === undefined) {
      failure ??= usageFailure(
        `'${printable(named)}' of #pragma amendment is no locale; name one with --locale`,
      );
      continue;
    }
    const { neutral, localized } = split(unit, locale);
    files.add(`${input.base}.mof`, neutral, compiled.filesRead, options.files?.neutral);
    files.add(`${input.base}.mfl`, localized, compiled.filesRead, options.files?.localized);
  }
  const judged = judge(diagnostics);
  await tell(judged, readNames);
  if (failure !== undefined) throw failure;
  if (unreadable) return EXIT.inputOutput;
  if (hasErrors(judged)) return EXIT.findings;
  files.write();
  return EXIT.ok;
}
