// The samples' PowerShell: byte for byte what is emitted today, and nothing that the views have and no template prints.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emitContext } from '../../../src/emit.js';
import { pageView } from '../../../src/targets/powershell/page-view.js';
import { testsView } from '../../../src/targets/powershell/tests-view.js';
import { loadTemplates } from '../../../src/render/templates.js';
import { root, samples } from '../../mof-files.js';
import { sealed } from '../sealed-view.js';
import { scriptOfFile, scriptOfText } from './emit-files.js';

test.each(samples)('$name is what is emitted today', ({ name, path }) => {
  const folder = join(root, 'samples', name, 'expected/powershell');
  const { tests, page } = scriptOfFile(path);
  expect(readdirSync(folder).sort()).toEqual([`${name}.Tests.ps1`, `${name}.md`].sort());
  expect(readFileSync(join(folder, `${name}.Tests.ps1`), 'utf8')).toBe(tests);
  expect(readFileSync(join(folder, `${name}.md`), 'utf8')).toBe(page);
});

test('templates read exactly the names of the views', () => {
  const asked = new Set<string>();
  const there = new Set<string>();
  const watcher = {
    asked: (path: string) => void asked.add(path),
    there: (path: string) => void there.add(path),
  };
  const templates = loadTemplates();
  const models = [...samples.map(({ path }) => scriptOfFile(path)), scriptOfText('')];
  for (const { model } of models) {
    const context = emitContext('test.mof');
    const views = {
      'powershell/tests.ps1': testsView(model, context),
      'powershell/page.md': pageView(model, context),
    };
    for (const [name, view] of Object.entries(views)) {
      expect(templates.get(name)?.(sealed(view, name, watcher))).toBe(templates.get(name)?.(view));
    }
  }
  expect([...there].filter((path) => !asked.has(path))).toEqual([]);
});
