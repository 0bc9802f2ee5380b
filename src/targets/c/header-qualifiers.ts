/**
 * The qualifiers as the C header sees them: with --neutral, amended ones are absent, as if they had been split off.
 */
import { nameKey } from '../../text/name-key.js';
import { type QualifierSet } from '../../model/model.js';
import { selected } from '../../model/qualifier-set.js';
import { type EmitOptions } from '../options.js';

/** Those that a header made under `options` reads. */
export function headerQualifiers(
  set: QualifierSet,
  { neutral = false }: EmitOptions,
): QualifierSet {
  if (!neutral) return set;
  const kept = set.entries.filter(({ flavors }) => !flavors.some(isAmended));
  return kept.length === set.entries.length
    ? set
    : selected(
        set,
        kept.map(({ name }) => name),
      );
}

function isAmended(flavor: string): boolean {
  return nameKey(flavor) === 'amended';
}
