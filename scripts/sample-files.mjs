// Lists the samples: each folder of samples/ that holds MOF files of its own (not the provider repositories).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** `{ name: 'smart-fan', mof: 'samples/smart-fan/smart-fan.mof' }` for every sample, sorted. */
export function samples(root) {
  const folders = readdirSync(join(root, 'samples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return folders.flatMap((name) =>
    readdirSync(join(root, 'samples', name))
      .filter((file) => file.endsWith('.mof'))
      .sort()
      .map((file) => ({ name, mof: `samples/${name}/${file}` })),
  );
}

/** The targets of samples/targets, each with the MOF files that it is tried with, sorted. */
export function targetSamples(root) {
  return readdirSync(join(root, 'samples/targets'))
    .sort()
    .map((name) => ({
      name,
      module: `samples/targets/${name}/${name}.mjs`,
      mofs: ['sensor-log', 'smart-fan'].map((mof) => `samples/${mof}/${mof}.mof`),
    }));
}
