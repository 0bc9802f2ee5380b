// The table for rules.test.ts: one row for each rule of wmimofck's header, and for each choice of ours where there is no rule.
import { type EmitOptions } from '../../../src/targets/options.js';
import { dataBlock, structure } from './header-of.js';

export interface Rule {
  readonly rule: string;
  readonly mof: string;
  readonly options?: EmitOptions;
  /** What the header contains. */
  readonly want?: readonly string[];
  readonly without?: readonly string[];
  /** What it contains, in this order. */
  readonly inOrder?: readonly string[];
  /** What the header needs before it to compile. */
  readonly before?: string;
}

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const fixedGuid = 'guid("{0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9}")';

/** A block with one item, declared as given. */
const item = (declaration: string): string =>
  dataBlock('Fan', `[WmiDataId(1), read] ${declaration};`);

const fileRules: readonly Rule[] = [
  {
    rule: 'the guard is made of the name of the file, and the last line is a bare #endif',
    mof: item('uint8 X'),
    want: ['#ifndef _test_wmi_h_\n#define _test_wmi_h_\n', '\n#endif\n'],
  },
  {
    rule: 'classes come in the order of the MOF',
    mof: dataBlock('B', '[WmiDataId(1)] uint8 X;') + dataBlock('A', '[WmiDataId(1)] uint8 X;'),
    inOrder: ['// B - B\n', 'struct _B\n', '// A - A\n', 'struct _A\n'],
  },
  {
    rule: 'a class without a GUID is left out, with a comment',
    mof: `[WMI, abstract] class Base { [WmiDataId(1)] uint8 X; };\n${item('uint8 X')}`,
    want: ['// Base is omitted: it has no GUID, and no class here uses it.\n'],
    without: ['struct _Base'],
  },
  {
    rule: 'an abstract class with a GUID is there: only WMI and a GUID count',
    mof: structure('Base', '[WmiDataId(1)] uint8 X;', ', abstract'),
    want: ['typedef struct _Base\n'],
  },
  {
    rule: 'Dynamic and Provider are not needed',
    mof: structure('Part', '[WmiDataId(1)] uint8 X;'),
    want: ['typedef struct _Part\n', 'DEFINE_GUID(Part_GUID, \\\n'],
  },
  {
    rule: 'classes that are not WMI classes are left out without a comment',
    mof: `class Plain { uint8 X; };\n${item('uint8 X')}`,
    without: ['Plain'],
  },
  {
    rule: 'WmiGenerateHeader(FALSE) leaves a class out, with a comment',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Go();',
      ', WmiGenerateHeader(FALSE)',
    ),
    options: { methodStructs: true },
    want: ['// Fan is omitted: its WmiGenerateHeader is FALSE, so another header declares it.\n'],
    without: ['#define Go', '_Fan', 'FanGuid'],
  },
  {
    rule: 'WmiGenerateHeader(TRUE) changes nothing',
    mof: dataBlock('Fan', '[WmiDataId(1)] uint8 X;', ', WmiGenerateHeader(TRUE)'),
    want: ['typedef struct _Fan\n'],
  },
  {
    rule: 'a structure that another header has is used by its name, and its layout is checked',
    mof:
      structure(
        'Part',
        '[WmiDataId(1)] uint8 X;',
        ', WmiGenerateHeader(FALSE), HeaderName("PART")',
      ) + item('Part P'),
    before: 'typedef struct _PART { UCHAR X; } PART;\n',
    want: ['    PART P;\n', 'C_ASSERT(sizeof(((Fan *)0)->P) == 1);\n'],
    without: ['typedef struct _PART'],
  },
  {
    rule: 'events are like data blocks, and a base class appears only by its items',
    mof: `[WMI, Dynamic, Provider("WMIProv"), ${fixedGuid}] class Alarm : WMIEvent {
      [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1), read] uint32 Level; };`,
    want: ['// Alarm - Alarm\n', '    ULONG Level;\n'],
    without: ['WMIEvent'],
  },
  {
    rule: 'inherited items are members, before its own',
    mof: `[WMI, abstract] class Base { [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1) : ToSubclass] uint8 X; };
      [WMI, Dynamic, Provider("WMIProv"), ${fixedGuid}] class Fan : Base { [WmiDataId(2)] uint16 Y; };`,
    want: ['    UCHAR X;\n', '    #define Fan_X_ID 1\n', '    USHORT Y;\n'],
  },
  {
    rule: 'an embedded class that is declared later is emitted earlier, without its GUID',
    mof: item('Part P') + structure('Part', '[WmiDataId(1)] uint8 X;'),
    want: [
      '// Part - Part\n// Only its structure, which the structures below use. Its other declarations follow.\n\ntypedef struct _Part\n',
      '} Part, *PPart;\n\n#define Part_SIZE',
      'DEFINE_GUID(Part_GUID',
      '// The structure of Part is declared above.\n',
    ],
  },
  {
    rule: 'a structure that is emitted earlier is complete',
    mof:
      item('Part P') +
      structure(
        'Part',
        '[WmiDataId(1), DefineValues{"OFF", "ON"}] uint8 X;',
        ', Description("A part.")',
      ),
    inOrder: [
      '// A part.\n',
      '#define OFF 0\n',
      '    UCHAR X;\n',
      '#define FanGuid',
      '// A part.\n',
    ],
  },
  {
    rule: 'embedded classes without a GUID have their structure and nothing else',
    mof: `[WMI] class Part { [WmiDataId(1)] uint8 X; };\n${item('Part P')}`,
    want: [
      '// Part - Part\n// It has no GUID: only its structure is declared, for the structures that use it.\n',
    ],
    without: ['PartGuid', 'Part_GUID'],
  },
  {
    rule: 'a class without a WMI qualifier is emitted if another class embeds it',
    mof: `${item('Part P')}class Part { [WmiDataId(1)] uint8 X; };\n`,
    want: ['    Part P;\n', 'typedef struct _Part\n'],
  },
  {
    rule: 'structures of structures of structures, all declared in the wrong order',
    mof:
      item('A P') +
      structure('A', '[WmiDataId(1)] B X; [WmiDataId(2)] C Y[2];') +
      structure('B', '[WmiDataId(1)] C X;') +
      structure('C', '[WmiDataId(1)] sint64 X;'),
    inOrder: [
      'struct _C\n',
      'struct _B\n',
      '    C X;\n',
      'struct _A\n',
      '    B X;\n',
      'struct _Fan\n',
    ],
  },
  {
    rule: 'a method may take the class that it belongs to',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Swap([in, out] Fan Other);',
    ),
    options: { methodStructs: true },
    want: [
      '    Fan Other;\n',
      '#define Swap     1\n',
      '// The structure of Fan is declared above.\n',
    ],
  },
  {
    rule: 'methods of two classes may take the other class each',
    mof:
      dataBlock('A', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Take([in] B Other);') +
      dataBlock('B', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Give([in] A Other);'),
    options: { methodStructs: true },
    inOrder: ['struct _B\n', '    B Other;\n', 'struct _A\n', '    A Other;\n'],
  },
];

const classRules: readonly Rule[] = [
  {
    rule: 'the heading names the class and its structure, and the description follows on one line',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X;',
      ', HeaderName("FAN_DATA"), Description("What it does,\\n and why.")',
    ),
    want: ['// Fan - FAN_DATA\n// What it does, and why.\n#define FanGuid \\\n'],
  },
  {
    rule: 'no description, no line',
    mof: item('uint8 X'),
    want: ['// Fan - Fan\n#define FanGuid \\\n'],
  },
  {
    rule: 'the GUID is there as an initialiser and as a variable, in lower case with leading zeros',
    mof: `[WMI, ${fixedGuid}] class Fan { [WmiDataId(1)] uint8 X; };`,
    want: [
      lines(
        '#define FanGuid \\',
        '    { 0x0a1b2c3d,0x4e5f,0x6071, { 0x82,0x93,0xa4,0xb5,0xc6,0xd7,0xe8,0xf9 } }',
        '',
        '#if !(defined(MIDL_PASS))',
        'DEFINE_GUID(Fan_GUID, \\',
        '            0x0a1b2c3d,0x4e5f,0x6071,0x82,0x93,0xa4,0xb5,0xc6,0xd7,0xe8,0xf9);',
        '#endif',
      ),
    ],
  },
  {
    rule: 'HeaderName changes the structure and its macros, not the GUID macros',
    mof: dataBlock('Vendor_EC1', '[WmiDataId(1)] uint8 X;', ', HeaderName("EC1")'),
    want: [
      '#define Vendor_EC1Guid \\\n',
      'DEFINE_GUID(Vendor_EC1_GUID, \\\n',
      'typedef struct _EC1\n',
      '} EC1, *PEC1;\n',
      '#define EC1_X_SIZE sizeof(UCHAR)\n',
      '#define EC1_SIZE (FIELD_OFFSET(EC1, X) + EC1_X_SIZE)\n',
    ],
  },
  {
    rule: 'GuidName1 names the macro, GuidName2 the variable',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X;',
      ', GuidName1("FAN_WMI_STD_DATA"), GuidName2("FAN_GUID_VARIABLE")',
    ),
    want: ['#define FAN_WMI_STD_DATA \\\n', 'DEFINE_GUID(FAN_GUID_VARIABLE, \\\n'],
    without: ['FanGuid', 'Fan_GUID'],
  },
  {
    rule: 'GuidName1 alone leaves the variable',
    mof: dataBlock('Fan', '[WmiDataId(1)] uint8 X;', ', GuidName1("GUID_FAN")'),
    want: ['#define GUID_FAN \\\n', 'DEFINE_GUID(Fan_GUID, \\\n'],
  },
  {
    rule: 'empty header names are ignored',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), DefineDataId("")] uint8 X;',
      ', HeaderName(""), GuidName1(""), GuidName2("")',
    ),
    want: [
      'typedef struct _Fan\n',
      '#define FanGuid',
      'DEFINE_GUID(Fan_GUID',
      '#define Fan_X_ID 1\n',
    ],
  },
  {
    rule: 'method ids are bare names with five blanks, in the order of the ids, after an empty comment',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(11)] void Late(); [WmiMethodId(10)] void Early([in] uint8 A);',
    ),
    want: [
      lines(
        '#endif',
        '',
        '//',
        '// Method id definitions for Fan',
        '#define Early     10',
        '#define Late     11',
        '',
        'typedef struct _Fan',
      ),
    ],
    without: ['Early_IN'],
  },
  {
    rule: 'a class without data has no structure',
    mof: dataBlock('Fan', '[WmiMethodId(1)] void Go([in] uint8 A);'),
    want: ['// Fan - Fan\n', '#define Go     1\n'],
    without: ['typedef struct', 'Fan_SIZE'],
  },
  {
    rule: 'a class without data and without methods has its GUID',
    mof: `[WMI, ${fixedGuid}] class Marker {};`,
    want: ['// Marker - Marker\n#define MarkerGuid \\\n', 'DEFINE_GUID(Marker_GUID'],
    without: ['typedef struct'],
  },
  {
    rule: 'methods that cannot be called have their ids, with a comment',
    mof: structure('Part', '[WmiDataId(1)] uint8 X; [WmiMethodId(3)] void Go([in] uint8 A);'),
    options: { methodStructs: true },
    want: [
      '// Method id definitions for Part\n// Not callable: its class has no registered methods.\n#define Go     3\n',
    ],
    without: ['Go_IN'],
  },
  {
    rule: 'cpp_quote of a class follows its description, between blank lines',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X;',
      ', Description("A fan."), cpp_quote("// quoted\\n" "#define FROM_QUOTE 1\\n")',
    ),
    options: { allowCppQuote: true },
    want: ['// A fan.\n\n// quoted\n#define FROM_QUOTE 1\n\n#define FanGuid \\\n'],
  },
  {
    rule: 'cpp_quote of a method precedes its id',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1), cpp_quote("// first\\n// second")] void Go();',
    ),
    options: { allowCppQuote: true },
    want: ['// Method id definitions for Fan\n\n// first\n// second\n\n#define Go     1\n'],
  },
  {
    rule: 'without the switch, cpp_quote becomes a comment',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), cpp_quote("#error item")] uint8 X; [WmiMethodId(1), cpp_quote("#error method")] void Go();',
      ', cpp_quote("#error class")',
    ),
    want: ['// A cpp_quote of the MOF is omitted here (--allow-cpp-quote copies it).\n'],
    without: ['#error'],
  },
];

const structRules: readonly Rule[] = [
  {
    rule: 'members follow the ids, not the text; InstanceName and Active are skipped',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(2), read, Description("Second.")] uint32 B; [WmiDataId(1), read, Description("First.")] uint8 A;',
    ),
    want: [
      lines(
        'typedef struct _Fan',
        '{',
        '    // First.',
        '    UCHAR A;',
        '    #define Fan_A_SIZE sizeof(UCHAR)',
        '    #define Fan_A_ID 1',
        '',
        '    // Second.',
        '    ULONG B;',
        '    #define Fan_B_SIZE sizeof(ULONG)',
        '    #define Fan_B_ID 2',
        '',
        '} Fan, *PFan;',
        '',
        '#define Fan_SIZE (FIELD_OFFSET(Fan, B) + Fan_B_SIZE)',
      ),
    ],
    without: ['InstanceName', 'Active'],
  },
  {
    rule: 'a member without a description, or with an empty one, has an empty comment',
    mof: dataBlock('Fan', '[WmiDataId(1)] uint8 A; [WmiDataId(2), Description("")] uint8 B;'),
    want: ['{\n    //\n    UCHAR A;\n', '\n\n    //\n    UCHAR B;\n'],
  },
  {
    rule: 'embedding classes use HeaderName, in members and sizes',
    mof:
      structure('Vendor_EC1', '[WmiDataId(1)] uint64 X;', ', HeaderName("EC1")') +
      dataBlock('Fan', '[WmiDataId(1)] Vendor_EC1 One; [WmiDataId(2)] Vendor_EC1 Four[4];'),
    want: [
      '    EC1 One;\n    #define Fan_One_SIZE sizeof(EC1)\n',
      '    EC1 Four[4];\n    #define Fan_Four_SIZE sizeof(EC1[4])\n',
    ],
  },
  {
    rule: 'DefineDataId replaces the prefix of both macros, and <Struct>_SIZE uses the macro that there is',
    mof: dataBlock(
      'Redbook',
      '[WmiDataId(1), DefineDataId("REDBOOK_VERSION")] uint32 Version;',
      ', HeaderName("REDBOOK_DATA")',
    ),
    want: [
      '    ULONG Version;\n    #define REDBOOK_VERSION_SIZE sizeof(ULONG)\n    #define REDBOOK_VERSION_ID 1\n',
      '#define REDBOOK_DATA_SIZE (FIELD_OFFSET(REDBOOK_DATA, Version) + REDBOOK_VERSION_SIZE)\n',
    ],
  },
  {
    rule: 'cpp_quote of an item precedes its comment, between blank lines',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 A; [WmiDataId(2), Description("B."), cpp_quote("#define LOW 1\\n\\n#define HIGH 2\\n")] uint8 B;',
    ),
    options: { allowCppQuote: true },
    want: ['_A_ID 1\n\n#define LOW 1\n\n#define HIGH 2\n\n    // B.\n    UCHAR B;\n'],
  },
  ...(
    [
      ['boolean', 'BOOLEAN'],
      ['sint8', 'CHAR'],
      ['uint8', 'UCHAR'],
      ['sint16', 'SHORT'],
      ['uint16', 'USHORT'],
      ['char16', 'SHORT'],
      ['sint32', 'LONG'],
      ['uint32', 'ULONG'],
      ['sint64', 'LONGLONG'],
      ['uint64', 'ULONGLONG'],
    ] as const
  ).map(([mof, c]) => ({
    rule: `${mof} is ${c}`,
    mof: dataBlock('Fan', `[WmiDataId(1)] ${mof} A; [WmiDataId(2)] ${mof} B[8];`),
    want: [
      `    ${c} A;\n    #define Fan_A_SIZE sizeof(${c})\n`,
      `    ${c} B[8];\n    #define Fan_B_SIZE sizeof(${c}[8])\n`,
    ],
  })),
  {
    rule: 'datetime is 25 characters',
    mof: item('datetime When'),
    want: [
      '    WCHAR When[25];\n    #define Fan_When_SIZE sizeof(WCHAR[25])\n    #define Fan_When_ID 1\n',
      '#define Fan_SIZE ',
    ],
  },
  {
    rule: 'Max gives an array its length (our choice)',
    mof: dataBlock('Fan', '[WmiDataId(1), Max(3)] uint16 X[];'),
    want: ['    USHORT X[3];\n    #define Fan_X_SIZE sizeof(USHORT[3])\n'],
  },
  {
    rule: 'datetimes in an array (our choice)',
    mof: item('datetime When[2]'),
    want: [
      '    WCHAR When[2][25];\n    #define Fan_When_SIZE sizeof(WCHAR[2][25])\n',
      'C_ASSERT(sizeof(((Fan *)0)->When) == 100);',
    ],
  },
];

const variableRules: readonly Rule[] = [
  {
    rule: 'a string with MaxLen is one character longer, as a sum, and has no size',
    mof: dataBlock('Fan', '[WmiDataId(1), MaxLen(63)] string Name;'),
    want: ['    WCHAR Name[63 + 1];\n    #define Fan_Name_ID 1\n'],
    without: ['Fan_Name_SIZE', 'Fan_SIZE'],
  },
  {
    rule: 'a string with MaxLen may be anywhere, and the members after it are declared',
    mof: dataBlock('Fan', '[WmiDataId(1), MaxLen(8)] string Name; [WmiDataId(2)] uint32 X;'),
    want: [
      '    WCHAR Name[8 + 1];\n',
      '    ULONG X;\n',
      '#define Fan_SIZE (FIELD_OFFSET(Fan, X) + Fan_X_SIZE)\n',
      'C_ASSERT(FIELD_OFFSET(Fan, X) == 20);\n',
    ],
    without: ['_Name_SIZE', 'cannot be created'],
  },
  {
    rule: 'strings with MaxLen in an array of fixed length (our choice)',
    mof: dataBlock('Fan', '[WmiDataId(1), MaxLen(4)] string Names[2];'),
    want: ['    WCHAR Names[2][4 + 1];\n', 'C_ASSERT(sizeof(((Fan *)0)->Names) == 20);\n'],
    without: ['Fan_Names_SIZE', 'Fan_SIZE'],
  },
  {
    rule: 'a string without a limit loses its name, but not its id',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint32 X; [WmiDataId(2), Description("The model.")] string Model;',
    ),
    want: [
      lines(
        '    // The model.',
        '    // Model: a string that begins with a USHORT, its length in bytes.',
        '    CHAR VariableData[1];',
        '    #define Fan_Model_ID 2',
        '',
        '} Fan, *PFan;',
        '',
        '#define Fan_FIXED_SIZE 4',
      ),
      'C_ASSERT(FIELD_OFFSET(Fan, VariableData) == 4);\n',
    ],
    without: ['Fan_Model_SIZE', 'Fan_SIZE'],
  },
  {
    rule: 'if the char member is before the offset of the string, the header has a comment about it',
    mof: dataBlock('Fan', '[WmiDataId(1)] uint8 X; [WmiDataId(2)] string Model;'),
    want: [
      '#define Fan_FIXED_SIZE 2\n',
      '// Model begins at byte 2 of the data; VariableData of the structure may begin before it.\n',
    ],
    without: ['FIELD_OFFSET(Fan, VariableData)'],
  },
  {
    rule: 'an array with WmiSizeIs has one element',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint32 Count; [WmiDataId(2), WmiSizeIs("Count")] uint8 Bytes[];',
    ),
    want: ['    UCHAR Bytes[1];\n    #define Fan_Bytes_ID 2\n', '#define Fan_FIXED_SIZE 4\n'],
    without: ['Fan_Bytes_SIZE', '#define Fan_SIZE'],
  },
  {
    rule: 'an array that fills the buffer has one element',
    mof: item('uint16 Rest[]'),
    want: ['    USHORT Rest[1];\n'],
  },
  {
    rule: 'an array of embedded classes with WmiSizeIs has one element',
    mof:
      structure('Part', '[WmiDataId(1)] uint64 X;') +
      dataBlock('Fan', '[WmiDataId(1)] uint32 N; [WmiDataId(2), WmiSizeIs("N")] Part Parts[];'),
    want: ['    Part Parts[1];\n', 'C_ASSERT(FIELD_OFFSET(Fan, Parts) == 8);\n'],
  },
  {
    rule: 'an array of strings keeps its name, with and without MaxLen',
    mof:
      dataBlock('Fan', '[WmiDataId(1)] uint32 N; [WmiDataId(2), WmiSizeIs("N")] string Names[];') +
      dataBlock(
        'Pump',
        '[WmiDataId(1)] uint32 N; [WmiDataId(2), WmiSizeIs("N"), MaxLen(31)] string Names[];',
      ),
    want: [
      '    WCHAR Names[1];\n    #define Fan_Names_ID 2\n',
      '    WCHAR Names[1];\n    #define Pump_Names_ID 2\n',
    ],
  },
  {
    rule: 'an array of a fixed number of strings without a limit (our choice)',
    mof: item('string Names[3]'),
    want: ['    WCHAR Names[1];\n    #define Fan_Names_ID 1\n'],
  },
  {
    rule: 'datetimes with WmiSizeIs (our choice)',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint32 N; [WmiDataId(2), WmiSizeIs("N")] datetime Times[];',
    ),
    want: ['    WCHAR Times[1][25];\n'],
  },
  {
    rule: 'items after one of varying length: one char represents all of them',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiDataId(2)] string Model; [WmiDataId(3), DefineValues{"On"}] uint8 Y;',
    ),
    want: [
      lines(
        '// Warning: Header for class Fan cannot be created',
        '// Model varies in length and is not last, so the items after it have no fixed offsets.',
        '// --partial-structs declares the items before it. All items by id: 1 X, 2 Model, 3 Y',
        'typedef struct _Fan',
        '{',
        '    // The DefineValues of Y are omitted with it.',
        '    char VariableData[1];',
        '',
        '} Fan, *PFan;',
      ),
    ],
    without: ['_ID', 'Fan_SIZE', 'FIXED_SIZE (', '#define On', 'C_ASSERT(F'],
  },
  {
    rule: 'with -u, members go up to the first that varies, and the rest is there as comments',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiDataId(2), Description("The model.")] string Model; [WmiDataId(3), Description("Behind it.")] uint8 Y[4]; [WmiDataId(4)] string More;',
    ),
    options: { partialStructs: true },
    want: [
      '    UCHAR X;\n    #define Fan_X_SIZE sizeof(UCHAR)\n    #define Fan_X_ID 1\n',
      '    CHAR VariableData[1];\n    #define Fan_Model_ID 2\n\n',
      lines(
        '    // Behind it.',
        '    // Model varies in length, so the items after it have no fixed offsets and cannot be declared.',
        '//  UCHAR Y[4];',
        '    #define Fan_Y_ID 3',
        '',
        '    //',
        '    // More: a string that begins with a USHORT, its length in bytes.',
      ),
      '//  CHAR VariableData_[1];\n    #define Fan_More_ID 4\n\n} Fan, *PFan;\n',
    ],
    without: ['Fan_Y_SIZE', 'cannot be created', '#define Fan_SIZE'],
  },
  {
    rule: 'an embedded class counts as fixed, even with varying items; the header has a comment about it',
    mof:
      structure('Part', '[WmiDataId(1)] string Text;') +
      dataBlock('Fan', '[WmiDataId(1)] uint32 A; [WmiDataId(2)] Part P; [WmiDataId(3)] uint32 B;'),
    want: [
      '    Part P;\n    #define Fan_P_SIZE sizeof(Part)\n',
      '    // P varies in length, so the items after it have no fixed offsets: do not use these members.\n    ULONG B;\n',
      '#define Fan_SIZE (FIELD_OFFSET(Fan, B) + Fan_B_SIZE)\n',
      '#define Fan_FIXED_SIZE 4\n',
    ],
    without: ['FIELD_OFFSET(Fan, B) ==', 'sizeof(Fan) =='],
  },
  {
    rule: 'the offset of an embedded class that C aligns to less is not claimed',
    mof:
      structure('Part', '[WmiDataId(1)] string Text; [WmiDataId(2)] uint64 Last;') +
      dataBlock('Fan', '[WmiDataId(1)] uint8 A; [WmiDataId(2)] Part P;'),
    want: ['// P begins at byte 8 of the data; P of the structure may begin before it.\n'],
    without: ['FIELD_OFFSET(Fan, P) =='],
  },
  {
    rule: 'a class with only a string',
    mof: item('string Only'),
    want: ['#define Fan_FIXED_SIZE 0\n', 'C_ASSERT(FIELD_OFFSET(Fan, VariableData) == 0);\n'],
  },
  {
    rule: 'an item called VariableData keeps its name, and the string after it gives way',
    mof: dataBlock('Fan', '[WmiDataId(1)] uint32 VariableData; [WmiDataId(2)] string Model;'),
    want: ['    ULONG VariableData;\n', '    CHAR VariableData_[1];\n'],
  },
  {
    rule: '<Struct>_SIZE is without the padding at the end',
    mof: dataBlock('Fan', '[WmiDataId(1)] uint64 A; [WmiDataId(2)] uint8 B;'),
    want: ['C_ASSERT(sizeof(Fan) == 16);\nC_ASSERT(Fan_SIZE == 9);\n'],
  },
  {
    rule: '<Struct>_SIZE is defined if the last member has a size, whatever precedes it',
    mof:
      dataBlock('Fan', '[WmiDataId(1), MaxLen(3)] string A; [WmiDataId(2)] uint8 B;') +
      dataBlock('Pump', '[WmiDataId(1)] uint8 B; [WmiDataId(2), MaxLen(3)] string A;'),
    want: ['#define Fan_SIZE '],
    without: ['Pump_SIZE'],
  },
];

const methodRules: readonly Rule[] = [
  {
    rule: 'with -m, the structures follow the id; in and out share one numbering',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Set([out, Description("Was.")] uint32 Old, [in, Description("Be.")] uint32 New);',
    ),
    options: { methodStructs: true },
    want: [
      lines(
        '#define Set     1',
        '',
        'typedef struct _Set_IN',
        '{',
        '    // Be.',
        '    ULONG New;',
        '    #define Set_IN_New_SIZE sizeof(ULONG)',
        '    #define Set_IN_New_ID 2',
        '',
        '} Set_IN, *PSet_IN;',
        '',
        '#define Set_IN_SIZE (FIELD_OFFSET(Set_IN, New) + Set_IN_New_SIZE)',
        '',
        'typedef struct _Set_OUT',
        '{',
        '    // Was.',
        '    ULONG Old;',
        '    #define Set_OUT_Old_SIZE sizeof(ULONG)',
        '    #define Set_OUT_Old_ID 1',
        '',
        '} Set_OUT, *PSet_OUT;',
      ),
    ],
  },
  {
    rule: 'a direction without parameters has no structure',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Nothing(); [WmiMethodId(2)] void Get([out] uint8 A);',
    ),
    options: { methodStructs: true },
    want: ['#define Nothing     1\n#define Get     2\n\ntypedef struct _Get_OUT\n'],
    without: ['Nothing_', 'Get_IN'],
  },
  {
    rule: '[in, out] is in both, under one id',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Swap([in, out] uint16 A, [in, out] uint32 B);',
    ),
    options: { methodStructs: true },
    want: [
      '#define Swap_IN_B_ID 2\n',
      '#define Swap_OUT_B_ID 2\n',
      'C_ASSERT(FIELD_OFFSET(Swap_IN, B) == 4);\n',
    ],
  },
  {
    rule: 'HeaderName of a method names the structures, not the id',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1), HeaderName("INJECT_HARDWARE_ERROR")] void InjectErrorRtn([in] uint32 A);',
    ),
    options: { methodStructs: true },
    want: [
      '#define InjectErrorRtn     1\n',
      'typedef struct _INJECT_HARDWARE_ERROR_IN\n',
      '#define INJECT_HARDWARE_ERROR_IN_A_ID 1\n',
    ],
  },
  {
    rule: 'parameters follow the rules of items: WmiSizeIs, MaxLen, DefineValues',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Put([in, DefineValues{"Slow", "Fast"}] uint32 N, [in, MaxLen(5)] string Name, [in, WmiSizeIs("N")] uint8 Bytes[]);',
    ),
    options: { methodStructs: true },
    want: [
      '#define Slow 0\n#define Fast 1\n',
      '    WCHAR Name[5 + 1];\n',
      '    UCHAR Bytes[1];\n',
      '#define Put_IN_FIXED_SIZE 16\n',
    ],
  },
  {
    rule: 'parameters that cannot be declared: as for classes (our choice)',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Put([in] string A, [in] uint8 B);',
    ),
    options: { methodStructs: true },
    want: [
      '// Warning: Header for class Put_IN cannot be created\n',
      'typedef struct _Put_IN\n{\n    char VariableData[1];\n',
    ],
  },
  {
    rule: 'without -m, values of parameters are not defined',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Put([in, DefineValues{"Slow", "Fast"}] uint32 N);',
    ),
    want: ['#define Put     1\n'],
    without: ['Slow'],
  },
  {
    rule: 'a returned value is the last member of the output (our choice)',
    mof: dataBlock('Fan', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] uint32 Ask([out] uint8 A);'),
    options: { methodStructs: true },
    want: [
      '    ULONG ReturnValue;\n    #define Ask_OUT_ReturnValue_SIZE sizeof(ULONG)\n    #define Ask_OUT_ReturnValue_ID 2\n',
    ],
  },
];

const valueRules: readonly Rule[] = [
  {
    rule: 'DefineValues with ValueMap: at column 0 before the member, with the labels of Values',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), DefineValues{"STATE_OFF", "STATE_BOOST"}, ValueMap{"0", "256"}, Values{"Off", "Full blast"}, Description("The state.")] uint32 State;',
    ),
    want: [
      lines(
        '{',
        '',
        '// Off',
        '#define STATE_OFF 0',
        '// Full blast',
        '#define STATE_BOOST 256',
        '',
        '    // The state.',
        '    ULONG State;',
      ),
    ],
  },
  {
    rule: 'after another member one blank line is enough',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 A; [WmiDataId(2), DefineValues{"ONE"}, ValueMap{"1"}] uint8 B;',
    ),
    want: ['#define Fan_A_ID 1\n\n#define ONE 1\n\n    //\n    UCHAR B;\n'],
  },
  {
    rule: 'without ValueMap they count from 0 (our choice)',
    mof: dataBlock('Fan', '[WmiDataId(1), DefineValues{"A0", "A1", "A2"}] uint8 X;'),
    want: ['#define A0 0\n#define A1 1\n#define A2 2\n'],
  },
  {
    rule: 'with a BitMap they are masks (our choice)',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), DefineValues{"B0", "B3"}, BitMap{"0", "3"}] uint8 X; [WmiDataId(2), DefineValues{"M1", "M6"}, BitMap{"0x2", "0x40"}] uint8 Y;',
    ),
    want: ['#define B0 1\n#define B3 8\n', '#define M1 2\n#define M6 64\n'],
  },
  {
    rule: 'values are decimal, whatever the map has; what no int holds keeps its number',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), DefineValues{"HEX", "NEG", "BIG", "LOW", "OCT"}, ValueMap{"0x10", "-1", "18446744073709551615", "-9223372036854775808", "010"}] sint64 X;',
    ),
    want: [
      '#define HEX 16\n#define NEG -1\n#define BIG 18446744073709551615ULL\n#define LOW (-9223372036854775807LL - 1)\n#define OCT 10\n',
    ],
  },
  {
    rule: 'a value that is not an integer becomes a comment',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), DefineValues{"SOME", "", "ALL"}, ValueMap{"16..31", "1", "36893488147419103232"}] uint8 X;',
    ),
    want: [
      "// Not defined: 'SOME', because '16..31' is not an integer.\n",
      "// Not defined: '', because it has no name.\n",
      "// Not defined: 'ALL', because '36893488147419103232' is not an integer.\n",
    ],
    without: ['#define SOME', '#define ALL'],
  },
  {
    rule: 'a value that is there already, with the same number, is defined once',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), DefineValues{"Off", "On"}] uint8 X; [WmiDataId(2), DefineValues{"Off"}] uint8 Y;',
    ),
    want: ['#define Off 0\n', '// Off is defined above.\n'],
  },
  {
    rule: 'Values, ValueMap, BitMap, BitValues and WmiEnum alone define nothing',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), Values{"No", "Yes"}, ValueMap{"0", "1"}] uint8 X; [WmiDataId(2), BitValues{"Low"}, BitMap{"0"}, WmiEnum{"0=Off"}] uint8 Y;',
    ),
    without: ['#define No', 'Yes', 'Low', 'enum'],
  },
  {
    rule: '--enums: enumerations with prefixed names, bits as masks',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), Values{"Off", "Full blast", "Reserved"}, ValueMap{"0", "16", "17..255"}] uint8 Mode; [WmiDataId(2), BitValues{"Hot", "Wet"}, BitMap{"0", "7"}] uint8 Faults;',
    ),
    options: { enums: true },
    want: [
      lines(
        '// Values of Fan.Mode',
        "// Omitted: 'Reserved' for '17..255', which is not a single number.",
        'typedef enum _Fan_Mode_Values',
        '{',
        '    Fan_Mode_Off = 0,',
        '    // Full blast',
        '    Fan_Mode_Full_blast = 16',
        '} Fan_Mode_Values;',
      ),
      lines(
        '// Bits of Fan.Faults',
        'typedef enum _Fan_Faults_Bits',
        '{',
        '    Fan_Faults_Hot = 0x1,',
        '    Fan_Faults_Wet = 0x80',
        '} Fan_Faults_Bits;',
      ),
    ],
  },
  {
    rule: '--enums: what no int holds is a macro',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), Values{"None", "All"}, ValueMap{"0", "4294967295"}] uint32 X; [WmiDataId(2), BitValues{"Top"}, BitMap{"63"}] uint64 Y;',
    ),
    options: { enums: true },
    want: [
      '    Fan_X_None = 0\n} Fan_X_Values;\n#define Fan_X_All 4294967295\n',
      '// Bits of Fan.Y\n#define Fan_Y_Top 0x8000000000000000\n',
    ],
    without: ['_Fan_Y_Bits'],
  },
  {
    rule: '--enums: labels that come to the same name get underscores',
    mof: dataBlock('Fan', '[WmiDataId(1), Values{"a b", "a-b", "a_b", ""}] uint8 X;'),
    options: { enums: true },
    want: [
      '    // a b\n    Fan_X_a_b = 0,\n    // a-b\n    Fan_X_a_b_ = 1,\n    // a_b\n    Fan_X_a_b__ = 2,\n',
    ],
  },
  {
    rule: '--neutral: amended texts are not there',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), Description("Amended.") : amended ToSubclass, DefineValues{"OFF"}, Values{"Split off"} : Amended] uint8 X; [WmiDataId(2), Description("Stays.") : ToSubclass] uint8 Y;',
      ', Description("Of the class.") : amended',
    ),
    options: { neutral: true, enums: true },
    want: [
      '// Fan - Fan\n#define FanGuid',
      '{\n\n#define OFF 0\n\n    //\n    UCHAR X;\n',
      '    // Stays.\n    UCHAR Y;\n',
    ],
    without: ['Amended', 'Split off', 'Of the class', 'Split_off'],
  },
  {
    rule: 'without --neutral they are',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), Description("Amended.") : amended, DefineValues{"OFF"}, Values{"Split off"} : Amended] uint8 X;',
      ', Description("Of the class.") : amended',
    ),
    want: ['// Of the class.\n', '    // Amended.\n', '// Split off\n#define OFF 0\n'],
  },
];

export const rules: readonly Rule[] = [
  ...fileRules,
  ...classRules,
  ...structRules,
  ...variableRules,
  ...methodRules,
  ...valueRules,
];
