/**
 * Comments in a MOF file that say which findings to leave out: `// mofgen-allow MOF2203, MOF2402: why`.
 *
 * Behind something on its line a comment is about that line, else about the declaration that follows it. It knows places
 * only, and must not know what any code means.
 */
import { type MofProduction, type Span } from '../grammar/ast.js';
import { scanBlockComment, scanChar, scanString } from '../grammar/scanning.js';
import { type CompilationUnit } from './compilation.js';
import { type DiagnosticCode } from './diagnostics/codes.js';
import { type Diagnostic, diagnostic } from './diagnostics/diagnostic.js';
import { isAllowable, isCode } from './diagnostics/policy.js';
import { writtenPlace } from './source/composition.js';
import { lineStarts, positionAt, type SourceFile } from './source/source-file.js';

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
  const faults: Diagnostic[] = [];
  const all = sources.flatMap((source) =>
    commentsOf(source).flatMap((comment) =>
      allowancesIn(comment, source, written.get(source) ?? [], faults),
    ),
  );
  return {
    withoutAllowed: (diagnostics) =>
      diagnostics.filter((each) => {
        const matching = all.filter((allowance) => isAbout(allowance, each));
        for (const allowance of matching) allowance.isUsed = true;
        return matching.length === 0;
      }),
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

/** The places of all declarations, by the file in which they were written. */
function declarationsOf({ productions }: CompilationUnit): ReadonlyMap<SourceFile, Span[]> {
  const found = new Map<SourceFile, Span[]>();
  for (const { source, node } of productions) {
    for (const span of spansIn(node)) {
      const place = writtenPlace({ source, span });
      const spans = found.get(place.source);
      if (spans === undefined) found.set(place.source, [place.span]);
      else spans.push(place.span);
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
      const stop = lineEnd(text, index);
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

function lineEnd(text: string, offset: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = offset;
  return found.exec(text)?.index ?? text.length;
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
  let next: Span | undefined;
  for (const each of declarations) {
    if (each.start < comment.end) continue;
    const isNearer = next === undefined || each.start < next.start;
    if (isNearer || (each.start === next?.start && each.end > next.end)) next = each;
  }
  return next;
}

function isAbout({ code, source, about }: Allowance, { location, ...each }: Diagnostic): boolean {
  if (each.code !== code || about === undefined || location?.source !== source) return false;
  return location.span.start >= about.start && location.span.start < about.end;
}

/** What targets find depends on which are asked, so an allowance for it may wait for another run. */
function isIdle({ isUsed, code }: Allowance): boolean {
  return !isUsed && !code.startsWith('MOF3');
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
