/** The built library in a page: bundled without a Node built-in, and run where only ECMAScript's own globals and the text codecs exist. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import * as library from 'mofgen';

type Library = typeof library;

/** Bundles the built library for the browser; fails for anything that a browser lacks. */
async function bundleForBrowser(contents: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: resolve('.'), loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    minify: true,
    alias: { mofgen: resolve('dist/index.js') },
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const foreign = imports.filter(({ external }) => external).map(({ path }) => path);
  if (foreign.length > 0) throw new Error(`the bundle needs ${foreign.join(', ')}`);
  return outputFiles.map(({ text }) => text).join('');
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

const SAMPLES = ['door-light', 'smart-fan', 'sensor-log', 'calibration', 'odd-corners'];

const BAD = `[WMI, Dynamic, Provider("WMIProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7b11}")]
class Fan { [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1), read] unit32 Speed };`;

/** Everything that a page can do with a text, as one plain value. */
function useOf(it: Library, name: string, text: string): unknown {
  const bytes = bytesOf(text);
  const analysis = it.analyze(bytes, name, (path) =>
    path === 'names.h' ? { name: path, bytes: bytesOf('#define SIZE 4\n') } : undefined,
  );
  const { value: model, diagnostics, filesRead } = analysis;
  const shown = [{ name, filesRead, model }];
  return {
    problems: it.parse(text).problems,
    tokens: it.tokensOf(text).length,
    comments: it.commentsOf(text).length,
    filesRead,
    files: analysis.files.map((file) => file.name),
    trees: analysis.texts.map(({ tree }) => tree.productions.length),
    emitted: it.targetNames.map((target) => it.emit(model, name, { targets: [target] })),
    stubs: it.stubs(model, name, 'ts', 'export class Nothing {}').value,
    pretty: it.renderDiagnostics(diagnostics, 'pretty'),
    text: it.renderDiagnostics(diagnostics, 'text'),
    json: it.renderDiagnosticsJson(diagnostics),
    sarif: it.renderDiagnosticsSarif(diagnostics, '1.0.0'),
    tables: it.showTables(shown),
    model: it.showJson(shown),
    document: it.modelDocument(shown),
    markdown: it.showMarkdown(shown),
    mermaid: it.showMermaid(shown),
  };
}

/** Plain data of any realm, with the class instances in it left out. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each)),
  );

let page: Library;

beforeAll(async () => {
  const code = await bundleForBrowser(
    "import * as library from 'mofgen'; globalThis.library = library;",
  );
  const context = createContext({ TextEncoder, TextDecoder });
  expect(runInContext('typeof process + typeof Buffer + typeof require', context)).toBe(
    'undefinedundefinedundefined',
  );
  runInContext(code, context);
  page = context['library'] as Library;
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(
    `mofgen for a browser: ${kilobytes(code.length)}, ${kilobytes(gzipSync(code).length)} gzipped`,
  );
});

test('the built library imports nothing', async () => {
  const { metafile } = await build({
    entryPoints: ['dist/index.js'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    packages: 'external',
  });
  expect(Object.values(metafile.inputs).flatMap(({ imports }) => imports)).toEqual([]);
});

test('the page has everything that the library exports', () => {
  expect(Object.keys(page).sort()).toEqual(Object.keys(library).sort());
});

describe('a page gives the same results as Node', () => {
  const texts = [
    ...SAMPLES.map((name) => [`${name}.mof`, readFileSync(`samples/${name}/${name}.mof`, 'utf8')]),
    ['bad.mof', BAD],
    ['empty.mof', ''],
    ['macros.mof', `#include "names.h"\n${BAD.replace('unit32 Speed', 'uint32 Speed[SIZE];')}`],
  ] as const;
  test.each(texts)('%s', (...row) => {
    const [name = '', text = ''] = row;
    const inPage = plain(useOf(page, name, text));
    expect(inPage).toEqual(plain(useOf(library, name, text)));
    expect(JSON.stringify(inPage).length).toBeGreaterThan(100);
  });
});

test.each(['node:fs', 'fs'])('a bundle that needs %s is refused', async (name) => {
  const text = `import * as library from 'mofgen'; import * as other from '${name}'; globalThis.all = [library, other];`;
  await expect(bundleForBrowser(text)).rejects.toThrow(`Could not resolve "${name}"`);
});
