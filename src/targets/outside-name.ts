/** Names of targets that are not built in: those of files and of packages. */

const PACKAGE = /^(?:@[\w.-]+\/[\w.-]+|mofgen-target-[\w.-]+)$/;
const FILE = /[\\/]|\.[cm]?js$/;

/** The pattern of both, for the schema of configurations. */
export const OUTSIDE_NAME = `^mofgen-target-|${FILE.source}`;

/** Whether a name is that of a file, such as `./mine.mjs`, or of a package, such as `mofgen-target-x` or `@scope/x`. */
export function isOutsideName(name: string): boolean {
  return isPackageName(name) || FILE.test(name);
}

export function isPackageName(name: string): boolean {
  return PACKAGE.test(name) && !/\.[cm]?js$/.test(name);
}
