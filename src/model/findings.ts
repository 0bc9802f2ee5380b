/** Where the resolving stages put their diagnostics; it brings them into text order and must not know what they mean. */
import { type Identifier, type Span } from '../../grammar/ast.js';
import { type DiagnosticCode } from '../diagnostics/codes.js';
import {
  type Diagnostic,
  diagnostic,
  type Location,
  type Related,
} from '../diagnostics/diagnostic.js';
import { type SourceFile } from '../source/source-file.js';

/** Collects diagnostics; a second one of the same code at the same place is dropped. */
export interface Findings {
  add(
    code: DiagnosticCode,
    location: Location,
    message: string,
    details?: { readonly help?: string | undefined; readonly related?: readonly Related[] },
  ): void;
  /** Everything reported, by file (in the order of their names in `files`) and place, as reported where places are equal. */
  inTextOrder(files: readonly string[]): Diagnostic[];
}

export function findings(): Findings {
  const all: { readonly location: Location; readonly diagnostic: Diagnostic }[] = [];
  const seen = new Map<SourceFile, Set<string>>();
  return {
    add(code, location, message, details = {}) {
      const places = seen.get(location.source) ?? new Set();
      seen.set(location.source, places);
      const place = `${code} ${location.span.start} ${location.span.end}`;
      if (places.has(place)) return;
      places.add(place);
      all.push({ location, diagnostic: diagnostic(code, location, message, details) });
    },
    inTextOrder(files) {
      const rank = new Map(files.map((file, index) => [file, index]));
      const rankOf = (location: Location) => rank.get(location.source.name) ?? files.length;
      return all
        .toSorted(
          (a, b) =>
            rankOf(a.location) - rankOf(b.location) ||
            a.location.span.start - b.location.span.start,
        )
        .map((each) => each.diagnostic);
    },
  };
}

/** The place of a node. */
export function at(source: SourceFile, node: { readonly span: Span }): Location {
  return { source, span: node.span };
}

/** The form in which names compare: MOF ignores their case (DSP0004, "Naming"). */
export function key(name: string | Identifier): string {
  return (typeof name === 'string' ? name : name.name).toLowerCase();
}
