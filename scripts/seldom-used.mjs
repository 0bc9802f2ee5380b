// Moves what a check of a plain text does not run out of the files that every check loads.
//
// V8 scans every byte of a file that is loaded, whether it runs or not, and half of the command line is about faults. The build
// finds out which half: it runs the command line on texts, and records which functions at the top level of a module
// are called. Those that no check of a sample calls go into files of their own, with the constants that only they need. In the
// place of each is a function that loads the file, once, and calls it. The sources do not depend on it; neither the library
// nor the tests of the sources have it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

/**
 * The files, each an entry of the build: what other faultless texts and other commands call, and what only faults need. They
 * are loaded where the name in `__LOAD_…__` is.
 */
export const PARTS = ['sometimes-used', 'seldom-used'];

/** A placeholder for `require` of the file of a part. */
export const loadOf = (part) => `__LOAD_${part.replace(/\W/g, '_').toUpperCase()}__`;

const NAMESPACE = 'part';

/** A part as esbuild names it in its reports. */
export const entryOf = (part) => `${NAMESPACE}:${part}`;

/** The samples, which have no fault. */
function samples(root) {
  const folder = join(root, 'samples');
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.mof'))
    .map((name) => join(folder, name))
    .sort();
}

/** The right texts of the pages about findings, which use all that a text may have, as files in `folder`. */
async function rightTexts(root, folder, options) {
  const { outputFiles } = await build({
    ...options,
    entryPoints: ['src/diagnostics/explain/index.ts'],
    bundle: true,
    write: false,
    format: 'esm',
  });
  const { PAGES } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  mkdirSync(folder);
  // Programs with a setting need other files or options.
  return Object.entries(PAGES)
    .filter(([, { right, setting }]) => right !== undefined && setting === undefined)
    .map(([code, { right }]) => {
      const path = join(folder, `${code}.mof`);
      writeFileSync(path, right);
      return path;
    });
}

/** The lines of the functions that runs call, by the path of their module: of checks, and of all runs. */
async function calledFunctions(root, entry, options) {
  const folder = join(root, 'build', `coverage-${process.pid}`);
  try {
    const program = join(folder, 'mofgen.cjs');
    const { metafile } = await build({
      ...options,
      entryPoints: [entry],
      outfile: program,
      bundle: true,
      format: 'cjs',
      sourcemap: true,
      metafile: true,
    });
    const map = new SourceMap(JSON.parse(readFileSync(`${program}.map`, 'utf8')));
    const reports = join(folder, 'reports');
    const runs = (...all) => {
      mkdirSync(reports);
      for (const { args, stdio = 'pipe' } of all) {
        const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
          cwd: root,
          encoding: 'utf8',
          stdio,
          env: { ...process.env, NODE_V8_COVERAGE: reports },
        });
        if (status !== 0)
          throw new Error(`mofgen ${args.join(' ')} ended with ${status}: ${stderr}`);
      }
      const lines = linesOfCalled({ root, program, map, reports });
      rmSync(reports, { recursive: true });
      return lines;
    };
    const inputs = samples(root);
    const checks = runs(
      { args: ['check', ...inputs] },
      // As at a terminal, which is written to as any device is.
      { args: ['check', ...inputs, '--diagnostics', 'pretty'], stdio: 'ignore' },
      // The functions that these call must not be in a file that needs everything that checks need.
      { args: ['--help'] },
      { args: ['explain'] },
      { args: ['explain', 'MOF2202'] },
    );
    const others = runs(
      { args: ['check', ...(await rightTexts(root, join(folder, 'right'), options))] },
      { args: ['generate', ...inputs, '-t', 'ts,header,kmdf', '-o', join(folder, 'kmdf')] },
      { args: ['generate', ...inputs, '-t', 'wdm', '-o', join(folder, 'wdm')] },
    );
    return { metafile, called: [checks, others] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function linesOfCalled({ root, program, map, reports }) {
  const text = readFileSync(program, 'utf8');
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const lines = new Map();
  const add = (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    const { originalSource, originalLine } = map.findEntry(line, offset - starts[line]);
    if (originalSource === undefined) return;
    const path = relative(root, resolve(program, '..', originalSource)).replaceAll('\\', '/');
    if (!lines.has(path)) lines.set(path, new Set());
    lines.get(path).add(originalLine);
  };
  for (const report of readdirSync(reports)) {
    const { result } = JSON.parse(readFileSync(join(reports, report), 'utf8'));
    const { functions } = result.find(({ url }) => url.endsWith('/mofgen.cjs'));
    for (const { ranges } of functions) if (ranges[0].count > 0) add(ranges[0].startOffset);
  }
  return lines;
}

/** The names of values that a statement at the top level declares. */
function declaredBy(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  }
  const isValue =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isValue ? [statement.name.text] : [];
}

function namesIn(binding) {
  if (ts.isIdentifier(binding)) return [binding.text];
  return binding.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : namesIn(element.name),
  );
}

/** Every identifier within a node, whatever it is there. */
function identifiersIn(node) {
  const names = new Set();
  const visit = (each) => {
    if (ts.isIdentifier(each)) names.add(each.text);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return names;
}

/** The names that something within a node is assigned to. */
function assignedIn(node) {
  const names = new Set();
  const visit = (each) => {
    const target =
      ts.isBinaryExpression(each) && ts.isAssignmentOperator(each.operatorToken.kind)
        ? each.left
        : ts.isPrefixUnaryExpression(each) || ts.isPostfixUnaryExpression(each)
          ? each.operand
          : undefined;
    if (target !== undefined) for (const name of identifiersIn(target)) names.add(name);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return names;
}

const isExported = (statement) =>
  statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

/**
 * A module in parts: what `stays`, and by the name of a part what `goes` into it; `undefined` for one of which all stays.
 * `partOf` gives the part of a function by its line, `undefined` for one that stays.
 */
function parted(path, text, partOf, number) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const textOf = (node) => text.slice(node.getStart(file), node.end);
  const lineOf = (node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line;
  const statements = file.statements.map((statement) => ({
    statement,
    declared: declaredBy(statement),
    used: identifiersIn(statement),
    part: undefined,
  }));
  const isVariable = ({ statement }) => ts.isVariableStatement(statement);
  const variables = new Set(statements.filter(isVariable).flatMap(({ declared }) => declared));
  for (const each of statements) {
    const { statement } = each;
    if (!ts.isFunctionDeclaration(statement) || statement.body === undefined) continue;
    // Imports cannot be assigned to.
    if ([...assignedIn(statement)].some((name) => variables.has(name))) continue;
    each.part = partOf(lineOf(statement));
  }
  const functions = statements.filter(({ part }) => part !== undefined);
  if (functions.length === 0) return undefined;
  // A constant that is needed in one part alone goes with it.
  const constants = statements.filter(
    (each) =>
      isVariable(each) &&
      !isExported(each.statement) &&
      (each.statement.declarationList.flags & ts.NodeFlags.Const) !== 0,
  );
  for (let changed = true; changed;) {
    changed = false;
    for (const each of constants) {
      const users = statements.filter(
        (other) => other !== each && each.declared.some((name) => other.used.has(name)),
      );
      const [part, ...others] = new Set(users.map((user) => user.part));
      if (each.part !== undefined || part === undefined || others.length > 0) continue;
      each.part = part;
      changed = true;
    }
  }
  const exported = new Set();
  const goes = {};
  for (const part of PARTS) {
    const own = functions.filter((each) => each.part === part).flatMap(({ declared }) => declared);
    if (own.length === 0) continue;
    const going = statements.filter((each) => each.part === part);
    const needed = new Set(going.flatMap(({ used }) => [...used]));
    const shared = statements
      .filter((each) => each.part !== part)
      .flatMap(({ declared }) => declared.filter((name) => needed.has(name)));
    for (const name of shared) exported.add(name);
    goes[part] = [
      ...statements
        .filter(({ statement }) => ts.isImportDeclaration(statement))
        .map(({ statement }) => textOf(statement)),
      `import { ${shared.join(', ')} } from './${path.split('/').at(-1)}';`,
      ...going.map(({ statement }) => textOf(statement).replace(/^export /, '')),
      `export { ${own.map((name) => `${name} as ${name}_${number}`).join(', ')} };`,
    ].join('\n');
  }
  const caller = ({ statement, declared: [name], part }) =>
    `${isExported(statement) ? 'export ' : ''}function ${name}(...all) { return ${loaderIn(part)}().${name}_${number}(...all); }`;
  const loaderIn = (part) => `load_${PARTS.indexOf(part)}`;
  for (const { statement, declared } of statements) {
    if (isExported(statement)) for (const name of declared) exported.delete(name);
  }
  const stays = [
    ...PARTS.map(
      (part) => `import { load as ${loaderIn(part)} } from '${NAMESPACE}:load:${part}';`,
    ),
    ...statements.map((each) => {
      if (functions.includes(each)) return caller(each);
      return each.part === undefined ? textOf(each.statement) : '';
    }),
    `export { ${[...exported].join(', ')} };`,
  ].join('\n');
  return { stays, goes };
}

/** The modules that an entry needs at once: itself and what it imports, by path. */
function modulesOf(entry, { inputs }) {
  const needed = new Set();
  const visit = (path) => {
    if (needed.has(path)) return;
    needed.add(path);
    for (const { kind, path: imported, external } of inputs[path].imports) {
      if (kind === 'import-statement' && external !== true) visit(imported);
    }
  };
  visit(entry);
  return needed;
}

/**
 * The plugin of esbuild for the command line whose `entry` and whose `commands` every check loads; `options` are those that its
 * sources want. It adds PARTS to the entries.
 */
export async function partsPlugin({ root, entry, commands, options }) {
  const { metafile, called } = await calledFunctions(root, entry, options);
  const modules = new Map();
  for (const path of new Set(
    [entry, ...commands].flatMap((each) => [...modulesOf(each, metafile)]),
  )) {
    if (!/^(src|grammar)\/.*\.ts$/.test(path)) continue;
    const [checks, others] = called.map((lines) => lines.get(path) ?? new Set());
    const partOf = (line) => (checks.has(line) ? undefined : PARTS[others.has(line) ? 0 : 1]);
    const text = readFileSync(join(root, path), 'utf8');
    const found = parted(path, text, partOf, modules.size);
    if (found !== undefined) modules.set(path, found);
  }
  return {
    name: 'seldom-used',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^(${PARTS.join('|')})$`) }, ({ path }) => ({
        path,
        namespace: NAMESPACE,
      }));
      onResolve({ filter: new RegExp(`^${NAMESPACE}:`) }, ({ path }) => ({
        path: path.slice(NAMESPACE.length + 1),
        namespace: NAMESPACE,
        sideEffects: false,
      }));
      onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path: name }) => {
        const [kind, part, path] = name.split(':');
        if (kind === 'load') return { contents: `export const load = () => ${loadOf(part)};` };
        if (kind === 'module') {
          const contents = modules.get(path).goes[part];
          return { contents, loader: 'ts', resolveDir: join(root, path, '..') };
        }
        const parts = [...modules].filter(([, { goes }]) => goes[name] !== undefined);
        return {
          contents: parts
            .map(([each]) => `export * from '${NAMESPACE}:module:${name}:${each}';`)
            .join('\n'),
        };
      });
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const module = modules.get(relative(root, path).replaceAll('\\', '/'));
        return module && { contents: module.stays, loader: 'ts' };
      });
    },
  };
}
