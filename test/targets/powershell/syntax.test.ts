// Everything that the target emits for the samples and the corpus is valid PowerShell, and the check finds invalid texts.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { analyze } from '../../../src/generate.js';
import { corpusFiles, includesBeside, root, samples } from '../../mof-files.js';
import { mofText, randomBlocks } from '../ts/random-block.js';
import { balanceProblems } from './balance.js';
import { commandsOf, type EmittedScript, scriptOfFile, scriptOfText } from './emit-files.js';
import { syntaxProblems } from './syntax.js';

function problemsOf(text: string): readonly string[] {
  return [...syntaxProblems(text), ...balanceProblems(text)];
}

function expectPowerShell({ tests, page }: EmittedScript): void {
  expect(tests).toMatch(/^[\n -~]*[^\n]\n$/);
  expect(tests).not.toMatch(/[ \t]$/m);
  expect(problemsOf(tests)).toEqual([]);
  const commands = commandsOf(page);
  expect(commands).toMatch(/^[\n -~]*$/);
  // A page of no classes has no commands.
  if (commands !== '') expect(problemsOf(commands)).toEqual([]);
}

test.each(samples)('the files of $name are PowerShell', ({ path }) => {
  expectPowerShell(scriptOfFile(path));
});

// Targets emit nothing for MOF with errors.
const corpus = corpusFiles('windows-driver-samples', 'linux-firmware', 'acpi', 'bmf-pairs').filter(
  (path) => !hasErrors(analyze(readFileSync(path), path, includesBeside()).diagnostics),
);

test.each(corpus.map((path) => ({ name: basename(path), path })))(
  'the files of $name of the corpus are PowerShell',
  ({ path }) => {
    expectPowerShell(scriptOfFile(path));
  },
);

test('so are those of classes made at random, and of none', () => {
  expectPowerShell(scriptOfText(mofText(randomBlocks(30, 20261129))));
  expectPowerShell(scriptOfText(''));
});

test.each(['docs/targets/powershell.md', 'docs/driver-project.md'])(
  'the commands of %s are PowerShell',
  (path) => {
    const commands = commandsOf(readFileSync(join(root, path), 'utf8'));
    expect(commands.length).toBeGreaterThan(100);
    expect(problemsOf(commands)).toEqual([]);
  },
);

describe('the check finds', () => {
  const { tests } = scriptOfFile(samples[0]?.path ?? '');

  test.each([
    ['a string that does not end', tests.replace("-ClassName '", '-ClassName ')],
    ['a quote that is not doubled', tests.replace("-Tag 'Query'", "-Tag 'Que'ry'")],
    ['a brace too few', tests.replace(/\}\s*$/, '')],
    ['a brace too many', `${tests}}\n`],
    ['brackets that cross', tests.replace('[switch] $AllowSet', '[switch) $AllowSet')],
    ['a comma that nothing follows', tests.replace('[switch] $Unprivileged\n', '$&,\n')],
    ['a comment that does not end', tests.replace('#>', '')],
    ['a line break in a string', tests.replace("'root/wmi'", "'root\n/wmi'")],
    ['a backtick', tests.replace('Describe ', 'Describe `\n')],
  ])('%s', (_what, broken) => {
    expect(broken).not.toBe(tests);
    expect(problemsOf(broken)).not.toEqual([]);
  });

  test('every bracket that is taken away', () => {
    const start = tests.indexOf('param(');
    const brackets = [...tests.matchAll(/[{}()[\]]/g)].map(({ index }) => index);
    const without = (at: number) => tests.slice(0, at) + tests.slice(at + 1);
    const isInString = (at: number) =>
      /'[^'\n]*$/.test(tests.slice(tests.lastIndexOf('\n', at), at));
    const code = brackets.filter((at) => at > start && !isInString(at));
    expect(code.length).toBeGreaterThan(500);
    expect(code.filter((at) => balanceProblems(without(at)).length === 0)).toEqual([]);
  });
});
