/**
 * `mofgen split`: writes the neutral half of each input, and the .mfl with its localised texts, into the output folder.
 */
import { allowancesOf } from '../allow-comments.js';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.js';
import { inReadingOrder } from '../diagnostics/order.js';
import { printable } from '../diagnostics/printable.js';
import { compile } from '../compilation.js';
import { decode } from '../source/decode.js';
import { localeIn, localeNumber, split } from '../splitting.js';
import { includeReader, warnOfMissingFolders } from './include-reader.js';
import { inputsOf, onDisk, readInput } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { madeTexts } from './made-files.js';
import { type SplitOptions } from './options.js';
import { reporter } from './report.js';

const DEFAULT_LOCALE = 'ms_409';

export async function splitCommand(
  args: readonly string[],
  options: SplitOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.mfl !== undefined) {
    throw usageFailure('split takes the localised texts from the MOF itself; leave --mfl out');
  }
  if (options.locale !== undefined && localeNumber(options.locale) === undefined) {
    throw usageFailure(`'${printable(options.locale)}' is no locale; write ms_409`);
  }
  const { judge, tell } = reporter(options, io, false);
  warnOfMissingFolders(options, io);
  const diagnostics: Diagnostic[] = [];
  const files = madeTexts(options, io);
  const readNames = new Set<string>();
  let unreadable = false;
  for (const input of inputsOf(args, options, io)) {
    if (input.path !== undefined) readNames.add(input.name);
    const bytes = await readInput(input, io);
    if (!(bytes instanceof Uint8Array)) {
      unreadable = true;
      diagnostics.push(bytes);
      continue;
    }
    const decoded = decode(bytes, input.name);
    const readInclude = includeReader(input, options.include ?? [], io);
    const compiled = compile(decoded.value, readInclude, {
      defines: options.define ?? [],
      wdk: options.wdk,
    });
    const { filesRead } = compiled.value;
    const { withoutAllowed } = allowancesOf(compiled.value);
    const found = withoutAllowed([...decoded.diagnostics, ...compiled.diagnostics]);
    diagnostics.push(...inReadingOrder(found, filesRead));
    for (const name of onDisk(filesRead, input)) readNames.add(name);
    if (hasErrors(found)) continue;
    const named = options.locale ?? localeIn(compiled.value) ?? DEFAULT_LOCALE;
    const locale = localeNumber(named);
    if (locale === undefined) {
      throw usageFailure(
        `'${printable(named)}' of #pragma amendment is no locale; name one with --locale`,
      );
    }
    const { neutral, localized } = split(compiled.value, locale);
    files.add(`${input.base}.mof`, neutral, filesRead, options.files?.neutral);
    files.add(`${input.base}.mfl`, localized, filesRead, options.files?.localized);
  }
  const judged = judge(diagnostics);
  await tell(judged, readNames);
  if (unreadable) return EXIT.inputOutput;
  if (hasErrors(judged)) return EXIT.findings;
  files.write();
  return EXIT.ok;
}
