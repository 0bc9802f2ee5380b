/** The record of outputs of a run: what is in it, when it is written, and what --check concludes from it. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseRecord } from '../../src/cli/output-record.js';
import { hashOf } from '../../src/cli/text-hash.js';
import { smallMof, workplace, type Workplace } from './command-line.js';

const MORE = smallMof('SmallFan', '[WmiDataId(3), read] uint32 More;');

const text = ({ path }: Workplace, name: string): string => readFileSync(path(name), 'utf8');

/** The codes and names of what --check finds. */
async function findings({ run }: Workplace, ...args: string[]): Promise<string[]> {
  const { stderr } = await run([...args, '--check', '-q']);
  return Array.from(
    stderr.matchAll(/^(.*?):\d+:\d+: (?:error|warning) (MOF\d+)/gm),
    ([, name = '', code = '']) => `${code} ${name}`,
  );
}

describe('the record', () => {
  test('has the hashes of what mofgen owns, where the input is, and nothing of yours', async () => {
    const place = workplace({ 'mof/a.mof': smallMof() });
    await place.run(['mof/a.mof', '-t', 'ts,kmdf', '-o', 'out']);
    expect(readdirSync(place.path('out/.mofgen'), { recursive: true }).map(String).sort()).toEqual([
      '.gitignore',
      'kmdf',
      'kmdf/a.sums',
      'ts',
      'ts/a.sums',
    ]);
    const hash = hashOf(text(place, 'out/a.g.ts'));
    expect(text(place, 'out/.mofgen/ts/a.sums')).toBe(
      `# mofgen outputs 1\n# input ../mof/a.mof\n${hash}  a.g.ts\n`,
    );
    const names = [
      ...['a_wmi.c', 'a_wmi.cmake', 'a_wmi.h', 'a_wmi.props', 'a_wmi.rc'],
      ...['', '_kmdf', '_pool'].flatMap((part) => [`mofgen_wmi${part}.c`, `mofgen_wmi${part}.h`]),
    ];
    expect(parseRecord(text(place, 'out/.mofgen/kmdf/a.sums'))?.files).toEqual(
      names.map((name) => ({ name, hash: hashOf(text(place, `out/${name}`)) })),
    );
  });

  test('can be checked with sha256sum', async ({ skip }) => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof', '-t', 'kmdf']);
    const args = ['--check', '--strict', '.mofgen/kmdf/a.sums'];
    const { status, error, stdout } = spawnSync('sha256sum', args, {
      cwd: place.path('gen'),
      encoding: 'utf8',
    });
    if (error !== undefined) skip('there is no sha256sum');
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: /a_wmi\.h: / });
  });

  test('is left out by Git, and your own .gitignore there stays', async ({ skip }) => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof']);
    const git = (...args: string[]) =>
      spawnSync('git', args, { cwd: place.folder, encoding: 'utf8' });
    if (git('init', '-q').error !== undefined) skip('there is no git');
    expect(git('status', '--porcelain', '-uall').stdout).toBe(
      '?? a.mof\n?? gen/a.g.ts\n?? gen/a.provider.ts\n',
    );
    writeFileSync(place.path('gen/.mofgen/.gitignore'), '');
    writeFileSync(place.path('a.mof'), MORE);
    await place.run(['a.mof']);
    expect(text(place, 'gen/.mofgen/.gitignore')).toBe('');
  });

  test('is the same wherever it is made, and not written again when nothing changed', async () => {
    const one = workplace({ 'mof/a.mof': smallMof() });
    const two = workplace({ 'deep/er/mof/a.mof': smallMof() });
    await one.run(['mof/a.mof']);
    await two.run([two.path('deep/er/mof/a.mof'), '-o', 'deep/er/gen']);
    const name = 'gen/.mofgen/ts/a.sums';
    expect(text(two, `deep/er/${name}`)).toBe(text(one, name));
    utimesSync(one.path(name), 1000, 1000);
    await one.run(['mof/a.mof']);
    expect(statSync(one.path(name)).mtimeMs).toBe(1_000_000);
  });

  test('names no input for standard input', async () => {
    const place = workplace();
    const stdin = new TextEncoder().encode(smallMof());
    await place.run(['-', '--stdin-filename', 'a.mof'], { stdin });
    expect(text(place, 'gen/.mofgen/ts/a.sums')).not.toContain('# input');
    expect(await place.run(['-', '--stdin-filename', 'a.mof', '--check'], { stdin })).toMatchObject(
      {
        exitCode: 0,
      },
    );
  });

  test('is written by no other use of the command', async () => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof', '-t', 'header', '-o', '-']);
    await place.run(['a.mof', '-o', '-', '--user-output', 'src']);
    await place.run(['a.mof', '--list-outputs']);
    await place.run(['a.mof', '--check']);
    await place.run(['check', 'a.mof']);
    await place.run(['stubs', '--missing', 'a.mof']);
    expect(readdirSync(place.folder).sort()).toEqual(['a.mof', 'src']);
    expect(readdirSync(place.path('src'))).toEqual(['a.provider.ts']);
  });

  test('is made for a clone whose outputs are there already', async () => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof']);
    rmSync(place.path('gen/.mofgen'), { recursive: true });
    expect((await place.run(['a.mof'])).stderr).toBe('a.mof: 1 unchanged, 1 kept (yours)\n');
    writeFileSync(place.path('a.mof'), MORE);
    expect((await place.run(['a.mof', '--check'])).stderr).toContain(': mofgen wrote it, and now');
  });
});

describe('--check', () => {
  const CRLF = (old: string) => old.replaceAll('\n', '\r\n');
  const EDIT = (old: string) => old.replace('Speed', 'Spood');
  test.each([
    ['nothing', smallMof(), (old: string) => old, []],
    ['line ends of Windows', smallMof(), CRLF, []],
    ['another MOF', MORE, (old: string) => old, ['MOF4003 gen/a.g.ts']],
    ['another MOF, line ends of Windows', MORE, CRLF, ['MOF4003 gen/a.g.ts']],
    ['an edit', smallMof(), EDIT, ['MOF4002 gen/a.g.ts']],
    [
      'an edit, line ends of Windows',
      smallMof(),
      (old: string) => CRLF(EDIT(old)),
      ['MOF4002 gen/a.g.ts'],
    ],
    ['an edit and another MOF', MORE, EDIT, ['MOF4002 gen/a.g.ts']],
    ['an empty file', smallMof(), () => '', ['MOF4002 gen/a.g.ts']],
  ])('after %s', async (_case, mof, change, want) => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof']);
    writeFileSync(place.path('a.mof'), mof);
    writeFileSync(place.path('gen/a.g.ts'), change(text(place, 'gen/a.g.ts')));
    expect(await findings(place, 'a.mof')).toEqual(want);
    // Generating repairs it in every case.
    await place.run(['a.mof']);
    expect(await findings(place, 'a.mof')).toEqual([]);
  });

  test('distinguishes the states of a file', async () => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof']);
    writeFileSync(place.path('a.mof'), MORE);
    expect((await place.run(['a.mof', '--check', '-q'])).stderr).toMatch(
      /^gen\/a\.g\.ts:\d+:1: error MOF4003: the generated file is out of date: mofgen wrote it, and now writes something else\ngen\/a\.g\.ts:\d+:1: help: run the same command without --check to write it\n1 error\n$/,
    );
    writeFileSync(place.path('gen/a.g.ts'), `${text(place, 'gen/a.g.ts')}// mine\n`);
    expect((await place.run(['a.mof', '--check', '-q'])).stderr).toMatch(
      /^gen\/a\.g\.ts:\d+:1: error MOF4002: the generated file was changed after mofgen wrote it: by an edit, a merge or a checkout\ngen\/a\.g\.ts:\d+:1: help: save your changes; the same command without --check rewrites the file\n1 error\n$/,
    );
  });

  test('with --format, the record has the hashes of the formatted files', async () => {
    const place = workplace({ 'a.mof': smallMof(), '.prettierrc': '{"semi":false}' });
    mkdirSync(place.path('node_modules'));
    symlinkSync(
      new URL('../../node_modules/prettier', import.meta.url).pathname,
      place.path('node_modules/prettier'),
    );
    await place.run(['a.mof', '--format']);
    expect(text(place, 'gen/.mofgen/ts/a.sums')).toContain(hashOf(text(place, 'gen/a.g.ts')));
    expect(await findings(place, 'a.mof', '--format')).toEqual([]);
    expect(await findings(place, 'a.mof')).toEqual(['MOF4003 gen/a.g.ts']);
    writeFileSync(place.path('gen/a.g.ts'), `${text(place, 'gen/a.g.ts')}// mine\n`);
    expect(await findings(place, 'a.mof', '--format')).toEqual(['MOF4002 gen/a.g.ts']);
  });

  test('recognizes what another target wrote under the same name', async () => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof', '-t', 'header']);
    await place.run(['a.mof', '-t', 'kmdf']);
    expect(await findings(place, 'a.mof', '-t', 'header')).toEqual(['MOF4003 gen/a_wmi.h']);
  });

  test.each([
    ['nothing', ''],
    ['half of it', undefined],
    ['bytes', Uint8Array.from({ length: 2000 }, (_, at) => at % 256)],
    ['too much', `# mofgen outputs 1\n${'x'.repeat(2_000_000)}`],
  ])('ignores a record with %s in it', async (_case, damage) => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof']);
    const name = 'gen/.mofgen/ts/a.sums';
    const whole = text(place, name);
    writeFileSync(place.path(name), damage ?? whole.slice(0, -20));
    writeFileSync(place.path('gen/a.g.ts'), text(place, 'gen/a.g.ts').replace('Speed', 'Spood'));
    expect((await place.run(['a.mof', '--check'])).stderr).toContain('out of date, or was edited');
    await place.run(['a.mof']);
    expect(text(place, name)).toBe(whole);
  });

  test.each(['gen/.mofgen', 'gen/.mofgen/ts', 'gen/.mofgen/ts/a.sums'])(
    'follows no link at %s',
    async (name) => {
      const place = workplace({ 'a.mof': smallMof() });
      await place.run(['a.mof']);
      const kept = statSync(place.path(name)).isDirectory() ? 'kept' : 'kept.sums';
      spawnSync('mv', [place.path(name), place.path(kept)]);
      symlinkSync(place.path(kept), place.path(name));
      writeFileSync(place.path('gen/a.g.ts'), text(place, 'gen/a.g.ts').replace('Speed', 'Spood'));
      expect(await findings(place, 'a.mof')).toEqual(['MOF4003 gen/a.g.ts']);
    },
  );
});

describe('a record that cannot be written', () => {
  test.each(['gen/.mofgen', 'gen/.mofgen/ts'])('since %s is a file', async (name) => {
    const place = workplace({ 'a.mof': smallMof(), [name]: 'mine' });
    const { exitCode, stderr } = await place.run(['a.mof']);
    expect(stderr).toBe(
      `mofgen: cannot write 'gen/.mofgen/${name.endsWith('ts') ? 'ts/a.sums' : '.gitignore'}': '${name}' is a file, not a folder; name another folder\n`,
    );
    expect(exitCode).toBe(3);
    expect(existsSync(place.path('gen/a.g.ts'))).toBe(false);
    expect(text(place, name)).toBe('mine');
  });

  test.each(['gen/.mofgen', 'gen/.mofgen/ts'])('since %s is a link', async (name) => {
    const place = workplace({ 'a.mof': smallMof(), 'elsewhere/a.sums': 'mine' });
    mkdirSync(place.path(name.replace(/\/[^/]*$/, '')), { recursive: true });
    symlinkSync(place.path('elsewhere'), place.path(name));
    expect(await place.run(['a.mof'])).toMatchObject({
      exitCode: 3,
      stderr: `mofgen: cannot write into '${name}': it is a symbolic link; remove it\n`,
    });
    expect(existsSync(place.path('gen/a.g.ts'))).toBe(false);
    expect(readdirSync(place.path('elsewhere'))).toEqual(['a.sums']);
    expect(text(place, 'elsewhere/a.sums')).toBe('mine');
  });

  test('since a folder lies in its place', async () => {
    const place = workplace({ 'a.mof': smallMof(), 'gen/.mofgen/ts/a.sums/x': '' });
    const { exitCode, stderr } = await place.run(['a.mof']);
    expect(stderr).toMatch(/^mofgen: cannot write 'gen\/\.mofgen\/ts\/a\.sums': /);
    expect(exitCode).toBe(3);
    expect(existsSync(place.path('gen/a.g.ts'))).toBe(false);
  });
});
