// Moves what a check of a faultless text does not run out of the files that every check loads.
//
// V8 scans every byte of a file that is loaded, whether it runs or not, and half of the command line is about faults. Which half
// is not written down anywhere: the build checks the samples, and a function at the top level of a module that none of them
// calls is seldom used. Such functions go into one file of their own, with the constants that only they need. In the place of
// each is a function that loads this file, once, and calls it. The sources know nothing of it, and neither the library nor the
// tests of the sources have it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

/** The entry that has all that is seldom used. */
export const SELDOM_USED = 'seldom-used';

/** The same as esbuild names it in its reports. */
export const SELDOM_USED_ENTRY = `${SELDOM_USED}:${SELDOM_USED}`;

/** Stands for `require` of the file that has that entry. */
export const LOAD_SELDOM_USED = '__LOAD_SELDOM_USED__';

/** The texts that are checked to see what runs: all that are shipped and have no error. */
function faultlessTexts(root) {
  const samples = join(root, 'samples');
  return readdirSync(samples, { recursive: true })
    .filter((name) => name.endsWith('.mof') && !/^bad[\\/]/.test(name))
    .map((name) => join(samples, name))
    .sort();
}

/** What a check loads and calls: the line of each function that was called, by the path of its module. */
async function usedByChecks(root, entry, options) {
  const folder = join(root, 'build', `coverage-${process.pid}`);
  try {
    const program = join(folder, 'mofgen.cjs');
    const { metafile } = await build({
      ...options,
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      sourcemap: true,
      metafile: true,
    });
    const reports = join(folder, 'reports');
    mkdirSync(reports);
    // As in a build step; and as at a terminal, which is written to as any device is.
    for (const { stdio, format } of [
      { stdio: 'pipe', format: [] },
      { stdio: 'ignore', format: ['--diagnostics', 'pretty'] },
    ]) {
      const { status, stderr } = spawnSync(
        process.execPath,
        [program, 'check', ...faultlessTexts(root), ...format],
        { cwd: root, encoding: 'utf8', stdio, env: { ...process.env, NODE_V8_COVERAGE: reports } },
      );
      if (status !== 0) throw new Error(`checking the samples ended with ${status}: ${stderr}`);
    }
    return { metafile, lines: linesOfCalled(root, program, reports) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function linesOfCalled(root, program, reports) {
  const map = new SourceMap(JSON.parse(readFileSync(`${program}.map`, 'utf8')));
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

/** A module in two: what stays, and what is seldom used; `undefined` for one of which all stays. */
function parted(path, text, calledLines, number) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const textOf = (node) => text.slice(node.getStart(file), node.end);
  const lineOf = (node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line;
  const statements = file.statements.map((statement) => ({
    statement,
    declared: declaredBy(statement),
    used: identifiersIn(statement),
  }));
  const variables = new Set(
    statements.flatMap(({ statement, declared }) =>
      ts.isVariableStatement(statement) ? declared : [],
    ),
  );
  const isSeldom = ({ statement }) =>
    ts.isFunctionDeclaration(statement) &&
    statement.body !== undefined &&
    statement.asteriskToken === undefined &&
    !calledLines.has(lineOf(statement)) &&
    // What is imported cannot be assigned to.
    [...assignedIn(statement)].every((name) => !variables.has(name));
  const functions = statements.filter(isSeldom);
  if (functions.length === 0) return undefined;
  const functionNames = new Set(functions.flatMap(({ declared }) => declared));
  // Variables that are needed by nothing that stays go with the functions.
  const moved = new Set(functions);
  for (let changed = true; changed;) {
    changed = false;
    for (const each of statements) {
      if (moved.has(each) || !ts.isVariableStatement(each.statement)) continue;
      if (isExported(each.statement)) continue;
      const elsewhere = (name) =>
        statements.some((other) => other !== each && !moved.has(other) && other.used.has(name));
      const isConstant = (each.statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
      if (!isConstant || each.declared.some(elsewhere)) continue;
      moved.add(each);
      changed = true;
    }
  }
  const stays = statements.filter((each) => !moved.has(each));
  const goes = statements.filter((each) => moved.has(each));
  const neededThere = new Set(goes.flatMap(({ used }) => [...used]));
  const shared = stays.flatMap(({ declared, statement }) =>
    declared.filter((name) => neededThere.has(name)).map((name) => ({ name, statement })),
  );
  const loaded = `load_${number}`;
  const stub = ({ statement, declared: [name] }) =>
    `${isExported(statement) ? 'export ' : ''}function ${name}(...all) { return ${loaded}().${name}_${number}(...all); }`;
  const kept = statements.map((each) =>
    functions.includes(each) ? stub(each) : moved.has(each) ? '' : textOf(each.statement),
  );
  const extra = shared.filter(({ statement }) => !isExported(statement)).map(({ name }) => name);
  const imports = statements
    .filter(({ statement }) => ts.isImportDeclaration(statement))
    .map(({ statement }) => textOf(statement));
  return {
    stays: [
      `import { load as ${loaded} } from '${SELDOM_USED}:load';`,
      ...kept,
      `export { ${extra.join(', ')} };`,
    ].join('\n'),
    goes: [
      ...imports,
      `import { ${shared.map(({ name }) => name).join(', ')} } from './${path.split('/').at(-1)}';`,
      ...goes.map(({ statement }) => textOf(statement).replace(/^export /, '')),
      `export { ${[...functionNames].map((name) => `${name} as ${name}_${number}`).join(', ')} };`,
    ].join('\n'),
  };
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
 * The plugin of esbuild for the command line whose `entry` and whose `commands` every check loads. It adds the entry
 * SELDOM_USED, which is loaded where LOAD_SELDOM_USED stands.
 */
export async function seldomUsed({ root, entry, commands, options }) {
  const { metafile, lines } = await usedByChecks(root, entry, options);
  const parts = new Map();
  for (const path of new Set(
    [entry, ...commands].flatMap((each) => [...modulesOf(each, metafile)]),
  )) {
    if (!/^(src|grammar)\/.*\.ts$/.test(path)) continue;
    const text = readFileSync(join(root, path), 'utf8');
    const found = parted(path, text, lines.get(path) ?? new Set(), parts.size);
    if (found !== undefined) parts.set(path, found);
  }
  const nameOf = (path) => relative(root, path).replaceAll('\\', '/');
  const namespace = SELDOM_USED;
  return {
    name: SELDOM_USED,
    setup(plugin) {
      plugin.onResolve({ filter: new RegExp(`^${SELDOM_USED}(:|$)`) }, ({ path }) => ({
        path,
        namespace,
        sideEffects: false,
      }));
      plugin.onLoad({ filter: /:load$/, namespace }, () => ({
        contents: `export const load = () => ${LOAD_SELDOM_USED};`,
      }));
      plugin.onLoad({ filter: new RegExp(`^${SELDOM_USED}$`), namespace }, () => ({
        contents: [...parts.keys()]
          .map((path) => `export * from '${SELDOM_USED}:${path}';`)
          .join('\n'),
        resolveDir: root,
      }));
      plugin.onLoad({ filter: /\.ts$/, namespace }, ({ path }) => {
        const name = path.slice(SELDOM_USED.length + 1);
        return {
          contents: parts.get(name).goes,
          loader: 'ts',
          resolveDir: join(root, name, '..'),
        };
      });
      plugin.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const part = parts.get(nameOf(path));
        return part && { contents: part.stays, loader: 'ts' };
      });
    },
  };
}
