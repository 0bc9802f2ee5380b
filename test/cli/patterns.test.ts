/** File patterns: what they match, in which order, and how the command line uses them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { filesMatching, isPattern } from '../../src/cli/patterns.js';
import { hasBuildTools } from './build-tools.js';
import { smallMof, workplace } from './command-line.js';

const names = [
  'a.mof',
  'b.mof',
  'B10.mof',
  'b2.MOF',
  '.hidden.mof',
  'read me.txt',
  'sub/c.mof',
  'sub/deep/d.mof',
  'sub/.git/e.mof',
  'sub/node_modules/f.mof',
  'other/c.mof',
  '風/ä.mof',
  '-x.mof',
  '[y].mof',
];

function place() {
  const made = workplace(Object.fromEntries(names.map((name) => [name, ''])));
  // Folders that match are not files, and circular links do not stop the search.
  mkdirSync(made.path('folder.mof'));
  symlinkSync(made.path('sub'), made.path('sub/deep/up'));
  symlinkSync(made.path('sub'), made.path('link'));
  symlinkSync('loop', made.path('loop'));
  return made;
}

const WINDOWS = true;
const top = ['-x.mof', 'B10.mof', '[y].mof', 'a.mof', 'b.mof'];

test.each([
  ['*.mof', top],
  ['./*.mof', top.map((name) => `./${name}`)],
  ['*', [...top, 'b2.MOF', 'read me.txt'].sort()],
  ['?.mof', ['a.mof', 'b.mof']],
  ['[ab].mof', ['a.mof', 'b.mof']],
  ['[!a].mof', ['b.mof']],
  ['[^a].mof', ['b.mof']],
  ['[a-c].mof', ['a.mof', 'b.mof']],
  ['[]x-].mof', []],
  ['[[]*', ['[y].mof']],
  ['[x-]*.mof', ['-x.mof']],
  ['{b,a}.mof', ['a.mof', 'b.mof']],
  ['{a,{b,sub/c}}.mof', ['a.mof', 'b.mof', 'sub/c.mof']],
  ['{a,a}.mof', ['a.mof']],
  ['{a}.mof', []],
  ['{a,}.mof', ['a.mof']],
  ['.*.mof', ['.hidden.mof']],
  ['*/c.mof', ['link/c.mof', 'other/c.mof', 'sub/c.mof']],
  ['sub/*.mof', ['sub/c.mof']],
  ['sub//*.mof', ['sub/c.mof']],
  ['sub/../*2.MOF', ['sub/../b2.MOF']],
  ['**/*.mof', [...top, 'other/c.mof', 'sub/c.mof', 'sub/deep/d.mof', '風/ä.mof'].sort()],
  ['sub/**', ['sub/c.mof', 'sub/deep/d.mof']],
  ['**/**/d.mof', ['sub/deep/d.mof']],
  ['**/deep/**/*.mof', ['sub/deep/d.mof']],
  ['sub/.git/*', ['sub/.git/e.mof']],
  ['sub/node_modules/*', ['sub/node_modules/f.mof']],
  ['*/ä.mof', ['風/ä.mof']],
  ['?/?.mof', ['風/ä.mof']],
  ['*.mof/', []],
  ['a.mof/*', []],
  ['nowhere/*', []],
  ['loop/*', []],
  ['*oop', []],
  ['*oop/*', []],
  ['*/loop/*', []],
])('%s matches %j', (pattern, want) => {
  expect(filesMatching(pattern, place().folder, false)).toEqual(want);
});

test.each([
  ['*.MOF', [...top, 'b2.MOF'].sort()],
  ['B?.mof', ['b2.MOF']],
  ['SUB\\*.mof', []],
  ['sub\\*.mof', ['sub\\c.mof']],
  ['sub/*.mof', ['sub/c.mof']],
  ['**\\d.mof', ['sub\\deep\\d.mof']],
])('on Windows %s matches %j', (pattern, want) => {
  // A backslash is no separator on this disk, so only the paths of the search are checked.
  const found = filesMatching(pattern.replaceAll('\\', '/'), place().folder, WINDOWS);
  expect(found.map((name) => (pattern.includes('\\') ? name.replaceAll('/', '\\') : name))).toEqual(
    want,
  );
});

test('an absolute pattern gives absolute names', () => {
  const { folder, path } = place();
  expect(filesMatching(`${folder}/s*/*.mof`, '/', false)).toEqual([path('sub/c.mof')]);
});

test.each([
  ['a.mof', false],
  ['a{b}.mof', false],
  ['a[].mof', false],
  ['a,b.mof', false],
  ['a*', true],
  ['a?', true],
  ['[ab]', true],
  ['{a,b}', true],
])('%s is a pattern: %j', (name, want) => {
  expect(isPattern(name)).toBe(want);
});

test('patterns and names that attack the matcher are matched quickly', () => {
  const { run, path } = workplace({ [`${'a'.repeat(240)}.x`]: '', 'd/e/f/g/h/i/a.mof': '' });
  expect(filesMatching(`${'*a'.repeat(60)}b`, path('.'), false)).toEqual([]);
  expect(filesMatching(`${'**/*/'.repeat(12)}z`, path('.'), false)).toEqual([]);
  expect(() => filesMatching('{a,b}'.repeat(40), path('.'), false)).toThrow('too many patterns');
  return expect(run(['{a,b}'.repeat(40)])).resolves.toMatchObject({ exitCode: 2 });
});

const files = { 'mof/b.mof': smallMof('B'), 'mof/a.mof': smallMof('A'), 'x[1].mof': smallMof('X') };

test.each([
  ['the files are sorted', ['check', 'mof/*.mof'], 0, 'mof/a.mof: ok, 1 WMI class\nmof/b.mof: ok'],
  ['a file of that very name wins', ['check', 'x[1].mof'], 0, 'x[1].mof: ok, 1 WMI class\n'],
  [
    'a file that is named already is not taken twice',
    ['mof/b.mof', '*/*.mof'],
    0,
    '2 inputs: 4 written\n',
  ],
  [
    'nothing matches',
    ['mof/*.mfo'],
    3,
    `mofgen: no file matches 'mof/*.mfo'; the folder has mof/a.mof, mof/b.mof\n`,
  ],
  [
    'no such folder',
    ['mfo/*.mof'],
    3,
    `mofgen: no file matches 'mfo/*.mof': there is no folder 'mfo/'\n`,
  ],
  [
    'brackets that match nothing are a name',
    ['y[1].mof'],
    3,
    `error MOF1001: cannot read 'y[1].mof': no such file`,
  ],
  [
    'escape sequences stay out',
    ['\u001b[2J*'],
    3,
    String.raw`mofgen: no file matches '\x1b[2J*'; the folder has x[1].mof`,
  ],
])('%s', async (_case, args, exitCode, message) => {
  const outcome = await workplace(files).run(args);
  expect(outcome.stderr.startsWith(message), outcome.stderr).toBe(true);
  expect(outcome.exitCode).toBe(exitCode);
});

test('the outputs of a pattern are listed, and --mfl takes one', async () => {
  const { run } = workplace({ ...files, 'a.mfl': '[AMENDMENT, LOCALE(0x409)] class A {};' });
  expect((await run(['mof/*.mof', '--list-outputs'])).stdout).toBe('gen/a.g.ts\ngen/b.g.ts\n');
  expect(await run(['check', 'mof/a.mof', '--mfl', '*.mfl'])).toMatchObject({ exitCode: 0 });
});

const PIPE_MAKER = 'mkfifo';
const hasPipes = hasBuildTools('patterns and pipes', [PIPE_MAKER]);

test.skipIf(!hasPipes)('a wildcard finds no pipe, which could keep a run for ever', () => {
  const { folder, path } = workplace({ 'a.mof': smallMof() });
  expect(spawnSync(PIPE_MAKER, [path('b.mof')]).status).toBe(0);
  expect(filesMatching('*.mof', folder, false)).toEqual(['a.mof']);
  expect(filesMatching('**/b.mof', folder, false)).toEqual([]);
  // A file that is named is always used.
  expect(filesMatching('{a,b}.mof', folder, false)).toEqual(['a.mof', 'b.mof']);
});

test('circular links do not prevent files from being found', async () => {
  const { run, path } = workplace({ 'd/a.mof': smallMof() });
  symlinkSync('loop', path('loop'));
  expect(await run(['check', '*/a.mof'])).toMatchObject({
    exitCode: 0,
    stderr: 'd/a.mof: ok, 1 WMI class\n',
  });
});

test('a working folder that cannot be read has a name in the message', () => {
  const name = `/${'a'.repeat(300)}`;
  expect(() => filesMatching('*.mof', name, false)).toThrow("cannot read the folder '.'");
});

const A = 'a.mof: ok, 1 WMI class\n';
const B = 'b.mof: ok, 1 WMI class\n';
const DOTTED = `./${A}`;

test.each([
  [['a.mof', 'a.mof'], A],
  [['*.mof', 'a.mof'], A + B],
  [['b.mof', '*.mof'], B + A],
  [['./a.mof', '*.mof'], DOTTED + B],
  [['a.mof', 'd/../a.mof', '{a,b}.mof'], A + B],
])('%j is each file once', async (args, want) => {
  const { run } = workplace({ 'a.mof': smallMof(), 'b.mof': smallMof() });
  expect((await run(['check', ...args])).stderr).toBe(want);
  expect(await run(args)).toMatchObject({ exitCode: 0 });
});

test('a file of the name of standard input is a file when a pattern finds it', async () => {
  const { run } = workplace({ '-': smallMof() });
  expect(await run(['check', '*'])).toMatchObject({
    exitCode: 0,
    stderr: './-: ok, 1 WMI class\n',
  });
  expect(
    await run(['check', '?', '-'], { stdin: new TextEncoder().encode('class A {') }),
  ).toMatchObject({ exitCode: 1 });
});

test.each([
  ['d[1]/*.mof', ['d[1]/a.mof']],
  ['./d[1]/*.mof', ['./d[1]/a.mof']],
  ['d[1]/**/*.mof', ['d[1]/a.mof', 'd[1]/{x,y}/b.mof']],
  ['d[1]/{x,y}/*', ['d[1]/{x,y}/b.mof']],
  ['d[1]/{x,y}/[a-c].{mof,mfl}', ['d[1]/{x,y}/b.mof']],
  ['d[12]/*.mof', ['d2/c.mof']],
  ['*[[]*/*.mof', ['d[1]/a.mof']],
])('with brackets in names of folders %s matches %j', (pattern, want) => {
  const { folder } = workplace({ 'd[1]/a.mof': '', 'd[1]/{x,y}/b.mof': '', 'd2/c.mof': '' });
  expect(filesMatching(pattern, folder, false)).toEqual(want);
});

test('the advice on a folder with brackets can be followed', async () => {
  const { run } = workplace({ 'd[1]/a.mof': smallMof(), 'b.mof': smallMof() });
  const { stderr } = await run(['check', 'd[1]']);
  const [, advice = ''] = /write '([^']*)'/.exec(stderr) ?? [];
  expect(await run(['check', advice])).toMatchObject({
    exitCode: 0,
    stderr: 'd[1]/a.mof: ok, 1 WMI class\n',
  });
  expect((await run(['check', 'd[1]/*.mfo'])).stderr).toBe(
    "mofgen: no file matches 'd[1]/*.mfo'; the folder has d[1]/a.mof\n",
  );
});
