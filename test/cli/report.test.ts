// How a run reports its findings: formats and where they go, limits, policies, the name of standard input.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { smallMof, workplace } from './command-line.js';

const gap = smallMof('Fan', '[WmiDataId(4), read] uint32 Gap;');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['text', /^a\.mof:\d+:\d+: warning MOF2203: .*\n[^]*1 warning\n/],
  ['pretty', /^warning MOF2203: .*\n +--> a\.mof/],
  ['msvs', /^a\.mof\(\d+,\d+\): warning MOF2203: /],
  ['github', /^::warning file=a\.mof,line=\d+,col=\d+,title=MOF2203::/],
])('%s goes to stderr', async (format, shape) => {
  const { exitCode, stdout, stderr } = await workplace({ 'a.mof': gap }).run([
    'check',
    'a.mof',
    '--diagnostics',
    format,
  ]);
  expect(exitCode).toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toMatch(shape);
});

test.each(['json', 'sarif'])(
  '%s of check is a document on stdout, and the summary stays on stderr',
  async (format) => {
    const { exitCode, stdout, stderr } = await workplace({ 'a.mof': gap }).run([
      'check',
      'a.mof',
      '--diagnostics',
      format,
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.stringify(JSON.parse(stdout))).toContain('MOF2203');
    expect(stderr).toBe('a.mof: ok, 1 WMI class\n');
  },
);

test.each([
  ['generate', []],
  ['show', []],
  ['stubs', ['--missing']],
] as const)('json of %s needs a file, because stdout is taken', async (command, more) => {
  const place = workplace({ 'a.mof': gap });
  const refused = await place.run([command, 'a.mof', ...more, '--diagnostics', 'json']);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('--diagnostics-file');
  const written = await place.run([
    command,
    'a.mof',
    ...more,
    '--diagnostics',
    'json',
    '--diagnostics-file',
    'out/d.json',
  ]);
  expect(written.stderr).toContain('warning MOF2203');
  expect(written.stdout).not.toContain('MOF2203');
  const report = JSON.parse(readFileSync(place.path('out/d.json'), 'utf8')) as { warnings: number };
  expect(report.warnings).toBe(1);
});

test('a report file is written when there are errors, and replaced when there are no errors', async () => {
  const place = workplace({
    'a.mof': 'class A { uint8 B };',
    'b.mof': gap.replace('WmiDataId(4)', 'WmiDataId(3)'),
  });
  const args = ['--diagnostics', 'sarif', '--diagnostics-file', 'd.sarif'];
  expect((await place.run(['check', 'a.mof', ...args])).exitCode).toBe(1);
  expect(readFileSync(place.path('d.sarif'), 'utf8')).toContain('MOF1201');
  expect((await place.run(['check', 'b.mof', ...args])).exitCode).toBe(0);
  expect(readFileSync(place.path('d.sarif'), 'utf8')).not.toContain('ruleId');
});

test.each([
  [
    'a report file without a format for it',
    ['--diagnostics-file', 'd'],
    '--diagnostics-file goes with',
  ],
  [
    'a report file that is the input',
    ['--diagnostics', 'json', '--diagnostics-file', './a.mof'],
    'is an input itself',
  ],
  [
    'an unknown code to allow',
    ['--allow', 'MOF9999'],
    `there is no code 'MOF9999'; 'mofgen explain' lists them`,
  ],
  ['an unknown code to deny', ['--deny', '\u001b[31m'], String.raw`there is no code '\x1b[31m'`],
  ['an error to allow', ['--allow', 'MOF2202'], 'cannot be suppressed'],
  ['both', ['--allow', 'MOF2203', '--deny', 'mof2203'], 'both allowed and denied'],
  ['a limit that is no number', ['--max-errors', '1e9'], 'whole number'],
  [
    'a name for standard input that is not read',
    ['--stdin-filename', 'b.mof'],
    'goes with the input',
  ],
])('%s is a usage error, and nothing is written', async (_what, args, message) => {
  const place = workplace({ 'a.mof': gap });
  const { exitCode, stderr } = await place.run(['check', 'a.mof', ...args]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(place.path('d'))).toBe(false);
  expect(readFileSync(place.path('a.mof'), 'utf8')).toBe(gap);
});

test.each([
  ['an included file', ['check', 'a.mof'], 'part.h', 'an input'],
  ['the localised texts', ['check', 'a.mof', '--mfl', 'a.mfl'], 'a.mfl', 'an input'],
  ['the input of split', ['split', 'a.mof'], 'a.mof', 'an input'],
  ['what split includes', ['split', 'a.mof'], 'part.h', 'an input'],
  ['what split writes', ['split', 'a.mof'], 'gen/a.mfl', 'an output'],
  ['the input of merge', ['merge', 'a.mof', '--mfl', 'a.mfl'], 'a.mof', 'an input'],
  ['the localised texts of merge', ['merge', 'a.mof', '--mfl', 'a.mfl'], './a.mfl', 'an input'],
  ['what merge writes', ['merge', 'a.mof', '--mfl', 'a.mfl'], 'gen/a.mof', 'an output'],
  ['what mofgen emits', ['a.mof'], 'gen/../gen/a.g.ts', 'an output'],
  ['what is yours', ['a.mof', '--user-output', 'src'], 'src/a.provider.ts', 'an output'],
  ['the depfile', ['a.mof', '--depfile', 'a.d'], 'a.d', 'an output'],
])('a report never takes the place of %s', async (_what, args, file, message) => {
  const texts = {
    'a.mof': `#include "part.h"\n${gap}`,
    'part.h': '#define PART 1\n',
    'a.mfl': '[AMENDMENT, LOCALE(0x409)] class SmallFan {};',
    'src/a.provider.ts': 'mine',
  };
  const place = workplace(texts);
  const report = ['--diagnostics', 'json', '--diagnostics-file', file];
  const { exitCode, stderr } = await place.run([...args, ...report]);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: `mofgen: the diagnostics file '${file}' is ${message} itself\n`,
  });
  for (const [name, text] of Object.entries(texts)) {
    expect(readFileSync(place.path(name), 'utf8')).toBe(text);
  }
  expect(existsSync(place.path('gen'))).toBe(false);
});

test('a report may have the name of standard input', async () => {
  const place = workplace();
  const report = ['--diagnostics', 'json', '--diagnostics-file', 'a.mof'];
  const args = ['check', '-', '--stdin-filename', 'a.mof', ...report];
  expect((await place.run(args, { stdin: Buffer.from(gap) })).exitCode).toBe(0);
  expect(readFileSync(place.path('a.mof'), 'utf8')).toContain('MOF2203');
});

test('--allow leaves a warning out, --deny and --warn-as-error make it an error', async () => {
  const place = workplace({ 'a.mof': gap });
  const run = (...args: string[]) => place.run(['generate', 'a.mof', ...args]);
  expect((await run('--allow', 'mof2203')).stderr).not.toContain('MOF2203');
  for (const args of [['--deny', 'MOF2203'], ['--warn-as-error']]) {
    const denied = await run(...args, '-o', 'denied');
    expect(denied.exitCode).toBe(1);
    expect(denied.stderr).toContain('error MOF2203');
    expect(existsSync(place.path('denied'))).toBe(false);
  }
  expect((await run('--allow', 'MOF2203', '--warn-as-error')).exitCode).toBe(0);
});

test('--max-errors counts the findings that are not shown', async () => {
  const many = ['A', 'B', 'C', 'D', 'E'].map((name) => `class ${name} { uint8 X };\n`).join('');
  const place = workplace({ 'a.mof': many });
  const { stderr } = await place.run(['check', 'a.mof', '--max-errors', '2']);
  expect(stderr.match(/error MOF/g)).toHaveLength(2);
  expect(stderr).toContain('3 more not shown\n5 errors\n');
  expect((await place.run(['check', 'a.mof', '--max-errors', '0'])).stderr).not.toContain(
    'not shown',
  );
  const { stdout } = await place.run([
    'check',
    'a.mof',
    '--max-errors',
    '2',
    '--diagnostics',
    'json',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ errors: 5, omitted: 3 });
});

test('standard input takes its name from --stdin-filename: in findings, includes and output names', async () => {
  const place = workplace({ 'src/part.mof': 'class Part { uint8 B };' });
  const stdin = bytes('#pragma include("part.mof")\n');
  const { stderr } = await place.run(['check', '-', '--stdin-filename', 'src/main.mof'], { stdin });
  expect(stderr).toMatch(/^src\/part\.mof:1:/);
  const args = ['generate', '-', '--stdin-filename', 'dir/fan.mof', '--depfile', 'd'];
  const { exitCode } = await place.run(args, { stdin: bytes(smallMof()) });
  expect(exitCode).toBe(0);
  expect(existsSync(place.path('gen/fan.g.ts'))).toBe(true);
  expect(readFileSync(place.path('d'), 'utf8')).not.toContain('dir/fan.mof');
});
