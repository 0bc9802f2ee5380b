// Targets that contain the files of another one: requested together, each file is emitted once, by the larger target.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyze, emit } from '../../src/generate.js';
import { TARGETS } from '../../src/targets/index.js';

const mof = join(import.meta.dirname, '../../samples/door-light/door-light.mof');
const { value: model } = analyze(new Uint8Array(readFileSync(mof)), mof);
const filesOf = (...targets: readonly string[]) => {
  const { value, diagnostics } = emit(model, mof, { targets });
  expect(diagnostics).toEqual([]);
  return value;
};

test('drivers in C contain the header, and no other target contains one', () => {
  const contained = Object.fromEntries(
    TARGETS.filter(({ contains }) => contains !== undefined).map((each) => [
      each.name,
      each.contains,
    ]),
  );
  const header = ['header'];
  expect(contained).toEqual({
    kmdf: header,
    wdm: header,
    irp: header,
    blocks: header,
    scsiwmi: header,
    ndis: header,
  });
});

test.each(TARGETS.filter(({ contains }) => contains !== undefined))(
  '$name with a target that it contains emits what it emits alone',
  ({ name, contains = [] }) => {
    const alone = filesOf(name);
    for (const part of contains) {
      expect(TARGETS.map((each) => each.name)).toContain(part);
      const names = alone.map((file) => file.name);
      for (const file of filesOf(part)) expect(names).toContain(file.name);
      expect(filesOf(part, name)).toEqual(alone);
      expect(filesOf(name, part)).toEqual(alone);
    }
  },
);
