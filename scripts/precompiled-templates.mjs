// The esbuild plugin that replaces src/render/templates.ts by a module with every template compiled already, so that the bundle
// carries Handlebars' small runtime instead of its compiler and reads no template at run time.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import Handlebars from 'handlebars';

/** The options that src/render/templates.ts compiles with; the source is TypeScript, so it is translated first. */
async function templateOptions(root) {
  const source = readFileSync(join(root, 'src/render/template-options.ts'), 'utf8');
  const { code } = transformSync(source, { loader: 'ts', format: 'esm' });
  const module = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return module.TEMPLATE_OPTIONS;
}

function compiledTemplates(root, options) {
  const folder = join(root, 'templates');
  return readdirSync(folder)
    .sort()
    .flatMap((target) =>
      readdirSync(join(folder, target))
        .sort()
        .map((file) => {
          const text = readFileSync(join(folder, target, file), 'utf8');
          const name = `${target}/${file.replace(/\.hbs$/, '')}`;
          return `[${JSON.stringify(name)}, ${Handlebars.precompile(text, options)}]`;
        }),
    );
}

export function precompiledTemplates(root) {
  return {
    name: 'precompiled-templates',
    setup(build) {
      build.onLoad({ filter: /[\\/]render[\\/]templates\.ts$/ }, async () => ({
        resolveDir: join(root, 'src'),
        loader: 'js',
        contents: `
          import Handlebars from 'handlebars/runtime.js';
          export function loadTemplates() {
            const handlebars = Handlebars.create();
            const compiled = [${compiledTemplates(root, await templateOptions(root)).join(',\n')}];
            return new Map(compiled.map(([name, specification]) => {
              const template = handlebars.template(specification);
              handlebars.registerPartial(name, template);
              return [name, (view) => template(view)];
            }));
          }`,
      }));
    },
  };
}
