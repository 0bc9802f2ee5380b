/** The build tools of this machine that tests need. A missing tool is reported, or is a failure where it is required. */
import { spawnSync } from 'node:child_process';

/** How a command prints its version, if not with --version. */
const VERSION_SWITCHES: Readonly<Record<string, string>> = { xbuild: '/version' };

/**
 * Whether all of `commands` run here. Missing ones are printed with the name of the check, or are an error with
 * MOFGEN_REQUIRE_C=1.
 */
export function hasBuildTools(check: string, commands: readonly string[]): boolean {
  const missing = commands.filter(
    (command) =>
      spawnSync(command, [VERSION_SWITCHES[command] ?? '--version'], { stdio: 'ignore' }).status !==
      0,
  );
  if (missing.length === 0) return true;
  const sentence = `${check}: not run, because there is no ${missing.join(', no ')}`;
  if (process.env['MOFGEN_REQUIRE_C'] === '1') {
    throw new Error(`${sentence} (MOFGEN_REQUIRE_C=1 makes that a failure)`);
  }
  console.log(sentence);
  return false;
}
