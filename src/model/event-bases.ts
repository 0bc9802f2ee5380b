/**
 * From which classes events derive, and which may derive from them; it must not know layouts.
 *
 * Rules: "WMI class names and base classes" of the driver documentation (wmi-header.md section 4).
 */
import { qualifiersOf } from './effective-qualifiers.js';
import { at, type Findings, key } from './findings.js';
import { replaced, withSuperclass } from './fixes.js';
import { type Hierarchy } from './hierarchy.js';
import { flag } from './qualifiers.js';
import { type ClassSymbol } from './symbols.js';

/** WMIEvent stands between a driver's events and the class of all extrinsic events. */
export function warnAboutEventBase(
  { source, node, class: { name } }: ClassSymbol,
  report: Findings,
): void {
  const { superclass } = node;
  if (superclass === undefined || !['__extrinsicevent', '__event'].includes(key(superclass))) {
    return;
  }
  report.add(
    'MOF2012',
    at(source, superclass),
    `the event '${name}' derives from '${superclass.name}' itself, so who listens for WMIEvent does not see it`,
    { help: 'derive it from WMIEvent', fixes: [replaced(at(source, superclass), 'WMIEvent')] },
  );
}

/** What only an event has a use for. */
const OF_EVENTS = ['WmiEventTrigger', 'WmiEventRate'] as const;

/** The word Event at the end of a name; Prevent is another one. */
const NAME_OF_EVENT = /Event$|(?:^|_)event$|(?:^|[^A-Z])EVENT$/;

/** Warns about a data block that its text shows to be meant for an event. */
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
  const sign = entry === undefined ? 'its name says' : `${entry.name} on an item says`;
  report.add(
    'MOF2015',
    location,
    `'${name}' is an event, as ${sign}, but does not derive from WMIEvent, so it is registered as a data block`,
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
    `'${name}' is an abstract class of events, but WMIEvent is the only one that there may be`,
    { help: 'derive each event from WMIEvent itself' },
  );
}
