// What wdm emits for each construct of a MOF in addition to what kmdf emits too: types, the table, calls of the core, first bodies.
import { describe, expect, test } from 'vitest';
import { emit } from '../../../src/generate.js';
import { targetNamed } from '../../../src/targets/index.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { modelOf } from '../ts/generated-module.js';

/** A block `Fan` with `body` after the required items; `more` precedes the class. */
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
    rule: 'the types of the core are there before a macro of the header can change them',
    mof: fan('[WmiMethodId(1)] void Flags();'),
    part: 'header',
    want: '#include "mofgen_wmi_wdm.h" #endif // Fan - Fan #define FanGuid',
  },
  {
    rule: 'an instance',
    mof: READ_ONLY,
    part: 'header',
    want: 'typedef MOFGEN_WMI_INSTANCE FAN_WMI_INSTANCE, *PFAN_WMI_INSTANCE;',
  },
  {
    rule: 'a device',
    mof: READ_ONLY,
    part: 'header',
    want: 'typedef MOFGEN_WMI_DEVICE FAN_WMI, *PFAN_WMI;',
  },
  {
    rule: 'a context where a macro has the name of the member',
    mof: fan('[WmiMethodId(1)] void Context();'),
    part: 'skeleton',
    want: '*MofgenWmiContext(Instance) = context;',
  },
  {
    rule: 'and where it is read',
    mof: fan('[WmiMethodId(1)] void Context();'),
    part: 'skeleton',
    want: 'return (FAN_CONTEXT *)*MofgenWmiContext(Instance);',
  },
  {
    rule: 'parameters give way to macros',
    mof: fan('[WmiMethodId(1)] void Wmi();'),
    part: 'header',
    want: 'MofgenWmiRegister( _Inout_ PFAN_WMI Wmi_); #define FanWmiRegister MofgenWmiRegister',
  },
  {
    rule: 'the dispatch routine by its role',
    mof: READ_ONLY,
    part: 'header',
    want: '_Dispatch_type_(IRP_MJ_SYSTEM_CONTROL) _IRQL_requires_max_(PASSIVE_LEVEL) DRIVER_DISPATCH FanWmiSystemControl;',
  },
  {
    rule: 'the constants are in the order of the table',
    mof: fan('[WmiDataId(1), read] uint8 A;', EVENT),
    part: 'source',
    want: 'enum { AlarmIndex, FanIndex, };',
  },
  {
    rule: 'a block in the table',
    mof: READ_ONLY,
    part: 'source',
    want: '[FanIndex] = { .Guid = FanGuid, .Query = FanQueryData, .Create = FanCreate, .Delete = FanDelete, }',
  },
  {
    rule: 'an expensive block',
    mof: EXPENSIVE,
    part: 'source',
    want: '.Flags = MOFGEN_WMI_EXPENSIVE, .Query = FanQueryData, .Collect = FanCollect, .Create = FanCreate, .Delete = FanDelete, }',
  },
  {
    rule: 'an event',
    mof: EVENT,
    part: 'source',
    want: '[AlarmIndex] = { .Guid = AlarmGuid, .Flags = MOFGEN_WMI_EVENT, }',
  },
  {
    rule: 'routines before the header, whose macros could change them',
    mof: READ_ONLY,
    part: 'source',
    want: 'MOFGEN_WMILIB_DEFINE_QUERY(FanRoutines, FanWmiFromDevice) static const WMILIB_CONTEXT FanRoutines = { .QueryWmiRegInfo = FanRoutinesQueryReginfo, .QueryWmiDataBlock = FanRoutinesQueryDataBlock, }; #include "fan_wmi.h"',
  },
  {
    rule: 'routines for set requests',
    mof: WRITABLE,
    part: 'source',
    want: '.SetWmiDataBlock = FanRoutinesSetDataBlock, .SetWmiDataItem = FanRoutinesSetDataItem, };',
  },
  {
    rule: 'a routine for methods',
    mof: METHOD,
    part: 'source',
    want: '.ExecuteWmiMethod = FanRoutinesExecuteMethod, };',
  },
  {
    rule: 'a routine for blocks that are expensive to collect',
    mof: EXPENSIVE,
    part: 'source',
    want: '.WmiFunctionControl = FanRoutinesFunctionControl, };',
  },
  {
    rule: 'both set functions',
    mof: WRITABLE,
    part: 'source',
    want: '.SetInstance = FanSetData, .SetItem = FanSetDataItem,',
  },
  {
    rule: 'an event without data',
    mof: SILENT,
    part: 'source',
    want: 'AlarmFire( PFAN_WMI Wmi) { PAGED_CODE(); return MofgenWmiFire(Wmi, &FanProvider, AlarmIndex, NULL, NULL); }',
  },
  {
    rule: 'macros of the header that the source has as names',
    mof: fan(
      '[WmiDataId(1), read] string A; [WmiMethodId(1)] void Output(); [WmiMethodId(2)] void Flags();',
      EVENT,
    ),
    part: 'source',
    want: '#include "fan_wmi.h" #undef Flags #undef Output // ====',
  },
  {
    rule: 'parameters that give way',
    mof: fan('[WmiMethodId(1)] void Irp();'),
    part: 'source',
    want: 'FanWmiSystemControl( PDEVICE_OBJECT DeviceObject, PIRP Irp_)',
  },
  {
    rule: 'a context of zeros',
    mof: READ_ONLY,
    part: 'skeleton',
    want: 'FAN_CONTEXT *context = (FAN_CONTEXT *)FanWmiAllocate(sizeof(*context)); if (context == NULL) { return STATUS_INSUFFICIENT_RESOURCES; } Instance->Context = context; // The context is zeroed. return STATUS_SUCCESS;',
  },
  {
    rule: 'a context that owns more',
    mof: fan('[WmiDataId(1), read, write] string A;'),
    part: 'skeleton',
    want: 'if (context != NULL) { FanFreeStored(&context->Data); FanWmiFree(context); }',
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

test('--no-instance-lock in the table', () => {
  expect(emitted(WRITABLE, { noInstanceLock: true })[PART.source]).toContain(
    '.Flags = MOFGEN_WMI_NO_LOCK,',
  );
});

test.each(TABLE)('$rule', ({ mof, part, want, options = {} }) => {
  expect(emitted(mof, options)[PART[part]]).toContain(want);
});

interface Absence {
  readonly rule: string;
  readonly mof: string;
  readonly unwanted: RegExp;
  readonly options?: EmitOptions;
}

/** Text that a source does not contain. */
const ABSENT: readonly Absence[] = [
  {
    rule: 'a read-only block has no set functions',
    mof: READ_ONLY,
    unwanted: /Set(?:Data|Instance|Item)/,
  },
  { rule: 'without methods no function for them', mof: WRITABLE, unwanted: /Execute/ },
  {
    rule: 'without cost no control function',
    mof: WRITABLE,
    unwanted: /Collect|EXPENSIVE/,
  },
  {
    rule: 'a method block has no data',
    mof: METHOD,
    unwanted: /Set(?:Data|Instance)|FanQuery|\.Query =/,
  },
  {
    rule: 'events have no request handlers',
    mof: EVENT,
    unwanted: /MOFGEN_REQUEST|Create/,
  },
  {
    rule: '--no-instance-lock: no lock for requests',
    mof: WRITABLE,
    unwanted: /WmiLock/,
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
  expect(files[PART.source]).toContain('The MOF has no blocks and no events to register.');
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
