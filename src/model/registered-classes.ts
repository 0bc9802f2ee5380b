/**
 * Checks what the documentation requires of registered classes, beyond their layout.
 *
 * Rules: "WMI class qualifiers", "Required items" and "WMI class names and base classes" of the driver documentation
 * (docs/spec/layout-and-header.md#class-qualifiers). Embedded classes are not registered themselves, so these rules do not
 * apply to them.
 */
import { nameKey } from '../text/name-key.js';
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
import { at, type Findings } from './findings.js';
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

/** Reports what registered classes lack, and base classes that they must not have. */
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
    checkRequiredItems(entry, hierarchy, report);
    warnAboutKeys(symbol, hierarchy, report);
  }
}

/** Dynamic means that a provider supplies the instances, Provider names it. */
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
      `the ${what} '${name}' is not Dynamic, so WMI does not query a provider for its instances`,
      {
        help: 'add Dynamic to its qualifiers',
        fixes: [withQualifier(symbol.source, symbol.node, 'Dynamic')],
      },
    );
  }
  if (!qualifiers.has('Provider')) {
    report.add('MOF2111', location, `the ${what} '${name}' names no Provider`, {
      help: 'add Provider("WMIProv") to its qualifiers: the provider that serves drivers',
      fixes: [withQualifier(symbol.source, symbol.node, 'Provider("WMIProv")')],
    });
    return;
  }
  const provider = text(qualifiers, 'Provider');
  if (provider === undefined || nameKey(provider) === 'wmiprov') return;
  const entry = qualifiers.entry('Provider');
  report.add(
    'MOF2111',
    entry?.location ?? location,
    `the ${what} '${name}' names the provider '${provider}', but the provider of drivers is WMIProv`,
    {
      help: 'write Provider("WMIProv"), or remove WMI if no driver provides it',
      fixes: entry && withValue(entry, '"WMIProv"'),
    },
  );
}

/** The properties that WMI itself fills in, with their required form. */
const REQUIRED_ITEMS = [
  {
    name: 'InstanceName',
    type: 'string',
    isKey: true,
    declaration: '[key, read] string InstanceName;',
  },
  { name: 'Active', type: 'boolean', isKey: false, declaration: '[read] boolean Active;' },
] as const;

function checkRequiredItems(
  { symbol, data }: LaidOutClass,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  // An unknown superclass may declare them.
  const root = ancestry(symbol, hierarchy).at(0)?.node.superclass;
  const mayHaveMore =
    hierarchy.get(symbol)?.mayHaveMore === true || (root !== undefined && isPlainClass(root.name));
  // Firmware has classes with methods only, which are called without an instance.
  const hasMethodsAlone = data.items.length === 0 && methodsOf(symbol, hierarchy).length > 0;
  const properties = propertiesOf(symbol, hierarchy);
  const missing: (typeof REQUIRED_ITEMS)[number][] = [];
  for (const wanted of REQUIRED_ITEMS) {
    const found = properties.find((each) => nameKey(each.symbol.name) === nameKey(wanted.name));
    if (found === undefined) missing.push(wanted);
    else reportOtherForm(found, wanted, mayHaveMore, report);
  }
  if (missing.length === 0 || mayHaveMore || hasMethodsAlone) return;
  const names = missing.map(({ name }) => `no ${name}`).join(' and ');
  report.add(
    missing.some(({ isKey }) => isKey) ? 'MOF2209' : 'MOF2214',
    symbol.class.location,
    `'${symbol.class.name}' has ${names}, which WMI fills in for each instance`,
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

/** Reports a required item with another form, at the smallest place that shows it. */
function reportOtherForm(
  { symbol, qualifiers }: EffectiveMember<PropertySymbol>,
  wanted: (typeof REQUIRED_ITEMS)[number],
  mayHaveMore: boolean,
  report: Findings,
): void {
  const { node, location, name } = symbol;
  const isOfType = node.type.kind === 'DataType' && node.type.name === wanted.type;
  const isKey = mayHaveMore || flag(qualifiers, 'Key');
  const filled = `but WMI fills it in as one ${wanted.type}`;
  const wrong: Wrong | undefined = !isOfType
    ? {
        words: `is not a ${wanted.type}, ${filled}`,
        place: at(location.source, node.type),
        fix: (place) => replaced(place, wanted.type),
      }
    : node.array !== undefined
      ? {
          words: `is an array, ${filled}`,
          place: at(location.source, node.array),
          fix: (place) => removed(place, 'remove the brackets'),
        }
      : wanted.isKey && !isKey
        ? {
            words: 'is not a key, but WMI finds instances by it',
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

/** Warns about other keys than InstanceName, by which alone WMI finds an instance. */
function warnAboutKeys(symbol: ClassSymbol, hierarchy: Hierarchy, report: Findings): void {
  for (const { symbol: property, qualifiers, declarations } of propertiesOf(symbol, hierarchy)) {
    const { name, location } = property;
    if (nameKey(name) === 'instancename' || !flag(qualifiers, 'Key')) continue;
    if (declarations.every(({ owner }) => isOutsideWmi(owner, hierarchy))) continue;
    const entry = qualifiers.entry('Key');
    report.add(
      'MOF2211',
      entry?.location ?? location,
      `'${name}' is a key, but WMI finds the instances of a driver by InstanceName alone`,
      { help: 'remove key', fixes: entry && [withoutQualifier(property.qualifiers, entry)] },
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
    `'${second.class.name}' and its base class '${first.class.name}' are both abstract, but a hierarchy may have only one abstract class`,
    {
      help: 'merge them into one class',
      related: [{ location: first.class.location, message: 'the abstract base class' }],
    },
  );
}
