/** The options of targets (src/targets/options.ts) as options of a command line, and which of them were named. */
import { InvalidArgumentError, Option } from 'commander';
import {
  EMIT_OPTIONS,
  type EmitOptions,
  flagOf,
  type OptionRow,
  valueFault,
  valueName,
  valueOfText,
} from '../targets/options.js';

/** An option with the targets that it changes. */
export interface OwnedOption {
  readonly name: string;
  readonly row: OptionRow;
  readonly targets: readonly string[];
}

/** Begins the names of these options among parsed ones. */
const PREFIX = 'emit.';

/** An option whose value is found under the name of its row: to the parser, `--no-…` is no opposite of another one. */
class TargetOption extends Option {
  readonly #name: string;

  constructor({ name, row, targets }: OwnedOption) {
    const value = valueName(row);
    const flags = value === undefined ? flagOf(name) : `${flagOf(name)} <${value}>`;
    super(flags, `${row.summary} (${targets.join(', ')})`);
    this.#name = name;
    this.negate = false;
    this.helpGroup('Switches of targets:');
    if (value === undefined) return;
    this.argParser((text) => {
      const parsed = valueOfText(row, text);
      const fault = valueFault(row, parsed);
      if (fault !== undefined) throw new InvalidArgumentError(fault);
      return parsed;
    });
  }

  override attributeName(): string {
    return PREFIX + this.#name;
  }
}

const BUILT_IN: readonly OwnedOption[] = Object.entries(EMIT_OPTIONS).map(([name, row]) => {
  return { name, row, targets: row.targets };
});

/** The options as those of a command line, each with the targets that it changes in its help. */
export function switchOptions(options: readonly OwnedOption[] = BUILT_IN): Option[] {
  return options.map((each) => new TargetOption(each));
}

/** The options of targets that `parsed` has: what the parser made of a command line with `switchOptions`. */
export function switchesIn(parsed: object): EmitOptions {
  return Object.fromEntries(
    Object.entries(parsed).flatMap(([key, value]) =>
      key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), value as unknown]] : [],
    ),
  );
}
