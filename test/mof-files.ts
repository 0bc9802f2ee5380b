/**
 * The MOF files on the disk that tests read: the samples, and the corpus where it is there (MOFGEN_CORPUS).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IncludeReader } from '../src/compile/compilation.js';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const corpus = process.env['MOFGEN_CORPUS'] ?? join(root, '../shared/corpus');
export const hasCorpus = existsSync(corpus);
if (!hasCorpus) console.log(`corpus tests skipped: ${corpus} does not exist (set MOFGEN_CORPUS)`);

/** Every sample: its name and its MOF file. */
export const samples = readdirSync(join(root, 'samples'))
  .map((name) => ({ name, path: join(root, 'samples', name, `${name}.mof`) }))
  .filter(({ path }) => existsSync(path));

/** The MOF files in a folder and below it; an empty list without the folder. */
export function mofFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.mof$/i.test(name))
    .map((name) => join(folder, name))
    .sort();
}

/** The MOF files in folders of the corpus. */
export function corpusFiles(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) => mofFiles(join(corpus, folder)));
}

/** The MOF files of drivers and firmware for which nothing else is needed: they have no macros and no includes. */
export function selfContainedFiles(): string[] {
  return corpusFiles('windows-driver-samples', 'linux-firmware').filter((path) => {
    const text = readFileSync(path).toString('latin1').replaceAll('\0', '');
    return !/^[ \t]*#[ \t]*(define|include)/im.test(text);
  });
}

/** Finds included files next to the including one, and in `folders`. */
export function includesBeside(...folders: readonly string[]): IncludeReader {
  return (path, from) => {
    const places = [dirname(from), ...folders].map((at) => join(at, path.replaceAll('\\', '/')));
    const name = places.find((place) => existsSync(place));
    return name === undefined ? undefined : { name, bytes: readFileSync(name) };
  };
}
