/** What the README shows is what mofgen does: excerpts stand in the files they name, and the example prints what it says. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

/** The fenced block after each marker comment that starts with `marker`. */
function blocksAfter(marker: string): { readonly argument: string; readonly text: string }[] {
  const pattern = new RegExp(
    `<!-- ${marker}:? ?(.*?) ?-->\\s*\`\`\`\\w*\\n([\\s\\S]*?)\`\`\``,
    'g',
  );
  return Array.from(readme.matchAll(pattern), ([, argument = '', text = '']) => ({
    argument,
    text,
  }));
}

test('excerpts of files are verbatim, with … for what is left out', () => {
  const excerpts = blocksAfter('file');
  expect(excerpts.length).toBeGreaterThan(1);
  for (const { argument, text } of excerpts) {
    const file = readFileSync(argument, 'utf8');
    for (const part of text.split('…\n')) expect(file).toContain(part);
  }
});

test('the example runs and prints what it says', async () => {
  const [example] = blocksAfter('run');
  const [prints] = blocksAfter('prints');
  const folder = resolve('build/readme');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'example.ts'), example?.text ?? '');
  const generated = readFileSync('samples/door-light/expected/ts/door-light.g.ts', 'utf8');
  writeFileSync(join(folder, 'door-light.g.ts'), generated);
  await build({
    entryPoints: [join(folder, 'example.ts')],
    outfile: join(folder, 'example.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { 'mofgen/runtime': resolve('src/runtime/index.ts') },
  });
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'example.mjs')], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toBe(prints?.text);
});
