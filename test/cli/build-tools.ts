/** The build tools of this machine that tests ask for: what is missing is said, or a failure where it must be there. */
import { spawnSync } from 'node:child_process';

/**
 * Whether all of `commands` run here. What is missing is printed with the name of the check, or is an error with
 * MOFGEN_REQUIRE_C=1.
 */
export function hasBuildTools(check: string, commands: readonly string[]): boolean {
  const missing = commands.filter(
    (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status !== 0,
  );
  if (missing.length === 0) return true;
  const sentence = `${check}: not run, because there is no ${missing.join(', no ')}`;
  if (process.env['MOFGEN_REQUIRE_C'] === '1') {
    throw new Error(`${sentence} (MOFGEN_REQUIRE_C=1 makes that a failure)`);
  }
  console.log(sentence);
  return false;
}
