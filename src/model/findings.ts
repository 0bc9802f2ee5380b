/** Collects the diagnostics of the resolving stages. */
import { type Span } from '../text/span.js';
import { type DiagnosticCode } from '../diagnostics/codes.js';
import {
  type Diagnostic,
  diagnostic,
  type Fix,
  type Location,
  type Related,
} from '../diagnostics/diagnostic.js';
import { boundedDiagnostics } from '../diagnostics/bounded.js';
import { type SourceFile } from '../text/source-file.js';

/** Collects diagnostics; a second one of the same code at the same place, or about the same subject, is dropped. */
export interface Findings {
  add(code: DiagnosticCode, location: Location, message: string, details?: Details): void;
  /** Whether something of that code was reported. */
  has(code: DiagnosticCode): boolean;
  /** Whether so many of that code were reported that searching for a suggestion costs more than it helps. */
  skipsSuggestions(code: DiagnosticCode): boolean;
  /** Everything reported, in the order of the reports. */
  all(): readonly Diagnostic[];
}

interface Details {
  readonly help?: string | undefined;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[] | undefined;
  /** Reported once for each subject, wherever it is. */
  readonly subject?: string;
  /** Where a mistake is repeated, such as `in 'Fan'`: reported once, with the number of repetitions. */
  readonly repeatedIn?: string;
}

const MAX_SUGGESTIONS = 100;

export function findings(): Findings {
  const kept = boundedDiagnostics();
  const seen = new Map<SourceFile, Set<string>>();
  const subjects = new Set<string>();
  const repeated = new Map<string, { first: Diagnostic; where: string; more: number }>();
  const counts = new Map<DiagnosticCode, number>();
  return {
    add(code, location, message, details = {}) {
      if (kept.hasEnough(code)) return;
      const places = seen.get(location.source) ?? new Set();
      seen.set(location.source, places);
      const place = `${code} ${location.span.start} ${location.span.end}`;
      if (places.has(place)) return;
      places.add(place);
      counts.set(code, (counts.get(code) ?? 0) + 1);
      const subject = details.subject && `${code} ${details.subject}`;
      if (subject !== undefined && subjects.has(subject)) return;
      if (subject !== undefined) subjects.add(subject);
      const found = diagnostic(code, location, message, details);
      if (details.repeatedIn !== undefined) {
        const slip = `${message} ${details.repeatedIn}`;
        const earlier = repeated.get(slip);
        if (earlier !== undefined) {
          earlier.more += 1;
          return;
        }
        repeated.set(slip, { first: found, where: details.repeatedIn, more: 0 });
      }
      kept.add(found);
    },
    has: (code) => kept.all.some((each) => each.code === code),
    skipsSuggestions: (code) => (counts.get(code) ?? 0) >= MAX_SUGGESTIONS,
    all() {
      const counted = new Map(
        [...repeated.values()].flatMap(({ first, where, more }) =>
          more === 0 ? [] : [[first, `${first.message}, and ${more} more times ${where}`] as const],
        ),
      );
      return kept.all.map((each) => {
        const message = counted.get(each);
        return message === undefined ? each : { ...each, message };
      });
    },
  };
}

/** The place of a node. */
export function at(source: SourceFile, node: { readonly span: Span }): Location {
  return { source, span: node.span };
}
