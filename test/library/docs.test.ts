/** Every example of docs/library.md runs on the built library with the output in its comments, and every function has an example. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import * as library from 'mofgen';
import * as forNode from 'mofgen/node';

const path = 'docs/library.md';
const text = readFileSync(path, 'utf8');
const EXAMPLE = /<!-- run -->\s*```ts\n([\s\S]*?)```\s*<!-- prints -->\s*```\n([\s\S]*?)```/g;
const examples = Array.from(text.matchAll(EXAMPLE), ([, code = '', prints = '']) => ({
  code,
  prints,
}));
const folder = resolve('build/library-docs');

/** What an example prints, bundled with the built library. */
async function outputOf(code: string, name: string): Promise<string> {
  writeFileSync(join(folder, `${name}.ts`), code);
  await build({
    entryPoints: [join(folder, `${name}.ts`)],
    outfile: join(folder, `${name}.mjs`),
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { mofgen: resolve('dist/index.js'), 'mofgen/node': resolve('dist/node.js') },
  });
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, `${name}.mjs`)], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

describe('the examples', () => {
  test('are all there', () => {
    expect(examples).toHaveLength(text.split('<!-- run -->').length - 1);
    expect(examples.length).toBeGreaterThan(5);
  });

  test.each(examples.map((example, index) => [index + 1, example] as const))(
    'number %d prints what its comments show',
    async (number, { code, prints }) => {
      const stdout = await outputOf(code, `example-${number}`);
      if (process.env['MOFGEN_WRITE_DOCS'] === '1') {
        writeFileSync(
          path,
          readFileSync(path, 'utf8').replace(
            `${code}\`\`\`\n\n<!-- prints -->\n\n\`\`\`\n${prints}`,
            () => `${code}\`\`\`\n\n<!-- prints -->\n\n\`\`\`\n${stdout}`,
          ),
        );
        return;
      }
      expect(stdout).toBe(prints);
    },
  );

  test('use everything that the entries have', () => {
    const names = [...Object.keys(library), ...Object.keys(forNode)];
    const used = examples.map(({ code }) => code).join('\n');
    // The table of options is named in the text; it is a constant, not a function. defineConfig is for configurations.
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(used))).toEqual([
      'defineConfig',
      'EMIT_OPTIONS',
      'defineTarget',
    ]);
    for (const name of ['EMIT_OPTIONS', 'defineTarget']) expect(text).toContain(name);
  });
});
