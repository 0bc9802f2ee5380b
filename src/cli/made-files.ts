/** Writes the files of a command, all or nothing. Never replaces a file that was read, and skips files that are up to date. */
import { readFileSync } from 'node:fs';
import { printable } from '../diagnostics/printable.js';
import { type Commit, commitFiles, type PendingFile } from './commit-files.js';
import { type DepfileFormat, depfileText } from './depfile.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type MadeFileOptions } from './option-types.js';
import { isSameFile, locate, outputPath, refuseReadOnly } from './output-files.js';

export interface MadeFiles {
  /**
   * Adds a file under the path that was typed. Throws a usage failure when it would replace another output or one of those
   * that were read.
   */
  readonly add: (path: string, content: string | Uint8Array, filesRead: readonly string[]) => void;
  /**
   * Adds the depfile, after the files that depend on what was read. It is in no summary, and one that holds the same already is
   * left alone. Throws a usage failure when it is one of the other files, or no rule can hold a name.
   */
  readonly addDepfile: (
    path: string,
    target: string,
    filesRead: readonly string[],
    format?: DepfileFormat,
  ) => void;
  readonly write: () => void;
}

/** Collects the files of a run; `advice` is how to name another place for one. */
export function madeFiles(
  options: { readonly quiet?: boolean },
  io: Io,
  advice: string,
  commit: Commit = commitFiles,
): MadeFiles {
  const files = new Map<string, PendingFile>();
  let depfile: PendingFile | undefined;
  return {
    add(path, text, filesRead) {
      const file = locate(path, io);
      const taken = filesRead.some((read) => isSameFile(file, read, io));
      if (taken || files.has(file.path)) {
        throw usageFailure(
          `'${printable(file.shown)}' would replace ${taken ? 'a file that was read' : 'another output'}; ${advice}`,
        );
      }
      if (file.existing !== undefined) refuseReadOnly(file);
      files.set(file.path, { path: file.path, shown: file.shown, text, mode: 'replace' });
    },
    addDepfile(path, target, filesRead, format) {
      const text = depfileText(target, [...new Set(filesRead)], format);
      const file = locate(path, io);
      if (files.has(file.path) || filesRead.some((read) => isSameFile(file, read, io))) {
        throw usageFailure(
          `the depfile '${printable(file.shown)}' is an input or an output itself`,
        );
      }
      if (file.existing === text) return;
      if (file.existing !== undefined) refuseReadOnly(file);
      depfile = { path: file.path, shown: file.shown, text, mode: 'replace' };
    },
    write() {
      const changed = [...files.values()].filter((file) => !isThere(file));
      commit([...changed, ...(depfile === undefined ? [] : [depfile])]);
      if (options.quiet === true) return;
      for (const file of files.values()) {
        const what = changed.includes(file) ? 'written' : 'unchanged';
        io.stderr(`${printable(file.shown)}: ${what}\n`);
      }
    },
  };
}

/** Whether a file holds the very bytes. */
function isThere({ path, text }: PendingFile): boolean {
  try {
    return readFileSync(path).equals(typeof text === 'string' ? Buffer.from(text) : text);
  } catch {
    return false;
  }
}

/** Where a text of the output folder is written, unless it has a path of its own. */
export function madePath(options: MadeFileOptions, name: string, chosen?: string): string {
  return chosen ?? outputPath(options, { name, owner: 'mofgen' });
}

export interface MadeTexts {
  /** Adds a text under a name in the output folder, or under the path `chosen`. Throws as `MadeFiles` does. */
  readonly add: (name: string, text: string, filesRead: readonly string[], chosen?: string) => void;
  readonly write: () => void;
}

/** The same for texts in the output folder, in the encoding of the options. With `into` they are files of a larger run. */
export function madeTexts(options: MadeFileOptions, io: Io, into?: MadeFiles): MadeTexts {
  if (options.output === '-') {
    throw usageFailure(`'-o -' prints generated code only; name a folder with -o`);
  }
  const files = into ?? madeFiles(options, io, 'name a folder with -o');
  return {
    add(name, text, filesRead, chosen) {
      const encoded = options.encoding === 'utf-8' ? text : utf16(text);
      files.add(madePath(options, name, chosen), encoded, filesRead);
    },
    write: into === undefined ? files.write : () => undefined,
  };
}

/** Little-endian with a mark, as mofcomp writes it. */
export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let index = 0; index < text.length; index++) {
    view.setUint16(2 * index + 2, text.charCodeAt(index), true);
  }
  return bytes;
}
