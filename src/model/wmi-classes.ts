/**
 * Which classes WMI registers, the role of each in a provider, and its GUID.
 *
 * Rules: "WMI class qualifiers" of the driver documentation (docs/spec/layout-and-header.md#class-qualifiers) and the roles in model.ts.
 */
import { type Location } from '../diagnostics/diagnostic.js';

import { qualifiersOf } from './effective-qualifiers.js';
import { type Findings } from './findings.js';
import { canonicalGuid } from './guid.js';
import { type Hierarchy } from './hierarchy.js';
import { type BlockRole } from './model.js';
import { text } from './qualifiers.js';
import { type ClassSymbol } from './symbols.js';

/** Whether drivers provide it through WMI. */
export function isWmiClass(symbol: ClassSymbol, hierarchy: Hierarchy): boolean {
  return hierarchy.get(symbol)?.isWmi === true;
}

/** Whether one of its declared properties or methods has a WMI id. */
export function hasIds({ properties, methods }: ClassSymbol): boolean {
  return (
    properties.some(({ qualifiers }) => qualifiers.has('WmiDataId')) ||
    methods.some(({ qualifiers }) => qualifiers.has('WmiMethodId'))
  );
}

/** Whether it is not a class of drivers, such as Win32_PerfRawData: derived classes do not inherit data items from it. */
export function isOutsideWmi(symbol: ClassSymbol, hierarchy: Hierarchy): boolean {
  return !isWmiClass(symbol, hierarchy) && !hasIds(symbol);
}

/** The role of a class in a provider. */
export function roleOf(symbol: ClassSymbol, hierarchy: Hierarchy): BlockRole {
  return hierarchy.get(symbol)?.role ?? 'structure';
}

/** The GUID of a class in the registry's form; `undefined` if absent or malformed. */
export function guidOf(symbol: ClassSymbol, hierarchy: Hierarchy): string | undefined {
  const written = text(qualifiersOf(symbol, hierarchy), 'Guid');
  return written === undefined ? undefined : canonicalGuid(written);
}

/** Reports malformed GUIDs, registered classes without one, and a GUID on two classes. */
export function reportGuids(
  symbols: Iterable<ClassSymbol>,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  const first = new Map<string, { readonly name: string; readonly location: Location }>();
  for (const symbol of symbols) {
    const { name } = symbol.class;
    const entry = qualifiersOf(symbol, hierarchy).entry('Guid');
    if (entry === undefined || entry.value === null) {
      if (roleOf(symbol, hierarchy) === 'structure') continue;
      report.add(
        'MOF2105',
        symbol.class.location,
        `'${name}' has no guid, but WMI finds a block only by its GUID`,
        { help: 'write [guid("{…}")] with a new GUID' },
      );
      continue;
    }
    // A value that is not a string is reported with the qualifiers.
    if (typeof entry.value !== 'string' || entry.placeholders.length > 0) continue;
    const guid = canonicalGuid(entry.value);
    if (guid === undefined) {
      report.add('MOF2104', entry.location, `"${entry.value}" is not a GUID`, {
        help: 'write 8, 4, 4, 4 and 12 hexadecimal digits: "{01234567-89ab-cdef-0123-456789abcdef}"',
      });
      continue;
    }
    const earlier = first.get(guid);
    if (earlier === undefined) {
      first.set(guid, { name, location: entry.location });
      continue;
    }
    report.add('MOF2106', entry.location, `'${name}' has the GUID of '${earlier.name}'`, {
      help: 'give it a GUID of its own',
      related: [{ location: earlier.location, message: 'first used here' }],
    });
  }
}
