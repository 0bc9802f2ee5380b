/** A view that throws when a template reads a name that it lacks, also in conditions and loops, where strict templates do not. */

/** Names that the template engine itself reads from every value. */
const PROBED: ReadonlySet<string> = new Set(['constructor', 'toHTML', 'then', 'length']);

/** Receives every name that a view has and that a template reads, as `ts/generated.ts.classes[].block.name`. */
export interface Watcher {
  there(path: string): void;
  asked(path: string): void;
}

/** `value`, sealed with everything in it. `path` is its name in messages. */
export function sealed<T>(value: T, path: string, watcher?: Watcher): T {
  if (typeof value === 'function') throw new Error(`${path} is a function`);
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) {
    throw new Error(`${path} is no plain object`);
  }
  const pathOf = (key: string): string => (Array.isArray(value) ? `${path}[]` : `${path}.${key}`);
  if (!Array.isArray(value)) for (const key of Object.keys(value)) watcher?.there(pathOf(key));
  return new Proxy(value, {
    get(target, key, receiver): unknown {
      const isOwn = typeof key === 'string' && Object.hasOwn(target, key);
      if (typeof key === 'symbol' || (!isOwn && PROBED.has(key))) {
        return Reflect.get(target, key, receiver);
      }
      if (!isOwn) throw new Error(`${pathOf(key)} is not in the view`);
      if (!Array.isArray(target)) watcher?.asked(pathOf(key));
      return sealed<unknown>(Reflect.get(target, key), pathOf(key), watcher);
    },
  });
}
