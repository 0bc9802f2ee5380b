/** Files that mofgen wrote and no longer makes: which are removed, which are kept and reported, and which are never touched. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recordText } from '../../src/cli/output-record.js';
import { hashOf } from '../../src/cli/text-hash.js';
import { outputsIn, smallMof, workplace, type Workplace } from './command-line.js';

const OTHER = smallMof('Other').replace('0f7a11', '0f7a12');
const HELP = 'help: remove it, or rename it if it is yours';
const NONE = 'class None { uint8 X; };\n';

const text = ({ path }: Workplace, name: string): string => readFileSync(path(name), 'utf8');
const edit = (place: Workplace, name: string): void => {
  writeFileSync(place.path(name), `${text(place, name)}// mine\n`);
};

/** A folder with two inputs, generated; then one of them is renamed. */
async function renamed(...args: string[]): Promise<Workplace> {
  const place = workplace({ 'mof/a.mof': smallMof(), 'mof/old.mof': OTHER });
  await place.run(['mof/*.mof', ...args]);
  renameSync(place.path('mof/old.mof'), place.path('mof/new.mof'));
  return place;
}

describe('a deleted MOF', () => {
  test('takes its outputs with it, in a run with a pattern that would match it, and leaves your file', async () => {
    const place = await renamed();
    expect(await place.run(['mof/*.mof', '--check'])).toEqual({
      exitCode: 1,
      stdout: 'gen/new.g.ts\ngen/new.provider.ts\ngen/old.g.ts\n',
      stderr: `gen/new.g.ts:1:1: error MOF4001: the generated file is missing
gen/new.g.ts:1:1: help: run the same command without --check to write it
gen/new.provider.ts:1:1: error MOF4001: the generated file is missing
gen/new.provider.ts:1:1: help: run the same command without --check to write it
gen/old.g.ts:1:1: error MOF4004: the file is no longer generated: 'mof/old.mof' no longer exists
gen/old.g.ts:1:1: help: the same command without --check removes it
3 errors
mof/old.mof: 1 stale
2 inputs: 2 missing, 2 current
`,
    });
    expect(await place.run(['mof/*.mof'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `mof/old.mof is gone: 1 removed, 1 kept (yours)
2 inputs: 2 written, 1 unchanged, 1 kept (yours)
`,
    });
    const yours = ['a.provider.ts', 'new.provider.ts', 'old.provider.ts'];
    expect(outputsIn(place.path('gen'))).toEqual(['a.g.ts', 'new.g.ts', ...yours].sort());
    expect(readdirSync(place.path('gen/.mofgen/ts')).sort()).toEqual(['a.sums', 'new.sums']);
    expect(await place.run(['mof/*.mof', '--check'])).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['its name', ['mof/a.mof', 'mof/new.mof']],
    ['a pattern for others', ['mof/[an]*.mof']],
    ['a pattern for another folder', ['m*/a.mof', 'mof/new.mof']],
  ])('keeps its outputs in a run with %s; --check reports them', async (_case, inputs) => {
    const place = await renamed();
    await place.run(inputs);
    expect(existsSync(place.path('gen/old.g.ts'))).toBe(true);
    expect(await place.run([...inputs, '--check', '-q'])).toEqual({
      exitCode: 1,
      stdout: 'gen/old.g.ts\n',
      stderr: `gen/old.g.ts:1:1: error MOF4004: the file is no longer generated: 'mof/old.mof' no longer exists
gen/old.g.ts:1:1: ${HELP}
1 error
`,
    });
    rmSync(place.path('gen/old.g.ts'));
    expect(await place.run([...inputs, '--check'])).toMatchObject({ exitCode: 0 });
  });

  test('is reported, while a file of it was changed', async () => {
    const place = await renamed('-t', 'kmdf');
    const args = ['mof/*.mof', '-t', 'kmdf', '-q'];
    edit(place, 'gen/old_wmi.h');
    const warning = `gen/old_wmi.h:1:1: warning MOF4005: the file is no longer generated ('mof/old.mof' no longer exists), and is kept: it was changed after mofgen wrote it
gen/old_wmi.h:1:1: ${HELP}
1 warning
`;
    for (const again of [args, args]) {
      expect(await place.run(again)).toEqual({ exitCode: 0, stdout: '', stderr: warning });
      const left = outputsIn(place.path('gen')).filter((name) => name.startsWith('old'));
      expect(left).toEqual(['old_wmi.h', 'old_wmi_impl.c']);
    }
    expect(await place.run([...args, '--check'])).toMatchObject({
      exitCode: 1,
      stdout: 'gen/old_wmi.h\n',
      stderr: expect.stringContaining(HELP) as string,
    });
    // The fix that the message suggests.
    renameSync(place.path('gen/old_wmi.h'), place.path('gen/mine.h'));
    expect(await place.run(args)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(readdirSync(place.path('gen/.mofgen/kmdf')).sort()).toEqual(['a.sums', 'new.sums']);
    expect(await place.run([...args, '--check'])).toMatchObject({ exitCode: 0 });
  });

  test('a warning that is made an error stops the run before it removes anything', async () => {
    const place = await renamed('-t', 'kmdf');
    edit(place, 'gen/old_wmi.h');
    const args = ['mof/*.mof', '-t', 'kmdf', '-q', '--deny', 'MOF4005'];
    expect(await place.run(args)).toMatchObject({ exitCode: 1 });
    expect(existsSync(place.path('gen/old_wmi.c'))).toBe(true);
    expect(existsSync(place.path('gen/new_wmi.c'))).toBe(false);
  });

  test('does not affect outputs that another MOF of its name makes now', async () => {
    const place = workplace({ 'mof/a.mof': smallMof(), 'mof/b.mof': OTHER });
    await place.run(['mof/*.mof']);
    mkdirSync(place.path('other'));
    renameSync(place.path('mof/b.mof'), place.path('other/b.mof'));
    await place.run(['other/b.mof']);
    await place.run(['mof/*.mof']);
    expect(existsSync(place.path('gen/b.g.ts'))).toBe(true);
    expect(await place.run(['{mof,other}/*.mof', '--check'])).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['ts', ['old.provider.ts', 'old_wmi.h']],
    ['header', ['old.g.ts', 'old.provider.ts']],
    ['ts,header', ['old.provider.ts']],
  ])('a run with -t %s removes what these targets made', async (target, want) => {
    const place = await renamed('-t', 'ts,header');
    await place.run(['mof/*.mof', '-t', target]);
    expect(outputsIn(place.path('gen')).filter((name) => name.startsWith('old'))).toEqual(want);
  });

  test('a header that two targets share goes with the first of them', async () => {
    const place = workplace({ 'mof/a.mof': smallMof(), 'mof/old.mof': OTHER });
    await place.run(['mof/*.mof', '-t', 'kmdf']);
    await place.run(['mof/*.mof', '-t', 'header']);
    rmSync(place.path('mof/old.mof'));
    const old = () => outputsIn(place.path('gen')).filter((name) => name.startsWith('old'));
    expect((await place.run(['mof/*.mof', '-t', 'header'])).stderr).toContain(': 1 removed\n');
    expect(old()).not.toContain('old_wmi.h');
    expect(old()).toContain('old_wmi.c');
    await place.run(['mof/*.mof', '-t', 'kmdf']);
    expect(old()).toEqual(['old_wmi_impl.c']);
  });

  test('a header that a MOF of this run includes stays', async () => {
    const place = await renamed('-t', 'header');
    writeFileSync(place.path('mof/a.mof'), `#include "../gen/old_wmi.h"\n${smallMof()}`);
    const { exitCode, stderr } = await place.run(['mof/*.mof', '-t', 'header', '-q']);
    expect(stderr).toContain('and is kept: this run reads it');
    expect(exitCode).toBe(0);
    expect(existsSync(place.path('gen/old_wmi.h'))).toBe(true);
  });

  test('a write-protected file stays', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('root writes to protected files');
    const place = await renamed();
    chmodSync(place.path('gen/old.g.ts'), 0o444);
    expect((await place.run(['mof/*.mof', '-q'])).stderr).toContain('it is write-protected');
    expect(existsSync(place.path('gen/old.g.ts'))).toBe(true);
  });
});

describe('a folder for the outputs of several commands', () => {
  test('each leaves what the others made', async () => {
    const place = workplace({ 'a.mof': smallMof(), 'b.mof': OTHER });
    const commands = [
      ['a.mof', '-t', 'ts'],
      ['a.mof', '-t', 'header'],
      ['b.mof', '-t', 'ts,wdm'],
    ];
    for (const command of commands) await place.run(command);
    const all = outputsIn(place.path('gen'));
    expect(all).toHaveLength(3 + 16);
    for (const command of [...commands, ...commands.toReversed()]) {
      const { stderr } = await place.run(command);
      expect(stderr).not.toMatch(/removed|written/);
      expect(await place.run([...command, '--check'])).toMatchObject({ exitCode: 0 });
    }
    expect(outputsIn(place.path('gen'))).toEqual(all);
  });
});

describe('a MOF that has no WMI classes any more', () => {
  test('an edited output stays, the others go', async () => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof', '-t', 'wdm']);
    writeFileSync(place.path('a.mof'), NONE);
    edit(place, 'gen/a_wmi.c');
    const { stderr } = await place.run(['a.mof', '-t', 'wdm']);
    expect(stderr)
      .toBe(`gen/a_wmi.c:1:1: warning MOF4005: the file is no longer generated ('a.mof' has no WMI classes), and is kept: it was changed after mofgen wrote it
gen/a_wmi.c:1:1: ${HELP}
1 warning
a.mof: no WMI classes (classes with the qualifiers WMI and guid), nothing to generate
a.mof: 12 removed
`);
    expect(outputsIn(place.path('gen'))).toEqual(['a_wmi.c', 'a_wmi_impl.c']);
    writeFileSync(place.path('a.mof'), smallMof());
    await place.run(['a.mof', '-t', 'wdm']);
    expect(await place.run(['a.mof', '-t', 'wdm', '--check'])).toMatchObject({ exitCode: 0 });
  });
});

test('without classes, a header that two targets share goes with the first of them', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  await place.run(['a.mof', '-t', 'kmdf']);
  await place.run(['a.mof', '-t', 'header']);
  writeFileSync(place.path('a.mof'), NONE);
  for (const target of ['header', 'kmdf']) {
    expect((await place.run(['a.mof', '-t', target])).stderr).toMatch(/\na\.mof: \d+ removed\n$/);
  }
  expect(outputsIn(place.path('gen'))).toEqual(['a_wmi_impl.c']);
});

describe('a record that mofgen did not write', () => {
  const BANNER = '// Generated by mofgen from x.mof. Do not edit.\n';
  /** A folder whose record names a file that mofgen never wrote. */
  function planted(name: string, content = BANNER): Workplace {
    const place = workplace({ 'mof/a.mof': smallMof(), 'victim.h': BANNER, 'gen/x.h': content });
    mkdirSync(place.path('gen/.mofgen/ts'), { recursive: true });
    const files = [{ name, hash: hashOf(content) }];
    for (const base of ['a', 'old']) {
      const record = recordText({ input: `../mof/${base}.mof`, files });
      writeFileSync(place.path(`gen/.mofgen/ts/${base}.sums`), record);
    }
    return place;
  }

  test('removes files that name mofgen and have the recorded hash', async () => {
    const place = planted('x.h');
    await place.run(['mof/*.mof']);
    expect(existsSync(place.path('gen/x.h'))).toBe(false);
  });

  test.each([
    ['a file above', '../victim.h'],
    ['a file above, as on Windows', '..\\victim.h'],
    ['an absolute path', '/victim.h'],
    ['the folder', '.'],
  ])('names %s: it is no record', async (_case, name) => {
    const place = planted(name === '/victim.h' ? workplace().path('victim.h') : name);
    expect(await place.run(['mof/*.mof'])).toMatchObject({ exitCode: 0 });
    expect(existsSync(place.path('victim.h'))).toBe(true);
    expect(existsSync(place.path('gen/x.h'))).toBe(true);
  });

  test('names a file that does not name mofgen: it stays', async () => {
    const place = planted('x.h', '{ "name": "mine" }\n');
    const { stderr } = await place.run(['mof/*.mof', '-q']);
    expect(stderr).toContain('MOF4005');
    expect(text(place, 'gen/x.h')).toContain('mine');
  });

  test('names a link: it stays, and so does its target', async () => {
    const place = planted('x.h');
    rmSync(place.path('gen/x.h'));
    symlinkSync(place.path('victim.h'), place.path('gen/x.h'));
    expect(await place.run(['mof/*.mof', '-q'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(text(place, 'gen/x.h')).toBe(BANNER);
    expect(text(place, 'victim.h')).toBe(BANNER);
  });

  test('names a folder: it stays', async () => {
    const place = planted('x.h');
    rmSync(place.path('gen/x.h'));
    mkdirSync(place.path('gen/x.h'));
    expect(await place.run(['mof/*.mof', '-q'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(existsSync(place.path('gen/x.h'))).toBe(true);
  });

  test('names an output of this run, in other letters: it stays', async () => {
    const place = planted('x.h');
    const written = { input: '../mof/old.mof', files: [{ name: 'A.G.TS', hash: hashOf(BANNER) }] };
    writeFileSync(place.path('gen/.mofgen/ts/old.sums'), recordText(written));
    writeFileSync(place.path('gen/A.G.TS'), BANNER);
    await place.run(['mof/*.mof']);
    expect(existsSync(place.path('gen/A.G.TS'))).toBe(true);
  });
});
