/**
 * Gives the C targets the texts of the C core, read from the folder src/runtime-c of a source checkout.
 *
 * The build replaces this module by one that has the texts in it (scripts/embedded-core.mjs), so a shipped mofgen reads no
 * file for them.
 */
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../runtime-c/', import.meta.url);

/** Every file of the core by its name, with LF line ends. */
export function loadCoreTexts(): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder)
      .filter((name) => /\.[ch]$/.test(name))
      .sort()
      .map((name) => [name, readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n')]),
  );
}
