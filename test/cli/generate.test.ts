/** `mofgen generate`: which files are written, which are left alone, and what --check reports. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { expect, test } from 'vitest';
import { outputsIn, smallMof, workplace, type Workplace } from './command-line.js';

function text({ path }: Workplace, name: string): string {
  return readFileSync(path(name), 'utf8');
}

/** Sets the time of a file back, so that a second write is visible. */
function age({ path }: Workplace, name: string): number {
  utimesSync(path(name), 1000, 1000);
  return statSync(path(name)).mtimeMs;
}

test('the default is target ts into gen/, with a summary on stderr and nothing on stdout', async () => {
  const place = workplace({ 'small-fan.mof': smallMof() });
  expect(await place.run(['small-fan.mof'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'small-fan.mof: 2 written\n',
  });
  expect(outputsIn(place.path('gen'))).toEqual(['small-fan.g.ts', 'small-fan.provider.ts']);
  expect(text(place, 'gen/small-fan.g.ts')).toContain('mofgen from small-fan.mof');
});

test('a second run touches nothing', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  await place.run(['a.mof']);
  const before = age(place, 'gen/a.g.ts');
  expect(await place.run(['a.mof'])).toMatchObject({
    exitCode: 0,
    stderr: 'a.mof: 1 unchanged, 1 kept (yours)\n',
  });
  expect(statSync(place.path('gen/a.g.ts')).mtimeMs).toBe(before);
});

test('a changed MOF rewrites the generated file and keeps the user file', async () => {
  const place = workplace({ 'a.mof': smallMof('Old') });
  await place.run(['a.mof']);
  writeFileSync(place.path('gen/a.provider.ts'), '// mine\n');
  writeFileSync(place.path('a.mof'), smallMof('New'));
  expect(await place.run(['a.mof'])).toMatchObject({
    exitCode: 0,
    stderr: 'a.mof: 1 written, 1 kept (yours)\n',
  });
  expect(text(place, 'gen/a.g.ts')).toContain('New');
  expect(text(place, 'gen/a.provider.ts')).toBe('// mine\n');
});

test('an edited generated file is rewritten', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  await place.run(['a.mof']);
  const good = text(place, 'gen/a.g.ts');
  writeFileSync(place.path('gen/a.g.ts'), good.replace('Speed', 'Spood'));
  await place.run(['a.mof']);
  expect(text(place, 'gen/a.g.ts')).toBe(good);
});

test('a file with the hash line of earlier versions is replaced', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  await place.run(['a.mof']);
  const good = text(place, 'gen/a.g.ts');
  writeFileSync(place.path('gen/a.g.ts'), `// mofgen 0123456789abcdef 0123456789abcdef\n${good}`);
  expect((await place.run(['a.mof', '--check', '-q'])).stderr).toMatch(
    /^gen\/a\.g\.ts:1:1: error MOF4002: /,
  );
  expect(await place.run(['a.mof'])).toMatchObject({ exitCode: 0 });
  expect(text(place, 'gen/a.g.ts')).toBe(good);
});

test('the output does not depend on the folder that mofgen runs in', async () => {
  const one = workplace({ 'a.mof': smallMof() });
  const two = workplace({ 'deep/er/a.mof': smallMof() });
  await one.run(['a.mof']);
  await two.run([two.path('deep/er/a.mof'), '-o', 'elsewhere/out']);
  for (const name of ['a.g.ts', 'a.provider.ts']) {
    expect(text(two, `elsewhere/out/${name}`)).toBe(text(one, `gen/${name}`));
  }
});

test('the output of an input does not depend on the other inputs', async () => {
  const place = workplace({ 'a.mof': smallMof('A'), 'b.mof': smallMof('B') });
  await place.run(['a.mof', '-o', 'alone']);
  expect(await place.run(['b.mof', 'a.mof'])).toMatchObject({
    stderr: '2 inputs: 4 written\n',
  });
  expect(text(place, 'gen/a.g.ts')).toBe(text(place, 'alone/a.g.ts'));
});

test('standard input is named stdin', async () => {
  const place = workplace();
  const stdin = new TextEncoder().encode(smallMof());
  expect(await place.run(['-', '-q'], { stdin })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(outputsIn(place.path('gen'))).toEqual(['stdin.g.ts', 'stdin.provider.ts']);
});

test('--check lists what is missing or stale on stdout, exits 1, and writes nothing', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  expect(await place.run(['a.mof', '--check'])).toEqual({
    exitCode: 1,
    stdout: 'gen/a.g.ts\ngen/a.provider.ts\n',
    stderr: `gen/a.g.ts:1:1: error MOF4001: the generated file is missing
gen/a.g.ts:1:1: help: run the same command without --check to write it
gen/a.provider.ts:1:1: error MOF4001: the generated file is missing
gen/a.provider.ts:1:1: help: run the same command without --check to write it
2 errors
a.mof: 2 missing
`,
  });
  expect(existsSync(place.path('gen'))).toBe(false);

  await place.run(['a.mof']);
  expect(await place.run(['a.mof', '--check'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'a.mof: 2 current\n',
  });

  writeFileSync(place.path('a.mof'), smallMof('Other'));
  const before = age(place, 'gen/a.g.ts');
  expect(await place.run(['a.mof', '--check', '-q'])).toEqual({
    exitCode: 1,
    stdout: 'gen/a.g.ts\n',
    stderr: expect.stringMatching(
      /^gen\/a\.g\.ts:\d+:1: error MOF4003: .*\ngen\/a\.g\.ts:\d+:1: help: .*\n1 error\n$/,
    ) as string,
  });
  expect(statSync(place.path('gen/a.g.ts')).mtimeMs).toBe(before);
});

test('--check accepts an edited user file', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  await place.run(['a.mof']);
  writeFileSync(place.path('gen/a.provider.ts'), 'anything');
  expect(await place.run(['a.mof', '--check'])).toMatchObject({ exitCode: 0 });
});

test.each([
  ['a byte changed', (old: string) => old.replace('Speed', 'Sqeed'), 'MOF4003'],
  ['an empty file', () => '', 'MOF4002'],
  ['a file of somebody else', () => 'export const x = 1;\n', 'MOF4002'],
  [
    'marks of a conflict',
    (old: string) => `${old}<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n`,
    'MOF4002',
  ],
  [
    'marks of a conflict, with the line ends of Windows',
    (old: string) => `${old}<<<<<<< HEAD\r\n1\r\n=======\r\n2\r\n>>>>>>> other\r\n`,
    'MOF4002',
  ],
  ['half of such marks', (old: string) => `${old}<<<<<<< HEAD\n=======\n`, 'MOF4003'],
])(
  '--check without a record reports an edit as one only where it shows: %s',
  async (_case, change, code) => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof']);
    rmSync(place.path('gen/.mofgen'), { recursive: true });
    writeFileSync(place.path('gen/a.g.ts'), change(text(place, 'gen/a.g.ts')));
    const { exitCode, stdout, stderr } = await place.run(['a.mof', '--check', '-q']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: 'gen/a.g.ts\n' });
    expect(stderr).toMatch(new RegExp(`^gen/a\\.g\\.ts:\\d+:1: error ${code}: `));
  },
);

test('--check shows how a file differs, unless it is to be quiet', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  await place.run(['a.mof']);
  const good = text(place, 'gen/a.g.ts');
  writeFileSync(place.path('gen/a.g.ts'), good.replace('Speed', 'Sp\u001beed'));
  const { stdout, stderr } = await place.run(['a.mof', '--check']);
  expect(stdout).toBe('gen/a.g.ts\n');
  expect(stderr).toMatch(/\n1 error\n--- gen[^]*\na\.mof: 1 stale, 1 current\n$/);
  const edited = /^.*Speed.*$/m.exec(good)?.[0] ?? '';
  expect(stderr).toContain(`--- gen/a.g.ts as it is\n+++ gen/a.g.ts as generated\n@@ -`);
  expect(stderr).toContain(`\n-${edited.replace('Speed', 'Sp\\x1beed')}\n+${edited}\n`);
  expect((await place.run(['a.mof', '--check', '-q'])).stderr).not.toContain('@@');
});

test('--check shows the first lines of a long difference', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  await place.run(['a.mof']);
  writeFileSync(place.path('gen/want.g.ts'), text(place, 'gen/a.g.ts'));
  writeFileSync(place.path('gen/a.g.ts'), '');
  const { stderr } = await place.run(['a.mof', '--check']);
  expect(stderr.split('\n').filter((line) => line.startsWith('+'))).toHaveLength(60);
  expect(stderr).toMatch(/\n\d+ more lines not shown; --full-diff shows them\n/);
  const whole = (await place.run(['a.mof', '--check', '--full-diff'])).stderr;
  expect(whole).not.toContain('not shown');
  const lines = text(place, 'gen/want.g.ts').trimEnd().split('\n');
  expect(whole.split('\n').filter((line) => /^\+(?!\+\+)/.test(line))).toEqual(
    lines.map((line) => `+${line}`),
  );
});

test('--check accepts line ends of Windows', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  await place.run(['a.mof']);
  writeFileSync(place.path('gen/a.g.ts'), text(place, 'gen/a.g.ts').replaceAll('\n', '\r\n'));
  expect(await place.run(['a.mof', '--check'])).toMatchObject({ exitCode: 0 });
  const edited = text(place, 'gen/a.g.ts').replace('Speed', 'Spood');
  writeFileSync(place.path('gen/a.g.ts'), edited);
  const { exitCode, stderr } = await place.run(['a.mof', '--check']);
  expect(exitCode).toBe(1);
  // Only the edited line.
  expect(stderr.split('\n').filter((line) => /^[-+](?![-+])/.test(line))).toHaveLength(2);
});

test('--check of broken input reports its errors', async () => {
  const place = workplace({ 'a.mof': 'class' });
  expect(await place.run(['a.mof', '--check'])).toMatchObject({ exitCode: 1, stdout: '' });
});

test('a symbolic link in place of an output file is written through', async () => {
  const place = workplace({ 'a.mof': smallMof(), 'real.ts': 'old' });
  mkdirSync(place.path('gen'));
  symlinkSync(place.path('real.ts'), place.path('gen/a.g.ts'));
  expect(await place.run(['a.mof'])).toMatchObject({ exitCode: 0 });
  expect(text(place, 'real.ts')).toContain('mofgen from a.mof');
  expect(lstatSync(place.path('gen/a.g.ts')).isSymbolicLink()).toBe(true);
});

test.each([
  ['a terminal escape', '\u001b[2Jx', String.raw`'\x1b' is not allowed in it`],
  ['a line break', 'a\nb', String.raw`'\n' is not allowed in it`],
  ['a URL fragment', 'c#', `'#' is not allowed in it`],
  ['an escape of a URL', 'a%2fb', `'%' is not allowed in it`],
  ['quotes', `'"`, `'"' is not allowed in it`],
  ['a device of Windows', 'CON', 'Windows takes it for a device'],
])('a file name that modules cannot name is refused: %s', async (_case, base, message) => {
  const place = workplace({ [`${base}.mof`]: smallMof() });
  const { exitCode, stderr } = await place.run([`./${base}.mof`]);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
  expect(readdirSync(place.folder)).toEqual([`${base}.mof`]);
  expect(await place.run(['check', `./${base}.mof`])).toMatchObject({ exitCode: 0 });
});

test.each([
  ['a template literal', '`${process.exit(1)}`'],
  ['single quotes', `it's`],
  ['a line separator', 'a\u2028b'],
  ['dots', '..'],
  ['a dash', '-x'],
  ['letters of other scripts', '風扇'],
])('a hostile file name gives valid output inside the folder: %s', async (_case, base) => {
  const place = workplace({ [`${base}.mof`]: smallMof() });
  const { exitCode, stdout, stderr } = await place.run([`./${base}.mof`]);
  expect(stderr.trimEnd()).not.toMatch(/[\p{Cc}\u2028]/u);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  expect(readdirSync(place.folder).sort()).toEqual([`${base}.mof`, 'gen'].sort());
  expect(outputsIn(place.path('gen'))).toEqual([`${base}.g.ts`, `${base}.provider.ts`]);
});
