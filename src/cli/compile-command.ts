/** `mofgen compile`: writes the binary MOF of an input, as mofcomp makes it, and the same bytes as C and as ASL. */
import { boundedBytes, toBinaryMof } from '../binary-mof/index.js';
import { hasErrors } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { aslBuffer, hexLines } from '../binary-mof/spelled-bytes.js';
import { compileInput } from './compile-input.js';
import { oneInput } from './inputs.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { failureOf, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { madeFiles, type MadeFiles } from './made-files.js';
import { type CompileOptions } from './option-types.js';
import { reporter } from './report.js';
import { refuseReportOver } from './report-file.js';
import { refuseStampOver, touchStamp } from './stamp.js';

/** The name of the firmware object in Microsoft's documentation. */
const ASL_NAME = 'WQBA';

/** How a run ended. */
export interface CompileOutcome {
  readonly exitCode: ExitCode;
  /** Whether the text was read without an error; a binary MOF may still not hold it. */
  readonly isRead: boolean;
}

export async function compileCommand(
  args: readonly string[],
  options: CompileOptions,
  io: Io,
): Promise<ExitCode> {
  return (await compileFiles(args, options, io)).exitCode;
}

/** With `into` the files are added to those of a larger run, which writes them. */
export async function compileFiles(
  args: readonly string[],
  options: CompileOptions,
  io: Io,
  into?: MadeFiles,
): Promise<CompileOutcome> {
  const { aslName = ASL_NAME, hex, asl, depfile } = options;
  refuseUnmeant(options);
  const advice = 'compile takes one input; run mofgen once for each';
  const input = oneInput(args, options, io, advice);
  const output = binaryOutput(options, input.base);
  const paths = [output, hex, asl, depfile].filter((path) => path !== undefined);
  refuseReportOver(options, [...paths, options.stamp ?? []].flat(), io);
  const { finish, print } = reporter(options, io, false);
  const compiled = await compileInput(input, options, io);
  const { batch, filesRead } = compiled;
  if (!('unit' in compiled)) {
    await print(finish([batch]), filesRead);
    if (compiled.failure !== undefined) throw compiled.failure;
    return {
      exitCode: compiled.isUnreadable ? EXIT.inputOutput : EXIT.findings,
      isRead: false,
    };
  }
  const { unit } = compiled;
  // After an error the tree is incomplete.
  const isRead = !hasErrors(batch.diagnostics);
  const encoded = !isRead
    ? undefined
    : toBinaryMof(unit, options.namespace === undefined ? {} : { namespace: options.namespace });
  const isGood = encoded !== undefined && !hasErrors(encoded.diagnostics);
  const files = into ?? madeFiles(options, io, 'name another file');
  const written = isGood ? boundedBytes(encoded.value, input.name) : undefined;
  const diagnostics = finish([
    { ...batch, diagnostics: [...batch.diagnostics, ...(encoded?.diagnostics ?? [])] },
    { diagnostics: written?.diagnostics ?? [] },
  ]);
  const bytes = hasErrors(diagnostics) ? undefined : written?.value;
  const failure = failureOf(() => {
    refuseStampOver(options.stamp, [...paths, ...filesRead], io);
    if (bytes !== undefined && options.isDry !== true) {
      if (output !== undefined && output !== '-') files.add(output, bytes, filesRead);
      if (hex !== undefined) files.add(hex, hexLines(bytes), filesRead);
      if (asl !== undefined) files.add(asl, aslBuffer(bytes, aslName), filesRead);
      if (depfile !== undefined) {
        const target = depfileTarget(options, output);
        files.addDepfile(depfile, target, filesRead, options.depfileFormat);
      }
    }
  });
  await print(diagnostics, filesRead);
  if (failure !== undefined) throw failure;
  if (bytes === undefined) return { exitCode: EXIT.findings, isRead };
  if (into === undefined) files.write();
  if (output === '-' && options.isDry !== true) io.stdoutBytes(bytes);
  touchStamp(options.stamp, io);
  return { exitCode: EXIT.ok, isRead };
}

/** Where the binary MOF goes; nowhere when only its bytes as text are wanted. */
function binaryOutput({ output, hex, asl }: CompileOptions, base: string): string | undefined {
  return output ?? (hex === undefined && asl === undefined ? `${base}.bmf` : undefined);
}

/** The target of the depfile's rule: the first file that is written, unless --depfile-target names another. */
function depfileTarget(
  { hex, asl, depfileTarget: named, depfileFormat }: CompileOptions,
  output: string | undefined,
): string {
  if (depfileFormat === 'lines') return ''; // Plain lines have no target.
  const target = named ?? [output === '-' ? undefined : output, hex, asl].find(Boolean);
  if (target !== undefined) return target;
  throw usageFailure(
    `with '-o -' there is no file that depends on the inputs; name one with --depfile-target`,
  );
}

function refuseUnmeant(options: CompileOptions): void {
  const { asl, aslName, depfile, depfileTarget: target, depfileFormat: format } = options;
  if (depfile === undefined) {
    if (target !== undefined) throw usageFailure('--depfile-target goes with --depfile');
    if (format !== undefined) throw usageFailure('--depfile-format goes with --depfile');
  }
  if (aslName === undefined) return;
  if (asl === undefined) throw usageFailure('--asl-name goes with --asl');
  // ACPI 6.5, 20.2.2: NameSeg is a letter or underscore and three letters, digits or underscores.
  if (!/^[A-Z_][A-Z0-9_]{3}$/.test(aslName)) {
    throw usageFailure(
      `'${printable(aslName)}' is not an ACPI name; write four capitals, digits or underscores, such as ${ASL_NAME}`,
    );
  }
}
