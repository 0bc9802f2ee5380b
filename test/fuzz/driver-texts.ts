// Arbitraries of MOF texts as drivers have them: random tokens, and well-formed classes with any meaning.
import fc from 'fast-check';

const WORDS =
  `class instance of qualifier ref as true null scope flavor any ToInstance amended association A B C uint32 sint8 string
  boolean datetime object void Base WMIEvent __ExtrinsicEvent EventTrace InstanceName Active abstract locale WMI Dynamic static
  InstanceOf WmiDataId WmiMethodId WmiSizeIs MaxLen Max read write key in out ID`.split(/\s+/);
const SIGNS =
  `[ ] { } ( ) ; ; , , : = " ' // /* */ \\ $A $ - + 1 0 0x1F 0b 1. 1e5 "s" 'c' @ * § “ \uFEFF \0`.split(
    ' ',
  );
const LINES = [
  '#define A 1',
  '#define B A "s" A',
  '#define C(x) x',
  '#define A \\',
  '#undef A',
  '#if A',
  '#if defined(A) && !B',
  '#ifdef B',
  '#ifndef C',
  '#elif 1',
  '#else',
  '#endif',
  '#include "a.mof"',
  '#include <b.h>',
  '#include "main.mof"',
  '#error no',
  '#line 3 "x"',
  '#pragma once',
  '#pragma namespace("\\\\\\\\.\\\\Root\\\\WMI")',
  '#pragma include("a.mof")',
  '#pragma amendment("MS_409")',
  '#pragma deleteclass("A", nofail)',
  '#pragma strange(1, "2", {',
  '// mofgen-allow MOF2209',
  '// mofgen-allow MOF2203, MOF9999 : because',
].map((line) => `\n${line}\n`);
const PHRASES = [
  'class A {',
  'class B : A {',
  '};',
  'instance of A {',
  '[key, read] string InstanceName;',
  '[read] boolean Active;',
  '[WmiDataId(1)] uint32 P;',
  '[WmiDataId(2), WmiSizeIs("P")] uint8 Q[];',
  '[WMI, Dynamic, Provider("WMIProv"), guid("{00000000-0000-0000-0000-000000000001}")]',
  'void F([in] uint32 X, [out] A Y);',
  'qualifier Q : string = "s", scope(class, property), flavor(ToInstance);',
  '[Description("text" : amended)]',
];

/** Words, signs and lines in any order. */
export const anyTokens: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...PHRASES), weight: 4 },
      { arbitrary: fc.constantFrom(...WORDS, '\n', ' '), weight: 3 },
      { arbitrary: fc.constantFrom(...SIGNS), weight: 3 },
      { arbitrary: fc.constantFrom(...LINES), weight: 2 },
      { arbitrary: fc.string({ unit: 'binary', maxLength: 4 }), weight: 1 },
    ),
    { maxLength: 40 },
  )
  .chain((all) => fc.constantFrom(' ', '', '\n').map((between) => all.join(between)));

const className = fc.constantFrom(
  'A',
  'a',
  'B',
  'C',
  'D',
  'E',
  'F_',
  'Gone',
  'WMIEvent',
  'EventTrace',
);
const itemName = fc.constantFrom('P', 'p', 'Q', 'R', 'S', 'T', 'U', 'InstanceName', 'Active');
const typeName = fc.oneof(
  fc.constantFrom(
    ...['uint8', 'sint16', 'uint32', 'uint64', 'boolean', 'string', 'datetime', 'char16', 'real32'],
    ...['object', 'object:A', 'A ref', 'DWORD'],
  ),
  className,
);
const id = fc.oneof(
  fc.integer({ min: 1, max: 8 }).map(String),
  fc.constantFrom('0', '-1', 'X', '4294967296', '"1"'),
);
const length = fc.constantFrom('', '', '[]', '[4]', '[0]', '[4294967296]', '[N]');
const value = fc.constantFrom(
  ' = 1',
  ' = {1, 2}',
  ' = "s"',
  ' = NULL',
  ' = $A',
  ' = X',
  '',
  '',
  '',
  '',
);
const labels = fc.constantFrom('{}', '{"a"}', '{"a", "b"}', '{"0x1", "0x2"}', '("a")', '{"1..2"}');

function list(each: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .array(each, { maxLength: 5 })
    .map((all) => (all.length === 0 ? '' : `[${all.join(', ')}] `));
}

const itemQualifier = fc.oneof(
  { arbitrary: id.map((each) => `WmiDataId(${each})`), weight: 6 },
  fc.constantFrom('key', 'read', 'write', 'write(FALSE)', 'WmiTimeStamp', 'Dynamic', 'Other(X)'),
  itemName.map((each) => `WmiSizeIs("${each}")`),
  itemName.map((each) => `WmiEventTrigger("${each}")`),
  id.map((each) => `MaxLen(${each})`),
  id.map((each) => `Max(${each})`),
  fc
    .tuple(fc.constantFrom('Values', 'ValueMap', 'BitValues', 'BitMap', 'DefineValues'), labels)
    .map((both) => both.join('')),
  fc.constantFrom('Description("d") : amended', 'Units("u")', 'MinValue(1)', 'MaxValue(-1)'),
);
const parameterQualifier = fc.oneof(
  fc.constantFrom('in', 'out', 'in(FALSE)'),
  id.map((each) => `ID(${each})`),
  itemName.map((each) => `WmiSizeIs("${each}")`),
);
const classQualifier = fc.oneof(
  { arbitrary: fc.constantFrom('WMI', 'Dynamic', 'Provider("WMIProv")'), weight: 6 },
  fc.integer({ min: 1, max: 9 }).map((n) => `guid("{00000000-0000-0000-0000-00000000000${n}}")`),
  fc.constantFrom('guid("no")', 'Abstract', 'Static', 'Association', 'amendment', 'WmiExpense(1)'),
);

const item = fc
  .tuple(list(itemQualifier), typeName, itemName, length, value)
  .map(
    ([qualifiers, type, name, array, initial]) => `${qualifiers}${type} ${name}${array}${initial};`,
  );
const parameter = fc
  .tuple(list(parameterQualifier), typeName, itemName, length)
  .map(([qualifiers, type, name, array]) => `${qualifiers}${type} ${name}${array}`);
const method = fc
  .tuple(
    id,
    fc.constantFrom('void', 'uint32', 'A'),
    itemName,
    fc.array(parameter, { maxLength: 4 }),
  )
  .map(
    ([number, type, name, all]) => `[WmiMethodId(${number})] ${type} ${name}(${all.join(', ')});`,
  );
const declaration = fc
  .tuple(
    list(classQualifier),
    className,
    fc.oneof(
      fc.constant(''),
      className.map((name) => ` : ${name}`),
    ),
    fc.array(fc.oneof({ arbitrary: item, weight: 4 }, { arbitrary: method, weight: 1 }), {
      maxLength: 6,
    }),
    fc.boolean(),
  )
  .map(([qualifiers, name, base, features, isBlock]) => {
    const around = isBlock ? '[key, read] string InstanceName; [read] boolean Active; ' : '';
    return `${qualifiers}class ${name}${base} { ${around}${features.join(' ')} };`;
  });

/** Classes that are well-formed, with a line of the preprocessor or a comment now and then. */
export const anyDriverText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { arbitrary: declaration, weight: 8 },
      { arbitrary: fc.constantFrom(...LINES), weight: 1 },
    ),
    { maxLength: 8 },
  )
  .map((all) => all.join('\n'));
