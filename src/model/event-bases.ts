/**
 * Checks the base classes of events.
 *
 * Rules: "WMI class names and base classes" of the driver documentation (docs/spec/layout-and-header.md#names-and-conventions).
 */
import { nameKey } from '../text/name-key.js';
import { qualifiersOf } from './effective-qualifiers.js';
import { at, type Findings } from './findings.js';
import { replaced, withSuperclass } from './fixes.js';
import { type Hierarchy } from './hierarchy.js';
import { flag } from './qualifiers.js';
import { type ClassSymbol } from './symbols.js';

/** WMIEvent is between a driver's events and the class of all extrinsic events. */
export function warnAboutEventBase(
  { source, node, class: { name } }: ClassSymbol,
  report: Findings,
): void {
  const { superclass } = node;
  if (superclass === undefined || !['__extrinsicevent', '__event'].includes(nameKey(superclass))) {
    return;
  }
  report.add(
    'MOF2012',
    at(source, superclass),
    `the event '${name}' derives from '${superclass.name}' itself, so consumers of WMIEvent do not receive it`,
    { help: 'derive it from WMIEvent', fixes: [replaced(at(source, superclass), 'WMIEvent')] },
  );
}

/** Qualifiers that only events use. */
const OF_EVENTS = ['WmiEventTrigger', 'WmiEventRate'] as const;

/** The word Event at the end of a name, but not as part of a word such as Prevent. */
const NAME_OF_EVENT = /Event$|(?:^|_)event$|(?:^|[^A-Z])EVENT$/;

/** Warns about a data block that looks like an event. */
export function warnAboutMissingEventBase(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  if (hierarchy.get(symbol)?.mayHaveMore === true) return;
  const { name, location } = symbol.class;
  const entry = symbol.properties
    .flatMap(({ qualifiers }) => OF_EVENTS.flatMap((each) => qualifiers.entry(each) ?? []))
    .at(0);
  if (entry === undefined && !NAME_OF_EVENT.test(name)) return;
  const sign = entry === undefined ? 'its name' : `${entry.name} on an item`;
  report.add(
    'MOF2015',
    location,
    `'${name}' looks like an event by ${sign}, but does not derive from WMIEvent, so it is registered as a data block`,
    {
      help: `write class ${name} : WMIEvent, or derive its base from WMIEvent`,
      fixes: withSuperclass(symbol.source, symbol.node, 'WMIEvent'),
      related:
        entry === undefined ? [] : [{ location: entry.location, message: 'only events have this' }],
    },
  );
}

export function warnAboutAbstractEvent(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  const { name, location } = symbol.class;
  const qualifiers = qualifiersOf(symbol, hierarchy);
  if (!flag(qualifiers, 'Abstract') || hierarchy.get(symbol)?.isEvent !== true) return;
  report.add(
    'MOF2013',
    qualifiers.entry('Abstract')?.location ?? location,
    `'${name}' is an abstract event class, but only WMIEvent may be one`,
    { help: 'derive each event from WMIEvent itself' },
  );
}
