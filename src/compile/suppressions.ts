/**
 * Suppression comments in a MOF file: `// mofgen-allow MOF2203, MOF2402: why`. A comment at the end of a line applies to that line, one
 * on a line of its own to the declaration after it.
 */
import { type Span } from '../text/span.js';
import { byStart, type MarkedComment, markedComments } from './comments.js';
import { type CompilationUnit } from './compilation.js';
import { type DiagnosticCode, rowOf, stageOf } from '../diagnostics/codes.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { type Suppressions } from '../diagnostics/finish.js';
import { isAllowable, isCode } from '../diagnostics/policy.js';
import { type SourceFile } from '../text/source-file.js';
import { addTo } from '../text/lists.js';

const NONE: Suppressions = {
  applySuppressions: (diagnostics) => diagnostics,
  invalid: [],
  unused: () => [],
};
const MARK = 'mofgen-allow';

interface Suppression {
  readonly code: DiagnosticCode;
  readonly source: SourceFile;
  /** The code in the comment. */
  readonly span: Span;
  /** What the comment applies to. */
  readonly about: Span | undefined;
  isUsed: boolean;
}

export function suppressionsOf(unit: CompilationUnit): Suppressions {
  const comments = markedComments(unit, MARK);
  if (comments.length === 0) return NONE;
  const invalid: Diagnostic[] = [];
  const all = comments.flatMap((comment) => suppressionsIn(comment, invalid));
  return {
    applySuppressions(diagnostics) {
      const suppressed = suppressedOf(all, diagnostics);
      return diagnostics.filter((each) => !suppressed.has(each));
    },
    invalid,
    unused: () => all.filter(isUnused).map(unusedDiagnostic),
  };
}

function suppressionsIn(
  { source, span: comment, about }: MarkedComment,
  invalid: Diagnostic[],
): readonly Suppression[] {
  const text = source.text.slice(comment.start, comment.end);
  const begin = text.indexOf(MARK) + MARK.length;
  // After a colon, the reason.
  const [list = ''] = text.slice(begin).split(':');
  const words = [...list.matchAll(/[^\s,]+/g)];
  if (words.length === 0) {
    invalid.push(invalidDiagnostic(source, comment, `${MARK} names no code`));
  }
  return words.flatMap(({ 0: word, index }) => {
    const start = comment.start + begin + index;
    const span = { start, end: start + word.length };
    const code = word.toUpperCase();
    if (!isCode(code)) {
      invalid.push(invalidDiagnostic(source, span, `${MARK} names '${word}', which is no code`));
      return [];
    }
    if (!isAllowable(code)) {
      invalid.push(
        invalidDiagnostic(source, span, `${MARK} names ${code}, an error that cannot be left out`),
      );
      return [];
    }
    return [{ code, source, span, about, isUsed: false }];
  });
}

/** The suppressions of one code that apply to the same place. */
interface Subject {
  readonly about: Span;
  readonly suppressions: Suppression[];
}

/** The diagnostics that are suppressed; marks the suppressions that do so as used. */
function suppressedOf(
  suppressions: readonly Suppression[],
  diagnostics: readonly Diagnostic[],
): ReadonlySet<Diagnostic> {
  const suppressed = new Set<Diagnostic>();
  const subjects = subjectsOf(suppressions);
  const found = new Map<string, Diagnostic[]>();
  for (const each of diagnostics) {
    if (each.location === undefined) continue;
    const id = idOf(each.code, each.location.source);
    if (!subjects.has(id)) continue;
    addTo(found, id, each);
  }
  for (const [id, all] of found) suppress(all, subjects.get(id) ?? [], suppressed);
  return suppressed;
}

/** Walks through the diagnostics of one code and file and the places where it is suppressed, both in the order of the text. */
function suppress(
  found: readonly Diagnostic[],
  subjects: readonly Subject[],
  suppressed: Set<Diagnostic>,
): void {
  let next = 0;
  let open: Subject[] = [];
  for (const each of found.toSorted((a, b) => startOf(a) - startOf(b))) {
    const at = startOf(each);
    for (
      let subject = subjects[next];
      subject !== undefined && subject.about.start <= at;
      subject = subjects[next]
    ) {
      open.push(subject);
      next += 1;
    }
    open = open.filter(({ about }) => about.end > at);
    if (open.length === 0) continue;
    suppressed.add(each);
    for (const { suppressions } of open) {
      // They are used together.
      if (suppressions[0]?.isUsed === true) continue;
      for (const suppression of suppressions) suppression.isUsed = true;
    }
  }
}

function startOf({ location }: Diagnostic): number {
  return location?.span.start ?? 0;
}

function subjectsOf(suppressions: readonly Suppression[]): ReadonlyMap<string, readonly Subject[]> {
  const byId = new Map<string, Map<string, Subject>>();
  for (const suppression of suppressions) {
    const { code, source, about } = suppression;
    if (about === undefined) continue;
    const id = idOf(code, source);
    const subjects = byId.get(id) ?? new Map<string, Subject>();
    byId.set(id, subjects);
    const place = `${about.start} ${about.end}`;
    const subject = subjects.get(place);
    if (subject === undefined) subjects.set(place, { about, suppressions: [suppression] });
    else subject.suppressions.push(suppression);
  }
  return new Map(
    [...byId].map(([id, subjects]) => [
      id,
      [...subjects.values()].sort((a, b) => byStart(a.about, b.about)),
    ]),
  );
}

/** Names identify files. */
function idOf(code: DiagnosticCode, { name }: SourceFile): string {
  return `${code} ${name}`;
}

/** Another run may use those of stages that vary, and those of hints. */
function isUnused({ isUsed, code }: Suppression): boolean {
  return !isUsed && stageOf(code).variesByRun !== true && rowOf(code).isHint !== true;
}

function unusedDiagnostic({ code, source, span, about }: Suppression): Diagnostic {
  const what = about === undefined ? 'nothing follows it' : 'there is nothing to leave out';
  return diagnostic('MOF1901', { source, span }, `${MARK} ${code} is not needed: ${what}`, {
    help: 'take it away',
  });
}

function invalidDiagnostic(source: SourceFile, span: Span, message: string): Diagnostic {
  return diagnostic('MOF1902', { source, span }, message, {
    help: `write // ${MARK} and the code of a warning, such as MOF2203`,
  });
}
