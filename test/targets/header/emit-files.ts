// The C headers for MOF files on the disk.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { finish } from '../../../src/diagnostics/finish.js';
import { emitContext } from '../../../src/emit.js';
import { analyze } from '../../../src/generate.js';
import { checkHeader } from '../../../src/targets/header/check.js';
import { header } from '../../../src/targets/header/index.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { includesBeside } from '../../mof-files.js';

export interface FileHeader {
  readonly name: string;
  readonly text: string;
  /** The codes of the diagnostics. */
  readonly codes: readonly string[];
}

/** The header of a MOF file with its includes, which must have no errors. */
export function headerOfFile(path: string, options: EmitOptions): FileHeader {
  const { value, diagnostics } = analyze(readFileSync(path), path, includesBeside());
  const context = emitContext(path, options);
  const found = checkHeader(value, context);
  if (hasErrors([...diagnostics, ...found])) throw new Error(`${basename(path)} has errors`);
  const [file] = header.emit(value, context);
  if (file === undefined) throw new Error(`no header for ${path}`);
  return {
    name: file.name,
    text: file.text,
    codes: finish([{ diagnostics: found, files: [path] }]).map(({ code }) => code),
  };
}
