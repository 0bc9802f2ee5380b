/**
 * The entry `mofgen/target`: what a target of your own is made with. docs/targets-of-your-own.md shows one.
 *
 * The types need no other package.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compiledTemplates } from '../render/compiled-templates.js';

export {
  type DeclaredFile,
  defineTarget,
  type EmitContext,
  type FileOwner,
  type RenderedFile,
  type Target,
  type TargetDefinition,
} from '../targets/target.js';
export {
  type OptionRow,
  type OptionTable,
  type OptionValue,
  type OptionValues,
} from '../targets/options.js';
export type * from '../model/model.js';

/** Returns the text of the template `name` for a view, with LF line ends and one at the end. */
export type Render = (name: string, view: object) => string;

/**
 * The templates of a folder, a path or a file URL: `<name>.hbs` has the name `<name>`, and `{{> name}}` includes it in another one. They
 * are Handlebars templates with the options of the built-in ones: nothing is escaped, and a name that a view lacks is an error.
 */
export function templatesIn(folder: string | URL): Render {
  const path = folder instanceof URL ? fileURLToPath(folder) : folder;
  const templates = compiledTemplates(
    readdirSync(path)
      .filter((file) => file.endsWith('.hbs'))
      .map((file): readonly [string, string] => [
        file.replace(/\.hbs$/, ''),
        readFileSync(`${path}/${file}`, 'utf8').replaceAll('\r\n', '\n'),
      ]),
  );
  return (name, view) => {
    const template = templates.get(name);
    if (template === undefined) throw new Error(`there is no template '${name}' in ${path}`);
    return `${template(view).trimEnd()}\n`;
  };
}
