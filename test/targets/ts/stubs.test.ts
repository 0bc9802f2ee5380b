// What `stubs --missing` finds in a user's file: members by their place in the text, never by a mention.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseName } from '../../../src/emit.js';
import { ts } from '../../../src/targets/ts/index.js';
import { emitted, modelOf } from './generated-module.js';
import { imaginaryPath, typeErrors } from './type-check.js';
import { runs } from '../../effort.js';

const GUID = '{3d1f7a00-0000-4000-8000-000000000001}';

function mofOf(methods: readonly string[]): string {
  return `[WMI, Dynamic, Provider("WMIProv"), guid("${GUID}")] class Fan {
  [key, read] string InstanceName; [read] boolean Active;
  [WmiDataId(1), read, write] uint32 Speed;
  ${methods.map((method, index) => `[WmiMethodId(${index + 1})] ${method};`).join('\n  ')} };\n`;
}

const RESET = 'void Reset()';
const BOOST = 'void Boost([in] uint32 Seconds, [out] uint32 Before)';
const both = mofOf([RESET, BOOST]);

/** The stubs that `existing` needs for the MOF. */
function missing(existing: string, mof = both): string {
  const context = { base: 'fan', sourceName: 'fan.mof', options: {} };
  return ts.missingStubs(modelOf(mof, 'fan.mof'), context, existing);
}

/** The names of the members that the stubs have bodies for. */
const membersIn = (stubs: string): string[] =>
  Array.from(stubs.matchAll(/^ {2}(\w+)\(.*\{$/gm), (match) => match[1] ?? '');

const klass = (...members: readonly string[]): string =>
  `import { type FanProvider } from './fan.g.js';\nexport class MyFan implements FanProvider {\n${members.join('\n')}\n}\n`;

const QUERY = '  query() { return { Speed: 1 }; }';
const SET = '  set() {}';
const RESET_BODY = '  Reset() {}';
const BOOST_BODY = '  Boost() { return { Before: 1 }; }';

test.each([
  ['nothing', klass(QUERY, SET, RESET_BODY, BOOST_BODY), []],
  ['one method', klass(QUERY, SET, RESET_BODY), ['Boost']],
  ['query and set', klass(RESET_BODY, BOOST_BODY), ['query', 'set']],
  ['everything', klass(), ['query', 'set', 'Reset', 'Boost']],
  [
    'nothing: arrow properties',
    klass(
      '  query = () => this.data;',
      '  set = (c: X): Y => { f(c); };',
      '  Reset = () => {};',
      '  readonly Boost = async (x) => x;',
    ),
    [],
  ],
  [
    'nothing: modifiers',
    klass(
      '  public override query(): Fan { return x; }',
      '  public async set(c) {}',
      '  protected static Reset() {}',
      '  public readonly Boost: Y = z;',
    ),
    [],
  ],
  [
    'nothing: declared without a body',
    klass(QUERY, SET, RESET_BODY, '  declare Boost: () => void;'),
    [],
  ],
  [
    'nothing: quoted and computed names',
    klass(QUERY, SET, "  'Reset'() {}", "  ['Boost']() {}"),
    [],
  ],
  [
    'a name in a comment only',
    klass(QUERY, SET, RESET_BODY, '  // Boost() {}', '  /* Boost() {} */'),
    ['Boost'],
  ],
  [
    'a name in a string only',
    klass(QUERY, SET, RESET_BODY, "  text = 'Boost() {}';", '  more = `Boost() {}`;'),
    ['Boost'],
  ],
  [
    'a name in a nested body only',
    klass(QUERY, SET, '  Reset() { const Boost = 1; this.Boost(); }'),
    ['Boost'],
  ],
  [
    'a name in a value only',
    klass(QUERY, SET, RESET_BODY, '  other = Boost;', '  third = Boost(1);'),
    ['Boost'],
  ],
  [
    'a name in a value on its own line',
    klass(QUERY, SET, RESET_BODY, '  other =\n    Boost;'),
    ['Boost'],
  ],
  [
    'a name in a type only',
    klass(QUERY, SET, RESET_BODY, '  other: Boost;', '  third: Boost<X> | undefined;'),
    ['Boost'],
  ],
  [
    'a name in a regular expression only',
    klass(QUERY, SET, RESET_BODY, '  other = /Boost() {}/;'),
    ['Boost'],
  ],
  [
    'a longer name',
    klass(QUERY, SET, RESET_BODY, '  Booster() {}', '  reBoost() {}', '  $Boost() {}'),
    ['Boost'],
  ],
  ['a name in another case', klass(QUERY, SET, RESET_BODY, '  boost() {}'), ['Boost']],
  [
    'nothing: braces in comments, strings and templates',
    klass('  // } {', "  a = '}';", '  b = `}${ `}` }`;', QUERY, SET, RESET_BODY, BOOST_BODY),
    [],
  ],
  [
    'nothing: no line ends and no semicolons',
    'class F implements FanProvider{query(){return a}set(){}Reset(){}Boost(){}}',
    [],
  ],
  [
    'nothing: without semicolons',
    klass('  data = x', QUERY, '  text = 1', SET, RESET_BODY, BOOST_BODY),
    [],
  ],
  [
    'nothing: several interfaces',
    'class F extends G implements A, FanProvider, B<{ x: 1 }> { query() {} set() {} Reset() {} Boost() {} }',
    [],
  ],
  [
    'nothing: a namespace import',
    'class F implements gen.FanProvider { query() {} set() {} Reset() {} Boost() {} }',
    [],
  ],
  [
    'a typed object',
    'const fan: FanProvider = { query() {}, set: () => {}, Reset() {} };',
    ['Boost'],
  ],
  [
    'an object that satisfies',
    'const fan = { query() {}, set: () => {}, Reset } satisfies FanProvider;',
    ['Boost'],
  ],
  [
    'the same, as const',
    'const fan = { query, Reset, Boost } as const satisfies FanProvider;',
    ['set'],
  ],
  [
    'an object that a function returns',
    'const fan = (): FanProvider => ({ query, set, Reset });',
    ['Boost'],
  ],
  [
    'a value in an object only',
    'const fan: FanProvider = { query: Boost, set: x ? Boost : y, Reset };',
    ['Boost'],
  ],
] as const)('lacks %s', (_what, existing, want) => {
  expect(membersIn(missing(existing))).toEqual([...want]);
});

test('a class that is missing is printed whole', () => {
  const stubs = missing('export const nothing = 1; // class X implements FanProvider {}\n');
  expect(stubs).toContain('export class FanInMemory implements FanProvider {');
  expect(membersIn(stubs)).toEqual(['query', 'set', 'Reset', 'Boost']);
});

test('an empty file lacks every class', () => {
  expect(missing('')).toContain('export class FanInMemory implements FanProvider {');
});

test('when nothing is missing the text is empty', () => {
  expect(missing(emitted(both, 'fan.mof')[1].text)).toBe('');
});

/** The user's file with what is missing pasted: imports at the top, bodies at the end of the class. */
function pasted(existing: string, stubs: string): string {
  const imports = stubs.split('\n').filter((line) => line.startsWith('import '));
  const bodies = stubs
    .split('\n')
    .filter((line) => !line.startsWith('import '))
    .join('\n');
  const end = existing.indexOf('\n}\n');
  return `${imports.join('\n')}\n${existing.slice(0, end)}\n${bodies}\n${existing.slice(end)}`;
}

test.each([
  ['a method without parameters', mofOf([]), mofOf([RESET])],
  ['a method with parameters', mofOf([RESET]), both],
  ['two methods', mofOf([]), both],
])('pasted, they compile: %s', (_what, before, after) => {
  const [, old] = emitted(before, 'fan.mof');
  const [generated] = emitted(after, 'fan.mof');
  const filesWith = (skeleton: string) =>
    new Map([
      [imaginaryPath(generated.name), generated.text],
      [imaginaryPath(old.name), skeleton],
    ]);
  const errors = typeErrors(filesWith(old.text)).join('\n');
  expect(errors).toMatch(/incorrectly implements interface 'FanProvider'/);
  const complete = pasted(old.text, missing(old.text, after));
  expect(typeErrors(filesWith(complete))).toEqual([]);
  expect(missing(complete, after)).toBe('');
});

test('a class that is pasted into a file without it compiles', () => {
  const [generated, skeleton] = emitted(both, 'fan.mof');
  const existing =
    "import * as wmi from 'mofgen/runtime';\nexport const status = wmi.STATUS_SUCCESS;\n";
  const text = `${existing}${missing(existing)}`;
  const files = new Map([
    [imaginaryPath(generated.name), generated.text],
    [imaginaryPath(skeleton.name), text],
  ]);
  expect(typeErrors(files)).toEqual([]);
  expect(baseName('fan.mof')).toBe('fan');
});

test('any text has stubs: a file that is cut, mixed up or no code at all', () => {
  const [, { text }] = emitted(both, 'fan.mof');
  const cut = fc.nat(text.length).map((length) => text.slice(0, length));
  const pieces = fc.constantFrom(
    '`',
    '${',
    '}',
    '{',
    '/*',
    '//',
    "'",
    '/',
    '\n',
    'FanProvider',
    '😀',
  );
  const mixed = fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(cut, mixed), (existing) => {
      expect(typeof missing(existing)).toBe('string');
    }),
    { numRuns: runs(200) },
  );
});
