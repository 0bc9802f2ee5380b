/** The acpidump files of the corpus. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from '../mof-files.js';

const folder = join(corpus, 'acpi');

/** Each with its bytes; an empty list without the corpus, which mof-files.ts prints. */
export const dumps = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => name.endsWith('.acpidump'))
  .sort()
  .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
