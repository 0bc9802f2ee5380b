/**
 * The rules of the driver documentation, one row each, in the order of docs/spec/layout-and-header.md:
 * a file that breaks only this rule, and what is reported. A row without a finding must not be reported.
 */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { emitFor } from '../../src/emit.js';
import { DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { isCode } from '../../src/diagnostics/policy.js';
import { targetNamed } from '../../src/targets/index.js';
import { bytesOf, MUTATIONS } from './mutations.js';

const G = (last: number) => `guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7b${last}}")`;
const HEAD = `WMI, Dynamic, Provider("WMIProv"), ${G(11)}`;
const NAME = '[key, read] string InstanceName;';
const ACTIVE = '[read] boolean Active;';
const AROUND = `${NAME} ${ACTIVE}`;
const ITEM = '[WmiDataId(1), read] uint32 Speed;';

/** A class with these features and nothing else. */
function bare(head: string, qualifiers: string, features: string): string {
  return `[${qualifiers}] class ${head} { ${features} };\n`;
}
const block = (...features: readonly string[]) =>
  bare('Fan', HEAD, [AROUND, ...features].join(' '));
const event = (head: string, ...features: readonly string[]) =>
  bare(head, HEAD, [AROUND, ...features].join(' '));
const structure = (name: string, features: string) => bare(name, `WMI, ${G(12)}`, features);
const withQualifiers = (qualifiers: string) => bare('Fan', qualifiers, `${AROUND} ${ITEM}`);
const other = (last: number, head: string, features: string) =>
  bare(head, `WMI, Dynamic, Provider("WMIProv"), ${G(last)}`, `${AROUND} ${features}`);

type Row = readonly [rule: string, mof: string, ...reported: string[]];

const CLASSES: readonly Row[] = [
  ['WMI is required', withQualifiers(HEAD.replace('WMI, ', '')), 'warning MOF2110'],
  ['a guid is required', withQualifiers(HEAD.replace(`, ${G(11)}`, '')), 'error MOF2105'],
  ['a guid with braces or without', withQualifiers(HEAD.replace(/[{}]/g, ''))],
  ['a guid of the right form', withQualifiers(HEAD.replace('7b11', '7b1')), 'error MOF2104'],
  ['a guid for one block only', `${block(ITEM)}${other(11, 'Pump', ITEM)}`, 'warning MOF2106'],
  ['Dynamic is required', withQualifiers(HEAD.replace('Dynamic, ', '')), 'warning MOF2112'],
  [
    'Static: WMI keeps the data, nothing is registered',
    withQualifiers(HEAD.replace('Dynamic', 'Static')),
  ],
  [
    'a Provider is required',
    withQualifiers(HEAD.replace('Provider("WMIProv"), ', '')),
    'warning MOF2111',
  ],
  [
    'the Provider is WMIProv',
    withQualifiers(HEAD.replace('WMIProv', 'FanProv')),
    'warning MOF2111',
  ],
  ['in any case', withQualifiers(HEAD.replace('WMIProv', 'wmiprov'))],
  [
    'embedded classes need no Provider and are not Dynamic',
    structure('Point', ITEM) + block('[WmiDataId(1), read] Point Place;'),
  ],
  [
    'texts and hints of a class',
    withQualifiers(
      `${HEAD}, Description("a"), DisplayName("b"), Locale("MS\\\\0x409"), localeid(1033), WmiExpense(1)`,
    ),
  ],
  ['WmiExpense is a number', withQualifiers(`${HEAD}, WmiExpense("high")`), 'error MOF2101'],
  ['one abstract base', bare('Base', 'WMI, abstract', AROUND) + bare('Fan : Base', HEAD, ITEM)],
  [
    'not two abstract bases',
    bare('Root', 'WMI, abstract', AROUND) +
      bare('Base : Root', 'WMI, abstract', '') +
      bare('Fan : Base', HEAD, ITEM),
    'warning MOF2014',
  ],
  [
    'no abstract base of events',
    bare('Base : WMIEvent', 'WMI, abstract', AROUND) + bare('FanEvent : Base', HEAD, ITEM),
    'warning MOF2013',
  ],
  [
    'a localised copy has only what is translated',
    block(ITEM) +
      bare(
        'Fan',
        'Description("Lüfter") : amended, amendment, locale(0x407)',
        '[key] string InstanceName;',
      ),
  ],
  [
    'a localised copy has its class',
    block(ITEM) + bare('Pump', 'Description("Pumpe") : amended, amendment, locale(0x407)', ''),
    'warning MOF1401',
  ],
  [
    'qualifiers for the header',
    withQualifiers(
      `${HEAD}, HeaderName("FAN"), GuidName1("FanGuid1"), GuidName2("FanGuid2"), WmiGenerateHeader(TRUE)`,
    ),
  ],
  ['HeaderName is a string', withQualifiers(`${HEAD}, HeaderName(1)`), 'error MOF2101'],
  [
    'trace classes have rules of their own',
    bare(
      'FanTrace : EventTrace',
      `Dynamic, ${G(13)}, EventVersion(2)`,
      '[WmiDataId(1), extension("Sid"), read] object Who;',
    ),
  ],
];

const ITEMS: readonly Row[] = [
  ['InstanceName is required', bare('Fan', HEAD, `${ACTIVE} ${ITEM}`), 'error MOF2209'],
  ['Active is required', bare('Fan', HEAD, `${NAME} ${ITEM}`), 'warning MOF2214'],
  ['InstanceName is a key', block(ITEM).replace('key, ', ''), 'error MOF2210'],
  ['InstanceName is a string', block(ITEM).replace('string', 'uint32'), 'error MOF2210'],
  ['Active is a boolean', block(ITEM).replace('boolean', 'uint8'), 'error MOF2210'],
  ['read may be missing on them', block(ITEM).replace('key, read', 'key').replace('[read] ', '')],
  ['they may be inherited', bare('Base', 'WMI, abstract', AROUND) + bare('Fan : Base', HEAD, ITEM)],
  ['nothing else is a key', block('[WmiDataId(1), key, read] uint32 Speed;'), 'warning MOF2211'],
  [
    'they have no WmiDataId',
    block('[WmiDataId(2), read] uint32 Speed;').replace('[key,', '[WmiDataId(1), key,'),
    'error MOF2207',
  ],
  ['all else has one', block(ITEM, '[read] uint32 Wanted;'), 'warning MOF2201'],
  [
    'a qualifier without ToSubclass is not inherited ("Qualifier Flavors")',
    `[WMI, abstract] class B { ${ITEM} }; ${block('[WmiDataId(2), read] uint32 Wanted;').replace('class Fan', 'class Fan : B')}`,
    'error MOF2215',
  ],
  [
    'nor is write',
    `[WMI, abstract] class B { [WmiDataId(1) : ToSubclass, read, write] uint32 Speed; }; ${block('[WmiDataId(2), read] uint32 Wanted;').replace('class Fan', 'class Fan : B')}`,
    'warning MOF2216',
  ],
  [
    'one with DisableOverride keeps its value',
    `[WMI, abstract] class B { [WmiDataId(1) : ToSubclass DisableOverride] uint32 Speed; }; ${block('[WmiDataId(2), read] uint32 Speed;').replace('class Fan', 'class Fan : B')}`,
    'error MOF2218',
  ],
  ['WmiMethodId is for methods', block('[WmiMethodId(1)] uint32 Stop;'), 'warning MOF2217'],
  ['its own', block(ITEM, '[WmiDataId(1), read] uint32 Wanted;'), 'error MOF2202'],
  ['without gaps', block(ITEM, '[WmiDataId(3), read] uint32 Wanted;'), 'warning MOF2203'],
  ['from 1', block('[WmiDataId(2), read] uint32 Speed;'), 'warning MOF2203'],
  ['an id is a number', block('[WmiDataId("1"), read] uint32 Speed;'), 'error MOF2101'],
  ['an id fits 32 bits', block('[WmiDataId(-1), read] uint32 Speed;'), 'error MOF2204'],
  [
    'the text may have another order',
    block('[WmiDataId(2)] uint32 B;', '[WmiDataId(1)] uint32 A;'),
  ],
  ['WmiSizeIs', block(ITEM, '[WmiDataId(2), WmiSizeIs("Speed")] uint8 Log[];')],
  [
    'WmiSizeIs is for arrays',
    block(ITEM, '[WmiDataId(2), WmiSizeIs("Speed")] uint8 Log;'),
    'error MOF2312',
  ],
  [
    'WmiSizeIs names an item',
    block(ITEM, '[WmiDataId(2), WmiSizeIs("Spede")] uint8 Log[];'),
    'error MOF2313',
  ],
  [
    'WmiSizeIs names an integer',
    block('[WmiDataId(1)] datetime When;', '[WmiDataId(2), WmiSizeIs("When")] uint8 Log[];'),
    'error MOF2314',
  ],
  [
    'WmiSizeIs names an earlier item',
    block('[WmiDataId(2)] uint32 Count;', '[WmiDataId(1), WmiSizeIs("Count")] uint8 Log[];'),
    'error MOF2315',
  ],
  [
    'an array has a length, or WmiSizeIs',
    block('[WmiDataId(1)] uint8 Log[];', '[WmiDataId(2)] uint32 Speed;'),
    'error MOF2316',
  ],
  [
    'at the end it takes what is left',
    block(ITEM, '[WmiDataId(2)] uint8 Log[];'),
    'warning MOF2317',
  ],
  ['MaxLen is for strings', block('[WmiDataId(1), MaxLen(3)] uint32 Speed;'), 'warning MOF2306'],
  [
    'MaxLen is not for embedded classes',
    structure('Point', ITEM) + block('[WmiDataId(1), MaxLen(31)] Point Places[4];'),
    'warning MOF2306',
  ],
  ['MaxLen 0 is without a limit', block('[WmiDataId(1), MaxLen(0)] string Label;')],
  ['MaxLen fits a string', block('[WmiDataId(1), MaxLen(40000)] string Label;'), 'error MOF2305'],
  [
    'WmiTimeStamp is of 64 bits',
    block('[WmiDataId(1), WmiTimeStamp] uint32 At;'),
    'warning MOF2212',
  ],
  [
    'hints of an item',
    block(
      '[WmiDataId(1), read, WmiScale(-2), WmiComplexity(1), WmiVolatility(1000), DisplayInHex, DisplayName("a"), WmiMissingData(0), CounterType(1), DefaultScale(0), WmiRefClass("Fan")] uint32 Speed;',
    ),
  ],
  [
    'WmiEventTrigger names an item',
    event('FanEvent : WMIEvent', '[WmiDataId(1), WmiEventTrigger("Limit")] uint32 Speed;'),
    'warning MOF2213',
  ],
  [
    'WmiEventRate names an item',
    event('FanEvent : WMIEvent', '[WmiDataId(1), WmiEventRate("Seconds")] uint32 Speed;'),
    'warning MOF2213',
  ],
  [
    'Values and ValueMap are as long',
    block('[WmiDataId(1), Values{"a", "b"}, ValueMap{"0"}] uint8 State;'),
    'warning MOF2107',
  ],
  [
    'DefineValues and ValueMap are as long',
    block(
      '[WmiDataId(1), Values{"a"}, DefineValues{"FAN_A", "FAN_B"}, ValueMap{"0"}] uint8 State;',
    ),
    'warning MOF2107',
  ],
  [
    'DefineValues and Values are as long',
    block('[WmiDataId(1), Values{"a"}, DefineValues{"FAN_A", "FAN_B"}] uint8 State;'),
    'warning MOF2107',
  ],
  [
    'BitMap and BitValues are as long',
    block('[WmiDataId(1), BitMap{"0"}, BitValues{"a", "b"}] uint8 State;'),
    'warning MOF2107',
  ],
  [
    'WmiEnum does nothing',
    block('[WmiDataId(1), WmiEnum{"1 - a"}] uint8 State;'),
    'warning MOF2102',
  ],
];

const METHODS: readonly Row[] = [
  ['a method has a WmiMethodId', block('void Stop();'), 'warning MOF2501'],
  [
    'its own',
    block('[WmiMethodId(1)] void Stop();', '[WmiMethodId(1)] void Go();'),
    'error MOF2502',
  ],
  [
    'ids of methods may leave gaps',
    block('[WmiMethodId(10)] void Stop();', '[WmiMethodId(12)] void Go();'),
  ],
  [
    'an event has no methods',
    event('FanEvent : WMIEvent', ITEM, '[WmiMethodId(1)] void Stop();'),
    'warning MOF2505',
  ],
  ['methods are void', block('[WmiMethodId(1)] uint32 Stop();'), 'warning MOF2503'],
  [
    'Implemented, Description and HeaderName',
    block('[WmiMethodId(1), Implemented, Description("a"), HeaderName("STOP")] void Stop();'),
  ],
  [
    'parameters without a direction go both ways',
    block('[WmiMethodId(1)] void Stop(uint32 Delay);'),
  ],
  [
    'IDs of parameters give an order',
    block('[WmiMethodId(1)] void Stop([in, ID(0)] uint32 A, [in, ID(0)] uint32 B);'),
    'warning MOF2504',
  ],
  [
    'WmiSizeIs of a parameter',
    block('[WmiMethodId(1)] void Set([in] uint32 N, [in, WmiSizeIs("M")] uint8 A[]);'),
    'error MOF2313',
  ],
  [
    'firmware writes read and write on methods',
    block('[WmiMethodId(1), Implemented, read, write] void Stop();'),
  ],
];

const REJECTED: readonly Row[] = [
  ['reals', block('[WmiDataId(1)] real32 Speed;'), 'error MOF2301'],
  ['references', block('[WmiDataId(1)] Fan ref Other;'), 'error MOF2302'],
  ['objects', block('[WmiDataId(1)] object Other;'), 'error MOF2302'],
  ['a name that begins with an underscore', other(11, '_Fan', ITEM), 'warning MOF2009'],
  ['a name that ends with an underscore', other(11, 'Fan_', ITEM), 'warning MOF2009'],
  ['an unknown base', other(11, 'Fan : Device', ITEM), 'error MOF2004'],
  ['an unknown embedded class', block('[WmiDataId(1)] Point Place;'), 'error MOF2008'],
  [
    'an embedded class without items',
    structure('Point', '') + block('[WmiDataId(1)] Point P;'),
    'error MOF2304',
  ],
  ['a class that embeds itself', block('[WmiDataId(1)] Fan Other;'), 'error MOF2303'],
  ['an event that derives from nothing', event('FanEvent', ITEM), 'warning MOF2015'],
  ['an event that derives from WMIEvent', event('FanEvent : WMIEvent', ITEM)],
  [
    'an event that derives from it indirectly',
    event('BaseEvent : WMIEvent', ITEM.replace('(1)', '(1) : ToSubclass')) +
      other(14, 'FanEvent : BaseEvent', ''),
  ],
  ['an event of __ExtrinsicEvent', event('FanEvent : __ExtrinsicEvent', ITEM), 'warning MOF2012'],
  [
    'a class that is embedded before it is declared',
    block('[WmiDataId(1)] Point P;') + structure('Point', ITEM),
    'warning MOF2011',
  ],
  [
    'a macro for two methods',
    block('[WmiMethodId(1)] void Stop();') + other(14, 'Pump', '[WmiMethodId(2)] void Stop();'),
    'warning MOF3103',
    'warning MOF3103',
  ],
  [
    'one macro for two values',
    block(
      '[WmiDataId(1), DefineValues{"ON"}, ValueMap{"1"}] uint32 A;',
      '[WmiDataId(2), DefineValues{"ON"}, ValueMap{"2"}] uint32 B;',
    ),
    'warning MOF3103',
    'warning MOF3103',
  ],
  [
    'an order of ids that costs padding',
    block('[WmiDataId(1)] uint8 A;', '[WmiDataId(2)] uint32 B;', '[WmiDataId(3)] uint8 C;'),
    'warning MOF2404',
  ],
  [
    'padding that no order of ids saves',
    block('[WmiDataId(1)] uint32 A;', '[WmiDataId(2)] uint8 B;'),
  ],
];

const CONVENTIONS: readonly Row[] = [
  [
    'bases of the same file',
    bare('Base', 'WMI, abstract', AROUND) + bare('Fan : Base', HEAD, ITEM),
  ],
  ['bases of wmicore.mof', other(11, 'Fan : MSNdis', ITEM)],
  ['no other bases', other(11, 'Fan : Device', ITEM), 'error MOF2004'],
  ['an event of 1 KB', event('FanEvent : WMIEvent', '[WmiDataId(1)] uint8 Log[960];')],
  [
    'not an event of more',
    event('FanEvent : WMIEvent', '[WmiDataId(1)] uint8 Log[961];'),
    'warning MOF2403',
  ],
  [
    'items of fixed size first',
    block('[WmiDataId(1)] string Label;', '[WmiDataId(2)] uint32 Speed;'),
    'warning MOF2402',
  ],
  [
    'inputs before outputs',
    block('[WmiMethodId(1)] void Get([out] uint32 Speed, [in] uint32 Index);'),
    'warning MOF2506',
  ],
  ['names of letters, digits and underscores', other(11, 'Lüfter', ITEM), 'warning MOF2010'],
];

function reported(mof: string): string[] {
  const { value, diagnostics } = analyze(bytesOf(mof), 'fan.mof', () => undefined);
  const emitted = diagnostics.some(({ severity }) => severity === 'error')
    ? []
    : emitFor([targetNamed('header')], value, 'fan.mof').diagnostics;
  // From the header itself, only names of macros.
  const macros = emitted.filter(({ code }) => code === 'MOF3103');
  return [...diagnostics, ...macros].map(({ severity, code }) => `${severity} ${code}`);
}

describe.each<[string, readonly Row[]]>([
  ['docs/spec/layout-and-header.md#class-qualifiers', CLASSES],
  ['docs/spec/layout-and-header.md#item-qualifiers', ITEMS],
  ['docs/spec/layout-and-header.md#method-qualifiers', METHODS],
  ['docs/spec/layout-and-header.md#rejected', REJECTED],
  ['docs/spec/layout-and-header.md#names-and-conventions', CONVENTIONS],
])('%s', (_where, rows) => {
  test.each(rows)('%s', (_rule, mof, ...want) => {
    expect(reported(mof)).toEqual(want);
  });
});

test('each finding has a place and a help', () => {
  for (const [, mof] of [CLASSES, ITEMS, METHODS, REJECTED, CONVENTIONS].flat()) {
    const bytes = bytesOf(mof);
    for (const each of analyze(bytes, 'fan.mof', () => undefined).diagnostics) {
      expect(each.location).toBeDefined();
      expect(each.help, each.message).toBeDefined();
    }
  }
});

/** Rules of mofgen alone that no edit of the sample in mutations.ts breaks by itself. */
const OWN = ['MOF2205', 'MOF2206', 'MOF2208'];

test('every code about what WMI provides has a rule here, or an edit in mutations.ts', () => {
  const ruled = new Set(
    [CLASSES, ITEMS, METHODS, REJECTED, CONVENTIONS].flatMap((rows) =>
      rows.flatMap(([, , ...want]) => want.map((each) => each.slice(-7))),
    ),
  );
  for (const { code } of MUTATIONS) ruled.add(code);
  const rest = Object.keys(DIAGNOSTICS)
    .filter(isCode)
    .filter((code) => /^MOF2[1-5]/.test(code) && !ruled.has(code));
  expect(rest).toEqual(OWN);
});
