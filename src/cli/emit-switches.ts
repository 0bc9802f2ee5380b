/**
 * The options of targets (src/targets/options.ts) as options of a command line, and which of them were named.
 *
 * It must not know what an option does.
 */
import { InvalidArgumentError, Option } from 'commander';
import {
  EMIT_SWITCHES,
  EMIT_VALUES,
  type EmitOptions,
  type EmitSwitch,
  type EmitValue,
  optionsFault,
} from '../targets/options.js';
import { usageFailure } from './io.js';

const switches = Object.keys(EMIT_SWITCHES) as EmitSwitch[];
const values = Object.keys(EMIT_VALUES) as EmitValue[];

/** An option whose value is found under the name of its row: to the parser, `--no-…` is no opposite of another one. */
class TargetOption extends Option {
  readonly #row: EmitSwitch | EmitValue;

  constructor(row: EmitSwitch | EmitValue, flags: string, summary: string) {
    const { targets }: { targets: readonly string[] } = rowOf(row);
    super(flags, `${summary} (${targets.join(', ')})`);
    this.#row = row;
    this.negate = false;
    this.helpGroup('Switches of targets:');
  }

  override attributeName(): string {
    return this.#row;
  }
}

/** One option for each row, with the targets that it changes in its help. */
export function switchOptions(): Option[] {
  return [
    ...switches.map((name) => {
      const { flag, summary } = EMIT_SWITCHES[name];
      return new TargetOption(name, flag, summary);
    }),
    ...values.map((name) => {
      const { flag, value, summary, refusal } = EMIT_VALUES[name];
      return new TargetOption(name, `${flag} <${value}>`, summary).argParser((text) => {
        const why = refusal(text);
        if (why !== undefined) throw new InvalidArgumentError(why);
        return text;
      });
    }),
  ];
}

/** The options of targets that `parsed` has: what the parser made of a command line with `switchOptions`. */
export function switchesIn(parsed: object): EmitOptions {
  const all = new Map<string, unknown>(Object.entries(parsed));
  return Object.fromEntries(
    [...switches, ...values].flatMap((name) => (all.has(name) ? [[name, all.get(name)]] : [])),
  );
}

/** Throws a usage failure for an option that changes none of the targets. */
export function refuseIdleOptions(options: EmitOptions, targetNames: readonly string[]): void {
  for (const name of Object.keys(options) as (keyof EmitOptions)[]) {
    const { flag, targets }: { flag: string; targets: readonly string[] } = rowOf(name);
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

function rowOf(name: EmitSwitch | EmitValue) {
  return { ...EMIT_SWITCHES, ...EMIT_VALUES }[name];
}
