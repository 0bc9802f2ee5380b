// Macros, conditionals and includes: what they expand to, and what is reported about wrong ones.
import { describe, expect, test } from 'vitest';
import { preprocessed } from './preprocessed.js';

describe('macros', () => {
  test.each<[title: string, given: string, want: string]>([
    ['a type', '#define STATUS uint32\nSTATUS a;', 'uint32 a;'],
    ['a number', '#define N 0x10 // sixteen\nMaxLen(N)', 'MaxLen( 0x10 )'],
    ['nothing', '#define PASS\n[PASS read]', '[ read]'],
    [
      'qualifiers over several lines',
      '#define Q \\\n  Values{"a", "b"}, \\\n  ValueMap{"0", "1"}\n[Q, read] uint32 a;',
      '[ Values{"a", "b"}, ValueMap{"0", "1"} , read] uint32 a;',
    ],
    ['blanks after the backslash', '#define Q a \\ \t\n b\nQ', 'a b'],
    ['CRLF', '#define Q a \\\r\n b\r\nQ', 'a b'],
    ['lone CR', '#define Q a \\\r b\rQ', 'a b'],
    ['a string over a continuation', '#define Q "a\\\nb"\nQ', '"ab"'],
    ['string pieces', '#define H "x\\n" \\\n"y"\ncpp_quote(H "z")', 'cpp_quote( "x\\n" "y" "z")'],
    ['case matters', '#define A 1\na A', 'a 1'],
    ['names as a whole', '#define A 1\nAA A1 _A ÄA A\u00e4 $A A', 'AA A1 _A ÄA A\u00e4 $A 1'],
    ['no part of a number', '#define x10 7\n0x10 1x10 1.x10 x10', '0x10 1x10 1.x10 7'],
    ['not in strings', '#define A 1\n"A \\" A" A', '"A \\" A" 1'],
    ['not in characters', "#define A 1\n'A' A", "'A' 1"],
    ['not in comments', '#define A 1\n/* A */ // A\nA', '/* A */ // A 1'],
    ['not in a string over lines', '#define A 1\n"a\nA\n" A', '"a A " 1'],
    ['not before its definition', 'A\n#define A 1\nA', 'A 1'],
    ['not after #undef', '#define A 1\nA\n#undef A\nA', '1 A'],
    [
      'not in a #pragma',
      '#define root r\n#pragma namespace("root")\nroot',
      '#pragma namespace("root") r',
    ],
    ['macros in macros', '#define A B B\n#define B C\n#define C 1\nA', '1 1'],
    ['not in strings of macros', '#define A "B"\n#define B 1\nA', '"B"'],
    ['not itself', '#define A A 1\nA', 'A 1'],
    ['not itself through another', '#define A B 1\n#define B A 2\nA B', 'A 2 1 B 1 2'],
    ['neighbours stay apart', '#define M -1\n-M M1 M"x"M', '- -1 M1 -1 "x" -1'],
    ['comments in a macro are blanks', '#define A 1/* a */+/* b\nc */2 // d\nA', '1 + 2'],
    ['a comment goes on with its line', '#define A 1 // a \\\n 2\nA', '1'],
    ['defined again alike', '#define A 1  2\n#define A 1 2\nA', '1 2'],
    ['parameters', '#define F(x, y) y x\nF(1, (2, 3)) F', '(2, 3) 1 F'],
    ['arguments over lines', '#define F(x, y) y x\nF /* ( */ (1 // )\n,\n2)\nA', '2 1 A'],
    ['no arguments', '#define F() 1\nF() F( ) F', '1 1 F'],
    ['empty arguments', '#define F(x, y) <x|y>\nF(,) F(1,) F(,2)', '< | > < 1| > < | 2>'],
    ['a blank before the parenthesis of a definition', '#define F (x) x\nF(1)', '(x) x (1)'],
    ['a list of parameters over lines', '#define F(x, \\\n y) x y\nF(1, 2)', '1 2'],
    [
      'a string of an argument',
      '#define S(x) #x\nS( a  "b\\n" /* c */ d ) S() S(\'"\')',
      '"a \\"b\\\\n\\" d" "" "\'\\"\'"',
    ],
    [
      'a string of what a macro expands to',
      '#define S(x) #x\n#define T(x) S(x)\n#define V 10\nS(V) T(V)',
      '"V" "10"',
    ],
    ['names joined', '#define J(x, y) x ## y\n#define AB 1\nJ(A, B) J(,B) J(A,) J(,)', '1 B A'],
    ['joined in a macro without parameters', '#define J A ## B\n#define AB 1\nJ', '1'],
    [
      'further arguments',
      '#define V(x, ...) x; __VA_ARGS__\nV(1, 2, 3) V(1) V(1,)',
      '1; 2, 3 1; 1;',
    ],
    [
      'the comma before further arguments',
      '#define V(x, ...) {x, ## __VA_ARGS__}\nV(1, 2) V(1)',
      '{1, 2} {1}',
    ],
    ['named further arguments', '#define V(x, more...) x more\nV(1, 2, 3)', '1 2, 3'],
    ['nested uses', '#define F(x) (x)\nF(F(F(1)))', '(((1)))'],
    ['a macro that names one with parameters', '#define F(x) x\n#define G F\nG(1) G', '1 F'],
    [
      'what becomes a use together with the text after it',
      '#define F(x) [x]\n#define G(x) F\nG(1)(2) G(1) (G(3)(4))',
      '[2] [[4]]',
    ],
    ['not itself with parameters', '#define F(x) F(x + 1)\nF(F(1))', 'F(F(1 + 1) + 1)'],
    [
      'the examples of ISO C, 6.10.3.5',
      '#define x 3\n#define f(a) f(x * (a))\n#undef x\n#define x 2\n#define g f\n#define z z[0]\n#define h g(~\n' +
        '#define m(a) a(w)\n#define w 0,1\n#define t(a) a\n#define p() int\n#define q(x) x\n#define r(x,y) x ## y\n' +
        '#define str(x) # x\nf(y+1) + f(f(z)) % t(t(g)(0) + t)(1);\ng(x+(3,4)-w) | h 5) & m\n(f)^m(m);\n' +
        'p() i[q()] = { q(1), r(2,3), r(4,), r(,5), r(,) };\nchar c[2][6] = { str(hello), str() };',
      'f(2 * (y+1)) + f(2 * (f(2 * (z[0])))) % f(2 * (0)) + t (1); f(2 * (2 +(3,4)-0,1)) | f(2 * (~ 5)) & f(2 * (0,1)) ^ m(0,1) ; ' +
        'int i[ ] = { 1 , 23 , 4 , 5 , }; char c[2][6] = { "hello" , "" };',
    ],
    ['not in strings of arguments', '#define F(x) x\n#define A 1\nF("A(,)" A)', '"A(,)" 1'],
    ['a string over lines in an argument', '#define F(x) x\nF("a\n)" b)', '"a )" b'],
    ['a sign and its digits', '#define N 1\n#define F(x) x\n-N - N =-F(2)', '-1 - 1 =-2'],
    ['no-break spaces around a macro', '#define\u00a0A\u00a01\nA\u00a0A', '1 1'],
    ['blanks around #', ' \t# \t define A 1\nA', '1'],
    ['after a comment', '/* a */ # define A 1\nA', '/* a */ 1'],
    ['# in the middle of a line is no directive', '#define A 1\nA # define B', '1 # define B'],
    ['directives in any case', '#DEFINE A 1\n#Undef A\nA', 'A'],
    ['line markers are left out', '#line 7 "a.mof"\n# 8 "b.mof" 1\n#\n#ident "c"\nA', 'A'],
    ['a macro beyond ASCII', '#define GRÖSSE 4\nGRÖSSE', '4'],
    ['embedded marks are white space', '\uFEFF#define A 1\n\uFEFFA', '1'],
    ['form feeds are white space', '\f#define\fA\f1\n\fA\f', '1'],
    ['no line end', 'A\n#define A 1', 'A'],
    ['backslash at the end', '#define A 1 \\', ''],
  ])('%s', (_title, given, want) => {
    const { text, findings } = preprocessed(given);
    expect(findings).toEqual([]);
    expect(text).toBe(want);
  });

  test.each<[given: string, want: string]>([
    ['class A { string a = "#define X 1"; };', 'no directive'],
    ['#pragma namespace("x")\n# pragma autorecover\nclass A {};', 'pragmas only'],
    ['', 'nothing'],
  ])('a text without directives is the same object: %j', (given) => {
    const { result, main } = preprocessed(given);
    expect(result).toBe(main);
  });

  test.each<[given: string, defines: string[], want: string]>([
    ['A', ['A'], '1'],
    ['A', ['A=uint32'], 'uint32'],
    ['A', ['A='], ''],
    ['A', ['A=B', 'B=2'], '2'],
    ['A B', ['A=1', 'A=2'], '2 B'],
    ['#ifdef A\nyes\n#endif', ['A='], 'yes'],
    ['#undef A\nA', ['A'], 'A'],
  ])('%j with -D %j', (given, defines, want) => {
    expect(preprocessed(given, {}, defines).text).toBe(want);
  });
});

describe('conditionals', () => {
  test.each<[given: string, want: string]>([
    ['#if 1\na\n#endif\nb', 'a b'],
    ['#if 0\na\n#endif\nb', 'b'],
    ['#if 0\na\n#else\nb\n#endif', 'b'],
    ['#if 0\na\n#elif 1\nb\n#elif 1\nc\n#else\nd\n#endif', 'b'],
    ['#if 1\na\n#elif 1 +\nb\n#endif', 'a'],
    ['#ifdef A\na\n#else\nb\n#endif', 'b'],
    ['#define A\n#ifdef A // a\na\n#endif', 'a'],
    ['#ifndef A\na\n#endif', 'a'],
    [
      '#if 0\n#if 1\na\n#else\nb\n#endif\n#define B 1\n#error no\n#include "no"\n#else\nB\n#endif',
      'B',
    ],
    ['#if 1\n#if 0\na\n#endif\nb\n#endif', 'b'],
    ['#if 0\ndon\'t "\n#endif\na', 'a'],
    ['#if 0\n/*\n#endif\n*/\n#else\na\n#endif', 'a'],
    ['#if 0 // /*\n#endif\na', 'a'],
    ['#if 0\n// /*\n#endif\na', 'a'],
    ['#if 0\n"/*\n#endif\na', 'a'],
    ['class A {\n#if 1\n uint8 a;\n#endif\n};', 'class A { uint8 a; };'],
    ['#define N 3\n#if N > 2 && defined(N) && !defined M\na\n#endif', 'a'],
    ['#define E defined(N)\n#if \\\n 1\na\n#endif', 'a'],
    ['#define A B\n#define B 2\n#if A == 2\na\n#endif', 'a'],
    [
      '#define P(x) (x)\n#define D (F == 100)\n#define F 100\n#if P(D) && !P(X | Y)\na\n#endif',
      'a',
    ],
    ['#define T(x, y) x ## y == y ## x\n#if T(1, 1)\na\n#endif', 'a'],
    ['#define Q(x) defined x\n#if Q(Q) && !Q(R)\na\n#endif', 'a'],
    ['#define F(x) x\n#if defined F && F(F) == 0 && F(F(1)) == 1\na\n#endif', 'a'],
    ['#if defined(__has_include) && __has_include("no.h")\na\n#else\nb\n#endif', 'b'],
    ['#define N "main.mof"\n#if __has_include(N) && __has_include(<main.mof>)\na\n#endif', 'a'],
    ['#ifdef __has_include\na\n#endif', 'a'],
    ['#if defined\\\n(A) || 1 /* b\nc */ \na\n#endif', 'a'],
  ])('%j is %j', (given, want) => {
    const { text, findings } = preprocessed(given);
    expect(findings).toEqual([]);
    expect(text).toBe(want);
  });
});

describe('includes', () => {
  const files = {
    'a.mof': 'class A {};\n',
    'b.mof': '#define B uint8\n',
    'outer.mof': '#include "a.mof"\nX\n',
    'guarded.mof':
      '/* g */\n#ifndef G_MOF\n#define G_MOF\n#include "guarded.mof"\nclass G {};\n#endif\n',
    'once.mof': '#pragma once\nclass O {};\n#include "once.mof"\n',
    'half.mof': '#if 1\nhalf',
    'c.h':
      '#ifndef C_H\n#define C_H\n#include <windows.h>\n#pragma pack(push, 1)\ntypedef struct { char c; } S; /* { */\n' +
      '#define MAX_NAME 223\n#define CALL(x) (x)\n#ifndef MOFCOMP_PASS\n#define TYPE enum\n#else\n#define TYPE uint32\n#endif\n' +
      'const char* it = "don\'t";\n#if defined(__cplusplus)\nextern "C" {\n#endif\n#endif\n',
    'late.H': '#define LATE 1\nint x;',
  };

  test.each<[title: string, given: string, want: string]>([
    ['in quotes', '#include "a.mof"\nb', 'class A {}; b'],
    ['in angle brackets', '#include <a.mof>\nb', 'class A {}; b'],
    ['in parentheses', '#include ("a.mof")\nb', 'class A {}; b'],
    ['in pieces', '#include("a" ".mof")\nb', 'class A {}; b'],
    ['by a macro', '#define F "a.mof"\n#include F\nb', 'class A {}; b'],
    ['with a comment', '#include "a.mof" // all\nb', 'class A {}; b'],
    ['its macros are known after it', 'B a; \n#include "b.mof"\nB b;', 'B a; uint8 b;'],
    ['it knows the macros before it', '#define X 1\n#include "outer.mof"', 'class A {}; 1'],
    ['twice is twice', '#include "a.mof"\n#include "a.mof"', 'class A {}; class A {};'],
    ['a guard', '#include "guarded.mof"\n#include "guarded.mof"', '/* g */ class G {}; /* g */'],
    ['#pragma once', '#include "once.mof"\n#include "once.mof"\nb', 'class O {}; b'],
    ['within a class', 'class X {\n#include "b.mof"\nB b;\n};', 'class X { uint8 b; };'],
    [
      'macros of a C header, nothing else of it',
      '#include "c.h"\nMAX_NAME TYPE CALL(1)',
      '223 enum (1)',
    ],
    ['a C header that knows it', '#define MOFCOMP_PASS\n#include "c.h"\nTYPE', 'uint32'],
    ['a C header in capitals', '#include "late.H"\nLATE', '1'],
  ])('%s', (_title, given, want) => {
    const { text, findings } = preprocessed(given, files);
    expect(findings).toEqual([]);
    expect(text).toBe(want);
  });

  test('a conditional ends with its included file', () => {
    const { findings, text } = preprocessed('#include "half.mof"\nb\n#endif', files);
    expect(text).toBe('half b');
    expect(findings).toEqual([
      "half.mof:1:1 MOF1304 '#if' without '#endif'",
      "main.mof:3:1 MOF1305 '#endif' without '#if'",
    ]);
  });
});

describe('faults', () => {
  test.each<[given: string, want: string[], text?: string]>([
    ['#define\nA', ["main.mof:1:1 MOF1301 '#define' takes the name of a macro"]],
    ['#define "a"\nA', ["main.mof:1:1 MOF1301 '#define' takes the name of a macro"]],
    ['#define defined 1\nA', ["main.mof:1:1 MOF1301 '#define' takes the name of a macro"]],
    ['#undef 1\nA', ["main.mof:1:1 MOF1301 '#undef' takes the name of a macro"]],
    ['#define F(x\nA', ['main.mof:1:10 MOF1301 the list of parameters has no end']],
    ['#define F(1) x\nA', ['main.mof:1:10 MOF1301 a list of parameters holds names and commas']],
    ['#define F(x,) x\nA', ['main.mof:1:10 MOF1301 a list of parameters holds names and commas']],
    ['#define F(x, x) x\nA', ["main.mof:1:10 MOF1301 the parameter 'x' is there twice"]],
    ['#define F(..., x) x\nA', ["main.mof:1:10 MOF1301 '...' is the last parameter"]],
    ['#define F(__VA_ARGS__)\nA', ["main.mof:1:10 MOF1301 '__VA_ARGS__' represents '...'"]],
    ['#define F(x) #y\nA', ["main.mof:1:14 MOF1301 '#' takes a parameter of the macro"]],
    ['#define F(x) ## x\nA', ["main.mof:1:14 MOF1301 '##' joins two tokens"]],
    ['#define F x ##\nA', ["main.mof:1:11 MOF1301 '##' joins two tokens"]],
    [
      '#define F(x) x\n#define F(y) y\nA',
      ["main.mof:2:9 MOF1302 the macro 'F' is defined again with another text"],
    ],
    [
      '#define F(x, y) x\nF(1)',
      ["main.mof:2:1 MOF1420 the macro 'F' takes 2 arguments, and 1 is given"],
      '1',
    ],
    [
      '#define F() 1\nF(1, 2)',
      ["main.mof:2:1 MOF1420 the macro 'F' takes 0 arguments, and 2 are given"],
      '1',
    ],
    [
      '#define F(x, y, ...) x\n#define G F(1)\nG',
      ["main.mof:3:1 MOF1420 the macro 'F' takes at least 2 arguments, and 1 is given"],
      '1',
    ],
    [
      '#define F(x) x\nF(1 F(2 b',
      ["main.mof:2:1 MOF1421 the arguments of the macro 'F' have no end"],
      '1 F(2 b',
    ],
    [
      '#define F(x) x\nF(1\n#define A 2\n) A',
      ["main.mof:2:1 MOF1421 the arguments of the macro 'F' have no end"],
      '1 ) 2',
    ],
    [
      '#define F(x, y) x ## y\nF(a, +)',
      ["main.mof:2:3 MOF1422 'a' and '+' make no single token"],
      'a +',
    ],
    ['#if F(1)\n#else\nA\n#endif', ["main.mof:1:5 MOF1306 'F' is no macro that is known here"]],
    [
      '#define F(x) x\n#if F(1, 2)\n#else\nA\n#endif',
      ["main.mof:2:5 MOF1306 the macro 'F' takes 1 argument, and 2 are given"],
    ],
    [
      '#if defined(\n#else\nA\n#endif',
      ["main.mof:1:5 MOF1306 'defined' takes the name of a macro"],
    ],
    [
      '#if __has_include(a)\n#else\nA\n#endif',
      ["main.mof:1:5 MOF1306 '__has_include' takes the name of a file"],
    ],
    [
      '#define X 1\n#define X 2\nA',
      ["main.mof:2:9 MOF1302 the macro 'X' is defined again with another text"],
    ],
    ['#else\nA', ["main.mof:1:1 MOF1305 '#else' without '#if'"]],
    ['#elif 1\nA', ["main.mof:1:1 MOF1305 '#elif' without '#if'"]],
    ['A\n  #endif', ["main.mof:2:3 MOF1305 '#endif' without '#if'"]],
    ['#if 0\n#else\nA\n#else\n#endif', ["main.mof:4:1 MOF1305 '#else' after '#else'"]],
    ['#if 0\n#else\nA\n#elif 1\n#endif', ["main.mof:4:1 MOF1305 '#elif' after '#else'"]],
    ['A\n#ifdef X\n', ["main.mof:2:1 MOF1304 '#ifdef' without '#endif'"]],
    ['#ifdef\n#else\nA\n#endif', ["main.mof:1:1 MOF1306 '#ifdef' takes the name of a macro"]],
    ['#if\n#else\nA\n#endif', ['main.mof:1:1 MOF1306 a value is missing at the end']],
    ['#if 1/0\n#else\nA\n#endif', ['main.mof:1:5 MOF1306 division by zero']],
    ['A\n#error  too old\n', ['main.mof:2:1 MOF1308 #error: too old']],
    ['A\n#warning old\n', ['main.mof:2:1 MOF1309 #warning: old']],
    ['A\n#include\n', ["main.mof:2:1 MOF1006 '#include' takes one file name"]],
    ['A\n#include a.mof\n', ["main.mof:2:1 MOF1006 '#include' takes one file name"]],
    ['A\n#include "no.mof"\n', ["main.mof:2:10 MOF1004 cannot read 'no.mof'"]],
    [
      'A\n#include <no.h>\n',
      ["main.mof:2:10 MOF1008 the C header 'no.h' is not found, its macros are unknown"],
    ],
    ['A\n#include "main.mof"\n', ["main.mof:2:10 MOF1005 'main.mof' includes itself"]],
    ['A\n#define X /* a', ['main.mof:2:11 MOF1102 this comment has no end']],
  ])('%j', (given, want, text = 'A') => {
    const result = preprocessed(given);
    expect(result.findings).toEqual(want);
    expect(result.text).toBe(text);
  });

  test('a cycle of files names each file of the cycle', () => {
    const { diagnostics, findings } = preprocessed('#include "a.mof"\n', {
      'a.mof': '#include "b.mof"\n',
      'b.mof': '\n#include "a.mof"\n',
    });
    expect(findings).toEqual(["b.mof:2:10 MOF1005 'a.mof' includes itself"]);
    expect(diagnostics[0]?.help).toBe('the way round is a.mof -> b.mof -> a.mof');
  });

  test('an unknown directive stays in the text, for the parser to report', () => {
    expect(preprocessed('#define A 1\n#import "x"\nA').text).toBe('#import "x" 1');
  });
});
