/**
 * `mofgen merge`: writes a neutral .mof and its .mfl files as one text, the one that mofcomp makes a binary MOF of.
 *
 * The other way round from `mofgen split`. Whether the texts fit the classes is found by reading them together.
 */
import { compile } from '../compilation.js';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js';
import { inReadingOrder } from '../diagnostics/order.js';
import { decode } from '../source/decode.js';
import { includeReader } from './include-reader.js';
import { inputsOf, readInput } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { madeFiles } from './made-files.js';
import { type MergeOptions } from './options.js';
import { reporter } from './report.js';

export async function mergeCommand(
  args: readonly string[],
  options: MergeOptions,
  io: Io,
): Promise<ExitCode> {
  const { mfl = [] } = options;
  if (mfl.length === 0) throw usageFailure('merge needs --mfl, which names the localised texts');
  if (mfl.includes('-')) throw usageFailure(`--mfl takes the name of a file, not '-'`);
  const [input, ...others] = inputsOf(args, options, io);
  if (input === undefined || others.length > 0) {
    throw usageFailure('--mfl goes with one input; run mofgen once for each');
  }
  const { judge, tell } = reporter(options, io, false);
  const diagnostics: Diagnostic[] = [];
  const decoded = [];
  for (const file of [input, ...inputsOf(mfl, {}, io)]) {
    const bytes = await readInput(file, io);
    if (bytes instanceof Uint8Array) decoded.push(decode(bytes, file.name));
    else diagnostics.push(bytes);
  }
  if (diagnostics.length > 0) {
    await tell(judge(diagnostics), args);
    return EXIT.inputOutput;
  }
  const [neutral, ...localized] = decoded.map(({ value }) => value);
  if (neutral === undefined) throw new Error('an input was read and is not there');
  const readInclude = includeReader(input, options.include ?? [], io);
  const defines = options.define ?? [];
  const joined = compile(neutral, readInclude, { defines, mfl: localized });
  const { filesRead } = joined.value;
  const found = [...decoded.flatMap((each) => each.diagnostics), ...joined.diagnostics];
  const judged = judge(inReadingOrder(found, filesRead));
  await tell(judged, [...args, ...mfl]);
  if (hasErrors(judged)) return EXIT.findings;
  // Without macros and textual includes, as mofcomp wants it; the localised texts follow, in their own namespace.
  const { text } = compile(neutral, readInclude, { defines }).value;
  const files = madeFiles(options, io);
  files.add(`${input.base}.mof`, lines([text, ...localized].map((each) => each.text)), [
    ...filesRead,
    ...mfl,
  ]);
  files.write();
  return EXIT.ok;
}

/** The texts one after the other, each from the beginning of a line. */
function lines(texts: readonly string[]): string {
  const end = texts.some((text) => text.includes('\r\n')) ? '\r\n' : '\n';
  return texts.map((text) => (/[\r\n]$/.test(text) ? text : text + end)).join(end);
}
