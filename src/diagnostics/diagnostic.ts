/** A diagnostic: a stable code, a severity, a place, a message, a help and fixes. */
import { type Span } from '../text/span.js';
import { originOf, verbatimPlace, writtenPlace } from '../text/composition.js';
import { type SourceFile } from '../text/source-file.js';
import { DIAGNOSTICS, type DiagnosticCode, type Severity } from './codes.js';

/** A place in a source file. In a diagnostic it is in the text as written, before macros were replaced. */
export interface Location {
  readonly source: SourceFile;
  readonly span: Span;
}

/** A second place that explains the first, such as "first used here". */
export interface Related {
  readonly location: Location;
  readonly message: string;
}

/** One change of a text: `newText` replaces the text at `location`; an empty span is a place to insert at. */
export interface Edit {
  readonly location: Location;
  readonly newText: string;
}

/**
 * A fix that an editor can apply. Edits do not overlap, may be in several files, and refer to the texts before any of them is
 * applied.
 */
export interface Fix {
  /** Starts with a verb in lower case, without a full stop: `write 'uint32'`. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** One finding. Its severity is that of the table in codes.ts, unless the choice of classes or a policy changes it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One line, starting in lower case, without a full stop. */
  readonly message: string;
  /** `undefined` only for findings without a place in a text, such as an unreadable file. */
  readonly location: Location | undefined;
  readonly related: readonly Related[];
  /** What to write instead. */
  readonly help: string | undefined;
  /** Fixes that need no further thought, the likeliest first; often empty. Each resolves the finding alone. */
  readonly fixes: readonly Fix[];
}

/** A value and the diagnostics that were found on the way to it. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes a diagnostic of `code`. A place in preprocessed text becomes the place as written, with the macro or the directive that
 * it comes from as related places.
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

/** The fix in the texts as written. None where a macro expands to the text: it cannot be changed where the macro is used. */
function writtenFix({ title, edits }: Fix): readonly Fix[] {
  const written: Edit[] = [];
  for (const { location, newText } of edits) {
    const place = verbatimPlace(location);
    if (place === undefined) return [];
    written.push({ location: place, newText });
  }
  return [{ title: cut(title), edits: written }];
}

/** Messages quote the text, and a MOF text can have names and strings of megabytes. */
const MAX_LENGTH = 1000;

function cut(message: string): string {
  return message.length > MAX_LENGTH ? `${message.slice(0, MAX_LENGTH)}…` : message;
}

/** Whether any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(isError);
}

export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
