// Loads the files of the command line within a single executable, where Node's own `require` finds built-in modules only. Training
// reads the texts from a folder; the executable has them inside.

/** Wraps a file for the compiler. The files are ASCII. */
export const wrapped = (text) => `(function (module, exports, require) {${text}\n})`;

/** A function that loads a file by its name, each once; `scriptOf` gives its compiled script, `requireBuiltIn` modules of Node. */
export function loaderOf(scriptOf, requireBuiltIn) {
  const modules = new Map();
  const load = (file) => {
    let module = modules.get(file);
    if (module === undefined) {
      module = { exports: {} };
      modules.set(file, module);
      const run = scriptOf(file).runInThisContext();
      run(module, module.exports, (name) =>
        name.startsWith('./') ? load(name.slice(2)) : requireBuiltIn(name),
      );
    }
    return module.exports;
  };
  return load;
}
