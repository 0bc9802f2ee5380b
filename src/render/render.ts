/** Fills a template with a view. */
import { loadTemplates } from './templates.js';

let templates: ReturnType<typeof loadTemplates> | undefined;

/** The text of the template `name` (such as `ts/generated.ts`) for `view`, with LF line ends and one at the end. */
export function render(name: string, view: object): string {
  templates ??= loadTemplates();
  const template = templates.get(name);
  if (template === undefined) throw new Error(`there is no template '${name}'`);
  return `${template(view).trimEnd()}\n`;
}
