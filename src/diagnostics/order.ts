/** The order in which diagnostics are told: by file, as the files were read, then by place; it must not know stages or looks. */
import { type Diagnostic } from './diagnostic.js';

/**
 * The diagnostics by file (in the order of the names in `files`) and place, as reported where places are equal. Those
 * without a place come first, those of other files last.
 */
export function inReadingOrder(
  diagnostics: readonly Diagnostic[],
  files: Iterable<string>,
): Diagnostic[] {
  const ranks = new Map([...files].map((file, index) => [file, index]));
  const rank = ({ location }: Diagnostic) =>
    location === undefined ? -1 : (ranks.get(location.source.name) ?? ranks.size);
  const start = ({ location }: Diagnostic) => location?.span.start ?? 0;
  return diagnostics.toSorted((a, b) => rank(a) - rank(b) || start(a) - start(b));
}
