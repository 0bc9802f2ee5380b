/** Every fix of a finding, applied: the finding is gone, and no error comes in its place. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  analyze,
  type Diagnostic,
  type DiagnosticCode,
  DIAGNOSTICS,
  type Fix,
  type IncludeReader,
} from 'mofgen';
import { PAGES } from '../../src/diagnostics/explain/index.js';
import { isCode } from '../../src/diagnostics/policy.js';
import { badSample } from '../diagnostics/bad-samples.js';
import { runs } from '../effort.js';

type Files = Readonly<Record<string, string>>;

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The findings of `fan.mof` among `files`. */
function findingsOf(files: Files, main = 'fan.mof', mfl?: string): readonly Diagnostic[] {
  const readInclude: IncludeReader = (path) => {
    const text = files[path];
    return text === undefined ? undefined : { name: path, bytes: bytesOf(text) };
  };
  const localized = mfl === undefined ? [] : [{ name: mfl, bytes: bytesOf(files[mfl] ?? '') }];
  return analyze(bytesOf(files[main] ?? ''), main, readInclude, { mfl: localized }).diagnostics;
}

/** The files with every edit of a fix applied. */
function applied(files: Files, { edits }: Fix): Files {
  const changed: Record<string, string> = { ...files };
  const fromTheEnd = edits.toSorted((a, b) => b.location.span.start - a.location.span.start);
  for (const { location, newText } of fromTheEnd) {
    const { name } = location.source;
    const text = changed[name];
    // The edit refers to a file that was given, as it is.
    expect(location.source.text).toBe(files[name]);
    if (text === undefined) throw new Error(`there is no file '${name}'`);
    const { start, end } = location.span;
    changed[name] = text.slice(0, start) + newText + text.slice(end);
  }
  return changed;
}

const counts = (found: readonly Diagnostic[], code: string) =>
  found.filter((each) => each.code === code).length;
const errors = (found: readonly Diagnostic[]) =>
  found
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${message}`);

const G = (last: number) => `guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7b1${last}}")`;
const HEAD = 'WMI, Dynamic, Provider("WMIProv")';
const AROUND = '[key, read] string InstanceName; [read] boolean Active;';
const block = (items: string, head = 'Fan', around = AROUND) =>
  `[${HEAD}, ${G(1)}] class ${head} { ${around} ${items} };`;
const ITEM = '[WmiDataId(1), read] uint32 Speed;';
/** The same for derived classes too. */
const PASSED_ON = ITEM.replace('(1)', '(1) : ToSubclass');
const COUNTED = (name: string) =>
  block(
    `[WmiDataId(1), read] uint32 Count; [WmiDataId(2), read, WmiSizeIs("${name}")] uint8 Data[];`,
  );

/** A text, the code of its finding, and for each fix its title and the part of the text that it changes, afterwards. */
const ROWS: readonly (readonly [
  code: DiagnosticCode,
  text: string,
  ...fixes: (readonly [title: string, text: string])[],
])[] = [
  // Text.
  ['MOF1430', 'class\u00A0Fan {};', ['write a blank', 'class Fan {};']],
  ['MOF1430', 'class\u00A0\u00A0Fan\u00A0{};', ['write blanks', 'class  Fan {};']],
  [
    'MOF1101',
    '[a(\u201Cb\u201D)] class Fan {};',
    ['write "', '[a("b")] class Fan {};'],
    ['write "', '[a("b")] class Fan {};'],
  ],
  ['MOF1102', 'class Fan {}; /* the end\n', ["insert ' */'", 'class Fan {}; /* the end */\n']],
  [
    'MOF1102',
    '[Description("a fan)]\nclass Fan {};',
    [`insert '"'`, '[Description("a fan")]\nclass Fan {};'],
  ],
  ['MOF1104', 'class Fan { real32 x = 1.; };', ["write '1.0'", 'class Fan { real32 x = 1.0; };']],
  [
    'MOF1104',
    'class Fan { real32 x = 1e5; };',
    ["write '1.0e5'", 'class Fan { real32 x = 1.0e5; };'],
  ],
  [
    'MOF1105',
    String.raw`[a("C:\Fan")] class Fan {};`,
    [String.raw`write '\\'`, String.raw`[a("C:\\Fan")] class Fan {};`],
  ],
  [
    'MOF1106',
    '[a("one\r\ntwo\nthree")] class Fan {};',
    [
      'end the string before each line end and continue with another',
      '[a("one\\r\\n"\r\n"two\\n"\n"three")] class Fan {};',
    ],
  ],
  [
    'MOF1107',
    "class Fan { string x = 'ab'; };",
    [`write '"ab"'`, 'class Fan { string x = "ab"; };'],
  ],
  [
    'MOF1120',
    '[Description("the "fast" fan")] class Fan {};',
    ['escape the quotes', '[Description("the \\"fast\\" fan")] class Fan {};'],
  ],
  [
    'MOF1121',
    '[Description(a fan")]\nclass Fan {};',
    [`insert '"'`, '[Description("a fan")]\nclass Fan {};'],
  ],
  ['MOF1203', '#pragma namespce("x")\n', ["write 'namespace'", '#pragma namespace("x")\n']],
  // Syntax.
  [
    'MOF1201',
    'class Fan { uint32 x\nuint32 y; };',
    ["insert ';'", 'class Fan { uint32 x;\nuint32 y; };'],
  ],
  ['MOF1201', 'class Fan { uint32 x };', ["insert ';'", 'class Fan { uint32 x; };']],
  [
    'MOF1201',
    'class Fan { uint32 x uint32 y; };',
    ["insert ';'", 'class Fan { uint32 x; uint32 y; };'],
  ],
  [
    'MOF1201',
    'class Fan { void f() [a] uint32 y; };',
    ["insert ';'", 'class Fan { void f(); [a] uint32 y; };'],
  ],
  [
    'MOF1201',
    'class Fan { uint32 x; }\nclass Pump {};',
    ["insert ';'", 'class Fan { uint32 x; };\nclass Pump {};'],
  ],
  [
    'MOF1201',
    'class Fan { uint32 x;\nclass Pump {};',
    ["insert '};'", 'class Fan { uint32 x;};\nclass Pump {};'],
  ],
  ['MOF1201', 'class Fan { uint32 x;\n', ["insert '};'", 'class Fan { uint32 x;};\n']],
  ['MOF1201', '[a b] class Fan {};', ["insert ','", '[a, b] class Fan {};']],
  ['MOF1201', '[a("x") b("y")] class Fan {};', ["insert ','", '[a("x"), b("y")] class Fan {};']],
  ['MOF1201', 'class Fan { [a uint32 x; };', ["insert ']'", 'class Fan { [a] uint32 x; };']],
  ['MOF1201', '[a("x"] class Fan {};', ["insert ')'", '[a("x")] class Fan {};']],
  ['MOF1201', '[a{"x" 1}] class Fan {};', ["insert ','", '[a{"x", 1}] class Fan {};']],
  [
    'MOF1201',
    'class Fan { void f([in] uint32 x; };',
    ["insert ')'", 'class Fan { void f([in] uint32 x); };'],
  ],
  [
    'MOF1201',
    'class Fan { void f([in] uint32 x [in] uint32 y); };',
    ["insert ','", 'class Fan { void f([in] uint32 x, [in] uint32 y); };'],
  ],
  ['MOF1201', 'class Fan { uint32[4] x; };', ["write 'x[4]'", 'class Fan { uint32 x[4]; };']],
  ['MOF1201', 'class Fan { uint32 [] x; };', ["write 'x[]'", 'class Fan { uint32 x[]; };']],
  ['MOF1201', 'class Fan {}; };', ["remove '}'", 'class Fan {}; ']],
  ['MOF1201', 'structure Fan {};', ["write 'class'", 'class Fan {};']],
  [
    'MOF1201',
    'association Fan {};',
    ["write '[Association] class'", '[Association] class Fan {};'],
  ],
  [
    'MOF1201',
    'class Fan {}; value of Fan {};',
    ["write 'instance'", 'class Fan {}; instance of Fan {};'],
  ],
  [
    'MOF1201',
    '#pragma namespace "root"\n',
    ['put the arguments in parentheses', '#pragma namespace ("root")\n'],
  ],
  [
    'MOF1201',
    '[a : Restrictd] class Fan {};',
    ["write 'Restricted'", '[a : Restricted] class Fan {};'],
  ],
  [
    'MOF1201',
    'qualifier a : string, scope(clas);',
    ["write 'class'", 'qualifier a : string, scope(class);'],
  ],
  // Classes.
  [
    'MOF2004',
    `class Base {}; ${block(ITEM, 'Fan : Bsae')}`,
    ['write Base', `class Base {}; ${block(ITEM, 'Fan : Base')}`],
  ],
  [
    'MOF2005',
    'class Device {}; class Fan : Devce {};',
    ['write Device', 'class Device {}; class Fan : Device {};'],
  ],
  [
    'MOF2007',
    'class Device {}; class Fan { Devce ref x; };',
    ['write Device', 'class Device {}; class Fan { Device ref x; };'],
  ],
  [
    'MOF2008',
    block('[WmiDataId(1), read] ULONG Speed;'),
    ['write uint32', block('[WmiDataId(1), read] uint32 Speed;')],
  ],
  [
    'MOF2008',
    block('[WmiDataId(1), read] unit32 Speed;'),
    ['write uint32', block('[WmiDataId(1), read] uint32 Speed;')],
  ],
  [
    'MOF2008',
    block('[WmiDataId(1), read] GUID Id;'),
    ['write uint8 with [16] after the name', block('[WmiDataId(1), read] uint8 Id[16];')],
  ],
  [
    'MOF2012',
    block(ITEM, 'Fan : __ExtrinsicEvent'),
    ['write WMIEvent', block(ITEM, 'Fan : WMIEvent')],
  ],
  [
    'MOF2015',
    block(ITEM, 'FanEvent'),
    ['derive it from WMIEvent', block(ITEM, 'FanEvent : WMIEvent')],
  ],
  // Qualifiers.
  ['MOF2101', block('[WmiDataId("1"), read] uint32 Speed;'), ['write WmiDataId(1)', block(ITEM)]],
  [
    'MOF2101',
    block('[WmiDataId(1), read("true")] uint32 Speed;'),
    ['write read(TRUE)', block('[WmiDataId(1), read(TRUE)] uint32 Speed;')],
  ],
  [
    'MOF2101',
    block('[WmiDataId(1), read(0)] uint32 Speed;'),
    ['write read(FALSE)', block('[WmiDataId(1), read(FALSE)] uint32 Speed;')],
  ],
  [
    'MOF2101',
    block('[WmiDataId(1), read, Units(5)] uint32 Speed;'),
    ['write Units("5")', block('[WmiDataId(1), read, Units("5")] uint32 Speed;')],
  ],
  [
    'MOF2102',
    block('[WmiDataId(1), read, Abstract] uint32 Speed;'),
    ['remove Abstract', block(ITEM)],
  ],
  [
    'MOF2103',
    block('[WmiDataId(1), read, Units("a"), Units("b")] uint32 Speed;'),
    ['remove Units with "b"', block('[WmiDataId(1), read, Units("a")] uint32 Speed;')],
    ['remove Units with "a"', block('[WmiDataId(1), read, Units("b")] uint32 Speed;')],
  ],
  ['MOF2110', block(ITEM).replace('WMI, ', ''), ['add WMI', block(ITEM)]],
  [
    'MOF2111',
    block(ITEM).replace('Provider("WMIProv"), ', ''),
    [
      'add Provider("WMIProv")',
      `[Provider("WMIProv"), ${block(ITEM).replace('Provider("WMIProv"), ', '').slice(1)}`,
    ],
  ],
  [
    'MOF2111',
    block(ITEM).replace('WMIProv', 'FanProv'),
    ['write Provider("WMIProv")', block(ITEM)],
  ],
  [
    'MOF2112',
    block(ITEM).replace('Dynamic, ', ''),
    ['add Dynamic', `[Dynamic, ${block(ITEM).replace('Dynamic, ', '').slice(1)}`],
  ],
  // Data items.
  [
    'MOF2201',
    block(`${ITEM} [read] uint32 Limit;`),
    ['add WmiDataId(2)', block(`${ITEM} [WmiDataId(2), read] uint32 Limit;`)],
  ],
  [
    'MOF2201',
    block(`${ITEM} uint32 Limit;`),
    ['add WmiDataId(2)', block(`${ITEM} [WmiDataId(2)] uint32 Limit;`)],
  ],
  [
    'MOF2201',
    block(`${ITEM} [] uint32 Limit;`),
    ['add WmiDataId(2)', block(`${ITEM} [WmiDataId(2)] uint32 Limit;`)],
  ],
  [
    'MOF2202',
    block(`${ITEM} [WmiDataId( 1 ), read] uint32 Limit;`),
    ['write WmiDataId(2)', block(`${ITEM} [WmiDataId( 2 ), read] uint32 Limit;`)],
  ],
  [
    'MOF2205',
    `class Base { ${PASSED_ON} }; ${block('[WmiDataId(3), read] uint32 Speed;', 'Fan : Base')}`,
    ['write WmiDataId(1)', `class Base { ${PASSED_ON} }; ${block(ITEM, 'Fan : Base')}`],
  ],
  [
    'MOF2215',
    `class Base { ${ITEM} }; ${block('[read] uint32 Speed;', 'Fan : Base')}`,
    [
      'add the flavor ToSubclass',
      `class Base { ${PASSED_ON} }; ${block('[read] uint32 Speed;', 'Fan : Base')}`,
    ],
  ],
  [
    'MOF2216',
    `class Base { ${PASSED_ON.replace('read', 'write')} }; ${block('', 'Fan : Base')}`,
    [
      'add the flavor ToSubclass',
      `class Base { ${PASSED_ON.replace('read', 'write : ToSubclass')} }; ${block('', 'Fan : Base')}`,
    ],
  ],
  [
    'MOF2217',
    block('[WmiMethodId(1)] uint32 Stop;'),
    ['write Stop()', block('[WmiMethodId(1)] uint32 Stop();')],
  ],
  [
    'MOF2206',
    `class Base { [WmiDataId(2) : ToSubclass, read] uint32 Limit; }; ${block(ITEM, 'Fan : Base')}`,
    [
      'write WmiDataId(3)',
      `class Base { [WmiDataId(2) : ToSubclass, read] uint32 Limit; }; ${block(ITEM.replace('1', '3'), 'Fan : Base')}`,
    ],
  ],
  [
    'MOF2207',
    block(ITEM.replace('1', '2'), 'Fan', AROUND.replace('[read]', '[WmiDataId(1), read]')),
    ['remove WmiDataId', block(ITEM.replace('1', '2'))],
  ],
  [
    'MOF2207',
    block(ITEM.replace('1', '2'), 'Fan', AROUND.replace('[read]', '[WmiDataId(1)]')),
    ['remove WmiDataId', block(ITEM.replace('1', '2'), 'Fan', AROUND.replace('[read] ', ''))],
  ],
  [
    'MOF2209',
    block(ITEM, 'Fan', ''),
    [
      'add [key, read] string InstanceName; [read] boolean Active;',
      block(`${AROUND} ${ITEM}`, 'Fan', ''),
    ],
  ],
  [
    'MOF2209',
    block(`\n  ${ITEM}\n`, 'Fan', '').replace('{  \n', '{\n'),
    [
      'add [key, read] string InstanceName; [read] boolean Active;',
      block(
        `\n  [key, read] string InstanceName;\n  [read] boolean Active;\n  ${ITEM}\n`,
        'Fan',
        '',
      ).replace('{  \n', '{\n'),
    ],
  ],
  [
    'MOF2214',
    block(ITEM, 'Fan', '[key, read] string InstanceName;'),
    [
      'add [read] boolean Active;',
      block(`[read] boolean Active; [key, read] string InstanceName; ${ITEM}`, 'Fan', '').replace(
        '{  ',
        '{ ',
      ),
    ],
  ],
  [
    'MOF2210',
    block(ITEM, 'Fan', AROUND.replace('boolean', 'uint8')),
    ['write boolean', block(ITEM)],
  ],
  [
    'MOF2210',
    block(ITEM, 'Fan', AROUND.replace('Active', 'Active[2]')),
    ['remove the brackets', block(ITEM)],
  ],
  ['MOF2210', block(ITEM, 'Fan', AROUND.replace('key, ', '')), ['add key', block(ITEM)]],
  ['MOF2211', block('[WmiDataId(1), key, read] uint32 Speed;'), ['remove key', block(ITEM)]],
  [
    'MOF2212',
    block('[WmiDataId(1), read, WmiTimeStamp] uint32 At;'),
    ['write uint64', block('[WmiDataId(1), read, WmiTimeStamp] uint64 At;')],
    ['remove WmiTimeStamp', block('[WmiDataId(1), read] uint32 At;')],
  ],
  [
    'MOF2213',
    block(`${ITEM} [WmiDataId(2), read, WmiEventRate("Speeed")] uint32 Limit;`, 'Fan : WMIEvent'),
    [
      'write WmiEventRate("Speed")',
      block(`${ITEM} [WmiDataId(2), read, WmiEventRate("Speed")] uint32 Limit;`, 'Fan : WMIEvent'),
    ],
  ],
  [
    'MOF2306',
    block('[WmiDataId(1), read, MaxLen(4)] uint32 Speed;'),
    ['remove MaxLen', block(ITEM)],
  ],
  [
    'MOF2312',
    COUNTED('Count').replace('Data[]', 'Data'),
    ['write Data[]', COUNTED('Count')],
    [
      'remove WmiSizeIs',
      COUNTED('Count').replace('Data[]', 'Data').replace(', WmiSizeIs("Count")', ''),
    ],
  ],
  ['MOF2313', COUNTED('Cuont'), ['write WmiSizeIs("Count")', COUNTED('Count')]],
  [
    'MOF2318',
    COUNTED('Count').replace('[]', '[4]'),
    ['write []', COUNTED('Count')],
    ['remove WmiSizeIs', COUNTED('Count').replace('[]', '[4]').replace(', WmiSizeIs("Count")', '')],
  ],
  ['MOF2319', block('[WmiDataId(1), read, Max(4)] uint32 Speed;'), ['remove Max', block(ITEM)]],
  // Qualifiers and values.
  [
    'MOF2120',
    block('[WmiDataId(1), read, wirte] uint32 Speed;'),
    ['write write', block('[WmiDataId(1), read, write] uint32 Speed;')],
  ],
  [
    'MOF2120',
    block('[WmiDataId(1), read, MaxLn(5)] string Name;'),
    ['write MaxLen', block('[WmiDataId(1), read, MaxLen(5)] string Name;')],
  ],
  ...(
    [
      ['uint32 Speed = "1200"', '1200'],
      ["uint32 Speed = 'A'", '65'],
      ['uint32 Speed = 4.0', '4'],
      ['uint32 Speed = {5}', '5'],
      ['boolean On = 1', 'TRUE'],
      ['boolean On = "false"', 'FALSE'],
      ['string Name = 5', '"5"'],
      ["string Name = 'x'", '"x"'],
      ['char16 Letter = "x"', "'x'"],
      ['uint32 Speeds[2] = 5', '{5}'],
    ] as const
  ).map(
    ([declaration, right]) =>
      [
        'MOF2601',
        block(`[WmiDataId(1), read] ${declaration};`),
        [
          `write ${right}`,
          block(`[WmiDataId(1), read] ${declaration.replace(/=.*/, `= ${right}`)};`),
        ],
      ] as const,
  ),
  [
    'MOF2611',
    'class Fan { boolean On = 0; };',
    ['write FALSE', 'class Fan { boolean On = FALSE; };'],
  ],
  [
    'MOF2614',
    'class Fan { uint8 Level; }; instance of Fan { Levle = 1; };',
    ['write Level', 'class Fan { uint8 Level; }; instance of Fan { Level = 1; };'],
  ],
  [
    'MOF2615',
    'class Fan { Fan ref Other; }; instance of Fan as $Left { Other = $Lfet; };',
    ['write $Left', 'class Fan { Fan ref Other; }; instance of Fan as $Left { Other = $Left; };'],
  ],
  [
    'MOF2621',
    '#pragma classflags("updateonly" "safeupdate")\n',
    ['write "updateonly", "safeupdate"', '#pragma classflags("updateonly", "safeupdate")\n'],
  ],
  [
    'MOF2621',
    '#pragma deleteclass("Fan", NOFIAL)\n',
    ['write NOFAIL', '#pragma deleteclass("Fan", NOFAIL)\n'],
  ],
  // Methods.
  [
    'MOF2501',
    block(`${ITEM} [Implemented] void f();`),
    ['add WmiMethodId(1)', block(`${ITEM} [WmiMethodId(1), Implemented] void f();`)],
  ],
  [
    'MOF2502',
    block('[WmiMethodId(1)] void f(); [WmiMethodId(1)] void g();'),
    ['write WmiMethodId(2)', block('[WmiMethodId(1)] void f(); [WmiMethodId(2)] void g();')],
  ],
  [
    'MOF2205',
    `class Base { [WmiMethodId(1)] void f(); }; ${block('[WmiMethodId(2)] void f();', 'Fan : Base')}`,
    [
      'write WmiMethodId(1)',
      `class Base { [WmiMethodId(1)] void f(); }; ${block('[WmiMethodId(1)] void f();', 'Fan : Base')}`,
    ],
  ],
  [
    'MOF2316',
    block(
      '[WmiMethodId(1)] void f([in] uint32 n, [out, WmiSizeIs("n")] uint8 x[], [out] uint8 y);',
    ),
    [
      'add out',
      block(
        '[WmiMethodId(1)] void f([out, in] uint32 n, [out, WmiSizeIs("n")] uint8 x[], [out] uint8 y);',
      ),
    ],
  ],
];

describe('each fix changes what it should, and its finding is gone', () => {
  test.each(ROWS.map(([code, text, ...want]) => [code, text, want] as const))(
    '%s %s',
    (code, text, want) => {
      const files = { 'fan.mof': text };
      const found = findingsOf(files);
      const fixes = found.filter((each) => each.code === code).flatMap((each) => each.fixes);
      expect(counts(found, code)).toBeGreaterThan(0);
      expect(fixes.map((fix) => [fix.title, applied(files, fix)['fan.mof']])).toEqual(want);
      for (const fix of fixes) {
        const after = findingsOf(applied(files, fix));
        expect(counts(after, code)).toBeLessThan(counts(found, code));
        expect(errors(after)).toEqual([]);
      }
    },
  );
});

describe('a fix is in the file that was written', () => {
  const part = '[WmiDataId(1), read] unit32 Speed;\n';
  test('of an included text', () => {
    const files = { 'fan.mof': block('\n#include "part.inc"\n'), 'part.inc': part };
    const [found] = findingsOf(files);
    const [fix] = found?.fixes ?? [];
    expect(fix && applied(files, fix)).toEqual({
      ...files,
      'part.inc': part.replace('unit32', 'uint32'),
    });
  });

  test('of a text whose localised texts were taken in', () => {
    const files = {
      'fan.mof': block('[WmiDataId(1), read] unit32 Speed;'),
      'fan.mfl': `[amendment] class Fan { [Description("How fast") : amended] uint32 Speed; };`,
    };
    const [found] = findingsOf(files, 'fan.mof', 'fan.mfl');
    const [fix] = found?.fixes ?? [];
    expect(fix && applied(files, fix)['fan.mof']).toBe(block(ITEM));
  });

  test.each([
    ['a type', '#define TYPE unit32\n', '[WmiDataId(1), read] TYPE Speed;'],
    ['an id', '#define ID 1\n', `${ITEM} [WmiDataId(ID), read] uint32 Limit;`],
    ['a qualifier', '#define LIST MaxLen(4)\n', '[WmiDataId(1), read, LIST] uint32 Speed;'],
  ])('and there is no fix where a macro expands to %s', (_what, macro, items) => {
    const found = findingsOf({ 'fan.mof': `${macro}${block(items)}` });
    expect(found.length).toBeGreaterThan(0);
    expect(found.flatMap(({ fixes }) => fixes)).toEqual([]);
  });

  test('a place next to a macro can be changed', () => {
    const files = { 'fan.mof': `#define TYPE uint32\n${block(`${ITEM} TYPE Limit;`)}` };
    const [found] = findingsOf(files);
    expect(found?.code).toBe('MOF2201');
    expect(found?.fixes.map((fix) => applied(files, fix)['fan.mof'])).toEqual([
      files['fan.mof'].replace('TYPE Limit', '[WmiDataId(2)] TYPE Limit'),
    ]);
  });
});

describe('the fixes of the bad samples', () => {
  const fixable: string[] = [];
  const codes = Object.keys(DIAGNOSTICS).filter(isCode);
  test.each(codes)('%s', (code) => {
    const { setting } = PAGES[code];
    if (
      setting?.bytes !== undefined ||
      setting?.isMissing === true ||
      setting?.args !== undefined
    ) {
      // The fault is not in the text: bytes, a missing file, a target.
      return;
    }
    const files = Object.fromEntries(
      Object.entries(badSample(code)).map(([name, text]) => [name, String(text)]),
    );
    const main = `${code}.mof`;
    const found = findingsOf(files, main);
    for (const fix of found.flatMap(({ fixes }) => fixes)) {
      fixable.push(code);
      const after = findingsOf(applied(files, fix), main);
      expect(counts(after, code)).toBeLessThan(counts(found, code));
      // The include directive that was meant names no file of the sample.
      expect(errors(after).filter((each) => !each.startsWith('MOF1004'))).toEqual([]);
    }
  });

  test('most codes with a fix have a bad sample with a fix', () => {
    console.log(`bad samples with fixes: ${new Set(fixable).size} of ${codes.length}`);
    expect(new Set(fixable).size).toBeGreaterThanOrEqual(30);
  });
});

test('the edits of a fix are within their files and do not overlap, whatever is missing or added', () => {
  const texts = ['sensor-log', 'odd-corners', 'smart-fan'].map((name) =>
    readFileSync(`samples/${name}/${name}.mof`, 'utf8'),
  );
  const scrap = fc.constantFrom(
    '',
    ';',
    '}',
    '"',
    '[',
    ']',
    '(',
    '\u201C',
    '/*',
    'class',
    '\\',
    ', ',
    '#if',
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.nat(12),
      scrap,
      (text, at, length, added) => {
        const start = at % text.length;
        const broken = text.slice(0, start) + added + text.slice(start + length);
        for (const { fixes } of findingsOf({ 'fan.mof': broken })) {
          for (const { title, edits } of fixes) {
            expect(title).toMatch(/^[a-z]/);
            expect(edits.length).toBeGreaterThan(0);
            let end = 0;
            for (const { location } of edits.toSorted(
              (a, b) => a.location.span.start - b.location.span.start,
            )) {
              expect(location.source.composition).toBeUndefined();
              expect(location.span.start).toBeGreaterThanOrEqual(end);
              expect(location.span.end).toBeGreaterThanOrEqual(location.span.start);
              end = location.span.end;
            }
            expect(end).toBeLessThanOrEqual(broken.length);
          }
        }
      },
    ),
    { numRuns: runs(300) },
  );
});
