/**
 * Windows' own Node under Wine: which builds are here, and the built command line on one of them. Built by `npm test` beforehand
 * (scripts/setup.mjs); `node scripts/node-matrix.mjs --fetch win-x64@20 win-x64@22` fetches the builds.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { commandBefore, environment, fetchedProgram, run } from '../../scripts/node-builds.mjs';

const VERSIONS = ['20', '22'];

/** A path of this machine in the form of Windows programs under Wine. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

const cli = resolve('dist/cli.cjs');

export interface Outcome {
  readonly exitCode: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

const outcomeOf = ({ status, stdout, stderr }: ReturnType<typeof run>): Outcome => ({
  exitCode: status,
  stdout,
  stderr,
});

/** The command line on this machine's Node. */
export function onLinux(folder: string, args: readonly string[], input?: Uint8Array): Outcome {
  return outcomeOf(
    run(folder, process.execPath, [cli, ...args], input === undefined ? {} : { input }),
  );
}

/** One build of Windows' Node, in a folder that is the drive `letter`. */
export class Windows {
  /** The folder's path on this machine. */
  readonly folder: string;
  readonly #node: readonly string[];

  constructor(
    node: readonly string[],
    folder: string,
    readonly letter: string,
  ) {
    this.#node = node;
    this.folder = folder;
  }

  /** Writes a file, with its folders. */
  write(name: string, content: string | Uint8Array): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** The command line on Windows. */
  run(args: readonly string[], input?: string | Uint8Array): Outcome {
    return this.node([windowsPath(cli), ...args], input);
  }

  /** Node itself on Windows. */
  node(args: readonly string[], input?: string | Uint8Array): Outcome {
    const [command = '', ...before] = this.#node;
    const options = input === undefined ? {} : { input };
    return outcomeOf(run(this.folder, command, [...before, ...args], options));
  }

  /** Any program of Windows. */
  program(args: readonly string[]): Outcome {
    const [command = ''] = this.#node;
    return outcomeOf(run(this.folder, command, args));
  }

  /** Starts a program of Windows, does not wait for it, and discards its output. */
  start(args: readonly string[]): ChildProcess {
    const [command = ''] = this.#node;
    const env = environment as NodeJS.ProcessEnv;
    return spawn(command, args, { cwd: this.folder, env, stdio: 'ignore' });
  }

  /** The command line, started; a program and its arguments for `start`. */
  commandLine(args: readonly string[]): string[] {
    return [...this.#node.slice(1), windowsPath(cli), ...args];
  }

  /** The whole command on this machine. */
  command(args: readonly string[]): string[] {
    return [...this.#node, ...args];
  }

  empty(): void {
    for (const name of readdirSync(this.folder)) {
      rmSync(join(this.folder, name), { recursive: true, force: true });
    }
  }
}

/** The end of a process that was started. */
export function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((done) => {
    child.on('close', (code, signal) => {
      done(code ?? signal);
    });
  });
}

function wine(): string[] | undefined {
  try {
    return commandBefore('win-x64');
  } catch {
    return undefined;
  }
}

/**
 * Describes tests for each build. `letter` is the drive that their folder becomes; files of tests run at the same time, so each has
 * letters of its own. Without Wine or without builds the tests are left out, and the log has the reason.
 */
export function describeWindows(
  title: string,
  letter: string,
  tests: (windows: Windows) => void,
): void {
  const before = wine();
  for (const version of VERSIONS) {
    const build = fetchedProgram({ platform: 'win-x64', version });
    const reason =
      before === undefined
        ? "there is no wine64; it is Debian's package of that name"
        : build === undefined
          ? `there is no Node ${version} for Windows; node scripts/node-matrix.mjs --fetch win-x64@${version} fetches it`
          : undefined;
    if (reason !== undefined && process.env['MOFGEN_REQUIRE_WINDOWS'] === '1')
      throw new Error(reason);
    if (before === undefined || build === undefined) {
      console.warn(`${title} on Windows' Node ${version}: not tested, since ${reason}`);
      describe.skip(`${title}, Node ${version}`, () => {
        tests(new Windows([], '', letter));
      });
      continue;
    }
    describe(`${title}, Node ${build.version}`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'mofgen-windows-'));
      const windows = new Windows([...before, build.path], folder, letter);
      beforeAll(() => {
        // The first run of Wine sets itself up.
        windows.node(['-e', '0']);
        const prefix = environment['WINEPREFIX'] ?? '';
        mount(folder, join(prefix, 'dosdevices', `${letter.toLowerCase()}:`));
        // Wine maps this to \\server\x.
        mount(folder, join(prefix, 'dosdevices/unc/server', letter.toLowerCase()));
      });
      afterAll(() => {
        rmSync(folder, { recursive: true, force: true });
      });
      tests(windows);
    });
  }
}

function mount(folder: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  symlinkSync(folder, path);
}
