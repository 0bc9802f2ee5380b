/** `--format`: formats outputs with the prettier of the user's project, and reports clearly where it cannot. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { expect, test } from 'vitest';
import { smallMof, workplace, type Workplace } from './command-line.js';

const root = join(import.meta.dirname, '../..');

/** A project with this repository's prettier installed, and other files. */
function project(files: Readonly<Record<string, string>> = {}): Workplace {
  const place = workplace({ 'a.mof': smallMof(), ...files });
  mkdirSync(place.path('node_modules'));
  symlinkSync(join(root, 'node_modules/prettier'), place.path('node_modules/prettier'));
  return place;
}

/** A project with a prettier that is this CommonJS text. */
function projectWith(code: string): Workplace {
  return workplace({ 'a.mof': smallMof(), 'node_modules/prettier/index.js': code });
}

const text = ({ path }: Workplace, name: string): string => readFileSync(path(name), 'utf8');

test('formats what is written with the settings of the project, and --check compares formatted with formatted', async () => {
  const config = { semi: false, tabWidth: 8, printWidth: 60 };
  const place = project({ '.prettierrc': JSON.stringify(config) });
  await place.run(['a.mof', '-o', 'plain']);
  expect(await place.run(['a.mof', '--format'])).toMatchObject({ exitCode: 0 });
  for (const name of ['a.g.ts', 'a.provider.ts']) {
    const want = await prettier.format(text(place, `plain/${name}`), { ...config, filepath: name });
    expect(text(place, `gen/${name}`)).toBe(want);
  }
  expect(await place.run(['a.mof', '--format'])).toMatchObject({
    stderr: 'a.mof: 1 unchanged, 1 kept (yours)\n',
  });
  expect(await place.run(['a.mof', '--format', '--check'])).toMatchObject({ exitCode: 0 });
  expect(await place.run(['a.mof', '--check'])).toMatchObject({ exitCode: 1 });
  writeFileSync(place.path('.prettierrc'), '{ "semi": true }');
});

test.each([
  ['an .editorconfig', { '.editorconfig': 'root = true\n[*]\nindent_style = tab\n' }, /^\t/m],
  [
    'settings for some files',
    { '.prettierrc': '{"overrides":[{"files":"*.g.ts","options":{"useTabs":true}}]}' },
    /^\t/m,
  ],
  ['the line ends of Windows', { '.prettierrc': '{"endOfLine":"crlf"}' }, /\r\n/],
])('takes %s, and is current afterwards', async (_case, files, shows) => {
  const place = project(files);
  await place.run(['a.mof', '--format']);
  expect(text(place, 'gen/a.g.ts')).toMatch(shows);
  expect(await place.run(['a.mof', '--format', '--check'])).toMatchObject({ exitCode: 0 });
});

test.each([
  ['in the folder of the project', '.prettierignore', 'gen/\n'],
  ['in the folder of the output', 'gen/.prettierignore', '*.ts\n'],
])(
  'leaves a file as it is printed that a .prettierignore names: %s',
  async (_case, ignore, lines) => {
    const place = project({ '.prettierrc': '{"semi":false}', [ignore]: lines });
    await place.run(['a.mof', '-o', 'plain']);
    await place.run(['a.mof', '--format']);
    expect(text(place, 'gen/a.g.ts')).toBe(text(place, 'plain/a.g.ts'));
  },
);

test('formats your file when it is made, and never again', async () => {
  const place = project({ '.prettierrc': '{"semi":false}' });
  await place.run(['a.mof', '--format']);
  expect(text(place, 'gen/a.provider.ts')).not.toContain(';\n');
  writeFileSync(place.path('gen/a.provider.ts'), 'let   mine;\n');
  expect(await place.run(['a.mof', '--format'])).toMatchObject({ exitCode: 0 });
  expect(text(place, 'gen/a.provider.ts')).toBe('let   mine;\n');
});

test('prints what it formatted', async () => {
  const place = project({ '.prettierrc': '{"semi":false}' });
  const { stdout, exitCode } = await place.run(['a.mof', '--format', '-o', '-', '-q']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`import * as wmi from "mofgen/runtime"\n`);
  expect(existsSync(place.path('gen'))).toBe(false);
});

test('takes the prettier that the output folder sees before that of the folder of the run', async () => {
  const place = projectWith(`exports.version = '3.0.0'; throw new Error('the wrong one');`);
  mkdirSync(place.path('app/node_modules'), { recursive: true });
  symlinkSync(join(root, 'node_modules/prettier'), place.path('app/node_modules/prettier'));
  expect(await place.run(['a.mof', '--format', '-o', 'app/gen'])).toMatchObject({ exitCode: 0 });
  expect(await place.run(['a.mof', '--format', '-o', 'gen'])).toMatchObject({ exitCode: 2 });
});

const working = `
exports.version = '3.9.9';
exports.getFileInfo = async () => ({ ignored: false });
exports.resolveConfig = async () => null;
`;

test.each([
  [
    'it is not installed',
    undefined,
    '--format runs the prettier of your project, which has none: npm install --save-dev prettier, or leave --format out',
  ],
  [
    'it is too old',
    `exports.version = '2.8.8';`,
    '--format needs prettier 3 or later, and this project has 2.8.8',
  ],
  [
    'it is no prettier',
    `module.exports = {};`,
    '--format needs prettier 3 or later, and this project has another one',
  ],
  [
    'it cannot be loaded',
    `throw new Error('broken\\nat all');`,
    'the prettier of your project cannot be loaded: broken',
  ],
  [
    'its settings are faulty',
    `${working}exports.resolveConfig = async () => { throw new Error('bad \\u001b[31mconfig') };`,
    String.raw`prettier cannot format 'gen/a.g.ts': bad \x1b[31mconfig`,
  ],
  [
    'a plugin is missing',
    `${working}exports.format = async () => { throw new Error("Cannot find package 'x'\\nImported from y") };`,
    `prettier cannot format 'gen/a.g.ts': Cannot find package 'x'`,
  ],
  [
    'it throws something other than an Error',
    `${working}exports.format = async () => { throw 'x' };`,
    `prettier cannot format 'gen/a.g.ts': x`,
  ],
])('one line reports it, and nothing is written, when %s', async (_case, code, message) => {
  const place = code === undefined ? workplace({ 'a.mof': smallMof() }) : projectWith(code);
  expect(await place.run(['a.mof', '--format', '--depfile', 'x.d'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `mofgen: ${message}\n`,
  });
  expect(existsSync(place.path('gen'))).toBe(false);
  expect(existsSync(place.path('x.d'))).toBe(false);
  expect(await place.run(['a.mof'])).toMatchObject({ exitCode: 0 });
});

test('real settings that are faulty are one line', async () => {
  const place = project({ '.prettierrc': '{ "semi": ' });
  const { exitCode, stderr } = await place.run(['a.mof', '--format']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^mofgen: prettier cannot format 'gen\/a\.g\.ts': .*\n$/);
});

test('a plugin of the settings that is not installed is one line', async () => {
  const place = project({ '.prettierrc': '{ "plugins": ["prettier-plugin-nowhere"] }' });
  const { exitCode, stderr } = await place.run(['a.mof', '--format']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^mofgen: prettier cannot format 'gen\/a\.g\.ts': .*prettier-plugin-nowhere.*\n$/,
  );
});

test('is refused where nothing is TypeScript, and loads nothing for lists', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  expect(await place.run(['a.mof', '--format', '-t', 'kmdf'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'mofgen: --format changes nothing for kmdf; it is for ts\n',
  });
  expect(await place.run(['a.mof', '--format', '--list-outputs'])).toMatchObject({ exitCode: 0 });
});
