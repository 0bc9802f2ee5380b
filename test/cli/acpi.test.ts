/** ACPI tables as inputs, and `mofgen show --acpi`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { EMPTY_TABLE, WRONG_CHECKSUM } from '../../src/diagnostics/explain/binary-examples.js';
import { corpus, root } from '../mof-files.js';
import {
  buffer,
  device,
  dump,
  entry,
  name as named,
  smallTable,
  table,
} from '../acpi/aml-bytes.js';
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
  ['another form', ['ssdt.aml', '--markdown'], '--acpi prints a table, or with --json a document'],
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

test.skipIf(names.length === 0)('classes of a MOF among the inputs count', async () => {
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

test('a truncated table does not continue into the next file', async () => {
  const cut = table('SSDT', named('WQAA', buffer(await compiled('class First { };')))).slice(0, -4);
  const whole = table('DSDT', named('WQBA', buffer(await compiled('class Second { };'))));
  const { run } = workplace({ '1.aml': cut, '2.aml': whole });
  const { stdout, stderr } = await run(['show', '--acpi', '1.aml', '2.aml']);
  expect(stderr).toContain(
    `MOF1014: 1.aml: SSDT "TABLEID", byte 0: SSDT declares ${cut.length + 4} bytes; there are ${cut.length}\n`,
  );
  expect(stdout).toContain('\\WQBA: ');
  expect(stderr).not.toContain('2.aml: ');
  const { stdout: json } = await run(['show', '--acpi', '--json', '1.aml', '2.aml']);
  const document: unknown = JSON.parse(json);
  expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true);
  expect(document).toMatchObject({ inputs: [{ tables: [{ file: '1.aml' }, { file: '2.aml' }] }] });
});

test('every binary MOF of a row among the inputs counts', async () => {
  const guids = ['2651d9fd-911c-4d69-b94e-d0ded5963bd7', '3651d9fd-911c-4d69-b94e-d0ded5963bd7'];
  const row = await Promise.all(
    guids.map((guid, index) => compiled(`[WMI, guid("{${guid}}")] class C${index} { };`)),
  );
  const { run } = workplace({ 'a.aml': EMPTY_TABLE, 'row.bmf': Buffer.from(row.flat()) });
  const { stdout } = await run(['show', '--acpi', 'a.aml', 'row.bmf']);
  for (const [index, guid] of guids.entries()) expect(stdout).toContain(`C${index} ${guid}`);
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

test('binary MOFs of a table that are too many are not read', async () => {
  const one = await compiled('class A { };');
  const many = Array.from({ length: 300 }, (_, index) =>
    named(`W${String(index + 1).padStart(3, '0')}`, buffer(one)),
  );
  const { run } = workplace({ 'a.aml': table('SSDT', ...many) });
  for (const command of [['check'], ['show', '--acpi'], ['decompile']]) {
    const { exitCode, stderr } = await run([...command, 'a.aml']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/MOF1012[^]*the binary MOFs from \\W257 on are not read/);
  }
  const { stdout } = await run(['show', '--acpi', 'a.aml']);
  expect(stdout).toMatch(/\\W256: \d+ bytes, 1 class .*\n {2}\\W257: \d+ bytes, not read /);
  const { stdout: json } = await run(['show', '--acpi', 'a.aml', '--json']);
  expect(isValid(JSON.parse(json))).toBe(true);
});

test('the texts of a machine are read together, each under its name', async () => {
  const { run } = workplace({
    'dsdt.dsl':
      'DefinitionBlock ("", "DSDT", 2, "OEM", "ONE", 1)\n{ Device (WMI1) { Name (_WDG, Buffer () {\n' +
      '0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0, 0x41, 0x41, 1, 2 }) } }\n',
    'ssdt1.dsl':
      'DefinitionBlock ("", "SSDT", 2, "OEM", "TWO", 1)\n{ Scope (WMI1) { Method (WMAA, 3) {} }\n } }\n',
  });
  const { stdout, stderr } = await run(['show', '--acpi', '--json', 'dsdt.dsl', 'ssdt1.dsl']);
  expect(stderr).toContain('warning MOF1014: ssdt1.dsl: SSDT "TWO", \\, line 3: ');
  expect(JSON.parse(stdout)).toMatchObject({
    inputs: [
      {
        name: 'dsdt.dsl + ssdt1.dsl',
        tables: [{ file: 'dsdt.dsl' }, { file: 'ssdt1.dsl' }],
        devices: [{ path: '\\WMI1', entries: [{ objects: [{ name: 'WMAA', table: 1 }] }] }],
      },
    ],
  });
});

test('a MOF that quotes a dump is a MOF', async () => {
  const text = `/* of this machine:\n${dump(smallTable)}*/\n${smallMof()}`;
  const { run } = workplace({ 'a.mof': text });
  expect((await run(['check', 'a.mof'])).stderr).toBe('a.mof: ok, 1 WMI class\n');
});

test('a long class list is cut, and classes are counted', async () => {
  const guid = '{00000000-0000-0000-0000-000000000000}';
  const classes = Array.from({ length: 30 }, (_, index) => `[guid("${guid}")] class A${index} {};`);
  const zeros = entry('AA', 1, 0).map((byte, index) => (index < 16 ? 0 : byte));
  const { run } = workplace({
    'a.aml': table('SSDT', device('WMI1', named('_WDG', buffer(zeros)))),
    'a.mof': classes.join('\n'),
  });
  expect((await run(['show', '--acpi', 'a.aml', 'a.mof'])).stdout).toContain('A19, 10 more\n');
  const { stdout } = await run(['show', '--acpi', '--json', 'a.aml', 'a.mof']);
  const document: unknown = JSON.parse(stdout);
  expect(isValid(document)).toBe(true);
  expect(document).toMatchObject({ inputs: [{ devices: [{ entries: [{ moreClasses: 10 }] }] }] });
});

test('lines before the first table of a dump are findings', async () => {
  const { run } = workplace({ 'a.txt': `$ sudo acpidump\n\n${dump(smallTable)}` });
  const { stdout, stderr } = await run(['show', '--acpi', 'a.txt']);
  expect(stdout).toContain('WMAA');

  expect(stderr).toContain('MOF1014: a.txt: line 1: expected the heading of a table');
});

/** A device with one entry and a binary MOF, which is damaged when `isDamaged`. */
function deviceTable(segment: string, mofBytes: readonly number[], isDamaged = false): Uint8Array {
  const contents = isDamaged ? mofBytes.with(20, 0xff) : mofBytes;
  const entries = named('_WDG', buffer(entry('AA', 1, 0)));
  return table('SSDT', device(segment, entries, named('WQAA', 0), named('WQBA', buffer(contents))));
}

test('two tables with one signature are distinguished by their files', async () => {
  const bytes = await compiled('class First { };');
  const { run } = workplace({
    'one.aml': deviceTable('ONE_', bytes),
    'two.aml': deviceTable('TWO_', bytes, true),
    // An input of another form between them does not separate them.
    'text.dsl': 'Device (TEXT) { }',
  });
  const files = ['one.aml', 'text.dsl', 'two.aml'];
  const { stdout, stderr } = await run(['show', '--acpi', ...files]);
  expect(stdout).toMatch(/^one\.aml \+ two\.aml\n\n[^]*\n\ntext\.dsl\n\n/);
  expect(stdout).toMatch(/ \\ONE\.WQBA: .* \(SSDT TABLEID of one\.aml, byte \d+\)\n/);
  expect(stdout).toMatch(/ \\TWO\.WQBA: .* \(SSDT TABLEID of two\.aml, byte \d+\)\n/);
  expect(stderr).toMatch(/^two\.aml:\\TWO\.WQBA:1:1: error MOF1012: /);
});

test('show --acpi reports bytes after a binary MOF', async () => {
  const bytes = await compiled('class First { };');
  const { run } = workplace({ 'a.aml': EMPTY_TABLE, 'a.bmf': Uint8Array.from([...bytes, 1]) });
  const { stderr } = await run(['show', '--acpi', 'a.aml', 'a.bmf']);
  expect(stderr).toMatch(/^a\.bmf \(decompiled\):1:1: warning MOF1016: /);
});

test('GUIDs are printed in one way, and a class once', async () => {
  const classes = [
    '[WMI, guid("{00112233-4455-6677-8899-AABBCCDDEEFF}")] class Served { };',
    '[WMI, guid("{AA112233-4455-6677-8899-AABBCCDDEEFF}")] class Unserved { };',
  ];
  const bytes = await compiled(classes.join('\n'));
  const { run } = workplace({
    'a.aml': deviceTable('WMI1', bytes),
    'a.bmf': Uint8Array.from(bytes),
  });
  const { stdout } = await run(['show', '--acpi', 'a.aml', 'a.bmf']);
  expect(stdout).toContain('  WQAA       Served\n');
  expect(stdout).toContain('no entry has:\n  Unserved aa112233-4455-6677-8899-aabbccddeeff\n\n');
});

test.each([30, 12, 4, 3])('a table that is cut after %i bytes', async (length) => {
  const { run } = workplace({ 'cut.aml': smallTable.subarray(0, length) });
  const { exitCode, stdout, stderr } = await run(['show', '--acpi', 'cut.aml']);
  if (length > 4) {
    const words = length >= 24 ? ' "TABLEID"' : '';
    expect(stderr).toContain(
      `cut.aml: DSDT${words}, byte 0: DSDT has ${length} bytes; the header alone has 36\n`,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'no _WDG entries\n' });
  } else {
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^cut\.aml:1:1: error MOF1/);
  }
});

test('FACS has no checksum and is a table', async () => {
  const facs = Uint8Array.from([...Buffer.from('FACS\x40\0\0\0'), ...Array<number>(56).fill(7)]);
  const { run } = workplace({ FACS: facs, 'ssdt.aml': EMPTY_TABLE });
  expect(await run(['show', '--acpi', 'FACS', 'ssdt.aml'])).toEqual({
    exitCode: 0,
    stdout: 'no _WDG entries\n',
    stderr: '',
  });
});

test('a folder among the inputs of show --acpi', async () => {
  const { run } = workplace({ 'tables/ssdt.aml': EMPTY_TABLE });
  expect(await run(['show', '--acpi', 'tables'])).toMatchObject({
    exitCode: 3,
    stderr: "error MOF1001: 'tables' is a folder; write 'tables/*'\n1 error\n",
  });
});

test.each<[string, (text: string) => Uint8Array]>([
  ['UTF-16 with a mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['big-endian UTF-16 with a mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['big-endian UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['UTF-8 with a mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['CRLF', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
])('a dump and a text in %s, from standard input', async (_case, encoded) => {
  const { run } = workplace();
  const tables = deviceTable('WMI1', await compiled('class First { };'));
  const want = await run(['show', '--acpi', '-'], { stdin: Buffer.from(dump(tables)) });
  expect(want).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await run(['show', '--acpi', '-'], { stdin: encoded(dump(tables)) })).toEqual(want);
  const { stdout } = await run(['show', '--acpi', '--json', '-'], {
    stdin: encoded('\nDevice (WMI1)\n{\n  Name (_WDG, Buffer () { })\n}\n'),
  });
  expect(JSON.parse(stdout)).toMatchObject({
    inputs: [{ devices: [{ path: '\\WMI1', place: { line: 4 } }] }],
  });
});
