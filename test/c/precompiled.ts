/**
 * Precompiles <ntddk.h> once in a run for each of GCC's compilers for Windows: reading it takes four fifths of the time of a
 * compilation. GCC uses it where `#include <ntddk.h>` is the first of the file that it compiles, or `-include` names it, and the
 * macros and flags are those it was made with (manual, "Using Precompiled Headers").
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { madeOnce } from '../run-store.js';

export interface PrecompiledFor {
  readonly command: string;
  readonly language: 'c' | 'c++';
  /** The arguments that code depends on: the language version and `-O`, `-g`, `-f`, `-m`. */
  readonly flags: readonly string[];
  /** The folders in which the compiler finds the header. */
  readonly headers: readonly string[];
}

/** A folder for `-isystem`, before those of `headers`; `undefined` where the compiler does not precompile it. */
export async function precompiled(job: PrecompiledFor): Promise<string | undefined> {
  try {
    return await madeOnce(['<ntddk.h>', job], (folder) => precompileInto(folder, job));
  } catch {
    return undefined;
  }
}

async function precompileInto(folder: string, job: PrecompiledFor): Promise<void> {
  const { command, language, flags, headers } = job;
  const header = join(folder, 'ntddk.h');
  writeFileSync(header, '#include_next <ntddk.h>\n');
  await promisify(execFile)(command, [
    ...flags,
    '-w',
    ...[folder, ...headers].flatMap((each) => ['-isystem', each]),
    ...['-x', `${language}-header`, header, '-o', `${header}.gch`],
  ]);
}
