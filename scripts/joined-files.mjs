// Joins the modules that esbuild splits a program into, so that a file has all that is loaded at the same time.
//
// Opening many files takes longer than reading one. And what one module takes from another it reads through a getter, which V8
// compiles when it is first called: within a file, names are used directly. Files load each other with `require`, since
// starting Node's loader of ES modules would take longer than the rest of a run.
import { basename } from 'node:path';
import { build } from 'esbuild';

/** The names that a module imports, by module. */
function importsIn(text) {
  const found = new Map();
  for (const [, names, from] of text.matchAll(/^import \{([^}]*)\} from "\.\/([^"]*)";/gm)) {
    const imported = names.split(',').map((each) => each.trim().split(' as ')[0]);
    found.set(from, imported);
  }
  return found;
}

/**
 * The texts of the files, by name. `result` is that of a build with `splitting` that is neither written nor minified, `fileOf`
 * gives the file of a module, `options` are the further ones of esbuild. `placeholders` are names of which each is replaced by
 * `require` of a file. A file exports what its entries export, and `shared`: what other files need of it.
 */
export async function joinedFiles({ result, fileOf, placeholders, options }) {
  const texts = new Map(
    result.outputFiles.map(({ path, text }) => [
      basename(path),
      // Only the entries have side effects when they are loaded.
      text.replace(/^import "\.\/[^"]*";\n/gm, ''),
    ]),
  );
  const entries = new Map(
    Object.entries(result.metafile.outputs).flatMap(([path, { entryPoint, exports }]) =>
      entryPoint === undefined ? [] : [[basename(path), exports]],
    ),
  );
  // The exports that each module gives to other files, with short names: these names stay in the files.
  const shared = new Map([...texts.keys()].map((module) => [module, new Map()]));
  let count = 0;
  for (const [module, text] of texts) {
    for (const [from, names] of importsIn(text)) {
      if (fileOf(from) === fileOf(module)) continue;
      for (const name of names) {
        if (!shared.get(from).has(name)) shared.get(from).set(name, `_${(count++).toString(36)}`);
      }
    }
  }

  /** The program of a file. Most runs need nothing that is shared, so that object is made on first use. */
  const contentsOf = (file) => {
    const modules = [...texts.keys()].filter((module) => fileOf(module) === file);
    const imported = (module, names) =>
      names.length > 0 ? `import { ${names.join(', ')} } from "./${module}";` : '';
    const getter = (name) => `get ${name}() { return ${name}; },`;
    const exported = modules.flatMap((module) => entries.get(module) ?? []);
    const given = modules.flatMap((module) => [...shared.get(module).values()]);
    return [
      ...modules.map((module) =>
        entries.has(module) ? `import "./${module}"; ${imported(module, entries.get(module))}` : '',
      ),
      ...modules.map((module) =>
        imported(
          module,
          [...shared.get(module)].map(([name, short]) => `${name} as ${short}`),
        ),
      ),
      'let all;',
      'module.exports = {',
      ...exported.map(getter),
      // As a prototype, since esbuild copies an object's own properties.
      `shared: () => (all ??= Object.create({ ${given.map(getter).join(' ')} })),`,
      '};',
    ].join('\n');
  };

  const called = (text) =>
    Object.entries(placeholders)
      .reduce((all, [name, file]) => all.replaceAll(name, () => `require("./${file}")`), text)
      .replace(
        /\bimport\("\.\/([^"]*)"\)/g,
        (_, module) => `Promise.resolve().then(() => require("./${fileOf(module)}"))`,
      );

  const plugin = (file) => ({
    name: 'joined-files',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\// }, ({ path, kind }) =>
        kind === 'require-call'
          ? { path, external: true }
          : { path, namespace: 'module', sideEffects: entries.has(basename(path)) },
      );
      onResolve({ filter: /^shared:/ }, ({ path }) => ({ path, namespace: 'shared' }));
      onLoad({ filter: /.*/, namespace: 'module' }, ({ path }) => {
        const module = basename(path);
        if (fileOf(module) === file) return { contents: called(texts.get(module)) };
        const names = [...shared.get(module)].map(([name, short]) => `${short} as ${name}`);
        return { contents: `export { ${names.join(', ')} } from "shared:${fileOf(module)}";` };
      });
      onLoad({ filter: /.*/, namespace: 'shared' }, ({ path }) => ({
        contents: `module.exports = require("./${path.slice('shared:'.length)}").shared();`,
      }));
    },
  });

  const files = [...new Set([...texts.keys()].map(fileOf))];
  const joined = files.map(async (file) => {
    const { outputFiles } = await build({
      ...options,
      stdin: { contents: contentsOf(file), resolveDir: '/' },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      minify: true,
      plugins: [plugin(file)],
    });
    return [file, outputFiles[0].text];
  });
  return Object.fromEntries(await Promise.all(joined));
}
