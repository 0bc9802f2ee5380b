/**
 * Named values as ranges of numbers. A ValueMap may have ranges as well as integers (DSP0004, "ValueMap": `5..10`,
 * `..4`, `16..`, `..`).
 */
import { type NamedValue } from '../../model/model.js';
import { type Limits } from './types.js';

export interface NamedRange {
  readonly label: string;
  readonly from: bigint;
  readonly to: bigint;
}

const RANGE = /^\s*([+-]?\d+)?\s*\.\.\s*([+-]?\d+)?\s*$/;

/**
 * The ranges within the type; `undefined` without named values, or when an entry is not a number, so that the allowed
 * values are unknown.
 */
export function namedRanges(
  values: readonly NamedValue[],
  { lowest, highest }: Limits,
): readonly NamedRange[] | undefined {
  const ranges: NamedRange[] = [];
  for (const { label, value, text } of values) {
    const bounds = value === undefined ? RANGE.exec(text) : undefined;
    if (bounds === null) return undefined;
    const from = value ?? (bounds?.[1] === undefined ? lowest : BigInt(bounds[1]));
    const to = value ?? (bounds?.[2] === undefined ? highest : BigInt(bounds[2]));
    if (from > highest || to < lowest || from > to) continue;
    ranges.push({ label, from: from < lowest ? lowest : from, to: to > highest ? highest : to });
  }
  return ranges.length === 0 ? undefined : ranges;
}
