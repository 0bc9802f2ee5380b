// Creates a folder for compilations that several tests share (test/c/compilations.ts), and removes it after all tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-compilations-'));
  process.env['MOFGEN_COMPILATIONS'] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
