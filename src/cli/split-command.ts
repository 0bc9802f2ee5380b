/**
 * `mofgen split`: writes the neutral half of each input, and the .mfl with its localised texts, into the output folder.
 */
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.js';
import { inReadingOrder } from '../diagnostics/order.js';
import { printable } from '../diagnostics/printable.js';
import { compile } from '../compilation.js';
import { decode } from '../source/decode.js';
import { localeIn, localeNumber, split } from '../splitting.js';
import { commitFiles, type PendingFile } from './commit-files.js';
import { includeReader } from './include-reader.js';
import { inputsOf, readInput } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { type SplitOptions } from './options.js';
import { isSameFile, locate, outputPath, refuseReadOnly } from './output-files.js';
import { reporter } from './report.js';

const DEFAULT_LOCALE = 'ms_409';

export async function splitCommand(
  args: readonly string[],
  options: SplitOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.mfl !== undefined) throw usageFailure('--mfl merges what split takes apart');
  if (options.locale !== undefined && localeNumber(options.locale) === undefined) {
    throw usageFailure(`'${printable(options.locale)}' is no locale; write ms_409`);
  }
  const { judge, tell } = reporter(options, io, false);
  const diagnostics: Diagnostic[] = [];
  const files = new Map<string, PendingFile>();
  let unreadable = false;
  for (const input of inputsOf(args, options, io)) {
    const bytes = await readInput(input, io);
    if (!(bytes instanceof Uint8Array)) {
      unreadable = true;
      diagnostics.push(bytes);
      continue;
    }
    const decoded = decode(bytes, input.name);
    const readInclude = includeReader(input, options.include ?? [], io);
    const compiled = compile(decoded.value, readInclude, { defines: options.define ?? [] });
    const found = [...decoded.diagnostics, ...compiled.diagnostics];
    diagnostics.push(...inReadingOrder(found, compiled.value.filesRead));
    if (hasErrors(found)) continue;
    const named = options.locale ?? localeIn(compiled.value) ?? DEFAULT_LOCALE;
    const locale = localeNumber(named);
    if (locale === undefined) {
      throw usageFailure(
        `'${printable(named)}' of #pragma amendment is no locale; name one with --locale`,
      );
    }
    const { neutral, localized } = split(compiled.value, locale);
    for (const [name, text] of [
      [`${input.base}.mof`, neutral],
      [`${input.base}.mfl`, localized],
    ] as const) {
      const file = locate(outputPath(options, { name, owner: 'mofgen' }), io);
      const taken = compiled.value.filesRead.find((read) => isSameFile(file, read, io));
      if (taken !== undefined || files.has(file.path)) {
        throw usageFailure(
          `'${printable(file.shown)}' would replace ${taken === undefined ? 'another output' : 'what was read'}; name a folder with -o`,
        );
      }
      if (file.existing !== undefined) refuseReadOnly(file);
      const encoded = options.encoding === 'utf-8' ? text : utf16(text);
      files.set(file.path, { path: file.path, shown: file.shown, text: encoded, mode: 'replace' });
    }
  }
  const judged = judge(diagnostics);
  await tell(judged, args);
  if (unreadable) return EXIT.inputOutput;
  if (hasErrors(judged)) return EXIT.findings;
  commitFiles([...files.values()]);
  if (options.quiet !== true) {
    for (const { shown } of files.values()) io.stderr(`${printable(shown)}: written\n`);
  }
  return EXIT.ok;
}

/** Little-endian with a mark, as mofcomp writes it. */
function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let index = 0; index < text.length; index++) {
    view.setUint16(2 * index + 2, text.charCodeAt(index), true);
  }
  return bytes;
}
