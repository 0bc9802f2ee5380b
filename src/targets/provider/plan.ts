/**
 * What all views of one provider share: the model, and the names of both driver models. Each driver model adds the names of its own.
 */
import { type DataBlock, type Model } from '../../model/model.js';
import { type EmitContext } from '../target.js';
import { type EmitOptions } from '../options.js';
import { storesValues } from './requirements.js';
import { nameProvider, type ProviderNames } from './naming.js';

export interface ProviderPlan {
  readonly model: Model;
  readonly context: EmitContext;
  readonly names: ProviderNames;
  /** All that are registered, in the order of the MOF: blocks with data and methods, and events. */
  readonly registered: readonly DataBlock[];
  readonly blocks: readonly DataBlock[];
  readonly events: readonly DataBlock[];
  /** Whether the instances of some block have a lock, and whether those of one have it. */
  readonly locks: boolean;
  readonly locksBlock: (block: DataBlock) => boolean;
  /** The functions that take and release the lock. */
  readonly lock: string;
  readonly unlock: string;
  /** The bytes of the binary MOF. */
  readonly mofData: string;
  /** The dispatch table, and the constant that has it and what else registration needs. */
  readonly table: string;
  readonly provider: string;
}

/** Macros that a driver's build may define, and what the header declares as macros. */
export interface ProviderMacros {
  readonly dynamicMof: string;
  readonly mofResource: string;
  readonly noMofResource: string;
  readonly noTime: string;
}

export function planProvider(model: Model, given: EmitContext): ProviderPlan {
  // The driver's part needs the structures of methods, whatever the header alone would have.
  const context = { ...given, options: { ...given.options, methodStructs: true } };
  const names = nameProvider(model, context);
  const blocks = model.blocks.filter(({ role }) => role === 'dataBlock');
  return {
    model,
    context,
    names,
    registered: model.blocks.filter(({ role }) => role !== 'structure'),
    blocks,
    events: model.blocks.filter(({ role }) => role === 'event'),
    locks: blocks.some((block) => locksBlock(block, context.options)),
    locksBlock: (block) => locksBlock(block, context.options),
    lock: names.claim(`${names.prefix}WmiLock`),
    unlock: names.claim(`${names.prefix}WmiUnlock`),
    mofData: names.claim(`${names.prefix}MofData`),
    table: names.claim(`${names.prefix}Blocks`),
    provider: names.claim(`${names.prefix}Provider`),
  };
}

/**
 * Whether queries and set requests of the block run under a lock. Data of varying length has one whatever is chosen: what a query
 * points to has to stay until it is encoded, which no lock of the driver's own reaches.
 */
export function locksBlock(block: DataBlock, { noInstanceLock }: EmitOptions): boolean {
  return noInstanceLock !== true || storesValues(block);
}

export function providerMacros({ macroPrefix }: ProviderNames): ProviderMacros {
  return {
    dynamicMof: `${macroPrefix}_WMI_DYNAMIC_MOF`,
    mofResource: `${macroPrefix}_WMI_MOF_RESOURCE`,
    noMofResource: `${macroPrefix}_WMI_NO_MOF_RESOURCE`,
    noTime: `${macroPrefix}_NO_TIME`,
  };
}
