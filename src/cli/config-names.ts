/** Checks whether a run has a configuration. Has the names of configurations in the current folder. */
import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';

export const CONFIG_NAMES = ['mofgen.config.json', 'mofgen.config.mjs'] as const;

/** The configurations that a folder has. A link that leads nowhere is one, so that it is reported. */
export function configsIn(folder: string): readonly string[] {
  return CONFIG_NAMES.filter(
    (name) => lstatSync(resolve(folder, name), { throwIfNoEntry: false }) !== undefined,
  );
}

/** Whether a run in that folder has a configuration. `named` is the file of --config, or false for --no-config. */
export function hasConfiguration(named: string | false | undefined, folder: string): boolean {
  return named !== false && (named !== undefined || configsIn(folder).length > 0);
}
