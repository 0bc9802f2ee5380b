/**
 * Finds comments to mofgen in the files that a person wrote, and the subject of each: the declaration that follows, or the line
 * that it ends.
 */
import { type MofProduction } from '../../grammar/ast.js';
import { type Span } from '../text/span.js';
import { firstIndex } from '../text/binary-search.js';
import {
  endOfLine,
  scanBlockComment,
  scanChar,
  scanLineString,
  scanString,
} from '../text/scanning.js';
import { type CompilationUnit } from './compilation.js';
import { addTo } from '../text/lists.js';
import { writtenFiles, writtenPlace } from '../text/composition.js';
import { lineStarts, positionAt, type SourceFile } from '../text/source-file.js';

/** A line comment that begins with a mark. */
export interface MarkedComment {
  readonly source: SourceFile;
  readonly span: Span;
  /** Its subject; `undefined` when no declaration follows. */
  readonly about: Span | undefined;
}

/** The comments of a compilation that begin with `mark`, in the order of the texts. */
export function markedComments(unit: CompilationUnit, mark: string): readonly MarkedComment[] {
  const sources = [...writtenSources(unit)].filter(({ text }) => text.includes(mark));
  if (sources.length === 0) return [];
  const written = declarationsOf(unit);
  for (const spans of written.values()) spans.sort(byStart);
  // A string may go over line ends. After a syntax error a quote may be missing, so that its end is where the next one begins.
  const scan = unit.losses.isWhole ? scanString : scanLineString;
  return sources.flatMap((source) =>
    commentsOf(source, mark, scan).map((span) => ({
      source,
      span,
      about: subjectOf(span, source, written.get(source) ?? []),
    })),
  );
}

/** The files that a person wrote: the input, and those in which something is declared. */
function writtenSources({ main, productions }: CompilationUnit): ReadonlySet<SourceFile> {
  const parsed = new Set(productions.map(({ source }) => source));
  return new Set([main, ...[...parsed].flatMap(writtenFiles)]);
}

/** The outer one first of those that begin at one place. */
export function byStart(one: Span, other: Span): number {
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
function commentsOf({ text }: SourceFile, mark: string, scan: typeof scanString): readonly Span[] {
  const found: Span[] = [];
  const end = text.lastIndexOf(mark);
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
          .startsWith(mark)
      )
        found.push(comment);
      interesting.lastIndex = stop;
    } else {
      const [skipped] = scanBlockComment(text, index) ??
        scan(text, index) ??
        scanChar(text, index) ?? [match[0]];
      interesting.lastIndex = index + skipped.length;
    }
  }
  return found;
}

/** The line of a comment that follows code on it, else the declaration that begins next. */
function subjectOf(
  comment: Span,
  source: SourceFile,
  declarations: readonly Span[],
): Span | undefined {
  const { line } = positionAt(source, comment.start);
  const start = lineStarts(source)[line - 1] ?? 0;
  if (source.text.slice(start, comment.start).trim() !== '') return { start, end: comment.end };
  const next = firstIndex(
    declarations.length,
    (index) => (declarations[index]?.start ?? Infinity) >= comment.end,
  );
  return declarations[next];
}
