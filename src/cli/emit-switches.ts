/**
 * The switches of targets (src/targets/options.ts) as options of a command line, and which of them were named.
 *
 * It must not know what a switch does.
 */
import { Option } from 'commander';
import { EMIT_SWITCHES, type EmitOptions, type EmitSwitch } from '../targets/options.js';
import { usageFailure } from './io.js';

const names = Object.keys(EMIT_SWITCHES) as EmitSwitch[];

/** One option for each switch, with the targets that it changes in its help. */
export function switchOptions(): Option[] {
  return names.map(optionFor);
}

function optionFor(name: EmitSwitch): Option {
  const { flag, summary, targets } = EMIT_SWITCHES[name];
  return new Option(flag, `${summary} (${targets.join(', ')})`).helpGroup('Switches of targets:');
}

/** The switches that `parsed` has: what the parser made of a command line with `switchOptions`. */
export function switchesIn(parsed: object): EmitSwitch[] {
  const values = new Map<string, unknown>(Object.entries(parsed));
  return names.filter((name) => {
    const option = optionFor(name);
    // The parser takes `--no-…` for the opposite of an option that is on.
    return values.get(option.attributeName()) === !option.negate;
  });
}

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
