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
} from '../targets/options.js';

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

function rowOf(name: EmitSwitch | EmitValue) {
  return { ...EMIT_SWITCHES, ...EMIT_VALUES }[name];
}
