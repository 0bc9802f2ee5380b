/**
 * Texts that a command makes of MOF files and writes into its output folder: encoded, never in the place of what was read,
 * all or nothing. It must not know what they say.
 */
import { printable } from '../diagnostics/printable.js';
import { commitFiles, type PendingFile } from './commit-files.js';
import { type Io, usageFailure } from './io.js';
import { type MadeFileOptions } from './options.js';
import { isSameFile, locate, outputPath, refuseReadOnly } from './output-files.js';
import { refuseReportOver } from './report-file.js';

export interface MadeFiles {
  /** Throws a usage failure when the file would replace another output or one of those that were read. */
  readonly add: (name: string, text: string, filesRead: readonly string[]) => void;
  readonly write: () => void;
}

export function madeFiles(options: MadeFileOptions, io: Io): MadeFiles {
  if (options.output === '-') {
    throw usageFailure(`'-o -' prints generated code only; name a folder with -o`);
  }
  const files = new Map<string, PendingFile>();
  return {
    add(name, text, filesRead) {
      const file = locate(outputPath(options, { name, owner: 'mofgen' }), io);
      const taken = filesRead.some((read) => isSameFile(file, read, io));
      if (taken || files.has(file.path)) {
        throw usageFailure(
          `'${printable(file.shown)}' would replace ${taken ? 'what was read' : 'another output'}; name a folder with -o`,
        );
      }
      refuseReportOver(options, [file.shown], io);
      if (file.existing !== undefined) refuseReadOnly(file);
      const encoded = options.encoding === 'utf-8' ? text : utf16(text);
      files.set(file.path, { path: file.path, shown: file.shown, text: encoded, mode: 'replace' });
    },
    write() {
      commitFiles([...files.values()]);
      if (options.quiet === true) return;
      for (const { shown } of files.values()) io.stderr(`${printable(shown)}: written\n`);
    },
  };
}

/** Little-endian with a mark, as mofcomp writes it. */
function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let index = 0; index < text.length; index++) {
    view.setUint16(2 * index + 2, text.charCodeAt(index), true);
  }
  return bytes;
}
