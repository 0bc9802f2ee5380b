// Collects the licences of the packages whose code, or output of it, is in the bundles.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages whose code is not bundled, and what is derived from them. */
const DERIVED = {
  chevrotain: `\
Chevrotain computed the lookahead tables of the bundled parser, which has the names of Chevrotain's methods.`,
};

/**
 * The text of THIRD-PARTY-LICENSES for the input files that esbuild's metafiles list, and for what else is derived from
 * packages; throws when one has no licence.
 */
export function thirdPartyLicenses(root, metafiles) {
  const folders = new Set(Object.keys(DERIVED).map((name) => `node_modules/${name}`));
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
    const note = DERIVED[manifest.name] === undefined ? '' : `${DERIVED[manifest.name]}\n\n`;
    return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${note}${text}\n`;
  });
  return [
    'The files in cli and the file index.js contain code of these packages, or what is said of them.\n',
    ...parts,
  ].join(`\n${'-'.repeat(80)}\n\n`);
}
