/**
 * Warns about unknown qualifiers whose names are close to a known one. An unknown name is legal and has no effect, so a
 * misspelled qualifier would be ignored without a finding.
 */
import { nameKey } from '../text/name-key.js';
import { type ClassFeature, type Qualifier } from '../../grammar/ast.js';
import { type Span } from '../text/span.js';
import { closestNames } from '../text/likely-names.js';
import { MAX_PROBLEMS } from '../../grammar/problems.js';
import { FLAVORS, isFlavor } from '../../grammar/vocabulary.js';
import { type CompilationUnit } from '../compile/compilation.js';
import { type MisspelledQualifier } from '../diagnostics/follow-ons.js';
import { writtenPlace } from '../text/composition.js';
import { type SourceFile } from '../text/source-file.js';
import { at, type Findings } from './findings.js';
import { replaced } from './fixes.js';
import { isDocumentedQualifier } from './known-qualifiers.js';
import { qualifierNames, qualifierRow } from './qualifiers.js';

/** Warns about names that are probably misspelled. Returns at most as many of them as are shown. */
export function warnAboutMisspelledQualifiers(
  { productions }: CompilationUnit,
  report: Findings,
): readonly MisspelledQualifier[] {
  const declared = new Set(
    productions.flatMap(({ node }) =>
      node.kind === 'QualifierDeclaration' || node.kind === 'GlobalFlavor'
        ? [nameKey(node.name)]
        : [],
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
      const wanted = likely(nameKey(name));
      if (wanted.length === 0) continue;
      if (misspelled.length < MAX_PROBLEMS) {
        misspelled.push({
          likely: wanted.map(nameKey),
          location: writtenPlace({ source, span }),
          name: writtenPlace(at(source, name)),
        });
      }
      // Suggest names in lower case to a writer who uses lower case.
      const isSmall = name.name === nameKey(name);
      warnAbout(name, isSmall ? wanted.map(nameKey) : wanted, source, report);
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
 * The known names within one or two typing errors; none for a known name. Short names are often other words: two errors turn
 * Status into Static, one turns Mac into Max. So for names of three letters only a swap counts.
 */
export function likelyQualifiers(name: string): readonly string[] {
  if (qualifierRow(name) !== undefined || isDocumentedQualifier(name) || isFlavor(name)) return [];
  if (name.length < 3) return [];
  const names = [...qualifierNames(), ...FLAVORS];
  if (name.length > 3) return closestNames(name, names, name.length < 8 ? 1 : 2);
  return names.filter((each) => letters(each) === letters(name));
}

function letters(name: string): string {
  return [...nameKey(name)].sort().join('');
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
    `unknown qualifier '${name.name}' has no effect: ${isOfFlavor ? 'the flavor ' : ''}${likely.map((each) => `'${each}'`).join(' or ')} is probably meant`,
    {
      help: 'if the name is intended, declare it: Qualifier Name : string, Scope(any);',
      fixes:
        only !== undefined && second === undefined && !isOfFlavor ? [replaced(location, only)] : [],
    },
  );
}
