/**
 * Checks qualifiers that only some data items may have: WmiTimeStamp, WmiEventTrigger, WmiEventRate.
 *
 * Rules: "WMI property qualifiers" of the driver documentation (docs/spec/layout-and-header.md#item-qualifiers).
 */
import { nameKey } from '../text/name-key.js';
import { likelyName } from '../text/likely-names.js';
import { propertiesOf } from './effective-qualifiers.js';
import { at, type Findings } from './findings.js';
import { replaced, withoutQualifier, withValue } from './fixes.js';
import { type Hierarchy } from './hierarchy.js';
import { type LaidOutClass } from './laid-out-classes.js';
import { flag, text } from './qualifiers.js';
import { type ClassSymbol, type PropertySymbol } from './symbols.js';

/** Warns about such qualifiers on other items. */
export function checkItemQualifiers(
  laidOut: Iterable<LaidOutClass>,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  for (const { symbol } of laidOut) {
    let names: ReadonlySet<string> | undefined;
    const isItem = (name: string): boolean => {
      names ??= itemNames(symbol, hierarchy);
      return names.has(nameKey(name));
    };
    for (const property of symbol.properties) {
      warnAboutTimeStamp(property, report);
      warnAboutOtherItem(property, 'WmiEventTrigger', symbol, hierarchy, isItem, report);
      warnAboutOtherItem(property, 'WmiEventRate', symbol, hierarchy, isItem, report);
    }
  }
}

function itemNames(symbol: ClassSymbol, hierarchy: Hierarchy): ReadonlySet<string> {
  return new Set(itemsOf(symbol, hierarchy).map(({ name }) => nameKey(name)));
}

function itemsOf(symbol: ClassSymbol, hierarchy: Hierarchy): readonly PropertySymbol[] {
  return propertiesOf(symbol, hierarchy).map((each) => each.symbol);
}

function warnAboutTimeStamp(
  { name, node, qualifiers, location }: PropertySymbol,
  report: Findings,
): void {
  if (!flag(qualifiers, 'WmiTimeStamp')) return;
  const { type, array } = node;
  const isLong = type.kind === 'DataType' && (type.name === 'uint64' || type.name === 'sint64');
  if (isLong && array === undefined) return;
  const entry = qualifiers.entry('WmiTimeStamp');
  report.add(
    'MOF2212',
    entry?.location ?? location,
    `WmiTimeStamp is on '${name}', which is not a 64-bit integer`,
    {
      help: `declare it uint64, or remove WmiTimeStamp`,
      related: [{ location: at(location.source, type), message: 'its type' }],
      fixes: [
        ...(array === undefined ? [replaced(at(location.source, type), 'uint64')] : []),
        ...(entry === undefined ? [] : [withoutQualifier(qualifiers, entry)]),
      ],
    },
  );
}

function warnAboutOtherItem(
  property: PropertySymbol,
  qualifier: 'WmiEventTrigger' | 'WmiEventRate',
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  isItem: (name: string) => boolean,
  report: Findings,
): void {
  const wanted = text(property.qualifiers, qualifier);
  if (wanted === undefined || hierarchy.get(symbol)?.mayHaveMore === true) return;
  if (isItem(wanted)) return;
  const entry = property.qualifiers.entry(qualifier);
  const likely = report.skipsSuggestions('MOF2213')
    ? undefined
    : likelyName(wanted, itemsOf(symbol, hierarchy), ({ name }) => name);
  report.add(
    'MOF2213',
    entry?.location ?? property.location,
    `${qualifier} of '${property.name}' names '${wanted}', which is not an item of '${symbol.class.name}'`,
    {
      help: 'name an item of the same class',
      fixes: entry && likely !== undefined ? withValue(entry, `"${likely}"`) : [],
    },
  );
}
