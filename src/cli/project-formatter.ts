/**
 * `--format`: runs the prettier of the user's own project, with its configuration, on the TypeScript that a run writes.
 *
 * Loaded only with that option.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { isFormattable, type OutputFile } from './output-files.js';

/** The part of prettier's interface that is used; versions 3 and later have it. */
interface Prettier {
  readonly version?: string;
  readonly format: (text: string, options: object) => Promise<string>;
  readonly resolveConfig: (file: string, options: object) => Promise<object | null>;
  readonly getFileInfo: (
    file: string,
    options: { readonly ignorePath: string; readonly withNodeModules: boolean },
  ) => Promise<{ readonly ignored: boolean }>;
}

/**
 * The files with the texts that prettier makes of them; a file of the user's that exists stays as it is, and so does one
 * that `.prettierignore` names. Throws a usage failure where there is no prettier, and where it fails.
 */
export async function formatFiles(files: readonly OutputFile[], io: Io): Promise<OutputFile[]> {
  const result: OutputFile[] = [];
  for (const file of files) {
    const { rendered, existing, path, shown } = file;
    const isKept = rendered.owner === 'user' && existing !== undefined;
    if (isKept || !isFormattable(rendered)) result.push(file);
    else {
      const text = await formattedText(rendered.text, path, shown, io);
      result.push({ ...file, rendered: { ...rendered, text } });
    }
  }
  return result;
}

/** The text of one file as the project's prettier writes it; `path` is where the file lies. */
async function formattedText(text: string, path: string, shown: string, io: Io): Promise<string> {
  const prettier = prettierFor(path, io);
  try {
    for (const ignorePath of ignoreFiles(path)) {
      const { ignored } = await prettier.getFileInfo(path, { ignorePath, withNodeModules: true });
      if (ignored) return text;
    }
    const config = await prettier.resolveConfig(path, { editorconfig: true });
    return await prettier.format(text, { ...config, filepath: path });
  } catch (error) {
    throw usageFailure(`prettier cannot format '${printable(shown)}': ${reasonOf(error)}`);
  }
}

/** The first line of an error: prettier adds an excerpt of the text. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return printable(/^.*/.exec(message)?.[0] ?? '');
}

/** Each `.prettierignore` from the folder of the file up: prettier's own command reads that of the folder it runs in. */
function ignoreFiles(path: string): string[] {
  const found: string[] = [];
  for (let at = dirname(path); ; at = dirname(at)) {
    const file = join(at, '.prettierignore');
    if (existsSync(file)) found.push(file);
    if (at === dirname(at)) return found;
  }
}

const MIN_VERSION = 3;

/** The prettier that resolves from the folder of the file, or else from that of the run. */
function prettierFor(path: string, io: Io): Prettier {
  for (const folder of [dirname(path), io.cwd]) {
    const requireFrom = createRequire(join(folder, 'any.js'));
    let entry: string;
    try {
      entry = requireFrom.resolve('prettier');
    } catch {
      continue;
    }
    const found = loaded(requireFrom, entry);
    const { version = 'another one' } = found;
    if (!(Number.parseInt(version, 10) >= MIN_VERSION)) {
      throw usageFailure(
        `--format needs prettier ${MIN_VERSION} or later, and this project has ${printable(version)}`,
      );
    }
    return found;
  }
  throw usageFailure(
    '--format runs the prettier of your project, which has none: npm install --save-dev prettier, or leave --format out',
  );
}

function loaded(requireFrom: NodeJS.Require, entry: string): Prettier {
  try {
    return requireFrom(entry) as Prettier;
  } catch (error) {
    throw usageFailure(`the prettier of your project cannot be loaded: ${reasonOf(error)}`);
  }
}
