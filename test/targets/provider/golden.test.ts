// The samples' providers in C: byte for byte what is emitted today, and the same each time.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { analyze, emit } from '../../../src/generate.js';
import { type RenderedFile } from '../../../src/targets/target.js';

const samples = join(import.meta.dirname, '../../../samples');

function emitSample(name: string, target: string): readonly RenderedFile[] {
  const path = join(samples, name, `${name}.mof`);
  const { value } = analyze(readFileSync(path), path, (included, from) => {
    const other = join(dirname(from), included);
    return { name: other, bytes: readFileSync(other) };
  });
  return emit(value, path, { targets: [target] }).value;
}

const cases = readdirSync(samples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['repos', 'targets'].includes(entry.name))
  .flatMap(({ name }) =>
    ['kmdf', 'wdm', 'irp', 'blocks', 'scsiwmi', 'ndis'].map((target) => ({ name, target })),
  );

test.each(cases)('$name: $target is what is emitted today', ({ name, target }) => {
  const folder = join(samples, name, 'expected', target);
  // The C core is the same for all: core-files.test.ts.
  const files = emitSample(name, target).filter(({ isShared }) => isShared !== true);
  expect(readdirSync(folder).sort()).toEqual(files.map((file) => file.name).sort());
  for (const file of files) {
    expect(readFileSync(join(folder, file.name), 'utf8')).toBe(file.text);
  }
  expect(emitSample(name, target).filter(({ isShared }) => isShared !== true)).toEqual(files);
});

/** The longest source that a driver's reviewer has to read. */
const MAX_LINES: readonly [name: string, target: string, lines: number][] = [
  ['door-light', 'kmdf', 160],
  ['door-light', 'wdm', 180],
  ['door-light', 'irp', 180],
  ['sensor-log', 'kmdf', 480],
  ['sensor-log', 'wdm', 520],
  ['sensor-log', 'irp', 520],
];

test.each(MAX_LINES)('%s: the source of %s has at most %i lines', (name, target, lines) => {
  const source = emitSample(name, target).find((file) => file.name === `${name}_wmi.c`);
  expect(source?.text.trimEnd().split('\n').length).toBeLessThanOrEqual(lines);
});

test.each(cases)(
  '$name: $target is ASCII with LF line ends and no blanks at their ends',
  (each) => {
    for (const { text } of emitSample(each.name, each.target)) {
      expect(text).toMatch(/^[\n -~]*[^\n]\n$/);
      expect(text).not.toMatch(/[ \t]$/m);
    }
  },
);
