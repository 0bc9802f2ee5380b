// The last pass over emitted C: blank lines, and the macros that a source has to undefine.
import { expect, test } from 'vitest';
import { macrosInTheWay, tidy } from '../../../src/targets/provider/final-text.js';

test.each([
  ['several blank lines', 'a\n\n\n\nb\n', 'a\n\nb\n'],
  ['blanks at the end of a line', 'a  \n\t\nb\n', 'a\n\nb\n'],
  ['a blank line after a brace', '{\n\n    a;\n}\n', '{\n    a;\n}\n'],
  ['a blank line before a brace', '{\n    a;\n\n}\n', '{\n    a;\n}\n'],
])('tidy: %s', (_case, given, want) => {
  expect(tidy(given)).toBe(want);
});

test.each([
  ['a method name that is a variable', '#define Buffer     3\n', 'int Buffer;', ['Buffer']],
  [
    'sorted, each once',
    '#define i 1\n#define Size 2\n#define Size 2\n',
    'Size = i;',
    ['Size', 'i'],
  ],
  [
    'indented, as between members',
    '    #define Fan_Speed_ID 1\n',
    'x = Fan_Speed_ID;',
    ['Fan_Speed_ID'],
  ],
  ['not used', '#define Reset     3\n', 'int Resetting;', []],
  ['only in a comment or a string', '#define Reset     3\n', '// Reset\nx = "Reset";', []],
  ['a macro with parameters is meant', '#define C_ASSERT(e) x\n', 'C_ASSERT(1);', []],
  ['the settings are meant', '#define FAN_WMI_MOF_RESOURCE L"x"\n', 'f(FAN_WMI_MOF_RESOURCE);', []],
])('macros in the way: %s', (_case, header, source, want) => {
  expect(macrosInTheWay(header, source)).toEqual(want);
});
