/**
 * Names the temporary files of a run, and removes those of runs that were killed.
 *
 * `.mofgen-<process>-<host>-<random>.tmp`, in the folder of the output.
 */
import { lstatSync, readlinkSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { namesIn } from './folder-names.js';
import { systemCode } from './failures.js';

/** Longer than any run keeps its temporaries. */
const OLD_MS = 3_600_000;

/** The names made by this process: an earlier one may have had the same number, as in containers. */
const madeHere = new Set<string>();

/** A temporary in the folder of `path`. Its name is short, so that it does not overflow where that of the file just fits. */
export function temporaryBeside(path: string): string {
  const random = Math.random().toString(36).slice(2);
  const name = `.mofgen-${process.pid}-${host()}-${random}.tmp`;
  madeHere.add(name);
  return join(dirname(path), name);
}

/**
 * Removes temporaries of runs that have ended: the process is gone, or the file is old. A process number is valid
 * only on its own host; containers that share a folder are different hosts. Errors are ignored.
 */
export function removeTemporaries(folder: string): void {
  for (const name of namesIn(folder)) {
    const [, processId, madeOn] =
      /^\.mofgen-(\d{1,10})-(?:([0-9a-z]+)-)?[0-9a-z]+\.tmp$/.exec(name) ?? [];
    if (processId === undefined || madeHere.has(name)) continue;
    const path = join(folder, name);
    try {
      const stats = lstatSync(path);
      if (!stats.isFile()) continue;
      const isGone = madeOn === host() && !isAlive(Number(processId));
      // ctime: a backup keeps the contents and mtime of an old file.
      if (isGone || Date.now() - stats.ctimeMs > OLD_MS) rmSync(path, { force: true });
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
  }
}

/** Whether a process runs; EPERM means that it runs as another user. */
function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

let known: string | undefined;

/** Letters and digits that differ between machines, and between the process namespaces of one Linux. */
function host(): string {
  known ??= shortHash(`${hostname()} ${processNamespace()}`);
  return known;
}

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    // Other systems have one for all.
    return '';
  }
}

/** FNV-1a, 32 bits: names only have to differ. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
