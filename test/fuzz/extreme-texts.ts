// Texts that are extreme in one way each: one very long thing, very many things, or very deep ones.
import { block, structure } from '../model/resolve-text.js';

/** What one count means differs from row to row: characters, elements, levels. */
export interface ExtremeText {
  readonly title: string;
  readonly text: (count: number) => string;
  /** The count in full size: mofgen must accept a text of this size. */
  readonly most: number;
  /** The codes that are found, each once; the order is that of the codes. */
  readonly codes: readonly string[];
}

const CHARACTERS = 10_000_000;
const ELEMENTS = 1_000_000;
const LEVELS = 100_000;
const CLASSES = 100_000;
const CHAIN = 10_000;

function times(count: number, text: (index: number) => string): string {
  const parts: string[] = [];
  for (let index = 0; index < count; index++) parts.push(text(index));
  return parts.join('');
}

/** One line, or one token, of ten million characters. */
const LONG: readonly ExtremeText[] = [
  row('a string', CHARACTERS, [], (n) => `class A { string a = "${'x'.repeat(n)}"; };`),
  row(
    'a string of escapes',
    CHARACTERS,
    [],
    (n) => `class A { string a = "${'\\n'.repeat(n / 2)}"; };`,
  ),
  row(
    'a string of unknown escapes',
    CHARACTERS,
    ['MOF1105'],
    (n) => `class A { string a = "${'\\s'.repeat(n / 2)}"; };`,
  ),
  row(
    'a string of quotes',
    CHARACTERS,
    [],
    (n) => `class A { string a = "${'\\"'.repeat(n / 2)}"; };`,
  ),
  row(
    'a string without an end',
    CHARACTERS,
    ['MOF1102'],
    (n) => `class A { string a = "${'x'.repeat(n)}`,
  ),
  row(
    'a string over lines without an end',
    CHARACTERS,
    ['MOF1102'],
    (n) => `"${'x\n'.repeat(n / 2)}`,
  ),
  row('quotes', CHARACTERS, ['MOF1201'], (n) => '"'.repeat(n)),
  row('an odd number of quotes', CHARACTERS, ['MOF1121', 'MOF1201'], (n) => `${'"'.repeat(n)}"`),
  row('single quotes', CHARACTERS, ['MOF1107', 'MOF1201'], (n) => "'".repeat(n)),
  row('a name', CHARACTERS, [], (n) => `class ${'x'.repeat(n)} { };`),
  row('a name of a block', CHARACTERS, [], (n) => block('x'.repeat(n), '')),
  row('a comment', CHARACTERS, [], (n) => `/*${'*'.repeat(n)}*/`),
  row('a comment without an end', CHARACTERS, ['MOF1102'], (n) => `/*${'*'.repeat(n)}`),
  row('a line comment', CHARACTERS, [], (n) => `//${'/'.repeat(n)}`),
  row('an allowing comment', CHARACTERS, ['MOF1902'], (n) => `// mofgen-allow ${'x'.repeat(n)}`),
  row(
    'an allowing comment of many codes',
    CHARACTERS,
    ['MOF1901'],
    (n) => `// mofgen-allow ${'MOF2203 '.repeat(n / 8)}`,
  ),
  row('blanks', CHARACTERS, [], (n) => ' '.repeat(n)),
  row('lines', CHARACTERS, [], (n) => '\n'.repeat(n)),
  row('lines before a fault', CHARACTERS, ['MOF1201'], (n) => `${'\n'.repeat(n)}class`),
  row('NUL', CHARACTERS, [], (n) => '\0'.repeat(n)),
  row('a number', CHARACTERS, ['MOF1103'], (n) => `class A { uint32 a = ${'9'.repeat(n)}; };`),
  row(
    'a real number',
    CHARACTERS,
    ['MOF1103'],
    (n) => `class A { real32 a = 1.${'9'.repeat(n)}e${'9'.repeat(9)}; };`,
  ),
  row('signs', CHARACTERS, ['MOF1101'], (n) => `class A { uint32 a = ${'-'.repeat(n)}; };`),
  row('strange characters', CHARACTERS, ['MOF1101'], (n) => '@'.repeat(n)),
  row('strange characters apart', CHARACTERS, ['MOF1101'], (n) => '@ '.repeat(n / 2)),
  row('dollars', CHARACTERS, ['MOF1101'], (n) => '$'.repeat(n)),
  row('backslashes', CHARACTERS, ['MOF1101'], (n) => '\\'.repeat(n)),
  row('semicolons', CHARACTERS, [], (n) => ';'.repeat(n)),
  row('closing braces', CHARACTERS, ['MOF1201'], (n) => '}'.repeat(n)),
  row('commas', CHARACTERS, ['MOF1201'], (n) => ','.repeat(n)),
  row('names in a row', CHARACTERS, ['MOF1201'], (n) => 'a '.repeat(n / 2)),
  row(
    'names in a row in a class',
    CHARACTERS,
    ['MOF1201'],
    (n) => `class A { ${'a '.repeat(n / 2)}};`,
  ),
  row('the word class', CHARACTERS, ['MOF1201'], (n) => 'class '.repeat(n / 6)),
  row('#', CHARACTERS, ['MOF1204'], (n) => '#'.repeat(n)),
  row('a preprocessor line', CHARACTERS, ['MOF1204'], (n) => `#nothing ${'x'.repeat(n)}`),
  row(
    'a macro used once',
    CHARACTERS,
    [],
    (n) => `#define A "${'x'.repeat(n)}"\nclass B { string b = A; };`,
  ),
  row(
    'a macro of many words used once',
    CHARACTERS,
    ['MOF1201'],
    (n) => `#define A "x" ${'x '.repeat(n / 2)}\nclass B { string b = A "x"; };`,
  ),
  row(
    'a macro over lines',
    CHARACTERS,
    ['MOF1201'],
    (n) => `#define A ${'x \\\n'.repeat(n / 4)}\nA`,
  ),
  row(
    'a macro whose name is long',
    CHARACTERS,
    ['MOF1201'],
    (n) => `#define ${'x'.repeat(n / 2)} 1\n${'x'.repeat(n / 2)}`,
  ),
  row('a condition', CHARACTERS, [], (n) => `#if 1${' + 1'.repeat(n / 4)}\n#endif`),
  row('a condition of names', CHARACTERS, ['MOF1306'], (n) => `#if ${'x '.repeat(n / 2)}\n#endif`),
  row('a condition of signs', CHARACTERS, ['MOF1306'], (n) => `#if ${'!'.repeat(n)}1\n#endif`),
  row('an #error', CHARACTERS, ['MOF1308'], (n) => `#error ${'x'.repeat(n)}`),
  row('an #include', CHARACTERS, ['MOF1004'], (n) => `#include "${'x'.repeat(n)}"`),
  row('a #pragma include', CHARACTERS, ['MOF1004'], (n) => `#pragma include("${'x'.repeat(n)}")`),
  row(
    'a namespace',
    CHARACTERS,
    [],
    (n) => `#pragma namespace("${'\\\\'.repeat(n / 2)}")\nclass A {};`,
  ),
  row('a GUID', CHARACTERS, ['MOF2104'], (n) => `[WMI, guid("${'x'.repeat(n)}")] class A { };`),
  row('a text that is not UTF-8', CHARACTERS, ['MOF1003'], (n) => `/*${'\u0080'.repeat(n)}*/`),
];

/** A million of something small. */
const MANY: readonly ExtremeText[] = [
  row(
    'qualifiers of a class',
    ELEMENTS,
    [],
    (n) => `[a${times(n - 1, (i) => `,q${i}`)}] class A { };`,
  ),
  row(
    'qualifiers of a WMI class',
    ELEMENTS,
    ['MOF2105', 'MOF2111', 'MOF2209'],
    (n) => `[WMI, Dynamic${times(n - 1, (i) => `,q${i}`)}] class A { };`,
  ),
  row(
    'qualifiers of one name',
    ELEMENTS,
    ['MOF2103'],
    (n) =>
      `[WMI, guid("{00000000-0000-0000-0000-000000000001}")${times(n, (i) => `,Description("${i}")`)}] class A { };`,
  ),
  row('qualifiers of an item', ELEMENTS, [], (n) =>
    block('A', `[WmiDataId(1)${times(n, (i) => `,q${i}(${i})`)}] uint32 a;`),
  ),
  row('flavors', ELEMENTS, [], (n) => `[a : ToInstance${', ToInstance'.repeat(n)}] class A { };`),
  row('properties', ELEMENTS, [], (n) => `class A {${times(n, (i) => `uint8 p${i};`)}};`),
  row(
    'properties of one name',
    ELEMENTS,
    ['MOF2003'],
    (n) => `class A {${times(n, (i) => (i % 2 ? 'uint8 p;' : 'uint8 P;'))}};`,
  ),
  row('items', ELEMENTS, [], (n) =>
    block(
      'A',
      times(n, (i) => `[WmiDataId(${i + 1})]uint8 p${i};`),
    ),
  ),
  row('items backwards', ELEMENTS, [], (n) =>
    block(
      'A',
      times(n, (i) => `[WmiDataId(${n - i})]uint8 p${i};`),
    ),
  ),
  row('items without an id', ELEMENTS, ['MOF2201'], (n) =>
    block(
      'A',
      times(n, (i) => `uint8 p${i};`),
    ),
  ),
  row('items of one id', ELEMENTS, ['MOF2202'], (n) =>
    block(
      'A',
      times(n, (i) => `[WmiDataId(1)]uint8 p${i};`),
    ),
  ),
  row('items of an unknown type', ELEMENTS, ['MOF2008'], (n) =>
    block(
      'A',
      times(n, (i) => `[WmiDataId(${i + 1})]Gone p${i};`),
    ),
  ),
  row('arrays with counts', ELEMENTS / 2, ['MOF2402'], (n) =>
    block(
      'A',
      `[WmiDataId(1)] uint32 n;${times(n, (i) => `[WmiDataId(${i + 2}), WmiSizeIs("n")]uint8 p${i}[];`)}`,
    ),
  ),
  row('items with triggers', ELEMENTS / 4, ['MOF2015'], (n) =>
    block(
      'A',
      times(n, (i) => `[WmiDataId(${i + 1}), WmiEventTrigger("p${n - 1}")]uint8 p${i};`),
    ),
  ),
  row('items with triggers that name nothing', ELEMENTS / 4, ['MOF2015', 'MOF2213'], (n) =>
    block(
      'A',
      times(n, (i) => `[WmiDataId(${i + 1}), WmiEventTrigger("q")]uint8 p${i};`),
    ),
  ),
  row('methods', ELEMENTS / 2, [], (n) =>
    block(
      'A',
      times(n, (i) => `[WmiMethodId(${i + 1})]void f${i}();`),
    ),
  ),
  row('methods of one id', ELEMENTS / 2, ['MOF2502'], (n) =>
    block(
      'A',
      times(n, (i) => `[WmiMethodId(1)]void f${i}();`),
    ),
  ),
  row('parameters', ELEMENTS / 2, [], (n) =>
    block('A', `[WmiMethodId(1)]void f([in]uint8 p${times(n, (i) => `,[in]uint8 p${i}`)});`),
  ),
  row('parameters of one name', ELEMENTS / 2, ['MOF2003'], (n) =>
    block('A', `[WmiMethodId(1)]void f([in]uint8 p${times(n, () => `,[in]uint8 p`)});`),
  ),
  row('values', ELEMENTS, [], (n) => `class A { uint32 a[] = {1${',1'.repeat(n)}}; };`),
  row('values of a qualifier', ELEMENTS, [], (n) => `[a{1${',1'.repeat(n)}}] class A { };`),
  row('Values with a ValueMap', ELEMENTS / 2, [], (n) =>
    block(
      'A',
      `[WmiDataId(1), Values{"a"${times(n, (i) => `,"v${i}"`)}}, ValueMap{"x"${times(n, (i) => `,"${i}"`)}}] uint32 a;`,
    ),
  ),
  row('BitValues with a BitMap', ELEMENTS / 2, [], (n) =>
    block(
      'A',
      `[WmiDataId(1), BitValues{"a"${times(n, (i) => `,"v${i}"`)}}, BitMap{"0x1"${times(n, () => `,"0x8"`)}}] uint32 a;`,
    ),
  ),
  row('string pieces', ELEMENTS, [], (n) => `class A { string a = ${'"a" '.repeat(n)}; };`),
  row(
    'string pieces with words between',
    ELEMENTS / 2,
    ['MOF1120'],
    (n) => `class A { string a = "a" ${'B "a" '.repeat(n)}; };`,
  ),
  row(
    'strings with line breaks',
    ELEMENTS,
    ['MOF1106'],
    (n) => `class A { string a = ${'"\n" '.repeat(n)}; };`,
  ),
  row('directives', ELEMENTS, [], (n) => '#pragma namespace("a")\n'.repeat(n)),
  row('unknown directives', ELEMENTS, ['MOF1203'], (n) => '#pragma x\n'.repeat(n)),
  row(
    'directives in a class',
    ELEMENTS,
    ['MOF1201'],
    (n) => `class A { ${'#pragma x\n'.repeat(n)} };`,
  ),
  row('preprocessor lines', ELEMENTS, ['MOF1204'], (n) => '#nothing\n'.repeat(n)),
  row('macros', ELEMENTS / 2, [], (n) => times(n, (i) => `#define M${i} ${i}\n`)),
  row('macros defined again', ELEMENTS / 2, ['MOF1302'], (n) =>
    times(n, (i) => `#define M ${i}\n`),
  ),
  row(
    'uses of a macro',
    ELEMENTS / 4,
    [],
    (n) => `#define M 1\nclass A { uint32 a[] = {M${',M'.repeat(n)}}; };`,
  ),
  row('conditions', ELEMENTS / 2, [], (n) => '#if 1\n;\n#endif\n'.repeat(n)),
  row('#elif', ELEMENTS, [], (n) => `#if 0\n${'#elif 0\n'.repeat(n)}#endif\n`),
  row('#endif', ELEMENTS, ['MOF1305'], (n) => '#endif\n'.repeat(n)),
  row('conditions without a value', ELEMENTS / 2, ['MOF1306'], (n) => '#if\n#endif\n'.repeat(n)),
  row('missing includes', LEVELS, ['MOF1004'], (n) => '#include "gone.mof"\n'.repeat(n)),
  row('missing included files', LEVELS, ['MOF1004'], (n) =>
    '#pragma include("gone.mof")\n'.repeat(n),
  ),
  row('classes', ELEMENTS / 2, [], (n) => times(n, (i) => `class a${i}{};`)),
  row('forward declarations', ELEMENTS, [], (n) => 'class a;'.repeat(n)),
  row('classes of one name', ELEMENTS / 2, ['MOF2002'], (n) => 'class a{};'.repeat(n)),
  row('different classes of one name', ELEMENTS / 2, ['MOF2001'], (n) =>
    times(n, (i) => `class a{uint8 p${i};};`),
  ),
  row(
    'a large class declared again',
    ELEMENTS / 2,
    ['MOF2001'],
    (n) => `class a{${times(n / 2, (i) => `uint8 p${i};`)}};${'class a{};'.repeat(n / 2)}`,
  ),
  row(
    'a class of many qualifiers declared again',
    ELEMENTS / 2,
    ['MOF2001'],
    (n) => `[q${times(n / 2, (i) => `,q${i}`)}]class a{};${'class a{};'.repeat(n / 2)}`,
  ),
  row(
    'amendments of one class',
    CLASSES,
    [],
    (n) => `class a{};${'[amendment] class a{};'.repeat(n)}`,
  ),
  row(
    'amendments of a large class',
    CLASSES,
    [],
    (n) =>
      `class a{${times(n / 2, (i) => `uint8 p${i};`)}};[amendment] class a{${times(n / 2, (i) => `[d("x"):amended] uint8 p${i};`)}};`,
  ),
  row('blocks', CLASSES, [], (n) => times(n, (i) => block(`B${i}`, '[WmiDataId(1)] uint32 a;'))),
  row('blocks of one GUID', CLASSES, ['MOF2106'], (n) =>
    times(n, (i) => `[WMI,guid("{00000000-0000-0000-0000-000000000001}")]class a${i}{};`),
  ),
  row('blocks that lack everything', CLASSES, ['MOF2105', 'MOF2111', 'MOF2209'], (n) =>
    times(n, (i) => `[WMI,Dynamic]class a${i}{};`),
  ),
  row('instances', ELEMENTS / 2, [], (n) => times(n, () => 'instance of a{};')),
  row(
    'instances of a class',
    ELEMENTS / 2,
    ['MOF2614'],
    (n) => `class a{};${times(n, () => 'instance of a{b=1;};')}`,
  ),
  row('qualifier declarations', ELEMENTS / 4, [], (n) =>
    times(n, (i) => `qualifier q${i} : boolean = false, scope(any);`),
  ),
  row(
    'properties without a semicolon',
    ELEMENTS,
    ['MOF1201', 'MOF2003'],
    (n) => `class A {${'uint8 p\n'.repeat(n)}};`,
  ),
  row(
    'properties without a name',
    ELEMENTS,
    ['MOF1201'],
    (n) => `class A {${'uint8 ;'.repeat(n)}};`,
  ),
  row('classes without an end', ELEMENTS / 2, ['MOF1202'], (n) => 'class A { uint8 '.repeat(n)),
  row('signs of every kind', ELEMENTS, ['MOF1201'], (n) => '[](){},:=;'.repeat(n / 10)),
  row('broken qualifier lists', ELEMENTS / 2, ['MOF1201'], (n) => '[a b] class A{};'.repeat(n)),
  row('open qualifier lists in classes', LEVELS, ['MOF1202'], (n) =>
    'class A { #pragma x\n[ '.repeat(n),
  ),
  row(
    'malformed numbers',
    ELEMENTS,
    ['MOF1103'],
    (n) => `class A { uint32 a[] = {1${',08'.repeat(n)}}; };`,
  ),
  row(
    'malformed characters',
    ELEMENTS,
    ['MOF1107'],
    (n) => `class A { char16 a[] = {'a'${`,''`.repeat(n)}}; };`,
  ),
  row('unknown flavors', ELEMENTS, ['MOF1201'], (n) => `[a${times(n, () => `,a:x`)}] class A { };`),
  row(
    'names instead of values',
    ELEMENTS,
    ['MOF2108'],
    (n) => `[a${times(n, (i) => `,q${i}(x)`)}] class A { };`,
  ),
  row(
    'names that nothing declares',
    ELEMENTS / 2,
    ['MOF2007'],
    (n) => `class A {${times(n, (i) => `G${i} ref p${i};`)}};`,
  ),
  row('superclasses that nothing declares', ELEMENTS / 2, ['MOF2005'], (n) =>
    times(n, (i) => `class a${i}:g${i}{};`),
  ),
  row('references without a class', ELEMENTS / 2, ['MOF2005'], (n) =>
    times(n, (i) => `class a${i}:g{};`),
  ),
  row('comments that allow', CLASSES, ['MOF1901'], (n) =>
    block(
      'A',
      times(n, (i) => `// mofgen-allow MOF2203\n[WmiDataId(${i + 1})] uint8 p${i};`),
    ),
  ),
];

/** As deep as can be. */
const DEEP: readonly ExtremeText[] = [
  row('braces', LEVELS, ['MOF1202'], (n) => '{'.repeat(n)),
  row('brackets', LEVELS, ['MOF1202'], (n) => '['.repeat(n)),
  row('parentheses', LEVELS, ['MOF1202'], (n) => '('.repeat(n)),
  row(
    'braces in a class',
    LEVELS,
    ['MOF1202'],
    (n) => `class A { uint32 a = ${'{'.repeat(n)}1${'}'.repeat(n)}; };`,
  ),
  row(
    'instance of',
    LEVELS,
    ['MOF1202'],
    (n) => `class A { B a = ${'instance of B { b = '.repeat(n)}`,
  ),
  row(
    'instance of without braces',
    LEVELS,
    ['MOF1201'],
    (n) => `class A { B a = ${'instance of '.repeat(n)}`,
  ),
  row('#if', LEVELS, [], (n) => '#if 1\n'.repeat(n) + '#endif\n'.repeat(n)),
  row('#if that fails', LEVELS, [], (n) => '#if 0\n'.repeat(n) + '#endif\n'.repeat(n)),
  row('#if without #endif', LEVELS, ['MOF1304'], (n) => '#if 1\n'.repeat(n)),
  row(
    'parentheses in a condition',
    LEVELS,
    ['MOF1306'],
    (n) => `#if ${'('.repeat(n)}1${')'.repeat(n)}\n#endif`,
  ),
  row(
    'questions in a condition',
    LEVELS,
    ['MOF1306'],
    (n) => `#if ${'1 ? '.repeat(n)}1${' : 1'.repeat(n)}\n#endif`,
  ),
  row(
    'macros in macros',
    LEVELS,
    ['MOF1303'],
    (n) => `${times(n, (i) => `#define M${i} M${i + 1}\n`)}M0`,
  ),
  row(
    'macros that double',
    1000,
    ['MOF1303'],
    (n) => `${times(n, (i) => `#define M${i} M${i + 1} M${i + 1}\n`)}M0`,
  ),
  row(
    'macros that double nothing',
    1000,
    ['MOF1303'],
    (n) => `${times(n, (i) => `#define M${i} M${i + 1} M${i + 1}\n`)}#define M${n}\nM0`,
  ),
  row(
    'superclasses',
    CHAIN,
    ['MOF2016'],
    (n) => `class c0{uint8 p0;};${times(n, (i) => `class c${i + 1}:c${i}{uint8 p${i + 1};};`)}`,
  ),
  row(
    'superclasses from below',
    CHAIN,
    ['MOF2016'],
    (n) => `${times(n, (i) => `class c${i}:c${i + 1}{uint8 p${i};};`)}class c${n}{};`,
  ),
  row(
    'superclasses of a block',
    CHAIN,
    ['MOF2016'],
    (n) =>
      `class c0{[key] string InstanceName; boolean Active;};${times(n, (i) => `class c${i + 1}:c${i}{[WmiDataId(${i + 1}) : ToSubclass] uint8 p${i};};`)}[WMI,Dynamic,Provider("WMIProv"),guid("{00000000-0000-0000-0000-000000000001}")]class b:c${n}{};`,
  ),
  row('blocks that derive from one another', CHAIN, ['MOF2016'], (n) =>
    times(n, (i) =>
      block(`b${i}${i > 0 ? `:b${i - 1}` : ''}`, `[WmiDataId(${i + 1}) : ToSubclass] uint8 p${i};`),
    ),
  ),
  row('structures that derive from one another', CHAIN, ['MOF2016'], (n) =>
    times(n, (i) =>
      structure(`b${i}${i > 0 ? `:b${i - 1}` : ''}`, `[WmiDataId(${i + 1})] uint8 p${i};`),
    ),
  ),
  row(
    'blocks that derive from one large class',
    900,
    [],
    (n) =>
      `class c{[key] string InstanceName; boolean Active;${times(n, (i) => `[WmiDataId(${i + 1}) : ToSubclass] uint8 p${i};`)}};${times(n, (i) => `[WMI,Dynamic,Provider("WMIProv"),guid("{00000000-0000-0000-0000-${i.toString(16).padStart(12, '0')}}")]class b${i}:c{};`)}`,
  ),
  row('trace classes that derive from one another', CHAIN, ['MOF2016', 'MOF2110'], (n) =>
    times(
      n,
      (i) =>
        `[guid("x")]class b${i}${i > 0 ? `:b${i - 1}` : ':EventTrace'}{[WmiDataId(1)] uint8 p;};`,
    ),
  ),
  row('events that derive from one another', CHAIN, ['MOF2016', 'MOF2209'], (n) =>
    times(
      n,
      (i) =>
        `[WMI,Dynamic,Provider("WMIProv"),guid("{00000000-0000-0000-0000-${i.toString(16).padStart(12, '0')}}")]class b${i}${i > 0 ? `:b${i - 1}` : ':WMIEvent'}{};`,
    ),
  ),
  row('classes that derive in a ring', CHAIN, ['MOF2006'], (n) =>
    times(n, (i) => `class c${i}:c${(i + 1) % n}{};`),
  ),
  row(
    'embedded classes',
    CHAIN,
    [],
    (n) =>
      `${structure('s0', '[WmiDataId(1)] uint8 a;')}${times(n, (i) => structure(`s${i + 1}`, `[WmiDataId(1)] s${i} a;`))}`,
  ),
  row(
    'embedded classes from above',
    CHAIN,
    ['MOF2011'],
    (n) =>
      `${times(n, (i) => structure(`s${i}`, `[WmiDataId(1)] s${i + 1} a;`))}${structure(`s${n}`, '[WmiDataId(1)] uint8 a;')}`,
  ),
  row(
    'embedded classes that double',
    CHAIN,
    ['MOF2401'],
    (n) =>
      `${structure('s0', '[WmiDataId(1)] uint8 a;')}${times(n, (i) => structure(`s${i + 1}`, `[WmiDataId(1)] s${i} a; [WmiDataId(2)] s${i} b;`))}`,
  ),
  row('classes that embed in a ring', CHAIN, ['MOF2303'], (n) =>
    times(n, (i) => structure(`s${i}`, `[WmiDataId(1)] s${(i + 1) % n} a;`)),
  ),
];

export const extremeTexts: readonly ExtremeText[] = [...LONG, ...MANY, ...DEEP];

function row(
  title: string,
  most: number,
  codes: readonly string[],
  text: (count: number) => string,
): ExtremeText {
  return { title, most, codes, text };
}
