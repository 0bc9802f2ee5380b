/**
 * The views of a KMDF provider: the generated source, the driver's part of the header, and the user's file.
 *
 * Flags and sizes of the registration are read from the model; the request handlers are those of src/targets/provider.
 */
import { type DataBlock, type Model } from '../../model/model.js';
import { isWritable } from '../../model/set-rules.js';
import { commentText } from '../c/text.js';
import {
  type SharedBlockView,
  sharedBlockView,
  type SkeletonBlockView,
  skeletonBlockView,
} from '../provider/block-view.js';
import {
  declarationsView,
  type DeclarationsView,
  declared,
  sharedCalls,
} from '../provider/declarations-view.js';
import { type Flavor } from '../provider/flavor.js';
import { type FunctionView, plainFunction } from '../provider/function-view.js';
import { guidInitializer } from '../provider/guid.js';
import { type ProviderNames } from '../provider/naming.js';
import { planProvider, type ProviderPlan } from '../provider/plan.js';
import { type SharedSourceView, sharedSourceView } from '../provider/source-view.js';
import { type EmitContext } from '../target.js';

const FLAVOR: Flavor = { instance: 'WDFWMIINSTANCE', device: 'WDFDEVICE' };

/** The names of this target that are not of a block. */
interface OwnNames {
  readonly deviceType: string;
  readonly deviceOf: string;
  readonly instanceType: string;
  readonly instanceOf: string;
  readonly mofQuery: string;
}

/** What all views of one run share. */
export interface KmdfPlan extends ProviderPlan {
  readonly own: OwnNames;
}

export function planKmdf(model: Model, context: EmitContext): KmdfPlan {
  const plan = planProvider(model, context);
  const { names } = plan;
  const { prefix, macroPrefix } = names;
  return {
    ...plan,
    own: {
      deviceType: names.claim(`${macroPrefix}_WMI_DEVICE`),
      deviceOf: names.claim(`${prefix}WmiGetDevice`),
      instanceType: names.claim(`${macroPrefix}_WMI_INSTANCE`),
      instanceOf: names.claim(`${prefix}WmiGetInstance`),
      mofQuery: names.claim(`${prefix}EvtQueryMofData`),
    },
  };
}

export interface SourceView extends SharedSourceView, OwnNames {
  readonly blocks: readonly SourceBlockView[];
  readonly paged: readonly string[];
  readonly registrations: readonly {
    readonly comment: string;
    readonly lines: readonly string[];
  }[];
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

/** The generated source; `undefs` are macros of the header that it has as names of its own. */
export function sourceView(plan: KmdfPlan, undefs: readonly string[]): SourceView {
  const { names, own, blocks, events } = plan;
  return {
    ...sharedSourceView(plan, FLAVOR, undefs),
    ...own,
    usesMemory: true,
    blocks: blocks.map((block) => sourceBlock(block, plan)),
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
  };
}

function sourceBlock(block: DataBlock, plan: KmdfPlan): SourceBlockView {
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
  { names }: KmdfPlan,
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
  { names }: KmdfPlan,
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

/** What the header declares behind <wdf.h>. */
export function kmdfDeclarationsView(plan: KmdfPlan): DeclarationsView {
  const { context, names } = plan;
  const { words } = names;
  const device = `_In_ WDFDEVICE ${words.device}`;
  return declarationsView(plan, FLAVOR, {
    calls: [
      declared(
        names.initialize,
        [
          `Registers every block and event of ${commentText(context.sourceName)} with one instance each: call it once, in EvtDeviceAdd.`,
        ],
        [device],
      ),
      ...sharedCalls(plan, FLAVOR, device),
    ],
    blockImplementations: (block) => [
      plainFunction(
        names.block(block).attributes,
        [
          `Says which context an instance of ${commentText(block.name)} has, and what cleans it up.`,
        ],
        [`_Inout_ PWDF_OBJECT_ATTRIBUTES ${words.attributes}`],
        { lines: [] },
        'VOID',
      ),
    ],
  });
}

export interface SkeletonView {
  readonly banner: readonly string[];
  readonly header: string;
  readonly isEmpty: boolean;
  /** Functions that are not of one block. */
  readonly functions: readonly FunctionView[];
  readonly blocks: readonly KmdfSkeletonBlock[];
}

interface KmdfSkeletonBlock extends SkeletonBlockView {
  readonly landmark: string;
  readonly attributes: string;
  readonly cleanup: string;
  readonly attributesName: string;
  readonly objectName: string;
  readonly dataName: string;
  readonly functions: readonly FunctionView[];
}

/** The user's file as it is first written. */
export function skeletonView(plan: KmdfPlan): SkeletonView {
  const { context, names, blocks } = plan;
  return {
    banner: [
      `The driver's part of ${commentText(context.sourceName)}. This file is yours: mofgen wrote it once and never touches it again.`,
    ],
    header: `"${context.base}_wmi.h"`,
    isEmpty: blocks.length === 0,
    functions: [],
    blocks: blocks.map((block) => skeletonBlock(block, names)),
  };
}

function skeletonBlock(block: DataBlock, names: ProviderNames): KmdfSkeletonBlock {
  const { words } = names;
  return {
    ...skeletonBlockView(block, names),
    landmark: names.block(block).attributes,
    attributes: names.block(block).attributes,
    cleanup: names.block(block).cleanup,
    attributesName: words.attributes,
    objectName: words.object,
    dataName: words.data,
    functions: sharedBlockView(block, names, FLAVOR).functions,
  };
}
