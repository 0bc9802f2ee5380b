// Drivers that implement some classes of a larger MOF, chosen with --class, for programs that have the user's functions themselves.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/cli/main.js';
import { type HostBuild } from '../../c/host.js';
import { type EmittedSample } from './sample-program.js';

export interface ChosenClasses {
  /** The folder of `<base>.mof`. */
  readonly folder: string;
  readonly base: string;
  readonly target: string;
  readonly classes: readonly string[];
  /** The folder in the build, `base` unless another one is given. */
  readonly output?: string;
}

/** Emits the classes into a folder of the build. Throws what the command line prints when it fails. */
export async function emitClasses(
  build: HostBuild,
  { folder, base, target, classes, output: folderName = base }: ChosenClasses,
): Promise<Pick<EmittedSample, 'folder' | 'sources'>> {
  const output = join(build.folder, folderName);
  let errors = '';
  const args = [`${base}.mof`, '--class', classes.join(','), '-t', target, '-o', output, '-q'];
  const exitCode = await run(args, {
    stdout: () => undefined,
    stdoutBytes: () => undefined,
    stderr: (text) => (errors += text),
    readStdin: () => Promise.resolve(new Uint8Array()),
    cwd: folder,
    env: {},
    stderrIsTerminal: false,
  });
  if (exitCode !== 0) throw new Error(errors);
  const files = readdirSync(output).filter((name) => /(?<!_impl)\.c$/.test(name));
  return { folder: output, sources: files.map((name) => join(output, name)) };
}
