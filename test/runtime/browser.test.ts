/**
 * `mofgen/runtime` in a browser: bundled without a Node built-in, and run where only ECMAScript's own globals exist.
 */
import { resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** A page that uses the runtime: a provider, a query, a set and a query. */
const PAGE = `
import * as wmi from 'mofgen/runtime';
import { DoorLightBlock, registerDoorLight } from './samples/door-light/expected/ts/door-light.g.js';

const machine = wmi.createMachine();
let data = { Lit: false };
machine.register(registerDoorLight, {
  DoorLight: {
    query: () => data,
    set(changes) {
      data = { ...data, ...changes };
    },
  },
});
const light = machine.open(DoorLightBlock);
const before = light.query();
const set = light.set({ Lit: true });
const after = light.query();
globalThis.seen = JSON.stringify([
  [wmi.ntStatusName(before.status), before.data],
  wmi.ntStatusName(set),
  [wmi.ntStatusName(after.status), after.data],
]);
`;

/** Bundles a page for the browser; fails for anything that a browser lacks. */
async function bundleForBrowser(page: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: page, resolveDir: resolve('.'), loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    minify: true,
    alias: { 'mofgen/runtime': resolve('src/runtime/index.ts') },
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const foreign = imports.filter(({ external }) => external).map(({ path }) => path);
  if (foreign.length > 0) throw new Error(`the bundle needs ${foreign.join(', ')}`);
  return outputFiles.map(({ text }) => text).join('');
}

test('a provider answers a query and a set where there is nothing but ECMAScript', async () => {
  const code = await bundleForBrowser(PAGE);
  const page = createContext({});
  expect(runInContext('typeof process + typeof Buffer + typeof TextDecoder', page)).toBe(
    'undefinedundefinedundefined',
  );
  runInContext(code, page);
  expect(JSON.parse(String(page['seen']))).toEqual([
    ['STATUS_SUCCESS', { Lit: false }],
    'STATUS_SUCCESS',
    ['STATUS_SUCCESS', { Lit: true }],
  ]);
});

test('all of mofgen/runtime is a small bundle', async () => {
  const code = await bundleForBrowser(
    "import * as wmi from 'mofgen/runtime'; globalThis.wmi = wmi;",
  );
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  const gzipped = gzipSync(code).length;
  console.log(
    `mofgen/runtime for a browser: ${kilobytes(code.length)}, ${kilobytes(gzipped)} gzipped`,
  );
  expect(gzipped).toBeLessThan(40_000);
});

test.each(['node:fs', 'fs', 'node:zlib'])('a bundle that needs %s is refused', async (name) => {
  const page = `import * as wmi from 'mofgen/runtime'; import * as other from '${name}'; globalThis.all = [wmi, other];`;
  await expect(bundleForBrowser(page)).rejects.toThrow(`Could not resolve "${name}"`);
});
