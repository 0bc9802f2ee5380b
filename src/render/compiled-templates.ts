/** Compiles templates that may include each other, and fills them. */
import Handlebars from 'handlebars';
import { TEMPLATE_OPTIONS } from './template-options.js';

export type Templates = ReadonlyMap<string, (view: object) => string>;

/** The templates by name; `{{> name}}` in one includes another. */
export function compiledTemplates(
  texts: Iterable<readonly [name: string, text: string]>,
): Templates {
  const handlebars = Handlebars.create();
  const templates = new Map<string, (view: object) => string>();
  for (const [name, text] of texts) {
    const template = handlebars.compile<object>(text, TEMPLATE_OPTIONS);
    handlebars.registerPartial(name, template);
    templates.set(name, (view) => template(view));
  }
  return templates;
}
