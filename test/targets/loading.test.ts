/** The targets that a command line loads are those that the library has. */
import { expect, test } from 'vitest';
import { TARGETS } from '../../src/targets/index.js';
import { loadTarget, TARGET_NAMES } from '../../src/targets/loading.js';

test('each target is loaded by its name', async () => {
  expect(TARGET_NAMES).toEqual(TARGETS.map(({ name }) => name));
  for (const target of TARGETS) expect(await loadTarget(target.name)).toBe(target);
});

test.each(['', 'TS', 'toString', '__proto__'])('there is no target %j', async (name) => {
  expect(await loadTarget(name)).toBeUndefined();
});
