/**
 * The views of a KMDF provider: the generated source, the driver's part of the header, and the user's file.
 *
 * Flags and sizes of the registration are read from the model; the request handlers are those of src/targets/provider.
 */
import { type DataBlock, type Model } from '../../model/model.js';
import { commentText } from '../c/text.js';
import { type CFunction, handOnFunction } from '../provider/c-function.js';
import { instanceCalls } from '../provider/call-code.js';
import {
  sharedBlockView,
  type SkeletonBlockView,
  skeletonBlockView,
} from '../provider/block-view.js';
import {
  declarationsView,
  type DeclarationsView,
  declared,
  firstInstances,
  sharedCalls,
} from '../provider/declarations-view.js';
import { type DriverModel } from '../provider/driver-model.js';
import { type FileHead, userFileHead } from '../provider/file-heads.js';
import { type FunctionView, plainFunction } from '../provider/function-view.js';
import { type ProviderNames } from '../provider/naming.js';
import { planProvider, type ProviderPlan } from '../provider/plan.js';
import { type SharedSourceView, sharedSourceView } from '../provider/source-view.js';
import { type EmitContext } from '../target.js';

const KMDF: DriverModel = { instance: 'WDFWMIINSTANCE', device: 'WDFDEVICE' };

/** The names of this target that are not of a block. */
interface OwnNames {
  readonly deviceType: string;
  readonly deviceOf: string;
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
    },
  };
}

export interface SourceView extends SharedSourceView, OwnNames {
  readonly calls: readonly CFunction[];
}

/** The generated source; `undefs` are macros of the header that it has as names of its own. */
export function sourceView(plan: KmdfPlan, undefs: readonly string[]): SourceView {
  const { names } = plan;
  return {
    ...sharedSourceView(plan, KMDF, (block) => rowMembers(block, names), undefs),
    ...plan.own,
    calls: calls(plan),
  };
}

function rowMembers(block: DataBlock, names: ProviderNames): string[] {
  const { attributes, create } = names.block(block);
  return [`.Attributes = ${attributes},`, `.Create = ${create},`];
}

/** The functions that the driver calls: each hands on to the C runtime core. */
function calls(plan: KmdfPlan): CFunction[] {
  const { names, provider } = plan;
  const { device } = names.localNames;
  return [
    handOnFunction(
      names.initialize,
      'NTSTATUS',
      [`${KMDF.device} ${device}`],
      `return MofgenWmiInitialize(${device}, &${provider});`,
    ),
    ...instanceCalls(plan, KMDF, { name: device, type: KMDF.device }),
  ];
}

/** What the header declares after <wdf.h>. */
export function kmdfDeclarationsView(plan: KmdfPlan): DeclarationsView {
  const { context, names } = plan;
  const { localNames } = names;
  const device = `_In_ WDFDEVICE ${localNames.device}`;
  return declarationsView(plan, KMDF, {
    calls: [
      declared(
        names.initialize,
        [
          `Registers every block and event of ${commentText(context.sourceName)}: call it once for each device, in EvtDriverDeviceAdd.`,
          firstInstances(plan, KMDF),
        ],
        [device],
      ),
      ...sharedCalls(plan, KMDF, device),
    ],
    blockImplementations: (block) => [
      plainFunction(
        names.block(block).attributes,
        [
          `Sets the context type and the callbacks of ${commentText(block.name)} instances, before one is created.`,
        ],
        [`_Inout_ PWDF_OBJECT_ATTRIBUTES ${localNames.attributes}`],
        { lines: [] },
        'VOID',
      ),
    ],
  });
}

export interface SkeletonView extends FileHead {
  readonly isEmpty: boolean;
  /** Functions that are not of one block. */
  readonly functions: readonly FunctionView[];
  readonly blocks: readonly KmdfSkeletonBlock[];
}

interface KmdfSkeletonBlock extends SkeletonBlockView {
  readonly landmark: string;
  readonly attributes: string;
  readonly destroy: string;
  readonly attributesName: string;
  readonly objectName: string;
  readonly dataName: string;
  readonly functions: readonly FunctionView[];
}

/** The user's file as it is first written. */
export function skeletonView(plan: KmdfPlan): SkeletonView {
  const { context, names, blocks } = plan;
  return {
    ...userFileHead(context),
    isEmpty: blocks.length === 0,
    functions: [],
    blocks: blocks.map((block) => skeletonBlock(block, names)),
  };
}

function skeletonBlock(block: DataBlock, names: ProviderNames): KmdfSkeletonBlock {
  const { localNames } = names;
  return {
    ...skeletonBlockView(block, names),
    landmark: names.block(block).attributes,
    attributes: names.block(block).attributes,
    destroy: names.block(block).destroy,
    attributesName: localNames.attributes,
    objectName: localNames.object,
    dataName: localNames.data,
    functions: sharedBlockView(block, names, KMDF).functions,
  };
}
