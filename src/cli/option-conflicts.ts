/** Refuses options of targets that change nothing or contradict each other. */
import {
  builtInOptions,
  EMIT_OPTIONS,
  type EmitOptions,
  flagOf,
  optionsFault,
  type OptionTable,
} from '../targets/options.js';
import { type Target } from '../targets/target.js';
import { usageFailure } from './failures.js';

/** Throws a usage failure for an option that changes none of the targets. */
export function refuseIdleOptions(
  options: EmitOptions,
  targets: readonly Pick<Target, 'name' | 'options'>[],
): void {
  for (const name of Object.keys(options)) {
    if (targets.some((target) => Object.hasOwn(target.options, name))) continue;
    const names = targets.map((target) => target.name).join(', ');
    const owners: readonly string[] = Object.hasOwn(EMIT_OPTIONS, name)
      ? EMIT_OPTIONS[name as keyof EmitOptions].targets
      : [];
    const advice = owners.length === 0 ? '' : `; it is for ${owners.join(', ')}`;
    throw usageFailure(`${flagOf(name)} changes nothing for ${names}${advice}`);
  }
}

/** The options of the target that a run or an entry names. */
export type OptionsOf = (target: string) => OptionTable;

/** The options that change one of the targets; an unknown target has none. */
export function usefulOptions(
  options: EmitOptions,
  targetNames: readonly string[],
  optionsOf: OptionsOf = builtInOptions,
): EmitOptions {
  const tables = targetNames.map(optionsOf);
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => tables.some((table) => Object.hasOwn(table, name))),
  );
}

/** Throws a usage failure for options that contradict each other. */
export function refuseContradictingOptions(
  options: EmitOptions,
  targets: readonly Pick<Target, 'options'>[],
): void {
  const tables = targets.map((target) => Object.entries(target.options));
  const fault = optionsFault(options, Object.fromEntries(tables.flat()));
  if (fault !== undefined) throw usageFailure(fault);
}
