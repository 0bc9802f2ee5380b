// Real MOF files resolve without errors; needs the corpus folder, and says so when it is absent.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/index.js';
import { type CompilationUnit, type PlacedProduction } from '../../src/compilation.js';
import { resolve } from '../../src/model/resolve.js';
import { type SourceFile } from '../../src/source/source-file.js';
import { shown } from './resolve-text.js';

const corpus = process.env['MOFGEN_CORPUS'] ?? join(import.meta.dirname, '../../../shared/corpus');
const isThere = existsSync(corpus);
if (!isThere) console.log(`corpus tests skipped: ${corpus} does not exist (set MOFGEN_CORPUS)`);

function mofFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.toLowerCase().endsWith('.mof'))
    .map((name) => join(folder, name))
    .sort();
}

function read(path: string): SourceFile {
  const bytes = readFileSync(path);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'windows-1252').decode(bytes);
  return { name: path, text, encoding: isUtf16 ? 'utf-16le' : 'windows-1252' };
}

/** A file with what it includes; files that are missing are left out. */
function unitOfFile(path: string): CompilationUnit {
  const productions: PlacedProduction[] = [];
  const seen = new Set<string>();
  const visit = (source: SourceFile) => {
    seen.add(source.name);
    for (const node of parse(source.text).value.productions) {
      const argument =
        node.kind === 'CompilerDirective' && node.name.name.toLowerCase() === 'include'
          ? node.arguments?.[0]
          : undefined;
      if (argument?.kind !== 'String') {
        productions.push({ source, node });
        continue;
      }
      const included = join(dirname(source.name), argument.value);
      if (existsSync(included) && !seen.has(included)) visit(read(included));
    }
  };
  const main = read(path);
  visit(main);
  return { main, filesRead: [...seen], productions };
}

const driverFiles = ['windows-driver-samples', 'linux-firmware']
  .flatMap((folder) => mofFiles(join(corpus, folder)))
  .filter((path) => !/^[ \t]*#[ \t]*(define|include)/im.test(read(path).text));

describe.runIf(isThere)('the corpus', () => {
  test('has the driver and firmware files that are tested', () => {
    expect(driverFiles.length).toBeGreaterThanOrEqual(16);
  });

  test.each(driverFiles)('%s has no errors', (path) => {
    const { value, diagnostics } = resolve(unitOfFile(path));
    const errors = diagnostics.filter((each) => each.severity === 'error').map(shown);
    expect(errors).toEqual([]);
    const items = value.blocks.reduce((sum, block) => sum + block.data.items.length, 0);
    const methods = value.blocks.reduce((sum, block) => sum + block.methods.length, 0);
    console.log(
      `${path.slice(corpus.length)}: ${value.classes.length} classes, ${value.blocks.length} blocks, ${items} items, ${methods} methods, ${diagnostics.length} warnings`,
    );
  });

  test('CIM 2.32 resolves without errors and without blocks', () => {
    const unit = unitOfFile(join(corpus, 'cim-2.32/CIM_Schema.mof'));
    const times: number[] = [];
    let result = resolve(unit);
    for (let round = 0; round < 5; round += 1) {
      const start = performance.now();
      result = resolve(unit);
      times.push(performance.now() - start);
    }
    console.log(
      `CIM 2.32: ${result.value.classes.length} classes, ${result.diagnostics.length} diagnostics, best ${Math.min(...times).toFixed(1)} ms`,
    );
    expect(result.diagnostics.filter((each) => each.severity === 'error').map(shown)).toEqual([]);
    // The root file leaves four of the folder's 1,422 classes out, in comments.
    expect(result.value.classes.length).toBe(1418);
    expect(result.value.blocks).toEqual([]);
  });

  test('plain CIM and OMI files have warnings only', () => {
    const files = ['omi', 'pywbem'].flatMap((folder) => mofFiles(join(corpus, folder)));
    expect(files.length).toBeGreaterThan(30);
    const failing = files.flatMap((path) =>
      resolve(unitOfFile(path))
        .diagnostics.filter((each) => each.severity === 'error')
        .map((each) => ({ path, ...shown(each) })),
    );
    expect(failing).toEqual([]);
  });
});
