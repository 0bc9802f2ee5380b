/**
 * Padding that another order of the items would save; it must not know classes or qualifiers.
 *
 * WMI puts each instance of a block at a multiple of 8 bytes, so that a gain below that is none. An embedded class begins
 * where its alignment lets it; there a smaller gain is not worth a word.
 */
import { type Findings } from './findings.js';
import { alignUp, layOut } from './layout.js';
import { type DataBlock, type WireItem } from './model.js';

const INSTANCE_ALIGNMENT = 8;
const LEAST_GAIN = 8;
/** A longer order is not told. */
const MOST_NAMES = 12;

/** Warns about a block that becomes smaller when items with larger alignment come first. Inherited items keep their place. */
export function warnAboutPadding({ role, name, data }: DataBlock, report: Findings): void {
  const moving = data.items.findIndex(({ layout }) => layout.kind === 'variable');
  const items = moving < 0 ? data.items : data.items.slice(0, moving);
  if (items.some(({ inheritedFrom }) => inheritedFrom !== undefined)) return;
  const hole = items.find(({ layout: { offset = 0 } }, index) => offset > endOf(items[index - 1]));
  if (hole === undefined) return;
  const better = items.toSorted((a, b) => b.layout.alignment - a.layout.alignment);
  const boundary = role === 'structure' ? data.layout.alignment : INSTANCE_ALIGNMENT;
  const [now, then] = [sizeOf(items, boundary), sizeOf(better, boundary)];
  if (now === undefined || then === undefined || now - then < LEAST_GAIN) return;
  const order = better.length > MOST_NAMES ? '' : `: ${better.map((each) => each.name).join(', ')}`;
  report.add(
    'MOF2404',
    hole.location,
    `the items of '${name}' take ${now} bytes in this order and ${then} in another: ${now - then} are padding, first in front of '${hole.name}'`,
    {
      help: `number the items with the largest alignment first${order}; not once the block is in use`,
    },
  );
}

function endOf(item: WireItem | undefined): number {
  return (item?.layout.offset ?? 0) + (item?.layout.size ?? 0);
}

function sizeOf(items: readonly WireItem[], boundary: number): number | undefined {
  const laidOut = layOut(items);
  return laidOut.kind === 'placed' && laidOut.layout.size !== undefined
    ? alignUp(laidOut.layout.size, boundary)
    : undefined;
}
