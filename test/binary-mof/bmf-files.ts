/** The binary MOFs of the corpus that tests read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from '../mof-files.js';

export interface BmfFile {
  /** As in the corpus, with its folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Every .bmf in folders of the corpus. Without a folder the list is empty and the reason is printed. */
function bmfFiles(...folders: readonly string[]): readonly BmfFile[] {
  return folders.flatMap((folder) => {
    const path = join(corpus, folder);
    if (!existsSync(path)) {
      console.log(`tests of .bmf files skipped: ${path} does not exist (set MOFGEN_CORPUS)`);
      return [];
    }
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.bmf$/i.test(name))
      .sort()
      .map((name) => ({
        name: `${folder}/${name}`,
        bytes: new Uint8Array(readFileSync(join(path, name))),
      }));
  });
}

/** Output of mofcomp for MOFs of the corpus, and binary MOFs of vendors' firmware. */
export const bmfs = bmfFiles('bmf-pairs', 'firmware-bmf');
