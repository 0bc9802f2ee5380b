// The esbuild plugin that replaces src/render/core-texts.ts by a module with the texts of the C core in it, so that the bundle reads
// no file for them and runs in a page.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function coreTexts(root) {
  const folder = join(root, 'src/runtime-c');
  return readdirSync(folder)
    .filter((name) => /\.[ch]$/.test(name))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')]);
}

export function embeddedCore(root) {
  return {
    name: 'embedded-core',
    setup(build) {
      build.onLoad({ filter: /[\\/]render[\\/]core-texts\.ts$/ }, () => ({
        loader: 'js',
        contents: `
          const texts = ${JSON.stringify(coreTexts(root))};
          export function loadCoreTexts() {
            return new Map(texts);
          }`,
      }));
    },
  };
}
