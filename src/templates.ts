/**
 * Gives the renderer its compiled templates, read from the templates folder of a source checkout.
 *
 * The build replaces this module by one whose templates are already compiled (scripts/build.mjs), so a shipped mofgen
 * reads no template and carries no template compiler. Nothing here knows what a template prints.
 */
import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { TEMPLATE_OPTIONS } from './template-options.js';

const folder = new URL('../templates/', import.meta.url);

/** Every template by its path without `.hbs`, such as `ts/generated.ts` and the partial `ts/_record`. */
export function loadTemplates(): ReadonlyMap<string, (view: object) => string> {
  const handlebars = Handlebars.create();
  const templates = new Map<string, (view: object) => string>();
  for (const target of readdirSync(folder)) {
    for (const file of readdirSync(new URL(`${target}/`, folder))) {
      const name = `${target}/${file.replace(/\.hbs$/, '')}`;
      const text = readFileSync(new URL(`${target}/${file}`, folder), 'utf8');
      const template = handlebars.compile<object>(text, TEMPLATE_OPTIONS);
      handlebars.registerPartial(name, template);
      templates.set(name, (view) => template(view));
    }
  }
  return templates;
}
