// How the tests run: everything under test/, in one vitest project; generated code meets the runtime's sources.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^mofgen\/runtime$/, replacement: here('src/runtime/index.ts') },
      { find: /^mofgen\/node$/, replacement: here('src/node/index.ts') },
      { find: /^mofgen$/, replacement: here('src/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/property-seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
