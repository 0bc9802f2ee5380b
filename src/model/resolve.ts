/**
 * Resolves parsed declarations into the semantic model.
 *
 *   collect -> hierarchy -> data items -> embedding order -> layout -> methods -> model
 *
 * It never changes its input.
 */
import { nameKey } from '../text/name-key.js';
import { type CompilationUnit } from '../compile/compilation.js';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { type MisspelledQualifier } from '../diagnostics/follow-ons.js';
import { buildBlocks, NO_CHOICES } from './blocks.js';
import { checkDeclarations } from './declarations.js';
import { builtInClass } from './builtin-classes.js';
import { inEmbeddingOrder } from './embedding.js';
import { laidOutClasses } from './laid-out-classes.js';
import { findings } from './findings.js';
import { ancestry, buildHierarchy, reportUnknownSuperclasses } from './hierarchy.js';
import { collectClasses } from './merge.js';
import { type BlockChoices, type Model } from './model.js';
import { warnAboutUnregistered } from './unregistered.js';
import { checkItemQualifiers } from './item-qualifiers.js';
import { warnAboutLateClasses } from './declaration-order.js';
import { checkNames } from './name-rules.js';
import { checkDirectives } from './directives.js';
import { checkPlainValues } from './plain-values.js';
import { warnAboutMisspelledQualifiers } from './misspelled-qualifiers.js';
import { checkRegisteredClasses } from './registered-classes.js';
import { reportForbiddenOverrides, reportUnpropagated } from './unpropagated-qualifiers.js';
import { reportGuids, roleOf } from './wmi-classes.js';

export interface ResolveOptions {
  /** Whether collecting the data of the class is costly (DataBlock.expensive); false by default. */
  readonly isExpensive?: (className: string) => boolean;
  /** How instances of the class are treated; undefined by default. */
  readonly choicesOf?: (className: string) => BlockChoices;
}

export interface Resolved {
  readonly value: Omit<Model, 'errors'>;
  /** As produced: diagnostics/finish.ts drops follow-ons. */
  readonly diagnostics: readonly Diagnostic[];
  /** The names of classes that have no block because of an error. */
  readonly broken: readonly string[];
  readonly misspelled: readonly MisspelledQualifier[];
  /** The names, in lower case, of the classes on which an emitted one depends. */
  readonly neededNames: () => ReadonlySet<string>;
}

/** Resolves a compilation. If there are errors, the model lacks the blocks of the classes with errors. */
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
  reportUnpropagated(laidOut.values(), hierarchy, report);
  reportForbiddenOverrides(laidOut.values(), hierarchy, report);
  checkNames(laidOut.keys(), report);
  checkItemQualifiers(laidOut.values(), hierarchy, report);
  checkPlainValues(unit, classes, laidOut, hierarchy, report);
  const order = inEmbeddingOrder(laidOut, classes, report);
  // Classes that embed each other have no order; that was reported.
  if (!report.has('MOF2303')) warnAboutLateClasses(laidOut.values(), classes, hierarchy, report);
  const blocks = buildBlocks(
    order,
    classes,
    hierarchy,
    unit.losses,
    { isExpensive, choicesOf },
    report,
  );
  return {
    value: {
      classes: [...classes.values()]
        .filter((symbol) => !unit.references.has(symbol.source) || laidOut.has(symbol))
        .map((symbol) => symbol.class)
        .filter(({ name }) => builtInClass(name) === undefined),
      blocks: [...laidOut.keys()].flatMap((symbol) => blocks.get(symbol) ?? []),
    },
    diagnostics: report.all(),
    misspelled,
    neededNames: () =>
      new Set(
        [...laidOut.keys()]
          .flatMap((symbol) => ancestry(symbol, hierarchy))
          .map((symbol) => nameKey(symbol.class.name)),
      ),
    broken: [...laidOut].flatMap(([symbol, { data }]) =>
      !blocks.has(symbol) && (data.isBroken || roleOf(symbol, hierarchy) !== 'structure')
        ? symbol.class.name
        : [],
    ),
  };
}
