// Real MOF files resolve without errors; needs the corpus folder, and is skipped with a message without it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compilation.js';
import { type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { analyze } from '../../src/generate.js';
import { decode } from '../../src/compile/decode.js';
import { corpus, corpusFiles, hasCorpus, includesBeside, root } from '../mof-files.js';
import { resolveUnit, shown } from './resolve-text.js';

/** Stubs of headers that the iSCSI files include and that are not public. */
const readInclude = includesBeside(join(root, 'test/targets/iscsi/include'));

function errorsOf(diagnostics: readonly Diagnostic[]) {
  return diagnostics.filter((each) => each.severity === 'error').map(shown);
}

/** common.mof is a part of others, and cannot be read by itself. */
const driverFiles = corpusFiles('windows-driver-samples', 'linux-firmware', 'bmf-pairs').filter(
  (path) => !path.endsWith('iscsi/src/common.mof'),
);

describe.runIf(hasCorpus)('the corpus', () => {
  test('has the driver and firmware files that are tested', () => {
    expect(driverFiles.length).toBe(44);
  });

  test.each(driverFiles)('%s has no errors at any stage', (path) => {
    const { value, diagnostics } = analyze(readFileSync(path), path, readInclude);
    const errors = errorsOf(diagnostics);
    expect(errors).toEqual([]);
    if (!path.includes('bmf-pairs')) expect(value.classes.length).toBeGreaterThan(0);
    // Classes outside of WMI are not reported as missing a registration.
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

  test('the readable parts of plain CIM and OMI files resolve with warnings only', () => {
    const files = corpusFiles('omi', 'pywbem');
    expect(files.length).toBeGreaterThan(30);
    // Some are meant to fail in a parser: only their declarations are tested here.
    const failing = files.flatMap((path) => {
      const { value: unit } = compile(decode(readFileSync(path), path).value, readInclude);
      return errorsOf(resolveUnit(unit).diagnostics).map((each) => ({ path, ...each }));
    });
    expect(failing).toEqual([]);
  });
});
