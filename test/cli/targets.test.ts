/** What the command line makes of targets other than `ts`: texts in their final shape, shared files, and our bugs. */
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { type RenderedFile, type Target } from '../../src/targets/target.js';
import { outputsIn, smallMof, workplace } from './command-line.js';

vi.mock('../../src/targets/loading.js', () => {
  const target = (name: string, ...files: RenderedFile[]): Target => ({
    name,
    summary: name,
    fileNames: () => files.map((file) => ({ name: file.name, owner: file.owner })),
    emit: () => files,
    missingStubs: () => '',
  });
  const header = { name: 'a.h', owner: 'mofgen', text: 'int  x;\n' } as const;
  const source = { ...header, name: 'a.c', text: 'int y;\n' };
  const TARGETS = [
    target('header', header),
    target('kmdf', header, source),
    target('other', { ...header, text: 'int z;\n' }),
    target('escaping', { ...header, name: '../a.h' }),
  ];
  return {
    TARGET_NAMES: TARGETS.map(({ name }) => name),
    TARGET_SUMMARIES: Object.fromEntries(TARGETS.map(({ name, summary }) => [name, summary])),
    loadTarget: (name: string) => Promise.resolve(TARGETS.find((each) => each.name === name)),
  };
});

const files = { 'a.mof': smallMof() };

test('a text in its final shape is written as it is, and compared as it is', async () => {
  const { run, path } = workplace(files);
  await run(['a.mof', '-t', 'header']);
  expect(readFileSync(path('gen/a.h'), 'utf8')).toBe('int  x;\n');
  utimesSync(path('gen/a.h'), 1000, 1000);
  expect((await run(['a.mof', '-t', 'header'])).stderr).toBe('a.mof: 1 unchanged\n');
  expect(statSync(path('gen/a.h')).mtimeMs).toBe(1_000_000);
  writeFileSync(path('gen/a.h'), 'int  x;\r\n');
  expect(await run(['a.mof', '-t', 'header', '--check'])).toMatchObject({ exitCode: 0 });
  writeFileSync(path('gen/a.h'), 'int x;\n');
  expect(await run(['a.mof', '-t', 'header', '--check'])).toEqual({
    exitCode: 1,
    stdout: 'gen/a.h\n',
    stderr: `gen/a.h:1:1: error MOF4002: the generated file was changed after mofgen wrote it: by an edit, a merge or a checkout
gen/a.h:1:1: help: save what is yours; the same command without --check writes the file anew
1 error
a.mof: 1 stale
--- gen/a.h as it is
+++ gen/a.h as generated
@@ -1 +1 @@
-int x;
+int  x;
`,
  });
});

test.each([[['-t', 'header,kmdf']], [['-t', 'kmdf', '-t', 'header']], [['-t', 'kmdf, kmdf']]])(
  'a file that two targets share is written once: %j',
  async (args) => {
    const { run, path } = workplace(files);
    expect(await run(['a.mof', ...args])).toMatchObject({ stderr: 'a.mof: 2 written\n' });
    expect(outputsIn(path('gen'))).toEqual(['a.c', 'a.h']);
  },
);

test('two targets that disagree about a file cannot share a folder', async () => {
  const { run, path } = workplace(files);
  expect(await run(['a.mof', '-t', 'header,other'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      `mofgen: two of the targets header, other would write different texts to 'gen/a.h'; ` +
      'generate them into folders of their own with -o\n',
  });
  expect(existsSync(path('gen'))).toBe(false);
});

test('a file name that leaves the folder is a bug of a target: exit code 70, and nothing is written', async () => {
  const { run, path } = workplace(files);
  const { exitCode, stderr } = await run(['a.mof', '-t', 'escaping']);
  expect(stderr).toMatch(/'\.\.\/a\.h' is no plain file name/);
  expect(exitCode).toBe(70);
  expect(existsSync(path('gen'))).toBe(false);
});
