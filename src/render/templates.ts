/**
 * Gives the renderer its compiled templates, read from the templates folder of a source checkout.
 *
 * The build replaces this module by one whose templates are already compiled (scripts/build.mjs), so a shipped mofgen
 * reads no template and carries no template compiler.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { compiledTemplates, type Templates } from './compiled-templates.js';

const folder = new URL('../../templates/', import.meta.url);

/** Every template by its path without `.hbs`, such as `ts/generated.ts` and the partial `ts/_record`. */
export function loadTemplates(): Templates {
  return compiledTemplates(
    readdirSync(folder).flatMap((target) =>
      readdirSync(new URL(`${target}/`, folder)).map((file): readonly [string, string] => [
        `${target}/${file.replace(/\.hbs$/, '')}`,
        readFileSync(new URL(`${target}/${file}`, folder), 'utf8'),
      ]),
    ),
  );
}
