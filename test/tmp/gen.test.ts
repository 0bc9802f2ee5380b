import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'vitest';
import { analyze, emit } from '../../src/generate.js';
test('gen', () => {
  const target = process.env['T'] ?? 'kmdf';
  for (const name of ['door-light', 'sensor-log', 'card-reader', 'calibration', 'odd-corners', 'smart-fan']) {
    const path = join(import.meta.dirname, '../../samples', name, `${name}.mof`);
    const { value } = analyze(readFileSync(path), path, (included: string, from: string) => {
      const other = join(dirname(from), included);
      return { name: other, bytes: readFileSync(other) };
    });
    const folder = `/tmp/g12/${target}/${name}`;
    mkdirSync(folder, { recursive: true });
    for (const file of emit(value, path, { targets: [target] }).value) writeFileSync(join(folder, file.name), file.text);
  }
});
