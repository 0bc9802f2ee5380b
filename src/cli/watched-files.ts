/**
 * Watches files and folders, and reports changes in groups: a save of several files is one group.
 *
 * Watches folders, because an editor may replace a file by another one.
 */
import { watch } from 'chokidar';

export interface Change {
  /** The absolute path. */
  readonly path: string;
  readonly kind: 'new' | 'changed' | 'gone';
}

/** What to watch. */
export interface WatchPlan {
  /** Folders whose own files count. */
  readonly folders: ReadonlySet<string>;
  /** Folders in which files of all levels count. */
  readonly trees: ReadonlySet<string>;
  /** Whether a file counts. */
  readonly counts: (path: string) => boolean;
}

const KINDS: Readonly<Record<string, Change['kind']>> = { add: 'new', unlink: 'gone' };

/** Milliseconds without a change that end a group. */
const QUIET_TIME = 60;

export class WatchedFiles {
  readonly #changes = new Map<string, Change>();
  #watcher: ReturnType<typeof watch> | undefined;
  #plan: WatchPlan = { folders: new Set(), trees: new Set(), counts: () => false };
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;

  /** Starts watching the plan; resolves when the watch is active. */
  async follow(plan: WatchPlan): Promise<void> {
    const isSame =
      this.#watcher !== undefined &&
      isEqual(plan.folders, this.#plan.folders) &&
      isEqual(plan.trees, this.#plan.trees);
    this.#plan = plan;
    if (isSame) return;
    await this.#watcher?.close();
    const watcher = watch([...plan.folders, ...plan.trees], {
      ignoreInitial: true,
      ignored: (path, stats) => stats?.isDirectory() === true && !this.#mayEnter(path),
    });
    this.#watcher = watcher;
    watcher.on('all', (event, path) => {
      if (event === 'addDir' || event === 'unlinkDir' || !this.#plan.counts(path)) return;
      this.#note({ path, kind: KINDS[event] ?? 'changed' });
    });
    await new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
      // A folder that is gone, or that may not be read, is not watched; the next run reports it.
      watcher.on('error', () => {
        resolve();
      });
    });
  }

  /** The next group of changes; `undefined` after `stop`. */
  async next(): Promise<readonly Change[] | undefined> {
    while (this.#timer !== undefined || this.#changes.size === 0) {
      if (this.#isStopped) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#isStopped) {
      await this.#watcher?.close();
      return undefined;
    }
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    return changes;
  }

  /** Ends the watch. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wake?.();
  }

  /** Counts a change that happened before the watch began. */
  note(path: string): void {
    this.#note({ path, kind: 'changed' });
  }

  #note(change: Change): void {
    const known = this.#changes.get(change.path);
    // A new file that is written again is still new.
    const kind = change.kind === 'changed' ? (known?.kind ?? change.kind) : change.kind;
    this.#changes.set(change.path, { path: change.path, kind });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#wake?.();
    }, QUIET_TIME);
  }

  #mayEnter(path: string): boolean {
    const { folders, trees } = this.#plan;
    if (folders.has(path) || trees.has(path)) return true;
    const name = path.replace(/^.*[\\/]/s, '');
    if (name.startsWith('.') || name === 'node_modules') return false;
    return [...trees].some((tree) => path.startsWith(tree));
  }
}

function isEqual(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((each) => other.has(each));
}
