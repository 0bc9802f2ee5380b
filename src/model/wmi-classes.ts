/**
 * Which classes are WMI's business, what each is to a provider, and its GUID; it must not know items or layout.
 *
 * Rules: "WMI class qualifiers" of the driver documentation (wmi-header.md section 4) and the roles in model.ts.
 */
import { type Location } from '../diagnostics/diagnostic.js';
import { builtInClass } from './builtin-classes.js';
import { qualifiersOf } from './effective-qualifiers.js';
import { type Findings } from './findings.js';
import { canonicalGuid } from './guid.js';
import { type Hierarchy } from './hierarchy.js';
import { type BlockRole } from './model.js';
import { flag, text } from './qualifiers.js';
import { type ClassSymbol } from './symbols.js';

/** Whether drivers provide it through WMI. The built-in classes have no data, even where a file declares them again. */
export function isWmiClass(symbol: ClassSymbol, hierarchy: Hierarchy): boolean {
  return (
    flag(qualifiersOf(symbol, hierarchy), 'WMI') && builtInClass(symbol.class.name) === undefined
  );
}

/** Whether one of the properties or methods that it declares is numbered for WMI. */
export function hasIds({ properties, methods }: ClassSymbol): boolean {
  return (
    properties.some(({ qualifiers }) => qualifiers.has('WmiDataId')) ||
    methods.some(({ qualifiers }) => qualifiers.has('WmiMethodId'))
  );
}

/** Whether it has nothing to do with drivers, as Win32_PerfRawData: what it declares is no data of the classes below it. */
export function isOutsideWmi(symbol: ClassSymbol, hierarchy: Hierarchy): boolean {
  return !isWmiClass(symbol, hierarchy) && !hasIds(symbol);
}

/**
 * What a class is to a provider. A class that lacks only its GUID keeps its role, so that its other faults are found in
 * the same run; `reportGuids` reports the GUID.
 */
export function roleOf(symbol: ClassSymbol, hierarchy: Hierarchy): BlockRole {
  const qualifiers = qualifiersOf(symbol, hierarchy);
  if (
    !isWmiClass(symbol, hierarchy) ||
    flag(qualifiers, 'Abstract') ||
    flag(qualifiers, 'Static')
  ) {
    return 'structure';
  }
  const lineage = hierarchy.get(symbol);
  if (lineage?.isEvent === true) return 'event';
  if (flag(qualifiers, 'Dynamic')) return 'dataBlock';
  return qualifiers.has('guid') && lineage?.hasInstanceName === true ? 'dataBlock' : 'structure';
}

/** The GUID of a class in the registry's form, or `undefined` when there is none or it is malformed. */
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
        `'${name}' has no guid, and WMI knows a block by its GUID only`,
        { help: 'write [guid("{…}")] with a new GUID' },
      );
      continue;
    }
    // A value that is no string, or a name in place of it, is reported with the qualifiers.
    if (typeof entry.value !== 'string' || entry.standIns.length > 0) continue;
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
