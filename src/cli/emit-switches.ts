/**
 * The switches of targets (src/targets/options.ts) as options of a command line, and which of them were named.
 *
 * It must not know what a switch does.
 */
import { Option } from 'commander';
import { EMIT_SWITCHES, type EmitSwitch } from '../targets/options.js';

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
