// Collects the licences of the packages whose code ends up in the bundles.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of THIRD-PARTY-LICENSES for the input files that esbuild's metafiles list; throws when one has none. */
export function thirdPartyLicenses(root, metafiles) {
  const folders = new Set();
  for (const { inputs } of metafiles) {
    for (const path of Object.keys(inputs)) {
      const match = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path);
      if (match) folders.add(match[0]);
    }
  }
  const parts = [...folders].sort().map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((name) => /^licen[cs]e/i.test(name));
    const path = file === undefined ? undefined : join(root, folder, file);
    if (path === undefined || !existsSync(path)) {
      throw new Error(`${manifest.name} is bundled and has no licence file`);
    }
    const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim();
    return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
  });
  return [
    'The files in cli and the file index.js contain code of these packages.\n',
    ...parts,
  ].join(`\n${'-'.repeat(80)}\n\n`);
}
