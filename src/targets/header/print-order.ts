/**
 * In which order the header prints its classes: as the MOF declares them, with the structures that a class needs before it
 * (docs/spec/layout-and-header.md#order-of-classes, rule 2: where the MOF has them in order, this is the order of the MOF).
 *
 * It walks with a stack of its own, so that no depth of embedding overflows.
 */
import { type DataBlock } from '../../model/model.js';
import { embeddedBlocks, embeddedIn, type HeaderClass, isPrinted } from '../c/header-classes.js';
import { type EmitOptions } from '../options.js';

export interface PrintedClass {
  readonly row: HeaderClass;
  /** Structures that the class needs and that are not declared yet. */
  readonly before: readonly DataBlock[];
  /** Its own structure is declared earlier, because a structure needed it. */
  readonly isStructAbove: boolean;
}

/** Every class of the header, those that are only mentioned included. */
export function printOrder(
  classes: readonly HeaderClass[],
  options: EmitOptions,
): readonly PrintedClass[] {
  const printable = new Set(
    classes.flatMap((row) => (row.block && isPrinted(row) ? row.block : [])),
  );
  const printed = new Set<DataBlock>();
  return classes.map((row) => {
    const { block } = row;
    if (block === undefined || !isPrinted(row)) return { row, before: [], isStructAbove: false };
    const wasAbove = printed.has(block);
    const needed =
      row.presence === 'whole' ? embeddedBlocks(block, options) : embeddedIn(block.data);
    const before = missing(needed, printed).filter((each) => printable.has(each));
    for (const each of before) printed.add(each);
    const isStructAbove = wasAbove || printed.has(block);
    printed.add(block);
    return { row, before, isStructAbove };
  });
}

/** `wanted` and what they embed, without those that are printed, each after the structures that it embeds. */
function missing(
  wanted: readonly DataBlock[],
  printed: ReadonlySet<DataBlock>,
): readonly DataBlock[] {
  const order: DataBlock[] = [];
  const entered = new Set<DataBlock>();
  const stack = wanted.toReversed().map((block) => ({ block, isDone: false }));
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { block, isDone } = step;
    if (isDone) order.push(block);
    else if (!printed.has(block) && !entered.has(block)) {
      entered.add(block);
      stack.push({ block, isDone: true });
      for (const each of embeddedIn(block.data).toReversed()) {
        stack.push({ block: each, isDone: false });
      }
    }
  }
  return order;
}
