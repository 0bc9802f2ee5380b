/**
 * The order in which classes get their layout: a class comes after those that it embeds. Reports classes that embed themselves.
 *
 * The walk is iterative, so that deep embedding cannot overflow the stack.
 */
import { type DataProperty } from './data-items.js';
import { at, type Findings } from './findings.js';
import { embeddedSymbol, type LaidOutClass } from './laid-out-classes.js';
import { type ClassSymbol, type ClassTable } from './symbols.js';

/** A class on the path, and its item that is being followed. */
interface Step {
  readonly entry: LaidOutClass;
  next: number;
}

/** Classes on the path that are known to embed each other: from `start` of the path to the next group. */
interface Group {
  readonly start: number;
  /** The first cycle that was found. */
  cycle: Cycle | undefined;
}

interface Cycle {
  /** The first hops of the cycle. */
  readonly hops: readonly Hop[];
  readonly omitted: number;
  /** The item that leads back to the first class. */
  readonly closing: Hop;
}

interface Hop {
  readonly symbol: ClassSymbol;
  readonly item: DataProperty;
}

/** Longer cycles are shortened in messages. */
const MAX_HOPS = 8;

/** The classes with the embedded ones first. A cycle is reported once per group, and not followed. */
export function inEmbeddingOrder(
  laidOut: ReadonlyMap<ClassSymbol, LaidOutClass>,
  classes: ClassTable,
  report: Findings,
): readonly LaidOutClass[] {
  const order: LaidOutClass[] = [];
  const done = new Set<ClassSymbol>();
  const path: Step[] = [];
  const places = new Map<ClassSymbol, number>();
  const groups: Group[] = [];
  const enter = (entry: LaidOutClass) => {
    groups.push({ start: path.length, cycle: undefined });
    places.set(entry.symbol, path.length);
    path.push({ entry, next: 0 });
  };
  const leave = ({ entry }: Step) => {
    path.pop();
    places.delete(entry.symbol);
    done.add(entry.symbol);
    order.push(entry);
    if (groups.at(-1)?.start !== path.length) return;
    const cycle = groups.pop()?.cycle;
    if (cycle !== undefined) reportRecursion(cycle, report);
  };
  for (const root of laidOut.values()) {
    if (!done.has(root.symbol)) enter(root);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const item = step.entry.data.items[step.next];
      step.next += 1;
      if (item === undefined) {
        leave(step);
        continue;
      }
      const target = embeddedSymbol(item.property.node.type, classes);
      const entry = target && laidOut.get(target);
      if (entry === undefined || done.has(entry.symbol)) continue;
      const place = places.get(entry.symbol);
      if (place === undefined) enter(entry);
      else joinGroups(groups, place, path);
    }
  }
  return order;
}

/** The last class of the path embeds the one at `place`: all from there on become one group. */
function joinGroups(groups: Group[], place: number, path: readonly Step[]): void {
  let found: Cycle | undefined;
  let last = groups.at(-1);
  while (last !== undefined && last.start > place) {
    groups.pop();
    found = last.cycle ?? found;
    last = groups.at(-1);
  }
  if (last !== undefined) last.cycle ??= found ?? cycleFrom(place, path);
}

function cycleFrom(place: number, path: readonly Step[]): Cycle | undefined {
  const length = path.length - place;
  const hops = path.slice(place, place + Math.min(length - 1, MAX_HOPS)).flatMap(hopOf);
  const [closing] = path.slice(-1).flatMap(hopOf);
  return closing && { hops, omitted: length - 1 - hops.length, closing };
}

function hopOf({ entry: { symbol, data }, next }: Step): readonly Hop[] {
  const item = data.items[next - 1];
  return item === undefined ? [] : [{ symbol, item }];
}

function reportRecursion({ hops, omitted, closing }: Cycle, report: Findings): void {
  const first = (hops[0] ?? closing).symbol.class.name;
  const words = ({ symbol, item }: Hop) => `'${symbol.class.name}.${item.property.name}'`;
  const chain = [
    ...hops.map(words),
    ...(omitted > 0 ? [`${omitted} more`] : []),
    words(closing),
    `'${first}'`,
  ];
  const placeOf = ({ item: { property } }: Hop) => at(property.location.source, property.node.type);
  report.add(
    'MOF2303',
    placeOf(closing),
    `'${first}' would contain itself: ${chain.join(' -> ')}`,
    {
      help: 'remove one of these items, or use an identifier instead',
      related: hops.map((hop) => ({
        location: placeOf(hop),
        message: `'${hop.symbol.class.name}' embeds the next one here`,
      })),
    },
  );
}
