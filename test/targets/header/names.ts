// The table for names.test.ts: MOF whose names clash in C, the header for it, and the diagnostics.
import { type EmitOptions } from '../../../src/targets/options.js';
import { dataBlock, structure } from './header-of.js';

export interface NameRow {
  readonly rule: string;
  readonly mof: string;
  readonly options?: EmitOptions;
  readonly want?: readonly string[];
  readonly without?: readonly string[];
  /** Code, the text that it points at, and the texts of related places. */
  readonly reports: readonly (readonly string[])[];
  /** Parts of the first message. */
  readonly says?: readonly string[];
}

const methodStructs = { methodStructs: true } as const;

export const nameRows: readonly NameRow[] = [
  // --- Members ---
  {
    rule: 'a member named like a method gives way to its macro',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 Reset; [WmiDataId(2)] uint8 Reset_; [WmiMethodId(1)] void Reset();',
    ),
    want: [
      '#define Reset     1\n',
      '    // In the MOF: Reset\n    UCHAR Reset_;\n    #define Fan_Reset_SIZE sizeof(UCHAR)\n    #define Fan_Reset_ID 1\n',
      '    UCHAR Reset__;\n',
    ],
    reports: [
      ['MOF3102', 'Reset', 'Reset'],
      ['MOF3102', 'Reset_', 'Reset'],
    ],
    says: [
      "the member 'Reset' for 'Fan.Reset' is called 'Reset_' in the C header, since 'Reset' is the id macro of 'Fan.Reset'",
    ],
  },
  {
    rule: 'a member named like a value of another class, declared below',
    mof:
      dataBlock('Fan', '[WmiDataId(1)] uint8 None;') +
      dataBlock('Pump', '[WmiDataId(1), DefineValues{"None"}] uint8 X;'),
    want: ['    UCHAR None_;\n', '#define None 0\n', 'C_ASSERT(FIELD_OFFSET(Fan, None_) == 0);\n'],
    reports: [['MOF3102', 'None', 'DefineValues{"None"}']],
  },
  {
    rule: 'a parameter named like its own method',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Speed([in, out] uint8 Speed);',
    ),
    options: methodStructs,
    want: ['    UCHAR Speed_;\n    #define Speed_IN_Speed_SIZE sizeof(UCHAR)\n'],
    reports: [['MOF3102', 'Speed', 'Speed']],
  },
  {
    rule: 'members that are keywords of C, of C++, or macros of Windows',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 if; [WmiDataId(2)] uint8 class; [WmiDataId(3)] uint8 small; [WmiDataId(4)] uint8 IN; [WmiDataId(5)] uint8 interface; [WmiDataId(6)] uint8 ULONG;',
    ),
    want: [
      '    UCHAR if_;\n',
      '    UCHAR class_;\n',
      '    UCHAR small_;\n',
      '    UCHAR IN_;\n',
      '    UCHAR interface_;\n',
      '    UCHAR ULONG_;\n',
      '#define Fan_if_ID 1\n',
    ],
    reports: [
      ['MOF3102', 'if'],
      ['MOF3102', 'class'],
      ['MOF3102', 'small'],
      ['MOF3102', 'IN'],
      ['MOF3102', 'interface'],
      ['MOF3102', 'ULONG'],
    ],
    says: ["'if' is a keyword of C"],
  },
  {
    rule: 'members named like functions and types that are no macros keep their names',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 min; [WmiDataId(2)] uint8 max; [WmiDataId(3)] uint8 GUID; [WmiDataId(4)] uint8 NTSTATUS; [WmiDataId(5)] uint8 Fan; [WmiDataId(6)] uint8 size_t;',
    ),
    want: [
      '    UCHAR min;\n',
      '    UCHAR max;\n',
      '    UCHAR GUID;\n',
      '    UCHAR NTSTATUS;\n',
      '    UCHAR Fan;\n',
      '    UCHAR size_t;\n',
    ],
    reports: [],
  },
  {
    rule: 'a member named like its own type keeps its name, and the type has its tag',
    mof:
      structure('Part', '[WmiDataId(1)] uint8 X;') +
      dataBlock(
        'Fan',
        '[WmiDataId(1)] Part Other; [WmiDataId(2)] Part Part; [WmiDataId(3)] Part More[2];',
      ),
    want: [
      '    struct _Part Other;\n    #define Fan_Other_SIZE sizeof(Part)\n',
      '    struct _Part Part;\n',
      '    struct _Part More[2];\n    #define Fan_More_SIZE sizeof(Part[2])\n',
    ],
    reports: [],
  },
  {
    rule: 'a method called VariableData',
    mof: dataBlock('Fan', '[WmiDataId(1)] string Model; [WmiMethodId(1)] void VariableData();'),
    want: ['#define VariableData     1\n', '    CHAR VariableData_[1];\n'],
    reports: [['MOF3102', 'Model', 'VariableData']],
  },
  {
    rule: 'names with characters that C lacks',
    mof: dataBlock('L\u00fcfter', '[WmiDataId(1)] uint8 Gr\u00f6\u00dfe;'),
    want: [
      '// L<U+00FC>fter - L_u00FCfter\n',
      'typedef struct _L_u00FCfter\n',
      '    UCHAR Gr_u00F6_u00DFe;\n',
      '#define L_u00FCfter_Gr_u00F6_u00DFe_ID 1\n',
      'DEFINE_GUID(L_u00FCfter_GUID, \\\n',
    ],
    reports: [
      ['MOF3102', 'L\u00fcfter'],
      ['MOF3102', 'L\u00fcfter'],
      ['MOF3102', 'L\u00fcfter'],
      ['MOF3102', 'Gr\u00f6\u00dfe'],
      ['MOF3102', 'Gr\u00f6\u00dfe'],
      ['MOF3102', 'Gr\u00f6\u00dfe'],
    ],
    says: ['has characters that names in C lack'],
  },
  // --- Types ---
  {
    rule: 'two classes with one HeaderName are an error',
    mof:
      structure('A', '[WmiDataId(1)] uint8 X;', ', HeaderName("PART")') +
      structure('B', '[WmiDataId(1)] uint8 X;', ', HeaderName("PART")'),
    reports: [['MOF3101', 'HeaderName("PART")', 'HeaderName("PART")']],
    says: ["the structure of 'B' would be 'PART' in C, as is that of 'A'"],
  },
  {
    rule: 'a HeaderName that is the name of another class is an error',
    mof:
      structure('A', '[WmiDataId(1)] uint8 X;') +
      structure('B', '[WmiDataId(1)] uint8 X;', ', HeaderName("A")'),
    reports: [['MOF3101', 'HeaderName("A")', 'A']],
  },
  {
    rule: 'HeaderNames that become one name in C are an error',
    mof:
      structure('A', '[WmiDataId(1)] uint8 X;', ', HeaderName("A B")') +
      structure('B', '[WmiDataId(1)] uint8 X;', ', HeaderName("A-B")'),
    reports: [['MOF3101', 'HeaderName("A-B")', 'HeaderName("A B")']],
  },
  {
    rule: 'one HeaderName is no error when one of the two has no structure',
    mof:
      dataBlock('A', '[WmiMethodId(1)] void Go();', ', HeaderName("PART")') +
      structure('B', '[WmiDataId(1)] uint8 X;', ', HeaderName("PART")'),
    want: ['} PART, *PPART;\n'],
    reports: [],
  },
  {
    rule: 'classes whose names differ in case only by their HeaderNames are two in C',
    mof:
      structure('A', '[WmiDataId(1)] uint8 X;', ', HeaderName("part")') +
      structure('B', '[WmiDataId(1)] uint8 X;', ', HeaderName("PART")'),
    want: ['} part, *Ppart;\n', '} PART, *PPART;\n'],
    reports: [],
  },
  {
    rule: 'a class that is a word of C or Windows',
    mof:
      structure('ULONG', '[WmiDataId(1)] uint8 X;') +
      structure('if', '[WmiDataId(1)] uint8 X;') +
      structure('namespace', '[WmiDataId(1)] uint8 X;'),
    want: [
      '} ULONG_, *PULONG_;\n',
      '} if_, *Pif_;\n',
      '} namespace_, *Pnamespace_;\n',
      '#define ULONGGuid',
    ],
    reports: [
      ['MOF3102', 'ULONG'],
      ['MOF3102', 'if'],
      ['MOF3102', 'namespace'],
    ],
    says: [
      "the structure of 'ULONG' is called 'ULONG_' in the C header, since 'ULONG' is a name of Windows",
    ],
  },
  {
    rule: 'a pointer type that is the name of another class',
    mof: structure('Fan', '[WmiDataId(1)] uint8 X;') + structure('PFan', '[WmiDataId(1)] uint8 X;'),
    want: ['} Fan, *PFan;\n', '} PFan_, *PPFan_;\n'],
    reports: [['MOF3102', 'PFan', 'Fan']],
  },
  {
    rule: 'a tag that is the name of another class',
    mof:
      structure('A', '[WmiDataId(1)] uint8 X;') +
      structure('B', '[WmiDataId(1)] uint8 X;', ', HeaderName("_A")'),
    want: ['} _A_, *P_A_;\n'],
    reports: [
      ['MOF3102', 'B', 'A'],
      ['MOF3102', 'B'],
    ],
  },
  {
    rule: 'the include guard as a class',
    mof: structure('A', '[WmiDataId(1)] uint8 X;', ', HeaderName("_test_wmi_h_")'),
    want: ['typedef struct X__test_wmi_h__\n', '} _test_wmi_h__, *P_test_wmi_h__;\n'],
    reports: [
      ['MOF3102', 'A'],
      ['MOF3102', 'A'],
    ],
  },
  // --- Bare macros ---
  {
    rule: 'methods that are words of C and Windows get the class for a prefix',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void if(); [WmiMethodId(2)] void ULONG(); [WmiMethodId(3)] void NULL(); [WmiMethodId(4)] void VOID(); [WmiMethodId(5)] void C_ASSERT(); [WmiMethodId(6)] void template(); [WmiMethodId(7)] void min();',
    ),
    want: [
      '// Not if, because that is a keyword of C.\n#define Fan_if     1\n',
      '#define Fan_ULONG     2\n',
      '#define Fan_NULL     3\n',
      '#define Fan_VOID     4\n',
      '#define Fan_C_ASSERT     5\n',
      '// Not template, because that is a keyword of C++.\n#define Fan_template     6\n',
      '#define Fan_min     7\n',
    ],
    without: [
      '#define if ',
      '#define ULONG ',
      '#define NULL ',
      '#define VOID ',
      '#define template ',
      '#define min ',
    ],
    reports: [
      ['MOF3103', 'if'],
      ['MOF3103', 'ULONG'],
      ['MOF3103', 'NULL'],
      ['MOF3103', 'VOID'],
      ['MOF3103', 'C_ASSERT'],
      ['MOF3103', 'template'],
      ['MOF3103', 'min'],
    ],
    says: [
      "the id macro of 'Fan.if' is called 'Fan_if' in the C header, since 'if' is a keyword of C",
    ],
  },
  {
    rule: 'a method named like a class leaves the name to its structure',
    mof:
      dataBlock('Fan', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Pump();') +
      dataBlock('Pump', '[WmiDataId(1)] uint8 X;'),
    want: [
      "// Not Pump, because that is the structure of 'Pump'.\n#define Fan_Pump     1\n",
      '} Pump, *PPump;\n',
    ],
    reports: [['MOF3103', 'Pump', 'Pump']],
  },
  {
    rule: 'a method named like its own class',
    mof: dataBlock('Fan', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Fan([in] Fan Fan);'),
    options: methodStructs,
    want: ['#define Fan_Fan     1\n', 'typedef struct _Fan_IN\n', '    struct _Fan Fan;\n'],
    reports: [['MOF3103', 'Fan', 'Fan']],
  },
  {
    rule: 'methods of two classes with one name and one number share the macro',
    mof:
      dataBlock('A', '[WmiDataId(1)] uint8 X; [WmiMethodId(7)] void Go();') +
      dataBlock('B', '[WmiDataId(1)] uint8 X; [WmiMethodId(7)] void Go();'),
    want: ['#define Go     7\n', '// Method id definitions for B\n// Go is defined above.\n'],
    reports: [],
  },
  {
    rule: 'with two numbers neither has the bare name',
    mof:
      dataBlock('A', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Go();') +
      dataBlock('B', '[WmiDataId(1)] uint8 X; [WmiMethodId(2)] void Go();'),
    want: [
      "// Not Go, because that is also the id macro of 'B.Go', with another number.\n#define A_Go     1\n",
      "// Not Go, because that is also the id macro of 'A.Go', with another number.\n#define B_Go     2\n",
    ],
    without: ['#define Go '],
    reports: [
      ['MOF3103', 'Go', 'Go'],
      ['MOF3103', 'Go', 'Go'],
    ],
  },
  {
    rule: 'values of two items with one name and two numbers get the prefix of their item',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), DefineValues{"Low", "Off"}] uint8 X; [WmiDataId(2), DefineValues{"Off"}, DefineDataId("SECOND")] uint8 Y;',
    ),
    want: ['#define Low 0\n', '#define Fan_X_Off 1\n', '#define SECOND_Off 0\n'],
    without: ['#define Off '],
    reports: [
      ['MOF3103', 'DefineValues{"Low", "Off"}', 'DefineValues{"Off"}'],
      ['MOF3103', 'DefineValues{"Off"}', 'DefineValues{"Low", "Off"}'],
    ],
  },
  {
    rule: 'a value and a method of one name',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), DefineValues{"Go"}] uint8 X; [WmiMethodId(1)] void Go();',
    ),
    want: ['#define Fan_Go     1\n', '#define Fan_X_Go 0\n'],
    reports: [
      ['MOF3103', 'DefineValues{"Go"}', 'Go'],
      ['MOF3103', 'Go', 'DefineValues{"Go"}'],
    ],
  },
  {
    rule: 'a method named like a macro of an item, with the same number and with another',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Fan_X_ID(); [WmiMethodId(2)] void Fan_X_SIZE();',
    ),
    want: [
      '#define Fan_X_ID     1\n',
      '#define Fan_Fan_X_SIZE     2\n',
      '    #define Fan_X_SIZE sizeof(UCHAR)\n',
    ],
    reports: [['MOF3103', 'Fan_X_SIZE', 'X']],
  },
  {
    rule: 'a value whose name is no name is one with underscores',
    mof: dataBlock('Fan', '[WmiDataId(1), DefineValues{"Not used", "1st", "a;b"}] uint8 X;'),
    want: ['#define Not_used 0\n', '#define _1st 1\n', '#define a_b 2\n'],
    reports: [
      ['MOF3102', 'DefineValues{"Not used", "1st", "a;b"}'],
      ['MOF3102', 'DefineValues{"Not used", "1st", "a;b"}'],
      ['MOF3102', 'DefineValues{"Not used", "1st", "a;b"}'],
    ],
  },
  {
    rule: 'a prefixed name that is taken gets underscores',
    mof:
      dataBlock('Fan', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void if();') +
      structure('Fan_if', '[WmiDataId(1)] uint8 X;'),
    want: ['#define Fan_if_     1\n'],
    reports: [
      ['MOF3102', 'if', 'Fan_if'],
      ['MOF3103', 'if'],
    ],
  },
  {
    rule: 'names that compilers keep',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint8 __LINE__; [WmiDataId(2), DefineValues{"__GNUC__"}] uint8 Y; [WmiMethodId(1)] void __FILE__();',
    ),
    want: [
      '// Not __FILE__, because that is a name that compilers keep.\n#define Fan___FILE__     1\n',
      '    UCHAR X__LINE__;\n',
      '#define Fan_Y___GNUC__ 0\n',
    ],
    reports: [
      ['MOF3102', '__LINE__'],
      ['MOF3103', 'DefineValues{"__GNUC__"}'],
      ['MOF3103', '__FILE__'],
    ],
  },
  // --- Structures of methods ---
  {
    rule: 'structures of two methods of one name begin with their classes',
    mof:
      dataBlock('A', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Go([in] uint8 P);') +
      dataBlock('B', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Go([in] uint32 Q);'),
    options: methodStructs,
    want: [
      '#define Go     1\n',
      'typedef struct _A_Go_IN\n',
      '#define A_Go_IN_P_ID 1\n',
      'typedef struct _B_Go_IN\n',
    ],
    without: ['struct _Go_IN'],
    reports: [
      ['MOF3102', 'Go', 'Go'],
      ['MOF3102', 'Go', 'Go'],
    ],
    says: [
      "the structures of 'A.Go' begin with 'A_Go' in the C header, since 'Go_IN' is also wanted for 'B.Go'",
    ],
  },
  {
    rule: 'without -m that is not reported',
    mof:
      dataBlock('A', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Go([in] uint8 P);') +
      dataBlock('B', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Go([in] uint32 Q);'),
    want: ['#define Go     1\n'],
    reports: [],
  },
  {
    rule: 'one has an input and the other an output: no clash',
    mof:
      dataBlock('A', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Go([in] uint8 P);') +
      dataBlock('B', '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Go([out] uint32 Q);'),
    options: methodStructs,
    want: ['typedef struct _Go_IN\n', 'typedef struct _Go_OUT\n'],
    reports: [],
  },
  {
    rule: 'a structure of a method named like a class',
    mof:
      dataBlock(
        'A',
        '[WmiDataId(1)] uint8 X; [WmiMethodId(1)] void Go([in] uint8 P, [out] uint8 Q);',
      ) + structure('Go_IN', '[WmiDataId(1)] uint8 X;'),
    options: methodStructs,
    want: ['typedef struct _A_Go_IN\n', 'typedef struct _A_Go_OUT\n', 'typedef struct _Go_IN\n'],
    reports: [['MOF3102', 'Go', 'Go_IN']],
  },
  {
    rule: 'methods with one HeaderName in one class',
    mof: dataBlock(
      'A',
      '[WmiDataId(1)] uint8 X; [WmiMethodId(1), HeaderName("RUN")] void Go([in] uint8 P); [WmiMethodId(2), HeaderName("RUN")] void Walk([in] uint8 P);',
    ),
    options: methodStructs,
    want: ['typedef struct _A_Go_IN\n', 'typedef struct _A_Walk_IN\n'],
    reports: [
      ['MOF3102', 'HeaderName("RUN")', 'Go'],
      ['MOF3102', 'HeaderName("RUN")', 'Walk'],
    ].map(([code = '', at = '', related = '']) => [code, at, related === 'Go' ? 'Walk' : 'Go']),
  },
  // --- Macros of classes and items ---
  {
    rule: 'macros of two classes that come to one name and two texts',
    mof:
      structure('A', '[WmiDataId(1)] uint8 Z; [WmiDataId(2)] uint8 B_C;') +
      structure('A_B', '[WmiDataId(1)] uint8 C;'),
    want: ['#define A_B_C_ID 2\n', '#define A_B_C_ID_ 1\n', '#define A_B_C_SIZE sizeof(UCHAR)\n'],
    reports: [['MOF3102', 'C', 'B_C']],
  },
  {
    rule: 'a size macro named like a structure',
    mof:
      structure('A', '[WmiDataId(1)] uint8 X;') +
      structure('A_SIZE', '[WmiDataId(1)] uint8 X;') +
      structure('A_X_ID', '[WmiDataId(1)] uint8 X;'),
    want: [
      '#define A_SIZE_ (FIELD_OFFSET(A, X) + A_X_SIZE)\n',
      '#define A_X_ID_ 1\n',
      'C_ASSERT(A_SIZE_ == 1);\n',
    ],
    reports: [
      ['MOF3102', 'A', 'A_SIZE'],
      ['MOF3102', 'X', 'A_X_ID'],
    ],
  },
  {
    rule: 'GuidName1 and GuidName2 that are one name',
    mof: structure(
      'A',
      '[WmiDataId(1)] uint8 X;',
      ', GuidName1("FAN_GUID"), GuidName2("FAN_GUID")',
    ),
    want: ['#define FAN_GUID_ \\\n', 'DEFINE_GUID(FAN_GUID, \\\n'],
    reports: [['MOF3102', 'A', 'A']],
  },
  {
    rule: 'two items with one DefineDataId',
    mof: structure(
      'A',
      '[WmiDataId(1), DefineDataId("P")] uint8 X; [WmiDataId(2), DefineDataId("P")] uint16 Y;',
    ),
    want: [
      '#define P_ID 1\n',
      '#define P_ID_ 2\n',
      '#define P_SIZE_ sizeof(USHORT)\n',
      '#define A_SIZE (FIELD_OFFSET(A, Y) + P_SIZE_)\n',
    ],
    reports: [
      ['MOF3102', 'Y', 'X'],
      ['MOF3102', 'Y', 'X'],
    ],
  },
  {
    rule: 'our own names give way without a diagnostic',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1)] uint32 X; [WmiDataId(2)] string Y; [WmiMethodId(1)] void Fan_FIXED_SIZE();',
    ),
    want: ['#define Fan_FIXED_SIZE     1\n', '#define Fan_FIXED_SIZE_ 4\n'],
    reports: [],
  },
  {
    rule: 'a member named like a macro of ours',
    mof: dataBlock('Fan', '[WmiDataId(1)] uint32 Fan_FIXED_SIZE; [WmiDataId(2)] string Y;'),
    want: ['#define Fan_FIXED_SIZE 4\n', '    ULONG Fan_FIXED_SIZE_;\n'],
    reports: [['MOF3102', 'Fan_FIXED_SIZE']],
  },
  // --- What is left out ---
  {
    rule: 'cpp_quote without its switch',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), cpp_quote("int a;")] uint8 X; [WmiMethodId(1), cpp_quote("int b;")] void Go([in, out, cpp_quote("int d;")] uint8 P);',
      ', cpp_quote("int c;")',
    ),
    options: methodStructs,
    without: ['int '],
    reports: [
      ['MOF3104', 'cpp_quote("int c;")'],
      ['MOF3104', 'cpp_quote("int a;")'],
      ['MOF3104', 'cpp_quote("int b;")'],
      ['MOF3104', 'cpp_quote("int d;")'],
    ],
    says: ["the code that cpp_quote gives with 'Fan' is left out"],
  },
  {
    rule: 'cpp_quote with its switch, empty ones, and one of a class that is not there',
    mof:
      dataBlock(
        'Fan',
        '[WmiDataId(1), cpp_quote("#define FROM_QUOTE 1")] uint8 X;',
        ', cpp_quote("\\n")',
      ) + structure('A', '[WmiDataId(1)] uint8 X;', ', cpp_quote("x"), WmiGenerateHeader(FALSE)'),
    options: { allowCppQuote: true },
    want: ['#define FROM_QUOTE 1\n'],
    reports: [],
  },
  {
    rule: 'values that are not integers',
    mof: dataBlock(
      'Fan',
      '[WmiDataId(1), DefineValues{"A", "B", "C"}, ValueMap{"1..2", "x", "3"}] uint8 X;',
    ),
    want: ['#define C 3\n'],
    reports: [['MOF3105', 'DefineValues{"A", "B", "C"}']],
    says: [
      "the value 'A' of 'Fan.X' is no macro in the C header: it has '1..2' for its number, and 1 more entries are not numbers",
    ],
  },
  {
    rule: 'a structure that another header has to declare',
    mof:
      structure('Part', '[WmiDataId(1)] uint8 X;', ', WmiGenerateHeader(FALSE)') +
      dataBlock('Fan', '[WmiDataId(1)] Part P; [WmiDataId(2)] Part Q;'),
    reports: [['MOF3106', 'P', 'Part']],
    says: [
      "'Fan.P' is of class 'Part', which is not in the C header: its WmiGenerateHeader is FALSE",
    ],
  },
];
