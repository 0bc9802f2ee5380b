/**
 * `mofgen merge`: writes a neutral .mof and its .mfl files as one text, the one that mofcomp makes a binary MOF of.
 *
 * The other way round from `mofgen split`. Whether the texts fit the classes is found by reading them together.
 */
import { compile } from '../compilation.js';
import { hasErrors } from '../diagnostics/diagnostic.js';
import { compileInput } from './compile-input.js';
import { includeReader } from './include-reader.js';
import { oneInput } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { madeTexts } from './made-files.js';
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
  const input = oneInput(args, options, io, '--mfl goes with one input; run mofgen once for each');
  const { judge, tell } = reporter(options, io, false);
  const compiled = await compileInput(input, options, io);
  const { filesRead } = compiled;
  const judged = judge(compiled.diagnostics);
  const files = madeTexts(options, io);
  if ('unit' in compiled && !hasErrors(judged)) {
    // Without macros and textual includes, as mofcomp wants it; the localised texts follow, in their own namespace.
    const { define: defines = [], wdk } = options;
    const readInclude = includeReader(input, options.include ?? [], io);
    const { text } = compile(compiled.source, readInclude, { defines, wdk }).value;
    const texts = [text, ...compiled.unit.localized].map((each) => each.text);
    files.add(`${input.base}.mof`, lines(texts), filesRead, options.file);
  }
  await tell(judged, filesRead);
  if (!('unit' in compiled)) {
    if (compiled.failure !== undefined) throw compiled.failure;
    return compiled.isUnreadable ? EXIT.inputOutput : EXIT.findings;
  }
  if (hasErrors(judged)) return EXIT.findings;
  files.write();
  return EXIT.ok;
}

/** The texts one after the other, each from the beginning of a line. */
function lines(texts: readonly string[]): string {
  const end = texts.some((text) => text.includes('\r\n')) ? '\r\n' : '\n';
  return texts.map((text) => (/[\r\n]$/.test(text) ? text : text + end)).join(end);
}
