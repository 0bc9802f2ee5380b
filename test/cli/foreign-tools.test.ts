/** `mofgen mofcomp` and `mofgen wmimofck`: the switches and exit codes of Microsoft's tools. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { sep } from 'node:path';
import { expect, test } from 'vitest';
import { outputsIn, smallMof, workplace } from './command-line.js';

const MOF = smallMof();
const METHOD = smallMof('Fan', '[WmiMethodId(1), Implemented] void Stop([in] uint32 Delay);');

test('mofcomp -B: writes what compile writes', async () => {
  const { run, path } = workplace({ 'a.mof': MOF });
  await run(['compile', 'a.mof', '-o', 'wanted.bmf']);
  expect(await run(['mofcomp', '-B:a.bmf', '-WMI', 'a.mof'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(path('a.bmf'))).toEqual(readFileSync(path('wanted.bmf')));
});

test('mofcomp -N: is the namespace', async () => {
  const { run, path } = workplace({ 'a.mof': MOF });
  await run(['compile', 'a.mof', '--namespace', 'root\\wmi', '-o', 'wanted.bmf']);
  await run(['mofcomp', '/B:a.bmf', '/n:root\\wmi', 'a.mof']);
  expect(readFileSync(path('a.bmf'))).toEqual(readFileSync(path('wanted.bmf')));
});

test('mofcomp -MOF: -MFL: splits', async () => {
  const text = MOF.replace('WmiDataId(1)', 'WmiDataId(1), Description("turns") : amended');
  const { run, path } = workplace({ 'a.mof': text });
  const { exitCode } = await run([
    'mofcomp',
    '-Amendment:ms_409',
    '-MFL:t.mfl',
    '-MOF:n.mof',
    'a.mof',
  ]);
  expect(exitCode).toBe(0);
  expect(readFileSync(path('n.mof'), 'utf16le')).not.toContain('turns');
  expect(readFileSync(path('t.mfl'), 'utf16le')).toContain('turns');
  expect((await run(['wmimofck', '-yn.mof', '-zt.mfl', 'both.mof'])).exitCode).toBe(0);
  expect(readFileSync(path('both.mof'), 'utf16le')).toContain('turns');
});

test.each([
  ['a fault of the syntax', 'class A {', ['-B:a.bmf'], 3],
  ['a fault of the classes', MOF.replace('WmiDataId(1)', 'WmiDataId(2)'), ['-B:a.bmf', '-WMI'], 1],
  ['classes that are not checked', MOF.replace('WmiDataId(1)', 'WmiDataId(2)'), ['-B:a.bmf'], 0],
  ['syntax alone', MOF, ['-check'], 0],
  ['a fault of syntax alone', 'class A {', ['-check'], 3],
  ['an unknown switch', MOF, ['-Q'], 2],
  ['no output', MOF, [], 2],
  ['-WMI without -B:', MOF, ['-WMI'], 2],
  ['a resource', MOF, ['-ER:x'], 2],
  ['one of two', MOF, ['-MOF:x'], 2],
  ['a fault of the syntax, for a driver', 'class A {', ['-B:a.bmf', '-WMI'], 3],
  ['a list of several kinds', `[List{1, "a"}] class A { };`, ['-B:a.bmf'], 1],
  [
    'a list of several kinds, for a driver',
    `${MOF}[List{1, "a"}] class A { };`,
    ['-B:a.bmf', '-WMI'],
    1,
  ],
  [
    'a split that fails',
    `#pragma amendment("nowhere")\n${MOF}`,
    ['-B:a.bmf', '-MOF:n.mof', '-MFL:n.mfl'],
    2,
  ],
  ['two outputs in one file', MOF, ['-B:a.bmf', '-MOF:./a.bmf', '-MFL:a.mfl'], 2],
  ['standard output as the binary MOF', MOF, ['-B:-'], 2],
  ['a check that writes', MOF, ['-check', '-B:a.bmf'], 2],
])('mofcomp: %s', async (_, text, switches, exitCode) => {
  const { run, path } = workplace({ 'a.mof': text });
  expect((await run(['mofcomp', ...switches, 'a.mof'])).exitCode).toBe(exitCode);
  expect(existsSync(path('a.bmf'))).toBe(exitCode === 0 && switches.includes('-B:a.bmf'));
});

test('mofcomp prints a finding once', async () => {
  const { run } = workplace({ 'a.mof': `#pragma unheardof\n${MOF}` });
  const { exitCode, stderr } = await run(['mofcomp', '-B:a.bmf', '-WMI', 'a.mof']);
  expect(exitCode).toBe(0);
  expect(stderr.match(/MOF1203/g)).toHaveLength(1);
});

test('mofcomp: a missing file is 1', async () => {
  const { run } = workplace();
  expect((await run(['mofcomp', '-B:a.bmf', 'a.mof'])).exitCode).toBe(1);
});

test('mofcomp reports which switches are ignored', async () => {
  const { run } = workplace({ 'a.mof': MOF });
  expect(await run(['mofcomp', '-B:a.bmf', '-class:updateonly', 'a.mof'])).toMatchObject({
    exitCode: 0,
    stderr:
      'mofcomp: -class: does ignored: it is for the WMI repository, which mofgen does not change\n',
  });
});

test('mofcomp shows findings as MSBuild reads them', async () => {
  const { run } = workplace({ 'a.mof': 'class A {' });
  expect((await run(['mofcomp', '-B:a.bmf', 'a.mof'])).stderr).toMatch(
    /^a\.mof\(1,\d+\): error MOF1/,
  );
});

test('wmimofck -h, -m, -x write the header and the bytes', async () => {
  const { run, path } = workplace({ 'a.mof': METHOD });
  await run(['compile', 'a.mof', '--hex', 'wanted.x', '-o', 'a.bmf']);
  await run(['a.mof', '-t', 'header', '--method-structs', '-o', 'wanted', '--header-name', 'b.h']);
  expect(await run(['wmimofck', '-hout/b.h', '-m', '-xb.x', 'a.bmf'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(path('b.x'), 'utf8')).toBe(readFileSync(path('wanted.x'), 'utf8'));
  const header = readFileSync(path('out/b.h'), 'utf8').replaceAll('a.bmf', 'a.mof');
  expect(header).toBe(readFileSync(path('wanted/b.h'), 'utf8'));
});

test('wmimofck -h writes the header again when the classes change', async () => {
  const { run, path } = workplace({ 'a.mof': METHOD });
  const args = ['wmimofck', '-hout/b.h', '-m', '-xb.x', 'a.mof'];
  expect(await run(args)).toMatchObject({ exitCode: 0 });
  writeFileSync(path('a.mof'), smallMof('Changed'));
  expect(await run(args)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(readFileSync(path('out/b.h'), 'utf8')).toContain('Changed');
});

test('wmimofck -x writes the bytes that are there', async () => {
  const { run, path } = workplace({ 'a.mof': METHOD });
  await run(['compile', 'a.mof', '-o', 'a.bmf']);
  // Another tool than mofcomp would write other bytes: here with one after the end.
  const bytes = Buffer.concat([readFileSync(path('a.bmf')), Buffer.of(0xab)]);
  writeFileSync(path('b.bmf'), bytes);
  expect((await run(['wmimofck', '-xb.x', 'b.bmf'])).exitCode).toBe(0);
  const written = readFileSync(path('b.x'), 'utf8').match(/0x[0-9A-F]{2}/gi) ?? [];
  expect(Buffer.from(written.map(Number))).toEqual(bytes);
});

test.runIf(sep === '/')('a backslash in a path separates folders', async () => {
  const { run, path } = workplace({ 'sub/a.mof': METHOD });
  expect((await run(['mofcomp', '-B:out\\a.bmf', '-N:root\\wmi', 'sub\\a.mof'])).exitCode).toBe(0);
  expect((await run(['wmimofck', '-hout\\inc\\a.h', 'out\\a.bmf'])).exitCode).toBe(0);
  expect(outputsIn(path('out/inc'))).toContain('a.h');
});

test.each([
  ['-cout/a.c', '-c', 'the files of the wdm target into', ['a_wmi.c']],
  [
    '-tout/a.vbs',
    '-t',
    'Pester tests in place of VBScript, the files of the powershell target, into',
    ['a.Tests.ps1', 'a.md'],
  ],
])('wmimofck %s writes another target and reports it', async (word, flag, what, files) => {
  const { run, path } = workplace({ 'a.mof': METHOD });
  const { exitCode, stderr } = await run(['wmimofck', word, 'a.mof']);
  expect(exitCode).toBe(0);
  expect(stderr).toBe(`wmimofck: ${flag} does differs: writes ${what} that file's folder\n`);
  expect(outputsIn(path('out'))).toEqual(expect.arrayContaining(files));
});

test('wmimofck -t writes what the powershell target writes, of a binary MOF as well', async () => {
  const { run, path } = workplace({ 'a.mof': METHOD });
  await run(['compile', 'a.mof', '-o', 'a.bmf']);
  await run(['a.mof', '-t', 'powershell', '-o', 'wanted']);
  const { exitCode } = await run(['wmimofck', '-hout/a.h', '-cout/a.c', '-tout\\a.vbs', 'a.bmf']);
  expect(exitCode).toBe(0);
  const [written = '', wanted = ''] = ['out', 'wanted'].map((folder) =>
    readFileSync(path(`${folder}/a.Tests.ps1`), 'utf8'),
  );
  expect(written.replaceAll('a.bmf', 'a.mof')).toBe(wanted);
});

test.each([
  ['a good input', MOF, [], 0],
  ['a fault of the classes', MOF.replace('WmiDataId(1)', 'WmiDataId(2)'), [], 1],
  ['HTML pages', MOF, ['-wpages'], 0],
  ['tests without a file', MOF, ['-t'], 2],
  ['-m without -h', MOF, ['-m'], 2],
  ['an unknown switch', MOF, ['-q'], 2],
  ['half a merge', MOF, ['-ya.mof'], 2],
])('wmimofck: %s', async (_, text, switches, exitCode) => {
  const { run } = workplace({ 'a.mof': text });
  expect((await run(['wmimofck', ...switches, 'a.mof'])).exitCode).toBe(exitCode);
});

test.each(['mofcomp', 'wmimofck'])('mofgen %s -? lists the switches', async (tool) => {
  const { run } = workplace();
  const { exitCode, stdout } = await run([tool, '-?']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`Usage: mofgen ${tool} `);
  expect((await run(['help', tool])).stdout).toContain(`mofgen ${tool}`);
});

test('standard input is read once for all parts', async () => {
  const { run, path } = workplace({ 'a.mof': MOF });
  const stdin = readFileSync(path('a.mof'));
  await run(['compile', 'a.mof', '-o', 'wanted.bmf']);
  let reads = 0;
  const readStdin = () => Promise.resolve(reads++ === 0 ? stdin : new Uint8Array());
  expect((await run(['mofcomp', '-B:s.bmf', '-WMI', '-'], { readStdin })).exitCode).toBe(0);
  expect(readFileSync(path('s.bmf'))).toEqual(readFileSync(path('wanted.bmf')));
});

test('wmimofck prints why a part failed', async () => {
  const { run } = workplace({ 'a.mof': `${MOF}\n[List{1, NULL}] class Other { };` });
  const { exitCode, stderr } = await run(['wmimofck', '-xa.x', 'a.mof']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('error MOF5001');
});

test('wmimofck writes all files or none', async () => {
  const { run, path } = workplace({
    'a.mof': METHOD,
    'both.mof': `${MOF}\n[List{1, NULL}] class O { };`,
  });
  await run(['compile', 'a.mof', '-o', 'a.bmf']);
  writeFileSync(
    path('row.bmf'),
    Buffer.concat([readFileSync(path('a.bmf')), readFileSync(path('a.bmf'))]),
  );
  for (const [input, exitCode] of [
    ['row.bmf', 2],
    ['both.mof', 1],
  ] as const) {
    const result = await run(['wmimofck', '-hout/a.h', '-cout/a.c', '-xout/a.x', input]);
    expect(result.exitCode).toBe(exitCode);
    expect(existsSync(path('out'))).toBe(false);
  }
  expect((await run(['wmimofck', '-hout/a.h', '-x-', 'a.bmf'])).exitCode).toBe(2);
  writeFileSync(path('taken'), '');
  expect((await run(['wmimofck', '-hout/a.h', '-ctaken/a.c', 'a.bmf'])).exitCode).toBe(1);
  for (const doubled of [
    ['-cout/a.c', '-xout/a_wmi.c'],
    ['-hout/a_wmi.h', '-cout/a.c'],
  ]) {
    const { exitCode, stderr } = await run(['wmimofck', ...doubled, 'a.bmf']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/two switches write 'out\/a_wmi\.[ch]'; name another file\n$/);
  }
  expect(existsSync(path('out'))).toBe(false);
});
