// What is reported of a class that is declared again with other contents: both sides, by name.
import { expect, test } from 'vitest';
import { resolveText } from './resolve-text.js';

test.each([
  ['class S : A { };', 'class S : B { };', "its superclass is 'B' instead of 'A'"],
  ['class S : A { };', 'class S { };', "its superclass is none instead of 'A'"],
  ['[V(1)] class S { };', '[V(2)] class S { };', "its qualifier 'V' is 2 instead of 1"],
  ['[V(1)] class S { };', 'class S { };', "its qualifier 'V' is none instead of 1"],
  [
    'class S { uint8 X; };',
    'class S { uint16 X; };',
    "'X' has another type (uint16 instead of uint8)",
  ],
  [
    'class S { uint8 X; };',
    'class S { uint8 X[2]; };',
    "'X' has another length ([2] instead of no array)",
  ],
  [
    'class S { [V("a")] uint8 X; };',
    'class S { [V{"b", "c"}] uint8 X; };',
    `the qualifier 'V' of 'X' is {"b", "c"} instead of "a"`,
  ],
  ['class S { uint8 X = 1; };', 'class S { uint8 X; };', "the default of 'X' is none instead of 1"],
  ['class S { uint8 X; };', 'class S { uint8 X(); };', "'X' is a method instead of a property"],
  [
    'class S { uint8 X(); };',
    'class S { void X(); };',
    "'X' has another type (void instead of uint8)",
  ],
  [
    'class S { void X(); };',
    'class S { void X(uint8 P); };',
    "'X' has another number of parameters (1 instead of 0)",
  ],
  [
    'class S { void X(uint8 P); };',
    'class S { void X(uint8 Q); };',
    "parameter 1 of 'X' is 'Q' instead of 'P'",
  ],
  [
    'class S { void X([in] uint8 P); };',
    'class S { void X([out] uint8 P); };',
    "the qualifier 'out' of the parameter 'P' of 'X' is TRUE instead of none",
  ],
  ['class S { uint8 X; };', 'class S { };', "'X' is missing"],
  [
    '[V{"a", "b"}] class S { };',
    '[V{"a", "b", "c"}] class S { };',
    `its qualifier 'V' is "c" instead of none in entry 3`,
  ],
  [
    '[V{"a", "b"}] class S { };',
    '[V{"a"}] class S { };',
    `its qualifier 'V' is none instead of "b" in entry 2`,
  ],
  [
    '[V(1)] class S { };',
    '[V{1, 2, 3, 4, 5, 6, 7}] class S { };',
    `its qualifier 'V' is {1, 2, 3, 4, 5, 2 more} instead of 1`,
  ],
  [
    'class S { [DefineValues{"A"}] uint8 X; };',
    'class S { [DefineValues{"B"}] uint8 X; };',
    `the qualifier 'DefineValues' of 'X' is "B" instead of "A" in entry 1`,
  ],
])('%s and %s: %s', (first, second, expected) => {
  const { diagnostics } = resolveText(`class A { }; class B { }; ${first} ${second}`);
  expect(diagnostics.map(({ code }) => code)).toEqual(['MOF2001']);
  expect(diagnostics[0]?.message).toBe(`class 'S' is declared again, but ${expected}`);
});

const OF_WMI = 'WMI, guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}")';

test.each([
  ['of CIM', '', []],
  ['of WMI', `${OF_WMI}, `, ['MOF2001']],
])('another version is a difference only of classes of WMI: one %s', (_kind, before, codes) => {
  const { diagnostics } = resolveText(
    `[${before}Version("1.0")] class S { }; [${before}Version("2.0")] class S { };`,
  );
  expect(diagnostics.map(({ code }) => code).filter((code) => code === 'MOF2001')).toEqual(codes);
});
