/**
 * What the views of a provider without a transport share: the names of its types and functions that are not of a block.
 */
import { type DataBlock, type Model } from '../../model/model.js';
import { joinedName } from '../joined-name.js';
import { type DriverModel } from '../provider/driver-model.js';
import { planProvider, type ProviderPlan } from '../provider/plan.js';
import { storesValues } from '../provider/requirements.js';
import { type EmitContext } from '../target.js';

export interface BlocksNames {
  /** The type of an instance, and of a pointer to it. */
  readonly instanceType: string;
  readonly instancePointer: string;
  /** The constant with all blocks of the MOF file. */
  readonly blocks: string;
  /** The function that allocates working memory of a call. */
  readonly allocate: string;
  /** The macro with the size of the buffer in which the user's file stores values of one instance. */
  readonly storeBytes: string;
}

export interface BlocksPlan extends ProviderPlan {
  readonly driverModel: DriverModel;
  readonly own: BlocksNames;
  /** Some block has values that need memory to be stored. */
  readonly storesValues: boolean;
  /** Parameters in the header. */
  readonly blocksParameters: { readonly size: string; readonly used: string };
  /** The function that encodes the data of an event. */
  readonly encode: (event: DataBlock) => string;
}

export function planBlocks(model: Model, context: EmitContext): BlocksPlan {
  const plan = planProvider(model, context);
  const { names } = plan;
  const { prefix, macroPrefix } = names;
  const scope = names.header.parameters();
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
    driverModel: { instance: own.instancePointer, device: 'PVOID', callerMemory: true },
    own,
    storesValues: plan.blocks.some(storesValues),
    blocksParameters: { size: scope.claim('Size'), used: scope.claim('Used') },
    encode: (event) => encoders.get(event) ?? '',
  };
}
