/**
 * The default values that a class declares or inherits. A property has its own default, or that of the nearest base class that
 * declares one.
 */
import { nameKey } from '../text/name-key.js';
import { type Value } from '../../grammar/ast.js';
import { type SourceFile } from '../text/source-file.js';

import { ancestry, type Hierarchy } from './hierarchy.js';
import { type ClassSymbol } from './symbols.js';

/** A value and the text in which it is written. */
export interface PlacedValue {
  readonly node: Value;
  readonly source: SourceFile;
}

/** The defaults of the properties of a class, by key. */
export function declaredDefaults(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
): ReadonlyMap<string, PlacedValue> {
  const found = new Map<string, PlacedValue>();
  for (const { source, properties } of ancestry(symbol, hierarchy)) {
    for (const { name, node } of properties) {
      if (node.defaultValue !== undefined)
        found.set(nameKey(name), { node: node.defaultValue, source });
    }
  }
  return found;
}
