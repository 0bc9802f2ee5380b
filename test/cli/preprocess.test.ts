/** Macros and C headers on the command line: -D, -I, what is written to a depfile. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { smallMof, workplace } from './command-line.js';

test('-D defines macros, also for included files', async () => {
  const { run } = workplace({
    'main.mof': `#include "part.mof"\n`,
    'part.mof': `#ifdef FANS\n${smallMof('NAME', '[WmiDataId(3)] TYPE More;')}\n#endif\n`,
  });
  const args = ['show', 'main.mof', '-D', 'FANS', '-DNAME=BigFan', '--define', 'TYPE=sint64'];
  const { exitCode, stdout, stderr } = await run(args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('BigFan');
  expect(stdout).toMatch(/More\s.*sint64/);
});

test.each(['', '1', 'A B', 'A-B=1', '=1', 'F(x)=x', 'A=1\n2', 'defined'])(
  '-D %j is wrong usage',
  async (macro) => {
    const { run } = workplace({ 'main.mof': smallMof() });
    const { exitCode, stderr } = await run(['check', 'main.mof', '-D', macro]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('it takes NAME or NAME=TEXT');
  },
);

test.each([
  ['"part.mof"', 'beside'],
  ['<part.mof>', 'folder'],
])('#include %s is found first %s', async (name, want) => {
  const { run } = workplace({
    'main.mof': `#include ${name}`,
    'part.mof': smallMof('beside'),
    'inc/part.mof': smallMof('folder'),
  });
  expect((await run(['show', 'main.mof', '-I', 'inc'])).stdout).toContain(want);
});

test('all files read are in the depfile, C headers too', async () => {
  const { run, path } = workplace({
    'main.mof': '#include "limits.h"\n#include <part.mof>\n#pragma include("last.mof")\n',
    'limits.h': '#pragma once\n#include "more.h"\nint x;\n',
    'more.h': '#define TYPE uint32\n',
    'inc/part.mof': smallMof('Fan', '[WmiDataId(3)] TYPE More;'),
    'last.mof': 'class Last {};\n',
  });
  const args = ['main.mof', '-I', 'inc', '-t', 'header', '--depfile', 'main.d', '-q'];
  expect(await run(args)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(readFileSync(path('main.d'), 'utf8').split(/[\s\\]+/)).toEqual([
    'gen/main_wmi.h:',
    'main.mof',
    'limits.h',
    'more.h',
    'inc/part.mof',
    'last.mof',
    'main.mof:',
    'limits.h:',
    'more.h:',
    'inc/part.mof:',
    'last.mof:',
    '',
  ]);
});

test('a diagnostic shows the use of a macro and its text', async () => {
  const { run } = workplace({
    'main.mof': '#include "limits.h"\nclass A\n{\n  [Max(LENGTH)] uint8 B[];\n};\n',
    'limits.h': '#define LENGTH 08\n',
  });
  const { exitCode, stderr } = await run(['check', 'main.mof']);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    [
      "main.mof:4:8: error MOF1103: malformed number '08'",
      "limits.h:1:16: note: in the text of the macro 'LENGTH'",
      'main.mof:4:8: help: a leading 0 makes a number octal: its digits go from 0 to 7',
      '1 error',
      '',
    ].join('\n'),
  );
});

test('the generated code names the line of the file that was written', async () => {
  const { run, path } = workplace({
    'main.mof': '#include "part.mof"\n',
    'part.mof': `\n\n#define VOID void\n${smallMof('Fan', '')}`.replace(
      /\s*\};\s*$/,
      '\n  [WmiMethodId(1), Implemented] VOID Stop();\n};\n',
    ),
  });
  expect((await run(['main.mof', '-t', 'kmdf', '-q'])).exitCode).toBe(0);
  const line =
    readFileSync(path('part.mof'), 'utf8')
      .split('\n')
      .findIndex((each) => each.includes('Stop')) + 1;
  expect(readFileSync(path('gen/main_wmi.h'), 'utf8')).toContain(`part.mof:${line}`);
});
