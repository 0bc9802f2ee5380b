/** Imports a module of the user's: a configuration or a target. */
import { type Stats, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { printable } from '../diagnostics/printable.js';
import { systemCode } from '../node/system-code.js';
import { EXIT } from './exit-codes.js';
import { type Io } from './io.js';

export interface ImportedModule {
  readonly default?: unknown;
}

/**
 * The module at an absolute path; `shown` is the path as a person knows it. Throws what the module throws, and in a single executable
 * an error: Node has no `import()` there.
 */
export async function importModule(
  path: string,
  shown: string,
  io: Io,
  { mtimeMs }: Pick<Stats, 'mtimeMs'> = statSync(path),
): Promise<ImportedModule> {
  // A module that ends the process, or awaits what never comes, must not look like a run that succeeded.
  const onExit = (): void => {
    io.stderr(`mofgen: ${printable(shown)}: the module ended the process before it was loaded\n`);
    process.exitCode = EXIT.usage;
  };
  process.once('exit', onExit);
  try {
    // With the time in its address a module that changed is imported anew, for --watch.
    return (await import(`${pathToFileURL(path).href}?${mtimeMs}`)) as ImportedModule;
  } catch (error) {
    throw systemCode(error) === 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING'
      ? new Error(
          'the single executable cannot import modules; use mofgen from npm, or a mofgen.config.json with built-in targets',
        )
      : error;
  } finally {
    process.off('exit', onExit);
  }
}

/** What a module threw, in one line. */
export function thrownWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? '';
}
