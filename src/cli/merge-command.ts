/**
 * `mofgen merge`: writes a neutral .mof and its .mfl files as one text, the one that mofcomp makes a binary MOF of.
 *
 * The other way round from `mofgen split`. Whether the texts fit the classes is found by reading them together.
 */
import { allowancesOf } from '../allow-comments.js';
import { compile } from '../compilation.js';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js';
import { inReadingOrder } from '../diagnostics/order.js';
import { decode } from '../source/decode.js';
import { includeReader, warnOfMissingFolders } from './include-reader.js';
import { inputsOf, localizedFiles, onDisk, readInput } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { madeFiles } from './made-files.js';
import { type MergeOptions } from './options.js';
import { reporter } from './report.js';

export async function mergeCommand(
  args: readonly string[],
  options: MergeOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.mfl === undefined) {
    throw usageFailure(
      'merge needs --mfl, which names the localised texts: mofgen merge a.mof --mfl a.mfl',
    );
  }
  const inputs = inputsOf(args, options, io);
  const localizedInputs = localizedFiles(inputs, options, io);
  const { judge, tell } = reporter(options, io, false);
  warnOfMissingFolders(options, io);
  const diagnostics: Diagnostic[] = [];
  const decoded = [];
  const named = [...inputs, ...localizedInputs];
  for (const file of named) {
    const bytes = await readInput(file, io);
    if (bytes instanceof Uint8Array) decoded.push(decode(bytes, file.name));
    else diagnostics.push(bytes);
  }
  if (diagnostics.length > 0) {
    const files = named.filter(({ path }) => path !== undefined);
    await tell(
      judge(diagnostics),
      files.map(({ name }) => name),
    );
    return EXIT.inputOutput;
  }
  const [input] = inputs;
  const [neutral, ...mfl] = decoded.map(({ value }) => value);
  if (input === undefined || neutral === undefined) throw new Error('there is no input');
  const readInclude = includeReader(input, options.include ?? [], io);
  const defines = options.define ?? [];
  const { wdk } = options;
  const joined = compile(neutral, readInclude, { defines, wdk, mfl });
  const filesRead = onDisk(joined.value.filesRead, input);
  const found = [...decoded.flatMap((each) => each.diagnostics), ...joined.diagnostics];
  const { withoutAllowed } = allowancesOf(joined.value);
  const judged = judge(inReadingOrder(withoutAllowed(found), joined.value.filesRead));
  const files = madeFiles(options, io);
  if (!hasErrors(judged)) {
    // Without macros and textual includes, as mofcomp wants it; the localised texts follow, in their own namespace.
    const { text } = compile(neutral, readInclude, { defines, wdk }).value;
    const texts = [text, ...joined.value.localized].map((each) => each.text);
    files.add(`${input.base}.mof`, lines(texts), filesRead);
  }
  await tell(judged, filesRead);
  if (hasErrors(judged)) return EXIT.findings;
  files.write();
  return EXIT.ok;
}

/** The texts one after the other, each from the beginning of a line. */
function lines(texts: readonly string[]): string {
  const end = texts.some((text) => text.includes('\r\n')) ? '\r\n' : '\n';
  return texts.map((text) => (/[\r\n]$/.test(text) ? text : text + end)).join(end);
}
