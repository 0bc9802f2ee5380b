/** ACPI tables as inputs, and `mofgen show --acpi`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { EMPTY_TABLE, WRONG_CHECKSUM } from '../../src/diagnostics/explain/binary-examples.js';
import { corpus, root } from '../mof-files.js';
import { buffer, name as named, table } from '../acpi/aml-bytes.js';
import { smallMof, workplace } from './command-line.js';

const dumps = join(corpus, 'acpi');
const names = existsSync(dumps) ? readdirSync(dumps).sort() : [];
const schema: object = JSON.parse(
  readFileSync(join(root, 'schemas/acpi.schema.json'), 'utf8'),
) as object;
const isValid = new Ajv().compile(schema);

test('a table without a binary MOF has nothing to check', async () => {
  const { run } = workplace({ 'ssdt.aml': EMPTY_TABLE });
  expect(await run(['check', 'ssdt.aml', '--diagnostics', 'text'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr:
      "error MOF1015: 'ssdt.aml' holds ACPI tables without a binary MOF\n" +
      "help: 'mofgen show --acpi' prints which WMI objects they have\n1 error\n",
  });
});

test('the binary MOF of a table is an input', async () => {
  const { run } = workplace({ 'ssdt.aml': WRONG_CHECKSUM });
  expect((await run(['decompile', 'ssdt.aml'])).stdout).toContain('class A\n');
  expect((await run(['decompile', 'ssdt.aml', '--object', 'wqba'])).stdout).toContain('class A\n');
  expect(await run(['decompile', 'ssdt.aml', '--object', 'WQXX'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(
      /^warning MOF1014: [^]*\nmofgen: no binary MOF of 'ssdt\.aml' is called 'WQXX'; there are \\WQBA\n$/,
    ) as string,
  });
});

test('show --acpi prints what a table has', async () => {
  const { run } = workplace({ 'ssdt.aml': WRONG_CHECKSUM });
  const { exitCode, stdout, stderr } = await run(['show', '--acpi', 'ssdt.aml']);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    'no _WDG entries\n\nbinary MOFs:\n  \\WQBA: 117 bytes, 1 class (SSDT SAMPLE, byte 46)\n',
  );
  expect(stderr).toContain('warning MOF1014: ssdt.aml: SSDT "SAMPLE", byte 0: ');
});

test.each([
  ['a MOF alone', ['a.mof'], '--acpi needs ACPI tables: what acpidump prints, AML, or a .dsl file'],
  ['another form', ['ssdt.aml', '--markdown'], '--acpi is a table, and with --json a document'],
])('show --acpi refuses %s', async (_, args, message) => {
  const { run } = workplace({ 'a.mof': 'class A { };', 'ssdt.aml': EMPTY_TABLE });
  expect(await run(['show', '--acpi', ...args])).toMatchObject({
    exitCode: 2,
    stderr: `mofgen: ${message}\n`,
  });
});

if (names.length === 0) console.log(`ACPI dumps skipped: ${dumps} does not exist`);

test.skipIf(names.length === 0).each(names)('%s: check, table and document', async (name) => {
  const { run } = workplace({ 'a.acpidump': readFileSync(join(dumps, name)) });
  expect((await run(['check', '-'], { stdin: readFileSync(join(dumps, name)) })).stderr).toMatch(
    /^<stdin>: ok, \d+ WMI class/m,
  );
  const { exitCode, stdout } = await run(['show', '--acpi', 'a.acpidump']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('05901221-d566-11d1-b2f0-00a0c9062910');
  expect(stdout).toContain('binary MOF');
  const json = await run(['show', '--acpi', '--json', 'a.acpidump']);
  const document: unknown = JSON.parse(json.stdout);
  expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true);
});

test.skipIf(names.length === 0)('classes of a MOF beside the tables count', async () => {
  const name = names.find((each) => each.startsWith('Lenovo')) ?? '';
  const mof = '[WMI, guid("{2651d9fd-911c-4d69-b94e-d0ded5963bd7}")] class Found { };';
  const { run } = workplace({ 'a.acpidump': readFileSync(join(dumps, name)), 'a.mof': mof });
  const { stdout } = await run(['show', '--acpi', 'a.acpidump', 'a.mof']);
  expect(stdout).toMatch(/2651d9fd-911c-4d69-b94e-d0ded5963bd7 .* Found$/m);
});

/** The binary MOF of a text. */
async function compiled(text: string): Promise<number[]> {
  const { run, path } = workplace({ 'a.mof': text });
  await run(['compile', 'a.mof', '-o', 'a.bmf']);
  return [...readFileSync(path('a.bmf'))];
}

test('a table that is cut off takes nothing of the next file', async () => {
  const cut = table('SSDT', named('WQAA', buffer(await compiled('class First { };')))).slice(0, -4);
  const whole = table('DSDT', named('WQBA', buffer(await compiled('class Second { };'))));
  const { run } = workplace({ '1.aml': cut, '2.aml': whole });
  const { stdout, stderr } = await run(['show', '--acpi', '1.aml', '2.aml']);
  expect(stderr).toContain(
    `MOF1014: 1.aml: SSDT "TABLEID", byte 0: SSDT claims ${cut.length + 4} bytes; ${cut.length} are there\n`,
  );
  expect(stdout).toContain('\\WQBA: ');
  expect(stderr).not.toContain('2.aml: ');
  const { stdout: json } = await run(['show', '--acpi', '--json', '1.aml', '2.aml']);
  const document: unknown = JSON.parse(json);
  expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true);
  expect(document).toMatchObject({ inputs: [{ tables: [{ file: '1.aml' }, { file: '2.aml' }] }] });
});

test('every binary MOF of a row beside the tables counts', async () => {
  const guids = ['2651d9fd-911c-4d69-b94e-d0ded5963bd7', '3651d9fd-911c-4d69-b94e-d0ded5963bd7'];
  const row = await Promise.all(
    guids.map((guid, index) => compiled(`[WMI, guid("{${guid}}")] class C${index} { };`)),
  );
  const { run } = workplace({ 'a.aml': EMPTY_TABLE, 'row.bmf': Buffer.from(row.flat()) });
  const { stdout } = await run(['show', '--acpi', 'a.aml', 'row.bmf']);
  for (const [index, guid] of guids.entries()) expect(stdout).toContain(`C${index} {${guid}}`);
});

test('binary MOFs of one object are numbered', async () => {
  const two = [await compiled(smallMof('Fan')), await compiled(smallMof('Pump'))];
  const { run } = workplace({ 'a.aml': table('SSDT', named('WQAB', buffer(...two))) });
  const { stdout } = await run(['show', '--acpi', 'a.aml']);
  expect(stdout).toMatch(/\\WQAB#1: .*\n {2}\\WQAB#2: /);
  expect((await run(['decompile', 'a.aml'])).stdout).toMatch(
    /^\/\/ a\.aml:\\WQAB#1\n[^]*class Fan[^]*\n\/\/ a\.aml:\\WQAB#2\n[^]*class Pump/,
  );
  expect((await run(['decompile', 'a.aml', '--object', 'wqab#2'])).stdout).toMatch(/class Pump/);
  expect((await run(['compile', 'a.aml', '--object', 'WQAB', '-o', 'x.bmf'])).stderr).toBe(
    "mofgen: 'a.aml' holds 2 binary MOFs; name one with --object: \\WQAB#1, \\WQAB#2\n",
  );
  expect((await run(['show', '--acpi', 'a.aml', '--object', 'WQAB'])).stderr).toBe(
    'mofgen: --acpi prints every object; leave --object out\n',
  );
});
