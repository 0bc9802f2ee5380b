/**
 * The executable: loads the modules of the bundled command line as they are needed, from the files that scripts/build.mjs
 * made of them. Must not know the command line.
 */

type ModuleFunction = (
  exports: unknown,
  require: (name: string) => unknown,
  module: { readonly exports: unknown },
) => void;

/** The file of each module that is not in one of its own; the build puts it here. */
declare const GROUPED_FILES: Readonly<Record<string, string>>;

/** The launcher is CommonJS, so Node hands it this; making another one takes longer. */
const requireOfNode: (name: string) => unknown = require;
const functions: Record<string, ModuleFunction> = {};
const modules = new Map<string, { readonly exports: unknown }>();

/** What a module sees as `require`: another module of the bundle, or what Node finds from here. */
function load(name: string): unknown {
  if (!name.startsWith('./')) return requireOfNode(name);
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  const id = name.slice('./'.length);
  if (functions[id] === undefined) {
    Object.assign(functions, requireOfNode(`./cli/${GROUPED_FILES[id] ?? id}`));
  }
  const module = { exports: {} };
  modules.set(name, module);
  functions[id]?.(module.exports, load, module);
  return module.exports;
}

load('./mofgen.cjs');
