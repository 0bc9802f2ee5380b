/**
 * Whole files in common dialects: SDK samples, trace classes, dumps of a repository, firmware. They are accepted like
 * in the compiler of Windows; only oddities, and what makes a provider impossible, are reported. The texts are our own.
 */
import { expect, test } from 'vitest';
import { analyze } from '../../src/analyze.js';

type Row = readonly [what: string, mof: string, ...reported: string[]];

const FILES: readonly Row[] = [
  [
    'an SDK provider: class flags as a number, flavors of all uses, deletions, defaults, instances',
    String.raw`#pragma classflags(64)
#pragma instanceflags("updateonly")
#pragma deleteclass("Old", NOFAIL)
#pragma deleteinstance("\\\\.\\root\\cimv2:__Win32Provider.Name=\"X\"", NOFAIL)
qualifier Abstract : NotToInstance NotToSubclass;
Qualifier Key: ToInstance ToSubclass ;
qualifier CIMTYPE : tosubclass toinstance;
qualifier Provider : ToInstance;
[provider("HwProv"), dynamic]
class HW_Thing : __SystemClass { [key] string Id; datetime When = "00000001120032.000000:000"; uint8 raw[] = {1, 2, 0x3}; string list[] = {}; char16 c = 'x'; real64 r = 1.5e3; boolean b = true; HW_Thing ref Peer; object Any; object ref AnyRef; HW_Thing Sub; };
[Association] class Link { [key] HW_Thing ref A; [key, Override] HW_Thing ref B; };
class Consumer : __EventConsumer { [key] string Name; uint8 CreatorSID[]; };
instance of HW_Thing { Id = "a"; raw = {}; Sub = instance of HW_Thing { Id = "b"; }; };
instance of Undeclared { Unknown = {"a", "b"}; };
`,
  ],
  [
    'SDK samples: qualifiers on instances and their properties, properties without a value, static methods',
    String.raw`#pragma classflags(64)
#pragma namespace ("\\\\.\\root\\cimv2")
qualifier Key : tosubclass toinstance;
Qualifier read: ToInstance ToSubClass ;
qualifier dynamic : ToInstance;
instance of __Win32Provider as $P
{
  Name = "PropX";
  ClsId = "{31111111-2222-3333-4444-555555555503}";
};
instance of __PropertyProviderRegistration
{
  Provider = $P;
  SupportsPut = TRUE;
};
class PropSamp { [key] string KeyName; [PropertyContext("a|b")] sint32 iValue; string sValue; };
[InstanceContext("local|x"), dynamic : ToInstance, Provider("PropX") : ToInstance]
instance of PropSamp
{
  KeyName = "a";
  [PropertyContext("iVal")] iValue;
  [PropertyContext("sVal")] sValue;
};
[dynamic: ToInstance, provider("MethX"): ToInstance]class MethSample
{
  [key, read] string KeyName;
  [implemented, static] uint32 Echo([IN] string sIn="Hello", [OUT] string sOut);
};
instance of __EventFilter as $F { Query = "select * from X"; QueryLanguage = "WQL"; };
instance of Binding { Filter = $F; Consumer = instance of CommandLineEventConsumer { Name = "x"; }; List = { $F, $P }; };
class EvX : __ExtrinsicEvent { string Text; uint32 Code = 5; };
`,
  ],
  [
    'trace classes of an SDK: event types, objects that extensions type, lists of qualifiers as macros',
    String.raw`#pragma classflags("forceupdate")
#pragma namespace ("\\\\.\\Root\\WMI")
qualifier Description : amended;
Qualifier Guid : ToSubClass;
#define LEVEL_QUALIFIERS \
  Values{"low", "high"} : amended, \
  ValueMap{"0", "1"}, \
  Description("a level") : amended
class WMIEvent : __ExtrinsicEvent
{
};
[Dynamic, Description("Kernel trace") : amended, Guid("{11111111-2222-3333-4444-555555555501}"), locale("MS\\0x409")]
class Kernel_Trace : EventTrace
{
   [Description ("Flags") : amended, ValueDescriptions{ "Process", "Thread"} : amended, DefineValues{"EV_A","EV_B"}, Values{"process","thread"}, ValueMap{"0x1","0x2"}] uint32 Flags;
};
[Dynamic, Description("Process") : amended, Guid("{11111111-2222-3333-4444-555555555502}"), DisplayName("Process") : amended, EventVersion(1)]
class Process_V1 : Kernel_Trace
{
};
[Dynamic, EventType{1, 2, 3, 4}, EventTypeName{"Start","End","DCStart","DCEnd"} : amended]
class Process_V1_Group1 : Process_V1
{
  [WmiDataId(1), Description("Process Id") : amended, format("x"), read] uint32 ProcessId;
  [WmiDataId(2), pointer, read] uint32 PageDirectoryBase;
  [WmiDataId(3), extension("Sid"), read] object UserSID;
  [WmiDataId(4), StringTermination("NullTerminated"), read] string ImageFileName;
  [WmiDataId(5), extension("Guid"), read] object Key;
  [WmiDataId(6), extension("Variant"), WmiSizeIs("ProcessId"), read] object Blob;
  [WmiDataId(7), ArraySize(5)] uint8 Raw[];
};
[Dynamic, EventType(8), EventTypeName("Rundown") : amended]
class Process_V1_Group2 : Process_V1
{
  [WmiDataId(1), LEVEL_QUALIFIERS, read] uint32 Level;
  [WmiDataId(2), read] real64 Ratio;
};
[WMI, Dynamic, Provider("WmiProv"), guid("{11111111-2222-3333-4444-555555555503}"), DisplayName("x") : amended, locale("MS\\0x409")]
class MSX_Status
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), LEVEL_QUALIFIERS, read] uint32 Level;
  [WmiDataId(2), read] uint8 Data[2000];
};
[ LEVEL_QUALIFIERS ]
class Odd { [ LEVEL_QUALIFIERS ] uint32 A; };
`,
  ],
  [
    'a dump of a repository: flavors at every qualifier, empty lists, defaults',
    String.raw`#pragma namespace("\\\\.\\ROOT\\WMI")
[dynamic : ToInstance, provider("WMIProv") : ToInstance, WMI : ToInstance, Description("x") : ToInstance ToSubclass, guid("{41111111-2222-3333-4444-555555555501}") : ToInstance, locale(1033) : ToInstance]
class MSDump
{
  [key : ToInstance ToSubclass DisableOverride, read : ToInstance ToSubclass] string InstanceName;
  [read : ToInstance ToSubclass] boolean Active;
  [WmiDataId(1) : ToInstance, ValueMap{}, Values{"a"} : ToInstance, read] uint32 Kind = 3;
  [WmiMethodId(1), Implemented : ToSubclass] void Do([In, CIMTYPE("uint32") : ToSubclass, ID(0) : DisableOverride ToInstance] uint32 A);
};
[abstract, singleton : DisableOverride ToInstance ToSubclass, DEPRECATED : ToSubclass]
class __SystemX { uint32 R = NULL; datetime When = "00000001120032.000000:000";  };
`,
  ],
  [
    'a network driver, whose base is in wmicore.mof',
    String.raw`#pragma namespace("\\\\.\\root\\wmi")
[abstract]
class NetX : MSNdis
{
};
[Dynamic, Provider("WMIProv"), WMI, Description("x"), guid("{21111111-2222-3333-4444-555555555503}"), locale("MS\\0x409"), WmiExpense(1)]
class NetX_Cfg : NetX
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [read, write, WmiDataId(1), Description("d")] uint32 value;
};
[Dynamic, Provider("WMIProv"), WMI, guid("{21111111-2222-3333-4444-555555555504}")]
class NetX_Stats : MSNdis
{
  [WmiDataId(1), read] uint64 a;
  [WmiDataId(2), read] uint64 b;
};
`,
  ],
  [
    'firmware: opaque buffers, IDs, items named like types, results',
    String.raw`#pragma classflags("forceupdate")
#pragma namespace("\\\\.\\root\\WMI")
[WMI, Locale("MS\\0x409"), Description("Data buffer"), Guid("{71111111-2222-3333-4444-555555555501}")]
class Buf { [WmiDataId(1), read, write, Description("bytes")] uint8 Bytes[4096]; };
[WMI, Dynamic, Provider("WmiProv"), Locale("MS\\0x409"), Description("fn"), Guid("{71111111-2222-3333-4444-555555555502}")]
class Fn
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiMethodId(1), Implemented, read, write, Description("do")] void Do([in, out, Description("b")] Buf Data);
};
[WMI, Dynamic, Provider("WmiProv"), Locale("MS\\0x409"), Guid("{71111111-2222-3333-4444-555555555503}")]
class Hot
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, write] uint8 Uint8;
  [WmiDataId(2), read, write] string String;
};
[WMI, Dynamic, Provider("WmiProv"), Locale("MS\\0x409"), Guid("{71111111-2222-3333-4444-555555555504}")]
class Params
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiMethodId(1), Implemented] void A([in, id(0), WmiDataId(1)] uint32 x, [out, id(1), MaxLen(6)] string s);
  [WmiMethodId(2), Implemented] boolean B();
  [WmiMethodId(3), Implemented] void C([out, read] uint8 d[256], [in] uint32 a);
  [WmiMethodId(4), Implemented] void D([in] string a, [in] uint32 b);
};
[Dynamic, Provider("WmiProv"), WMI, guid("{71111111-2222-3333-4444-555555555505}"), Description("ev")]
class KeyEv : WMIEvent
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [read, WmiDataId(1), ValueMap{"0x1","0x2"}, Values{"a","b"}] uint32 EventDetail;
};
`,
    'MOF2102',
    'MOF2503',
    'MOF2506',
    'MOF2402',
  ],
  [
    'firmware: methods alone, a single backslash in Locale, ids with gaps, Max on name[], an array without a length',
    String.raw`[WMI, Dynamic, Provider("WmiProv"), Locale("MS\0x409"), Description("fw"), guid("{51111111-2222-3333-4444-555555555501}")]
class MethodsAlone
{
  [WmiMethodId(1), Implemented, Description("get")] void GetX([out] uint32 Data);
  [WmiMethodId(5), Implemented, Description("set")] void SetX([in] uint32 Data, [out] uint32 Ret);
  [WmiMethodId(7), Implemented, read, write] void None();
};
[WMI, Dynamic, Provider("WmiProv"), Locale("MS\\0x409"), guid("{51111111-2222-3333-4444-555555555502}")]
class Gaps
{
  [key] string InstanceName;
  boolean Active;
  [WmiDataId(1), read, write, Max(64)] uint8 name[];
  [WmiDataId(4)] uint8 data[2000];
  [WmiDataId(5), Description("len")] uint32 len;
  [WmiDataId(6)] uint8 rest[];
};
`,
    'MOF1105',
    'MOF2203',
    'MOF2317',
  ],
  [
    'a localised file by itself',
    String.raw`#pragma namespace("\\\\.\\root\\wmi\\ms_409")
instance of __namespace{ name="ms_409";};
[Description("x") : amended, AMENDMENT, LOCALE(0x409)]
class Lenovo_Z { [key] string InstanceName; [Description("y") : amended] uint32 v; };
`,
  ],
  [
    'structures, abstract bases, blocks that inherit, and a Static class',
    String.raw`// a class with a GUID, not dynamic; abstract base; derived; localised
[WMI, guid("{61111111-2222-3333-4444-555555555501}")]
class Emb { [WmiDataId(1)] uint32 a; };
[WMI, abstract, guid("{61111111-2222-3333-4444-555555555502}")]
class AbsB { [WmiDataId(1) : ToSubclass] uint32 a; };
[WMI, Dynamic, Provider("WMIProv"), guid("{61111111-2222-3333-4444-555555555503}")]
class Der : AbsB { [key, read] string InstanceName; [read] boolean Active; [WmiDataId(2) : ToSubclass] uint32 b; };
[WMI, Dynamic, Provider("WMIProv"), guid("{61111111-2222-3333-4444-555555555504}")]
class Der2 : Der { [WmiDataId(3)] uint32 c; };
[Static, WMI, guid("{61111111-2222-3333-4444-555555555505}")]
class Stat { [key] string Name; uint32 v; };
`,
  ],
  [
    'MOF 3 is refused, once a construct',
    String.raw`structure Pt { uint32 X; };
[Version("1")] enumeration Colors : String { red, green = "g" };
enumeration N : uint8 { a = 1, b };
association Link : Base { Pt ref A; Pt ref B; };
value of Pt as $V { X = 1; };
class C { Colors c = red; Pt structure_; };
`,
    'MOF1201',
    'MOF1201',
    'MOF1201',
    'MOF1201',
    'MOF1201',
  ],
];

test.each(FILES)('%s', (_what, mof, ...want) => {
  const { diagnostics } = analyze(new TextEncoder().encode(mof), 'a.mof', () => undefined);
  expect(diagnostics.map(({ code }) => code)).toEqual(want);
});

test('a file with many errors: each is reported once, without follow-on errors', () => {
  const mof = String.raw`[WMI, Dynamic, Provider("WMIProv"), guid("{81111111-2222-3333-4444-555555555505}")]
class A
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1) read] uint32 a;
  [WmiDataId(2), read] uint32 b
  [WmiDataId(3), read] unit32 c;
  [WmiDataId(4), read] uint32 d;
  [WmiDataId(4), read] uint32 e;
};
[WMI, Dynamic, Provider("WMIProv"), guid("{81111111-2222-3333-4444-555555555506}")]
class B
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read] Pont a;
  [WmiDataId(2), read, WmiSizeIs("n")] uint8 b[];
  [WmiMethodId(1)] void F([in] real32 x, [out] uint8 y[]);
  [WmiMethodId(1)] void G([in] uint32 x, [in] uint32 X);
}
class C : B { [WmiDataId(3)] uint8 z; };
`;
  const { diagnostics } = analyze(new TextEncoder().encode(mof), 'a.mof', () => undefined);
  const reported = diagnostics.map(({ code, location }) => {
    const before = mof.slice(0, location?.span.start);
    return `${before.split('\n').length} ${code}`;
  });
  expect(reported).toEqual([
    '6 MOF1201',
    '7 MOF1201',
    '8 MOF2008',
    '10 MOF2202',
    '17 MOF2008',
    '18 MOF2313',
    '19 MOF2301',
    '19 MOF2317',
    '20 MOF2502',
    '20 MOF2003',
    '21 MOF1201',
  ]);
});

function codesOf(text: string): readonly string[] {
  return analyze(new TextEncoder().encode(text), 'a.mof', () => undefined).diagnostics.map(
    ({ code }) => code,
  );
}

test('a repeated class of which a part was not read is not compared with the first', () => {
  expect(codesOf('class S { uint8 A; };\nclass S { uint8 A; uint8 = ; };')).toEqual(['MOF1201']);
});

test('a class whose superclass is unknown may inherit what registers it', () => {
  const qualifiers = '[WMI, Provider("WMIProv"), guid("{ABCDEF01-2345-6789-abcd-EF0123456789}")]';
  expect(codesOf(`${qualifiers} class C : Missing { [WmiDataId(1)] uint8 A; };`)).not.toContain(
    'MOF2110',
  );
  expect(codesOf(`${qualifiers} class C { [WmiDataId(1)] uint8 A; };`)).toContain('MOF2110');
});
