// The esbuild plugin that keeps commander from loading node:child_process, which it needs only for commands that are
// programs of their own; mofgen has none, and loading it takes a tenth of the time of `mofgen --help`.

export const lightCommander = {
  name: 'light-commander',
  setup(build) {
    build.onResolve({ filter: /^(node:)?child_process$/ }, ({ path, importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'light-commander' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'light-commander' }, () => ({ contents: '' }));
  },
};
