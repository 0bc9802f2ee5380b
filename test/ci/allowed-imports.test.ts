// The table of allowed imports: its rule reports what it must, and its rooms are folders and files that exist.
import { existsSync } from 'node:fs';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { ALLOWED_IMPORTS } from '../../allowed-imports.js';
import { allowedImports } from '../../scripts/imports-rule.mjs';

const TABLE = {
  'src/ground': [],
  'src/house': ['src/ground', 'handlebars', 'node:'],
  'src/house/attic': ['src/house'],
  'src/index.ts': ['src/house/*'],
  'src/yard': [],
  'src/yard/*': ['src/ground'],
};

function messagesFor(path: string, text: string): string[] {
  return new Linter({ cwd: '/project' })
    .verify(
      text,
      [
        {
          files: ['**/*.ts'],
          plugins: { mofgen: { rules: { imports: allowedImports } } },
          rules: { 'mofgen/imports': ['error', TABLE] },
        },
      ],
      `/project/${path}`,
    )
    .map(({ message }) => message);
}

describe('the rule', () => {
  test.each([
    ['src/ground/a.ts', "import './b.js';"],
    ['src/ground/deep/a.ts', "import '../b.js';"],
    ['src/house/a.ts', "import '../ground/b.js';"],
    ['src/house/a.ts', "export * from 'handlebars';"],
    ['src/house/a.ts', "import 'handlebars/runtime.js';"],
    ['src/house/a.ts', "import 'node:fs';"],
    ['src/house/attic/a.ts', "import '../b.js';"],
    ['src/index.ts', "import('./house/attic/a.js');"],
    ['src/yard/shed/a.ts', "import '../../ground/b.js';"],
    ['src/yard/shed/a.ts', "import './b.js';"],
  ])('%s may have: %s', (path, text) => {
    expect(messagesFor(path, text)).toEqual([]);
  });

  test.each([
    ['src/ground/a.ts', "import '../house/b.js';", 'src/ground may not import src/house'],
    ['src/ground/a.ts', "export { x } from '../house/attic/b.js';", 'src/house/attic'],
    ['src/ground/a.ts', "import('../house/b.js');", 'src/ground may not import src/house'],
    ['src/ground/a.ts', "import 'node:fs';", 'src/ground may not import node:'],
    ['src/house/a.ts', "import './attic/b.js';", 'src/house may not import src/house/attic'],
    ['src/house/attic/a.ts', "import 'handlebars';", 'src/house/attic may not import handlebars'],
    ['src/house/a.ts', "import '@x/y/z.js';", 'src/house may not import @x/y'],
    ['src/house/a.ts', "import '../../scripts/z.js';", 'src/house may not import scripts/z.ts'],
    ['src/yard/a.ts', "import './shed/b.js';", 'src/yard may not import src/yard/shed'],
    ['src/yard/shed/a.ts', "import '../barn/b.js';", 'src/yard/shed may not import src/yard/barn'],
    ['src/garden/a.ts', '', 'src/garden/a.ts is in no room'],
  ])('%s may not have: %s', (path, text, message) => {
    expect(messagesFor(path, text)).toEqual([expect.stringContaining(message)]);
  });
});

test('every room of the table exists, and every entry is a room, a package or node:', () => {
  const packages = ['chevrotain', 'handlebars', 'commander', 'chokidar', 'jsonc-parser', 'node:'];
  for (const [room, entries] of Object.entries(ALLOWED_IMPORTS)) {
    expect(existsSync(room.replace(/\/\*$/, '')), room).toBe(true);
    for (const entry of entries) {
      const isKnown =
        entry in ALLOWED_IMPORTS ||
        packages.includes(entry) ||
        existsSync(entry.replace(/\/\*$/, ''));
      expect(isKnown, `${room}: ${entry}`).toBe(true);
    }
  }
});
