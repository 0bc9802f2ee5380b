/**
 * Finds the classes that are embedded in others.
 */
import { type DataBlock, type Model, type WireRecord } from '../../model/model.js';

/** A class being visited, and the embedded classes that remain. */
interface Step {
  readonly block: DataBlock;
  readonly waiting: DataBlock[];
}

/**
 * Every class that data or parameters embed, also indirectly; each after those that it embeds. Uses an explicit stack,
 * so that deep nesting cannot overflow.
 */
export function embeddedClasses({ blocks }: Model): readonly DataBlock[] {
  const found = new Set<DataBlock>();
  const seen = new Set<DataBlock>();
  const path: Step[] = [];
  const enter = (block: DataBlock): void => {
    if (seen.has(block)) return;
    seen.add(block);
    path.push({ block, waiting: embeddedIn(block.data).reverse() });
  };
  for (const root of blocks.flatMap(recordsOf).flatMap(embeddedIn)) {
    enter(root);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const next = step.waiting.pop();
      if (next !== undefined) enter(next);
      else {
        found.add(step.block);
        path.pop();
      }
    }
  }
  return [...found];
}

function recordsOf({ data, methods }: DataBlock): readonly WireRecord[] {
  return [data, ...methods.flatMap(({ input, output }) => [input, output])];
}

function embeddedIn({ items }: WireRecord): DataBlock[] {
  return items.flatMap(({ type }) => (type.kind === 'structure' ? type.structure : []));
}

/** The names of the items that hold the number of elements of others. */
export function countNames({ items }: WireRecord): ReadonlySet<string> {
  return new Set(items.flatMap(({ count }) => (count.kind === 'sizedBy' ? count.item : [])));
}
