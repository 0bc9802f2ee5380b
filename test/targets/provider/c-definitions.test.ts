// Which functions a C file defines, for `mofgen stubs --missing`.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { definedFunctions } from '../../../src/targets/provider/c-definitions.js';
import '../../property-seed.js';

test.each([
  ['a definition', 'NTSTATUS\nFanQuery(\n    WDFWMIINSTANCE Instance)\n{\n}\n', ['FanQuery']],
  ['several', 'VOID A(VOID) { } static int B(int x) { return x; }', ['A', 'B']],
  ['annotations before', '_Use_decl_annotations_\nNTSTATUS A(VOID)\n{ }', ['A']],
  ['parameters with parentheses', 'VOID A(_In_reads_(n) int *x, VOID (*f)(int)) { }', ['A']],
  ['a declaration is skipped', 'NTSTATUS FanQuery(WDFWMIINSTANCE Instance);', []],
  ['a call is skipped', 'VOID A(VOID) { FanQuery(x); if (B(y)) { } }', ['A']],
  ['a comment is skipped', '// VOID A(VOID) { }\n/* VOID B(VOID) { } */', []],
  ['a comment between', 'VOID A(VOID) // the first\n/* and */ { }', ['A']],
  ['a string is skipped', 'char *x = "VOID A(VOID) { }"; VOID B(VOID) { char c = \'{\'; }', ['B']],
  ['an escaped quote', 'VOID A(VOID) { char *x = "\\"}{"; } VOID B(VOID) { }', ['A', 'B']],
  [
    'a macro definition is skipped',
    '#define A(x) { }\n#define B(x) \\\n  {\nVOID C(VOID) { }',
    ['C'],
  ],
  ['an initialiser is skipped', 'int x[] = { f(1), 2 };', []],
  ['a macro call at the top', 'WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(A, B)\nVOID C(VOID) { }', ['C']],
  ['braces that never close', 'VOID A(VOID) {', ['A']],
  ['parentheses that never close', 'VOID A(VOID', []],
  ['extern "C"', 'extern "C" {\nVOID A(VOID) { }\n}\nVOID B(VOID) { }', ['A', 'B']],
  ['CRLF', 'VOID\r\nA(VOID)\r\n{\r\n}\r\n', ['A']],
  ['nothing', '', []],
])('%s', (_case, text, want) => {
  expect([...definedFunctions(text)].sort()).toEqual(want);
});

test('any text is read', () => {
  const unit = fc.constantFrom('(', ')', '{', '}', '"', "'", '/', '*', '\\', '\n', '#', 'a', ' ');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 300 }), (text) => {
      expect(definedFunctions(text)).toBeInstanceOf(Set);
    }),
  );
});
