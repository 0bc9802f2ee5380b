// --watch, in this process: each step changes files, waits until the run is over, and checks what it printed.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { smallMof, type Workplace, workplace } from './command-line.js';

const config = JSON.stringify({ inputs: ['mof/**/*.mof'], targets: ['header'] });
const guids = new Map<string, string>();
function mof(name: string, more = ''): string {
  const guid = guids.get(name) ?? `{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7b${10 + guids.size}}`;
  guids.set(name, guid);
  return smallMof(name, more).replace(/\{5b3a[^}]*\}/, guid);
}

/** A watch that was started. */
class Watch {
  #text = '';
  #wake: (() => void) | undefined;
  #stop: (() => void) | undefined;
  readonly #ended: Promise<number>;

  constructor({ run }: Workplace, args: readonly string[]) {
    const ended = run(['--watch', ...args], {
      onInterrupt: (stop) => (this.#stop = stop),
      onStderr: (text) => {
        this.#text += text;
        this.#wake?.();
      },
    });
    this.#ended = ended.then(({ exitCode }) => exitCode);
  }

  /** What was printed until the watch waits for changes and has printed `want`. */
  async printed(want: string): Promise<string> {
    while (!(this.#text.includes(want) && this.#text.endsWith('Ctrl-C ends\n'))) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const text = this.#text;
    this.#text = '';
    return text;
  }

  stop(): Promise<number> {
    this.#stop?.();
    return this.#ended;
  }
}

test('regenerates what depends on a changed file, and nothing else', async () => {
  const place = workplace({
    'mofgen.config.json': config,
    'mof/a.mof': `#include "shared.h"\n${mof('A')}`,
    'mof/b.mof': mof('B'),
    'mof/shared.h': '#define X 1\n',
  });
  const watch = new Watch(place, []);
  expect(await watch.printed('written')).toBe(
    '2 inputs: 2 written\nwatching 3 files; Ctrl-C ends\n',
  );
  writeFileSync(place.path('mof/shared.h'), '#define X 2\n');
  expect(await watch.printed('unchanged')).toBe(
    '\nmof/shared.h: changed\nmof/a.mof: 1 unchanged\nwatching 3 files; Ctrl-C ends\n',
  );
  writeFileSync(place.path('mof/b.mof'), mof('B', '[WmiDataId(3), read] uint64 More;'));
  expect(await watch.printed('written')).toBe(
    '\nmof/b.mof: changed\nmof/b.mof: 1 written\nwatching 3 files; Ctrl-C ends\n',
  );
  expect(readFileSync(place.path('gen/b_wmi.h'), 'utf8')).toContain('More');
  expect(await watch.stop()).toBe(0);
});

test('new, deleted and renamed files', async () => {
  const place = workplace({ 'mofgen.config.json': config, 'mof/a.mof': mof('A') });
  const watch = new Watch(place, []);
  await watch.printed('a.mof: 1 written');
  mkdirSync(place.path('mof/deep'));
  writeFileSync(place.path('mof/deep/b.mof'), mof('B'));
  expect(await watch.printed('written')).toContain('mof/deep/b.mof: new\n2 inputs: 1 written');
  renameSync(place.path('mof/deep/b.mof'), place.path('mof/deep/c.mof'));
  await watch.printed('is gone: 1 removed');
  expect(existsSync(place.path('gen/b_wmi.h'))).toBe(false);
  rmSync(place.path('mof/deep'), { recursive: true });
  await watch.printed('mof/deep/c.mof is gone: 1 removed');
  expect(existsSync(place.path('gen/c_wmi.h'))).toBe(false);
  expect(await watch.stop()).toBe(0);
});

test('an editor that replaces the file', async () => {
  const place = workplace({ 'a.mof': mof('A') });
  const watch = new Watch(place, ['a.mof', '-t', 'header']);
  await watch.printed('1 written');
  for (const type of ['uint16', 'uint64']) {
    writeFileSync(place.path('a.tmp'), mof('A', `[WmiDataId(3), read] ${type} More;`));
    renameSync(place.path('a.tmp'), place.path('a.mof'));
    await watch.printed('1 written');
  }
  expect(await watch.stop()).toBe(0);
});

test('survives errors of the input, of an include and of the configuration', async () => {
  const place = workplace({ 'mofgen.config.json': config, 'mof/a.mof': 'class ;' });
  const watch = new Watch(place, []);
  expect(await watch.printed('1 error')).toContain('MOF1201');
  writeFileSync(place.path('mof/a.mof'), `#include "late.mof"\n${mof('A')}`);
  expect(await watch.printed('1 error')).toContain('MOF1004');
  writeFileSync(place.path('mof/late.mof'), mof('Late'));
  await watch.printed('written');
  writeFileSync(place.path('mofgen.config.json'), '{');
  expect(await watch.printed('mofgen: ')).toContain('mofgen.config.json:1:2: close brace expected');
  writeFileSync(place.path('mofgen.config.json'), config.replace('header', 'ts'));
  await watch.printed('written');
  expect(existsSync(place.path('gen/a.g.ts'))).toBe(true);
  expect(await watch.stop()).toBe(0);
});

test('a time in the future is no change', async () => {
  const place = workplace({ 'a.mof': mof('A') });
  const tomorrow = Date.now() / 1000 + 86_400;
  utimesSync(place.path('a.mof'), tomorrow, tomorrow);
  const watch = new Watch(place, ['a.mof', '-t', 'header']);
  await watch.printed('1 written');
  await setTimeout(300);
  writeFileSync(place.path('a.mof'), mof('A', '[WmiDataId(3), read] uint64 More;'));
  expect(await watch.printed('written')).toBe(
    '\na.mof: changed\na.mof: 1 written\nwatching 1 file; Ctrl-C ends\n',
  );
  expect(await watch.stop()).toBe(0);
});

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['of the command line', {}, ['mof/*.mof', '-t', 'header']],
  ['of the configuration', { 'mofgen.config.json': config }, []],
])('the first file that a pattern %s matches', async (_, files, args) => {
  const place = workplace(files);
  const watch = new Watch(place, args);
  expect(await watch.printed('no file matches')).toContain('watching 0 files');
  mkdirSync(place.path('mof'));
  writeFileSync(place.path('mof/a.mof'), mof('A'));
  await watch.printed('1 written');
  expect(await watch.stop()).toBe(0);
});

test('a configuration that is missing for a while', async () => {
  const place = workplace({ 'mofgen.config.json': config, 'mof/a.mof': mof('A') });
  const watch = new Watch(place, []);
  await watch.printed('1 written');
  rmSync(place.path('mofgen.config.json'));
  expect(await watch.printed('gone')).toContain('there is no input, and no mofgen.config.json');
  writeFileSync(place.path('mofgen.config.json'), config);
  expect(await watch.printed('new')).toContain('1 unchanged');
  expect(await watch.stop()).toBe(0);
});

test.each([
  [[], 'there is no input, and no mofgen.config.json'],
  [['a.mof', '-t', 'kmfd'], `there is no target 'kmfd'`],
  [['-'], `--watch cannot watch standard input ('-')`],
  [['a.mof', '-o', '-'], '--watch writes files; name their folder with -o'],
  [['a.mof', '--check'], `option '-w, --watch' cannot be used with option '--check'`],
])('--watch %j is refused', async (args, message) => {
  const { run } = workplace({ 'a.mof': mof('A') });
  const { exitCode, stderr } = await run(['--watch', ...args]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
