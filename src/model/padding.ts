/**
 * Warns about padding that another order of the items would save.
 *
 * WMI places each instance of a block at a multiple of 8 bytes, so a smaller gain has no effect. For an embedded class a
 * smaller gain would count, but is not reported.
 */
import { type Findings } from './findings.js';
import { alignUp, layOut } from './layout.js';
import { type DataBlock, type WireItem } from './model.js';

const INSTANCE_ALIGNMENT = 8;
const MIN_GAIN = 8;
/** Messages omit a longer order. */
const MAX_NAMES = 12;

/** Warns about a block that becomes smaller when items with larger alignment come first. Blocks with inherited items are skipped. */
export function warnAboutPadding({ role, name, data }: DataBlock, report: Findings): void {
  const moving = data.items.findIndex(({ layout }) => layout.kind === 'variable');
  const items = moving < 0 ? data.items : data.items.slice(0, moving);
  if (items.some(({ inheritedFrom }) => inheritedFrom !== undefined)) return;
  const hole = items.find(({ layout: { offset = 0 } }, index) => offset > endOf(items[index - 1]));
  if (hole === undefined) return;
  const better = items.toSorted((a, b) => b.layout.alignment - a.layout.alignment);
  const boundary = role === 'structure' ? data.layout.alignment : INSTANCE_ALIGNMENT;
  const [now, then] = [sizeOf(items, boundary), sizeOf(better, boundary)];
  if (now === undefined || then === undefined || now - then < MIN_GAIN) return;
  const order = better.length > MAX_NAMES ? '' : `: ${better.map((each) => each.name).join(', ')}`;
  report.add(
    'MOF2404',
    hole.location,
    `the items of '${name}' take ${now} bytes in this order and ${then} in another: ${now - then} are padding, first before '${hole.name}'`,
    {
      help: `number the items with the largest alignment first${order}; but keep the ids of a block that is in use`,
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
