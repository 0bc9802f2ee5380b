/**
 * From parsed declarations to the semantic model: the stage that decides what a MOF means.
 *
 *   collect -> hierarchy -> data items -> embedding order -> layout -> methods -> model
 *
 * It never changes its input and must not know targets. What it reports comes in the order of the text.
 */
import { type CompilationUnit } from '../compilation.js';
import { type Diagnostic, isError, type Location, type Result } from '../diagnostics/diagnostic.js';
import { type Losses, NO_LOSSES } from '../losses.js';
import { buildBlocks, NO_CHOICES } from './blocks.js';
import { checkDeclarations } from './declarations.js';
import { builtInClass } from './builtin-classes.js';
import { inEmbeddingOrder } from './embedding.js';
import { laidOutClasses } from './laid-out-classes.js';
import { findings, key } from './findings.js';
import { ancestry, buildHierarchy, reportUnknownSuperclasses } from './hierarchy.js';
import { withoutReferences } from '../references.js';
import { collectClasses } from './merge.js';
import { type BlockChoices, type Model } from './model.js';
import { warnAboutUnregistered } from './unregistered.js';
import { checkItemQualifiers } from './item-qualifiers.js';
import { warnAboutLateClasses } from './declaration-order.js';
import { checkNames } from './names.js';
import { checkDirectives } from './directives.js';
import { checkPlainValues } from './plain-values.js';
import {
  type MisspelledQualifier,
  warnAboutMisspelledQualifiers,
  withoutConsequences,
} from './misspelled-qualifiers.js';
import { checkRegisteredClasses } from './registered-classes.js';
import { reportForbiddenOverrides, reportUnreaching } from './unreaching-qualifiers.js';
import { reportGuids, roleOf } from './wmi-classes.js';

export interface ResolveOptions {
  /** Whether collecting the data of the class costs something (DataBlock.expensive); by default no class's does. */
  readonly isExpensive?: (className: string) => boolean;
  /** How instances of the class are treated; by default nothing is chosen. */
  readonly choicesOf?: (className: string) => BlockChoices;
}

export interface Resolved extends Result<Model> {
  /** The names of classes that have no block because of an error. */
  readonly broken: readonly string[];
}

/** Resolves a compilation. With an error among the diagnostics, what concerns the faulty classes is missing from the model. */
export function resolve(
  unit: CompilationUnit,
  { isExpensive = () => false, choicesOf = () => NO_CHOICES }: ResolveOptions = {},
): Resolved {
  const report = findings();
  checkDirectives(unit, report);
  const misspelled = warnAboutMisspelledQualifiers(unit, report);
  const classes = collectClasses(unit, report);
  const hierarchy = buildHierarchy(classes, unit.losses, report);
  const laidOut = laidOutClasses(classes, hierarchy, unit.references, report);
  reportUnknownSuperclasses(hierarchy, laidOut.keys(), report);
  checkDeclarations(classes, laidOut, hierarchy, unit.losses, report);
  reportGuids(laidOut.keys(), hierarchy, report);
  warnAboutUnregistered(classes, laidOut, hierarchy, report);
  checkRegisteredClasses(laidOut.values(), hierarchy, report);
  reportUnreaching(laidOut.values(), hierarchy, report);
  reportForbiddenOverrides(laidOut.values(), hierarchy, report);
  checkNames(laidOut.keys(), report);
  checkItemQualifiers(laidOut.values(), hierarchy, report);
  checkPlainValues(unit, classes, laidOut, hierarchy, report);
  const order = inEmbeddingOrder(laidOut, classes, report);
  // Classes that embed each other cannot be put in order: that was reported.
  if (!report.has('MOF2303')) warnAboutLateClasses(laidOut.values(), classes, hierarchy, report);
  const blocks = buildBlocks(
    order,
    classes,
    hierarchy,
    unit.losses,
    { isExpensive, choicesOf },
    report,
  );
  const found = withoutFollowOns(report.inTextOrder(unit.filesRead), unit.losses, misspelled);
  const neededNames = () =>
    new Set(
      [...laidOut.keys()]
        .flatMap((symbol) => ancestry(symbol, hierarchy))
        .map((symbol) => key(symbol.class.name)),
    );
  const diagnostics = withoutReferences(found, unit, neededNames);
  return {
    value: {
      classes: [...classes.values()]
        .filter((symbol) => !unit.references.has(symbol.source) || laidOut.has(symbol))
        .map((symbol) => symbol.class)
        .filter(({ name }) => builtInClass(name) === undefined),
      blocks: [...laidOut.keys()].flatMap((symbol) => blocks.get(symbol) ?? []),
      errors: diagnostics.filter(isError),
    },
    diagnostics,
    broken: [...laidOut].flatMap(([symbol, { data }]) =>
      !blocks.has(symbol) && (data.isBroken || roleOf(symbol, hierarchy) !== 'structure')
        ? symbol.class.name
        : [],
    ),
  };
}

/** Drops findings that another one explains. */
function withoutFollowOns(
  found: readonly Diagnostic[],
  losses: Losses,
  misspelled: readonly MisspelledQualifier[],
): readonly Diagnostic[] {
  const explained = new Set(
    found.flatMap(({ code, related }) =>
      code === 'MOF2313' ? related.map(({ location }) => placeOf(location)) : [],
    ),
  );
  const told = withoutConsequences(found, misspelled);
  const isAlone = losses === NO_LOSSES && told.every(({ code }) => code === IMPROVEMENT);
  return told.filter(
    (each) =>
      (each.code !== IMPROVEMENT || isAlone) &&
      !(losses.mayDefine && OF_MACROS.has(each.code)) &&
      // The array that needs its value is reported, and names it.
      !(each.code === 'MOF2201' && each.location && explained.has(placeOf(each.location))) &&
      !follows(each, losses),
  );
}

function placeOf({ source, span }: Location): string {
  return `${span.start} ${source.name}`;
}

/** Whether a fault of the text, which is reported where it is, may be the cause. */
function follows({ code, location, related }: Diagnostic, { isSpoiled }: Losses): boolean {
  if (location !== undefined && isSpoiled(location)) return true;
  // Two declarations are compared: it does not matter which is broken.
  return OF_PAIRS.has(code) && related.some((each) => isSpoiled(each.location));
}

const OF_PAIRS: ReadonlySet<string> = new Set(['MOF2001', 'MOF2205', 'MOF2208']);

/** Other faults change layouts: a better order is told when there are none. */
const IMPROVEMENT = 'MOF2404';

/** A macro that was lost leaves its name where a value should be. */
const OF_MACROS: ReadonlySet<string> = new Set(['MOF2108', 'MOF2109', 'MOF2606']);
