/**
 * What the documentation demands of classes that a driver registers, beyond what their layout needs; it must not know layouts.
 *
 * Rules: "WMI class qualifiers", "Required items" and "WMI class names and base classes" of the driver documentation
 * (wmi-header.md section 4). An embedded class is not registered on its own account, so nothing of this is asked of it.
 */
import { type Fix, type Location } from '../diagnostics/diagnostic.js';
import { builtInClass, isPlainClass } from './builtin-classes.js';
import {
  warnAboutAbstractEvent,
  warnAboutEventBase,
  warnAboutMissingEventBase,
} from './event-bases.js';
import {
  type EffectiveMember,
  methodsOf,
  propertiesOf,
  qualifiersOf,
} from './effective-qualifiers.js';
import { at, type Findings, key } from './findings.js';
import {
  removed,
  replaced,
  withFeatures,
  withoutQualifier,
  withQualifier,
  withValue,
} from './fixes.js';
import { ancestry, type Hierarchy } from './hierarchy.js';
import { type LaidOutClass } from './laid-out-classes.js';
import { flag, text } from './qualifiers.js';
import { type ClassSymbol, type PropertySymbol } from './symbols.js';
import { isTrace } from './unregistered.js';
import { isOutsideWmi, roleOf } from './wmi-classes.js';

/** Reports what registered classes lack, and bases that they must not have. */
export function checkRegisteredClasses(
  laidOut: Iterable<LaidOutClass>,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  for (const entry of laidOut) {
    const { symbol, isEmbedded } = entry;
    if (isTrace(symbol, hierarchy)) continue;
    const role = roleOf(symbol, hierarchy);
    if (role === 'structure') {
      warnAboutAbstractEvent(symbol, hierarchy, report);
      continue;
    }
    if (role === 'event') warnAboutEventBase(symbol, report);
    else warnAboutMissingEventBase(symbol, hierarchy, report);
    warnAboutBases(symbol, hierarchy, report);
    if (isEmbedded) continue;
    warnAboutQualifiers(symbol, hierarchy, role === 'event', report);
    checkItemsAround(entry, hierarchy, report);
    warnAboutKeys(symbol, hierarchy, report);
  }
}

/** Dynamic and Provider say that WMI asks a provider for the instances, and which one. */
function warnAboutQualifiers(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  isEvent: boolean,
  report: Findings,
): void {
  const { name, location } = symbol.class;
  const qualifiers = qualifiersOf(symbol, hierarchy);
  const what = isEvent ? 'event' : 'block';
  if (!qualifiers.has('Dynamic')) {
    report.add(
      'MOF2112',
      location,
      `the ${what} '${name}' is not Dynamic, so WMI does not ask a provider for its instances`,
      {
        help: 'add Dynamic to its qualifiers',
        fixes: [withQualifier(symbol.source, symbol.node, 'Dynamic')],
      },
    );
  }
  if (!qualifiers.has('Provider')) {
    report.add('MOF2111', location, `the ${what} '${name}' names no Provider`, {
      help: 'add Provider("WMIProv") to its qualifiers: the provider behind which drivers are',
      fixes: [withQualifier(symbol.source, symbol.node, 'Provider("WMIProv")')],
    });
    return;
  }
  const provider = text(qualifiers, 'Provider');
  if (provider === undefined || key(provider) === 'wmiprov') return;
  const entry = qualifiers.entry('Provider');
  report.add(
    'MOF2111',
    entry?.location ?? location,
    `the ${what} '${name}' names the provider '${provider}', but drivers are behind WMIProv`,
    {
      help: 'write Provider("WMIProv"), or take WMI away when no driver provides it',
      fixes: entry && withValue(entry, '"WMIProv"'),
    },
  );
}

/** The properties that WMI fills itself, and what each has to be. */
const AROUND_DATA = [
  {
    name: 'InstanceName',
    type: 'string',
    isKey: true,
    declaration: '[key, read] string InstanceName;',
  },
  { name: 'Active', type: 'boolean', isKey: false, declaration: '[read] boolean Active;' },
] as const;

function checkItemsAround(
  { symbol, data }: LaidOutClass,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  // What an unknown superclass declares cannot be known.
  const root = ancestry(symbol, hierarchy).at(0)?.node.superclass;
  const mayHaveMore =
    hierarchy.get(symbol)?.mayHaveMore === true || (root !== undefined && isPlainClass(root.name));
  // Firmware has such classes, whose methods are called without an instance.
  const hasMethodsAlone = data.items.length === 0 && methodsOf(symbol, hierarchy).length > 0;
  const properties = propertiesOf(symbol, hierarchy);
  const missing: (typeof AROUND_DATA)[number][] = [];
  for (const wanted of AROUND_DATA) {
    const found = properties.find((each) => key(each.symbol.name) === key(wanted.name));
    if (found === undefined) missing.push(wanted);
    else reportOtherForm(found, wanted, mayHaveMore, report);
  }
  if (missing.length === 0 || mayHaveMore || hasMethodsAlone) return;
  const names = missing.map(({ name }) => `no ${name}`).join(' and ');
  report.add(
    missing.some(({ isKey }) => isKey) ? 'MOF2209' : 'MOF2214',
    symbol.class.location,
    `'${symbol.class.name}' has ${names}, which WMI fills in each instance`,
    {
      help: `add ${missing.map(({ declaration }) => declaration).join(' ')}`,
      fixes: withFeatures(
        symbol.source,
        symbol.node,
        missing.map(({ declaration }) => declaration),
      ),
    },
  );
}

interface Wrong {
  readonly words: string;
  readonly place: Location;
  readonly fix: (place: Location) => Fix;
}

/** The words for what is wrong with it, at the smallest place that shows it. */
function reportOtherForm(
  { symbol, qualifiers }: EffectiveMember<PropertySymbol>,
  wanted: (typeof AROUND_DATA)[number],
  mayHaveMore: boolean,
  report: Findings,
): void {
  const { node, location, name } = symbol;
  const isOfType = node.type.kind === 'DataType' && node.type.name === wanted.type;
  const isKey = mayHaveMore || flag(qualifiers, 'Key');
  const filled = `but WMI fills it as one ${wanted.type}`;
  const wrong: Wrong | undefined = !isOfType
    ? {
        words: `is no ${wanted.type}, ${filled}`,
        place: at(location.source, node.type),
        fix: (place) => replaced(place, wanted.type),
      }
    : node.array !== undefined
      ? {
          words: `is an array, ${filled}`,
          place: at(location.source, node.array),
          fix: (place) => removed(place, 'make it no array'),
        }
      : wanted.isKey && !isKey
        ? {
            words: 'is no key, but WMI finds instances by it',
            place: location,
            fix: () => withQualifier(location.source, node, 'key'),
          }
        : undefined;
  if (wrong === undefined) return;
  report.add('MOF2210', wrong.place, `'${name}' ${wrong.words}`, {
    help: `write ${wanted.declaration}`,
    fixes: [wrong.fix(wrong.place)],
  });
}

/** WMI finds an instance by its InstanceName alone. */
function warnAboutKeys(symbol: ClassSymbol, hierarchy: Hierarchy, report: Findings): void {
  for (const { symbol: property, qualifiers, declarations } of propertiesOf(symbol, hierarchy)) {
    const { name, location } = property;
    if (key(name) === 'instancename' || !flag(qualifiers, 'Key')) continue;
    if (declarations.every(({ owner }) => isOutsideWmi(owner, hierarchy))) continue;
    const entry = qualifiers.entry('Key');
    report.add(
      'MOF2211',
      entry?.location ?? location,
      `'${name}' is a key, but WMI finds the instances of a driver by InstanceName alone`,
      { help: 'take key away', fixes: entry && [withoutQualifier(property.qualifiers, entry)] },
    );
  }
}

/** "One abstract base class per hierarchy". */
function warnAboutBases(symbol: ClassSymbol, hierarchy: Hierarchy, report: Findings): void {
  const [first, second] = ancestry(symbol, hierarchy).filter(
    (each) =>
      flag(qualifiersOf(each, hierarchy), 'Abstract') &&
      builtInClass(each.class.name) === undefined,
  );
  if (first === undefined || second === undefined) return;
  const entry = second.class.qualifiers.entry('Abstract');
  report.add(
    'MOF2014',
    entry?.location ?? second.class.location,
    `'${second.class.name}' is abstract, as '${first.class.name}' above it is, but one abstract class a hierarchy is allowed`,
    {
      help: 'make one class of them',
      related: [{ location: first.class.location, message: 'the abstract class above it' }],
    },
  );
}
