/**
 * The view of the dispatch table: for each block its GUID, its flags and the functions that answer for it.
 *
 * The flags are those of the C runtime core, whatever the driver model. It must not know templates.
 */
import { type DataBlock } from '../../model/model.js';
import { isWritable } from '../../model/set-rules.js';
import { macroUse } from './macro-use.js';
import { guidInitializer } from './guid.js';
import { type ProviderNames } from './naming.js';

/** One row of the table. */
export interface DispatchRow {
  readonly index: string;
  readonly lines: readonly string[];
}

/** Choices for a block that its row carries. */
export interface DispatchChoices {
  /** Whether its instances have a lock; `undefined` where nobody expects one. */
  readonly locks: boolean | undefined;
  /** Members that one driver model has. */
  readonly own: readonly string[];
}

export function dispatchRow(
  block: DataBlock,
  names: ProviderNames,
  { locks, own }: DispatchChoices,
): DispatchRow {
  const api = names.block(block);
  const isEvent = block.role === 'event';
  const flags = [
    ...(isEvent ? ['MOFGEN_WMI_EVENT'] : []),
    ...(block.expensive ? ['MOFGEN_WMI_EXPENSIVE'] : []),
    ...(isEvent || locks !== false ? [] : ['MOFGEN_WMI_NO_LOCK']),
    ...(!isEvent && block.choices.locksMethods && locks === true
      ? ['MOFGEN_WMI_LOCK_METHODS']
      : []),
    ...(block.choices.startsEmpty ? ['MOFGEN_WMI_NO_FIRST_INSTANCE'] : []),
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
