/** `mofgen show` and `check`: what goes to stdout, and what to stderr. */
import { expect, test } from 'vitest';
import { smallMof, workplace } from './command-line.js';

const ESCAPE = '\u001b';

test('show prints blocks, items and methods as aligned tables on stdout', async () => {
  const method = '[WmiMethodId(3), Implemented] uint32 Turn([in] uint16 by, [out] uint64 now);';
  const { run } = workplace({ 'a.mof': smallMof('Fan', method) });
  expect(await run(['show', 'a.mof'])).toMatchObject({
    exitCode: 0,
    stdout: [
      'class  role        access      guid                                    bytes  items  methods',
      'Fan    data block  read-write  {5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}      8      2        1',
      '',
      'Fan (data block)',
      '  {5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}, 8 bytes',
      '',
      '  id  item    type    offset  bytes  access',
      '   1  Speed   uint32       0      4  read-only',
      '   2  Wanted  uint32       4      4  read-write',
      '',
      '  method 3 Turn (input 2 bytes, output 12 bytes)',
      '    id  parameter    direction  type    in at  out at  bytes',
      '     1  by           in         uint16      0              2',
      '     2  now          out        uint64              0      8',
      '     3  ReturnValue  return     uint32              8      4',
      '',
    ].join('\n'),
  });
});

test('show names the inputs when there are several, and reports when there is nothing to show', async () => {
  const { run } = workplace({ 'a.mof': smallMof('A'), 'b.mof': 'class B { uint32 x; };' });
  const { stdout } = await run(['show', 'a.mof', 'b.mof']);
  expect(stdout).toMatch(/^a\.mof\n\nclass/);
  expect(stdout).toMatch(
    /\n\nb\.mof\n\nno WMI classes \(classes with the qualifiers WMI and guid\); 1 other class\n$/,
  );
});

test.each(['--json', '--markdown', '--mermaid'])(
  'show %s reports in addition to the document that there are no WMI classes',
  async (form) => {
    const { run } = workplace({ 'a.mof': smallMof('A'), 'b.mof': 'class B { uint32 x; };' });
    const { exitCode, stderr } = await run(['show', 'a.mof', 'b.mof', form]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'b.mof: no WMI classes (classes with the qualifiers WMI and guid)\n',
    });
  },
);

test('show marks what varies', async () => {
  const items = '[WmiDataId(3), read] string Text; [WmiDataId(4), read] uint8 Last;';
  const { run } = workplace({ 'a.mof': smallMof('Fan', items) });
  const { stdout } = await run(['show', 'a.mof']);
  expect(stdout).toMatch(/^ {2}\{.*\}, 11 bytes or more$/m);
  expect(stdout).toMatch(/ 3 {2}Text +string +8 +varies {2}read-only/);
  expect(stdout).toMatch(/ 4 {2}Last +uint8 +varies +1 {2}read-only/);
});

test('show marks events, structures, expensive blocks and inherited items, and counts other classes', async () => {
  const text = `class Plain {};
[WMI, guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a12}")] class Part { [WmiDataId(1), read, MaxLen(3)] string Tag; };
[WMI, Dynamic, Provider("WmiProv"), abstract] class Base
{ [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1) : ToSubclass, read] Part Parts[2]; };
[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a13}") // mofgen: expensive
] class Costly : Base
{ [WmiDataId(2), write] uint8 More; };
[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a14}")] class Alarm : WMIEvent
{ [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1), read] uint32 Code; };`;
  const { run } = workplace({ 'a.mof': text });
  const { stdout } = await run(['show', 'a.mof']);
  expect(stdout).toBe(`\
class   role                   access      guid                                    bytes  items  methods
Part    structure              -           {5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a12}      8      1        0
Base    structure              -           -                                          16      1        0
Costly  data block, expensive  read-write  {5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a13}     17      2        0
Alarm   event                  -           {5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a14}      4      1        0

and 1 other class

Part (structure)
  {5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a12}, 2 to 8 bytes

  id  item  type       offset  bytes  access
   1  Tag   string(3)       0      8  read-only

Base (structure)
  4 to 16 bytes

  id  item   type     offset  bytes  access
   1  Parts  Part[2]       0     16  read-only

Costly (data block, expensive)
  {5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a13}, 5 to 17 bytes, derives from Base

  id  item   type     offset  bytes  access      inherited from
   1  Parts  Part[2]       0     16  read-only   Base
   2  More   uint8        16      1  write-only

Alarm (event)
  {5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a14}, 4 bytes, derives from WMIEvent

  id  item  type    offset  bytes  access
   1  Code  uint32       0      4  read-only
`);
});

test.each([
  ['--json', /^\{\n {2}"version": 1,\n/],
  ['--markdown', /^# a\.mof\n/],
  ['--mermaid', /^classDiagram\n/],
])(
  'show %s prints one document over all inputs, and nothing when one has errors',
  async (form, begins) => {
    const { run } = workplace({
      'a.mof': smallMof('A'),
      'b.mof': smallMof('B'),
      'c.mof': 'class {',
    });
    const { exitCode, stdout, stderr } = await run(['show', 'a.mof', 'b.mof', form]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(begins);
    for (const name of ['a.mof', 'b.mof']) expect(stdout).toContain(name);
    expect(await run(['show', 'a.mof', 'c.mof', form])).toMatchObject({ exitCode: 1, stdout: '' });
  },
);

test('show prints the good blocks of inputs with errors, and marks the bad ones', async () => {
  const bad = smallMof('Pump')
    .replace(/uint\d+/, 'real32')
    .replace(/[0-9a-f]{4}\}/i, '0b0b}');
  const { run } = workplace({
    'a.mof': smallMof('Fan') + bad,
    'b.mof': smallMof('Lamp'),
    'c.mof': `${smallMof('Door')}class Broken { uint32 ; };`,
  });
  const { exitCode, stdout } = await run(['show', 'a.mof', 'b.mof', 'c.mof']);
  expect(exitCode).toBe(1);
  const headings = stdout.split('\n').filter((line) => /^(?:[abc]\.mof|\w+ \()/.test(line));
  expect(headings).toEqual([
    'a.mof, which has errors',
    'Fan (data block)',
    'Pump (has errors)',
    'b.mof',
    'Lamp (data block)',
    'c.mof, which has errors',
    'Door (data block)',
    'Broken (has errors)',
  ]);
});

test.each([
  [['--json', '--markdown'], '--json', '--markdown'],
  [['--json', '--mermaid'], '--json', '--mermaid'],
  [['--mermaid', '--markdown'], '--markdown', '--mermaid'],
])('show %j is wrong usage: they exclude each other', async (forms, first, second) => {
  const { run } = workplace({ 'a.mof': smallMof() });
  const { exitCode, stdout, stderr } = await run(['show', 'a.mof', ...forms]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(`option '${first}' cannot be used with option '${second}'`);
});

test('a form of show leaves standard output to it: findings as json go into a file', async () => {
  const { run } = workplace({ 'a.mof': smallMof() });
  const { exitCode, stderr } = await run(['show', 'a.mof', '--json', '--diagnostics', 'json']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--diagnostics-file');
});

test('check prints diagnostics to stderr and leaves stdout empty', async () => {
  const { run } = workplace({ 'a.mof': 'class A { uint32 x }' });
  const { exitCode, stdout, stderr } = await run(['check', 'a.mof']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/^a\.mof:1:\d+: error MOF1201: expected ';'/);
  expect(stderr).toMatch(/\d errors?\n$/);
});

test.each([
  ['text elsewhere', false, {}, [], /^a\.mof:1:/],
  [
    'pretty on a terminal, in colour',
    true,
    {},
    [],
    new RegExp(`^${ESCAPE}\\[1m${ESCAPE}\\[31merror MOF1201`),
  ],
  ['pretty on a dumb terminal, plain', true, { TERM: 'dumb' }, [], /^error MOF1201/],
  ['NO_COLOR', true, { NO_COLOR: '1' }, [], /^error MOF1201/],
  ['FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, [], /^error MOF1201/],
  ['the flag', false, {}, ['--diagnostics', 'pretty'], /^error MOF1201/],
  ['the flag on a terminal', true, {}, ['--diagnostics', 'text'], /^a\.mof:1:/],
  [
    'FORCE_COLOR without a terminal',
    false,
    { FORCE_COLOR: '1' },
    ['--diagnostics', 'pretty'],
    new RegExp(`^${ESCAPE}\\[1m`),
  ],
] as const)('the format of diagnostics: %s', async (_case, stderrIsTerminal, env, args, want) => {
  const { run } = workplace({ 'a.mof': 'class A { uint32 x }' });
  expect((await run(['check', 'a.mof', ...args], { stderrIsTerminal, env })).stderr).toMatch(want);
});
