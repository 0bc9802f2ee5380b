/**
 * Warns about classes that look like blocks of a driver, but lack the qualifier that registers them.
 *
 * WMI never shows such a class and reports no error ("Required qualifiers", docs/spec/layout-and-header.md#class-qualifiers).
 * Embedded classes, base classes and trace classes need no registration; trace classes have a guid and WmiDataIds for ETW.
 */
import { nameKey } from '../text/name-key.js';
import { qualifiersOf } from './effective-qualifiers.js';
import { type Findings } from './findings.js';
import { withQualifier } from './fixes.js';
import { ancestry, type Hierarchy } from './hierarchy.js';
import { type LaidOutClass } from './laid-out-classes.js';
import { type QualifierSet } from './model.js';
import { flag, text } from './qualifiers.js';
import { type ClassSymbol, type ClassTable } from './symbols.js';
import { hasIds, isWmiClass, roleOf } from './wmi-classes.js';

/** Warns about classes that have ids like a block but will not be registered. */
export function warnAboutUnregistered(
  classes: ClassTable,
  laidOut: ReadonlyMap<ClassSymbol, LaidOutClass>,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  const bases = new Set([...hierarchy.values()].map(({ superclass }) => superclass));
  for (const symbol of classes.values()) {
    if (laidOut.get(symbol)?.isEmbedded === true || bases.has(symbol)) continue;
    if (!hasIds(symbol) || isTrace(symbol, hierarchy)) continue;
    const lack = isWmiClass(symbol, hierarchy)
      ? lackOfDynamic(symbol, hierarchy)
      : lackOfWmi(qualifiersOf(symbol, hierarchy));
    if (lack === undefined) continue;
    const { name, location } = symbol.class;
    report.add('MOF2110', location, `'${name}' is not registered with WMI: ${lack.because}`, {
      help: lack.help,
      fixes: [withQualifier(symbol.source, symbol.node, lack.qualifier)],
    });
  }
}

interface Lack {
  readonly because: string;
  readonly help: string;
  readonly qualifier: string;
}

/** A class with WMI(FALSE) is not reported. */
function lackOfWmi(qualifiers: QualifierSet): Lack | undefined {
  if (hasOtherProvider(qualifiers)) return undefined;
  const found = ['guid', 'Provider', 'Dynamic'].find((name) => qualifiers.has(name));
  if (found === undefined || qualifiers.has('WMI') || isNeverRegistered(qualifiers))
    return undefined;
  return {
    because: `it has ${found}, but not WMI`,
    help: 'add WMI to its qualifiers',
    qualifier: 'WMI',
  };
}

function lackOfDynamic(symbol: ClassSymbol, hierarchy: Hierarchy): Lack | undefined {
  const qualifiers = qualifiersOf(symbol, hierarchy);
  if (roleOf(symbol, hierarchy) !== 'structure' || isNeverRegistered(qualifiers)) return undefined;
  if (hierarchy.get(symbol)?.mayHaveMore === true) return undefined;
  if (!qualifiers.has('guid') || !qualifiers.has('Provider')) return undefined;
  return {
    because: 'it has a Provider, but neither Dynamic nor an InstanceName',
    help: 'add Dynamic to its qualifiers, or remove Provider if other files embed it',
    qualifier: 'Dynamic',
  };
}

/** Whether the class is explicitly not registered. */
function isNeverRegistered(qualifiers: QualifierSet): boolean {
  return flag(qualifiers, 'Abstract') || flag(qualifiers, 'Static');
}

/** The provider of drivers is WMIProv; classes of other providers may have ids too. */
function hasOtherProvider(qualifiers: QualifierSet): boolean {
  return nameKey(text(qualifiers, 'Provider') ?? 'wmiprov') !== 'wmiprov';
}

/** Whether it describes trace events, which follow the conventions of ETW. */
export function isTrace(symbol: ClassSymbol, hierarchy: Hierarchy): boolean {
  return ancestry(symbol, hierarchy).some(
    ({ node }) =>
      nameKey(node.superclass ?? '') === 'eventtrace' || nameKey(node.name) === 'eventtrace',
  );
}
