// Two branches that change one MOF file and generate again merge without a conflict, into the output for the merged MOF.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../../mof-files.js';
import { emitted } from './generated-module.js';

/** The result of Git's three-way merge of a file; throws on a conflict. */
function merged(base: string, ours: string, theirs: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-merge-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const paths = Object.entries({ ours, base, theirs }).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
  const { status, stdout, stderr } = spawnSync('git', ['merge-file', '-p', ...paths], {
    encoding: 'utf8',
  });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
}

const mof = readFileSync(join(root, 'samples/smart-fan/smart-fan.mof'), 'utf8');

/** Replaces the nth description. */
function described(text: string, nth: number, description: string): string {
  let found = -1;
  return text.replaceAll(/Description\("[^"]*"\)/g, (old) => {
    found += 1;
    return found === nth ? `Description(${description})` : old;
  });
}

test.each([
  ['two descriptions', described(mof, 1, '"One."'), described(mof, 5, '"Two."')],
  [
    'two descriptions that have other numbers of lines then',
    described(mof, 1, '"One, "\n        "and more."'),
    described(mof, 5, '"Two, "\n        "and "\n        "much more."'),
  ],
])('%s', (_what, ours, theirs) => {
  expect(ours).not.toBe(mof);
  expect(theirs).not.toBe(mof);
  const both = merged(mof, ours, theirs);
  const generated = (text: string): string => emitted(text, 'smart-fan.mof')[0].text;
  expect(merged(generated(mof), generated(ours), generated(theirs))).toBe(generated(both));
});
