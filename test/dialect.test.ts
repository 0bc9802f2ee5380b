/**
 * Oddities that MOF readers treat differently, and how mofgen reads them: the rows of docs/spec/language.md#who-accepts-what, in their
 * order, each read as the command line reads a file.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { analyze } from '../src/analyze.js';

interface Row {
  /** As the table names it. */
  readonly oddity: string;
  readonly text: string | Uint8Array;
  /** The codes of errors; none means that it is accepted. */
  readonly errors?: readonly string[];
  readonly warnings?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

const P = 'class P { [WmiDataId(1)] uint32 a; };';

const ROWS: readonly Row[] = [
  { oddity: 'empty file', text: '' },
  { oddity: 'class without trailing `;`', text: 'class X {}', errors: ['MOF1201'] },
  { oddity: '`class X;` forward', text: `class P;${P}` },
  { oddity: 'class alias `as $A`', text: 'class X as $A {};' },
  { oddity: 'empty class body', text: 'class X {};' },
  { oddity: 'class name = keyword', text: 'class instance {}; class Ref : instance {};' },
  { oddity: 'embedded class-typed property `Cls p;`', text: `${P} class X { P p; };` },
  { oddity: '`object p;`, `object ref p;`', text: 'class X { object p; object ref q; };' },
  { oddity: 'class-typed parameter', text: `${P} class X { void f([in] P p); };` },
  { oddity: '`void` return', text: 'class X { void f(); };' },
  { oddity: 'method returning array', text: 'class X { uint32 f[](); };', errors: ['MOF1201'] },
  {
    oddity: 'flavors ToInstance / Amended / NotTo*',
    text: '[a : ToInstance, b : Amended, c : NotToInstance, d : NotToSubclass] class X {};',
  },
  {
    oddity: 'several flavors after `:` (blank-separated)',
    text: '[a : ToInstance ToSubclass DisableOverride] class X {};',
  },
  { oddity: 'global flavor statement', text: 'qualifier key : ToInstance ToSubclass ;' },
  { oddity: 'undeclared qualifier', text: '[NobodyKnows("it")] class X {};' },
  {
    oddity: 'qualifier `Name("a","b")` list in parens',
    text: 'class X { [BitMap("0", "1")] uint32 a; };',
  },
  { oddity: 'qualifier array `Name{...}`', text: 'class X { [Values{"a", "b"}] uint32 a; };' },
  {
    oddity: 'trailing comma in list/array, stray `;`',
    text: ';[a, b{1, 2,},] class X {; uint32 a[] = {1,};; };;',
  },
  { oddity: 'empty array `{}` as value', text: 'class X { [ValueMap{}] uint32 a[] = {}; };' },
  {
    oddity: 'property default given as `instance of`',
    text: `${P} class X { P p = instance of P { a = 1; }; };`,
  },
  { oddity: 'parameter default `= v`', text: 'class X { void f([in] uint32 a = 1); };' },
  {
    oddity: 'instance body empty / `name;` without value',
    text: `${P} instance of P {}; instance of P { a; };`,
  },
  {
    oddity: 'qualifiers on instance or its properties',
    text: `${P} [a] instance of P { [b] a = 1; };`,
  },
  {
    oddity: 'alias as array element',
    text: `${P} class Q { P ref a[]; }; instance of P as $P {}; instance of Q { a = {$P}; };`,
  },
  { oddity: 'ref array property `C ref a[]`', text: `${P} class X { P ref a[]; };` },
  {
    oddity: 'pragma without `( )`, 2 arguments, integer argument',
    text: '#pragma autorecover\n#pragma deleteclass("X", NOFAIL)\n#pragma classflags(64)\n',
  },
  {
    oddity: 'blank required after `#pragma`',
    text: '#pragma\tautorecover\n#pragma namespace("a")',
  },
  {
    oddity: 'C preprocessor lines',
    text: '#define TYPE uint32\n#if defined(TYPE)\nclass X { TYPE a; };\n#else\nno MOF\n#endif\n',
  },
  { oddity: 'UTF-16 input', text: utf16('class Größe {};') },
  { oddity: 'raw newline in string', text: '[a("b\nc")] class X {};', warnings: ['MOF1106'] },
  {
    oddity: 'keyword-named property',
    text: `class X { ${keywords()
      .map((word) => `uint32 ${word};`)
      .join(' ')} };`,
  },
  {
    oddity: 'include pragma',
    text: '#pragma include("sub\\\\p.mof")\nclass X : P {};',
    files: { 'sub/p.mof': P },
  },
  { oddity: 'superclass defined later', text: `class X : P {}; ${P}` },
];

test('the rows are those of the page', () => {
  const page = readFileSync(new URL('../docs/spec/language.md', import.meta.url), 'utf8');
  const [, section = ''] = page.split('## Who accepts what');
  const [, , ...names] = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (.*?) +\|/gm)];
  const cell = (text = '') => text.replaceAll('\\*', '*');
  expect(names.map(([, name]) => cell(name))).toEqual(ROWS.map(({ oddity }) => oddity));
});

test.each(ROWS)('$oddity', ({ text, errors = [], warnings = [], files = {} }) => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { diagnostics } = analyze(bytes, 'a.mof', (path) => {
    const name = path.replaceAll('\\', '/');
    const content = files[name];
    return content === undefined ? undefined : { name, bytes: new TextEncoder().encode(content) };
  });
  const codesOf = (wanted: string) =>
    diagnostics.filter(({ severity }) => severity === wanted).map(({ code }) => code);
  expect({ errors: codesOf('error'), warnings: codesOf('warning') }).toEqual({ errors, warnings });
});

function utf16(text: string): Uint8Array {
  const units = [0xfeff, ...Array.from(text, (character) => character.charCodeAt(0))];
  return Uint8Array.from(units.flatMap((unit) => [unit & 0xff, unit >> 8]));
}

/** Keywords of DSP0004 and of Microsoft, and all data types. */
function keywords(): readonly string[] {
  const words =
    'any as association class disableoverride enableoverride false flavor indication instance method null of ' +
    'parameter pragma property qualifier ref reference restricted schema scope tosubclass translatable true ' +
    'toinstance nottoinstance nottosubclass amended void object value key';
  const types = ['boolean', 'char16', 'datetime', 'real32', 'real64', 'string'];
  const integers = ['8', '16', '32', '64'].flatMap((bits) => [`uint${bits}`, `sint${bits}`]);
  return [...words.split(' '), ...types, ...integers];
}
