/**
 * Keeps folders with what several files of tests need, such as compiled objects: each is made once in a run. It knows nothing of
 * what is in them.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const made = new Map<string, Promise<string>>();

/**
 * The folder that `make` has filled, for this key (a value that JSON can hold) in this run. Throws what `make` throws.
 *
 * @example await madeOnce(['objects', flags], (folder) => compileInto(folder))
 */
export function madeOnce(key: unknown, make: (folder: string) => Promise<void>): Promise<string> {
  const store = process.env['MOFGEN_RUN_STORE'];
  if (store === undefined) throw new Error('there is no store: test/run-store-setup.ts makes it');
  const name = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 16);
  const folder = join(store, name);
  const before = made.get(folder) ?? fill(folder, make);
  made.set(folder, before);
  return before;
}

/** Other processes may fill it at the same time: the folder appears complete, in one step. */
async function fill(folder: string, make: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  const temporary = `${folder}-${randomUUID()}`;
  mkdirSync(temporary);
  try {
    await make(temporary);
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    // Another process was first.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
