/**
 * Sizes and ids in emitted C: the macro of the header where it has one, else the number.
 *
 * Every number is the model's.
 */
import { type DataBlock, type WireItem, type WireRecord } from '../../model/model.js';
import { type CRecordNames } from '../c/naming.js';
import { macroUse } from './macro-use.js';
import { type ProviderNames } from './naming.js';
import { isWalked } from './requirements.js';
import { type ValueStruct } from './value-structs.js';

/** The bytes of a record that has one size when it is written; `undefined` for one that varies. */
export function wholeSize(
  record: WireRecord,
  struct: ValueStruct,
  header: CRecordNames,
  names: ProviderNames,
): string | undefined {
  const { size } = record.layout;
  if (size === undefined) return undefined;
  if (header.recordSizeMacro !== undefined && !struct.isOwn)
    return macroUse(header.recordSizeMacro, String(size));
  return names.sizeMacro(record, 'FULL_SIZE') ?? String(size);
}

/** The fewest bytes that a buffer with the record has; `undefined` when that is 0. */
export function minimumSize(
  record: WireRecord,
  struct: ValueStruct,
  header: CRecordNames,
  names: ProviderNames,
): string | undefined {
  if (!isWalked(record)) return wholeSize(record, struct, header, names);
  const { minimumSize: least } = record.layout;
  if (least === 0) return undefined;
  return names.sizeMacro(record, 'MINIMUM_SIZE') ?? String(least);
}

/** The bytes of an item of one size. */
export function itemSize(
  item: WireItem,
  member: string,
  header: CRecordNames,
  names: ProviderNames,
  block: DataBlock,
): string {
  const macro = header.sizeMacro(item);
  return macro !== undefined && names.header.declares(block)
    ? macroUse(macro, `sizeof(${member})`)
    : `sizeof(${member})`;
}

/** The id of an item, and whether that is a macro's name. */
export function itemId(
  item: WireItem,
  header: CRecordNames,
  names: ProviderNames,
  block: DataBlock,
): { readonly text: string; readonly isMacro: boolean } {
  const macro = header.idMacro(item);
  return macro !== undefined && names.header.declares(block)
    ? { text: macroUse(macro, String(item.id)), isMacro: true }
    : { text: String(item.id), isMacro: false };
}
