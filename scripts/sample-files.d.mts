/** The types of sample-files.mjs, for the tests. */
export function samples(root: string): { readonly name: string; readonly mof: string }[];
export function targetSamples(
  root: string,
): { readonly name: string; readonly module: string; readonly mofs: readonly string[] }[];
