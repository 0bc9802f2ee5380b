/** The text of --print-config: the jobs as a configuration with the same meaning. */
import { ENTRY_KEYS, type KeyRow } from '../config/keys.js';
import { readMacroOption } from '../preprocess/options.js';
import { type Job } from './jobs.js';
import { type CommonOptions, type SwitchOptions } from './option-types.js';

/** Inputs are named one by one, for what patterns match. */
export function configText(jobs: readonly Job<CommonOptions & SwitchOptions>[]): string {
  return `${JSON.stringify({ entries: jobs.map(entryOf) }, undefined, 2)}\n`;
}

function entryOf({ inputs, options }: Job<CommonOptions & SwitchOptions>): object {
  const values = new Map<string, unknown>(Object.entries(options));
  const keys = Object.entries(ENTRY_KEYS).flatMap(([key, row]): [string, unknown][] => {
    const { option }: KeyRow = row;
    const value = option === undefined ? undefined : values.get(option);
    if (value === undefined) return [];
    return [[key, key === 'define' ? macrosOf(value as readonly string[]) : value]];
  });
  const { emit } = options;
  return {
    inputs: inputs.map(({ name }) => name),
    ...Object.fromEntries(keys),
    ...(Object.keys(emit).length === 0 ? {} : { options: emit }),
  };
}

function macrosOf(options: readonly string[]): object {
  const macros = options.flatMap((option) => readMacroOption(option) ?? []);
  return Object.fromEntries(macros.map(({ name, text }) => [name, text]));
}
