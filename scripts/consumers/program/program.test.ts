/** The test that jest, vitest and bun run; each of them gives the two globals. */
import { lines } from './program.js';
import { want } from './want.js';

declare const test: (name: string, run: () => void) => void;
declare const expect: (value: unknown) => { toEqual(other: unknown): void };

test('a generated provider runs', () => {
  expect(lines()).toEqual(want);
});
