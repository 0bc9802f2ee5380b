/**
 * A text with a name, and where its lines begin.
 *
 * Offsets are UTF-16 code units of `text`.
 */

import { firstFrom } from './binary-search.js';
import { type Composition, type WrittenPlace } from './composition.js';

/** The encodings that a MOF file may have; the text of a binary MOF is what it was decompiled to. */
export type Encoding =
  'utf-8' | 'utf-8 with BOM' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'binary MOF';

export interface SourceFile {
  /** The name that a person sees in diagnostics: the path as it was given, or `<stdin>`. */
  readonly name: string;
  /** The decoded text, without a byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  /** The parts of a composed text; absent for the text of a file. */
  readonly composition?: Composition;
  /** The directive that put this text into another one; absent for a text that was not included textually. */
  readonly includedAt?: WrittenPlace;
}

/** A place that a person can find: both count from 1; columns are UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The name before a line and a column; marks a decompiled text, in which they are counted. */
export function shownName({ name, encoding }: SourceFile): string {
  return encoding === 'binary MOF' ? `${name} (decompiled)` : name;
}

const lineStartsOf = new WeakMap<SourceFile, readonly number[]>();

/** The offsets at which the lines of `source` begin; LF, CRLF and a lone CR end a line. Computed once per file. */
export function lineStarts(source: SourceFile): readonly number[] {
  const known = lineStartsOf.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (const match of source.text.matchAll(/\r\n|\n|\r/g))
    starts.push(match.index + match[0].length);
  lineStartsOf.set(source, starts);
  return starts;
}

/** The offset of a line and a column, clamped to the text and to the line. */
export function offsetAt(source: SourceFile, { line, column }: Position): number {
  const starts = lineStarts(source);
  const start = starts[Math.max(0, line - 1)] ?? source.text.length;
  const next = starts[Math.max(1, line)] ?? source.text.length + 1;
  return Math.max(start, Math.min(start + column - 1, next - 1, source.text.length));
}

/** The line and column of `offset`, clamped to the text. */
export function positionAt(source: SourceFile, offset: number): Position {
  const starts = lineStarts(source);
  const wanted = Math.max(0, Math.min(offset, source.text.length));
  const line = firstFrom(starts, wanted + 1);
  return { line, column: wanted - (starts[line - 1] ?? 0) + 1 };
}
