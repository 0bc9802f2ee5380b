/** The targets and the configuration that a command line names, read before it is parsed. */

/** The names of targets; `undefined` where none are named. */
export type NamedTargets = readonly string[] | undefined;

/** The values of -t and --target. */
export function targetsNamed(argv: readonly string[]): NamedTargets {
  const values = valuesOf(argv, /^(?:-[qw]*t|--target=)(.+)$/, /^(?:-[qw]*t|--target)$/);
  if (values.length === 0) return undefined;
  return values.flatMap((value) => value.split(',').map((each) => each.trim()));
}

/** The value of --config; false for --no-config, `undefined` for neither. */
export function configNamed(argv: readonly string[]): string | false | undefined {
  const [named] = valuesOf(argv, /^--config=(.+)$/, /^--config$/).slice(-1);
  return named ?? (argv.includes('--no-config') ? false : undefined);
}

function valuesOf(argv: readonly string[], joined: RegExp, apart: RegExp): string[] {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  return words.flatMap((word, index) => {
    if (apart.test(word)) return words[index + 1] ?? [];
    return joined.exec(word)?.[1] ?? [];
  });
}
