/**
 * Comments in a MOF file that say which findings to leave out: `// mofgen-allow MOF2203, MOF2402: why`.
 *
 * Behind something on its line a comment is about that line, else about the declaration that follows it. It knows places
 * only, and must not know what any code means.
 */
import { type Span } from '../grammar/ast.js';
import { byStart, type MarkedComment, markedComments } from './comments.js';
import { type CompilationUnit } from './compilation.js';
import { type DiagnosticCode } from './diagnostics/codes.js';
import { type Diagnostic, diagnostic } from './diagnostics/diagnostic.js';
import { isAllowable, isCode } from './diagnostics/policy.js';
import { type SourceFile } from './source/source-file.js';
import { addTo } from './lists.js';

/** What the comments of a compilation allow. */
export interface Allowances {
  /** The findings that no comment leaves out. */
  readonly withoutAllowed: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** Comments that say nothing that can be followed. */
  readonly faults: readonly Diagnostic[];
  /** Those that left nothing out so far. */
  readonly idle: () => readonly Diagnostic[];
}

const NONE: Allowances = {
  withoutAllowed: (diagnostics) => diagnostics,
  faults: [],
  idle: () => [],
};
const MARK = 'mofgen-allow';

interface Allowance {
  readonly code: DiagnosticCode;
  readonly source: SourceFile;
  /** Where the code stands in the comment. */
  readonly span: Span;
  /** What the comment is about. */
  readonly about: Span | undefined;
  isUsed: boolean;
}

export function allowancesOf(unit: CompilationUnit): Allowances {
  const comments = markedComments(unit, MARK);
  if (comments.length === 0) return NONE;
  const faults: Diagnostic[] = [];
  const all = comments.flatMap((comment) => allowancesIn(comment, faults));
  return {
    withoutAllowed(diagnostics) {
      const leftOut = leaveOut(all, diagnostics);
      return diagnostics.filter((each) => !leftOut.has(each));
    },
    faults,
    idle: () => all.filter(isIdle).map(idleDiagnostic),
  };
}

function allowancesIn(
  { source, span: comment, about }: MarkedComment,
  faults: Diagnostic[],
): readonly Allowance[] {
  const text = source.text.slice(comment.start, comment.end);
  const begin = text.indexOf(MARK) + MARK.length;
  // What stands behind a colon is for people.
  const [list = ''] = text.slice(begin).split(':');
  const words = [...list.matchAll(/[^\s,]+/g)];
  if (words.length === 0) {
    faults.push(fault(source, comment, `${MARK} names no code`));
  }
  return words.flatMap(({ 0: word, index }) => {
    const start = comment.start + begin + index;
    const span = { start, end: start + word.length };
    const code = word.toUpperCase();
    if (!isCode(code)) {
      faults.push(fault(source, span, `${MARK} names '${word}', which is no code`));
      return [];
    }
    if (!isAllowable(code)) {
      faults.push(fault(source, span, `${MARK} names ${code}, an error that cannot be left out`));
      return [];
    }
    return [{ code, source, span, about, isUsed: false }];
  });
}

/** The allowances of one code that are about the same place. */
interface Subject {
  readonly about: Span;
  readonly allowances: Allowance[];
}

/** The diagnostics that some allowance leaves out; the allowances that do are used from then on. */
function leaveOut(
  allowances: readonly Allowance[],
  diagnostics: readonly Diagnostic[],
): ReadonlySet<Diagnostic> {
  const leftOut = new Set<Diagnostic>();
  const subjects = subjectsOf(allowances);
  const found = new Map<string, Diagnostic[]>();
  for (const each of diagnostics) {
    if (each.location === undefined) continue;
    const id = idOf(each.code, each.location.source);
    if (!subjects.has(id)) continue;
    addTo(found, id, each);
  }
  for (const [id, all] of found) leaveOutOf(all, subjects.get(id) ?? [], leftOut);
  return leftOut;
}

/** Goes through findings of one code and file, and the places that are allowed to have them, side by side. */
function leaveOutOf(
  found: readonly Diagnostic[],
  subjects: readonly Subject[],
  leftOut: Set<Diagnostic>,
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
    leftOut.add(each);
    for (const { allowances } of open) {
      // They are used together.
      if (allowances[0]?.isUsed === true) continue;
      for (const allowance of allowances) allowance.isUsed = true;
    }
  }
}

function startOf({ location }: Diagnostic): number {
  return location?.span.start ?? 0;
}

function subjectsOf(allowances: readonly Allowance[]): ReadonlyMap<string, readonly Subject[]> {
  const byId = new Map<string, Map<string, Subject>>();
  for (const allowance of allowances) {
    const { code, source, about } = allowance;
    if (about === undefined) continue;
    const id = idOf(code, source);
    const subjects = byId.get(id) ?? new Map<string, Subject>();
    byId.set(id, subjects);
    const place = `${about.start} ${about.end}`;
    const subject = subjects.get(place);
    if (subject === undefined) subjects.set(place, { about, allowances: [allowance] });
    else subject.allowances.push(allowance);
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

/**
 * What targets find depends on which are asked, and an improvement is told when nothing else is: an allowance for those may
 * wait for another run.
 */
function isIdle({ isUsed, code }: Allowance): boolean {
  return !isUsed && !code.startsWith('MOF3') && code !== 'MOF2404';
}

function idleDiagnostic({ code, source, span, about }: Allowance): Diagnostic {
  const what = about === undefined ? 'nothing follows it' : 'there is nothing to leave out';
  return diagnostic('MOF1901', { source, span }, `${MARK} ${code} is not needed: ${what}`, {
    help: 'take it away',
  });
}

function fault(source: SourceFile, span: Span, message: string): Diagnostic {
  return diagnostic('MOF1902', { source, span }, message, {
    help: `write // ${MARK} and the code of a warning, such as MOF2203`,
  });
}
