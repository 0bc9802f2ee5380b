// What wdm emits for each construct of a MOF beside what kmdf has too: structures, routines, registration, first bodies.
import { describe, expect, test } from 'vitest';
import { emit } from '../../../src/generate.js';
import { targetNamed } from '../../../src/targets/index.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { modelOf } from '../ts/generated-module.js';

/** A block `Fan` with `body` behind the required items; `more` stands in front of it. */
function fan(body: string, more = '', qualifiers = ''): string {
  return `${more}
[WMI, Dynamic, Provider("WMIProv")${qualifiers}, guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1aa}")]
class Fan { [key, read] string InstanceName; [read] boolean Active; ${body} };`;
}

const EVENT = `class WMIEvent : __ExtrinsicEvent { };
[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1ac}")]
class Alarm : WMIEvent { [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1), read] uint32 Level; };`;

const SILENT = EVENT.replace('[WmiDataId(1), read] uint32 Level;', '');

function emitted(mof: string, options: EmitOptions = {}): Readonly<Record<string, string>> {
  const files = emit(modelOf(mof, 'fan.mof'), 'fan.mof', { targets: ['wdm'], options }).value;
  return Object.fromEntries(files.map(({ name, text }) => [name, text.replace(/\s+/g, ' ')]));
}

const PART = { header: 'fan_wmi.h', source: 'fan_wmi.c', skeleton: 'fan_wmi_impl.c' } as const;

const READ_ONLY = fan('[WmiDataId(1), read] uint8 A;');
const WRITABLE = fan('[WmiDataId(1), read, write] uint8 A;');
const EXPENSIVE = fan('[WmiDataId(1), read] uint8 A;', '', ' // mofgen: expensive\n');
const METHOD = fan('[WmiMethodId(1)] void Spin([in] uint8 Speed);');

interface Row {
  readonly rule: string;
  readonly mof: string;
  readonly part: keyof typeof PART;
  readonly want: string;
  readonly options?: EmitOptions;
}

const TABLE: readonly Row[] = [
  {
    rule: 'the types of WMILIB are there before a macro of the header can change them',
    mof: fan('[WmiMethodId(1)] void Flags();'),
    part: 'header',
    want: '#include <wmistr.h> #include <wmilib.h> #endif // Fan - Fan #define FanGuid',
  },
  {
    rule: 'an instance, with a lock',
    mof: READ_ONLY,
    part: 'header',
    want: 'struct _FAN_WMI *Wmi; struct _FAN_WMI_INSTANCE *Next; ULONG GuidIndex; ULONG InstanceIndex; KMUTEX Lock; } FAN_WMI_INSTANCE, *PFAN_WMI_INSTANCE;',
  },
  {
    rule: 'an instance, without one',
    mof: READ_ONLY,
    part: 'header',
    want: 'ULONG InstanceIndex; } FAN_WMI_INSTANCE, *PFAN_WMI_INSTANCE;',
    options: { noInstanceLock: true },
  },
  {
    rule: 'a device: one place more than there are blocks and events',
    mof: fan('[WmiDataId(1), read] uint8 A;', EVENT),
    part: 'header',
    want: 'WMILIB_CONTEXT Library; WMIGUIDREGINFO Guids[3]; FAN_WMI_INSTANCE *Instances[3];',
  },
  {
    rule: 'members give way to macros',
    mof: fan(
      ['Context', 'Library', 'Lock']
        .map((m, i) => `[WmiMethodId(${i + 1})] void ${m}();`)
        .join(' '),
    ),
    part: 'header',
    want: 'PVOID Context_; struct _FAN_WMI *Wmi; struct _FAN_WMI_INSTANCE *Next; ULONG GuidIndex; ULONG InstanceIndex; KMUTEX Lock_; }',
  },
  {
    rule: 'and parameters',
    mof: fan('[WmiMethodId(1)] void Wmi();'),
    part: 'header',
    want: 'FanWmiRegister( _Inout_ PFAN_WMI Wmi_);',
  },
  {
    rule: 'the dispatch routine by its role',
    mof: READ_ONLY,
    part: 'header',
    want: 'DRIVER_DISPATCH FanWmiSystemControl;',
  },
  {
    rule: 'the constants are in the order of the table',
    mof: fan('[WmiDataId(1), read] uint8 A;', EVENT),
    part: 'source',
    want: 'enum { FanIndex, AlarmIndex, #ifdef FAN_WMI_DYNAMIC_MOF MofgenMofDataIndex, #endif MofgenBlockCount };',
  },
  {
    rule: 'a block in the table',
    mof: READ_ONLY,
    part: 'source',
    want: '{0x8d, 0x0a, 0x9a, 0x40, 0xc9, 0xe3, 0xd1, 0xaa}}, .Block = &FanBlock, .Create = FanCreate, .Delete = FanDelete, }',
  },
  {
    rule: 'an expensive block',
    mof: EXPENSIVE,
    part: 'source',
    want: '.Flags = WMIREG_FLAG_EXPENSIVE, .Block = &FanBlock, .Create = FanCreate, .Delete = FanDelete, .Collect = FanCollect, }',
  },
  {
    rule: 'an event',
    mof: EVENT,
    part: 'source',
    want: '0xac}}, .Flags = WMIREG_FLAG_EVENT_ONLY_GUID, }',
  },
  {
    rule: 'routines by their roles',
    mof: READ_ONLY,
    part: 'source',
    want: 'WMI_QUERY_REGINFO_CALLBACK FanWmiQueryReginfo; WMI_QUERY_DATABLOCK_CALLBACK FanWmiQueryDataBlock; DRIVER_DISPATCH',
  },
  {
    rule: 'both set routines',
    mof: WRITABLE,
    part: 'source',
    want: 'Wmi->Library.SetWmiDataBlock = FanWmiSetDataBlock; Wmi->Library.SetWmiDataItem = FanWmiSetDataItem;',
  },
  {
    rule: 'an event without data',
    mof: SILENT,
    part: 'source',
    want: 'AlarmFire( PFAN_WMI Wmi) { return AlarmFireFrom(AlarmInstance(Wmi)); }',
  },
  {
    rule: 'macros of the header that the source has as names',
    mof: fan(
      '[WmiMethodId(1)] void Irp(); [WmiMethodId(2)] void IoStatusBlock(); [WmiMethodId(3)] void Flags();',
    ),
    part: 'source',
    want: '#include "fan_wmi.h" #undef Flags #undef Irp // ----',
  },
  {
    rule: 'a context of zeros',
    mof: READ_ONLY,
    part: 'skeleton',
    want: 'FAN_CONTEXT *context = (FAN_CONTEXT *)FanWmiAllocate(sizeof(*context)); if (context == NULL) { return STATUS_INSUFFICIENT_RESOURCES; } Instance->Context = context; // The context starts as zeros. return STATUS_SUCCESS;',
  },
  {
    rule: 'a context that owns more',
    mof: fan('[WmiDataId(1), read, write] string A;'),
    part: 'skeleton',
    want: 'if (context != NULL) { FanRelease(&context->Data); FanWmiFree(context); }',
  },
  {
    rule: 'query and set as a KMDF driver has them',
    mof: WRITABLE,
    part: 'skeleton',
    want: 'FAN_CONTEXT *context = FanGetContext(Instance); if (Changed->A) { context->Data.A = Data->A; } return STATUS_SUCCESS;',
  },
  {
    rule: 'where the structure of a device is',
    mof: READ_ONLY,
    part: 'skeleton',
    want: 'FanWmiFromDevice( PDEVICE_OBJECT DeviceObject) { return (PFAN_WMI)DeviceObject->DeviceExtension; }',
  },
  {
    rule: 'an event alone needs that too',
    mof: EVENT,
    part: 'skeleton',
    want: 'FanWmiFromDevice(',
  },
];

test.each(TABLE)('$rule', ({ mof, part, want, options = {} }) => {
  expect(emitted(mof, options)[PART[part]]).toContain(want);
});

interface Absence {
  readonly rule: string;
  readonly mof: string;
  readonly unwanted: RegExp;
  readonly options?: EmitOptions;
}

/** What a source does not have. */
const ABSENT: readonly Absence[] = [
  {
    rule: 'a read-only block has no set routines',
    mof: READ_ONLY,
    unwanted: /SetWmiData|Writable/,
  },
  { rule: 'without methods no routine for them', mof: WRITABLE, unwanted: /ExecuteWmiMethod/ },
  {
    rule: 'without cost no control routine',
    mof: WRITABLE,
    unwanted: /WmiFunctionControl|Collect/,
  },
  { rule: 'a method block has no set routines', mof: METHOD, unwanted: /SetWmiData/ },
  {
    rule: 'events have no request handlers',
    mof: EVENT,
    unwanted: /MOFGEN_BLOCK|MofgenTake|Create/,
  },
  {
    rule: '--no-instance-lock: no lock but the one of the list',
    mof: WRITABLE,
    unwanted: /nstance->Lock|WmiLock/,
    options: { noInstanceLock: true },
  },
];

test.each(ABSENT)('$rule', ({ mof, unwanted, options = {} }) => {
  expect(emitted(mof, options)[PART.source]).not.toMatch(unwanted);
});

test('without a block and an event nothing is declared', () => {
  const point =
    '[WMI, guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1ab}")] class P { [WmiDataId(1)] uint8 X; };';
  const files = emitted(point);
  expect(files[PART.header]).not.toContain('FAN_WMI');
  expect(files[PART.source]).toContain('There is no block and no event to register.');
  expect(files[PART.skeleton]).not.toContain('FromDevice');
});

describe('stubs for what a file lacks', () => {
  const grown = fan(
    '[WmiDataId(1), read, write] uint8 A; [WmiMethodId(1)] void Spin([in] uint8 Speed);',
    '',
    ' // mofgen: expensive\n',
  );
  const skeletonOf = (mof: string): string =>
    emit(modelOf(mof, 'fan.mof'), 'fan.mof', { targets: ['wdm'] }).value.find(
      ({ owner }) => owner === 'user',
    )?.text ?? '';
  const missing = (mof: string, existing: string): string =>
    targetNamed('wdm').missingStubs(
      modelOf(mof, 'fan.mof'),
      { base: 'fan', sourceName: 'fan.mof', options: {} },
      existing,
    );
  const functionsOf = (text: string): (string | undefined)[] =>
    Array.from(text.matchAll(/^(Fan\w+|Pump\w+)\($/gm), ([, name]) => name);

  test('nothing for the file as it was written', () => {
    expect(missing(grown, skeletonOf(grown))).toBe('');
  });
  test('a method and a control function that came later, and nothing else', () => {
    expect(functionsOf(missing(grown, skeletonOf(WRITABLE)))).toEqual(['FanSpin', 'FanCollect']);
  });
  test('a block that came later, with its context', () => {
    const more = `${grown}\n${READ_ONLY.replaceAll('Fan', 'Pump').replace('1aa', '1ad')}`;
    const text = missing(more, skeletonOf(grown));
    expect(functionsOf(text)).toEqual(['PumpGetContext', 'PumpCreate', 'PumpDelete', 'PumpQuery']);
    expect(text).toContain('} PUMP_CONTEXT;');
  });
  test('the function that finds the structure of a device', () => {
    const text = skeletonOf(WRITABLE).replace(
      /.*\n_Use_decl_annotations_\nPFAN_WMI\n[\s\S]*?\n\}\n/,
      '',
    );
    expect(functionsOf(missing(WRITABLE, text))).toEqual(['FanWmiFromDevice']);
  });
  test('the file and the stubs together have everything', () => {
    const text = skeletonOf(WRITABLE);
    expect(missing(grown, `${text}\n${missing(grown, text)}`)).toBe('');
  });
});
