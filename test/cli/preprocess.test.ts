/** Macros and C headers on the command line: -D, -I, and their lines in a depfile. */
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

const TARGETS = {
  'main.mof': '#include "target.h"\n' + smallMof('Fan', '[WmiDataId(3)] TYPE More;'),
  'target.h':
    '#if defined(_AMD64_) && _M_AMD64 == 100 && defined(_WIN64)\n#define TYPE uint64\n' +
    '#elif defined(_X86_) && _M_IX86 >= 600 && !defined(_WIN64)\n#define TYPE uint32\n' +
    '#elif defined(_ARM64_) && _M_ARM64 && defined(_WIN64)\n#define TYPE sint64\n' +
    '#else\n#error "no target"\n#define TYPE uint8\n#endif\n' +
    '#if defined(RC_INVOKED) || (defined(_MSC_VER) && (_MSC_VER < 1900 || !defined(MOFCOMP_PASS)))\n' +
    '#error "another compiler"\n#endif\n',
};

test.each([
  [['--wdk'], 'uint64'],
  [['--wdk', 'x64'], 'uint64'],
  [['--wdk=x86'], 'uint32'],
  [['--wdk', 'arm64'], 'sint64'],
  [['--wdk', '-U'], undefined],
])('%j has the macros of the compiler of the WDK', async (args, type) => {
  const { run } = workplace(TARGETS);
  if (type === undefined) {
    expect((await run(['show', ...args, 'main.mof'])).exitCode).toBe(2);
    return;
  }
  for (const line of [
    ['show', 'main.mof', ...args],
    ['show', ...args, 'main.mof'],
  ]) {
    const { exitCode, stdout, stderr } = await run(line);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`More\\s.*${type}`));
  }
});

test('without --wdk a header that stops at its target names it, and is read on', async () => {
  const { run } = workplace(TARGETS);
  const { exitCode, stdout, stderr } = await run(['show', 'main.mof']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/More\s.*uint8/);
  expect(stderr).toContain('target.h:8:1: warning MOF1423: #error: "no target"\n');
  expect(stderr).toContain('target.h:8:1: help: --wdk x64 defines');
});

test('--wdk takes an architecture, or nothing', async () => {
  const { run } = workplace(TARGETS);
  const { exitCode, stderr } = await run(['show', 'main.mof', '--wdk=ia64']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('it takes x64, x86, arm64, or nothing for x64');
});

test('a text may define what --wdk does, and -D comes after it', async () => {
  const { run } = workplace({
    'main.mof': `#define MOFCOMP_PASS 1\n#define WINVER 0x0601\n#if WINVER < 0x0700 && _MSC_VER == 1800\n${smallMof()}\n#endif\n`,
  });
  expect(await run(['check', 'main.mof', '--wdk', '-D', '_MSC_VER=1800'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'main.mof: ok, 1 WMI class\n',
  });
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

test('the generated code names the file that was written', async () => {
  const { run, path } = workplace({
    'main.mof': '#include "part.mof"\n',
    'part.mof': `\n\n#define VOID void\n${smallMof('Fan', '')}`.replace(
      /\s*\};\s*$/,
      '\n  [WmiMethodId(1), Implemented] VOID Stop();\n};\n',
    ),
  });
  expect((await run(['main.mof', '-t', 'kmdf', '-q'])).exitCode).toBe(0);
  expect(readFileSync(path('gen/main_wmi.h'), 'utf8')).toContain('WmiMethodId 1, part.mof.');
});
