/**
 * Renames a file. On Windows, retries while another program has the target open: editors, virus scanners and other runs of mofgen
 * do so for a moment.
 */
import { renameSync } from 'node:fs';
import { systemCode } from './failures.js';
import { pause } from './pause.js';

/** Milliseconds between attempts: about a second in all. */
const PAUSES = [5, 10, 20, 40, 80, 160, 320, 320];

/** The errors of Windows while another program has the file open. */
const IN_USE: ReadonlySet<string> = new Set(['EACCES', 'EBUSY', 'EPERM']);

export function patientRename(
  from: string,
  to: string,
  rename = renameSync,
  isWindows = process.platform === 'win32',
): void {
  for (const milliseconds of isWindows ? PAUSES : []) {
    try {
      rename(from, to);
      return;
    } catch (error) {
      if (!IN_USE.has(systemCode(error) ?? '')) throw error;
      pause(milliseconds);
    }
  }
  rename(from, to);
}
