// The oddities of real MOF texts are accepted, and every word is allowed as a name.
import { expect, test } from 'vitest';
import { parse } from '../../grammar/index.js';
import {
  errorsOf,
  featuresOf,
  problemsOf,
  productionsOf,
  valueOf,
  withoutSpans,
} from './parsing.js';

test.each<[oddity: string, text: string]>([
  ['an empty file', ''],
  ['a file of white space and comments', ' \t\r\n\f\v\b\uFEFF// a\n/* b * / ** */// c'],
  ['a forward declaration', 'class X;'],
  ['a class alias', 'class X as $A {};'],
  ['a class alias before the superclass', 'class X as $A : Y {};'],
  ['an empty class body', 'class X {};'],
  ['a class-typed property', 'class X { Package p; };'],
  ['an object property', 'class X { object p; };'],
  ['an object property with its class', 'class X { object:Package p; };'],
  ['an object reference', 'class X { object ref p; };'],
  ['a class-typed parameter', 'class X { void f([in] Package p); };'],
  ['a void method', 'class X { void f(); };'],
  ['the flavors of Microsoft', '[a : ToInstance, b : Amended, c : NotToInstance] class X {};'],
  ['blank-separated flavors', '[a : ToInstance ToSubclass] class X {};'],
  ['comma-separated flavors', '[a : ToInstance, ToSubclass, b] class X {};'],
  ['a global flavor statement', 'Qualifier key : ToInstance ToSubClass DisableOverride ;'],
  ['undeclared qualifiers', '[NobodyKnows("it")] class X {};'],
  ['a list of values in parentheses', 'class X { [BitMap("0", "1")] uint32 a; };'],
  ['a qualifier array', 'class X { [Values{"a", "b"}] uint32 a; };'],
  ['trailing commas', '[a, b{1, 2,}, c(1,),] class X { uint32 a[] = {1,}; };'],
  ['stray semicolons', ';class X {; uint32 a;; };;; instance of X {; a = 1;; };'],
  ['an empty array', '[ValueMap{}] class X { uint32 a[] = {}; };'],
  ['an empty qualifier list', '[] class X { [] uint32 a; };'],
  ['an embedded instance as default', 'class X { Y y = instance of Y { a = 1; }; };'],
  ['a parameter default', 'class X { void f(uint32 a = 1, string b[] = {"c"}); };'],
  ['an empty instance body', 'instance of X {};'],
  ['an instance property without value', 'instance of X { [a] b; };'],
  ['an instance without a last semicolon', 'instance of X { a = 1; }'],
  ['qualifiers on an instance', '[a] instance of X { [b] c = 1; };'],
  ['an alias as array element', 'instance of X as $X { a = {$B, $C}; b = $X; };'],
  ['a reference array property', 'class X { Y ref a[]; };'],
  ['a fixed array', 'class X { uint8 a[16]; };'],
  ['a directive without parentheses', '#PRAGMA AUTORECOVER'],
  ['a directive with empty parentheses', '#pragma autorecover()'],
  ['a directive with two arguments', '#pragma deleteclass("X", nofail)'],
  ['a directive over several lines', '#pragma deleteinstance\n(\n"X.a=1"\n,\nFAIL\n)'],
  ['a directive with an integer', '#pragma classflags(64)'],
  ['a directive with a blank after the #', '# pragma namespace ("a" "b")'],
  ['a string of several pieces', '[a("b" /* c */ "d" // e\n "f")] class X {};'],
  ['a property named like a keyword', 'class X { uint32 class; uint32 ref; uint32 instance; };'],
  ['a backslash at a line end outside strings', '[a, \\\n b, \\ \t\r\n c] class X {};'],
  ['NUL and U+001A at the end', 'class X {};\r\n\x1A\0\0'],
  ['U+FEFF between tokens', 'class X {};\uFEFFclass\uFEFFY {};'],
  ['no blank after the qualifiers', '[a: ToInstance]class X{uint32 a;};'],
  ['keywords in any case', 'CLASS X { UINT32 a = NULL; }; INSTANCE OF X { a = True; };'],
  ['names beyond ASCII', '[größe] class Größe { uint32 名前; };'],
  ['a macro name as value', '[WmiGenerateHeader(GENERATE_HEADER)] class X { uint32 a = B; };'],
  [
    'scope and flavor in any order',
    'qualifier a : string[] = {"x"}, flavor(Restricted), scope(any);',
  ],
  ['neither scope nor flavor', 'qualifier a : uint32 = 1; qualifier b : boolean;'],
  ['text after a directive on its line', '#pragma autorecover class X {};'],
])('%s is accepted without a warning', (_oddity, text) => {
  expect(problemsOf(text)).toEqual([]);
});

test.each<[oddity: string, text: string, code: string]>([
  ['a line break in a string', 'class X { string a = "b\nc"; };', 'MOF1106'],
  ['an unknown escape', '[Locale("MS\\0x409")] class X {};', 'MOF1105'],
  ['a real without digits after its point', 'class X { real32 a = 1.; };', 'MOF1104'],
  ['a real without a point', 'class X { real32 a = 1e5; };', 'MOF1104'],
  ['an unknown directive', '#pragma unloadclass("X", 5.5)', 'MOF1203'],
  ['an unknown macro before a string', '[cpp_quote(HEADER "a")] class X {};', 'MOF1205'],
])('%s is accepted with a warning', (_oddity, text, code) => {
  expect(errorsOf(text)).toEqual([]);
  expect(parse(text).problems.map((each) => each.code)).toEqual([code]);
});

test.each<[oddity: string, text: string]>([
  ['a class without its last semicolon', 'class X {}'],
  ['a method returning an array', 'class X { uint32 f[](); };'],
  ['preprocessor lines', '#if 1\nclass X {};\n#endif'],
  ['NUL within the text', 'class \0X {};'],
  ['a sign apart from its digits', 'class X { sint32 a = - 1; };'],
])('%s is an error', (_oddity, text) => {
  expect(errorsOf(text)).not.toEqual([]);
});

const WORDS =
  'any as association class disableoverride enableoverride false flavor indication instance method null of ' +
  'parameter pragma property qualifier ref reference restricted schema scope tosubclass translatable true ' +
  'toinstance nottoinstance nottosubclass amended void object structure enumeration value key string boolean ' +
  'char16 datetime real32 real64 uint8 sint8 uint16 sint16 uint32 sint32 uint64 sint64 Uint8 CLASS Ref';

test.each(WORDS.split(' '))('%s may name anything', (word) => {
  const text =
    `[${word}, ${word}(1) : amended, ${word}{2}] class ${word} as $${word} : ${word} {` +
    ` [${word}] uint32 ${word}; ${word} ${word}; ${word} ref ${word}; uint8 ${word}[4] = 1;` +
    ` uint32 ${word}([${word}] uint32 ${word}, ${word} ${word}, ${word} ref ${word}); };` +
    ` instance of ${word} as $${word} { ${word}; ${word} = $${word}; [${word}] ${word} = {1}; };` +
    ` qualifier ${word} : boolean = false, scope(any); qualifier ${word} : ToInstance;` +
    ` #pragma namespace(${word})`;
  expect(problemsOf(text)).toEqual([]);
  expect(parse(text).value.productions.map(({ kind }) => kind)).toEqual([
    'ClassDeclaration',
    'InstanceDeclaration',
    'QualifierDeclaration',
    'GlobalFlavor',
    'CompilerDirective',
  ]);
});

test.each<[text: string, want: readonly string[]]>([
  ['[a : amended, b] class X {};', ['a: amended', 'b: ']],
  ['[a : amended, Restricted] class X {};', ['a: amended Restricted']],
  ['[a : amended, Restricted(1)] class X {};', ['a: amended', 'Restricted: ']],
  ['[a : amended, Restricted{1}] class X {};', ['a: amended', 'Restricted: ']],
  ['[a : amended, Restricted : ToInstance] class X {};', ['a: amended', 'Restricted: ToInstance']],
  [
    '[a : amended ToInstance, b : x] class X {};'.replace(' : x', ''),
    ['a: amended ToInstance', 'b: '],
  ],
])('the flavors of %s', (text, want) => {
  const [production] = productionsOf(text);
  if (production?.kind !== 'ClassDeclaration') throw new Error('expected a class');
  const got = production.qualifiers.map(
    ({ name, flavors }) => `${name.name}: ${flavors.map((each) => each.name).join(' ')}`,
  );
  expect(got).toEqual(want);
});

test.each<[text: string, want: unknown]>([
  ['"a" "b"', { kind: 'String', value: 'ab' }],
  ["'a'", { kind: 'Char', value: 97 }],
  ['-0x10', { kind: 'Integer', value: -16n }],
  ['1.5', { kind: 'Real', value: 1.5 }],
  ['TRUE', { kind: 'Boolean', value: true }],
  ['False', { kind: 'Boolean', value: false }],
  ['null', { kind: 'Null' }],
  ['$A', { kind: 'Alias', name: 'A' }],
  ['ANY_MACRO', { kind: 'Identifier', name: 'ANY_MACRO' }],
  ['{}', { kind: 'Array', elements: [] }],
  [
    '{1, {2}}',
    {
      kind: 'Array',
      elements: [
        { kind: 'Integer', value: 1n },
        { kind: 'Array', elements: [{ kind: 'Integer', value: 2n }] },
      ],
    },
  ],
  [
    'instance of B as $C { x = 1; y; }',
    {
      kind: 'Instance',
      className: { kind: 'Identifier', name: 'B' },
      alias: { kind: 'Alias', name: 'C' },
      properties: [
        {
          kind: 'ValueInitializer',
          qualifiers: [],
          name: { kind: 'Identifier', name: 'x' },
          value: { kind: 'Integer', value: 1n },
        },
        { kind: 'ValueInitializer', qualifiers: [], name: { kind: 'Identifier', name: 'y' } },
      ],
    },
  ],
])('the value %s', (text, want) => {
  expect(withoutSpans(valueOf(text))).toEqual(want);
});

test.each<[text: string, want: unknown]>([
  ['uint32 p;', { kind: 'DataType', name: 'uint32' }],
  ['UInt32 p;', { kind: 'DataType', name: 'uint32' }],
  ['Object p;', { kind: 'DataType', name: 'object' }],
  [
    'object:C p;',
    { kind: 'DataType', name: 'object', objectClass: { kind: 'Identifier', name: 'C' } },
  ],
  ['C p;', { kind: 'ClassType', name: { kind: 'Identifier', name: 'C' } }],
  ['C ref p;', { kind: 'ReferenceType', name: { kind: 'Identifier', name: 'C' } }],
  ['object ref p;', { kind: 'ReferenceType', name: { kind: 'Identifier', name: 'object' } }],
  ['ref ref;', { kind: 'ClassType', name: { kind: 'Identifier', name: 'ref' } }],
  ['ref ref ref;', { kind: 'ReferenceType', name: { kind: 'Identifier', name: 'ref' } }],
])('the type of %s', (text, want) => {
  const [feature] = featuresOf(`class X { ${text} };`);
  if (feature === undefined || feature.kind === 'MethodDeclaration')
    throw new Error('expected a property');
  expect(withoutSpans(feature.type)).toEqual(want);
});

test('a parenthesised qualifier value is an array only when it has a comma', () => {
  const [feature] = featuresOf('class X { [a(1), b(1, 2), c{3}, d] uint32 p; };');
  expect(feature?.qualifiers.map(({ value }) => value?.kind)).toEqual([
    'Integer',
    'Array',
    'Array',
    undefined,
  ]);
});

test('strings around unknown macros are one string', () => {
  const text = '[cpp_quote(HEAD OTHER "b" MIDDLE "c", D)] class X {};';
  const { value, problems } = parse(text, { mayLackMacros: true });
  expect(problems.map(({ code }) => code)).toEqual(['MOF1205', 'MOF1205', 'MOF1205']);
  const [production] = value.productions;
  if (production?.kind !== 'ClassDeclaration') throw new Error('expected a class');
  const [qualifier] = production.qualifiers;
  expect(withoutSpans(qualifier?.value)).toEqual({
    kind: 'Array',
    elements: [
      { kind: 'String', value: 'bc' },
      { kind: 'Identifier', name: 'D' },
    ],
  });
});
