// eslint finds nothing in emitted TypeScript: not with typescript-eslint's strictest rules, not an unused directive, and
// without the directive nothing that its recommended rules forbid.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import eslint from '@eslint/js';
import { ESLint, Linter } from 'eslint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import tseslint from 'typescript-eslint';
import { root, samples } from '../../mof-files.js';

const folder = join(root, 'build/lint');

const files = samples.flatMap(({ name }) =>
  ['g', 'provider'].map((kind) => ({
    file: `${name}.${kind}.ts`,
    text: readFileSync(join(root, 'samples', name, 'expected/ts', `${name}.${kind}.ts`), 'utf8'),
  })),
);

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of files) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, 'wrong.ts'), 'export const a: any = 1;\n');
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    target: 'es2023',
    module: 'nodenext',
    types: [],
    paths: { 'mofgen/runtime': [join(root, 'src/runtime/index.ts')] },
  };
  const config = { compilerOptions, include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the strictest type-checked rules find nothing', async () => {
  const linter = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      eslint.configs.recommended,
      ...(tseslint.configs.strictTypeChecked as Linter.Config[]),
      { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: folder } } },
    ],
  });
  const results = await linter.lintFiles(['*.ts']);
  expect(results).toHaveLength(files.length + 1);
  const found = results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, ruleId, message }) =>
        `${filePath.slice(folder.length + 1)}:${line}: ${ruleId} ${message}`,
    ),
  );
  expect(found).toEqual([
    'wrong.ts:1: @typescript-eslint/no-explicit-any Unexpected any. Specify a different type.',
  ]);
});

test.each(files)(
  '$file: without the directive the recommended rules find nothing',
  ({ file, text }) => {
    const config = [
      eslint.configs.recommended,
      ...tseslint.configs.recommended,
      { files: ['**/*.ts'] },
    ];
    const bare = text.replace('/* eslint-disable */\n', '');
    const found = new Linter().verify(bare, config, file);
    expect(found.filter(({ ruleId }) => ruleId !== 'no-warning-comments')).toEqual([]);
  },
);
