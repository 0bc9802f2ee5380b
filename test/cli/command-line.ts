/** Runs the command line in-process in a folder of its own, for the tests of the commands. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ExitCode } from '../../src/cli/exit-codes.js';
import { run } from '../../src/cli/main.js';

export interface Outcome {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** Bytes written to standard output; absent without any. */
  readonly bytes?: Uint8Array;
}

export interface Workplace {
  readonly folder: string;
  readonly path: (name: string) => string;
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Outcome>;
}

export interface RunOptions {
  readonly stdin?: Uint8Array;
  /** Replaces `stdin`, to make reading fail. */
  readonly readStdin?: () => Promise<Uint8Array>;
  readonly env?: Readonly<Record<string, string>>;
  readonly stderrIsTerminal?: boolean;
  readonly onInterrupt?: (stop: () => void) => void;
  /** Sees what goes to standard error as it comes. */
  readonly onStderr?: (text: string) => void;
}

/** A new folder with `files` in it; removed after the test. */
export function workplace(files: Readonly<Record<string, string | Uint8Array>> = {}): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-cli-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return workplaceIn(folder);
}

/** An existing folder. */
export function workplaceIn(folder: string): Workplace {
  return {
    folder,
    path: (name) => join(folder, name),
    run: (args, options = {}) => runIn(folder, args, options),
  };
}

/** The sorted names in an output folder, without that of mofgen's record of them. */
export function outputsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name !== '.mofgen')
    .sort();
}

async function runIn(
  folder: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Outcome> {
  const { stdin = new Uint8Array(), env = {}, stderrIsTerminal = false } = options;
  let stdout = '';
  let stderr = '';
  const binary: Uint8Array[] = [];
  const exitCode = await run(args, {
    stdout: (text) => (stdout += text),
    stdoutBytes: (bytes) => binary.push(bytes),
    stderr: (text) => {
      stderr += text;
      options.onStderr?.(text);
    },
    readStdin: options.readStdin ?? (() => Promise.resolve(stdin)),
    cwd: folder,
    env,
    stderrIsTerminal,
    ...(options.onInterrupt === undefined ? {} : { onInterrupt: options.onInterrupt }),
  });
  return {
    exitCode,
    stdout,
    stderr,
    ...(binary.length === 0 ? {} : { bytes: Buffer.concat(binary) }),
  };
}

/** A small MOF with one data block of the given name. */
export function smallMof(name = 'SmallFan', more = ''): string {
  return `
[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}")]
class ${name}
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read] uint32 Speed;
  [WmiDataId(2), read, write] uint32 Wanted;
  ${more}
};
`;
}
