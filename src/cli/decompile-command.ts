/** `mofgen decompile`: prints the MOF texts of the binary MOFs in its inputs, or writes the one that there is into a file. */
import { isBinaryMof } from '../binary-mof/index.js';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { textOf } from '../input-text.js';
import { inputSplitter } from './input-parts.js';
import { inputsOf, onDisk, readInput } from './inputs.js';
import { type CommandFailure, EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { madeFiles, utf16 } from './made-files.js';
import { type DecompileOptions } from './options.js';
import { reporter } from './report.js';

export async function decompileCommand(
  args: readonly string[],
  options: DecompileOptions,
  io: Io,
): Promise<ExitCode> {
  const { judge, tell } = reporter(options, io, false);
  const diagnostics: Diagnostic[] = [];
  const filesRead: string[] = [];
  const texts: { readonly name: string; readonly text: string }[] = [];
  const splitter = inputSplitter(options);
  let failure: CommandFailure | undefined;
  let unreadable = false;
  for (const input of inputsOf(args, options, io)) {
    const bytes = await readInput(input, io);
    if (!(bytes instanceof Uint8Array)) {
      unreadable = true;
      diagnostics.push(bytes);
      continue;
    }
    filesRead.push(...onDisk([input.name], input));
    const { parts, diagnostics: found } = splitter.partsOf(input, bytes);
    diagnostics.push(...found);
    for (const part of parts) {
      if (!isBinaryMof(part.bytes)) {
        failure ??= usageFailure(`'${printable(part.input.name)}' is no binary MOF`);
        continue;
      }
      const { value, diagnostics: ofPart } = textOf(part.bytes, part.input.name);
      diagnostics.push(...ofPart);
      texts.push({ name: value.name, text: value.text });
    }
  }
  const judged = judge(diagnostics);
  await tell(judged, filesRead);
  failure ??= splitter.failure();
  if (failure !== undefined) throw failure;
  if (unreadable) return EXIT.inputOutput;
  if (hasErrors(judged)) return EXIT.findings;
  const { output } = options;
  if (output === undefined || output === '-') {
    io.stdout(joined(texts));
    return EXIT.ok;
  }
  const [one, ...others] = texts;
  if (one === undefined || others.length > 0) {
    throw usageFailure(`there are ${texts.length} binary MOFs; leave -o out to print them all`);
  }
  const files = madeFiles(options, io, 'name another file');
  // mofcomp takes a text that is not UTF-16 to be in the code page of the machine.
  files.add(output, /^[\0-\x7f]*$/.test(one.text) ? one.text : utf16(one.text), filesRead);
  files.write();
  return EXIT.ok;
}

/** Several texts go under the names of what they were in. */
function joined(texts: readonly { readonly name: string; readonly text: string }[]): string {
  if (texts.length === 1) return texts[0]?.text ?? '';
  return texts.map(({ name, text }) => `// ${printable(name)}\n${text}`).join('\n');
}
