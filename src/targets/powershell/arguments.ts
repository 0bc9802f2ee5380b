/**
 * The items of a record as lines of a hashtable, each cast to its type.
 */
import { type WireItem, type WireRecord } from '../../model/model.js';
import { countNames } from './embedded.js';
import { psString } from './text.js';
import { castOf, startingValue } from './types.js';

/** How expressions for values are made and wrapped. */
export interface ValueWriter {
  /** An expression for `count` instances of a class; a list unless `count` is absent. */
  readonly instance: (className: string, count: number | undefined) => string;
  /** Wraps an expression, such as in a look-up; the result may follow a cast. */
  readonly wrap: (item: WireItem, value: string) => string;
}

/** `'Limit' = [uint32]0` for each item of the record. */
export function recordLines(record: WireRecord, writer: ValueWriter): readonly string[] {
  const counts = countNames(record);
  return record.items.map((item) => itemLine(item, counts.has(item.name), writer));
}

/** `'Limit' = [uint32]0` */
export function itemLine(item: WireItem, isCount: boolean, writer: ValueWriter): string {
  const value = itemValue(item, isCount, writer);
  return `${psString(item.name)} = [${castOf(item)}]${writer.wrap(item, value)}`;
}

/** Arrays have their fixed length, or one element. */
function itemValue(item: WireItem, isCount: boolean, { instance }: ValueWriter): string {
  const { type, count } = item;
  const length = count.kind === 'fixed' ? count.length : 1;
  if (type.kind === 'structure') {
    return instance(type.structure.name, count.kind === 'scalar' ? undefined : length);
  }
  const value = startingValue(item, isCount);
  if (count.kind === 'scalar') return value;
  return length === 1 ? `@(${value})` : `(@(${value}) * ${length})`;
}
