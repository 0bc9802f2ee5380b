/**
 * What the shape of a record requires of its code: whether it is walked item by item, stored in pool, or committed.
 */
import { type DataBlock, type Method, type WireRecord } from '../../model/model.js';

/** Whether a reader has to walk the record to find its items. */
export function isWalked({ layout }: WireRecord): boolean {
  return layout.kind !== 'fixed';
}

/** Whether the size of the output is known only once it is there, so that the effect has to wait for it. */
export function hasCommit({ output }: Method): boolean {
  return output.layout.size === undefined;
}

/** Whether its values have pointers, so that keeping them takes pool. */
export function storesValues({ data }: DataBlock): boolean {
  return data.layout.kind === 'variable';
}
