/**
 * What is refused of the options of targets. It must not know what an option does, nor the parser of the command line.
 */
import { EMIT_SWITCHES, EMIT_VALUES, type EmitOptions, optionsFault } from '../targets/options.js';
import { usageFailure } from './io.js';

/** Throws a usage failure for an option that changes none of the targets. */
export function refuseIdleOptions(options: EmitOptions, targetNames: readonly string[]): void {
  for (const name of Object.keys(options) as (keyof EmitOptions)[]) {
    const { flag, targets }: { flag: string; targets: readonly string[] } = {
      ...EMIT_SWITCHES,
      ...EMIT_VALUES,
    }[name];
    if (targetNames.some((target) => targets.includes(target))) continue;
    throw usageFailure(
      `${flag} changes nothing for ${targetNames.join(', ')}; it is for ${targets.join(', ')}`,
    );
  }
}

/** Throws a usage failure for options that contradict each other. */
export function refuseContradictingOptions(options: EmitOptions): void {
  const fault = optionsFault(options);
  if (fault !== undefined) throw usageFailure(fault);
}
