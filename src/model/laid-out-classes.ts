/** Which classes need a layout, and which properties of them are its items: the WMI classes and what they embed. */
import { nameKey } from '../text/name-key.js';
import { type TypeReference } from '../../grammar/ast.js';
import { type DataProperties, dataProperties } from './data-items.js';
import { methodsOf } from './effective-qualifiers.js';
import { type Findings } from './findings.js';
import { type Hierarchy } from './hierarchy.js';
import { type SourceFile } from '../text/source-file.js';
import { type ClassSymbol, type ClassTable } from './symbols.js';
import { isWmiClass, roleOf } from './wmi-classes.js';

/** A class whose data gets a layout. */
export interface LaidOutClass {
  readonly symbol: ClassSymbol;
  readonly data: DataProperties;
  /** It is the type of an item or a parameter. */
  readonly isEmbedded: boolean;
}

/** The WMI classes and all classes that they embed, in declaration order; of `references` only what others embed. */
export function laidOutClasses(
  classes: ClassTable,
  hierarchy: Hierarchy,
  references: { readonly has: (source: SourceFile) => boolean },
  report: Findings,
): ReadonlyMap<ClassSymbol, LaidOutClass> {
  const found = new Map<ClassSymbol, DataProperties>();
  const embedded = new Set<ClassSymbol>();
  const queue = [...classes.values()].filter(
    (symbol) => isWmiClass(symbol, hierarchy) && !references.has(symbol.source),
  );
  const queued = new Set(queue);
  const enqueue = (type: TypeReference) => {
    const target = embeddedSymbol(type, classes);
    if (target === undefined) return;
    embedded.add(target);
    if (queued.has(target)) return;
    queued.add(target);
    queue.push(target);
  };
  for (const symbol of queue) {
    const role = roleOf(symbol, hierarchy);
    const data = dataProperties(symbol, hierarchy, role !== 'structure', report);
    found.set(symbol, data);
    for (const { property } of data.items) enqueue(property.node.type);
    if (role !== 'dataBlock') continue;
    for (const { symbol: method } of methodsOf(symbol, hierarchy)) {
      enqueue(method.node.returnType);
      for (const parameter of method.node.parameters) enqueue(parameter.type);
    }
  }
  return new Map(
    [...classes.values()].flatMap((symbol) => {
      const data = found.get(symbol);
      if (data === undefined) return [];
      return [[symbol, { symbol, data, isEmbedded: embedded.has(symbol) }]];
    }),
  );
}

/** The class that a type names, when the compilation declares it. */
export function embeddedSymbol(type: TypeReference, classes: ClassTable): ClassSymbol | undefined {
  return type.kind === 'ClassType' ? classes.get(nameKey(type.name)) : undefined;
}
