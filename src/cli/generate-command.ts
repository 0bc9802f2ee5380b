/**
 * `mofgen generate`: emits the files of every input and writes them, all or nothing, or compares them with --check.
 *
 * It must not know what any target emits.
 */
import { analyzeInputs } from './analyze-inputs.js';
import { isStale, showStale, staleFindings } from './check-outputs.js';
import { declaredOutputs, refuseUnusableName } from './declared-outputs.js';
import { doubleFindings } from './double-files.js';
import { emission, refuseRivals, type RunTarget } from './emission.js';
import { eachOnce, type Emitted, emittedFiles } from './emitted-files.js';
import { inputsOf, patternsIn } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { findLeftovers, type Leftovers, userFilesOf } from './leftovers.js';
import { type GenerateOptions, type SwitchOptions } from './options.js';
import { isFormattable } from './output-files.js';
import { outputList, ownedBy } from './output-lists.js';
import { isPrinted, refuseToPrint } from './printed-output.js';
import { RecordFolder } from './record-folder.js';
import { refuseReportOver } from './report-file.js';
import { keptFindings, writeOutputs } from './write-outputs.js';

export async function generateCommand(
  args: readonly string[],
  options: GenerateOptions & SwitchOptions,
  io: Io,
): Promise<ExitCode> {
  const { targets, stage } = await emission(options.target, options);
  refuseRivals(targets);
  if (options.format === true) refuseIdleFormat(targets);
  const inputs = inputsOf(args, options, io);
  for (const input of inputs) refuseUnusableName(input, targets);
  const outputs = declaredOutputs(inputs, targets, options, io);
  if (options.listOutputs === true) {
    if (options.output === '-') {
      throw usageFailure('--list-outputs lists files; name their folder with -o');
    }
    const listed = ownedBy(outputs, options.listOwner ?? 'mofgen');
    io.stdout(outputList(listed, options.listFormat ?? 'lines'));
    return EXIT.ok;
  }
  if (isPrinted(options)) refuseToPrint(outputs, options);
  const written = outputs.filter(({ owner }) => !isPrinted(options, owner));
  const paths = [...written.map(({ path }) => path), options.depfile ?? []].flat();
  refuseReportOver(options, paths, io);
  const records = new RecordFolder(options.output, io);
  const isCheck = options.check === true;
  let emitted: readonly Emitted[] = [];
  let leftovers: Leftovers = { origins: [], files: [] };
  let yours: ReadonlyMap<string, number> = new Map();
  const { exitCode } = await analyzeInputs(inputs, options, io, stage, {
    isSingle: true,
    last: async (all) => {
      emitted = eachOnce(await Promise.all(all.map((each) => emittedFiles(each, options, io))));
      const search = { emitted, targets, patterns: patternsIn(args, io), options, records };
      leftovers = await findLeftovers(search, io);
      const doubles = doubleFindings(
        emitted.flatMap(({ files }) => files),
        io,
      );
      if (isCheck) return [...doubles, ...(await staleFindings(emitted, leftovers, records))];
      yours = new Map(
        leftovers.origins.map((origin) => [origin.shown, userFilesOf(origin, search, io).length]),
      );
      return [...doubles, ...keptFindings(leftovers)];
    },
  });
  if (isCheck && (exitCode === EXIT.ok || isStale(emitted, leftovers))) {
    showStale(emitted, leftovers, options, io);
    return exitCode;
  }
  if (exitCode !== EXIT.ok) return exitCode;
  await writeOutputs(
    { emitted, targets, outputs: written, leftovers, yours, records },
    options,
    io,
  );
  return EXIT.ok;
}

/** Throws a usage failure for targets that have nothing for the project's formatter. */
function refuseIdleFormat(targets: readonly RunTarget[]): void {
  const files = targets.flatMap((target) => target.fileNames('any'));
  if (files.some(isFormattable)) return;
  const names = targets.map(({ name }) => name).join(', ');
  throw usageFailure(`--format changes nothing for ${names}; it is for ts`);
}
