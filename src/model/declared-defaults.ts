/**
 * The default values that a class declares or inherits: that of a property is the nearest one, its own or from above, since a
 * declaration without a value says nothing about it. It must not know whether a value fits.
 */
import { type Value } from '../../grammar/ast.js';
import { type SourceFile } from '../source/source-file.js';
import { key } from './findings.js';
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
        found.set(key(name), { node: node.defaultValue, source });
    }
  }
  return found;
}
