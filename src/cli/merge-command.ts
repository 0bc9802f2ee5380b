/**
 * `mofgen merge`: writes a neutral .mof and its .mfl files as one text, from which mofcomp makes a binary MOF.
 *
 * The reverse of `mofgen split`. Reading the texts together checks that they fit the classes.
 */
import { compile } from '../compile/compilation.js';
import { hasErrors } from '../diagnostics/diagnostic.js';
import { compileInput } from './compile-input.js';
import { includeReader } from './include-reader.js';
import { oneInput } from './inputs.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { type CommandFailure, failureOf, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { madePath, madeTexts } from './made-files.js';
import { type MergeOptions } from './option-types.js';
import { reporter } from './report.js';
import { refuseReportOver } from './report-file.js';

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
  const name = `${input.base}.mof`;
  refuseReportOver(options, [madePath(options, name, options.file)], io);
  const { finish, print } = reporter(options, io, false);
  const compiled = await compileInput(input, options, io);
  const { filesRead } = compiled;
  const diagnostics = finish([compiled.batch]);
  const files = madeTexts(options, io);
  let failure: CommandFailure | undefined;
  if ('unit' in compiled && !hasErrors(diagnostics)) {
    // Without macros and textual includes, as mofcomp wants it; the localised texts follow, in their own namespace.
    const { define: defines = [], wdk } = options;
    const readInclude = includeReader(input, options.include ?? [], io);
    const { text } = compile(compiled.source, readInclude, { defines, wdk }).value;
    const texts = [text, ...compiled.unit.localized].map((each) => each.text);
    failure = failureOf(() => {
      files.add(name, lines(texts), filesRead, options.file);
    });
  }
  await print(diagnostics, filesRead);
  if (failure !== undefined) throw failure;
  if (!('unit' in compiled)) {
    if (compiled.failure !== undefined) throw compiled.failure;
    return compiled.isUnreadable ? EXIT.inputOutput : EXIT.findings;
  }
  if (hasErrors(diagnostics)) return EXIT.findings;
  files.write();
  return EXIT.ok;
}

/** The texts one after the other, each from the beginning of a line. */
function lines(texts: readonly string[]): string {
  const end = texts.some((text) => text.includes('\r\n')) ? '\r\n' : '\n';
  return texts.map((text) => (/[\r\n]$/.test(text) ? text : text + end)).join(end);
}
