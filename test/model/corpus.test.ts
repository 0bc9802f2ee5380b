// Real MOF files resolve without errors; needs the corpus folder, and says so when it is absent.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile, type IncludeReader } from '../../src/compilation.js';
import { type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { analyze } from '../../src/generate.js';
import { resolve } from '../../src/model/resolve.js';
import { decode } from '../../src/source/decode.js';
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

/** Headers that the iSCSI files want and that are not public, with values of our own. */
const headers = join(import.meta.dirname, '../targets/iscsi/include');

/** Finds included files beside the including one and in the folder of -I, as the command line does. */
const readInclude: IncludeReader = (path, from) => {
  const places = [dirname(from), headers].map((folder) => join(folder, path.replaceAll('\\', '/')));
  const name = places.find((place) => existsSync(place));
  return name === undefined ? undefined : { name, bytes: readFileSync(name) };
};

function errorsOf(diagnostics: readonly Diagnostic[]) {
  return diagnostics.filter((each) => each.severity === 'error').map(shown);
}

/** common.mof is a part of others, and cannot be read by itself. */
const driverFiles = ['windows-driver-samples', 'linux-firmware', 'bmf-pairs']
  .flatMap((folder) => mofFiles(join(corpus, folder)))
  .filter((path) => !path.endsWith('iscsi/src/common.mof'));

/** What mofcomp -B takes though it is nothing that a driver could serve. */
const UNSERVABLE: ReadonlyMap<string, readonly string[]> = new Map([
  ['wmi_class.mof', ['MOF2201', 'MOF2501']],
  ['wmi_class_inheritance.mof', ['MOF2201', 'MOF2501']],
  ['wmi_class_with_object.mof', ['MOF2201', 'MOF2302']],
]);

describe.runIf(isThere)('the corpus', () => {
  test('has the driver and firmware files that are tested', () => {
    expect(driverFiles.length).toBe(44);
  });

  test.each(driverFiles)('%s has no errors at any stage', (path) => {
    const { value, diagnostics } = analyze(readFileSync(path), path, readInclude);
    const errors = errorsOf(diagnostics);
    const expected = UNSERVABLE.get(basename(path));
    if (expected !== undefined) {
      expect([...new Set(errors.map(({ code }) => code))].sort()).toEqual(expected);
      return;
    }
    expect(errors).toEqual([]);
    if (!path.includes('bmf-pairs')) expect(value.classes.length).toBeGreaterThan(0);
    // A class that is not WMI's is nothing that its file forgot to register.
    expect(diagnostics.map(({ code }) => code)).not.toContain('MOF2110');
    const items = value.blocks.reduce((sum, block) => sum + block.data.items.length, 0);
    const methods = value.blocks.reduce((sum, block) => sum + block.methods.length, 0);
    console.log(
      `${path.slice(corpus.length)}: ${value.classes.length} classes, ${value.blocks.length} blocks, ${items} items, ${methods} methods, ${diagnostics.length} warnings`,
    );
  });

  test('CIM 2.32 has no errors at any stage, and no blocks', () => {
    const path = join(corpus, 'cim-2.32/CIM_Schema.mof');
    const { value, diagnostics } = analyze(readFileSync(path), path, readInclude);
    console.log(`CIM 2.32: ${value.classes.length} classes, ${diagnostics.length} diagnostics`);
    expect(errorsOf(diagnostics)).toEqual([]);
    // The root file leaves four of the folder's 1,422 classes out, in comments.
    expect(value.classes.length).toBe(1418);
    expect(value.blocks).toEqual([]);
  });

  test('what can be read of plain CIM and OMI files resolves with warnings only', () => {
    const files = ['omi', 'pywbem'].flatMap((folder) => mofFiles(join(corpus, folder)));
    expect(files.length).toBeGreaterThan(30);
    // Some are there to be refused by a parser: only what they declare is tested here.
    const failing = files.flatMap((path) => {
      const { value: unit } = compile(decode(readFileSync(path), path).value, readInclude);
      return errorsOf(resolve(unit).diagnostics).map((each) => ({ path, ...each }));
    });
    expect(failing).toEqual([]);
  });
});
