/**
 * The targets that -t names.
 *
 * It must not know what any of them emits.
 */
import { TARGETS } from '../targets/index.js';
import { type Target } from '../targets/target.js';
import { printable } from '../diagnostics/printable.js';
import { usageFailure } from './io.js';

/** The targets in the order they were named, each once. Throws a usage failure for an unknown name. */
export function wantedTargets(names: readonly string[]): Target[] {
  return [...new Set(names)].map((name) => {
    const found = TARGETS.find((target) => target.name === name);
    if (found !== undefined) return found;
    const known = TARGETS.map((target) => target.name).join(', ');
    throw usageFailure(`there is no target '${printable(name)}'; the targets are: ${known}`);
  });
}
