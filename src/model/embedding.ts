/**
 * Which classes need a layout, and in which order: a class comes after those that it embeds, and none embeds itself.
 *
 * It walks with a stack of its own, so that no depth of embedding overflows. It must not know sizes.
 */
import { type TypeReference } from '../../grammar/ast.js';
import { type DataProperties, dataProperties } from './data-items.js';
import { at, type Findings, key } from './findings.js';
import { type Hierarchy } from './hierarchy.js';
import { methodsOf } from './methods.js';
import { type ClassSymbol, type ClassTable } from './symbols.js';
import { isWmiClass, roleOf } from './wmi-classes.js';

/** A class whose data gets a layout. */
export interface LaidOutClass {
  readonly symbol: ClassSymbol;
  readonly data: DataProperties;
}

/** The WMI classes and everything that they embed, in declaration order. */
export function laidOutClasses(
  classes: ClassTable,
  hierarchy: Hierarchy,
  report: Findings,
): ReadonlyMap<ClassSymbol, LaidOutClass> {
  const found = new Map<ClassSymbol, LaidOutClass>();
  const queue = [...classes.values()].filter(isWmiClass);
  const queued = new Set(queue);
  const enqueue = (type: TypeReference) => {
    const target = embeddedSymbol(type, classes);
    if (target === undefined || queued.has(target)) return;
    queued.add(target);
    queue.push(target);
  };
  for (const symbol of queue) {
    const role = roleOf(symbol, hierarchy);
    const data = dataProperties(symbol, hierarchy, role !== 'structure', report);
    found.set(symbol, { symbol, data });
    for (const { property } of data.items) enqueue(property.node.type);
    if (role !== 'dataBlock') continue;
    for (const { method } of methodsOf(symbol, hierarchy)) {
      enqueue(method.node.returnType);
      for (const parameter of method.node.parameters) enqueue(parameter.type);
    }
  }
  return new Map(
    [...classes.values()].flatMap((symbol) => {
      const entry = found.get(symbol);
      return entry === undefined ? [] : [[symbol, entry]];
    }),
  );
}

/** A class on the way down, and the item of it that is being followed. */
interface Step {
  readonly entry: LaidOutClass;
  next: number;
}

/** The classes with the embedded ones first. Embedding that leads back is reported, and not followed. */
export function inEmbeddingOrder(
  laidOut: ReadonlyMap<ClassSymbol, LaidOutClass>,
  classes: ClassTable,
  report: Findings,
): readonly LaidOutClass[] {
  const order: LaidOutClass[] = [];
  const done = new Set<ClassSymbol>();
  const path: Step[] = [];
  const onPath = new Set<ClassSymbol>();
  const enter = (entry: LaidOutClass) => {
    path.push({ entry, next: 0 });
    onPath.add(entry.symbol);
  };
  for (const root of laidOut.values()) {
    if (!done.has(root.symbol)) enter(root);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const item = step.entry.data.items[step.next];
      step.next += 1;
      if (item === undefined) {
        path.pop();
        onPath.delete(step.entry.symbol);
        done.add(step.entry.symbol);
        order.push(step.entry);
        continue;
      }
      const target = embeddedSymbol(item.property.node.type, classes);
      const entry = target && laidOut.get(target);
      if (entry === undefined || done.has(entry.symbol)) continue;
      if (!onPath.has(entry.symbol)) enter(entry);
      else {
        const start = path.findIndex((each) => each.entry === entry);
        reportRecursion(path.slice(start), report);
      }
    }
  }
  return order;
}

/** The class that a type names, when the compilation declares it. */
export function embeddedSymbol(type: TypeReference, classes: ClassTable): ClassSymbol | undefined {
  return type.kind === 'ClassType' ? classes.get(key(type.name)) : undefined;
}

function reportRecursion(cycle: readonly Step[], report: Findings): void {
  const hops = cycle.flatMap(({ entry, next }) => {
    const item = entry.data.items[next - 1];
    return item === undefined ? [] : [{ symbol: entry.symbol, item }];
  });
  const closing = hops.at(-1);
  const [first] = hops;
  if (closing === undefined || first === undefined) return;
  const chain = hops.map(({ symbol, item }) => `'${symbol.class.name}.${item.property.name}'`);
  const placeOf = ({ item: { property } }: (typeof hops)[number]) =>
    at(property.location.source, property.node.type);
  report.add(
    'MOF2303',
    placeOf(closing),
    `'${first.symbol.class.name}' would contain itself: ${chain.join(' -> ')} -> '${first.symbol.class.name}'`,
    {
      help: 'take one of these items away, or use an identifier in its place',
      related: hops.slice(0, -1).map((hop) => ({
        location: placeOf(hop),
        message: `'${hop.symbol.class.name}' embeds the next one here`,
      })),
    },
  );
}
