/**
 * How much a run of the tests does. A quick run, the default, compiles with one compiler for each system, takes a share of what is
 * random, repeated or a long table, and has no mutants. MOFGEN_THOROUGH=1, as in .ci/run, does all of it.
 */
export const isThorough = process.env['MOFGEN_THOROUGH'] === '1';

/** Prints what a quick run leaves out; the summary of the run has it once. */
export function printLeftOut(what: string): void {
  console.log(`${what}: not run, because MOFGEN_THOROUGH is not 1`);
}

/** A number for this run (of rounds, of seconds, of random inputs), or the rows of a table. */
export function perRun<T>({ thorough, quick }: { thorough: T; quick: T }): T {
  if (!isThorough) printLeftOut('most of what is random, repeated, or rows of long tables');
  return isThorough ? thorough : quick;
}

/** So many runs of a property, or a fifth of them in a quick run. */
export function runs(thorough: number): number {
  return perRun({ thorough, quick: Math.ceil(thorough / 5) });
}

/** The rows of a table; a quick run has the first of each `many` rows. */
export function oneIn<T>(many: number, rows: readonly T[]): readonly T[] {
  return perRun({ thorough: rows, quick: rows.filter((_, index) => index % many === 0) });
}

/** Whether to run what only a thorough run does; a quick one prints that it was left out. */
export function runsThoroughly(what: string): boolean {
  if (!isThorough) printLeftOut(what);
  return isThorough;
}
