/**
 * The view of the dispatch table: for each block its GUID, its flags and the functions that answer for it.
 *
 * The flags are those of the C runtime core, whatever the driver model.
 */
import { type DataBlock } from '../../model/model.js';
import { isWritable } from '../../model/set-rules.js';
import { macroUse } from './macro-use.js';
import { guidInitializer } from './guid.js';
import { type DriverModel, isNamed, startsEmpty } from './driver-model.js';
import { type ProviderNames } from './naming.js';

/** One row of the table. */
export interface DispatchRow {
  readonly index: string;
  readonly lines: readonly string[];
}

/** Choices for a block that its row carries. */
export interface DispatchChoices {
  /** Whether its instances have a lock; `undefined` in a driver model without locks. */
  readonly locks: boolean | undefined;
  readonly driverModel: DriverModel;
  /** Members that one driver model has. */
  readonly own: readonly string[];
}

export function dispatchRow(
  block: DataBlock,
  names: ProviderNames,
  { locks, driverModel, own }: DispatchChoices,
): DispatchRow {
  const api = names.block(block);
  const { wholeBlocks = false } = driverModel;
  const isEvent = block.role === 'event';
  const flags = [
    ...(isEvent ? ['MOFGEN_WMI_EVENT'] : []),
    ...(block.expensive && !wholeBlocks ? ['MOFGEN_WMI_EXPENSIVE'] : []),
    ...(isEvent || locks !== false ? [] : ['MOFGEN_WMI_NO_LOCK']),
    ...(!isEvent && block.choices.locksMethods && locks === true
      ? ['MOFGEN_WMI_LOCK_METHODS']
      : []),
    ...(startsEmpty(block, driverModel) ? ['MOFGEN_WMI_NO_FIRST_INSTANCE'] : []),
    ...(isNamed(block, driverModel)
      ? [`MOFGEN_WMI_${block.choices.naming.toUpperCase()}_NAMES`]
      : []),
  ];
  const guid = guidInitializer(block.guid ?? '');
  const lines = [
    `.Guid = ${names.header.classOf(block).presence === 'whole' ? macroUse(names.header.block(block).guid, guid) : guid},`,
    ...(flags.length > 0 ? [`.Flags = ${flags.join(' | ')},`] : []),
    ...(isEvent
      ? []
      : [
          ...(block.data.items.length > 0 ? [`.Query = ${api.queryData},`] : []),
          ...(isWritable(block)
            ? [
                `.SetInstance = ${api.setData},`,
                ...(wholeBlocks ? [] : [`.SetItem = ${api.setItem},`]),
              ]
            : []),
          ...(block.methods.length > 0 ? [`.Execute = ${api.executeMethod},`] : []),
          ...(block.expensive && !wholeBlocks ? [`.Collect = ${api.collect},`] : []),
          ...own,
        ]),
  ];
  return { index: api.index, lines };
}
