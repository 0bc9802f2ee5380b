// The MOF files that are on the disk: the samples, and the corpus where it is there; and the C headers for them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { emitContext } from '../../../src/emit.js';
import { analyze } from '../../../src/generate.js';
import { checkHeader } from '../../../src/targets/header/check.js';
import { header } from '../../../src/targets/header/index.js';
import { type EmitOptions } from '../../../src/targets/options.js';

export const root = join(import.meta.dirname, '../../..');
const corpus = process.env['MOFGEN_CORPUS'] ?? join(root, '../shared/corpus');

/** Every sample: its name and its MOF file. */
export const samples = readdirSync(join(root, 'samples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(join(root, 'samples', name))
      .filter((file) => file.endsWith('.mof'))
      .map((file) => ({ name, path: join(root, 'samples', name, file) })),
  );

/** The MOF files of drivers and firmware that need no preprocessor; none without the corpus, which is then printed. */
export function corpusFiles(check: string): readonly string[] {
  if (!existsSync(corpus)) {
    console.log(
      `${check}: not run on the corpus, because ${corpus} does not exist (set MOFGEN_CORPUS)`,
    );
    return [];
  }
  return ['windows-driver-samples', 'linux-firmware']
    .map((folder) => join(corpus, folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => /\.mof$/i.test(path))
    .filter((path) => {
      const text = readFileSync(path).toString('latin1').replaceAll('\0', '');
      return !/^[ \t]*#[ \t]*(define|include)/im.test(text);
    })
    .sort();
}

export interface FileHeader {
  readonly name: string;
  readonly text: string;
  /** Codes of what was reported. */
  readonly codes: readonly string[];
}

/** The header of a MOF file with its includes, which must have no errors. */
export function headerOfFile(path: string, options: EmitOptions): FileHeader {
  const { value, diagnostics } = analyze(readFileSync(path), path, (included, from) => {
    const name = join(dirname(from), included);
    return existsSync(name) ? { name, bytes: readFileSync(name) } : undefined;
  });
  const context = emitContext(path, options);
  const found = checkHeader(value, context);
  if (hasErrors([...diagnostics, ...found])) throw new Error(`${basename(path)} has errors`);
  const [file] = header.emit(value, context);
  if (file === undefined) throw new Error(`no header for ${path}`);
  return { name: file.name, text: file.text, codes: found.map(({ code }) => code) };
}
