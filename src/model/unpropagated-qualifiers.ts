/**
 * Reports qualifiers that a class does not inherit because they lack ToSubclass, and forbidden overrides of qualifiers.
 *
 * WMI propagates a qualifier to derived classes only with the flavor ToSubclass ("Qualifier Flavors" of the WMI reference). A
 * reader that ignores flavors would compute another layout.
 */
import { nameKey } from '../text/name-key.js';
import { type Fix } from '../diagnostics/diagnostic.js';
import { addTo } from '../text/lists.js';
import {
  type Declared,
  type EffectiveMember,
  methodsOf,
  propertiesOf,
  qualifiersOf,
} from './effective-qualifiers.js';
import { type Findings } from './findings.js';
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
/** Other qualifiers that affect the data or the access, with the type of their value. */
const RELEVANT = [
  ['WmiSizeIs', 'string'],
  ['MaxLen', 'bigint'],
  ['Max', 'bigint'],
  [ACCESS, 'boolean'],
] as const;

/** Whether a base class gives the member an id that the class does not inherit. */
export function hasUnpropagatedId(member: Member, name: (typeof IDS)[number]): boolean {
  return unpropagatedIn(member, name) !== undefined;
}

/** The nearest declaration whose id the class does not inherit. */
function unpropagatedIn(
  { qualifiers, declarations }: Member,
  name: (typeof IDS)[number],
): Declared<unknown> | undefined {
  if (qualifiers.has(name)) return undefined;
  return declarations.findLast((each) => each.qualifiers.has(name));
}

/** Reports the qualifiers that classes with data do not inherit: one finding for each base class. */
export function reportUnpropagated(
  laidOut: Iterable<LaidOutClass>,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  for (const { symbol, isEmbedded } of laidOut) {
    if (!inherits(symbol, hierarchy)) continue;
    const role = roleOf(symbol, hierarchy);
    const properties = propertiesOf(symbol, hierarchy);
    if (role === 'dataBlock') {
      reportUnpropagatedOf(symbol, [...properties, ...methodsOf(symbol, hierarchy)], report);
    } else if (role === 'event' || isEmbedded) reportUnpropagatedOf(symbol, properties, report);
  }
}

function reportUnpropagatedOf(
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

/** A qualifier of a member that the class does not inherit. */
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
    const from = unpropagatedIn(member, id);
    const entry = from?.qualifiers.entry(id);
    // A value of another type is reported with the qualifiers.
    if (from !== undefined && typeof entry?.value === 'bigint') {
      lost.push({ owner: from.owner, member: name, entry });
    }
  }
  const last = declarations.at(-1);
  // A declaration in the class itself is explicit.
  if (last === undefined || last.owner === symbol || !last.qualifiers.has('WmiDataId')) return lost;
  for (const [other, type] of RELEVANT) {
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
  const ofBytes = lost.filter(({ entry }) => nameKey(entry.name) !== nameKey(ACCESS));
  const [first = lost[0], ...others] = ofBytes;
  if (first === undefined) return;
  const isAccess = ofBytes.length === 0;
  const count = isAccess ? lost.length - 1 : others.length;
  const more = count === 0 ? '' : `, nor ${count} more qualifiers of '${owner.class.name}'`;
  const words = `'${symbol.class.name}' does not inherit ${first.entry.name} of '${first.member}'${more}`;
  report.add(
    isAccess ? 'MOF2216' : 'MOF2215',
    first.entry.location,
    isAccess
      ? `${words}, so '${first.member}' is read-only there`
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
    // An explicit flavor against propagation is intended.
    if (entry.flavors.some((flavor) => /^(?:nottosubclass|restricted)$/i.test(flavor))) return [];
    const flavor = entry.flavors.length === 0 ? ' : ToSubclass' : ' ToSubclass';
    return appended(entry.location, flavor).edits;
  });
  return { title: 'add the flavor ToSubclass', edits };
}

/** Reports qualifiers of a class and its members that override one with DisableOverride by another value. */
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

/** Most classes of drivers have no superclass with members, so the search is skipped. */
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
      `'${entry.name}' is ${valueWords(entry.value)} here, but the base class fixes it to ${valueWords(counting.value)}`,
      {
        help: `remove it: with the flavor DisableOverride, a derived class cannot change it`,
        related: [{ location: counting.location, message: 'with DisableOverride here' }],
      },
    );
  }
}
