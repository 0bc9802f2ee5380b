// Targets that are not built in: how they are found, what is reported of them, and their options everywhere.
import { mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze, emit, stubs } from '../../src/generate.js';
import { defineTarget } from '../../src/targets/target.js';
import { outputsIn, smallMof, workplace } from '../cli/command-line.js';

/** A module with a target whose parts replace these. */
function moduleOf(parts: Readonly<Record<string, string>> = {}): string {
  const all = {
    name: `'mine'`,
    summary: `'one line'`,
    fileNames: `(base) => [{ name: base + '.txt', owner: 'mofgen' }]`,
    emit: `(model, { base, options }) =>
      [{ name: base + '.txt', owner: 'mofgen', text: JSON.stringify(options) + '\\n' }]`,
    ...parts,
  };
  const lines = Object.entries(all).map(([name, text]) => `  ${name}: ${text},\n`);
  return `export default ({ defineTarget }) => defineTarget({\n${lines.join('')}});\n`;
}

const OPTIONS = `{
  isLoud: { type: 'switch', summary: 'loud' },
  shade: { type: 'choice', choices: ['dark', 'light'], summary: 'the shade' },
  depth: { type: 'number', min: -2, max: 9, summary: 'the depth' },
  label: { type: 'text', pattern: /^[A-Z]+$/, expects: 'upper-case letters', example: 'ABC', summary: 'the label' },
}`;

const files = {
  'a.mof': smallMof(),
  'mine.mjs': moduleOf({ options: OPTIONS }),
};

describe('is found', () => {
  test.each([
    ['./mine.mjs', 'mine.mjs'],
    ['mine.mjs', 'mine.mjs'],
    ['sub/mine.mjs', 'sub/mine.mjs'],
    ['sub\\..\\sub/mine.mjs', process.platform === 'win32' ? 'sub/mine.mjs' : undefined],
    ['mofgen-target-x', 'node_modules/mofgen-target-x/index.mjs'],
    ['@fans/target', 'node_modules/@fans/target/index.mjs'],
  ])('%s', async (name, file) => {
    if (file === undefined) return;
    const { run, path } = workplace({
      'a.mof': smallMof(),
      [file]: moduleOf(),
      [join(dirname(file), 'package.json')]: JSON.stringify({ exports: './index.mjs' }),
    });
    expect(await run(['a.mof', '-t', name])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'a.mof: 1 written\n',
    });
    expect(readFileSync(path('gen/a.txt'), 'utf8')).toBe('{}\n');
  });

  test('in the folder of the configuration that names it, and a package from there', async () => {
    const { run, path } = workplace({
      'conf/a.mof': smallMof(),
      'conf/t/mine.mjs': moduleOf(),
      'conf/node_modules/mofgen-target-x/index.mjs': moduleOf({
        name: `'x'`,
        fileNames: `() => [{ name: 'x.txt', owner: 'mofgen' }]`,
        emit: `() => [{ name: 'x.txt', owner: 'mofgen', text: 'x' }]`,
      }),
      'conf/node_modules/mofgen-target-x/package.json': JSON.stringify({ main: 'index.mjs' }),
      'conf/mofgen.config.json': JSON.stringify({
        inputs: ['a.mof'],
        targets: ['./t/mine.mjs', 'mofgen-target-x', 'header'],
      }),
    });
    const args = ['--config', 'conf/mofgen.config.json'];
    expect(await run(args)).toMatchObject({ exitCode: 0, stderr: 'conf/a.mof: 3 written\n' });
    expect(outputsIn(path('conf/gen'))).toEqual(['a.txt', 'a_wmi.h', 'x.txt']);
    expect((await run([...args, '--check'])).exitCode).toBe(0);
    expect(JSON.parse((await run([...args, '--print-config'])).stdout)).toMatchObject({
      entries: [{ targets: ['./t/mine.mjs', 'mofgen-target-x', 'header'] }],
    });
  });

  test('also when it imports mofgen/target itself, and marks its target', async () => {
    const { run, path } = workplace({
      'a.mof': smallMof(),
      'mine.mjs': `import { defineTarget } from 'mofgen/target';\n${moduleOf().replace('({ defineTarget }) => ', '')}`,
      'node_modules/mofgen/package.json': JSON.stringify({
        exports: { './target': './target.mjs' },
      }),
      'node_modules/mofgen/target.mjs': `export function defineTarget(target) {
        return { options: {}, missingStubs: () => '', ...target, [Symbol.for('mofgen.target')]: 1 };
      }`,
    });
    expect(await run(['a.mof', '-t', './mine.mjs'])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(path('gen/a.txt'), 'utf8')).toBe('{}\n');
  });

  test('anew after it changed, and it is a file that the outputs depend on', async () => {
    const { run, path } = workplace(files);
    const args = ['a.mof', '-t', './mine.mjs', '--depfile', 'a.d'];
    await run(args);
    expect(readFileSync(path('a.d'), 'utf8')).toContain(' mine.mjs');
    writeFileSync(path('mine.mjs'), moduleOf().replace('JSON.stringify(options)', `'new'`));
    utimesSync(path('mine.mjs'), 1000, 1000);
    expect((await run(['a.mof', '-t', './mine.mjs', '--check'])).exitCode).toBe(1);
    await run(args);
    expect(readFileSync(path('gen/a.txt'), 'utf8')).toBe('new\n');
  });
});

describe('is reported', () => {
  test.each<[string, string | undefined, string]>([
    ['MOF3301', undefined, `there is no target './mine.mjs': no such file`],
    ['MOF3302', `throw new Error('no\\nluck');`, `cannot be imported: no`],
    ['MOF3302', `throw 1;`, `cannot be imported: 1`],
    ['MOF3302', `export default {;`, `cannot be imported: `],
    ['MOF3302', `import 'mofgen-nothing';`, `cannot be imported: Cannot find package`],
    ['MOF3302', `export default () => { throw new Error('late'); };`, `cannot be imported: late`],
    ['MOF3303', `export const target = 1;`, 'has no default export that defineTarget made'],
    ['MOF3303', `export default { name: 'mine' };`, 'has no default export that defineTarget'],
    ['MOF3303', `export default () => undefined;`, 'has no default export that defineTarget made'],
    ['MOF3303', `export default [];`, 'has no default export that defineTarget made'],
    [
      'MOF3304',
      `export default { [Symbol.for('mofgen.target')]: 99 };`,
      'was made for a later version of mofgen',
    ],
    ['MOF3304', moduleOf({ name: 'undefined' }), `has no 'name' of lower-case letters`],
    ['MOF3304', moduleOf({ name: `'My Target'` }), `has no 'name' of lower-case letters`],
    ['MOF3304', moduleOf({ summary: `'two\\nlines'` }), `has no 'summary' of one line`],
    ['MOF3304', moduleOf({ emit: 'undefined' }), `has no function 'emit'`],
    ['MOF3304', moduleOf({ check: '1' }), `has no function 'check'`],
    ['MOF3304', moduleOf({ contains: '[1]' }), `has a 'contains' that is no list of names`],
    ['MOF3304', moduleOf({ options: '[]' }), `has 'options' that are no object`],
    ['MOF3304', moduleOf({ options: `{ 'A-b': {} }` }), `has an option 'A-b' that is no name`],
    ['MOF3304', moduleOf({ options: `{ enums: {} }` }), `'enums' that is one of the built-in`],
    ['MOF3304', moduleOf({ options: `{ a: { type: 'x' } }` }), `'a' that has no 'type' of`],
    ['MOF3304', moduleOf({ options: `{ a: { type: 'switch' } }` }), `that has no 'summary'`],
    [
      'MOF3304',
      moduleOf({ options: `{ a: { type: 'choice', choices: [], summary: 's' } }` }),
      `has no 'choices'`,
    ],
    [
      'MOF3304',
      moduleOf({ options: `{ a: { type: 'number', min: 2, max: 1, summary: 's' } }` }),
      `has no range`,
    ],
    [
      'MOF3304',
      moduleOf({ options: `{ a: { type: 'text', pattern: /a/g, example: 'a', summary: 's' } }` }),
      `has a 'pattern' that is no regular expression`,
    ],
    [
      'MOF3304',
      moduleOf({ options: `{ a: { type: 'text', pattern: /^a$/, example: 'b', summary: 's' } }` }),
      `has no 'example' that it takes`,
    ],
    ['MOF3304', moduleOf({ fileNames: '() => 1' }), 'returns something else than a list of files'],
    ['MOF3304', moduleOf({ fileNames: '() => [{}]' }), `returns a file without a 'name'`],
    ['MOF3304', moduleOf({ fileNames: `() => [{ name: 'a' }]` }), `'owner' is neither`],
    ['MOF3304', moduleOf({ emit: '() => undefined' }), 'returns something else than a list'],
    [
      'MOF3304',
      moduleOf({ emit: `() => [{ name: 'b.txt', owner: 'mofgen', text: '' }]` }),
      `emits 'b.txt', which fileNames does not list`,
    ],
    [
      'MOF3304',
      moduleOf({ emit: `() => [{ name: 'a.txt', owner: 'mofgen' }]` }),
      `emits 'a.txt' without a 'text'`,
    ],
    ['MOF3305', moduleOf({ name: `'kmdf'` }), `has the name 'kmdf', which is that of a built-in`],
    ...['../a.txt', 'sub/a.txt', 'C:\\\\a.txt', '..', '/etc/a', 'nul'].map(
      (name): [string, string, string] => [
        'MOF3306',
        moduleOf({ fileNames: `() => [{ name: '${name}', owner: 'mofgen' }]` }),
        'which is no plain file name',
      ],
    ),
    [
      'MOF3306',
      moduleOf({ fileNames: `() => [{ name: 'a', owner: 'user', otherNames: ['../b'] }]` }),
      `has a file '../b', which is no plain file name`,
    ],
    [
      'MOF3306',
      moduleOf({ fileNames: `(b) => [{ name: b === 'a' ? '../x' : b, owner: 'mofgen' }]` }),
      `has a file '../x', which is no plain file name`,
    ],
    [
      'MOF3307',
      moduleOf({ fileNames: `() => ['a', 'A'].map((name) => ({ name, owner: 'mofgen' }))` }),
      `has two files with the name 'A'`,
    ],
    ['MOF3308', moduleOf({ fileNames: `() => { throw new Error('lost'); }` }), 'fails: lost'],
    ['MOF3308', moduleOf({ emit: `() => { throw new Error('lost'); }` }), 'fails: lost'],
    ['MOF3308', moduleOf({ check: `() => { throw new Error('lost'); }` }), 'fails: lost'],
  ])('%s: %j', async (code, text, message) => {
    const { run, path } = workplace({
      'a.mof': smallMof(),
      ...(text === undefined ? {} : { 'mine.mjs': text }),
    });
    const { exitCode, stdout, stderr } = await run(['a.mof', '-t', './mine.mjs', '--shade', 'x']);
    if (stderr.includes('unknown option')) {
      // The target is faulty only when it emits.
      const again = await run(['a.mof', '-t', './mine.mjs']);
      expect(again.stderr).toContain(`error ${code}: `);
      expect(again.stderr).toContain(message);
      expect(again).toMatchObject({ exitCode: 1, stdout: '' });
    } else {
      expect(stderr).toContain(`error ${code}: `);
      expect(stderr).toContain(message);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    }
    expect(() => outputsIn(path('gen'))).toThrow();
  });

  test.each([
    ['mofgen-target-none', `there is no target 'mofgen-target-none': Cannot find module`],
    ['.\\none.mjs', `there is no target '.\\none.mjs': no such file`],
    ['./', `there is no target './': it is no file`],
  ])('MOF3301: %s', async (name, message) => {
    const { run } = workplace(files);
    const { exitCode, stderr } = await run(['check', 'a.mof', '-t', name]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error MOF3301: ${message}`);
  });

  test('as the command line wants findings', async () => {
    const { run } = workplace(files);
    const { exitCode, stdout } = await run([
      ...['check', 'a.mof', '-t', './none.mjs', '--diagnostics', 'json'],
    ]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [{ code: 'MOF3301' }] });
  });

  test('for a configuration as well', async () => {
    const { run } = workplace({
      'a.mof': smallMof(),
      'mofgen.config.json': JSON.stringify({ inputs: ['a.mof'], targets: ['./none.mjs'] }),
    });
    for (const args of [[], ['check'], ['stubs', '--missing'], ['--shade', 'x']]) {
      const { exitCode, stderr } = await run(args);
      expect({ exitCode, first: stderr.split('\n')[0] }).toEqual({
        exitCode: 1,
        first: `error MOF3301: there is no target './none.mjs': no such file`,
      });
    }
    expect((await run(['explain', 'MOF3301'])).exitCode).toBe(0);
  });

  test.each<[string, string, string, string]>([
    ['MOF3305', `'mine'`, 'b.txt', `have the name 'mine'`],
    ['MOF3307', `'other'`, 'any.TXT', `have files of one name, such as 'any.txt' for 'any.mof'`],
  ])('%s between two targets', async (code, name, file, message) => {
    const { run } = workplace({
      ...files,
      'other.mjs': moduleOf({
        name,
        fileNames: `() => [{ name: '${file}', owner: 'mofgen' }]`,
      }),
    });
    const { exitCode, stderr } = await run(['a.mof', '-t', './mine.mjs,./other.mjs']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `error ${code}: the targets './mine.mjs' and './other.mjs' ${message}`,
    );
  });

  test('MOF3305 for one option in two ways, and MOF3307 with a built-in target', async () => {
    const { run } = workplace({
      ...files,
      'other.mjs': moduleOf({
        name: `'other'`,
        fileNames: `() => [{ name: 'a_wmi.h', owner: 'mofgen' }, { name: 'any_wmi.h', owner: 'mofgen' }]`,
        options: `{ depth: { type: 'number', min: 0, max: 1, summary: 'the depth' } }`,
      }),
    });
    const both = await run(['a.mof', '-t', './mine.mjs', '-t', 'other.mjs']);
    expect(both.stderr).toContain(`have different options 'depth'`);
    const { stderr } = await run(['a.mof', '-t', 'header', '-t', 'other.mjs']);
    expect(stderr).toContain(`error MOF3307: the targets 'other.mjs' and 'header' have files`);
  });

  test('an option that is one of mofgen', async () => {
    const { run } = workplace({
      ...files,
      'mine.mjs': moduleOf({ options: `{ output: { type: 'switch', summary: 's' } }` }),
    });
    expect(await run(['a.mof', '-t', './mine.mjs'])).toMatchObject({
      exitCode: 2,
      stderr: `mofgen: error MOF3304: a target has an option --output, which is an option of mofgen; give it another name\n`,
    });
  });
});

describe('has options', () => {
  test.each([
    [['--shade', 'dark', '--depth=-2', '--is-loud'], { shade: 'dark', depth: -2, isLoud: true }],
    [['--label=ABC', '--depth', '9'], { label: 'ABC', depth: 9 }],
    [[], {}],
  ])('%j', async (args, want) => {
    const { run, path } = workplace(files);
    expect(await run(['a.mof', '-t./mine.mjs', ...args])).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(readFileSync(path('gen/a.txt'), 'utf8'))).toEqual(want);
  });

  test.each([
    [['--shade', 'grey'], `option '--shade <dark|light>' does not take 'grey': it takes dark or`],
    [
      ['--depth', '10'],
      `'--depth <number>' does not take '10': it takes a whole number from -2 to`,
    ],
    [['--depth', '1.5'], `'--depth <number>' does not take '1.5': it takes a whole number`],
    [['--depth', ''], `'--depth <number>' does not take '': it takes a whole number`],
    [['--label', 'abc'], `'--label <text>' does not take 'abc': it takes upper-case letters`],
    [['--label'], `option '--label <text>' needs a value`],
    [['--colour', 'red'], `unknown option '--colour'`],
  ])('%j is a usage error', async (args, message) => {
    const { run } = workplace(files);
    const { exitCode, stderr } = await run(['a.mof', '-t', './mine.mjs', ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('in help', async () => {
    const { run } = workplace(files);
    const { stdout } = await run(['generate', '-t', './mine.mjs', '--help']);
    expect(stdout.replace(/\s+/g, ' ')).toContain('--shade <dark|light> the shade (mine)');
  });

  test.each<[object, string | undefined]>([
    [{ shade: 'dark', depth: 1, isLoud: true, label: 'AB' }, undefined],
    [{ shade: 'grey' }, 'it takes dark or light'],
    [{ depth: 10 }, 'it takes a whole number from -2 to 9'],
    [{ depth: '1' }, 'expected a whole number, found '],
    [{ isLoud: 1 }, 'expected true or false, found 1'],
    [{ shadow: 1 }, `there is no key 'shadow'; did you mean 'shade'?`],
  ])('in a configuration: %j', async (options, fault) => {
    const { run, path } = workplace({
      ...files,
      'mofgen.config.json': JSON.stringify({ inputs: ['a.mof'], targets: ['mine.mjs'], options }),
    });
    const { exitCode, stderr } = await run([]);
    if (fault === undefined) {
      expect(exitCode).toBe(0);
      expect(JSON.parse(readFileSync(path('gen/a.txt'), 'utf8'))).toEqual(options);
      await run(['--depth', '3']);
      expect(JSON.parse(readFileSync(path('gen/a.txt'), 'utf8'))).toEqual({ ...options, depth: 3 });
    } else {
      expect(exitCode).toBe(2);
      expect(stderr).toContain(fault);
    }
  });

  test('that are left out for targets without them', async () => {
    const { run, path } = workplace({
      ...files,
      'mofgen.config.json': JSON.stringify({
        targets: ['./mine.mjs'],
        options: { depth: 1, enums: true },
        entries: [
          { inputs: ['a.mof'], output: 'one' },
          { inputs: ['a.mof'], output: 'two', targets: ['header'] },
        ],
      }),
    });
    expect(await run([])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(path('one/a.txt'), 'utf8')).toBe('{"depth":1}\n');
    expect((await run(['-t', 'header'])).exitCode).toBe(0);
  });
});

test('stubs, --list-outputs and records go by its names', async () => {
  const { run, path } = workplace({
    'a.mof': smallMof(),
    'mine.mjs': moduleOf({
      fileNames: `(base) => [{ name: base + '.txt', owner: 'user' }]`,
      emit: `(model, { base }) => [{ name: base + '.txt', owner: 'user', text: 'x' }]`,
      missingStubs: `(model, context, existing) => existing + model.blocks.length`,
    }),
  });
  const list = await run(['a.mof', '-t', './mine.mjs', '--list-outputs', '--list-owner', 'user']);
  expect(list.stdout).toBe('gen/a.txt\n');
  await run(['a.mof', '-t', './mine.mjs']);
  expect(outputsIn(path('gen'))).toEqual(['a.txt']);
  expect((await run(['stubs', '--missing', 'a.mof', '-t', './mine.mjs'])).stdout).toBe('x1\n');
});

test('a link leads to a target, whose files are those in the folder of the link', async () => {
  const { run, path } = workplace(files);
  mkdirSync(path('sub'));
  symlinkSync(path('mine.mjs'), path('sub/link.mjs'));
  expect(await run(['a.mof', '-t', 'sub/link.mjs'])).toMatchObject({ exitCode: 0 });
});

test('the library takes it in place of a name', () => {
  const target = defineTarget({
    name: 'mine',
    summary: 'the number of blocks',
    options: { sign: { type: 'choice', choices: ['#', 'no'], summary: 'before the number' } },
    fileNames: () => [{ name: 'count', owner: 'user' }],
    emit: ({ blocks }, { options: { sign = '#' } }) => [
      { name: 'count', owner: 'user', text: sign + String(blocks.length) },
    ],
    missingStubs: (_model, _context, existing) => (existing === '' ? 'all' : ''),
  });
  const { value } = analyze(new TextEncoder().encode(smallMof()), 'a.mof');
  const options = { sign: 'no' };
  expect(emit(value, 'a.mof', { targets: [target], options }).value[0]?.text).toBe('no1');
  expect(stubs(value, 'a.mof', target, '').value).toBe('all');
  expect(() => emit(value, 'a.mof', { targets: [target], options: { sign: '+' } })).toThrow(
    new RangeError(`--sign does not take '+': it takes # or no`),
  );
});
