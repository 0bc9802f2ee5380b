// One sample without findings, and for each rule the edit that breaks exactly it. Each edit is a text and its replacement.

/** A file that follows every rule: a block with a base, a structure, an event, methods. */
export const VALID = `#define FAN_NAME_LENGTH 16
#pragma autorecover

[WMI, guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a01}")]
class Point
{
  [WmiDataId(1)] uint32 X;
  [WmiDataId(2)] uint32 Y;
};

[WMI, abstract]
class Device
{
  [key, read] string InstanceName;
  [read] boolean Active;
};

[WMI, Dynamic, Provider("WMIProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a02}"),
 Description("A fan")]
class Fan : Device
{
  [WmiDataId(1), read, write] uint32 Wanted;
  [WmiDataId(2), read, Values{"off", "on"}, ValueMap{"0", "1"}, DefineValues{"FAN_OFF", "FAN_ON"}] uint8 State;
  [WmiDataId(3), read, WmiTimeStamp] uint64 Since;
  [WmiDataId(4), read] Point Place;
  [WmiDataId(5), read] uint16 Speeds[4];
  [WmiDataId(6), read, MaxLen(FAN_NAME_LENGTH)] string Label;
  [WmiDataId(7), read] uint32 Count;
  [WmiDataId(8), read, WmiSizeIs("Count")] uint32 History[];

  [WmiMethodId(1)] void Reset();
  [WmiMethodId(2)] void Get([in] uint32 Index, [out] uint32 Speed);
};

[WMI, Dynamic, Provider("WMIProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a03}")]
class FanStopped : WMIEvent
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, WmiEventTrigger("Limit")] uint32 Speed;
  [WmiDataId(2), read, write] uint32 Limit;
};
`;

/** UTF-16 if not ASCII, since UTF-8 beyond ASCII is a finding of its own; its mutation has `// \u00E4`. */
export function bytesOf(text: string): Uint8Array {
  const isUtf8 = /^[\0-\x7F]*$/.test(text) || text.includes('// \u00E4');
  return isUtf8 ? new TextEncoder().encode(text) : Buffer.from(`\uFEFF${text}`, 'utf16le');
}

export interface Mutation {
  readonly code: string;
  readonly from: string;
  readonly to: string;
}

const rows: readonly (readonly [code: string, from: string, to: string])[] = [
  // Text.
  ['MOF1004', '#pragma autorecover', '#pragma include("missing.mof")'],
  ['MOF1006', '#pragma autorecover', '#pragma include'],
  ['MOF1008', '#pragma autorecover', '#include "missing.h"'],
  ['MOF1010', '#pragma autorecover', '#pragma autorecover // \u00E4'],
  ['MOF1101', 'uint32 Count;', 'uint32 ? Count;'],
  ['MOF1102', '"A fan"', '"A fan'],
  ['MOF1103', 'WmiDataId(8)', 'WmiDataId(08)'],
  ['MOF1105', '"A fan"', String.raw`"A \qfan"`],
  ['MOF1106', '"A fan"', '"A\nfan"'],
  ['MOF1201', 'uint32 Count;', 'uint32 Count'],
  ['MOF1203', '#pragma autorecover', '#pragma autorecovery'],
  ['MOF1204', '#pragma autorecover', '#import "fan.tlb"'],
  ['MOF1120', '"A fan"', '"A "fast" fan"'],
  ['MOF1121', '"A fan"', 'A fan"'],
  ['MOF1205', '"A fan"', 'KIND "fan"'],
  ['MOF1301', '#pragma autorecover', '#define 1'],
  ['MOF1302', '#pragma autorecover', '#define FAN_NAME_LENGTH 17'],
  ['MOF1304', '#pragma autorecover', '#if 1'],
  ['MOF1305', '#pragma autorecover', '#endif'],
  ['MOF1306', '#pragma autorecover', '#if\n#endif'],
  ['MOF1308', '#pragma autorecover', '#error no'],
  ['MOF1309', '#pragma autorecover', '#warning no'],
  ['MOF1420', '#pragma autorecover', '#define F(x) x\nF(,)\n'],
  ['MOF1421', '#pragma autorecover', '#define F(x) x\nF(\n#pragma autorecover'],
  ['MOF1422', 'uint32 Count;', '\n#define COUNT Count ## ;\nuint32 COUNT\n'],
  ['MOF1901', '#pragma autorecover', '// mofgen-allow MOF2203'],
  ['MOF1902', '#pragma autorecover', '// mofgen-allow MOF2202'],
  // Classes.
  ['MOF2001', '[WMI, abstract]', 'class Point { [WmiDataId(1)] uint8 X; };\n[WMI, abstract]'],
  ['MOF2003', 'uint32 Y', 'uint32 x'],
  ['MOF2004', 'class Fan : Device', 'class Fan : Missing'],
  ['MOF2006', 'class Device', 'class Device : Fan'],
  ['MOF2008', 'Point Place', 'Pont Place'],
  ['MOF2009', 'class FanStopped', 'class FanStopped_'],
  ['MOF2010', 'class FanStopped', 'class FanGestört'],
  ['MOF2012', 'WMIEvent', '__ExtrinsicEvent'],
  ['MOF2015', ' : WMIEvent', ''],
  // Qualifiers.
  ['MOF2101', 'WmiDataId(8)', 'WmiDataId("8")'],
  ['MOF2102', 'WmiDataId(7), read', 'WmiDataId(7), WMI'],
  ['MOF2103', 'WmiDataId(7), read', 'WmiDataId(7), WmiDataId(9)'],
  ['MOF2104', '9f5b-0c6f1f0d7a02', '9f5b-0c6f1f0d7a0'],
  [
    'MOF2105',
    'Provider("WMIProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a03}")',
    'Provider("WMIProv")',
  ],
  ['MOF2106', '0c6f1f0d7a03', '0c6f1f0d7a02'],
  ['MOF2107', '"0", "1"', '"0"'],
  ['MOF2108', 'WmiDataId(7), read', 'WmiDataId(7), Version(NEW)'],
  ['MOF2109', '#define FAN_NAME_LENGTH 16', ''],
  [
    'MOF2110',
    '[WMI, Dynamic, Provider("WMIProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a03}")]',
    '[Dynamic, Provider("WMIProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a03}")]',
  ],
  [
    'MOF2111',
    'Provider("WMIProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a03}")',
    'guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a03}")',
  ],
  [
    'MOF2112',
    'WMI, Dynamic, Provider("WMIProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a03}")',
    'WMI, Provider("WMIProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a03}")',
  ],
  // Items.
  ['MOF2201', '[WmiDataId(2), read, write]', '[read, write]'],
  ['MOF2217', '[WmiDataId(2), read, write]', '[WmiMethodId(2)]'],
  ['MOF2202', 'WmiDataId(7)', 'WmiDataId(6)'],
  ['MOF2203', 'WmiDataId(8)', 'WmiDataId(9)'],
  ['MOF2204', 'WmiDataId(8)', 'WmiDataId(-8)'],
  [
    'MOF2207',
    'class FanStopped : WMIEvent\n{\n  [key,',
    'class FanStopped : WMIEvent\n{\n  [WmiDataId(3), key,',
  ],
  ['MOF2209', '[key, read] string InstanceName;', ''],
  ['MOF2210', '[key, read] string InstanceName', '[read] string InstanceName'],
  ['MOF2211', 'WmiDataId(7), read', 'WmiDataId(7), key'],
  ['MOF2212', 'uint64 Since', 'uint32 Since'],
  ['MOF2214', '[read] boolean Active;', ''],
  ['MOF2213', 'uint32 Limit', 'uint32 Border'],
  ['MOF2301', 'uint32 Wanted', 'real32 Wanted'],
  ['MOF2302', 'Point Place', 'Point ref Place'],
  ['MOF2303', 'uint32 Y', 'Point Y'],
  ['MOF2305', '#define FAN_NAME_LENGTH 16', '#define FAN_NAME_LENGTH 32767'],
  ['MOF2306', 'WmiDataId(7), read', 'WmiDataId(7), MaxLen(4)'],
  ['MOF2311', 'Speeds[4]', 'Speeds[0]'],
  ['MOF2312', 'History[]', 'History'],
  ['MOF2313', 'WmiSizeIs("Count")', 'WmiSizeIs("Counts")'],
  ['MOF2314', 'WmiSizeIs("Count")', 'WmiSizeIs("Label")'],
  ['MOF2316', 'Speeds[4]', 'Speeds[]'],
  ['MOF2317', ', WmiSizeIs("Count")', ''],
  ['MOF2318', 'History[]', 'History[4]'],
  ['MOF2319', 'WmiDataId(5), read', 'WmiDataId(5), Max(5)'],
  // Values.
  ['MOF2120', 'WmiDataId(7), read', 'WmiDataId(7), raed'],
  ['MOF2120', 'MaxLen(FAN_NAME_LENGTH)', 'MaxLne(5), MaxLen(FAN_NAME_LENGTH)'],
  ['MOF2120', '[out] uint32 Speed', '[otu] uint32 Speed'],
  ['MOF2120', '[WmiDataId(1), read, write]', '[WmiDataId(1), read, wirte]'],
  ['MOF2601', 'uint32 Wanted', 'uint32 Wanted = "5"'],
  ['MOF2602', 'uint8 State', 'uint8 State = 300'],
  ['MOF2602', 'ValueMap{"0", "1"}', 'ValueMap{"0", "1"}, MinValue(-5)'],
  ['MOF2603', 'uint32 Limit', 'datetime Limit = "xxx"'],
  ['MOF2604', 'uint16 Speeds[4]', 'uint16 Speeds[4] = {1, 2, 3, 4, 5}'],
  ['MOF2605', 'string Label', 'string Label = "a label of a fan"" too long"'],
  ['MOF2606', 'uint32 Wanted', 'uint32 Wanted = FULL_SPEED'],
  ['MOF2607', 'uint32 Count', 'uint32 Count = 5'],
  ['MOF2608', 'Point Place', 'Point Place = instance of Point { X = 1; }'],
  ['MOF2611', 'boolean Active', 'boolean Active = 5'],
  ['MOF2612', 'WmiDataId(7), read', 'WmiDataId(7), read, MinValue(2), MaxValue(1)'],
  ['MOF2613', 'ValueMap{"0", "1"}', 'ValueMap{"0", "256"}'],
  ['MOF2614', '#pragma autorecover', 'instance of Point { Z = 1; };'],
  ['MOF2615', '#pragma autorecover', 'instance of Point as $A { }; instance of Point as $A { };'],
  ['MOF2621', '#pragma autorecover', '#pragma autorecover(TRUE)'],
  // Layout.
  ['MOF2401', 'Speeds[4]', 'Speeds[0xFFFFFFFF]'],
  ['MOF2402', ', MaxLen(FAN_NAME_LENGTH)', ''],
  ['MOF2403', 'uint32 Limit', 'uint32 Limit[256]'],
  [
    'MOF2404',
    'uint32 Limit;',
    'uint32 Limit; [WmiDataId(3)] uint8 A; [WmiDataId(4)] uint64 B; [WmiDataId(5)] uint8 C;',
  ],
  // Methods.
  ['MOF2501', '[WmiMethodId(1)] ', ''],
  ['MOF2502', 'WmiMethodId(2)', 'WmiMethodId(1)'],
  ['MOF2503', 'void Reset', 'uint32 Reset'],
  ['MOF2504', '[in] uint32 Index', '[in, ID(0)] uint32 Index'],
  [
    'MOF2505',
    'class FanStopped : WMIEvent\n{',
    'class FanStopped : WMIEvent\n{ [WmiMethodId(1)] void Go();',
  ],
  ['MOF2506', '[in] uint32 Index, [out] uint32 Speed', '[out] uint32 Speed, [in] uint32 Index'],
];

export const MUTATIONS: readonly Mutation[] = rows.map(([code, from, to]) => ({ code, from, to }));
