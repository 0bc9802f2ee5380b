// What kmdf emits for each construct of a MOF: structures, parameters, tables, registration, first bodies.
import { describe, expect, test } from 'vitest';
import { emit } from '../../../src/generate.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { targetNamed } from '../../../src/targets/index.js';
import { modelOf } from '../ts/generated-module.js';

/** A block `Fan` with `body` after the required items; `more` precedes the class. */
function fan(body: string, more = '', qualifiers = ''): string {
  return `${more}
[WMI, Dynamic, Provider("WMIProv")${qualifiers}, guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1aa}")]
class Fan { [key, read] string InstanceName; [read] boolean Active; ${body} };`;
}

const POINT = `[WMI, guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1ab}")]
class Point { [WmiDataId(1), read] uint8 X; [WmiDataId(2), read] datetime At; };`;

const EVENT = `class WMIEvent : __ExtrinsicEvent { };
[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1ac}")]
class Alarm : WMIEvent { [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1), read] uint32 Level; };`;

function emitted(mof: string, options: EmitOptions = {}): Readonly<Record<string, string>> {
  const files = emit(modelOf(mof, 'fan.mof'), 'fan.mof', { targets: ['kmdf'], options }).value;
  return Object.fromEntries(files.map(({ name, text }) => [name, text.replace(/\s+/g, ' ')]));
}

const PART = { header: 'fan_wmi.h', source: 'fan_wmi.c', skeleton: 'fan_wmi_impl.c' } as const;

const TABLE: readonly (readonly [string, string, keyof typeof PART, string])[] = [
  // Structures of the driver's part.
  [
    'a fixed block has the structure of wmimofck',
    fan('[WmiDataId(1), read] uint8 A;'),
    'header',
    'FanQuery( _In_ WDFWMIINSTANCE Instance, _Out_ Fan *Data);',
  ],
  [
    'a string without a limit',
    fan('[WmiDataId(1), read] string A; [WmiDataId(2), read] uint8 B;'),
    'header',
    '{ UNICODE_STRING A; UCHAR B; } Fan_VALUES;',
  ],
  [
    'a string with MaxLen, and one without',
    fan('[WmiDataId(1), read, MaxLen(7)] string A; [WmiDataId(2), read] string B;'),
    'header',
    '{ WCHAR A[7 + 1]; UNICODE_STRING B; } Fan_VALUES;',
  ],
  [
    'a sized array',
    fan('[WmiDataId(1), read] uint16 N; [WmiDataId(2), read, WmiSizeIs("N")] sint64 A[];'),
    'header',
    '{ USHORT N; const LONGLONG *A; } Fan_VALUES;',
  ],
  [
    'an array that takes the rest',
    fan('[WmiDataId(1), read] boolean A[];'),
    'header',
    '{ ULONG ACount; const BOOLEAN *A; } Fan_VALUES;',
  ],
  [
    'datetimes by number',
    fan('[WmiDataId(1), read] uint8 N; [WmiDataId(2), read, WmiSizeIs("N")] datetime A[];'),
    'header',
    'const WCHAR (*A)[25];',
  ],
  [
    'an embedded class',
    fan('[WmiDataId(1), read] Point P[2]; [WmiDataId(2), read] string S;', POINT),
    'header',
    '{ Point P[2]; UNICODE_STRING S; } Fan_VALUES;',
  ],
  [
    'what a set request changes',
    fan(
      '[WmiDataId(1), read] uint8 A; [WmiDataId(2), read, write] uint8 B; [WmiDataId(3), write] uint8 C;',
    ),
    'header',
    '{ BOOLEAN B; BOOLEAN C; } Fan_CHANGED;',
  ],
  [
    'the number of elements gives way to an item',
    fan('[WmiDataId(1), read] uint8 ACount; [WmiDataId(2), read] boolean A[];'),
    'header',
    '{ UCHAR ACount; ULONG ACount_; const BOOLEAN *A; } Fan_VALUES;',
  ],
  // Parameters.
  [
    'scalars by value',
    fan('[WmiMethodId(1)] void M([in] uint32 A, [in] boolean B, [in] char16 C);'),
    'header',
    'FanM( _In_ WDFWMIINSTANCE Instance, _In_ ULONG A, _In_ BOOLEAN B, _In_ SHORT C);',
  ],
  [
    'outputs through pointers',
    fan('[WmiMethodId(1)] void M([out] uint32 A, [out] boolean B[4]);'),
    'header',
    '_Out_ ULONG *A, _Out_writes_all_(4) BOOLEAN *B);',
  ],
  [
    'in-out',
    fan('[WmiMethodId(1)] void M([in, out] sint64 A);'),
    'header',
    '_Inout_ LONGLONG *A);',
  ],
  [
    'texts',
    fan('[WmiMethodId(1)] void M([in, MaxLen(3)] string A, [in] string B, [in] datetime C);'),
    'header',
    '_In_reads_(3 + 1) const WCHAR *A, _In_ const UNICODE_STRING *B, _In_reads_(25) const WCHAR *C);',
  ],
  [
    'embedded classes',
    fan('[WmiMethodId(1)] void M([in] Point A, [in, out] Point B, [out] Point C[2]);', POINT),
    'header',
    '_In_ const Point *A, _Inout_ Point *B, _Out_writes_all_(2) Point *C);',
  ],
  [
    'a sized array names its count',
    fan('[WmiMethodId(1)] void M([in] uint32 N, [in, WmiSizeIs("N")] uint8 A[]);'),
    'header',
    '_In_ ULONG N, _In_reads_opt_(N) const UCHAR *A);',
  ],
  [
    'an array of the rest has a count of its own',
    fan('[WmiMethodId(1)] void M([in] uint8 A[]);'),
    'header',
    '_In_ ULONG ACount, _In_reads_opt_(ACount) const UCHAR *A);',
  ],
  [
    'a return value comes last',
    fan('[WmiMethodId(1)] uint32 M([in] uint8 A);'),
    'header',
    '_In_ UCHAR A, _Out_ ULONG *ReturnValue);',
  ],
  [
    'no parameters',
    fan('[WmiMethodId(1)] void M();'),
    'header',
    'FanM( _In_ WDFWMIINSTANCE Instance);',
  ],
  [
    'a variable output is prepared and committed',
    fan('[WmiMethodId(1)] void M([in] uint8 A, [out] string B);'),
    'header',
    'FanMPrepare( _In_ WDFWMIINSTANCE Instance, _In_ UCHAR A, _Out_ UNICODE_STRING *B);',
  ],
  [
    'commit sees what was prepared',
    fan('[WmiMethodId(1)] void M([in] uint8 A, [out] string B);'),
    'header',
    'FanMCommit( _In_ WDFWMIINSTANCE Instance, _In_ UCHAR A, _In_ const UNICODE_STRING *B);',
  ],
  [
    'an output with MaxLen has a known size',
    fan('[WmiMethodId(1)] void M([out, MaxLen(3)] string A);'),
    'header',
    'FanM( _In_ WDFWMIINSTANCE Instance, _Out_writes_all_(3 + 1) WCHAR *A);',
  ],
  [
    'a method names the file that declares it, and no line, which others above would move',
    fan('\n[WmiMethodId(3)] void M();'),
    'header',
    '// WmiMethodId 3, fan.mof.',
  ],
  // Requests.
  [
    'an item: id, offset, size, access',
    fan('[WmiDataId(1), read] uint8 A; [WmiDataId(2), read, write] uint32 B;'),
    'source',
    'case Fan_B_ID: if (Request->InSize < Fan_B_SIZE) { return STATUS_WMI_SET_FAILURE; } RtlCopyMemory(&data.B, Request->Input, Fan_B_SIZE); changed.B = TRUE; break;',
  ],
  [
    'an item after one of varying length has no fixed offset',
    fan('[WmiDataId(1), read] string A; [WmiDataId(2), read] uint32 B;'),
    'source',
    'MofgenWriteString(Writer, &data->A); MofgenWrite(Writer, 4, &data->B, sizeof(data->B));',
  ],
  [
    'a count keeps its value',
    fan(
      '[WmiDataId(1), read, write] uint8 N; [WmiDataId(2), read, write, WmiSizeIs("N")] uint8 A[];',
    ),
    'source',
    'if (current.N != (changed.N ? data.N : elementCount)) { return STATUS_WMI_SET_FAILURE; }',
  ],
  [
    'an array keeps its length',
    fan(
      '[WmiDataId(1), read, write] uint8 N; [WmiDataId(2), read, write, WmiSizeIs("N")] uint8 A[];',
    ),
    'source',
    'data.A = MofgenReadArrayToEnd(&reader, 1, sizeof(*data.A), &elementCount); changed.A = TRUE; break;',
  ],
  [
    'a count of a read-only array keeps its value',
    fan('[WmiDataId(1), read, write] uint8 N; [WmiDataId(2), read, WmiSizeIs("N")] uint8 A[];'),
    'source',
    'if (data.N != current.N) { return STATUS_WMI_SET_FAILURE; }',
  ],
  [
    'a write-only item is hidden',
    fan('[WmiDataId(1), write, MaxLen(4)] string A;'),
    'source',
    'RtlZeroMemory(&data.A, sizeof(data.A));',
  ],
  [
    'a method: id, records, function',
    fan('[WmiMethodId(7)] void M([in] uint8 A);'),
    'source',
    'case M: return FanExecuteM(Instance, Request);',
  ],
  // Sizes and the dispatch table.
  [
    'a fixed block: the size of its data',
    fan('[WmiDataId(1), read] uint32 A; [WmiDataId(2), read] uint8 B;'),
    'source',
    'Request->Used = Fan_SIZE; if (Request->OutSize < Fan_SIZE) { return STATUS_BUFFER_TOO_SMALL; }',
  ],
  [
    'a string with MaxLen is written in its full size',
    fan('[WmiDataId(1), read, MaxLen(4)] string A;'),
    'source',
    'Request->Used = Fan_FULL_SIZE;',
  ],
  [
    'an expensive block is collected',
    fan('[WmiDataId(1), read] uint8 A;', '', ' // mofgen: expensive\n'),
    'source',
    '.Flags = MOFGEN_WMI_EXPENSIVE, .Query = FanQueryData, .Collect = FanCollect,',
  ],
  [
    'an event answers nothing',
    fan('[WmiDataId(1), read] uint8 A;', EVENT),
    'source',
    '.Flags = MOFGEN_WMI_EVENT, }',
  ],
  [
    'both set functions of a writable block',
    fan('[WmiDataId(1), read, write] uint8 A;'),
    'source',
    '.SetInstance = FanSetData, .SetItem = FanSetDataItem,',
  ],
  // First bodies.
  [
    'a scalar is stored',
    fan('[WmiDataId(1), read, write] uint8 A;'),
    'skeleton',
    'if (Changed->A) { context->Data.A = Data->A; }',
  ],
  [
    'an array is stored',
    fan('[WmiDataId(1), read, write] uint8 A[4];'),
    'skeleton',
    'RtlCopyMemory(context->Data.A, Data->A, sizeof(context->Data.A));',
  ],
  [
    'a datetime starts as an interval',
    fan('[WmiDataId(1), read] datetime A;'),
    'skeleton',
    'RtlCopyMemory(context->Data.A, FAN_NO_TIME, sizeof(context->Data.A));',
  ],
  [
    'datetimes of embedded classes too',
    fan('[WmiDataId(1), read] Point P[2];', POINT),
    'skeleton',
    'for (ULONG i = 0; i < 2; i += 1) { RtlCopyMemory(context->Data.P[i].At, FAN_NO_TIME, sizeof(context->Data.P[i].At)); }',
  ],
  [
    'varying data is kept in pool',
    fan('[WmiDataId(1), read, write] string A;'),
    'skeleton',
    'return FanUpdateStored(&context->Data, Data, Changed);',
  ],
  [
    'and freed',
    fan('[WmiDataId(1), read, write] string A;'),
    'skeleton',
    'FanFreeStored(&FanGetContext(Object)->Data);',
  ],
  [
    'an output is empty',
    fan('[WmiMethodId(1)] void M([out] uint8 A, [out] Point P);', POINT),
    'skeleton',
    '*A = 0; RtlZeroMemory(P, sizeof(*P)); RtlCopyMemory(P->At, FAN_NO_TIME, sizeof(P->At));',
  ],
];

test.each(TABLE)('%s', (_rule, mof, part, want) => {
  expect(emitted(mof)[PART[part]]).toContain(want);
});

interface Absence {
  readonly rule: string;
  readonly mof: string;
  readonly unwanted: RegExp;
  readonly options?: EmitOptions;
}

const READ_ONLY = fan('[WmiDataId(1), read] uint8 A;');

/** Text that a source does not contain. */
const ABSENT: readonly Absence[] = [
  { rule: 'a read-only block has no setters', mof: READ_ONLY, unwanted: /SetInstance|SetItem/ },
  {
    rule: 'a block of fixed size walks nothing',
    mof: fan('[WmiDataId(1), read, write] uint8 A;'),
    unwanted: /MOFGEN_READER|MOFGEN_WRITER|MofgenStore/,
  },
  { rule: 'without methods nothing executes', mof: READ_ONLY, unwanted: /Execute/ },
  {
    rule: 'what is only written is not read',
    mof: fan('[WmiDataId(1), read, MaxLen(4)] string A;'),
    unwanted: /MOFGEN_READER/,
  },
  { rule: 'an array that no item has', mof: READ_ONLY, unwanted: /Array|Elements|length/ },
  {
    rule: 'nothing to #undef',
    mof: fan('[WmiDataId(1), read] uint8 A; [WmiMethodId(1)] void Spin();'),
    unwanted: /#undef/,
  },
];

test.each(ABSENT)('$rule', ({ mof, unwanted, options = {} }) => {
  expect(emitted(mof, options)[PART.source]).not.toMatch(unwanted);
});

const NO_LOCK: EmitOptions = { noInstanceLock: true };
const TEXT = fan('[WmiDataId(1), read] string A;');

/** How the callbacks of a block are locked, and what the header has for it. */
const LOCKS: readonly (readonly [string, string, EmitOptions, string | undefined, boolean])[] = [
  ['by default', READ_ONLY, {}, undefined, true],
  ['--no-instance-lock', READ_ONLY, NO_LOCK, '.Flags = MOFGEN_WMI_NO_LOCK,', false],
  ['--no-instance-lock, data that varies in length', TEXT, NO_LOCK, undefined, true],
  [
    '// mofgen: lock-methods',
    fan('[WmiDataId(1), read] uint8 A;', '', ' // mofgen: lock-methods\n'),
    {},
    '.Flags = MOFGEN_WMI_LOCK_METHODS,',
    true,
  ],
  [
    '// mofgen: no-instance',
    fan('[WmiDataId(1), read] uint8 A;', '', ' // mofgen: no-instance\n'),
    {},
    '.Flags = MOFGEN_WMI_NO_FIRST_INSTANCE,',
    true,
  ],
];

test.each(LOCKS)('locks: %s', (_choice, mof, options, flags, hasLock) => {
  const files = emitted(mof, options);
  const row = /\.Flags = [^,]*,/.exec(files[PART.source] ?? '');
  expect(row?.[0]).toBe(flags);
  expect(/#define FanWmiLock MofgenWmiLock/.test(files[PART.header] ?? '')).toBe(hasLock);
});

test("a chosen name of the user's file changes no text of the MOF", () => {
  const files = emitted(fan('[WmiDataId(1), read, Description("See fan_wmi_impl.c.")] uint8 A;'), {
    implExt: 'cpp',
  });
  expect(files[PART.header]).toContain('// See fan_wmi_impl.c.');
  expect(files[PART.header]).toContain('What your driver implements, in fan_wmi_impl.cpp');
});

test('only embedded classes: a source with a comment', () => {
  expect(emitted(POINT)['fan_wmi.c']).toContain('no blocks and no events');
});

describe('stubs for what a file lacks', () => {
  const old = fan('[WmiDataId(1), read, write] uint8 A;');
  const grown = fan(
    '[WmiDataId(1), read, write] uint8 A; [WmiMethodId(1)] void Spin([in] uint8 Speed);',
    '',
    ' // mofgen: expensive\n',
  );
  const skeletonOf = (mof: string): string =>
    emit(modelOf(mof, 'fan.mof'), 'fan.mof', { targets: ['kmdf'] }).value.find(
      ({ owner }) => owner === 'user',
    )?.text ?? '';
  const missing = (mof: string, existing: string): string =>
    targetNamed('kmdf').missingStubs(
      modelOf(mof, 'fan.mof'),
      { base: 'fan', sourceName: 'fan.mof', options: {} },
      existing,
    );

  test('nothing for the file as it was written', () => {
    expect(missing(grown, skeletonOf(grown))).toBe('');
  });
  test('a method and a control function that came later, and nothing else', () => {
    const text = missing(grown, skeletonOf(old));
    expect(Array.from(text.matchAll(/^(Fan\w+)\($/gm), ([, name]) => name)).toEqual([
      'FanSpin',
      'FanCollect',
    ]);
  });
  test('a block that came later, with its context', () => {
    const more = `${grown}\n${fan('[WmiDataId(1), read] uint8 A;').replaceAll('Fan', 'Pump').replace('1aa', '1ad')}`;
    const text = missing(more, skeletonOf(grown));
    expect(text).toContain('WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(PUMP_CONTEXT, PumpGetContext)');
    expect(text).toContain('PumpQuery(');
    expect(text).not.toContain('FanQuery(');
  });
  test('the file and the stubs together have everything', () => {
    const text = skeletonOf(old);
    expect(missing(grown, `${text}\n${missing(grown, text)}`)).toBe('');
  });
});
