// How the tests run: everything under test/, in one vitest project; generated code meets the runtime's sources, and the
// grammar the engine that is shipped. MOFGEN_PARSER=chevrotain runs the grammar on Chevrotain itself.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { engineOptions } from './scripts/engine.mjs';
import { isThorough } from './test/effort.js';
import { OWN_MODULES } from './test/own-modules.js';
import { ShortReporter } from './test/short-reporter.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const engine =
  process.env['MOFGEN_PARSER'] === 'chevrotain'
    ? { alias: {}, define: {} }
    : await engineOptions(here('.'));

const ALL = ['test/**/*.test.ts'];

/** What a quick run has in two parts. */
const projects = [
  { name: 'own modules', include: [...OWN_MODULES] },
  { name: 'shared modules', include: ALL, exclude: [...OWN_MODULES], isolate: false },
];

export default defineConfig({
  define: engine.define,
  resolve: {
    alias: [
      { find: /^mofgen\/runtime$/, replacement: here('src/runtime/index.ts') },
      { find: /^mofgen\/node$/, replacement: here('src/node/index.ts') },
      { find: /^mofgen$/, replacement: here('src/index.ts') },
      ...Object.entries(engine.alias).map(([find, replacement]) => ({ find, replacement })),
    ],
  },
  test: {
    reporters: [new ShortReporter()],
    globalSetup: ['test/run-store-setup.ts'],
    setupFiles: ['test/property-seed.ts'],
    // Some tests wait for processes of their own, so that one worker less than there are processors, the default, leaves one idle.
    ...(isThorough
      ? { include: ALL }
      : {
          maxWorkers: '100%',
          projects: projects.map((test) => ({ extends: true as const, test })),
        }),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
