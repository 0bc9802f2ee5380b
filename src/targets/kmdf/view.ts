/**
 * The views of a KMDF provider: the generated source, the driver's part of the header, and the user's file.
 *
 * Flags and sizes of the registration are read from the model; the request handlers are those of src/targets/provider.
 */
import { type DataBlock, type Model } from '../../model/model.js';
import { commentText } from '../c/text.js';
import {
  type BlockTableView,
  blockTables,
  type RecordTableView,
  recordTables,
} from '../provider/tables-view.js';
import {
  type SharedBlockView,
  sharedBlockView,
  type SkeletonBlockView,
  skeletonBlockView,
} from '../provider/block-view.js';
import { hasTimes } from '../provider/empty-values.js';
import { type Flavor } from '../provider/flavor.js';
import { type FunctionView, plainFunction } from '../provider/function-view.js';
import { guidInitializer } from '../provider/guid.js';
import { nameProvider, type ProviderNames } from '../provider/naming.js';
import {
  isWritable,
  keepsValues,
  type Requirements,
  requirements,
} from '../provider/requirements.js';
import { type StructView, structViews } from '../provider/structs-view.js';
import { type EmitContext } from '../target.js';

/** MSWmi_MofData (wmicore.mof), through which drivers give their MOF at run time. */
const MOF_DATA_GUID = '05901221-d566-11d1-b2f0-00a0c9062910';

const FLAVOR: Flavor = { instance: 'WDFWMIINSTANCE', device: 'WDFDEVICE' };

/** The names of this target that are not of a block. */
interface OwnNames {
  readonly lock: string;
  readonly unlock: string;
  readonly deviceType: string;
  readonly deviceOf: string;
  readonly instanceType: string;
  readonly instanceOf: string;
  readonly mofData: string;
  readonly mofQuery: string;
}

/** What all views of one run share. */
export interface Plan {
  readonly model: Model;
  readonly context: EmitContext;
  readonly names: ProviderNames;
  readonly own: OwnNames;
  readonly needs: Requirements;
  readonly blocks: readonly DataBlock[];
  readonly events: readonly DataBlock[];
  readonly locks: boolean;
}

export function planKmdf(model: Model, context: EmitContext): Plan {
  const names = nameProvider(model, context);
  const { prefix, macroPrefix } = names;
  return {
    model,
    context,
    names,
    own: {
      lock: names.claim(`${prefix}WmiLock`),
      unlock: names.claim(`${prefix}WmiUnlock`),
      deviceType: names.claim(`${macroPrefix}_WMI_DEVICE`),
      deviceOf: names.claim(`${prefix}WmiGetDevice`),
      instanceType: names.claim(`${macroPrefix}_WMI_INSTANCE`),
      instanceOf: names.claim(`${prefix}WmiGetInstance`),
      mofData: names.claim(`${prefix}MofData`),
      mofQuery: names.claim(`${prefix}EvtQueryMofData`),
    },
    needs: requirements(model),
    blocks: model.blocks.filter(({ role }) => role === 'dataBlock'),
    events: model.blocks.filter(({ role }) => role === 'event'),
    locks:
      context.options.noInstanceLock !== true &&
      model.blocks.some(({ role }) => role === 'dataBlock'),
  };
}

export interface SourceView extends Requirements {
  readonly banner: readonly string[];
  readonly header: string;
  readonly undefs: readonly string[];
  readonly isEmpty: boolean;
  readonly instance: string;
  readonly sizeNote: string;
  readonly usesNothing: boolean;
  readonly nothing: string;
  readonly records: readonly RecordTableView[];
  readonly tables: readonly BlockTableView[];
  readonly blocks: readonly SourceBlockView[];
  readonly indices: readonly string[];
  readonly locks: boolean;
  readonly lock: string;
  readonly unlock: string;
  readonly deviceType: string;
  readonly deviceOf: string;
  readonly instanceType: string;
  readonly instanceOf: string;
  readonly paged: readonly string[];
  readonly registrations: readonly {
    readonly comment: string;
    readonly lines: readonly string[];
  }[];
  readonly initialize: string;
  readonly dynamicMof: string;
  readonly mofResource: string;
  readonly noMofResource: string;
  readonly mofFile: string;
  readonly mofData: string;
  readonly mofQuery: string;
  readonly mofGuid: string;
  readonly adders: readonly AdderView[];
  readonly events: readonly EventView[];
  readonly keepers: readonly KeeperView[];
}

interface SourceBlockView extends SharedBlockView {
  /** The forward declarations of the callbacks, by their roles. */
  readonly forward: readonly string[];
  readonly callbacks: readonly CallbackView[];
  readonly evtControl: string;
}

interface CallbackView {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly call: string;
}

interface AdderView {
  readonly add: string;
  readonly instanceGetter: string;
  readonly index: string;
}

interface EventView {
  readonly fireFrom: string;
  readonly fire: string;
  readonly index: string;
  readonly hasData: boolean;
  readonly values: string;
  readonly record: string;
  readonly dataBytes: string;
}

interface KeeperView {
  readonly isWritable: boolean;
  readonly keep: string;
  readonly release: string;
  readonly values: string;
  readonly changed: string;
  readonly record: string;
}

/** The generated source; `undefs` are macros of the header that it has as names of its own. */
export function sourceView(plan: Plan, undefs: readonly string[]): SourceView {
  const { model, context, names, own, needs, blocks, events } = plan;
  const macro = (suffix: string): string => `${names.macroPrefix}_WMI_${suffix}`;
  const records = recordTables(model, names, needs);
  const usesNothing = blocks.some(({ methods }) =>
    methods.some(({ input, output }) => input.items.length === 0 || output.items.length === 0),
  );
  return {
    ...needs,
    banner: [
      `Generated by mofgen from ${commentText(context.sourceName)}. Do not edit: your part is ${commentText(context.base)}_wmi_impl.c.`,
    ],
    header: `"${context.base}_wmi.h"`,
    undefs,
    isEmpty: blocks.length + events.length === 0,
    instance: FLAVOR.instance,
    sizeNote: needs.walks ? '; 0 when it varies' : '',
    usesNothing,
    nothing: needs.walks ? '{.IsFixed = TRUE}' : '{.Items = NULL}',
    records,
    tables: blockTables(model, names),
    blocks: blocks.map((block) => sourceBlock(block, plan)),
    indices: [...blocks, ...events].map((block) => names.block(block).index),
    locks: plan.locks,
    lock: own.lock,
    unlock: own.unlock,
    deviceType: own.deviceType,
    deviceOf: own.deviceOf,
    instanceType: own.instanceType,
    instanceOf: own.instanceOf,
    paged: [
      ...blocks.flatMap((block) => {
        const api = names.block(block);
        return [
          ...callbacks(block, plan).map(({ name }) => name),
          ...(block.expensive ? [api.evtControl] : []),
          api.add,
        ];
      }),
      ...events.map((block) => names.block(block).add),
      names.initialize,
    ],
    registrations: [...blocks, ...events].map((block) => registration(block, plan)),
    initialize: names.initialize,
    dynamicMof: macro('DYNAMIC_MOF'),
    mofResource: macro('MOF_RESOURCE'),
    noMofResource: macro('NO_MOF_RESOURCE'),
    mofFile: `"${context.base}_mof.x"`,
    mofData: own.mofData,
    mofQuery: own.mofQuery,
    mofGuid: guidInitializer(MOF_DATA_GUID),
    adders: [...blocks, ...events].map((block) => {
      const { add, instance, index } = names.block(block);
      return { add, instanceGetter: instance, index };
    }),
    events: events.map((block) => {
      const api = names.block(block);
      const hasData = block.data.items.length > 0;
      return {
        fireFrom: api.fireFrom,
        fire: api.fire,
        index: api.index,
        hasData,
        values: api.values.type,
        record: api.tables.record,
        dataBytes: hasData ? '(const UCHAR *)Data' : 'NULL',
      };
    }),
    keepers: blocks.filter(keepsValues).map((block) => {
      const api = names.block(block);
      return {
        isWritable: isWritable(block),
        keep: api.keep,
        release: api.release,
        values: api.values.type,
        changed: api.changed,
        record: api.tables.record,
      };
    }),
  };
}

function sourceBlock(block: DataBlock, plan: Plan): SourceBlockView {
  const { names } = plan;
  const { evtControl } = names.block(block);
  return {
    ...sharedBlockView(block, names, FLAVOR),
    forward: [
      ...callbacks(block, plan).map(({ role, name }) => `${role} ${name};`),
      ...(block.expensive ? [`EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL ${evtControl};`] : []),
    ],
    callbacks: callbacks(block, plan),
    evtControl,
  };
}

function callbacks(
  block: DataBlock,
  { names }: Plan,
): readonly (CallbackView & { readonly role: string })[] {
  const api = names.block(block);
  const query = {
    role: 'EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE',
    name: api.evtQuery,
    parameters: [
      'WDFWMIINSTANCE WmiInstance,',
      'ULONG OutBufferSize,',
      'PVOID OutBuffer,',
      'PULONG BufferUsed)',
    ],
    call: `MofgenQuery(&${api.block}, WmiInstance, OutBufferSize, OutBuffer, BufferUsed)`,
  };
  const sets = [
    {
      role: 'EVT_WDF_WMI_INSTANCE_SET_INSTANCE',
      name: api.evtSetInstance,
      parameters: ['WDFWMIINSTANCE WmiInstance,', 'ULONG InBufferSize,', 'PVOID InBuffer)'],
      call: `MofgenSetInstance(&${api.block}, WmiInstance, InBufferSize, InBuffer)`,
    },
    {
      role: 'EVT_WDF_WMI_INSTANCE_SET_ITEM',
      name: api.evtSetItem,
      parameters: [
        'WDFWMIINSTANCE WmiInstance,',
        'ULONG DataItemId,',
        'ULONG InBufferSize,',
        'PVOID InBuffer)',
      ],
      call: `MofgenSetItem(&${api.block}, WmiInstance, DataItemId, InBufferSize, InBuffer)`,
    },
  ];
  const execute = {
    role: 'EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD',
    name: api.evtExecute,
    parameters: [
      'WDFWMIINSTANCE WmiInstance,',
      'ULONG MethodId,',
      'ULONG InBufferSize,',
      'ULONG OutBufferSize,',
      'PVOID Buffer,',
      'PULONG BufferUsed)',
    ],
    call: `MofgenExecute(\n        &${api.block}, WmiInstance, MethodId, InBufferSize, OutBufferSize, Buffer, BufferUsed)`,
  };
  return [
    query,
    ...(isWritable(block) ? sets : []),
    ...(block.methods.length > 0 ? [execute] : []),
  ];
}

function registration(
  block: DataBlock,
  { names }: Plan,
): { readonly comment: string; readonly lines: readonly string[] } {
  const api = names.block(block);
  const isEvent = block.role === 'event';
  const flags = [
    ...(isEvent ? ['WdfWmiProviderEventOnly'] : []),
    ...(block.expensive ? ['WdfWmiProviderExpensive'] : []),
  ];
  return {
    comment: commentText(block.name),
    lines: [
      `.Guid = ${guidInitializer(block.guid ?? '')},`,
      `.Flags = ${flags.length === 0 ? '0' : flags.join(' | ')},`,
      `.MinInstanceBufferSize = ${block.minInstanceBufferSize},`,
      ...(block.expensive && !isEvent ? [`.FunctionControl = ${api.evtControl},`] : []),
      ...(isEvent
        ? []
        : [
            `.QueryInstance = ${api.evtQuery},`,
            ...(isWritable(block)
              ? [`.SetInstance = ${api.evtSetInstance},`, `.SetItem = ${api.evtSetItem},`]
              : []),
            ...(block.methods.length > 0 ? [`.ExecuteMethod = ${api.evtExecute},`] : []),
            `.Attributes = ${api.attributes},`,
            `.Create = ${api.create},`,
          ]),
    ],
  };
}

export interface DeclarationsView {
  readonly hasTimes: boolean;
  readonly noTime: string;
  readonly mofResource: string;
  readonly noMofResource: string;
  readonly structs: readonly StructView[];
  readonly sections: readonly {
    readonly title: string;
    readonly functions: readonly (FunctionView & { readonly marks: readonly string[] })[];
  }[];
}

const PASSIVE = ['_IRQL_requires_max_(PASSIVE_LEVEL)'];
const CHECKED = ['_Must_inspect_result_', ...PASSIVE];

/** What the header declares behind <wdf.h>. */
export function declarationsView(plan: Plan): DeclarationsView {
  const { model, context, names, own, blocks, events } = plan;
  const { words } = names;
  const device = `_In_ WDFDEVICE ${words.device}`;
  const instance = `_In_ WDFWMIINSTANCE ${words.instance}`;
  const declared = (
    name: string,
    doc: readonly string[],
    parameters: readonly string[],
    returns = 'NTSTATUS',
    marks = CHECKED,
  ) => ({ ...plainFunction(name, doc, parameters, { lines: [] }, returns), marks });
  return {
    hasTimes: usesTimes(model),
    noTime: `${names.macroPrefix}_NO_TIME`,
    mofResource: `${names.macroPrefix}_WMI_MOF_RESOURCE`,
    noMofResource: `${names.macroPrefix}_WMI_NO_MOF_RESOURCE`,
    structs: structViews(model, names),
    sections: [
      {
        title: 'What your driver calls',
        functions: [
          declared(
            names.initialize,
            [
              `Registers every block and event of ${commentText(context.sourceName)} with one instance each: call it once, in EvtDeviceAdd.`,
            ],
            [device],
          ),
          ...[...blocks, ...events].flatMap((block) => {
            const api = names.block(block);
            return [
              declared(
                api.add,
                [
                  `Adds a further instance of ${commentText(block.name)}, with a context of its own.`,
                ],
                [device, `_Out_ WDFWMIINSTANCE *${words.instance}`],
              ),
              declared(
                api.instance,
                [`The first instance of ${commentText(block.name)}.`],
                [device],
                'WDFWMIINSTANCE',
                PASSIVE,
              ),
            ];
          }),
          ...(plan.locks
            ? [
                declared(
                  own.lock,
                  [
                    'Keeps every callback of the instance out, so that its values can be read and changed; the callbacks have it',
                    'already and must not take it again.',
                  ],
                  [instance],
                  'VOID',
                  PASSIVE,
                ),
                declared(own.unlock, [], [instance], 'VOID', PASSIVE),
              ]
            : []),
          ...events.flatMap((block) => {
            const api = names.block(block);
            const data =
              block.data.items.length === 0 ? [] : [`_In_ const ${api.values.type} *${words.data}`];
            return [
              declared(
                api.fireFrom,
                [`Sends ${commentText(block.name)} from one of its instances.`],
                [instance, ...data],
              ),
              declared(
                api.fire,
                [`Sends ${commentText(block.name)} from its first instance.`],
                [device, ...data],
              ),
            ];
          }),
          ...blocks.filter(keepsValues).flatMap((block) => {
            const api = names.block(block);
            return [
              declared(
                api.keep,
                [
                  `Stores values of ${commentText(block.name)} with all they point to, empty ones when Data is NULL. When it fails, nothing`,
                  isWritable(block)
                    ? 'has changed. With Changed only the members that are TRUE there are stored.'
                    : 'has changed.',
                ],
                [
                  `_Inout_ ${api.values.type} **${words.kept}`,
                  `_In_opt_ const ${api.values.type} *${words.data}`,
                  ...(isWritable(block) ? [`_In_opt_ const ${api.changed} *${words.changed}`] : []),
                ],
              ),
              declared(
                api.release,
                ['Frees what the function above has stored.'],
                [`_Inout_ ${api.values.type} **${words.kept}`],
                'VOID',
                PASSIVE,
              ),
            ];
          }),
        ],
      },
      {
        title: `What your driver implements, in ${commentText(context.base)}_wmi_impl.c`,
        functions: blocks.flatMap((block) => {
          const api = names.block(block);
          return [
            declared(
              api.attributes,
              [
                `Says which context an instance of ${commentText(block.name)} has, and what cleans it up.`,
              ],
              [`_Inout_ PWDF_OBJECT_ATTRIBUTES ${words.attributes}`],
              'VOID',
              [],
            ),
            ...sharedBlockView(block, names, FLAVOR).functions.map((each) => ({
              ...each,
              marks: [],
            })),
          ];
        }),
      },
    ],
  };
}

/** Whether emitted code mentions a datetime without a value. */
function usesTimes(model: Model): boolean {
  return model.blocks.some(
    (block) => hasTimes(block.data) || block.methods.some(({ output }) => hasTimes(output)),
  );
}

export interface SkeletonView {
  readonly banner: readonly string[];
  readonly header: string;
  readonly isEmpty: boolean;
  readonly blocks: readonly KmdfSkeletonBlock[];
}

interface KmdfSkeletonBlock extends SkeletonBlockView {
  readonly attributes: string;
  readonly cleanup: string;
  readonly attributesName: string;
  readonly objectName: string;
  readonly dataName: string;
  readonly functions: readonly FunctionView[];
}

/** The user's file as it is first written. */
export function skeletonView(plan: Plan): SkeletonView {
  const { context, names, blocks } = plan;
  return {
    banner: [
      `The driver's part of ${commentText(context.sourceName)}. This file is yours: mofgen wrote it once and never touches it again.`,
    ],
    header: `"${context.base}_wmi.h"`,
    isEmpty: blocks.length === 0,
    blocks: blocks.map((block) => skeletonBlock(block, names)),
  };
}

function skeletonBlock(block: DataBlock, names: ProviderNames): KmdfSkeletonBlock {
  const { words } = names;
  return {
    ...skeletonBlockView(block, names),
    attributes: names.block(block).attributes,
    cleanup: names.block(block).cleanup,
    attributesName: words.attributes,
    objectName: words.object,
    dataName: words.data,
    functions: sharedBlockView(block, names, FLAVOR).functions,
  };
}
