/** `mofgen stubs --missing`: prints what the user's files lack, target by target. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type * as TargetModule from '../../src/targets/target.js';
import { type Target } from '../../src/targets/target.js';
import { smallMof, workplace } from './command-line.js';

vi.mock('../../src/targets/loading.js', async () => {
  const actual = await vi.importActual<{ ts: Target }>('../../src/targets/ts/index.js');
  const { defineTarget } = await vi.importActual<typeof TargetModule>(
    '../../src/targets/target.js',
  );
  // The user's file of a C target lacks every method whose name is not in it.
  const target = (name: string, ...yours: string[]): Target =>
    defineTarget({
      name,
      summary: name,
      fileNames: (base) => [
        { name: `${base}_${name}.c`, owner: 'mofgen' },
        ...yours.map((end) => ({ name: base + end, owner: 'user' }) as const),
      ],
      emit: () => [],
      missingStubs: (model, _context, existing) =>
        model.blocks
          .flatMap((block) => block.methods.map((method) => method.name))
          .filter((method) => !existing.includes(method))
          .map((method) => `${name} ${method}()`)
          .join('\n'),
    });
  const TARGETS = [
    actual.ts,
    target('header'),
    target('kmdf', '_kmdf_impl.c'),
    target('wdm', '_wdm_impl.c'),
    target('rival', '_wdm_impl.c'),
  ];
  return {
    TARGET_NAMES: TARGETS.map(({ name }) => name),
    loadTarget: (name: string) => Promise.resolve(TARGETS.find((each) => each.name === name)),
  };
});

const method = '[WmiMethodId(1), Implemented] void Stop([in] uint32 after);';
const files = {
  'a.mof': smallMof('Fan', method),
  'gen/a_kmdf_impl.c': 'Stop',
  'gen/a_wdm_impl.c': '',
};

test('stubs --missing prints what the user file lacks after the MOF grew', async () => {
  const { run, path } = workplace({ 'a.mof': smallMof('Fan') });
  await run(['a.mof']);
  expect(await run(['stubs', '--missing', 'a.mof'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'gen/a.provider.ts: nothing is missing\n',
  });
  writeFileSync(
    path('a.mof'),
    smallMof('Fan', '[WmiMethodId(1), Implemented] void Stop([in] uint32 after);'),
  );
  const before = readFileSync(path('gen/a.provider.ts'), 'utf8');
  const { exitCode, stdout, stderr } = await run(['stubs', '--missing', 'a.mof']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'gen/a.provider.ts lacks:\n' });
  expect(stdout).toContain('Stop(');
  expect(readFileSync(path('gen/a.provider.ts'), 'utf8')).toBe(before);
});

test('stubs --missing of a missing file exits 3 and names the command that writes it', async () => {
  const { run } = workplace({ 'a.mof': smallMof() });
  const { exitCode, stdout, stderr } = await run(['stubs', '--missing', 'a.mof', '-o', 'out']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toContain(`'out/a.provider.ts' is not there yet`);
});

test.each([
  ['one that lacks nothing', 'kmdf', '', 'gen/a_kmdf_impl.c: nothing is missing\n'],
  ['one that lacks something', 'wdm', 'wdm Stop()\n', 'gen/a_wdm_impl.c lacks:\n'],
  [
    'both',
    'kmdf,wdm',
    'wdm Stop()\n',
    'gen/a_kmdf_impl.c: nothing is missing\ngen/a_wdm_impl.c lacks:\n',
  ],
  [
    'one and a target without a file of yours',
    'header,wdm',
    'wdm Stop()\n',
    'gen/a_wdm_impl.c lacks:\n',
  ],
])('each target has its own file: %s', async (_case, target, stdout, stderr) => {
  const { run } = workplace(files);
  expect(await run(['stubs', '--missing', 'a.mof', '-t', target])).toEqual({
    exitCode: 0,
    stdout,
    stderr,
  });
});

test('a missing file exits 3, and the others are reported all the same', async () => {
  const { run } = workplace(files);
  expect(await run(['stubs', '--missing', 'a.mof', '-t', 'ts,kmdf,wdm'])).toEqual({
    exitCode: 3,
    stdout: 'wdm Stop()\n',
    stderr: `mofgen: 'gen/a.provider.ts' is not there yet; mofgen a.mof -t ts writes it whole
gen/a_kmdf_impl.c: nothing is missing
gen/a_wdm_impl.c lacks:
`,
  });
});

test('targets without a file of yours lack nothing', async () => {
  const { run } = workplace(files);
  expect(await run(['stubs', '--missing', 'a.mof', '-t', 'header'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'mofgen: no file of header is yours, so none can lack anything\n',
  });
});

test.each([
  ['stubs', ['stubs', '--missing']],
  ['generate', []],
  ['generate --list-outputs', ['--list-outputs']],
])('two targets cannot have one file of yours: %s', async (_case, args) => {
  const { run } = workplace(files);
  expect(await run([...args, 'a.mof', '-t', 'header,wdm,rival'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'mofgen: wdm and rival have a file of yours of the same name; ' +
      'name one of them, and give each a folder of its own with -o\n',
  });
  expect(await run(['check', 'a.mof', '-t', 'wdm,rival'])).toMatchObject({ exitCode: 0 });
});

test('several inputs have files of their own', async () => {
  const { run } = workplace({
    ...files,
    'b.mof': smallMof('Pump', method.replace('Stop', 'Drain')),
    'gen/b_wdm_impl.c': 'Stop',
  });
  expect(await run(['stubs', '--missing', 'a.mof', 'b.mof', '-t', 'wdm'])).toEqual({
    exitCode: 0,
    stdout: 'wdm Stop()\nwdm Drain()\n',
    stderr: 'gen/a_wdm_impl.c lacks:\ngen/b_wdm_impl.c lacks:\n',
  });
});
