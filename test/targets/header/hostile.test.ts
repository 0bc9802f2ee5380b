// Texts and names that try to break out of their place in the C header: its code stays the same, or a name stays a name.
import { expect, test } from 'vitest';
import { codeOf } from './code-of.js';
import { complaints, dataBlock, headerOf, hostCompilers, mofString } from './header-of.js';

const TEXTS: readonly (readonly [string, string])[] = [
  ['a line break', 'a\n#error pwned\nint pwned;'],
  ['a carriage return', 'a\r#error pwned\rint pwned;'],
  ['both', 'a\r\n#error pwned'],
  [
    'other line ends',
    'a\u2028#error pwned\u2029#error pwned\u0085#error pwned\v#error pwned\f#error pwned',
  ],
  ['the end of a comment', '*/ int pwned; /*'],
  ['a comment without an end', '/* pwned'],
  ['two comment ends, one after the other', '*/*/ int pwned; /*/*'],
  ['a backslash at the end', 'C:\\'],
  ['backslashes and a blank', 'C:\\\\ '],
  ['a backslash and a tab', 'C:\\\t'],
  ['a trigraph at the end', 'what??/'],
  ['a trigraph and blanks', 'what??/ \t'],
  ['three question marks', 'what???/'],
  ['every trigraph', "??= ??/ ??' ??( ??) ??! ??< ??> ??-"],
  ['a trigraph that a line break makes', '?\n?/'],
  ['quotes', '" pwned \' "'],
  ['an include', '\n#include "/etc/passwd"\n'],
  ['only blanks', ' \t\n '],
  ['marks of writing direction', '\u202e pwned \u2066\u061c\ufeff'],
  ['letters of other alphabets, and one out of the first plane', 'L\u00fcfter \u4f60 \u{1f300}'],
  ['half a character', '\ud800'],
  ['a universal character name', '\\u000a#error pwned'],
  ['a digraph', '%:error pwned'],
  ['a very long line', 'x'.repeat(20_000)],
];

/** A header with `text` in every place for a human-readable text. */
function withTexts(text: string): string {
  const quoted = mofString(text);
  const block = dataBlock(
    'Fan',
    `[WmiDataId(1), Description(${quoted}), DisplayName(${quoted}), Units(${quoted}),
      DefineValues{"ONE", "TWO"}, ValueMap{"1", ${quoted}}, Values{${quoted}, ${quoted}}] uint8 X;
     [WmiDataId(2), BitValues{${quoted}}, BitMap{"0"}, Description(${quoted})] string Name;
     [WmiMethodId(1), Description(${quoted})] void Go([in, Description(${quoted})] uint8 P);`,
    `, Description(${quoted}), DisplayName(${quoted}), cpp_quote(${quoted})`,
  ).replace(/guid\("[^"]*"\)/, 'guid("{6f5d2c00-0000-4000-8000-ffffffffffff}")');
  return headerOf(block, { methodStructs: true }).text;
}

const harmless = codeOf(withTexts('harmless'));

test.each(TEXTS)('%s changes no code', (_what, text) => {
  const header = withTexts(text);
  expect(codeOf(header)).toBe(harmless);
  expect(header).toMatch(/^[\n -~]*$/);
});

test('the comparison detects an escape', () => {
  expect(codeOf('// a\n#error pwned\n')).toBe('#error pwned');
  expect(codeOf('// a??/\nint a;\nint b;')).toBe('int b;');
  expect(codeOf('// a\\ \nint a;\nint b;')).toBe('int b;');
  expect(codeOf('/* a */ int b; /* c')).toBe('int b;');
});

/** A header with `name` in every place where the MOF has a C name as a text. */
function withNames(name: string): string {
  const quoted = mofString(name);
  return headerOf(
    dataBlock(
      'Fan',
      `[WmiDataId(1), DefineDataId(${quoted}), DefineValues{${quoted}, "B"}] uint8 X;
       [WmiDataId(2), Values{${quoted}}, BitValues{${quoted}}] uint8 Y;
       [WmiMethodId(1), HeaderName(${quoted})] void Go([in] uint8 P);`,
      `, HeaderName(${quoted}), GuidName1(${quoted}), GuidName2(${quoted})`,
    ),
    { methodStructs: true, enums: true },
  ).text;
}

const NAMES = [
  ...TEXTS.filter(([what]) => what !== 'a very long line').map(([, text]) => text),
  ...[
    'a, int b',
    'a;',
    'f(x)',
    '0',
    '',
    '_',
    '__FILE__',
    '__LINE__',
    'defined',
    'sizeof',
    'include',
  ],
  ...[
    'pragma',
    '#',
    '##',
    '_Pragma("x")',
    '%:',
    '$',
    '@',
    'a b',
    '-1',
    'Fan',
    '_Fan',
    'PFan',
    'Go',
  ],
  ...['Fan_X_ID', 'Fan_SIZE', 'X', 'P', 'ULONG', 'C_ASSERT', 'FIELD_OFFSET', 'DEFINE_GUID', 'GUID'],
  ...['__attribute__', '__declspec', '_Static_assert', '__cplusplus', 'MIDL_PASS', 'NULL', 'TRUE'],
];

/** Preprocessor lines other than those that a header has. */
const OTHER_DIRECTIVE =
  /^#(?!(?:if !\(?defined\(\w+\)\)?|ifndef _test_wmi_h_|endif|include <(?:guiddef|stddef)\.h>|define _test_wmi_h_|define \w+[ (].*)$)/m;

test.each(NAMES)('%j as a name is a name', (name) => {
  const code = codeOf(withNames(name));
  expect(code).not.toMatch(OTHER_DIRECTIVE);
  expect(code.match(/"/)).toBeNull();
});

const headers = [...TEXTS.map(([, text]) => withTexts(text)), ...NAMES.map(withNames)];

test.each(hostCompilers('hostile texts in headers'))('%s takes them all', async (compiler) => {
  const found = await complaints(compiler, 'host', headers);
  expect(found.filter((each) => each !== '')).toEqual([]);
});

test('the name of the input cannot break out either', () => {
  const mof = dataBlock('Fan', '[WmiDataId(1)] uint8 X;');
  const { text } = headerOf(mof, {}, 'a\\\n#error pwned\\.mof');
  expect(codeOf(text)).not.toMatch(/^#error/m);
});

test.each([
  ['smart-fan.mof', '_smart_fan_wmi_h_'],
  ['WMI-SHPM.mof', '_WMI_SHPM_wmi_h_'],
  ['ToasterMof.mof', '_ToasterMof_wmi_h_'],
  ['1st.mof', '_1st_wmi_h_'],
  ['L\u00fcfter.mof', '_L_u00FCfter_wmi_h_'],
  ['a b+c.d.mof', '_a_b_c_d_wmi_h_'],
])('the guard of %s is %s', (name, guard) => {
  expect(headerOf(dataBlock('Fan', ''), {}, name).text).toContain(
    `#ifndef ${guard}\n#define ${guard}\n`,
  );
});
