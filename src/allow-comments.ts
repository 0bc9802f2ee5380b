/**
 * Comments in a MOF file that say which findings to leave out: `// mofgen-allow MOF2203, MOF2402: why`.
 *
 * Behind something on its line a comment is about that line, else about the declaration that follows it. It knows places
 * only, and must not know what any code means.
 */
import { type MofProduction, type Span } from '../grammar/ast.js';
import { endOfLine, scanBlockComment, scanChar, scanString } from '../grammar/scanning.js';
import { type CompilationUnit } from './compilation.js';
import { type DiagnosticCode } from './diagnostics/codes.js';
import { type Diagnostic, diagnostic } from './diagnostics/diagnostic.js';
import { isAllowable, isCode } from './diagnostics/policy.js';
import { writtenPlace } from './source/composition.js';
import { lineStarts, positionAt, type SourceFile } from './source/source-file.js';
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
  const sources = [...writtenSources(unit)].filter(({ text }) => text.includes(MARK));
  if (sources.length === 0) return NONE;
  const written = declarationsOf(unit);
  for (const spans of written.values()) spans.sort(byStart);
  const faults: Diagnostic[] = [];
  const all = sources.flatMap((source) =>
    commentsOf(source).flatMap((comment) =>
      allowancesIn(comment, source, written.get(source) ?? [], faults),
    ),
  );
  return {
    withoutAllowed(diagnostics) {
      const leftOut = leaveOut(all, diagnostics);
      return diagnostics.filter((each) => !leftOut.has(each));
    },
    faults,
    idle: () => all.filter(isIdle).map(idleDiagnostic),
  };
}

/** The files that a person wrote: the input, and those in which something is declared. */
function writtenSources({ main, productions }: CompilationUnit): ReadonlySet<SourceFile> {
  const parsed = new Set(productions.map(({ source }) => source));
  return new Set([
    main,
    ...[...parsed].flatMap((source) => source.composition?.map((part) => part.source) ?? [source]),
  ]);
}

/** The outer one first of those that begin at one place. */
function byStart(one: Span, other: Span): number {
  return one.start - other.start || other.end - one.end;
}

/** The places of all declarations, by the file in which they were written. */
function declarationsOf({ productions }: CompilationUnit): ReadonlyMap<SourceFile, Span[]> {
  const found = new Map<SourceFile, Span[]>();
  for (const { source, node } of productions) {
    for (const span of spansIn(node)) {
      const place = writtenPlace({ source, span });
      addTo(found, place.source, place.span);
    }
  }
  return found;
}

function spansIn(node: MofProduction): readonly Span[] {
  if (node.kind !== 'ClassDeclaration') return [node.span];
  return [
    node.span,
    ...(node.features ?? []).flatMap((feature) => [
      feature.span,
      ...(feature.kind === 'MethodDeclaration' ? feature.parameters.map(({ span }) => span) : []),
    ]),
  ];
}

/** The line comments that begin with the mark. Strings and other comments may hold the same text. */
function commentsOf({ text }: SourceFile): readonly Span[] {
  const found: Span[] = [];
  const end = text.lastIndexOf(MARK);
  const interesting = /["']|\/[/*]/g;
  for (
    let match = interesting.exec(text);
    match !== null && match.index < end;
    match = interesting.exec(text)
  ) {
    const { index } = match;
    if (match[0] === '//') {
      const stop = endOfLine(text, index);
      const comment = { start: index, end: stop };
      if (
        text
          .slice(index + 2, stop)
          .trimStart()
          .startsWith(MARK)
      )
        found.push(comment);
      interesting.lastIndex = stop;
    } else {
      const [skipped] = scanBlockComment(text, index) ??
        scanString(text, index) ??
        scanChar(text, index) ?? [match[0]];
      interesting.lastIndex = index + skipped.length;
    }
  }
  return found;
}

function allowancesIn(
  comment: Span,
  source: SourceFile,
  declarations: readonly Span[],
  faults: Diagnostic[],
): readonly Allowance[] {
  const text = source.text.slice(comment.start, comment.end);
  const begin = text.indexOf(MARK) + MARK.length;
  // What stands behind a colon is for people.
  const [list = ''] = text.slice(begin).split(':');
  const about = subjectOf(comment, source, declarations);
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

/** The line of a comment that stands behind something, else the declaration that begins next. */
function subjectOf(
  comment: Span,
  source: SourceFile,
  declarations: readonly Span[],
): Span | undefined {
  const { line } = positionAt(source, comment.start);
  const start = lineStarts(source)[line - 1] ?? 0;
  if (source.text.slice(start, comment.start).trim() !== '') return { start, end: comment.end };
  let low = 0;
  let high = declarations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((declarations[middle]?.start ?? Infinity) < comment.end) low = middle + 1;
    else high = middle;
  }
  return declarations[low];
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
