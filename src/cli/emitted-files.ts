/**
 * What each input of a run emits, and what is on disk in its place.
 *
 * It writes nothing, and must not know what any target emits.
 */
import { resolve } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { type RenderedFile } from '../targets/target.js';
import { type AnalyzedInput } from './analyze-part.js';
import { type Input } from './inputs.js';
import { type Io, usageFailure } from './io.js';
import { type GenerateOptions } from './options.js';
import { locate, type OutputFile, placeOf } from './output-files.js';
import { isPrinted } from './printed-output.js';

export interface Emitted {
  readonly input: Input;
  readonly filesRead: readonly string[];
  readonly files: readonly OutputFile[];
  /** Files that it has together with an earlier input of the run, which has them among its `files`. */
  readonly shared: readonly OutputFile[];
}

/** Every file of the run once: those that several inputs have are the first one's. */
export function eachOnce(all: readonly Emitted[]): Emitted[] {
  const firsts = new Map<string, OutputFile>();
  return all.map((each) => {
    const shared: OutputFile[] = [];
    const files = each.files.filter((file) => {
      if (file.rendered.isShared !== true) return true;
      const first = firsts.get(file.path);
      if (first === undefined) firsts.set(file.path, file);
      else shared.push(first);
      return first === undefined;
    });
    return { ...each, files, shared };
  });
}

/** The files of one input, as they are to be and as they are on disk; none without WMI classes. */
export async function emittedFiles(
  analyzed: AnalyzedInput<readonly RenderedFile[]>,
  options: GenerateOptions,
  io: Io,
): Promise<Emitted> {
  const { input, filesRead, model } = analyzed;
  if (model.blocks.length === 0) return { input, filesRead, files: [], shared: [] };
  const files = outputFiles(analyzed, options, io);
  if (options.format !== true) return { input, filesRead, files, shared: [] };
  const { formatFiles } = await import('./project-formatter.js');
  return { input, filesRead, files: await formatFiles(files, io), shared: [] };
}

/** What an input emits and what is on disk in its place; targets may share a file (kmdf contains header). */
function outputFiles(
  { value }: AnalyzedInput<readonly RenderedFile[]>,
  options: GenerateOptions,
  io: Io,
): OutputFile[] {
  const files = new Map<string, OutputFile>();
  for (const rendered of value) {
    const { name, path: shown, doubles } = placeOf(rendered, options, io);
    const same = files.get(shown);
    if (same === undefined) {
      const place = isPrinted(options, rendered.owner)
        ? { shown: rendered.name, path: resolve(io.cwd, rendered.name), existing: undefined }
        : locate(shown, io);
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
