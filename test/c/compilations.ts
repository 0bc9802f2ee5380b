// A cache of compilations, such as those of the harness and of the C core, for one run of the tests. The key is the compiler, its
// arguments and the bytes of every file that was read. Only compilations that succeed without output are cached.
import { createHash, randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

export interface SourceCompilation {
  /** Absolute. */
  readonly source: string;
  /** The compiler and its arguments, without names of folders that differ between tests. */
  readonly command: readonly string[];
  /** The folders that `#include` searches first, absolute and in order; that of the source comes before them. */
  readonly includes: readonly string[];
  /** The object to write; absent for a compilation that only checks for warnings. */
  readonly object: string | undefined;
}

/** A file that was read: the index of its folder, or -1 for a name that is absolute, and the hash of its bytes. */
type Input = readonly [folder: number, name: string, hash: string];

/** The folder of one run; the global set-up creates and removes it. Without it nothing is cached. */
const store = process.env['MOFGEN_COMPILATIONS'];

const hashOf = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex');

const hashes = new Map<string, readonly [state: string, hash: string]>();

function hashOfFile(path: string): string {
  const { mtimeNs, size, ino } = statSync(path, { bigint: true });
  const state = [mtimeNs, size, ino].join();
  const known = hashes.get(path);
  if (known?.[0] === state) return known[1];
  const hash = hashOf(readFileSync(path));
  hashes.set(path, [state, hash]);
  return hash;
}

/** Runs `compile`, unless the run has done the same already; it gets arguments that make the compiler list what it reads. */
export async function compiledOnce<Outcome extends { status: number | null; output: string }>(
  job: SourceCompilation,
  compile: (more: readonly string[]) => Promise<Outcome>,
): Promise<Outcome | { status: number; output: string }> {
  if (store === undefined) return compile([]);
  const { source, command, object } = job;
  const folders = [dirname(source), ...job.includes];
  const key = hashOf([...command, basename(source), hashOfFile(source)].join('\0'));
  const place = join(store, key);
  mkdirSync(place, { recursive: true });
  const before = readdirSync(place).find(
    (name) => name.endsWith('.json') && isSame(join(place, name), folders),
  );
  if (before !== undefined) {
    if (object !== undefined) copyFileSync(join(place, before.replace(/json$/, 'o')), object);
    return { status: 0, output: '' };
  }
  const id = randomUUID();
  const list = join(place, `${id}.d`);
  const outcome = await compile(['-MD', '-MT', 'x', '-MF', list]);
  if (outcome.status === 0 && outcome.output === '') {
    const inputs = inputsOf(readFileSync(list, 'utf8'), folders);
    if (object !== undefined) copyFileSync(object, join(place, `${id}.o`));
    const temporary = join(place, `${id}.new`);
    writeFileSync(temporary, JSON.stringify(inputs));
    renameSync(temporary, join(place, `${id}.json`));
  }
  rmSync(list, { force: true });
  return outcome;
}

/** The files of a rule for Make. */
function inputsOf(rule: string, folders: readonly string[]): Input[] {
  const names = rule
    .slice(rule.indexOf(':') + 1)
    .replaceAll('\\\n', ' ')
    .match(/(?:\\[ #]|[^\s])+/g);
  return (names ?? []).map((name): Input => {
    const path = resolve(name.replaceAll(/\\([ #])/g, '$1').replaceAll('$$', '$'));
    const folder = folders.findIndex((each) => path.startsWith(`${each}/`));
    const inside = folders[folder];
    const short = inside === undefined ? path : relative(inside, path);
    return [folder, short, hashOfFile(path)];
  });
}

/** Whether a compilation with these folders reads the same bytes. */
function isSame(entry: string, folders: readonly string[]): boolean {
  const inputs = JSON.parse(readFileSync(entry, 'utf8')) as readonly Input[];
  return inputs.every(([folder, name, hash]) => {
    const inside = folders[folder];
    const path = inside === undefined ? name : join(inside, name);
    // A folder that is searched earlier may have a file of that name now.
    const earlier = inside === undefined ? folders : folders.slice(0, folder);
    const short = inside === undefined ? basename(name) : name;
    if (earlier.some((each) => existsSync(join(each, short)))) return false;
    return existsSync(path) && hashOfFile(path) === hash;
  });
}
