/**
 * What the views of a provider without a transport share: the names of its types and functions that are not of a block.
 *
 * The glue of a transport builds upon it; it must not know one.
 */
import { type DataBlock, type Model } from '../../model/model.js';
import { joinedName } from '../joined-name.js';
import { type Flavor } from '../provider/flavor.js';
import { planProvider, type ProviderPlan } from '../provider/plan.js';
import { keepsValues } from '../provider/requirements.js';
import { type EmitContext } from '../target.js';

export interface BlocksNames {
  /** The type of an instance, and of a pointer to it. */
  readonly instanceType: string;
  readonly instancePointer: string;
  /** The constant with all blocks of the MOF file. */
  readonly blocks: string;
  /** The function that gives memory of a call. */
  readonly allocate: string;
  /** The macro with the bytes in which the user's file keeps values of one instance. */
  readonly storeBytes: string;
}

export interface BlocksPlan extends ProviderPlan {
  readonly flavor: Flavor;
  readonly own: BlocksNames;
  /** Some block has values that take memory to be kept. */
  readonly keeps: boolean;
  /** Parameters in the header. */
  readonly blocksWords: { readonly size: string; readonly used: string };
  /** The function that encodes the data of an event. */
  readonly encode: (event: DataBlock) => string;
}

export function planBlocks(model: Model, context: EmitContext): BlocksPlan {
  const plan = planProvider(model, context);
  const { names } = plan;
  const { prefix, macroPrefix } = names;
  const words = names.header.parameters();
  const own: BlocksNames = {
    instanceType: names.claim(`${macroPrefix}_WMI_INSTANCE`),
    instancePointer: names.claim(`P${macroPrefix}_WMI_INSTANCE`),
    blocks: names.claim(`${prefix}WmiBlocks`),
    allocate: names.claim(`${prefix}WmiAllocate`),
    storeBytes: names.claim(`${macroPrefix}_WMI_STORE_BYTES`),
  };
  const encoders = new Map(
    plan.events
      .filter(({ data }) => data.items.length > 0)
      .map((event) => [event, names.claim(joinedName(event.name, 'Encode'))]),
  );
  return {
    ...plan,
    flavor: { instance: own.instancePointer, device: 'PVOID', callerMemory: true },
    own,
    keeps: plan.blocks.some(keepsValues),
    blocksWords: { size: words.claim('Size'), used: words.claim('Used') },
    encode: (event) => encoders.get(event) ?? '',
  };
}
