/**
 * Every MOF of the corpora with a class, as a binary MOF and as text again: the same objects and bytes the second time, and the same
 * model. Needs the corpus folder, and reports when it is absent.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from '../../grammar/index.js';
import { type BinaryMof } from '../../src/binary-mof/document.js';
import { toBinaryMof, writeBinaryMof } from '../../src/binary-mof/index.js';
import { toMofText } from '../../src/binary-mof/to-mof.js';
import { type CompilationUnit, compile } from '../../src/compile/compilation.js';
import { hasErrors, type Result } from '../../src/diagnostics/diagnostic.js';
import { resolve } from '../../src/model/resolve.js';
import { modelDocument } from '../../src/show/model-document.js';
import { decode } from '../../src/compile/decode.js';
import { oneIn, perRun } from '../effort.js';
import { corpus, hasCorpus, includesBeside, mofFiles, root, samples } from '../mof-files.js';

/** Stubs of headers that the iSCSI files include and that are not public. */
const readInclude = includesBeside(join(root, 'test/targets/iscsi/include'));

function unitOf(path: string): Result<CompilationUnit> {
  return compile(decode(readFileSync(path), path).value, readInclude);
}

function unitOfText(text: string): CompilationUnit {
  const { value, diagnostics } = compile(
    { name: 'decompiled.mof', text, encoding: 'utf-8' },
    () => undefined,
  );
  expect(hasErrors(diagnostics)).toBe(false);
  return value;
}

/** Places, and flavors: a binary MOF has four of them, which the objects show. */
const LEFT_OUT: ReadonlySet<string> = new Set(['place', 'flavors']);

interface NamedValue {
  readonly name: string;
  readonly value: unknown;
}

/**
 * What `show --json` has of a model, without what the format does not hold: a default of NULL is no value; the parameters of a
 * method are in two objects, so their ids alone keep their order; and a direction that is denied is one that is absent.
 */
function modelOf(unit: CompilationUnit): unknown {
  const { value } = resolve(unit);
  const document = modelDocument([{ name: '', filesRead: [], model: { ...value, errors: [] } }]);
  return JSON.parse(
    JSON.stringify(document, (key, each: unknown) => {
      if (LEFT_OUT.has(key) || (key === 'default' && each === null)) return undefined;
      if (key === 'parameters') {
        return inOrderOfIds(each as readonly { qualifiers?: readonly NamedValue[] }[]);
      }
      return key === 'qualifiers'
        ? (each as readonly NamedValue[]).filter((qualifier) => !isDenied(qualifier))
        : each;
    }),
  );
}

function isDenied({ name, value }: NamedValue): boolean {
  return /^(in|out)$/i.test(name) && value === false;
}

function inOrderOfIds<Parameter extends { qualifiers?: readonly NamedValue[] }>(
  parameters: readonly Parameter[],
): Parameter[] {
  const idOf = ({ qualifiers = [] }: Parameter, place: number): number => {
    const id = qualifiers.find(({ name }) => name.toLowerCase() === 'id')?.value;
    return typeof id === 'number' ? id : place;
  };
  return parameters
    .map((parameter, place) => ({ parameter, id: idOf(parameter, place) }))
    .sort((a, b) => a.id - b.id)
    .map(({ parameter }) => parameter);
}

/** Texts whose classes are the same after a binary MOF. */
function checkText(unit: CompilationUnit, document: BinaryMof, path: string): void {
  const { value: text, faults } = toMofText(document);
  expect({ path, faults }).toEqual({ path, faults: [] });
  expect({ path, problems: parse(text).problems }).toEqual({ path, problems: [] });
  const secondUnit = unitOfText(text);
  const second = toBinaryMof(secondUnit);
  expect(second.diagnostics).toEqual([]);
  expect(second.value).toEqual(document);
  expect(Buffer.compare(writeBinaryMof(second.value), writeBinaryMof(document))).toBe(0);
  expect(toMofText(second.value).value).toBe(text);
  expect({ path, model: modelOf(secondUnit) }).toEqual({ path, model: modelOf(unit) });
}

function hasClass({ written }: CompilationUnit): boolean {
  return written.some(
    ({ node }) => node.kind === 'ClassDeclaration' && node.features !== undefined,
  );
}

test('every sample', () => {
  for (const { path } of samples) {
    const unit = unitOf(path).value;
    checkText(unit, toBinaryMof(unit).value, path);
  }
});

test.runIf(hasCorpus)('every MOF of the corpus with a class', { timeout: 900_000 }, () => {
  const files = oneIn(30, mofFiles(corpus));
  const counts = { whole: 0, broken: 0, withoutClass: 0 };
  for (const path of files) {
    const unit = unitOf(path);
    if (hasErrors(unit.diagnostics)) {
      counts.broken += 1;
      continue;
    }
    const { value, diagnostics } = toBinaryMof(unit.value);
    if (hasErrors(diagnostics) || !hasClass(unit.value)) {
      counts.withoutClass += 1;
      continue;
    }
    checkText(unit.value, value, path);
    counts.whole += 1;
  }
  console.log(`through binary MOF and text: ${JSON.stringify(counts)}`);
  expect(counts.whole).toBeGreaterThan(perRun({ thorough: 1300, quick: 1300 / 30 }));
});
