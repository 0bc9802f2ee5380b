/**
 * What every stage reports: a diagnostic with a stable code, a severity, a place and a way out.
 *
 * This module is plain data and must not know how diagnostics are shown or which stage made them.
 */
import { type Span } from '../../grammar/ast.js';
import { originOf, verbatimPlace, writtenPlace } from '../source/composition.js';
import { type SourceFile } from '../source/source-file.js';
import { DIAGNOSTICS, type DiagnosticCode, type Severity } from './codes.js';

/** A place in a source file. In a diagnostic it is where something was written, before macros were replaced. */
export interface Location {
  readonly source: SourceFile;
  readonly span: Span;
}

/** A second place that explains the first, such as "first used here". */
export interface Related {
  readonly location: Location;
  readonly message: string;
}

/** One change of a text: what is at `location` gives way to `newText`; an empty span is a place to insert at. */
export interface Edit {
  readonly location: Location;
  readonly newText: string;
}

/**
 * A way out that an editor can apply. Edits do not overlap, may be in several files, and refer to the texts as they are before
 * any of them is applied.
 */
export interface Fix {
  /** What it does, starting with a verb in lower case, without a full stop: `write 'uint32'`. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** One finding. Its severity comes from the table in codes.ts. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One line, starting in lower case, without a full stop. */
  readonly message: string;
  /** `undefined` only for findings that have no place in a text, such as an unreadable file. */
  readonly location: Location | undefined;
  readonly related: readonly Related[];
  /** What to write instead. */
  readonly help: string | undefined;
  /** Ways out that need no further thought, the likeliest first; often none. Each resolves the finding alone. */
  readonly fixes: readonly Fix[];
}

/** What a stage returns: its value and everything it found. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes a diagnostic of `code`; message and help are the caller's, the severity is the table's. Places in a text that
 * the preprocessor made are shown where they were written, with the macro or the directive that brought them there.
 */
export function diagnostic(
  code: DiagnosticCode,
  location: Location | undefined,
  message: string,
  details: {
    readonly help?: string | undefined;
    readonly related?: readonly Related[];
    readonly fixes?: readonly Fix[] | undefined;
  } = {},
): Diagnostic {
  const origin = location && originOf(location);
  return {
    code,
    severity: DIAGNOSTICS[code].severity,
    message: cut(message),
    location: origin?.place,
    related: [
      ...(details.related ?? []).map((each) => ({
        location: writtenPlace(each.location),
        message: cut(each.message),
      })),
      ...(origin?.notes ?? []).map(({ place, message: note }) => ({
        location: place,
        message: cut(note),
      })),
    ],
    help: details.help && cut(details.help),
    fixes: (details.fixes ?? []).flatMap(writtenFix),
  };
}

/** The fix in the texts that a person wrote, or nothing: what a macro stands for cannot be changed where it is used. */
function writtenFix({ title, edits }: Fix): readonly Fix[] {
  const written: Edit[] = [];
  for (const { location, newText } of edits) {
    const place = verbatimPlace(location);
    if (place === undefined) return [];
    written.push({ location: place, newText });
  }
  return [{ title: cut(title), edits: written }];
}

/** A message names what it is about, and a MOF text can have names and strings of megabytes. */
const LONGEST = 1000;

function cut(message: string): string {
  return message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
}

/** Whether any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(isError);
}

export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
