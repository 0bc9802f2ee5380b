// Creates the folder for what is made once in a run of the tests (test/run-store.ts), and removes it after them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-run-'));
  process.env['MOFGEN_RUN_STORE'] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
