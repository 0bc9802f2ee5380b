// Creates a folder for headers that are precompiled once for all tests (test/c/precompiled.ts), and removes it after them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-precompiled-'));
  process.env['MOFGEN_PRECOMPILED'] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
