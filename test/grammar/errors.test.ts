// Messages and places of syntax errors: one mistake of the writer is one problem.
import { expect, test } from 'vitest';
import { parse } from '../../grammar/index.js';
import { problemsOf } from './parsing.js';

test.each<[given: string, want: string]>([
  [
    'class A { uint32 TailLit }; class B { uint32 c; };',
    "1:25 MOF1201 expected ';' after the property 'TailLit'",
  ],
  ['class A { uint32 a\n uint32 b; };', "1:19 MOF1201 expected ';' after the property 'a'"],
  [
    'class A { uint32 a uint32 b; };',
    "1:19 MOF1201 expected ';' after the property 'a', found 'uint32'",
  ],
  ['class A { A ref a\n uint32 b; };', "1:18 MOF1201 expected ';' after the reference 'a'"],
  ['class A { uint32 f()\n uint32 b; };', "1:21 MOF1201 expected ';' after the method 'f'"],
  ['class { uint32 a; };', "1:7 MOF1201 expected a class name after 'class', found '{'"],
  ['class : B { uint32 a; };', "1:7 MOF1201 expected a class name after 'class', found ':'"],
  [
    'class A B { uint32 a; };',
    "1:9 MOF1201 expected '{' or ';' after the class name 'A', found 'B'",
  ],
  ['class A : { };', "1:11 MOF1201 expected a class name after ':', found '{'"],
  ['class A as B { };', "1:12 MOF1201 expected an alias after 'as', found 'B'"],
  ['class A { uint32 a; }', "1:22 MOF1201 expected ';' after the class 'A'"],
  ['class A { uint32 a; }\nclass B {};', "1:22 MOF1201 expected ';' after the class 'A'"],
  [
    'class A { uint32 a;',
    "1:20 MOF1201 expected '}' at the end of the class 'A', found the end of the text",
  ],
  [
    'class A { uint32 a;\nclass B { uint32 b; };',
    "1:20 MOF1201 expected '}' at the end of the class 'A', found 'class'",
  ],
  [
    'class A { uint32 a;\n[WMI] class B { uint32 b; };',
    "2:1 MOF1201 expected '}' at the end of the class 'A', found 'class'",
  ],
  [
    'class A { uint32 a;\ninstance of B { b = 1; };',
    "1:20 MOF1201 expected '}' at the end of the class 'A', found 'instance'",
  ],
  [
    'class A { uint32 a;\n#pragma autorecover\n',
    "1:20 MOF1201 expected '}' at the end of the class 'A', found '#pragma'",
  ],
  [
    'class A { [read] uint32; uint32 b; };',
    "1:24 MOF1201 expected a property or method name after 'uint32', found ';'",
  ],
  [
    'class A { uint32 = 5; };',
    "1:18 MOF1201 expected a property or method name after 'uint32', found '='",
  ],
  ['class A { 5; uint32 a; };', "1:11 MOF1201 expected a property, a method or '}', found '5'"],
  ['class A { uint32 a = ; uint32 b; };', "1:22 MOF1201 expected a value after '=', found ';'"],
  ['class A { uint32 a = 5 6; };', "1:23 MOF1201 expected ';' after the property 'a', found '6'"],
  [
    'class A { uint32 a [read] uint32 b; };',
    "1:19 MOF1201 expected ';' after the property 'a', found '['",
  ],
  [
    'class A { uint32 a [WmiDataId(2), read] uint32 b; };',
    "1:19 MOF1201 expected ';' after the property 'a', found '['",
  ],
  [
    'class A { uint32 a[x]; };',
    "1:20 MOF1201 expected a length or ']' after '[', found 'x', which is not a macro",
  ],
  [
    'class A { uint32 a[4; };',
    "1:21 MOF1201 expected ']' after the length of the array, found ';'",
  ],
  [
    'class A { uint32 a[-1]; };',
    "1:20 MOF1201 the length of an array is a positive integer, found '-1'",
  ],
  [
    'class A { uint32 a[1.5]; };',
    "1:20 MOF1201 the length of an array is a positive integer, found '1.5'",
  ],
  [
    'class A { uint32 f([in] uint32); };',
    "1:31 MOF1201 expected a parameter name after 'uint32', found ')'",
  ],
  [
    'class A { uint32 f(; uint32 b; };',
    "1:20 MOF1201 expected a parameter or ')' after '(', found ';'",
  ],
  [
    'class A { uint32 f(uint32 b; };',
    "1:28 MOF1201 expected ',' or ')' after the parameter 'b', found ';'",
  ],
  ['class A { uint32 f(uint32 a, ); };', "1:30 MOF1201 expected a type after ',', found ')'"],
  [
    'class A { [read write] uint32 a; };',
    "1:17 MOF1201 expected ',' or ']' after the qualifier 'read', found 'write'",
  ],
  [
    'class A { [read uint32 a; uint32 b; };',
    "1:17 MOF1201 expected ',' or ']' after the qualifier 'read', found 'uint32'",
  ],
  ['class A { [bad(] uint32 b; uint32 c; };', "1:16 MOF1201 expected a value after '(', found ']'"],
  [
    'class A { [Description("a" foo)] uint32 a; };',
    "1:28 MOF1201 expected ',' or ')' after the value, found 'foo'",
  ],
  [
    'class A { [Values{"a","b"}}] uint32 a; uint32 b; };',
    "1:27 MOF1201 expected ',' or ']' after the qualifier 'Values', found '}'",
  ],
  [
    'class A { [Values{"a","b"] uint32 a; uint32 b; };',
    "1:26 MOF1201 expected ',' or '}' after the value, found ']'",
  ],
  ['class A { [a,,b] uint32 a; };', "1:14 MOF1201 expected a qualifier name after ',', found ','"],
  [
    'class A { [,] uint32 a; };',
    "1:12 MOF1201 expected a qualifier name or ']' after '[', found ','",
  ],
  ['class A { [a : ] uint32 a; };', "1:16 MOF1201 expected a flavor after ':', found ']'"],
  [
    'class A { [a : amended read] uint32 a; };',
    "1:24 MOF1201 expected ',' or ']' after the qualifier 'a', found 'read'",
  ],
  [
    '[WMI, guid("x") class A { uint32 a; };',
    "1:17 MOF1201 expected ',' or ']' after the qualifier 'guid', found 'class'",
  ],
  [
    '[WMI guid("x")] class A { uint32 a; };',
    "1:6 MOF1201 expected ',' or ']' after the qualifier 'WMI', found 'guid'",
  ],
  [
    '[WMI] foo',
    "1:7 MOF1201 expected 'class' or 'instance of' after the qualifier list, found 'foo'",
  ],
  [
    'class A { uint32 a = {1, 2; uint32 b; };\nclass B {};',
    "1:27 MOF1201 expected ',' or '}' after the value, found ';'",
  ],
  ['class A { uint32 a = {1,,2}; };', "1:25 MOF1201 expected a value after ',', found ','"],
  ['instance A { x = 1; };', "1:10 MOF1201 expected 'of' after 'instance', found 'A'"],
  [
    'instance of A { x = 1, y = 2; };',
    "1:22 MOF1201 expected ';' after the property 'x', found ','",
  ],
  ['instance of A { x = 1; y };', "1:25 MOF1201 expected ';' after the property 'y'"],
  [
    'instance of A { x = instance of B { y = 1 }; };',
    "1:42 MOF1201 expected ';' after the property 'y'",
  ],
  [
    'instance of A { x = instance of B { y = ; z = 2; }; w = 3; };',
    "1:41 MOF1201 expected a value after '=', found ';'",
  ],
  ['instance of A { 5; };', "1:17 MOF1201 expected a property or '}', found '5'"],
  ['qualifier X;', "1:12 MOF1201 expected ':' after 'X', found ';'"],
  ['qualifier X : foo = 1;', "1:15 MOF1201 expected a data type or a flavor, found 'foo'"],
  ['qualifier X : boolean = false, scope(blah);', "1:38 MOF1201 unknown scope 'blah'"],
  ['qualifier X : boolean = false, flavor(Foo);', "1:39 MOF1201 unknown flavor 'Foo'"],
  [
    'qualifier X : boolean, foo(any);',
    "1:24 MOF1201 expected 'scope' or 'flavor' after ',', found 'foo'",
  ],
  [
    'qualifier X : boolean scope(any);',
    "1:22 MOF1201 expected ';' after the qualifier declaration 'X', found 'scope'",
  ],
  [
    '[a(1): Description("x"), d : Restricted] class A { };',
    "1:6 MOF1201 expected ',' before the next qualifier, found ':'",
  ],
  [
    '[a, b : c{1}, d : Restricted] class A { };',
    "1:7 MOF1201 expected ',' before the next qualifier, found ':'",
  ],
  [
    '[a : Amended : ToSubclass] class A { };',
    "1:14 MOF1201 expected ',' or ']' after the qualifier 'a', found ':'",
  ],
  ['qualifier X : ToInstance Foo;', "1:26 MOF1201 unknown flavor 'Foo'"],
  [
    'foo bar;',
    "1:1 MOF1201 expected a class, an instance, a qualifier declaration or a directive, found 'foo'",
  ],
  ['class A {}; }; class B {};', "1:13 MOF1201 unexpected '}'"],
  ['#pragma\nclass A {};', "1:8 MOF1201 expected a directive name after '#pragma', found 'class'"],
  [
    '#pragma [\n[abstract] class A {};',
    "1:9 MOF1201 expected a directive name after '#pragma', found '['",
  ],
  [
    '#pragma [("en")\nclass A {};',
    "1:9 MOF1201 expected a directive name after '#pragma', found '['",
  ],
  [
    '#pragma )("en")\nclass A {};',
    "1:9 MOF1201 expected a directive name after '#pragma', found ')'",
  ],
  [
    '#pragma [abstract] class A {};',
    "1:9 MOF1201 expected a directive name after '#pragma', found '['",
  ],
  [
    '#pragma classflags classflags("forceupdate")\nclass A {};',
    "1:20 MOF1201 expected '(' after 'classflags', found 'classflags'",
  ],
  ['#pragma namespace,"x")\nclass A {};', "1:18 MOF1201 expected '(' after 'namespace', found ','"],
  [
    '#pragma namespace("a" "b"',
    "1:26 MOF1201 expected ',' or ')' after the argument, found the end of the text",
  ],
  [
    '#pragma namespace("a"; class A {};',
    "1:22 MOF1201 expected ',' or ')' after the argument, found ';'",
  ],
  ['#pragma classflags(-1)', "1:20 MOF1201 a directive argument is a positive integer, found '-1'"],
  [
    '#pragma classflags(=)\nclass A {};',
    "1:20 MOF1201 expected an argument or ')' after '(', found '='",
  ],
  [
    'class A { void M([in] uint8 x; [in] uint8 y[2]); uint32 b; };',
    "1:30 MOF1201 expected ',' or ')' after the parameter 'x', found ';'",
  ],
  [
    'class A { void M(uint8 x; uint8 y); void N(uint8 z); };',
    "1:25 MOF1201 expected ',' or ')' after the parameter 'x', found ';'",
  ],
  [
    'class A { uint8 a;\n#pragma autorecover\n [read] uint8 b; };',
    '2:1 MOF1201 a directive must be outside of classes and instances',
  ],
  [
    'class A { uint8 a;\n#pragma namespace("a")\n};\nclass B {};',
    '2:1 MOF1201 a directive must be outside of classes and instances',
  ],
  [
    'instance of A { x = 1;\n#pragma namespace("a")\n y = 2; };',
    '2:1 MOF1201 a directive must be outside of classes and instances',
  ],
  [
    'class A { uint32 a;\n#pragma autorecover\n[WMI, guid("x")] class B { };',
    "1:20 MOF1201 expected '}' at the end of the class 'A', found '#pragma'",
  ],
  [
    '#define X 1 \\\n 2\nclass A {};',
    "1:1 MOF1204 the preprocessor directive '#define' is not supported",
  ],
  ['class A { }; # define', "1:14 MOF1101 unexpected character '#' (U+0023)"],
  [
    'structure S { uint32 a; };\nclass A {};',
    "1:1 MOF1201 'structure' begins a construct of MOF 3 (DSP0221), which is not supported",
  ],
  [
    'enumeration E : uint32 { a = 1 };\nclass A {};',
    "1:1 MOF1201 'enumeration' begins a construct of MOF 3 (DSP0221), which is not supported",
  ],
  [
    '[x] association S { uint32 a; };',
    "1:5 MOF1201 'association' begins a construct of MOF 3 (DSP0221), which is not supported",
  ],
  [
    'class A { structure S { uint8 a; uint8 b; }; uint8 c; };',
    "1:11 MOF1201 'structure' begins a construct of MOF 3 (DSP0221), which is not supported",
  ],
  [
    'class A { [x] enumeration E : uint8 { b = 1, c = 2 }; uint8 c; };',
    "1:15 MOF1201 'enumeration' begins a construct of MOF 3 (DSP0221), which is not supported",
  ],
  [
    'class A { A b = value of A { x = 1; y = 2; }; uint8 c; };',
    "1:17 MOF1201 'value' begins a construct of MOF 3 (DSP0221), which is not supported",
  ],
  [
    'instance of A { X = 1; [dynamic] class B { uint8 a; };',
    "1:24 MOF1201 expected '}' at the end of the instance of 'A', found 'class'",
  ],
  [
    'class A { uint8 a;\n\n// and then\n\n5;\nuint8 b; };',
    "5:1 MOF1201 expected a property, a method or '}', found '5'",
  ],
  [
    'value of X { a = 1; };',
    "1:1 MOF1201 'value' begins a construct of MOF 3 (DSP0221), which is not supported",
  ],
  [
    'class A { [Description("abc)] uint32 b;\n [Description("def")] uint32 c; };',
    '1:24 MOF1102 this string has no end',
  ],
  ['class A { [Description("abc)] uint32 b;\n uint32 c; };', '1:24 MOF1102 this string has no end'],
  [
    "class A { char16 c = 'ab'; };",
    "1:22 MOF1107 a char16 literal holds one UTF-16 character, found 'ab'",
  ],
  ["class A { char16 c = 'a; \n uint32 z; };", '1:22 MOF1102 this character literal has no end'],
  ['class A { uint32 a = 08; };', "1:22 MOF1103 malformed number '08'"],
  ['class A { uint32 a%b; };', "1:19 MOF1101 unexpected character '%' (U+0025)"],
  ['class A { uint32 a = - 5; };', "1:22 MOF1101 unexpected character '-' (U+002D)"],
  ['class A { [Description(“abc)] uint32 a; };', '1:24 MOF1101 unexpected character (U+201C)'],
  ['class A { uint32 \u00a0a; };', '1:18 MOF1430 a no-break space (U+00A0), read as white space'],
  [
    '\u00a0class\u00a0\u00a0A { string b = "\u00a0"; /* \u00a0 */ };\n\u00a0',
    '1:1 MOF1430 4 no-break spaces (U+00A0), read as white space',
  ],
  ['class A { uint32 \u2003\u2003a; };', "1:18 MOF1101 unexpected characters 'U+2003  U+2003'"],
  ['class A { /* foo };', '1:11 MOF1102 this comment has no end'],
  [
    'class A',
    "1:8 MOF1201 expected '{' or ';' after the class name 'A', found the end of the text",
  ],
  ['[', "1:2 MOF1201 expected a qualifier name or ']' after '[', found the end of the text"],
  ['instance of', "1:12 MOF1201 expected a class name after 'of', found the end of the text"],
])('%j is one problem: %s', (given, want) => {
  expect(problemsOf(given)).toEqual([want]);
});

test.each<[title: string, given: string, want: string[]]>([
  [
    'two features of a class',
    'class A { uint32 a = ; uint32 b; [x y] uint32 c; };',
    [
      "1:22 MOF1201 expected a value after '=', found ';'",
      "1:37 MOF1201 expected ',' or ']' after the qualifier 'x', found 'y'",
    ],
  ],
  [
    'a class header and the class after it',
    'class { uint32 a; };\nclass B { 5; };',
    [
      "1:7 MOF1201 expected a class name after 'class', found '{'",
      "2:11 MOF1201 expected a property, a method or '}', found '5'",
    ],
  ],
  [
    'a qualifier list of a class and a feature in its body',
    '[a b] class A { uint32 ; };',
    [
      "1:4 MOF1201 expected ',' or ']' after the qualifier 'a', found 'b'",
      "1:24 MOF1201 expected a property or method name after 'uint32', found ';'",
    ],
  ],
  [
    'an embedded instance and the instance around it',
    'instance of A { x = instance of B { y = ; z = 2; }; w = ; };',
    [
      "1:41 MOF1201 expected a value after '=', found ';'",
      "1:57 MOF1201 expected a value after '=', found ';'",
    ],
  ],
  [
    'a lexical fault and, later, a syntactic one',
    'class A { uint32 a @; uint32 b = ; };',
    [
      "1:20 MOF1101 unexpected character '@' (U+0040)",
      "1:34 MOF1201 expected a value after '=', found ';'",
    ],
  ],
  [
    'two strings without an end',
    'class A { [d("a)] uint32 a;\n uint32 b;\n [d("b)] uint32 c;\n [d("c;)] uint32 d; };',
    [
      '1:14 MOF1102 this string has no end',
      '3:5 MOF1102 this string has no end',
      '4:5 MOF1102 this string has no end',
    ],
  ],
  [
    'a directive without its end and the class after it',
    '#pragma namespace("a"\n[WMI] class A { uint8 ; };',
    [
      "1:22 MOF1201 expected ',' or ')' after the argument, found '['",
      "2:23 MOF1201 expected a property or method name after 'uint8', found ';'",
    ],
  ],
  [
    'a directive without a proper argument and the class after it',
    '#pragma namespace(=\n[WMI] class A { uint8 ; };',
    [
      "1:19 MOF1201 expected an argument or ')' after '(', found '='",
      "2:23 MOF1201 expected a property or method name after 'uint8', found ';'",
    ],
  ],
  [
    'an unknown directive without its end and the class after it',
    '#pragma unknown("x"\n[WMI] class A { uint8 ; };',
    [
      "1:9 MOF1203 unknown compiler directive 'unknown' is ignored",
      "1:20 MOF1201 expected ',' or ')' after the argument, found '['",
      "2:23 MOF1201 expected a property or method name after 'uint8', found ';'",
    ],
  ],
  [
    'broken class headers one after the other',
    'class B : { uint8 x; };\nclas C { uint8 x; };\nclas D { uint8 x; };\nclass { uint8 x; };',
    [
      "1:11 MOF1201 expected a class name after ':', found '{'",
      "2:1 MOF1201 expected a class, an instance, a qualifier declaration or a directive, found 'clas'",
      "3:1 MOF1201 expected a class, an instance, a qualifier declaration or a directive, found 'clas'",
      "4:7 MOF1201 expected a class name after 'class', found '{'",
    ],
  ],
  [
    'constructs of MOF 3 one after the other',
    '[a] structure S { uint8 x; };\nenumeration E : uint8 { b = 1, c = 2 };\n[d] association T { uint8 x; };\nclas C { };',
    [
      "1:5 MOF1201 'structure' begins a construct of MOF 3 (DSP0221), which is not supported",
      "2:1 MOF1201 'enumeration' begins a construct of MOF 3 (DSP0221), which is not supported",
      "3:5 MOF1201 'association' begins a construct of MOF 3 (DSP0221), which is not supported",
      "4:1 MOF1201 expected a class, an instance, a qualifier declaration or a directive, found 'clas'",
    ],
  ],
])('independent faults are all reported, in text order: %s', (_title, given, want) => {
  expect(problemsOf(given)).toEqual(want);
});

test('the features around a broken one are still read', () => {
  const { value } = parse('class A { uint32 a; uint32 b = ; uint32 c; };\nclass B {};');
  const names = value.productions.map((each) =>
    each.kind === 'ClassDeclaration'
      ? [each.name.name, ...(each.features ?? []).map(({ name }) => name.name)]
      : [],
  );
  expect(names).toEqual([['A', 'a', 'c'], ['B']]);
});

test('the keywords of MOF 3 are names elsewhere', () => {
  expect(
    problemsOf('class A { enumeration E; structure value; uint8 association = value; };'),
  ).toEqual([]);
});

test.each<[given: string, want: readonly string[]]>([
  [
    'class A { [Description("first)] uint8 a;\n[Description("see http://example.org for it")] uint8 b;\n};',
    ['1:24 MOF1102 this string has no end'],
  ],
  [
    'class A { [Description(first)] uint8 z; [Description(a first")] uint8 a;\n[Description("a")] uint8 b;\n};',
    ["1:54 MOF1121 the string 'a first' has a closing quote, but no opening quote"],
  ],
  [
    'class A { [Description("a room\'s")] uint8 a;\n[Description(the room\'s size")] uint8 b;\n};',
    ["2:14 MOF1121 the string 'the room's size' has a closing quote, but no opening quote"],
  ],
  [
    'class A { [Description("5" disk")] uint8 a;\n[Description("other")] uint8 b;\n};',
    ['1:26 MOF1120 this quote ends the string; a quote inside a string is written \\"'],
  ],
  [
    'class A { [Values{"a", "b, "c"}] uint8 a;\n[Values{"d", "e"}] uint8 b;\n};',
    ['1:24 MOF1102 this string has no end'],
  ],
  [
    '[Description("one line\n and another, x)]\nclass A { [d("a")] uint8 a; };\n[d("b")] class B { };',
    ['1:14 MOF1102 this string has no end'],
  ],
  [
    '[d("one\ntwo")] class A { [d("a\nb")] uint8 a; uint8 b = ; };\n[d("c\nd")] class B { };',
    [
      '1:4 MOF1106 line break inside a string',
      '2:21 MOF1106 line break inside a string',
      "3:25 MOF1201 expected a value after '=', found ';'",
      '4:4 MOF1106 line break inside a string',
    ],
  ],
  [
    'class A { [Description("the "very fast" fan, "quiet" and all")] uint8 a; };',
    [
      "1:30 MOF1120 'very fast' is between two strings; a quote inside a string is written \\\"",
      "1:47 MOF1120 'quiet' is between two strings; a quote inside a string is written \\\"",
    ],
  ],
  [
    'class A { [Description("a" X Y "b")] uint8 a; };',
    ["1:28 MOF1201 expected ',' or ')' after the value, found 'X'"],
  ],
])('quotes: %j', (given, want) => {
  expect(problemsOf(given)).toEqual(want);
});

test.each<[given: string, want: string]>([
  [
    'class A { uint8 a[2] = {1, 2}}; uint8 b; };',
    "1:30 MOF1201 expected ';' after the property 'a'",
  ],
  [
    'instance of A { a = {1, 2}};\n b = 1;\n c = 2; };',
    "1:27 MOF1201 expected ';' after the property 'a'",
  ],
  [
    'class A { [a, b; c] uint8 a; [d] sint8 b; };',
    "1:16 MOF1201 expected ',' or ']' after the qualifier 'b', found ';'",
  ],
  [
    'class A { uint8 a; Lit;\nclass B { uint8 b; };',
    "1:23 MOF1201 expected a property or method name after 'Lit', found ';'",
  ],
  [
    'class A { { uint8 a; };\nclass B { };',
    "1:11 MOF1201 expected a property, a method or '}', found '{'",
  ],
  ['class A { ? uint8 a; };', "1:11 MOF1101 unexpected character '?' (U+003F)"],
  ['class A { ? a[4]; };', "1:11 MOF1101 unexpected character '?' (U+003F)"],
  ['class A { uint8 a; ?;\nclass B { };', "1:20 MOF1101 unexpected character '?' (U+003F)"],
])('one wrong token is one problem: %j', (given, want) => {
  expect(problemsOf(given)).toEqual([want]);
});

test('names and values that replace wrong tokens are in no tree', () => {
  const { value, lost } = parse('class A { uint8 a; [b] ; Name; [c] uint8 d; };');
  const [node] = value.productions;
  if (node?.kind !== 'ClassDeclaration') throw new Error('expected a class');
  expect(node.features?.map(({ name }) => name.name)).toEqual(['a', 'd']);
  expect(lost.length).toBeGreaterThan(0);
});

test('an unknown directive is a warning and left out with its arguments', () => {
  const text = '#pragma unloadclass("A", {1.5}) class B {};';
  expect(problemsOf(text)).toEqual([
    "1:9 MOF1203 unknown compiler directive 'unloadclass' is ignored",
  ]);
  expect(parse(text).value.productions).toHaveLength(2);
});

test.each([
  '#pragma unknown("x"',
  '#pragma unknown("x",',
  '#pragma unknown(',
  '#pragma unknown(x',
  '#pragma unknown({1, 2}',
  '#pragma namespace("x"',
  '#pragma namespace(',
])('the class after %j is read with its qualifiers', (directive) => {
  const { value, problems } = parse(`${directive}\n[WMI, Dynamic] class A { uint8 b; };`);
  expect(problems.filter(({ code }) => code === 'MOF1201')).toHaveLength(1);
  expect(
    value.productions.map((each) => each.kind === 'ClassDeclaration' && each.qualifiers.length),
  ).toContain(2);
});

test('a fix is suggested where one is known', () => {
  const help = (text: string): string | undefined => parse(text).problems[0]?.help;
  expect(help('class A {}')).toBe("a class ends with '};'");
  expect(help('structure A {};')).toBe("write 'class'");
  expect(help('class A { uint32[4] a; };')).toBe('an array has its brackets after the name');
  expect(help('#pragma namespace "root"')).toBe('write the arguments in parentheses');
  expect(help('class A { uint32 a = 09; };')).toContain('octal');
  expect(help('class A { uint32 a = - 1; };')).toBe('put the sign directly before the digits');
});

test('after a thousand problems one more mentions that there are others', () => {
  const { problems } = parse('class A { ' + 'uint32 ; '.repeat(3000) + '};');
  expect(problems).toHaveLength(1001);
  expect(problems.at(-1)?.message).toBe('more than 1000 problems; the rest is not shown');
});

test('warnings never push an error over that limit', () => {
  const { problems } = parse('#pragma foo\n'.repeat(1500) + 'class {};');
  expect(problems.at(-1)).toMatchObject({ code: 'MOF1201' });
});
