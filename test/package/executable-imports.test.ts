// In a single executable, whose files are scripts of node:vm, a module of the user's cannot be imported: the message names the way out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'mofgen-executable-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Loads the command line as the main program of an executable does. */
const MAIN = `import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { loaderOf, wrapped } from ${JSON.stringify(pathToFileURL(resolve('scripts/executable/loader.mjs')).href)};
const scriptOf = (file) =>
  new Script(wrapped(readFileSync(${JSON.stringify(resolve('dist/cli'))} + '/' + file, 'latin1')), { filename: file });
loaderOf(scriptOf, createRequire(import.meta.url))('mofgen.cjs');
`;

writeFileSync(join(folder, 'main.mjs'), MAIN);
writeFileSync(join(folder, 'mine.mjs'), 'export default 1;\n');
writeFileSync(join(folder, 'a.mof'), 'class A { uint32 x; };\n');

test.each([
  ['--config', 'mine.mjs'],
  ['a.mof', '-t', './mine.mjs'],
])('%s %s', (...args) => {
  const { status, stderr } = spawnSync(process.execPath, ['main.mjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toContain('the single executable cannot import modules; use mofgen from npm');
  expect(status).toBeGreaterThan(0);
});
