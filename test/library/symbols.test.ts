/** The index of symbols and references: go to definition, find references, rename, outline. */
import { describe, expect, test } from 'vitest';
import {
  analyze,
  type IncludeReader,
  indexSymbols,
  type MofSymbol,
  type OutlineEntry,
  parse,
  type SymbolIndex,
} from 'mofgen';
import { marked, shown } from './marked.js';
import { perRun } from '../effort.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function indexOf(text: string, readInclude?: IncludeReader): SymbolIndex {
  return indexSymbols(analyze(bytesOf(text), 'fan.mof', readInclude).texts);
}

/** Each text marks a name where it is declared, then every name that refers to it. */
const REFERENCES: readonly (readonly [what: string, text: string, kinds: string])[] = [
  ['a superclass', 'class «A» {}; class B : «A» {};', 'superclass'],
  ['any case', 'class «Fan» {}; class B : «FAN» {}; class C : «fan» {};', 'superclass superclass'],
  ['a class that is declared later', 'class «B» {}; class A { «B» x; };', 'type'],
  ['the class of a property', 'class «A» {}; class B { «A» x[2]; };', 'type'],
  ['the class of a reference', 'class «A» {}; class B { «A» ref x; };', 'type'],
  ['the class of an object', 'class «A» {}; class B { object:«A» x; };', 'type'],
  [
    'the classes of a method',
    'class «A» {}; class B { «A» f([in] «A» x, [out] «A» ref y); };',
    'type type type',
  ],
  ['the class of an instance', 'class «A» {}; instance of «A» {};', 'instance'],
  [
    'the class of an embedded instance',
    'class «A» {}; class B { A2 x; }; instance of B { x = instance of «A» {}; };',
    'instance',
  ],
  [
    'a forward declaration does not define',
    'class A; class «A» {}; class B : «A» {};',
    'superclass',
  ],
  ['a count', 'class A { uint32 «n»; [WmiSizeIs("«n»")] uint8 x[]; };', 'string'],
  [
    'a count in another case',
    'class A { uint32 «Count»; [WmiSizeIs("«COUNT»")] uint8 x[]; };',
    'string',
  ],
  [
    'an inherited count',
    'class A { uint32 «n»; }; class B : A { [WmiSizeIs("«n»")] uint8 x[]; };',
    'string',
  ],
  [
    'a count among parameters',
    'class A { uint32 n; void f([in] uint32 «n», [in, WmiSizeIs("«n»")] uint8 x[]); };',
    'string',
  ],
  [
    'a trigger and a rate',
    'class A { uint32 «n»; [WmiEventTrigger("«n»")] uint32 x; [WmiEventRate("«n»")] uint32 y; };',
    'string string',
  ],
  [
    'an override',
    'class A { uint32 «n»; }; class B : A { [Override("«n»")] uint32 n; };',
    'string',
  ],
  [
    'an embedded instance in a string',
    'class «A» {}; class B { [EmbeddedInstance("«A»")] string x; };',
    'string',
  ],
  ['a CIM type', 'class «A» {}; class B { [CIMTYPE("ref:«A»")] string x; };', 'string'],
  ['an initializer', 'class A { uint32 «n»; }; instance of A { «N» = 1; };', 'initializer'],
  [
    'an inherited initializer',
    'class A { uint32 «n»; }; class B : A {}; instance of B { «n» = 1; };',
    'initializer',
  ],
  [
    'an alias',
    'class A {}; instance of A as $«X» {}; class B { A ref y; }; instance of B { y = $«X»; };',
    'alias',
  ],
  [
    'an alias in an array',
    'instance of A as $«X» {}; instance of B { y = { $«X», $«X» }; };',
    'alias alias',
  ],
  [
    'a qualifier',
    'qualifier «Mine» : string = null, scope(any); [«Mine»("a")] class A { [«mine»("b")] uint32 x; };',
    'qualifier qualifier',
  ],
  ['a flavor for everybody', 'qualifier «Mine» : Amended; [«Mine»("a")] class A {};', 'qualifier'],
];

describe('references', () => {
  test.each(REFERENCES)('%s', (_what, mof, kinds) => {
    const { text, spans } = marked(mof);
    const [declared, ...uses] = spans;
    if (declared === undefined) throw new Error('nothing is marked');
    const index = indexOf(text);
    const symbol = index.symbolAt('fan.mof', declared.start);
    if (symbol === undefined) throw new Error('nothing is declared there');
    const references = index.referencesTo(symbol);
    expect(references.map(({ location }) => location.span)).toEqual(uses);
    expect(references.map(({ kind }) => kind).join(' ')).toBe(kinds);
    for (const { start, end } of uses) {
      for (const offset of [start, end]) {
        expect(index.symbolAt('fan.mof', offset)).toBe(symbol);
        const reference = index.referenceAt('fan.mof', offset);
        expect(reference && index.definitionOf(reference)?.span).toEqual(declared);
      }
    }
  });

  test.each([
    ['a class that nothing declares', 'class A : «B» {};'],
    ['a qualifier that nothing declares', '[«read»] class A {};'],
    ['a count that nothing declares', 'class A { [WmiSizeIs("«n»")] uint8 x[]; };'],
    [
      'a class that derives from itself',
      'class A : A {}; class B : A { [WmiSizeIs("«n»")] uint8 x[]; };',
    ],
  ])('%s has no symbol', (_what, mof) => {
    const { text, spans } = marked(mof);
    const index = indexOf(text);
    const reference = index.referenceAt('fan.mof', spans[0]?.start ?? -1);
    expect(reference?.location.span).toEqual(spans[0]);
    expect([reference?.symbol, reference && index.definitionOf(reference)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('places between names have no symbol', () => {
    const index = indexOf('class A  :  B {};');
    expect([
      index.symbolAt('fan.mof', 8),
      index.symbolAt('other.mof', 6),
      index.referenceAt('fan.mof', 400),
    ]).toEqual([undefined, undefined, undefined]);
  });
});

test('a class that is declared several times is one symbol', () => {
  const index = indexOf('class A; class A { uint32 x; }; class a { uint32 X; };');
  expect(index.symbols).toHaveLength(1);
  const [symbol] = index.symbols;
  expect(symbol?.name).toBe('A');
  expect(symbol?.declarations.map(({ isForward }) => isForward)).toEqual([true, false, false]);
  expect(symbol?.members.map(({ name, declarations }) => [name, declarations.length])).toEqual([
    ['x', 2],
  ]);
});

test('symbols are found in the files where they are written', () => {
  const files: Readonly<Record<string, string>> = {
    'base.mof': 'class Base { uint32 n; };',
    'part.inc': 'class Part : Base {};\n',
  };
  const main = '#include "part.inc"\n#pragma include("base.mof")\nclass Fan : Part {};';
  const index = indexOf(main, (path) => {
    const text = files[path];
    return text === undefined ? undefined : { name: path, bytes: bytesOf(text) };
  });
  expect(
    index.symbols.map(({ declarations }) => declarations.map((each) => shown(each.location))),
  ).toEqual([['part.inc 6-10 Part'], ['fan.mof 54-57 Fan'], ['base.mof 6-10 Base']]);
  const base = index.symbolAt('part.inc', 15);
  expect(base?.name).toBe('Base');
  const names = (entries: readonly OutlineEntry[]): unknown =>
    entries.map(({ symbol, members }) => [symbol.name, names(members)]);
  expect(names(index.outline('base.mof'))).toEqual([['Base', [['n', []]]]]);
  expect(names(index.outline('fan.mof'))).toEqual([['Fan', []]]);
});

test('a file that is included twice declares its classes once', () => {
  const main = '#include "a.inc"\n#include "a.inc"\n';
  const index = indexOf(main, () => ({
    name: 'a.inc',
    bytes: bytesOf('class A {}; instance of A {};'),
  }));
  expect(index.symbols.map(({ kind, declarations }) => [kind, declarations.length])).toEqual([
    ['class', 1],
    ['instance', 1],
  ]);
  expect(index.references).toHaveLength(1);
});

test('an outline has the form of its file', () => {
  const text = `qualifier Q : string;
    class A { uint32 x; void f([in] uint32 y); };
    instance of A as $B { x = 1; };`;
  const tree = (entries: readonly OutlineEntry[]): unknown =>
    entries.map(({ symbol, members, extent }) => [
      `${symbol.kind} ${symbol.name}`,
      text.slice(extent.span.start, extent.span.end).slice(0, 8),
      ...(members.length > 0 ? [tree(members)] : []),
    ]);
  expect(tree(indexOf(text).outline('fan.mof'))).toEqual([
    ['qualifier Q', 'qualifie'],
    [
      'class A',
      'class A ',
      [
        ['property x', 'uint32 x'],
        ['method f', 'void f([', [['parameter y', '[in] uin']]],
      ],
    ],
    ['instance A', 'instance'],
    ['alias B', 'instance'],
  ]);
});

test('an outline has the members of each declaration of a class', () => {
  const index = indexOf(
    'class A; class A { uint32 x; uint32 y; }; class A {}; class a { uint32 X; };',
  );
  expect(
    index.outline('fan.mof').map(({ members }) => members.map(({ extent }) => extent.span.start)),
  ).toEqual([[], [19, 29], [], [64]]);
});

describe('renaming', () => {
  /** The text with every edit applied, from the end. */
  function renamed(text: string, symbol: MofSymbol, index: SymbolIndex, name: string): string {
    return index
      .rename(symbol, name)
      .edits.toSorted((a, b) => b.location.span.start - a.location.span.start)
      .reduce(
        (rest, { location: { span }, newText }) =>
          rest.slice(0, span.start) + newText + rest.slice(span.end),
        text,
      );
  }

  test.each([
    ['a class', 'class «A» {}; class B : a { A x; };', 'class New {}; class B : New { New x; };'],
    [
      'a count, in strings too',
      'class A { uint32 «n»; [WmiSizeIs("N")] uint8 x[]; };',
      'class A { uint32 New; [WmiSizeIs("New")] uint8 x[]; };',
    ],
    [
      'a member and all that override it',
      'class A { uint32 n; }; class B : A { uint32 «n»; }; class C : B { uint32 n; };',
      'class A { uint32 New; }; class B : A { uint32 New; }; class C : B { uint32 New; };',
    ],
    [
      'an alias',
      'instance of A as $«X» {}; instance of B { y = $X; };',
      'instance of A as $New {}; instance of B { y = $New; };',
    ],
    [
      'a parameter',
      'class A { void f([in] uint32 «x»); };',
      'class A { void f([in] uint32 New); };',
    ],
    ['forward declarations', 'class A; class «A» {};', 'class New; class New {};'],
    [
      'a member of classes that derive from each other',
      'class A : B { uint32 n; }; class B : A { uint32 «n»; }; class C : A { uint32 n; };',
      'class A : B { uint32 New; }; class B : A { uint32 New; }; class C : A { uint32 New; };',
    ],
    [
      'a member of a class that derives from itself',
      'class A : A { uint32 «n»; }; class B : A { uint32 n; };',
      'class A : A { uint32 New; }; class B : A { uint32 New; };',
    ],
    [
      'a property, without the method of its name',
      'class A { uint32 n; void n(); }; class B : A { uint32 «n»; void n(); };',
      'class A { uint32 New; void n(); }; class B : A { uint32 New; void n(); };',
    ],
  ])('%s', (_what, mof, want) => {
    const { text, spans } = marked(mof);
    const index = indexOf(text);
    const symbol = index.symbolAt('fan.mof', spans[0]?.start ?? -1);
    if (symbol === undefined) throw new Error('nothing is declared there');
    expect(renamed(text, symbol, index, 'New')).toBe(want);
  });

  test('a place where a macro expands to the name is reported, and the macro is left alone', () => {
    const text = '#define BASE Fan\nclass Fan {}; class B : BASE {};';
    const index = indexOf(text);
    const symbol = index.symbols.find(({ name }) => name === 'Fan');
    if (symbol === undefined) throw new Error('nothing is declared');
    const { edits, blocked } = index.rename(symbol, 'Pump');
    expect(edits.map(({ location }) => shown(location))).toEqual(['fan.mof 23-26 Fan']);
    expect(blocked.map(shown)).toEqual(['fan.mof 41-45 BASE']);
  });

  test.each([
    ['class «A» {}; class New {};', 1],
    ['class «A» {}; qualifier New : string;', 0],
    ['class A { uint32 «x»; uint32 new; };', 1],
    ['class A { uint32 «x»; void New(); };', 1],
    ['class A { uint32 «x»; }; class New {};', 0],
  ])('%s clashes with %d', (mof, count) => {
    const { text, spans } = marked(mof);
    const index = indexOf(text);
    const symbol = index.symbolAt('fan.mof', spans[0]?.start ?? -1);
    expect(symbol && index.rename(symbol, 'New').clashes).toHaveLength(count);
  });

  test.each(['', '1a', 'a b', 'a-b', '$a', '"a"', ' a'])('%j is not a name', (name) => {
    const index = indexOf('class A {};');
    const [symbol] = index.symbols;
    expect(() => symbol && index.rename(symbol, name)).toThrow(RangeError);
  });

  test('an instance has no name of its own', () => {
    const [symbol] = indexOf('instance of A {};').symbols;
    expect(() => symbol && indexOf('').rename(symbol, 'B')).toThrow('no name of its own');
  });
});

/** Texts of many symbols: all that an editor looks up must be there. */
describe('many symbols', () => {
  const MANY = perRun({ thorough: 20_000, quick: 2000 });

  const many = (count: number, text: (n: number) => string): string =>
    Array.from({ length: count }, (_, n) => text(n)).join('\n');

  test.each([
    [
      'superclasses first',
      (n: number) => `class C${n}${n === 0 ? '' : ` : C${n - 1}`} { uint32 x; };`,
    ],
    ['superclasses last', (n: number) => `class C${n} : C${n + 1} { uint32 x; };`],
    ['a cycle', (n: number) => `class C${n} : C${(n + 1) % MANY} { uint32 x; };`],
  ])('a chain of classes, %s', (_what, text) => {
    const index = indexParsed(`${many(MANY, text)} instance of C500 { x = 1; };`);
    expect(index.symbols).toHaveLength(MANY + 1);
    const overriding = index.symbols.filter(({ members }) => members[0]?.overrides !== undefined);
    expect(overriding.length).toBeGreaterThanOrEqual(MANY - 1);
    const member = index.symbols[700]?.members[0];
    expect(member && index.rename(member, 'y').edits).toHaveLength(MANY + 1);
    expect(member && index.rename(member, 'y').clashes).toEqual([]);
  });

  test('initializers of an item that a distant superclass declares', () => {
    const chain = many(MANY, (n) =>
      n === 0 ? 'class C0 { uint32 x; };' : `class C${n} : C${n - 1} {};`,
    );
    const index = indexParsed(
      `${chain}\n${many(MANY, () => `instance of C${MANY - 1} { x = 1; };`)}`,
    );
    const member = index.symbols[0]?.members[0];
    expect(member && index.referencesTo(member)).toHaveLength(MANY);
  });

  test('a class that is declared in many places', () => {
    const text = many(MANY, (n) => `class A; class A { uint32 x; uint32 y${n}; };`);
    const index = indexParsed(text);
    const outline = index.outline('fan.mof');
    expect(outline).toHaveLength(2 * MANY);
    expect(outline.every(({ members }, at) => members.length === (at % 2) * 2)).toBe(true);
    for (let offset = 0; offset < text.length; offset += 10) index.symbolAt('fan.mof', offset);
  });

  test('a rename with many clashes', () => {
    const index = indexParsed(
      many(MANY, (n) => `class C${n}${n === 0 ? '' : ' : C0'} { uint32 x; void y(); };`),
    );
    const member = index.symbols[0]?.members[0];
    expect(member && index.rename(member, 'y').clashes).toHaveLength(MANY);
  });

  test('names that the text of one macro has', () => {
    const count = MANY / 4;
    const body = many(count, (n) => `class C${n} {};`).replaceAll('\n', ' ');
    const index = indexOf(`#define ALL ${body}\nALL`);
    const at = body.length + '#define ALL \n'.length;
    expect(index.symbols).toHaveLength(count);
    for (let round = 0; round < count; round += 1) {
      expect(index.symbolAt('fan.mof', at)?.kind).toBe('class');
    }
  });
});

/** Without an analysis, which takes longer. */
function indexParsed(text: string): SymbolIndex {
  const { value: tree } = parse(text);
  return indexSymbols([{ source: { name: 'fan.mof', text, encoding: 'utf-8' }, tree }]);
}
