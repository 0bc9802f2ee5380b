/** The test that deno runs. */
import { lines } from './program.js';
import { want } from './want.js';

declare const Deno: { test(name: string, run: () => void): void };

Deno.test('a generated provider runs', () => {
  if (lines().join() !== want.join()) throw new Error(lines().join('\n'));
});
