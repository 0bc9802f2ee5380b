/**
 * The files that a run will write, derived from the names of its inputs. Reads no input; only looks for user files that may have
 * one of two names.
 */
import { basename, dirname, join, resolve } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { unusableInName } from '../targets/file-name.js';
import { type RunTarget } from './emission.js';
import { type Input } from './inputs.js';
import { type CommandFailure, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type PlannedJob } from './planned-jobs.js';
import { placeOf } from './output-files.js';
import { type ListedFile } from './output-lists.js';
import { realFolder } from './record-folder.js';

/** The inputs and the targets of which the files are wanted. */
export type DeclaringJob = Pick<PlannedJob, 'inputs' | 'targets' | 'options'>;

/**
 * Every file of the run, each once; inputs may share some. Throws a usage failure when two inputs, or two jobs with one input, would
 * write one that is not shared. Compares paths without case and with links followed, as file systems may.
 */
export function declaredOutputs(jobs: readonly DeclaringJob[], io: Io): ListedFile[] {
  const outputs = new Map<string, ListedFile & { readonly input: Input; isShared: boolean }>();
  const folders = new Map<string, string>();
  const realPath = (path: string): string => {
    const absolute = resolve(io.cwd, path);
    const folder = dirname(absolute);
    const real = folders.get(folder) ?? realFolder(folder);
    folders.set(folder, real);
    return join(real, basename(absolute));
  };
  for (const { inputs, targets, options } of jobs) {
    for (const input of inputs) {
      for (const file of targets.flatMap((target) => target.fileNames(input.base))) {
        const { path } = placeOf(file, options, io);
        const key = realPath(path).normalize('NFC').toLowerCase();
        const isShared = file.isShared === true;
        const other = outputs.get(key);
        if (other === undefined) {
          outputs.set(key, { path, owner: file.owner, input, isShared });
        } else if (other.input !== input && !(isShared && other.isShared)) {
          throw twoWriters(other.input, input, path);
        }
      }
    }
  }
  return [...outputs.values()].map(({ path, owner }) => ({ path, owner }));
}

function twoWriters(first: Input, second: Input, path: string): CommandFailure {
  const [one, other, shown] = [first.name, second.name, path].map(printable);
  return usageFailure(
    one === other
      ? `two entries would write '${shown}' for '${one}'; name its targets in one entry, or give each entry its own output`
      : `'${one}' and '${other}' would both be written to '${shown}'; generate them into folders of their own with -o`,
  );
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
