/**
 * Real MOFs: those of which mofcomp made a binary MOF become its very bytes, and all others become one that reads back as it was
 * written. Needs the corpus folder, and reports when it is absent.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBinaryMof, toBinaryMof, writeBinaryMof } from '../../src/binary-mof/index.js';
import { type BinaryMof } from '../../src/binary-mof/document.js';
import { type CompilationUnit, compile } from '../../src/compile/compilation.js';
import { hasErrors, type Result } from '../../src/diagnostics/diagnostic.js';
import { decode } from '../../src/compile/decode.js';
import { corpus, hasCorpus, includesBeside, mofFiles, root, samples } from '../mof-files.js';
import { bmfs } from './bmf-files.js';
import { shownDiagnostic } from './compiled.js';
import { oneIn, perRun } from '../effort.js';

/** Stubs of headers that the iSCSI files include and that are not public. */
const readInclude = includesBeside(join(root, 'test/targets/iscsi/include'));

function unitOf(path: string): Result<CompilationUnit> {
  return compile(decode(readFileSync(path), path).value, readInclude);
}

const pairs = bmfs.flatMap(({ name, bytes }) => {
  const mof = join(corpus, name.replace(/\.bmf$/i, '.mof'));
  return existsSync(mof) ? [{ name, mof, bytes }] : [];
});

describe.runIf(hasCorpus)('output of mofcomp', () => {
  test('has its MOF in every pair', () => {
    expect(pairs.length).toBe(bmfs.filter(({ name }) => name.startsWith('bmf-pairs/')).length);
    expect(pairs.length).toBe(22);
  });

  test.each(pairs)('$name', ({ mof, bytes }) => {
    const unit = unitOf(mof);
    expect(hasErrors(unit.diagnostics)).toBe(false);
    const { value, diagnostics } = toBinaryMof(unit.value);
    expect(diagnostics).toEqual([]);
    // Objects first: they show more than a byte does.
    expect(value).toEqual(readBinaryMof(bytes).value);
    expect(Buffer.from(writeBinaryMof(value)).equals(bytes)).toBe(true);
  });
});

/** Counts classes and instances, each of which is one object of a binary MOF. */
function objectNames({ written }: CompilationUnit): readonly string[] {
  return written.flatMap(({ node }) =>
    node.kind === 'ClassDeclaration' && node.features !== undefined
      ? [node.name.name]
      : node.kind === 'InstanceDeclaration'
        ? [node.className.name]
        : [],
  );
}

function namesIn({ objects }: BinaryMof): readonly unknown[] {
  return objects.map(({ properties }) => properties?.find(({ name }) => name === '__CLASS')?.value);
}

function expectSameWhenRead(value: BinaryMof): void {
  expect(readBinaryMof(writeBinaryMof(value))).toEqual({ value });
}

test('every sample becomes a binary MOF', () => {
  for (const { path } of samples) {
    const unit = unitOf(path);
    const { value, diagnostics } = toBinaryMof(unit.value);
    expect({ path, found: diagnostics.map(shownDiagnostic) }).toEqual({ path, found: [] });
    expect(namesIn(value)).toEqual(objectNames(unit.value));
    expectSameWhenRead(value);
  }
});

/** What is found in the files of the corpus; nothing in all others. The first is there to be included, and lacks a macro. */
const FOUND: ReadonlyMap<string, string> = new Map([
  ['windows-driver-samples/storage/iscsi/src/common.mof', 'MOF5001'],
  ['bmf-pairs/mof/pragma/wmi_pragma_deleteclass.mof', 'MOF5004'],
  ['bmf-pairs/mof/pragma/wmi_pragma_deleteinstance.mof', 'MOF5004'],
]);

test.runIf(hasCorpus)('every MOF of the corpus becomes a binary MOF', { timeout: 300_000 }, () => {
  const files = oneIn(8, mofFiles(corpus));
  let [whole, broken, objects, most] = [0, 0, 0, 0];
  const found = new Map<string, string>();
  for (const path of files) {
    const unit = unitOf(path);
    const { value, diagnostics } = toBinaryMof(unit.value);
    if (hasErrors(unit.diagnostics)) {
      // Its tree is incomplete; compiling it must not fail.
      broken += 1;
      continue;
    }
    whole += 1;
    const codes = new Set(diagnostics.map(({ code }) => code));
    if (codes.size > 0) found.set(relative(corpus, path), [...codes].join(', '));
    expect(namesIn(value)).toEqual(objectNames(unit.value));
    expectSameWhenRead(value);
    objects += value.objects.length;
    most = Math.max(most, value.objects.length);
  }
  console.log(
    `binary MOFs of the corpus: ${whole} files, ${objects} objects, up to ${most} in one; ${broken} files have errors`,
  );
  const names = new Set(files.map((path) => relative(corpus, path)));
  expect([...found].sort()).toEqual([...FOUND].filter(([name]) => names.has(name)).sort());
  expect(whole).toBeGreaterThan(perRun({ thorough: 1400, quick: 1400 / 8 }));
});
