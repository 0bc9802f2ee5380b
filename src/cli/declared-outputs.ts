/**
 * The files that a run will write, from the names of its inputs alone.
 *
 * Nothing is read. It must not know what any target emits.
 */
import { printable } from '../diagnostics/printable.js';
import { type Target } from '../targets/target.js';
import { type Input } from './inputs.js';
import { usageFailure } from './io.js';
import { type GenerateOptions } from './options.js';
import { outputPath } from './output-files.js';
import { type ListedFile } from './output-lists.js';

/**
 * Every file of the run, each once. Throws a usage failure when two inputs would write one; file systems may fold case,
 * so case makes no difference here.
 */
export function declaredOutputs(
  inputs: readonly Input[],
  targets: readonly Target[],
  options: GenerateOptions,
): ListedFile[] {
  const outputs = new Map<string, ListedFile & { readonly input: Input }>();
  for (const input of inputs) {
    for (const file of targets.flatMap((target) => target.fileNames(input.base))) {
      const path = outputPath(options, file);
      const key = path.normalize('NFC').toLowerCase();
      const other = outputs.get(key);
      if (other === undefined) {
        outputs.set(key, { path, owner: file.owner, input });
      } else if (other.input !== input) {
        throw usageFailure(
          `'${printable(other.input.name)}' and '${printable(input.name)}' would both be written to ` +
            `'${printable(path)}'; generate them into folders of their own with -o`,
        );
      }
    }
  }
  return [...outputs.values()].map(({ path, owner }) => ({ path, owner }));
}

/** Characters that a module specifier or a Windows file name cannot hold. */
const UNUSABLE = /[\p{Cc}"#%*:<>?|]/u;
/** What Windows takes for a device, whatever the extension (naming files, win32 documentation). */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Emitted files are named after their input, and name each other in import and include lines. */
export function refuseUnusableName({ name, base }: Input): void {
  const [character] = UNUSABLE.exec(base) ?? [];
  const reason =
    character === undefined
      ? DEVICE.test(base) && 'Windows takes it for a device'
      : `'${printable(character)}' cannot stand in it`;
  if (reason === false) return;
  throw usageFailure(
    `'${printable(name)}' cannot give its name to files that name each other: ${reason}; rename it`,
  );
}
