/** `mofgen decompile`: prints the MOF texts of the binary MOFs in its inputs, or writes a single one into a file. */
import { isBinaryMof } from '../binary-mof/index.js';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { textOf } from '../compile/input-text.js';
import { inputSplitter } from './input-parts.js';
import { inputsOf, onDisk } from './inputs.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { type CommandFailure, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { madeFiles, utf16 } from './made-files.js';
import { type DecompileOptions } from './option-types.js';
import { reporter } from './report.js';
import { refuseReportOver } from './report-file.js';
import { runFiles } from './run-files.js';

export async function decompileCommand(
  args: readonly string[],
  options: DecompileOptions,
  io: Io,
): Promise<ExitCode> {
  const { output } = options;
  refuseReportOver(options, output === undefined ? [] : [output], io);
  const { finish, print } = reporter(options, io, false);
  const diagnostics: Diagnostic[] = [];
  const filesRead: string[] = [];
  const texts: { readonly name: string; readonly text: string }[] = [];
  const splitter = inputSplitter(options);
  const files = runFiles(io, (finding) => diagnostics.push(finding));
  let failure: CommandFailure | undefined;
  for (const input of inputsOf(args, options, io)) {
    const bytes = await files.read(input);
    if (bytes === undefined) continue;
    filesRead.push(...onDisk([input.name], input));
    const { parts, diagnostics: found } = splitter.partsOf(input, bytes);
    for (const each of found) diagnostics.push(each);
    for (const part of parts) {
      if (!isBinaryMof(part.bytes)) {
        failure ??= usageFailure(`'${printable(part.input.name)}' is not a binary MOF`);
        continue;
      }
      const { value, diagnostics: ofPart } = textOf(part.bytes, part.input.name);
      diagnostics.push(...ofPart);
      texts.push({ name: value.name, text: value.text });
    }
  }
  const finished = finish([{ diagnostics }]);
  await print(finished, filesRead);
  failure ??= splitter.failure(!files.hasUnreadable());
  if (failure !== undefined) throw failure;
  if (files.hasUnreadable()) return EXIT.inputOutput;
  if (hasErrors(finished)) return EXIT.findings;
  if (output === undefined || output === '-') {
    printTexts(texts, io);
    return EXIT.ok;
  }
  const [one, ...others] = texts;
  if (one === undefined || others.length > 0) {
    throw usageFailure(`there are ${texts.length} binary MOFs; leave -o out to print them all`);
  }
  const made = madeFiles(options, io, 'name another file');
  // mofcomp reads a text that is not UTF-16 in the code page of the machine.
  made.add(output, /^[\0-\x7f]*$/.test(one.text) ? one.text : utf16(one.text), filesRead);
  made.write();
  return EXIT.ok;
}

/** Several texts are printed with the names of their sources. */
function printTexts(
  texts: readonly { readonly name: string; readonly text: string }[],
  io: Io,
): void {
  for (const [index, { name, text }] of texts.entries()) {
    if (texts.length > 1) io.stdout(`${index === 0 ? '' : '\n'}// ${printable(name)}\n`);
    io.stdout(text);
  }
}
