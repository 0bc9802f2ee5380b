/**
 * Reports what a class does not inherit although its text looks so: qualifiers without ToSubclass, and values that a class may
 * not override. It must not know layouts.
 *
 * WMI propagates a qualifier to derived classes only with the flavor ToSubclass ("Qualifier Flavors" of the WMI reference). A
 * reader that ignores flavors would lay such a class out in another way.
 */
import { type Fix } from '../diagnostics/diagnostic.js';
import { addTo } from '../lists.js';
import {
  type Declared,
  type EffectiveMember,
  methodsOf,
  propertiesOf,
  qualifiersOf,
} from './effective-qualifiers.js';
import { type Findings, key } from './findings.js';
import { appended } from './fixes.js';
import { type Hierarchy } from './hierarchy.js';
import { type LaidOutClass } from './laid-out-classes.js';
import { type QualifierEntry, type QualifierSet } from './model.js';
import { sameValue, valueWords } from './qualifiers.js';
import { type ClassSymbol, type MethodSymbol, type PropertySymbol } from './symbols.js';
import { roleOf } from './wmi-classes.js';

type Member = EffectiveMember<PropertySymbol> | EffectiveMember<MethodSymbol>;

const IDS = ['WmiDataId', 'WmiMethodId'] as const;
const ACCESS = 'Write';
/** What else a data item loses, with the type of its value. */
const DECIDING = [
  ['WmiSizeIs', 'string'],
  ['MaxLen', 'bigint'],
  ['Max', 'bigint'],
  [ACCESS, 'boolean'],
] as const;

/** Whether a class above gives the member an id that does not reach the class. */
export function hasUnreachingId(member: Member, name: (typeof IDS)[number]): boolean {
  return unreachingIn(member, name) !== undefined;
}

/** The nearest declaration whose id does not reach the class. */
function unreachingIn(
  { qualifiers, declarations }: Member,
  name: (typeof IDS)[number],
): Declared<unknown> | undefined {
  if (qualifiers.has(name)) return undefined;
  return declarations.findLast((each) => each.qualifiers.has(name));
}

/** Reports what each class with data loses on the way from above: one finding for each class that it loses from. */
export function reportUnreaching(
  laidOut: Iterable<LaidOutClass>,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  for (const { symbol, isEmbedded } of laidOut) {
    if (!inherits(symbol, hierarchy)) continue;
    const role = roleOf(symbol, hierarchy);
    const properties = propertiesOf(symbol, hierarchy);
    if (role === 'dataBlock') {
      reportUnreachingOf(symbol, [...properties, ...methodsOf(symbol, hierarchy)], report);
    } else if (role === 'event' || isEmbedded) reportUnreachingOf(symbol, properties, report);
  }
}

function reportUnreachingOf(
  symbol: ClassSymbol,
  members: readonly Member[],
  report: Findings,
): void {
  const lost = new Map<ClassSymbol, Lost[]>();
  for (const member of members) {
    for (const each of lostBy(member, symbol)) addTo(lost, each.owner, each);
  }
  for (const [owner, all] of lost) reportLost(owner, all, symbol, report);
}

/** A qualifier of a member that does not reach the class. */
interface Lost {
  readonly owner: ClassSymbol;
  readonly member: string;
  readonly entry: QualifierEntry;
}

function lostBy(member: Member, symbol: ClassSymbol): readonly Lost[] {
  const { declarations, qualifiers } = member;
  const { name } = member.symbol;
  const lost: Lost[] = [];
  for (const id of IDS) {
    const from = unreachingIn(member, id);
    const entry = from?.qualifiers.entry(id);
    // Another value is reported with the qualifiers.
    if (from !== undefined && typeof entry?.value === 'bigint') {
      lost.push({ owner: from.owner, member: name, entry });
    }
  }
  const last = declarations.at(-1);
  // A declaration in the class itself says what it wants.
  if (last === undefined || last.owner === symbol || !last.qualifiers.has('WmiDataId')) return lost;
  for (const [other, type] of DECIDING) {
    const entry = last.qualifiers.entry(other);
    // A value of another type is reported with the qualifiers.
    if (entry === undefined || typeof entry.value !== type || qualifiers.has(other)) continue;
    if (entry.value === false) continue;
    lost.push({ owner: last.owner, member: name, entry });
  }
  return lost;
}

function reportLost(
  owner: ClassSymbol,
  lost: readonly Lost[],
  symbol: ClassSymbol,
  report: Findings,
): void {
  const ofBytes = lost.filter(({ entry }) => key(entry.name) !== key(ACCESS));
  const [first = lost[0], ...others] = ofBytes;
  if (first === undefined) return;
  const isAccess = ofBytes.length === 0;
  const count = isAccess ? lost.length - 1 : others.length;
  const more = count === 0 ? '' : `, nor do ${count} more qualifiers of '${owner.class.name}'`;
  const words = `${first.entry.name} of '${first.member}' does not reach '${symbol.class.name}'${more}`;
  report.add(
    isAccess ? 'MOF2216' : 'MOF2215',
    first.entry.location,
    isAccess
      ? `${words}, so it is read-only there`
      : `${words}: only a qualifier with the flavor ToSubclass is inherited`,
    {
      help: `write ${written(first.entry)} : ToSubclass, or declare '${first.member}' again in '${symbol.class.name}'`,
      fixes: [withToSubclass(lost)],
      related: [
        { location: symbol.class.location, message: `'${symbol.class.name}' derives from it` },
      ],
    },
  );
}

function written({ name, value }: QualifierEntry): string {
  return value === true ? name : `${name}(${valueWords(value)})`;
}

function withToSubclass(lost: readonly Lost[]): Fix {
  const edits = lost.flatMap(({ entry }) => {
    // A flavor that says the opposite is a decision.
    if (entry.flavors.some((flavor) => /^(?:nottosubclass|restricted)$/i.test(flavor))) return [];
    const flavor = entry.flavors.length === 0 ? ' : ToSubclass' : ' ToSubclass';
    return appended(entry.location, flavor).edits;
  });
  return { title: 'add the flavor ToSubclass', edits };
}

/** Reports qualifiers of a class and of what it declares that have another value than one above that may not be overridden. */
export function reportForbiddenOverrides(
  laidOut: Iterable<LaidOutClass>,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  for (const { symbol } of laidOut) {
    if (!inherits(symbol, hierarchy)) continue;
    reportForbidden(symbol.class.qualifiers, qualifiersOf(symbol, hierarchy), report);
    for (const member of [...propertiesOf(symbol, hierarchy), ...methodsOf(symbol, hierarchy)]) {
      if (member.symbol.owner !== symbol.class) continue;
      reportForbidden(member.symbol.qualifiers, member.qualifiers, report);
    }
  }
}

/** Most classes of drivers have no superclass with members: there is nothing to look for. */
function inherits(symbol: ClassSymbol, hierarchy: Hierarchy): boolean {
  return hierarchy.get(symbol)?.superclass !== undefined;
}

function reportForbidden(own: QualifierSet, effective: QualifierSet, report: Findings): void {
  for (const entry of own.entries) {
    const counting = effective.entry(entry.name);
    if (counting === undefined || counting.propagation.isOverridable) continue;
    if (own.entries.includes(counting)) continue;
    if (sameValue(counting.value, entry.value)) continue;
    report.add(
      'MOF2218',
      entry.location,
      `'${entry.name}' is ${valueWords(entry.value)} here, but the class above fixes it to ${valueWords(counting.value)}`,
      {
        help: `take it away; the flavor DisableOverride does not let a derived class change it`,
        related: [{ location: counting.location, message: 'with DisableOverride here' }],
      },
    );
  }
}
