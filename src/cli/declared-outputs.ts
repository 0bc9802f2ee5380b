/**
 * The files that a run will write, from the names of its inputs, and of files of the user's that may have one of two names.
 *
 * No file is read. It must not know what any target emits.
 */
import { printable } from '../diagnostics/printable.js';
import { unusableInName } from '../targets/file-name.js';
import { type RunTarget } from './emission.js';
import { type Input } from './inputs.js';
import { type Io, usageFailure } from './io.js';
import { type GenerateOptions } from './options.js';
import { placeOf } from './output-files.js';
import { type ListedFile } from './output-lists.js';

/**
 * Every file of the run, each once; inputs may share some. Throws a usage failure when two inputs would write one that is not
 * shared; file systems may fold case, so case makes no difference here.
 */
export function declaredOutputs(
  inputs: readonly Input[],
  targets: readonly RunTarget[],
  options: GenerateOptions,
  io: Io,
): ListedFile[] {
  const outputs = new Map<string, ListedFile & { readonly input: Input; isShared: boolean }>();
  for (const input of inputs) {
    for (const file of targets.flatMap((target) => target.fileNames(input.base))) {
      const { path } = placeOf(file, options, io);
      const key = path.normalize('NFC').toLowerCase();
      const isShared = file.isShared === true;
      const other = outputs.get(key);
      if (other === undefined) {
        outputs.set(key, { path, owner: file.owner, input, isShared });
      } else if (other.input !== input && !(isShared && other.isShared)) {
        throw usageFailure(
          `'${printable(other.input.name)}' and '${printable(input.name)}' would both be written to ` +
            `'${printable(path)}'; generate them into folders of their own with -o`,
        );
      }
    }
  }
  return [...outputs.values()].map(({ path, owner }) => ({ path, owner }));
}

/** Emitted files are named after their input, and name each other in import and include lines. */
export function refuseUnusableName({ name, base }: Input, targets: readonly RunTarget[]): void {
  const reason =
    unusableInName(base) ??
    targets.map((each) => each.unusableBase(base)).find((each) => each !== undefined);
  if (reason === undefined) return;
  throw usageFailure(
    `'${printable(name)}' cannot give its name to files that name each other: ${printable(reason)}; rename it`,
  );
}
