/**
 * Unknown qualifiers whose names are close to a known one. An unknown name is legal and has no effect, so a slip drops the
 * qualifier without a finding. It must not know what qualifiers mean.
 */
import { type ClassFeature, type Qualifier, type Span } from '../../grammar/ast.js';
import { closestNames } from '../../grammar/likely-names.js';
import { MOST_PROBLEMS } from '../../grammar/problems.js';
import { FLAVORS, isFlavor } from '../../grammar/vocabulary.js';
import { type CompilationUnit } from '../compilation.js';
import { type Diagnostic, type Location } from '../diagnostics/diagnostic.js';
import { writtenPlace } from '../source/composition.js';
import { type SourceFile } from '../source/source-file.js';
import { at, type Findings, key } from './findings.js';
import { replaced } from './fixes.js';
import { isDocumentedQualifier } from './known-qualifiers.js';
import { qualifierNames, qualifierRow } from './qualifiers.js';

/** A declaration that lacks a qualifier, most likely because its name is misspelled. */
export interface MisspelledQualifier {
  /** What was meant, in lower case; several where they are equally close. */
  readonly likely: readonly string[];
  /** The declaration, or for a class its head. */
  readonly location: Location;
  /** The misspelled name. */
  readonly name: Location;
}

/** Warns about names that are probably slips. Gives as many of them as are shown. */
export function warnAboutMisspelledQualifiers(
  { productions }: CompilationUnit,
  report: Findings,
): readonly MisspelledQualifier[] {
  const declared = new Set(
    productions.flatMap(({ node }) =>
      node.kind === 'QualifierDeclaration' || node.kind === 'GlobalFlavor' ? [key(node.name)] : [],
    ),
  );
  const likelyOf = new Map<string, readonly string[]>();
  const likely = (name: string): readonly string[] => {
    const found = likelyOf.get(name) ?? (declared.has(name) ? [] : likelyQualifiers(name));
    likelyOf.set(name, found);
    return found;
  };
  const misspelled: MisspelledQualifier[] = [];
  const visit = (qualifiers: readonly Qualifier[], source: SourceFile, span: Span): void => {
    for (const { name } of qualifiers) {
      const wanted = likely(key(name));
      if (wanted.length === 0) continue;
      if (misspelled.length < MOST_PROBLEMS) {
        misspelled.push({
          likely: wanted.map(key),
          location: writtenPlace({ source, span }),
          name: writtenPlace(at(source, name)),
        });
      }
      // Those who write names in small letters go on with them.
      const isSmall = name.name === key(name);
      warnAbout(name, isSmall ? wanted.map(key) : wanted, source, report);
    }
  };
  for (const { node, source } of productions) {
    if (node.kind === 'ClassDeclaration') {
      visit(node.qualifiers, source, { start: node.span.start, end: node.name.span.end });
      for (const feature of node.features ?? []) visitFeature(feature, source, visit);
    }
    if (node.kind === 'InstanceDeclaration') {
      visit(node.qualifiers, source, node.span);
      for (const { qualifiers, span } of node.properties) visit(qualifiers, source, span);
    }
  }
  return misspelled;
}

function visitFeature(
  feature: ClassFeature,
  source: SourceFile,
  visit: (qualifiers: readonly Qualifier[], source: SourceFile, span: Span) => void,
): void {
  visit(feature.qualifiers, source, feature.span);
  if (feature.kind !== 'MethodDeclaration') return;
  for (const { qualifiers, span } of feature.parameters) visit(qualifiers, source, span);
}

/**
 * The names with a meaning that a slip or two lead to; none for a known one. Short names are often words of their own: two slips
 * would make Static of Status, one would make Max of Mac, so that three letters only change places.
 */
export function likelyQualifiers(name: string): readonly string[] {
  if (qualifierRow(name) !== undefined || isDocumentedQualifier(name) || isFlavor(name)) return [];
  if (name.length < 3) return [];
  const names = [...qualifierNames(), ...FLAVORS];
  if (name.length > 3) return closestNames(name, names, name.length < 8 ? 1 : 2);
  return names.filter((each) => letters(each) === letters(name));
}

function letters(name: string): string {
  return [...key(name)].sort().join('');
}

function warnAbout(
  name: { readonly name: string; readonly span: Span },
  likely: readonly string[],
  source: SourceFile,
  report: Findings,
): void {
  const location = at(source, name);
  const [only, second] = likely;
  const isOfFlavor = only !== undefined && isFlavor(only);
  report.add(
    'MOF2120',
    location,
    `unknown qualifier '${name.name}', which means nothing: ${isOfFlavor ? 'the flavor ' : ''}${likely.map((each) => `'${each}'`).join(' or ')} is probably meant`,
    {
      help: 'a qualifier of your own is declared: Qualifier Name : string, Scope(any);',
      fixes:
        only !== undefined && second === undefined && !isOfFlavor ? [replaced(location, only)] : [],
    },
  );
}

/** The findings that a missing qualifier leads to, by its name. */
const CONSEQUENCES: Readonly<Record<string, readonly string[]>> = {
  dynamic: ['MOF2110', 'MOF2112'],
  guid: ['MOF2105', 'MOF2110'],
  key: ['MOF2210'],
  max: ['MOF2316', 'MOF2317'],
  provider: ['MOF2111'],
  wmi: ['MOF2110'],
  wmidataid: ['MOF2201', 'MOF2205', 'MOF2313'],
  wmimethodid: ['MOF2501', 'MOF2205'],
  wmisizeis: ['MOF2316', 'MOF2317'],
};

const FOLLOWING: ReadonlySet<string> = new Set(Object.values(CONSEQUENCES).flat());

/**
 * The findings without those that only follow from a misspelling. An error stays, since the class lacks something because of it:
 * it names the misspelling, which is then not reported by itself.
 */
export function withoutConsequences(
  found: readonly Diagnostic[],
  misspelled: readonly MisspelledQualifier[],
): readonly Diagnostic[] {
  if (misspelled.length === 0) return found;
  const dropped = new Set<Diagnostic>();
  const named = new Map<Diagnostic, Diagnostic>();
  const following = found.filter(({ code }) => FOLLOWING.has(code));
  for (const each of misspelled) {
    const consequences = following.filter((one) => isConsequence(one, each));
    const errors = consequences.filter(({ severity }) => severity === 'error');
    for (const one of consequences) if (one.severity !== 'error') dropped.add(one);
    const slip = found.find(
      ({ code, location }) => code === 'MOF2120' && isAt(location, each.name),
    );
    if (errors.length === 0 || slip === undefined) continue;
    dropped.add(slip);
    for (const error of errors) {
      const related = [{ location: each.name, message: slip.message }];
      named.set(error, { ...error, related: [...error.related, ...related] });
    }
  }
  return found.flatMap((each) => (dropped.has(each) ? [] : (named.get(each) ?? each)));
}

function isConsequence(
  { code, location, related }: Diagnostic,
  { likely, location: declaration }: MisspelledQualifier,
): boolean {
  if (!likely.some((name) => CONSEQUENCES[name]?.includes(code) === true)) return false;
  const places = code === 'MOF2313' ? related.map((each) => each.location) : [];
  return [...(location === undefined ? [] : [location]), ...places].some((place) =>
    isWithin(place, declaration),
  );
}

function isWithin({ source, span }: Location, outer: Location): boolean {
  return source === outer.source && outer.span.start <= span.start && span.end <= outer.span.end;
}

function isAt(location: Location | undefined, wanted: Location): boolean {
  return location !== undefined && isWithin(location, wanted) && isWithin(wanted, location);
}
