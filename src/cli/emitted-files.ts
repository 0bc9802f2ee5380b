/** Emits the files of each input, and reads their present state on disk. Writes nothing. */
import { resolve } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { type RenderedFile } from '../targets/target.js';
import { type AnalyzedInput } from './analyze-part.js';
import { type Input } from './inputs.js';
import { type CommandFailure, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type JobOptions } from './option-types.js';
import { locate, type LocatedFile, type OutputFile, placeOf } from './output-files.js';
import { isPrinted } from './printed-output.js';

export interface Emitted {
  readonly input: Input;
  readonly filesRead: readonly string[];
  readonly files: readonly OutputFile[];
  /** Files that it shares with an earlier input of the run, which has them among its `files`. */
  readonly shared: readonly OutputFile[];
}

/** Every file of the run once: a shared file belongs to the first input. */
export function eachOnce(all: readonly Emitted[]): Emitted[] {
  const firsts = new Map<string, OutputFile>();
  return all.map((each) => {
    const shared: OutputFile[] = [];
    const files = each.files.filter((file) => {
      if (file.rendered.isShared !== true) return true;
      const first = firsts.get(file.path);
      if (first === undefined) firsts.set(file.path, file);
      else if (first.rendered.text === file.rendered.text) shared.push(first);
      else throw twoTexts(file);
      return first === undefined;
    });
    return { ...each, files, shared };
  });
}

function twoTexts({ shown }: OutputFile): CommandFailure {
  return usageFailure(
    `two entries would write different texts to '${printable(shown)}', which their inputs share; ` +
      'give both the same options, or give each its own output',
  );
}

/** The shared files as they are on disk, by path, so that each is read once. */
export type SharedFiles = Map<string, LocatedFile>;

/** The files of one input, rendered and as they are on disk; none without WMI classes. */
export async function emittedFiles(
  analyzed: AnalyzedInput<readonly RenderedFile[]>,
  options: JobOptions,
  shared: SharedFiles,
  io: Io,
): Promise<Emitted> {
  const { input, filesRead, model } = analyzed;
  if (model.blocks.length === 0) return { input, filesRead, files: [], shared: [] };
  const files = outputFiles(analyzed, options, shared, io);
  if (options.format !== true) return { input, filesRead, files, shared: [] };
  const { formatFiles } = await import('./project-formatter.js');
  return { input, filesRead, files: await formatFiles(files, io), shared: [] };
}

/** The emitted files of an input, with their present state on disk; targets may share a file (kmdf contains header). */
function outputFiles(
  { value }: AnalyzedInput<readonly RenderedFile[]>,
  options: JobOptions,
  shared: SharedFiles,
  io: Io,
): OutputFile[] {
  const files = new Map<string, OutputFile>();
  for (const rendered of value) {
    const { name, path: shown, doubles } = placeOf(rendered, options, io);
    const same = files.get(shown);
    if (same === undefined) {
      const place = isPrinted(options, rendered.owner)
        ? { shown: rendered.name, path: resolve(io.cwd, rendered.name), existing: undefined }
        : onDiskOf(rendered, shown, shared, io);
      files.set(shown, { rendered: { ...rendered, name }, doubles, ...place });
    } else if (same.rendered.text !== rendered.text) {
      throw usageFailure(
        `two of the targets ${options.target.join(', ')} would write different texts to ` +
          `'${printable(shown)}'; generate them into folders of their own with -o`,
      );
    }
  }
  return [...files.values()];
}

function onDiskOf(
  { isShared = false }: RenderedFile,
  shown: string,
  shared: SharedFiles,
  io: Io,
): LocatedFile {
  const known = shared.get(shown);
  if (known !== undefined) return known;
  const found = locate(shown, io);
  if (isShared) shared.set(shown, found);
  return found;
}
