// The location of diagnostics in texts from macros and included files.
import { expect, test } from 'vitest';
import { analyze } from '../../src/generate.js';
import { originOf } from '../../src/text/composition.js';
import { positionAt, type SourceFile } from '../../src/text/source-file.js';
import { placed, preprocessed } from './preprocessed.js';

function show(given: string, files: Readonly<Record<string, string>> = {}): string[] {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const { diagnostics } = analyze(bytes(given), 'main.mof', (path) => {
    const text = files[path];
    return text === undefined ? undefined : { name: path, bytes: bytes(text) };
  });
  return diagnostics.flatMap(({ code, location, related }) => [
    `${placed(location)} ${code} '${textOf(location)}'`,
    ...related.map(
      (each) => `  ${placed(each.location)} '${textOf(each.location)}' ${each.message}`,
    ),
  ]);
}

function textOf(
  location: { source: SourceFile; span: { start: number; end: number } } | undefined,
) {
  return location?.source.text.slice(location.span.start, location.span.end);
}

test.each<[title: string, given: string, want: string[], files?: Record<string, string>]>([
  [
    'before, in and after a macro',
    '#define N 08\nclass A { uint8 a = 09; uint8 b = N; uint8 c = 07x; };',
    [
      "main.mof:2:21 MOF1103 '09'",
      "main.mof:2:35 MOF1103 'N'",
      "  main.mof:1:11 '08' in the text of the macro 'N'",
      "main.mof:2:48 MOF1103 '07x'",
    ],
  ],
  [
    'in a macro over several lines',
    '#define Q \\\n  Values{"a"}, \\\n  Max(08)\n[Q] class A {};',
    ["main.mof:4:2 MOF1103 'Q'", "  main.mof:3:7 '08' in the text of the macro 'Q'"],
  ],
  [
    'in a macro in a macro',
    '#define M 08\n#define Q Max(M)\n[Q] class A {};',
    [
      "main.mof:3:2 MOF1103 'Q'",
      "  main.mof:1:11 '08' in the text of the macro 'M'",
      "  main.mof:2:15 'M' which is in the text of the macro 'Q'",
    ],
  ],
  [
    'in a macro of a C header',
    '#include "a.h"\nclass A { uint8 a = N; };',
    ["main.mof:2:21 MOF1103 'N'", "  a.h:1:11 '08' in the text of the macro 'N'"],
    { 'a.h': '#define N 08\n' },
  ],
  [
    'in an included file, and after it',
    '#include "a.mof"\nclass B { uint8 a = 09; };',
    [
      "main.mof:2:21 MOF1103 '09'",
      "a.mof:2:21 MOF1103 '08'",
      '  main.mof:1:10 \'"a.mof"\' included here',
    ],
    { 'a.mof': '\nclass A { uint8 a = 08; };' },
  ],
  [
    'in an included file that another one includes',
    '\n#include "a.mof"\n',
    [
      "b.mof:1:21 MOF1103 '08'",
      '  a.mof:1:10 \'"b.mof"\' included here',
      '  main.mof:2:10 \'"a.mof"\' included here',
    ],
    { 'a.mof': '#include "b.mof"', 'b.mof': 'class A { uint8 a = 08; };' },
  ],
  [
    'what is missing after a macro is missing after its name',
    '#define T uint32 a\nclass A {\n  T\n  uint8 b;\n};',
    ["main.mof:3:4 MOF1201 ''", "  main.mof:1:18 'a' in the text of the macro 'T'"],
  ],
  [
    'in an argument',
    '#define ITEM(type, n) type b = n;\nclass A { ITEM(uint8,\n 08) };',
    ["main.mof:3:2 MOF1103 '08'"],
  ],
  [
    'in an argument of a macro that gives it to another',
    '#define VALUE(n) = n\n#define ITEM(n) uint8 b VALUE(n);\nclass A { ITEM(08) };',
    ["main.mof:3:16 MOF1103 '08'"],
  ],
  [
    'in the text of a macro with parameters',
    '#define ITEM(n) uint8 n = 08;\nclass A { ITEM( b ) };',
    ["main.mof:2:11 MOF1103 'ITEM( b )'", "  main.mof:1:27 '08' in the text of the macro 'ITEM'"],
  ],
  [
    'in a macro with parameters in a macro',
    '#define VALUE(n) 08\n#define ITEM uint8 b = VALUE(1);\nclass A { ITEM };',
    [
      "main.mof:3:11 MOF1103 'ITEM'",
      "  main.mof:1:18 '08' in the text of the macro 'VALUE'",
      "  main.mof:2:24 'VALUE(1)' which is in the text of the macro 'ITEM'",
    ],
  ],
  [
    'in what ## makes',
    '#define OCTAL(n) 0 ## n\nclass A { uint8 b = OCTAL(8); };',
    ["main.mof:2:21 MOF1103 'OCTAL(8)'", "  main.mof:1:18 '0' in the text of the macro 'OCTAL'"],
  ],
  [
    'in what # makes',
    '#define TEXT(x) [Description(#x)]\nTEXT(\\q) class A {};',
    ["main.mof:2:1 MOF1105 'TEXT(\\q)'", "  main.mof:1:31 'x' in the text of the macro 'TEXT'"],
  ],
  [
    'after a macro with parameters',
    '#define ITEM(n) uint8 n\nclass A {\n  ITEM(b)\n  uint8 c = 08;\n};',
    ["main.mof:3:9 MOF1201 ''", "main.mof:4:13 MOF1103 '08'"],
  ],
  [
    'a later stage',
    '#define T Missing\nclass A { T a; };',
    ["main.mof:2:11 MOF2007 'T'", "  main.mof:1:11 'Missing' in the text of the macro 'T'"],
  ],
  [
    'something that a macro is a part of',
    '#define P "b.mof", "c"\n#pragma include("a.mof"\n, P)',
    ['main.mof:2:1 MOF1006 \'#pragma include("a.mof"\n, P)\''],
  ],
])('%s', (_title, given, want, files) => {
  expect(show(given, files)).toEqual(want);
});

test('every character that was not replaced is where it was', () => {
  const text =
    'a\n#define N x y\nbb N cc N\n#if 0\nno\n#endif\n/* N */ "N" dd\n#include "i.mof"\nee';
  const { result } = preprocessed(text, { 'i.mof': 'ii N\njj' });
  for (const match of result.text.matchAll(/[a-j]{2}/g)) {
    const span = { start: match.index, end: match.index + 2 };
    const { place } = originOf({ source: result, span });
    expect(place.source.text.slice(place.span.start, place.span.end)).toBe(match[0]);
    expect(positionAt(place.source, place.span.start).line).toBeGreaterThan(0);
  }
});
