/** `mofgen compile` and `mofgen decompile`, and binary MOFs as inputs of the other commands. */
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EMPTY_TABLE } from '../../src/diagnostics/explain/binary-examples.js';
import { smallMof, workplace } from './command-line.js';
import { runsThoroughly } from '../effort.js';

const MOF = smallMof();

/** Texts of so many values take seconds. */
const limits = runsThoroughly('limits of binary MOFs on the command line');

async function compiled(text: string): Promise<Uint8Array> {
  const { run, path } = workplace({ 'a.mof': text });
  expect(await run(['compile', '-q', 'a.mof'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  return readFileSync(path('a.bmf'));
}

test('compile writes the binary MOF of the input, and reports it', async () => {
  const { run, path } = workplace({ 'in/fan.mof': MOF });
  expect(await run(['compile', 'in/fan.mof'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'fan.bmf: written\n',
  });
  expect(readFileSync(path('fan.bmf')).subarray(0, 4).toString('latin1')).toBe('FOMB');
});

test('-o - prints the bytes', async () => {
  const { run, path } = workplace({ 'fan.mof': MOF });
  const { exitCode, bytes } = await run(['compile', 'fan.mof', '-o', '-']);
  expect(exitCode).toBe(0);
  expect(bytes).toEqual(Buffer.from(await compiled(MOF)));
  expect(existsSync(path('fan.bmf'))).toBe(false);
});

test('--hex and --asl write the bytes as text, and no binary MOF that is not named', async () => {
  const { run, path } = workplace({ 'fan.mof': MOF });
  const args = ['compile', 'fan.mof', '--hex', 'fan.x', '--asl', 'fan.asl', '--asl-name', 'WQXY'];
  expect((await run(args)).stderr).toBe('fan.x: written\nfan.asl: written\n');
  const bytes = await compiled(MOF);
  const hex = readFileSync(path('fan.x'), 'utf8');
  expect(hex).toMatch(
    /^ {4}0x46, 0x4f, 0x4d, 0x42, 0x01, 0x00, 0x00, 0x00, .*,\n(?: {4}(?:0x[\da-f]{2},? ?)+\n)*$/,
  );
  const numbers = hex.match(/0x[\da-f]{2}/g)?.map(Number);
  expect(Uint8Array.from(numbers ?? [])).toEqual(Uint8Array.from(bytes));
  const asl = readFileSync(path('fan.asl'), 'utf8');
  expect(asl).toBe(
    `Name (WQXY, Buffer (0x${bytes.length.toString(16).toUpperCase()})\n{\n${hex}})\n`,
  );
  expect(existsSync(path('fan.bmf'))).toBe(false);
});

test.each([
  [
    'two inputs',
    ['compile', 'a.mof', 'b.mof'],
    'mofgen: compile takes one input; run mofgen once for each\n',
  ],
  ['no input', ['compile'], 'mofgen: there is no input; write: mofgen compile a.mof\n'],
  [
    'an output over the input',
    ['compile', 'a.mof', '-o', './a.mof'],
    "mofgen: './a.mof' would replace a file that was read; name another file\n",
  ],
  [
    'one file twice',
    ['compile', 'a.mof', '-o', 'x', '--hex', './x'],
    "mofgen: './x' would replace another output; name another file\n",
  ],
  [
    'a name without a buffer',
    ['compile', 'a.mof', '--asl-name', 'WQBA'],
    'mofgen: --asl-name goes with --asl\n',
  ],
  [
    'a dependent without a depfile',
    ['compile', 'a.mof', '--depfile-target', 'x'],
    'mofgen: --depfile-target goes with --depfile\n',
  ],
  [
    'a name that ACPI does not take',
    ['compile', 'a.mof', '--asl', 'x', '--asl-name', 'mof'],
    "mofgen: 'mof' is not an ACPI name; write four capitals, digits or underscores, such as WQBA\n",
  ],
])('%s is refused', async (_, args, stderr) => {
  const { run, path } = workplace({ 'a.mof': MOF, 'b.mof': MOF });
  expect(await run(args)).toEqual({ exitCode: 2, stdout: '', stderr });
  expect(readFileSync(path('a.mof'), 'utf8')).toBe(MOF);
});

test('a text with errors makes no file and leaves an old one', async () => {
  const { run, path } = workplace({ 'a.mof': 'class A { uint8 B;', 'a.bmf': 'old' });
  const { exitCode, stderr } = await run(['compile', 'a.mof', '--diagnostics', 'text']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('a.mof:1:');
  expect(readFileSync(path('a.bmf'), 'utf8')).toBe('old');
});

test('a missing input is an input/output failure', async () => {
  const { run } = workplace();
  expect((await run(['compile', 'a.mof'])).exitCode).toBe(3);
});

const rule = (target: string, ...names: string[]) =>
  `${target}:${names.map((name) => ` \\\n  ${name}`).join('')}\n` +
  names.map((name) => `${name}:\n`).join('');
const readFiles = ['main.mof', 'names.h', 'inc/part.mof'];

test.each([
  ['the binary MOF', [], rule('main.bmf', ...readFiles)],
  ['the binary MOF by its name', ['-o', 'a b/x.bmf'], rule('a\\ b/x.bmf', ...readFiles)],
  ['the hexadecimal file', ['--asl', 'm.asl', '--hex', 'm.x'], rule('m.x', ...readFiles)],
  ['the ASL', ['--asl', 'm.asl'], rule('m.asl', ...readFiles)],
  ['the localised file too', ['--mfl', 'm.mfl'], rule('main.bmf', ...readFiles, 'm.mfl')],
  ['a name', ['-o', '-', '--depfile-target', 'any'], rule('any', ...readFiles)],
])('--depfile names the files read, for %s', async (_case, args, want) => {
  const { run, path } = workplace({
    'main.mof': `#pragma include("part.mof")\n#include "names.h"\n${MOF}`,
    'inc/part.mof': 'class Part { uint32 x; };',
    'names.h': '#define NAME 1\n',
    'm.mfl': '',
  });
  const all = ['compile', 'main.mof', '-I', 'inc', ...args, '--depfile', 'd/x.d'];
  const { exitCode, stderr } = await run(all);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).not.toContain('x.d');
  expect(readFileSync(path('d/x.d'), 'utf8')).toBe(want);
  utimesSync(path('d/x.d'), 1000, 1000);
  await run(all);
  expect(statSync(path('d/x.d')).mtimeMs).toBe(1_000_000);
});

test.each([
  ['errors in the input', ['compile', 'bad.mof'], 1, 'bad.mof:1:'],
  ['the input', ['compile', 'a.mof', '--depfile', './a.mof'], 2, 'is an input or an output itself'],
  ['an output', ['compile', 'a.mof', '--depfile', 'a.bmf'], 2, 'is an input or an output itself'],
  [
    'the report',
    ['compile', 'a.mof', '--diagnostics', 'json', '--diagnostics-file', 'x.d'],
    2,
    "'x.d'",
  ],
  ['no file that depends', ['compile', 'a.mof', '-o', '-'], 2, 'name one with --depfile-target'],
  [
    'a target that no rule can hold',
    ['compile', 'a.mof', '--depfile-target', 'a\nb'],
    2,
    'cannot be written into a depfile',
  ],
])('there is no depfile and no output with %s', async (_case, args, code, message) => {
  const { run, path } = workplace({ 'a.mof': MOF, 'bad.mof': 'class' });
  const named = args.includes('--depfile') ? args : [...args, '--depfile', 'x.d'];
  const { exitCode, stdout, stderr } = await run([...named, '--max-errors', '9']);
  expect(stderr).toContain(message);
  expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
  for (const name of ['x.d', 'a.bmf', 'bad.bmf']) expect(existsSync(path(name)), name).toBe(false);
});

test('decompile prints text that compiles to the same bytes', async () => {
  const bytes = await compiled(MOF);
  const { run } = workplace({ 'fan.bmf': bytes });
  const { exitCode, stdout, stderr } = await run(['decompile', 'fan.bmf']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('class SmallFan');
  expect(Buffer.from(await compiled(stdout))).toEqual(Buffer.from(bytes));
});

test('decompile -o writes a file', async () => {
  const { run, path } = workplace({ 'fan.bmf': await compiled(MOF) });
  const { stdout } = await run(['decompile', 'fan.bmf']);
  expect((await run(['decompile', 'fan.bmf', '-o', 'fan.mof'])).stderr).toBe('fan.mof: written\n');
  expect(readFileSync(path('fan.mof'), 'utf8')).toBe(stdout);
});

test('decompile writes UTF-16 where ASCII does not hold the text', async () => {
  const text = '\uFEFF[Description("Größe")] class A { uint8 B; };\n';
  const { run, path } = workplace({ 'a.mof': Buffer.from(text, 'utf16le') });
  await run(['compile', 'a.mof', '-o', 'a.bmf']);
  await run(['decompile', 'a.bmf', '-o', 'b.mof']);
  await run(['compile', 'b.mof', '-o', 'b.bmf']);
  expect(readFileSync(path('b.bmf'))).toEqual(readFileSync(path('a.bmf')));
});

test('decompile refuses a text', async () => {
  const { run } = workplace({ 'a.mof': MOF });
  expect(await run(['decompile', 'a.mof'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: "mofgen: 'a.mof' is not a binary MOF\n",
  });
});

test('a damaged binary MOF is one error with an offset', async () => {
  const bytes = await compiled(MOF);
  const { run } = workplace({ 'a.bmf': bytes.subarray(0, bytes.length - 3) });
  for (const command of ['check', 'decompile', 'show']) {
    const { exitCode, stderr } = await run([command, 'a.bmf', '--diagnostics', 'text']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^a\.bmf:1:1: error MOF1012: the binary MOF is damaged at byte 8: .*\n1 error\n$/,
    );
  }
});

test('check, show and generate take a binary MOF by its bytes', async () => {
  const bytes = await compiled(MOF);
  const { run, path } = workplace({ 'fan.bmf': bytes, 'fan.mof': MOF });
  expect((await run(['check', 'fan.bmf'])).stderr).toBe('fan.bmf: ok, 1 WMI class\n');
  expect((await run(['show', '-'], { stdin: bytes })).stdout).toBe(
    (await run(['show', 'fan.mof'])).stdout,
  );
  await run(['fan.bmf', '-t', 'kmdf', '-o', 'one']);
  await run(['fan.mof', '-t', 'kmdf', '-o', 'two']);
  const [one, two] = ['one', 'two'].map((folder) =>
    readFileSync(path(`${folder}/fan_wmi.h`), 'utf8'),
  );
  expect(one?.replaceAll('fan.bmf', 'fan.mof')).toBe(two);
});

test('findings of a binary MOF are places in its decompiled text', async () => {
  const text = MOF.replace('WmiDataId(1)', 'WmiDataId(2)');
  const { run } = workplace({ 'fan.bmf': await compiled(text) });
  const { stderr } = await run(['check', 'fan.bmf', '--diagnostics', 'text']);
  expect(stderr).toMatch(/^fan\.bmf \(decompiled\):\d+:\d+: error MOF2/);
  const { stdout } = await run(['check', 'fan.bmf', '--diagnostics', 'json']);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { location: object }[] };
  expect(diagnostics[0]?.location).toMatchObject({ file: 'fan.bmf', decompiled: true });
});

test('binary MOFs in a row are inputs of their own', async () => {
  const row = Buffer.concat([await compiled(MOF), await compiled(smallMof('Pump'))]);
  const { run } = workplace({ 'row.bmf': row });
  expect((await run(['check', '-'], { stdin: row })).stderr).toBe(
    '<stdin>#1: ok, 1 WMI class\n<stdin>#2: ok, 1 WMI class\n',
  );
  const { stdout } = await run(['decompile', 'row.bmf']);
  expect(stdout).toMatch(/^\/\/ row\.bmf#1\n[^]*class SmallFan[^]*\/\/ row\.bmf#2\n[^]*class Pump/);
  expect(await run(['row.bmf'])).toMatchObject({
    exitCode: 2,
    stderr: "mofgen: 'row.bmf' holds 2 binary MOFs; name one with --object: #1, #2\n",
  });
  expect(await run(['decompile', 'row.bmf', '-o', 'x.mof'])).toMatchObject({
    exitCode: 2,
    stderr: 'mofgen: there are 2 binary MOFs; leave -o out to print them all\n',
  });
});

test('compile refuses several binary MOFs', async () => {
  const row = Buffer.concat([await compiled(MOF), await compiled(smallMof('Pump'))]);
  const { run, path } = workplace({ 'row.bmf': row });
  expect(await run(['compile', 'row.bmf', '-o', 'x.bmf'])).toMatchObject({
    exitCode: 2,
    stderr: "mofgen: 'row.bmf' holds 2 binary MOFs; name one with --object: #1, #2\n",
  });
  expect(existsSync(path('x.bmf'))).toBe(false);
});

test.runIf(limits)('a list of many values is decompiled', async () => {
  const list = Array.from({ length: 130_000 }, () => '"a long text that takes a line of its own"');
  const text = `[Lines{${list.join(',')}}] class A { };`;
  const { run } = workplace({ 'a.mof': text });
  expect((await run(['compile', '-q', 'a.mof'])).exitCode).toBe(0);
  expect((await run(['decompile', 'a.bmf'])).exitCode).toBe(0);
});

test('an existing file with the same text is not written', async () => {
  const { run, path } = workplace({ 'a.mof': smallMof() });
  expect((await run(['compile', 'a.mof', '--hex', 'a.x', '-o', 'a.bmf'])).stderr).toBe(
    'a.bmf: written\na.x: written\n',
  );
  const old = new Date(1_000_000_000_000);
  for (const name of ['a.bmf', 'a.x']) utimesSync(path(name), old, old);
  writeFileSync(path('a.x'), 'other\n');
  expect((await run(['compile', 'a.mof', '--hex', 'a.x', '-o', 'a.bmf'])).stderr).toBe(
    'a.bmf: unchanged\na.x: written\n',
  );
  expect(statSync(path('a.bmf')).mtime).toEqual(old);
});

test('findings are printed before the error that ends the run', async () => {
  const row = Buffer.concat([await compiled(MOF), await compiled(MOF)]);
  const { run } = workplace({ 'row.bmf': row, 'a.mof': 'class A { };' });
  expect(await run(['check', 'missing.mof', 'row.bmf', '--object', '#3'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(
      /MOF1001[^]*mofgen: no binary MOF of 'row\.bmf' is called '#3'; there are #1, #2\n$/,
    ) as string,
  });
  expect(await run(['decompile', 'missing.bmf', 'a.mof'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/MOF1001[^]*mofgen: 'a\.mof' is not a binary MOF\n$/) as string,
  });
  expect(await run(['check', 'a.mof', '--object', 'WQBA'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(
      "mofgen: --object chooses one of several binary MOFs, and 'a.mof' has none; leave it out",
    ) as string,
  });
  expect((await run(['compile', 'row.bmf', '--object', '#2', '-o', 'x.bmf'])).exitCode).toBe(0);
});

test.runIf(limits)(
  'a row is read as far as its binary MOFs stay within the limits of one together',
  async () => {
    const list = Array.from({ length: 100_000 }, () => '"a"');
    const large = await compiled(`[List{${list.join(',')}}] class A { };`);
    const { run } = workplace({ 'row.bmf': Buffer.concat([large, large, large, large]) });
    const { exitCode, stderr } = await run(['check', 'row.bmf', '--diagnostics', 'text']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "error MOF1012: 'row.bmf': the binary MOFs from #3 on are not read, because all together have more than",
    );
    expect((await run(['check', 'row.bmf', '--object', '#4'])).exitCode).toBe(0);
  },
);

test('more binary MOFs than a row may have', async () => {
  const bytes = await compiled('class A { };');
  const { run } = workplace({ 'row.bmf': Buffer.concat(Array.from({ length: 300 }, () => bytes)) });
  const { exitCode, stderr } = await run(['check', 'row.bmf', '--diagnostics', 'text']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/error MOF1012: 'row\.bmf': the binary MOFs from #257 on/);
  expect(await run(['decompile', 'row.bmf', '--object', '#300'])).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
  expect((await run(['compile', 'row.bmf', '-o', 'x.bmf'])).stderr).toMatch(
    /holds 300 binary MOFs; name one with --object: #1, .*, #20, and 280 more\n$/,
  );
});

test('--object where a file could not be read', async () => {
  const { run } = workplace({ 'a.mof': MOF });
  expect((await run(['check', 'missing.bmf', 'a.mof', '--object', '#1'])).exitCode).toBe(3);
});

test('localised texts do not take the place of an input without a binary MOF', async () => {
  const { run, path } = workplace({ 'a.aml': EMPTY_TABLE, 'a.mfl': MOF });
  const { exitCode, stderr } = await run(['compile', 'a.aml', '--mfl', 'a.mfl', '-o', 'x.bmf']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('MOF1015');
  expect(existsSync(path('x.bmf'))).toBe(false);
});

test('findings are printed before an output is refused', async () => {
  const { run } = workplace({ 'a.mof': `#pragma unheardof\n${MOF}`, 'a.mfl': '' });
  for (const refused of [
    ['compile', 'a.mof', '-o', 'a.mof'],
    ['merge', 'a.mof', '--mfl', 'a.mfl', '-o', '.'],
    ['split', 'a.mof', '-o', '.'],
  ]) {
    expect(await run(refused)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/MOF1203[^]*mofgen: '[^]*a\.mof' would replace/) as string,
    });
  }
});

test.runIf(limits)('a text that is too large for a binary MOF', async () => {
  const list = Array.from({ length: 260_000 }, () => '1');
  const { run, path } = workplace({
    'a.mof': `#pragma unheardof\n[List{${list.join(',')}}] class A { };`,
  });
  const { exitCode, stderr } = await run(['compile', 'a.mof', '-o', 'x.bmf']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/MOF1203[^]*MOF5001: 'a\.mof' cannot be a binary MOF: more than 250000/);
  expect(existsSync(path('x.bmf'))).toBe(false);
  expect((await run(['mofcomp', '-B:x.bmf', 'a.mof'])).exitCode).toBe(1);
});

test('a report never takes the place of an output', async () => {
  const { run, path } = workplace({ 'a.mof': MOF, 'a.mfl': '', 'a.bmf': await compiled(MOF) });
  for (const command of [
    ['compile', 'a.mof', '-o', 'out'],
    ['decompile', 'a.bmf', '-o', 'out'],
    ['split', 'a.mof', '-o', 'out'],
    ['merge', 'a.mof', '--mfl', 'a.mfl', '-o', 'out'],
  ]) {
    const isFolder = command[0] === 'split' || command[0] === 'merge';
    const report = isFolder ? 'out/a.mof' : 'out';
    const args = ['--diagnostics', 'json', '--diagnostics-file', report];
    expect(await run([...command, ...args])).toMatchObject({
      exitCode: 2,
      stderr: `mofgen: the diagnostics file '${report}' is an output itself\n`,
    });
    expect(existsSync(path('out'))).toBe(false);
  }
});
