/**
 * The switches of a run as what `emit` takes. Must not know what a switch does, nor the parser of the command line.
 */
import { EMIT_SWITCHES, type EmitOptions, type EmitSwitch } from '../targets/options.js';
import { usageFailure } from './io.js';

/** What `emit` takes. Throws a usage failure for a switch that changes none of the targets. */
export function emitOptions(
  switches: readonly EmitSwitch[],
  targetNames: readonly string[],
): EmitOptions {
  for (const name of switches) {
    const { flag, targets }: { flag: string; targets: readonly string[] } = EMIT_SWITCHES[name];
    if (targetNames.some((target) => targets.includes(target))) continue;
    throw usageFailure(
      `${flag} changes nothing for ${targetNames.join(', ')}; it is for ${targets.join(', ')}`,
    );
  }
  return Object.fromEntries(switches.map((name) => [name, true]));
}
