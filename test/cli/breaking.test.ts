/** `mofgen breaking` with a file and with a folder: what is compared, how findings are shown, and how mistakes end. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { smallMof, workplace } from './command-line.js';

const OLD = smallMof();
const CHANGED = OLD.replace('uint32 Speed', 'uint16 Speed');
const GROWN = smallMof('SmallFan', '[WmiDataId(3), read] uint32 Load;');
/** The same with room for the items of a base class. */
const DERIVED = OLD.replace('class SmallFan', 'class SmallFan : Base').replaceAll(
  'WmiDataId(',
  'WmiDataId(1',
);
const PUMP = OLD.replaceAll('SmallFan', 'Pump').replace('5b3a5e0c', '5b3a5e0d');

const against = (place: string, ...more: readonly string[]) =>
  ['breaking', 'a.mof', '--against', place, ...more] as const;

test('an unchanged text is ok, and -q is silent', async () => {
  const { run } = workplace({ 'a.mof': OLD, 'old.mof': OLD });
  expect(await run(against('old.mof'))).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'a.mof: ok, compared with old.mof\n',
  });
  expect(await run(against('old.mof', '-q'))).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('a break is an error that shows both places', async () => {
  const { run } = workplace({ 'a.mof': CHANGED, 'old.mof': OLD });
  expect(await run(against('old.mof'))).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: [
      `a.mof:7:31: error MOF6104: 'Speed' of 'SmallFan' is uint16 instead of uint32`,
      'old.mof:7:31: note: in the old text it is uint32',
      'a.mof:7:31: help: keep the old block, and declare a new class with its own guid',
      '1 error',
      '',
    ].join('\n'),
  });
});

test.each([
  ['a warning', GROWN, [], 0, 'warning MOF6108'],
  ['--warn-as-error', GROWN, ['--warn-as-error'], 1, 'error MOF6108'],
  ['--deny', GROWN, ['--deny', 'MOF6108'], 1, 'error MOF6108'],
  ['--allow of a warning', GROWN, ['--allow', 'MOF6108'], 0, 'a.mof: ok'],
  ['--allow of an error', CHANGED, ['--allow', 'MOF6104'], 0, 'a.mof: ok'],
  [
    'a comment',
    CHANGED.replace('uint16 Speed;', 'uint16 Speed; // mofgen-allow MOF6104: never shipped'),
    [],
    0,
    'a.mof: ok',
  ],
  [
    'a comment about the class',
    `// mofgen-allow MOF6104: never shipped${CHANGED}`,
    [],
    0,
    'a.mof: ok',
  ],
] as const)(
  'what counts is the same as elsewhere: %s',
  async (_what, text, args, exitCode, words) => {
    const { run } = workplace({ 'a.mof': text, 'old.mof': OLD });
    const outcome = await run(against('old.mof', ...args));
    expect(outcome.stderr).toContain(words);
    expect(outcome.exitCode).toBe(exitCode);
  },
);

test('a comment that waits for a comparison is needed by check as well', async () => {
  const text = CHANGED.replace('uint16 Speed;', 'uint16 Speed; // mofgen-allow MOF6104');
  const { run } = workplace({ 'a.mof': text });
  expect(await run(['check', 'a.mof', '-q'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('the old text needs no comment, and its comments allow nothing', async () => {
  const old = OLD.replace('uint32 Speed;', 'uint32 Speed; // mofgen-allow MOF6104');
  const { run } = workplace({ 'a.mof': CHANGED, 'old.mof': old });
  expect((await run(against('old.mof'))).exitCode).toBe(1);
});

test('warnings about either text are left to check, whatever is denied', async () => {
  const text = OLD.replace('[read] boolean Active;', '');
  const { run } = workplace({ 'a.mof': text, 'old.mof': text });
  expect((await run(['check', 'a.mof'])).stderr).toContain('warning MOF2214');
  expect(await run(against('old.mof', '-q', '--warn-as-error'))).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '',
  });
});

test.each([
  ['new', { 'a.mof': 'class {', 'old.mof': OLD }, /^a\.mof:1:7: error MOF1201/],
  ['old', { 'a.mof': CHANGED, 'old.mof': 'class {' }, /^old\.mof:1:7: error MOF1201/],
])('errors of the %s text are reported in place of a comparison', async (_side, files, words) => {
  const { exitCode, stderr } = await workplace(files).run(against('old.mof'));
  expect(stderr).toMatch(words);
  expect(stderr).not.toContain('MOF6');
  expect(exitCode).toBe(1);
});

test.each([
  ['text', 'stderr', /^a\.mof:7:31: error MOF6104/, 'old.mof:7:31: note: in the old text'],
  ['pretty', 'stderr', /^error MOF6104/, '::: old.mof:7:31: in the old text it is uint32'],
  ['msvs', 'stderr', /^a\.mof\(7,31\): error MOF6104/, 'old.mof(7,31): note: in the old text'],
  [
    'github',
    'stderr',
    /^::error file=a\.mof,line=7,col=31,title=MOF6104::/,
    '%0Aold.mof:7:31: in the old text',
  ],
  ['json', 'stdout', /"code": "MOF6104"/, '"file": "old.mof"'],
  ['sarif', 'stdout', /"ruleId": "MOF6104"/, '"uri": "old.mof"'],
] as const)('%s shows the finding and the old place', async (format, stream, finding, old) => {
  const { run } = workplace({ 'a.mof': CHANGED, 'old.mof': OLD });
  const outcome = await run(against('old.mof', '--diagnostics', format));
  expect(outcome[stream]).toMatch(finding);
  expect(outcome[stream]).toContain(old);
  expect(outcome.exitCode).toBe(1);
});

test('--max-errors counts the rest', async () => {
  const now = OLD.replaceAll('uint32', 'uint16');
  const { run } = workplace({ 'a.mof': now, 'old.mof': OLD });
  const { stderr } = await run(against('old.mof', '--max-errors', '1'));
  expect(stderr.match(/error MOF6104/g)).toHaveLength(1);
  expect(stderr).toContain('2 errors');
});

test('a report does not replace the old text', async () => {
  const { run, path } = workplace({ 'a.mof': OLD, 'old.mof': OLD });
  const args = against('old.mof', '--diagnostics', 'json', '--diagnostics-file', 'old.mof');
  expect(await run(args)).toMatchObject({
    exitCode: 2,
    stderr: "mofgen: the diagnostics file 'old.mof' is an input itself\n",
  });
  expect(readFileSync(path('old.mof'), 'utf8')).toBe(OLD);
});

test('a folder has the old texts under the same names', async () => {
  const { run } = workplace({
    'mof/a.mof': CHANGED,
    'mof/b.mof': PUMP,
    'old/mof/a.mof': OLD,
    'old/mof/b.mof': PUMP,
  });
  const { exitCode, stderr } = await run([
    'breaking',
    'mof/a.mof',
    'mof/b.mof',
    '--against',
    'old',
  ]);
  expect(stderr).toContain('old/mof/a.mof:7:31: note');
  expect(stderr.match(/error MOF/g)).toHaveLength(1);
  expect(exitCode).toBe(1);
});

test('a folder may have the files themselves', async () => {
  const { run } = workplace({ 'mof/a.mof': OLD, 'release/a.mof': OLD });
  expect(await run(['breaking', 'mof/a.mof', '--against', 'release/'])).toMatchObject({
    exitCode: 0,
    stderr: 'mof/a.mof: ok, compared with release/a.mof\n',
  });
});

test('a new file is listed, and a class may move into it', async () => {
  const { run } = workplace({ 'a.mof': OLD, 'b.mof': PUMP, 'old/a.mof': OLD + PUMP });
  expect(await run(['breaking', 'a.mof', 'b.mof', '--against', 'old'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'a.mof: ok, compared with old/a.mof\nb.mof: new, not in old\n',
  });
});

test('a pattern finds deleted files', async () => {
  const files = { 'mof/a.mof': OLD, 'old/mof/a.mof': OLD, 'old/mof/b.mof': PUMP };
  const { run } = workplace(files);
  const { exitCode, stderr } = await run(['breaking', 'mof/*.mof', '--against', 'old']);
  expect(stderr).toMatch(/^error MOF6001: the block 'Pump' is gone/);
  expect(stderr).toContain('old/mof/b.mof:3:7: note');
  expect(exitCode).toBe(1);
  expect(await run(['breaking', 'mof/a.mof', '--against', 'old'])).toMatchObject({ exitCode: 0 });
});

test('a file is compared with several inputs at once', async () => {
  const { run } = workplace({ 'a.mof': OLD, 'b.mof': PUMP, 'old.mof': OLD + PUMP });
  expect(await run(['breaking', 'a.mof', 'b.mof', '--against', 'old.mof'])).toMatchObject({
    exitCode: 0,
    stderr: 'a.mof: ok, compared with old.mof\nb.mof: ok, compared with old.mof\n',
  });
});

test('both sides may be binary MOFs', async () => {
  const { run } = workplace({ 'a.mof': CHANGED, 'old.mof': OLD });
  for (const name of ['a', 'old']) await run(['compile', `${name}.mof`]);
  for (const [now, old] of [
    ['a.bmf', 'old.mof'],
    ['a.mof', 'old.bmf'],
    ['a.bmf', 'old.bmf'],
  ] as const) {
    const { exitCode, stderr } = await run(['breaking', now, '--against', old]);
    expect(stderr).toContain('error MOF6104');
    expect(exitCode).toBe(1);
  }
  expect(await run(['breaking', 'old.bmf', '--against', 'old.mof'])).toMatchObject({ exitCode: 0 });
});

test('options of reading hold for both sides', async () => {
  const text = `#include <common.h>\n${OLD.replace('uint32 Speed', 'TYPE Speed')}`;
  const { run } = workplace({
    'a.mof': text,
    'inc/common.h': '#define TYPE uint16\n',
    'old/a.mof': text,
    'old/inc/common.h': '#define TYPE uint32\n',
  });
  // A folder of -I is that of the old texts where these have it.
  expect((await run(against('old', '-I', 'inc'))).stderr).toContain('uint16 instead of uint32');
  const plain = OLD.replace('uint32 Speed', 'TYPE Speed');
  const defined = workplace({ 'a.mof': plain, 'old.mof': plain });
  expect(await defined.run(against('old.mof', '-D', 'TYPE=uint8'))).toMatchObject({ exitCode: 0 });
});

test('--reference and --mfl hold for both sides', async () => {
  const base = '[WMI, Abstract] class Base { [WmiDataId(1) : ToSubclass, read] uint8 X; };\n';
  const text = DERIVED;
  const { run } = workplace({
    'a.mof': text,
    'base.mof': base,
    'a.mfl':
      '[WMI, Amendment] class SmallFan { [Description("fast"), Units("rpm")] uint32 Speed; };\n',
    'old/a.mof': text,
    'old/base.mof': base.replace('uint8', 'uint16'),
  });
  const { stderr } = await run(against('old', '--reference', 'base.mof', '--mfl', 'a.mfl'));
  expect(stderr).toContain(`'X' of 'Base' is uint8 instead of uint16`);
  expect(stderr).toContain('1 error');
});

test('--class compares the chosen classes alone', async () => {
  const { run } = workplace({ 'a.mof': CHANGED + PUMP, 'old.mof': OLD + PUMP });
  expect(await run(against('old.mof', '--class', 'Pump'))).toMatchObject({ exitCode: 0 });
  expect(await run(against('old.mof', '--class', 'Small*'))).toMatchObject({ exitCode: 1 });
});

test('standard input is looked up under the name that it is given', async () => {
  const { run } = workplace({ 'old/mof/a.mof': OLD });
  const args = ['breaking', '-', '--against', 'old'];
  const stdin = Buffer.from(CHANGED);
  expect(await run(args, { stdin })).toMatchObject({ exitCode: 2 });
  const named = [...args, '--stdin-filename', 'mof/a.mof'];
  const { exitCode, stderr } = await run(named, { stdin });
  expect(stderr).toContain('mof/a.mof:7:31: error MOF6104');
  expect(exitCode).toBe(1);
});

test.each([
  ['no --against', ['breaking', 'a.mof'], 2, 'write --against and a file, a folder or git:REV'],
  ['no input', ['breaking', '--against', 'old'], 2, 'there is no input'],
  ['standard input', ['breaking', 'a.mof', '--against', '-'], 2, `not '-'`],
  [
    'no such place',
    ['breaking', 'a.mof', '--against', 'olt'],
    3,
    `cannot read 'olt': no such file or folder; a revision of Git is written git:olt`,
  ],
  ['a missing input', ['breaking', 'x.mof', '--against', 'old/a.mof'], 3, `cannot read 'x.mof'`],
  [
    'a missing input of a folder',
    ['breaking', 'x.mof', '--against', 'old'],
    3,
    `cannot read 'x.mof'`,
  ],
  ['nothing of the name', ['breaking', 'b.mof', '--against', 'old'], 3, `'b.mof' is not in 'old'`],
  [
    '--expensive',
    ['breaking', 'a.mof', '--against', 'old', '--expensive', 'X'],
    2,
    'unknown option',
  ],
] as const)('mistakes end with a reason: %s', async (_what, args, exitCode, words) => {
  const { run } = workplace({ 'a.mof': OLD, 'b.mof': PUMP, 'old/a.mof': OLD });
  const outcome = await run(args);
  expect(outcome.stderr).toContain(words);
  expect(outcome.exitCode).toBe(exitCode);
});

test('nothing is written', async () => {
  const { run, path } = workplace({ 'a.mof': GROWN, 'old.mof': OLD });
  await run(against('old.mof'));
  expect(existsSync(path('gen'))).toBe(false);
});

test('without inputs, all of the configuration is compared: each entry with its own options, each finding once', async () => {
  const mof = smallMof().replace('uint32 Speed', 'TYPE Speed');
  const entry = (output: string, type: string) => ({
    inputs: ['*.mof'],
    output,
    define: { TYPE: type },
  });
  const { run } = workplace({
    'mofgen.config.json': JSON.stringify({
      entries: [entry('one', 'uint32'), entry('two', 'uint32')],
    }),
    'a.mof': mof,
    'old/a.mof': mof
      .replace('TYPE Wanted', 'uint16 Wanted')
      .replace('uint32 Wanted', 'uint16 Wanted'),
  });
  const { exitCode, stdout } = await run(['breaking', '--against', 'old', '--diagnostics', 'json']);
  expect(exitCode).toBe(1);
  const { errors } = JSON.parse(stdout) as { errors: number };
  expect(errors).toBe(1);
  expect(await run(['breaking', '--against', '.'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'a.mof: ok, compared with a.mof\n',
  });
});
