/**
 * The view of the dispatch table: for each block its GUID, its flags and the functions that answer for it.
 *
 * The flags are those of the C runtime core, whatever the driver model. It must not know templates.
 */
import { type DataBlock } from '../../model/model.js';
import { isWritable } from '../../model/set-rules.js';
import { macroUse } from './macro-use.js';
import { guidInitializer } from './guid.js';
import { type Flavor, isNamed, startsEmpty } from './flavor.js';
import { type ProviderNames } from './naming.js';

/** One row of the table. */
export interface DispatchRow {
  readonly index: string;
  readonly lines: readonly string[];
}

/** Choices for a block that its row carries. */
export interface DispatchChoices {
  readonly locks: boolean;
  readonly flavor: Flavor;
  /** Members that one driver model has. */
  readonly own: readonly string[];
}

export function dispatchRow(
  block: DataBlock,
  names: ProviderNames,
  { locks, flavor, own }: DispatchChoices,
): DispatchRow {
  const api = names.block(block);
  const isEvent = block.role === 'event';
  const flags = [
    ...(isEvent ? ['MOFGEN_WMI_EVENT'] : []),
    ...(block.expensive ? ['MOFGEN_WMI_EXPENSIVE'] : []),
    ...(isEvent || locks ? [] : ['MOFGEN_WMI_NO_LOCK']),
    ...(!isEvent && block.choices.locksMethods && locks ? ['MOFGEN_WMI_LOCK_METHODS'] : []),
    ...(startsEmpty(block, flavor) ? ['MOFGEN_WMI_NO_FIRST_INSTANCE'] : []),
    ...(isNamed(block, flavor) ? [`MOFGEN_WMI_${block.choices.naming.toUpperCase()}_NAMES`] : []),
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
            ? [`.SetInstance = ${api.setData},`, `.SetItem = ${api.setItem},`]
            : []),
          ...(block.methods.length > 0 ? [`.Execute = ${api.executeMethod},`] : []),
          ...(block.expensive ? [`.Collect = ${api.collect},`] : []),
          ...own,
        ]),
  ];
  return { index: api.index, lines };
}
