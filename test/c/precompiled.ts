/**
 * Precompiles <ntddk.h> once in a run for each of GCC's compilers for Windows: reading it takes four fifths of the time of a
 * compilation. GCC uses it where `#include <ntddk.h>` is the first of a file and the macros and flags are those it was made with,
 * and reads the header itself everywhere else (manual, "Using Precompiled Headers"), so that results are the same.
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of one run; the global set-up creates and removes it. Without it nothing is precompiled. */
const store = process.env['MOFGEN_PRECOMPILED'];

export interface PrecompiledFor {
  readonly command: string;
  readonly language: 'c' | 'c++';
  /** The arguments that code depends on: the language version and `-O`, `-g`, `-f`, `-m`. */
  readonly flags: readonly string[];
  /** The folders in which the compiler finds the header. */
  readonly headers: readonly string[];
}

const made = new Map<string, string | undefined>();

/** A folder for `-isystem`, before those of `headers`; `undefined` where nothing is precompiled. */
export function precompiled(job: PrecompiledFor): string | undefined {
  if (store === undefined) return undefined;
  const key = createHash('sha256').update(JSON.stringify(job)).digest('hex').slice(0, 16);
  if (!made.has(key)) made.set(key, make(join(store, key), job));
  return made.get(key);
}

/** Other processes may make it at the same time: the folder appears complete, in one step. */
function make(folder: string, job: PrecompiledFor): string | undefined {
  if (existsSync(folder)) return folder;
  const temporary = `${folder}-${randomUUID()}`;
  mkdirSync(temporary, { recursive: true });
  const header = join(temporary, 'ntddk.h');
  writeFileSync(header, '#include_next <ntddk.h>\n');
  const { status } = spawnSync(job.command, [
    ...job.flags,
    '-w',
    ...[temporary, ...job.headers].flatMap((each) => ['-isystem', each]),
    ...['-x', `${job.language}-header`, header, '-o', `${header}.gch`],
  ]);
  if (status === 0) {
    try {
      renameSync(temporary, folder);
      return folder;
    } catch {
      // Another process was first.
    }
  }
  rmSync(temporary, { recursive: true, force: true });
  return existsSync(folder) ? folder : undefined;
}
