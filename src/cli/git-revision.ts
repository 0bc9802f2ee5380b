/** Reads files of a revision of a Git repository with `git`, without changing anything there. */
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { printable } from '../diagnostics/printable.js';
import { ioFailure, systemCode, usageFailure } from './failures.js';
import { type Io } from './io.js';

/** The files of one revision; paths are relative to the top of the repository, with `/`, and '' is the top itself. */
export interface GitRevision {
  /** The folder of the working tree, with links followed. */
  readonly top: string;
  /** The entry at a path, with links inside the revision followed. */
  readonly at: (path: string) => GitEntry | undefined;
  /** The paths of all files below a folder, sorted. */
  readonly filesBelow: (folder: string) => readonly string[];
}

export type GitEntry =
  { readonly kind: 'file'; readonly bytes: Uint8Array } | { readonly kind: 'folder' };

/** Opens a revision of the repository that `folder` belongs to. */
export function openRevision(revision: string, folder: string, io: Io): GitRevision {
  const query = (args: readonly string[], input = '') => runGit(folder, args, input, io);
  const inside = query(['rev-parse', '--show-toplevel']);
  if (inside.status !== 0) {
    throw ioFailure(`git cannot read a repository in '${printable(folder)}': ${reasonOf(inside)}`);
  }
  const top = realpathSync(lineOf(inside));
  const tree = treeOf(revision, query);
  if (tree === undefined) throw unknownRevision(revision, top, query);
  const known = new Map<string, GitEntry | undefined>();
  return {
    top,
    at(path) {
      if (!known.has(path)) known.set(path, entryAt(tree, path, query));
      return known.get(path);
    },
    filesBelow(path) {
      const listed = succeeded(
        query(['ls-tree', '-r', '-z', '--name-only', '--full-tree', `${tree}:${path}`]),
      );
      const names = listed.stdout.toString('utf8').split('\0');
      const prefix = path === '' ? '' : `${path}/`;
      return names.filter((name) => name !== '').map((name) => prefix + name);
    },
  };
}

interface Answer {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

type Query = (args: readonly string[], input?: string) => Answer;

/** A MOF text has kilobytes, and a list of the files of a large repository some megabytes. */
const MAX_BYTES = 512 * 1024 * 1024;

/** The repository is that of the folder, also in a hook; messages are in English, git never prompts and takes no lock. */
const OF_GIT = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
};

function runGit(folder: string, args: readonly string[], input: string, io: Io): Answer {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', folder, ...args], {
    input,
    env: { ...io.env, ...OF_GIT },
    maxBuffer: MAX_BYTES,
    windowsHide: true,
  });
  if (error === undefined) return { status, stdout, stderr };
  if (systemCode(error) === 'ENOENT') {
    throw ioFailure(`--against git:… needs git, which is not installed or not in PATH`);
  }
  throw ioFailure('cannot run git', error);
}

function succeeded(answer: Answer): Answer {
  if (answer.status !== 0) throw ioFailure(`git failed: ${reasonOf(answer)}`);
  return answer;
}

/** The first line of git's message, which is the reason. */
function reasonOf({ stderr, status }: Answer): string {
  const [line = ''] = stderr.toString('utf8').trim().split('\n');
  const reason = line.replace(/^(?:fatal|error): /, '');
  return reason === '' ? `it ended with ${status ?? 'a signal'}` : printable(reason);
}

function lineOf({ stdout }: Answer): string {
  return stdout.toString('utf8').replace(/\r?\n$/, '');
}

function treeOf(revision: string, query: Query): string | undefined {
  const found = query([
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{tree}`,
  ]);
  return found.status === 0 ? lineOf(found) : undefined;
}

function unknownRevision(revision: string, top: string, query: Query) {
  const name = printable(revision);
  const isShallow = lineOf(query(['rev-parse', '--is-shallow-repository'])) === 'true';
  const advice =
    treeOf(`origin/${revision}`, query) !== undefined
      ? `did you mean git:origin/${name}?`
      : isShallow
        ? `the clone is shallow, so fetch it first: git fetch --depth 1 origin ${name}`
        : `'git log' and 'git branch --all' list what there is`;
  return usageFailure(`there is no revision '${name}' in '${printable(top)}'; ${advice}`);
}

function entryAt(tree: string, path: string, query: Query): GitEntry | undefined {
  // git reads one name a line; files that can be checked out everywhere have no such names.
  if (/[\n\0]/.test(path)) return undefined;
  const question = `${tree}:${path}\n`;
  const { stdout } = succeeded(query(['cat-file', '--batch', '--follow-symlinks'], question));
  const end = stdout.indexOf('\n');
  const header = /^[0-9a-f]+ (blob|tree) (\d+)$/.exec(stdout.toString('utf8', 0, end));
  if (header === null) return undefined;
  if (header[1] === 'tree') return { kind: 'folder' };
  return { kind: 'file', bytes: stdout.subarray(end + 1, end + 1 + Number(header[2])) };
}
