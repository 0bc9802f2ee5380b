/**
 * `mofgen compile`: writes the binary MOF of an input, as mofcomp makes it, and the same bytes as C and as ASL.
 */
import { toBinaryMof, writeBinaryMof } from '../binary-mof/index.js';
import { type BinaryMof } from '../binary-mof/document.js';
import { hasErrors } from '../diagnostics/diagnostic.js';
import { inReadingOrder } from '../diagnostics/order.js';
import { printable } from '../diagnostics/printable.js';
import { aslBuffer, hexLines } from '../binary-mof/spelled-bytes.js';
import { compileInput } from './compile-input.js';
import { oneInput } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { madeFiles, type MadeFiles } from './made-files.js';
import { type CompileOptions } from './options.js';
import { reporter } from './report.js';

/** The object that Microsoft's documentation has for the binary MOF of a firmware. */
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
  const { judge, tell } = reporter(options, io, false);
  const compiled = await compileInput(input, options, io);
  const { filesRead } = compiled;
  if (!('unit' in compiled)) {
    await tell(judge(compiled.diagnostics), filesRead);
    if (compiled.failure !== undefined) throw compiled.failure;
    return {
      exitCode: compiled.isUnreadable ? EXIT.inputOutput : EXIT.findings,
      isRead: false,
    };
  }
  const { unit, withoutAllowed } = compiled;
  // A tree with holes says less than the text.
  const encoded = hasErrors(compiled.diagnostics)
    ? undefined
    : toBinaryMof(unit, options.namespace === undefined ? {} : { namespace: options.namespace });
  const found = inReadingOrder(
    [...compiled.diagnostics, ...withoutAllowed(encoded?.diagnostics ?? [])],
    unit.filesRead,
  );
  const judged = judge(found);
  const isGood = encoded !== undefined && !hasErrors(judged);
  const files = into ?? madeFiles(options, io, 'name another file');
  const bytes = isGood ? bytesOf(encoded.value, input.name) : undefined;
  const output = binaryOutput(options, input.base);
  if (bytes !== undefined && options.isDry !== true) {
    if (output !== undefined && output !== '-') files.add(output, bytes, filesRead);
    if (hex !== undefined) files.add(hex, hexLines(bytes), filesRead);
    if (asl !== undefined) files.add(asl, aslBuffer(bytes, aslName), filesRead);
    if (depfile !== undefined) {
      files.addDepfile(depfile, depfileTarget(options, output), filesRead);
    }
  }
  await tell(judged, filesRead);
  const isRead = !hasErrors(compiled.diagnostics);
  if (bytes === undefined) return { exitCode: EXIT.findings, isRead };
  if (into === undefined) files.write();
  if (output === '-' && options.isDry !== true) io.stdoutBytes(bytes);
  return { exitCode: EXIT.ok, isRead };
}

/** Where the binary MOF goes; nowhere when only its bytes as text are wanted. */
function binaryOutput({ output, hex, asl }: CompileOptions, base: string): string | undefined {
  return output ?? (hex === undefined && asl === undefined ? `${base}.bmf` : undefined);
}

/** What depends on the files that were read: the first file that is written, if no other is named. */
function depfileTarget(
  { hex, asl, depfileTarget: named }: CompileOptions,
  output: string | undefined,
): string {
  const target = named ?? [output === '-' ? undefined : output, hex, asl].find(Boolean);
  if (target !== undefined) return target;
  throw usageFailure(
    `with '-o -' there is no file that depends on the inputs; name one with --depfile-target`,
  );
}

function refuseUnmeant({ asl, aslName, depfile, depfileTarget: target }: CompileOptions): void {
  if (target !== undefined && depfile === undefined) {
    throw usageFailure('--depfile-target goes with --depfile');
  }
  if (aslName === undefined) return;
  if (asl === undefined) throw usageFailure('--asl-name goes with --asl');
  // ACPI 6.5, 20.2.2: NameSeg is a letter or underscore and three letters, digits or underscores.
  if (!/^[A-Z_][A-Z0-9_]{3}$/.test(aslName)) {
    throw usageFailure(
      `'${printable(aslName)}' is no ACPI name; write four capitals, digits or underscores, such as ${ASL_NAME}`,
    );
  }
}

function bytesOf(document: BinaryMof, name: string): Uint8Array {
  try {
    return writeBinaryMof(document);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw usageFailure(`'${printable(name)}' cannot be a binary MOF: ${error.message}`);
  }
}
