/** Drops diagnostics of the model that another one explains: a syntax error, a misspelled qualifier, or one about the same item. */
import { rowOf, stageOf } from './codes.js';
import { type Diagnostic, type Location } from './diagnostic.js';

/** Causes of diagnostics of the model that are not diagnostics themselves. */
export interface Causes {
  /** What syntax errors hid. */
  readonly losses: {
    readonly isWhole: boolean;
    readonly isSuspect: (location: Location) => boolean;
    readonly mayHideMacros: boolean;
  };
  readonly misspelled: readonly MisspelledQualifier[];
}

/** A declaration that lacks a qualifier, most likely because its name is misspelled. */
export interface MisspelledQualifier {
  /** What was meant, in lower case; several where they are equally close. */
  readonly likely: readonly string[];
  /** The declaration, or for a class its head. */
  readonly location: Location;
  /** The misspelled name, at which it is reported. */
  readonly name: Location;
}

export function withoutFollowOns(
  diagnostics: readonly Diagnostic[],
  { losses, misspelled }: Causes,
): readonly Diagnostic[] {
  const kept = withoutConsequences(diagnostics, misspelled);
  const explained = new Set(diagnostics.flatMap(explainedBy));
  const isAlone =
    losses.isWhole && kept.every(({ code }) => !isOfModel(code) || rowOf(code).isHint === true);
  return kept.filter((each) => {
    const { code, location } = each;
    if (!isOfModel(code)) return true;
    const { isHint, mayBeMacro } = rowOf(code);
    if (isHint === true && !isAlone) return false;
    if (mayBeMacro === true && losses.mayHideMacros) return false;
    if (location !== undefined && explained.has(idOf(code, location))) return false;
    return !placesOf(each).some(losses.isSuspect);
  });
}

function isOfModel(code: Diagnostic['code']): boolean {
  return stageOf(code).name === 'model';
}

/** Where a syntax error explains the diagnostic. */
function placesOf({ code, location, related }: Diagnostic): readonly Location[] {
  const others = rowOf(code).compares === true ? related.map((each) => each.location) : [];
  return [...(location === undefined ? [] : [location]), ...others];
}

function explainedBy({ code, related }: Diagnostic): readonly string[] {
  const { explainsAtRelated } = rowOf(code);
  if (explainsAtRelated === undefined) return [];
  return related.map(({ location }) => idOf(explainsAtRelated, location));
}

function idOf(code: string, { source, span }: Location): string {
  return `${code} ${span.start} ${source.name}`;
}

/**
 * Drops warnings that follow from a misspelled qualifier. An error stays, since the class lacks something because of it: it names the
 * misspelling, which is then not reported by itself.
 */
function withoutConsequences(
  diagnostics: readonly Diagnostic[],
  misspelled: readonly MisspelledQualifier[],
): readonly Diagnostic[] {
  if (misspelled.length === 0) return diagnostics;
  const dropped = new Set<Diagnostic>();
  const named = new Map<Diagnostic, Diagnostic>();
  const following = diagnostics.filter(({ code }) => rowOf(code).lacksQualifier !== undefined);
  for (const each of misspelled) {
    const consequences = following.filter((one) => isConsequence(one, each));
    const errors = consequences.filter(({ severity }) => severity === 'error');
    for (const one of consequences) if (one.severity !== 'error') dropped.add(one);
    const slip = diagnostics.find(
      ({ code, location }) => code === 'MOF2120' && isAt(location, each.name),
    );
    if (errors.length === 0 || slip === undefined) continue;
    dropped.add(slip);
    for (const error of errors) {
      const related = [{ location: each.name, message: slip.message }];
      const known = named.get(error) ?? error;
      named.set(error, { ...known, related: [...known.related, ...related] });
    }
  }
  return diagnostics.flatMap((each) => (dropped.has(each) ? [] : (named.get(each) ?? each)));
}

function isConsequence(
  { code, location, related }: Diagnostic,
  { likely, location: declaration }: MisspelledQualifier,
): boolean {
  const { lacksQualifier = [], explainsAtRelated } = rowOf(code);
  if (!likely.some((name) => lacksQualifier.includes(name))) return false;
  const others = explainsAtRelated === undefined ? [] : related.map((each) => each.location);
  return [...(location === undefined ? [] : [location]), ...others].some((place) =>
    isWithin(place, declaration),
  );
}

function isWithin({ source, span }: Location, outer: Location): boolean {
  return source === outer.source && outer.span.start <= span.start && span.end <= outer.span.end;
}

function isAt(location: Location | undefined, wanted: Location): boolean {
  return location !== undefined && isWithin(location, wanted) && isWithin(wanted, location);
}
