/** The files of the C core: one copy for all inputs of a folder, even when inputs are renamed or deleted. */
import {
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseRecord } from '../../src/cli/output-record.js';
import { outputsIn, smallMof, workplace, type Workplace } from './command-line.js';

const OTHER = smallMof('Other').replace('0f7a11', '0f7a12');
const NONE = 'class None { uint8 X; };\n';
const coreOf = (...parts: readonly string[]): string[] =>
  ['', ...parts].flatMap((part) => [`mofgen_wmi${part}.c`, `mofgen_wmi${part}.h`]);
const CORE = coreOf('_kmdf', '_pool');
const KMDF = ['-t', 'kmdf'];

const two = (): Workplace => workplace({ 'a.mof': smallMof(), 'b.mof': OTHER });
const coreIn = ({ path }: Workplace): string[] =>
  outputsIn(path('gen')).filter((name) => name.startsWith('mofgen_'));
const recorded = ({ path }: Workplace, base: string): string[] => {
  const text = readFileSync(path(`gen/.mofgen/kmdf/${base}.sums`), 'utf8');
  return (parseRecord(text)?.files ?? []).map(({ name }) => name);
};
const text = ({ path }: Workplace, name: string): string => readFileSync(path(name), 'utf8');

describe('one run for several inputs', () => {
  test('writes them once, counts them once, and records them for each', async () => {
    const place = two();
    expect(await place.run(['a.mof', 'b.mof', ...KMDF])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '2 inputs: 18 written\n',
    });
    expect(coreIn(place)).toEqual(CORE);
    for (const base of ['a', 'b'])
      expect(recorded(place, base)).toEqual(expect.arrayContaining(CORE));
    expect((await place.run(['a.mof', 'b.mof', ...KMDF])).stderr).toBe(
      '2 inputs: 16 unchanged, 2 kept (yours)\n',
    );
  });

  test('declares them once', async () => {
    const { stdout } = await two().run(['a.mof', 'b.mof', ...KMDF, '--list-outputs']);
    const names = stdout.trimEnd().split('\n');
    expect(names).toHaveLength(16);
    expect(new Set(names).size).toBe(16);
    expect(names[0]).toBe('gen/a_wmi.h');
  });

  test('has one target in its depfile, which is not a core file', async () => {
    const place = two();
    await place.run(['a.mof', 'b.mof', ...KMDF, '--depfile', 'd']);
    expect(text(place, 'd')).toMatch(/^gen\/a_wmi\.h: /);
  });

  test('--check reports one that is missing, edited or outdated once', async () => {
    const place = two();
    await place.run(['a.mof', 'b.mof', ...KMDF]);
    const check = ['a.mof', 'b.mof', ...KMDF, '--check', '-q'];
    expect(await place.run(check)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    unlinkSync(place.path('gen/mofgen_wmi.h'));
    const edited = text(place, 'gen/mofgen_wmi.c').replace('#include', ' #include');
    writeFileSync(place.path('gen/mofgen_wmi.c'), edited);
    const { exitCode, stdout, stderr } = await place.run(check);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: 'gen/mofgen_wmi.h\ngen/mofgen_wmi.c\n',
    });
    expect(stderr.match(/MOF\d{4}/g)).toEqual(['MOF4001', 'MOF4002']);
  });
});

describe('a run for each input', () => {
  test('does not write existing files again', async () => {
    const place = two();
    await place.run(['a.mof', ...KMDF]);
    const long = new Date(1_000_000_000_000);
    for (const name of CORE) utimesSync(place.path(`gen/${name}`), long, long);
    expect((await place.run(['b.mof', ...KMDF])).stderr).toBe('b.mof: 6 written, 6 unchanged\n');
    for (const name of CORE) expect(statSync(place.path(`gen/${name}`)).mtime).toEqual(long);
    for (const base of ['a', 'b']) {
      expect(await place.run([`${base}.mof`, ...KMDF, '--check'])).toMatchObject({ exitCode: 0 });
    }
  });

  test('several at once end with all files', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const place = workplace(
      Object.fromEntries(names.map((name) => [`${name}.mof`, smallMof(name.toUpperCase())])),
    );
    const outcomes = await Promise.all(names.map((name) => place.run([`${name}.mof`, ...KMDF])));
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual(names.map(() => 0));
    expect(coreIn(place)).toEqual(CORE);
    expect(outputsIn(place.path('gen'))).toHaveLength(5 * 6 + CORE.length);
    const check = [...names.map((name) => `${name}.mof`), ...KMDF, '--check'];
    expect(await place.run(check)).toMatchObject({ exitCode: 0 });
  });
});

describe('an input whose outputs are removed', () => {
  test.each([
    [
      'has no classes any more',
      ['a.mof'],
      (place: Workplace) => {
        writeFileSync(place.path('a.mof'), NONE);
      },
    ],
    [
      'is gone',
      ['[ac]*.mof'],
      (place: Workplace) => {
        renameSync(place.path('a.mof'), place.path('a.txt'));
      },
    ],
    ['takes the core from elsewhere', ['a.mof', '--core', 'external'], () => undefined],
  ])(
    'keeps the core while another input has it, and removes it with the last one: %s',
    async (_case, args, change) => {
      const place = two();
      writeFileSync(place.path('c.mof'), NONE);
      await place.run(['a.mof', ...KMDF]);
      await place.run(['b.mof', ...KMDF]);
      change(place);
      expect(await place.run([...args, ...KMDF])).toMatchObject({ exitCode: 0 });
      expect(coreIn(place)).toEqual(CORE);
      expect(await place.run(['b.mof', ...KMDF, '--check'])).toMatchObject({ exitCode: 0 });

      writeFileSync(place.path('b.mof'), NONE);
      expect((await place.run(['b.mof', ...KMDF])).stderr).toContain('b.mof: 11 removed\n');
      expect(coreIn(place)).toEqual([]);
    },
  );

  test('silently keeps it when no record names its inputs', async () => {
    const place = two();
    await place.run(['a.mof', 'b.mof', ...KMDF]);
    rmSync(place.path('gen/.mofgen'), { recursive: true });
    writeFileSync(place.path('a.mof'), NONE);
    const { stderr } = await place.run(['a.mof', ...KMDF]);
    expect(stderr).toContain('gen/a_wmi.c');
    expect(stderr).not.toContain('mofgen_wmi');
    expect(coreIn(place)).toEqual(CORE);
  });

  test('keeps an edited one, and reports it', async () => {
    const place = two();
    await place.run(['a.mof', ...KMDF]);
    const name = 'gen/mofgen_wmi.c';
    writeFileSync(place.path(name), `${text(place, name)}// mine\n`);
    const { stderr } = await place.run(['a.mof', ...KMDF, '--standalone']);
    expect(stderr).toContain(`${name}:1:1: warning MOF4005`);
    expect(coreIn(place)).toEqual(['mofgen_wmi.c']);
  });
});

describe('an input with the name of the core', () => {
  test.each([
    ['mofgen.mof', []],
    ['Mofgen.MOF', ['--core', 'external']],
    ['mofgen.mof', ['--standalone']],
  ])('is refused: %s %j', async (name, args) => {
    const { run, path } = workplace({ [name]: smallMof() });
    expect(await run([name, ...KMDF, ...args])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `mofgen: '${name}' cannot give its name to files that name each other: files of the C core are called so; rename it\n`,
    });
    expect(existsSync(path('gen'))).toBe(false);
    expect(await run([name, '-t', 'ts,header'])).toMatchObject({ exitCode: 0 });
  });
});

test('two driver models in one folder share their common files', async () => {
  const place = two();
  await place.run(['a.mof', '-t', 'kmdf']);
  await place.run(['b.mof', '-t', 'wdm']);
  expect(coreIn(place)).toEqual(coreOf('_device', '_kmdf', '_pool', '_wdm'));
  writeFileSync(place.path('a.mof'), NONE);
  await place.run(['a.mof', '-t', 'kmdf']);
  expect(coreIn(place)).toEqual(coreOf('_device', '_pool', '_wdm'));
});
