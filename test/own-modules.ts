// Files of tests that need modules of their own: they replace modules, or look at the state of one. In a quick run all others share
// the modules of their worker, which saves a fifth of the time.
export const OWN_MODULES: readonly string[] = [
  'test/c/toolchain.test.ts',
  'test/cli/stubs.test.ts',
  'test/cli/switches.test.ts',
  'test/cli/targets.test.ts',
  'test/cli/temporaries.test.ts',
  'test/grammar/spans.test.ts',
  'test/targets/views.test.ts',
];
