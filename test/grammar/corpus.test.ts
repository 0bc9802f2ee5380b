// Real MOF texts parse without an error, and the deliberately broken ones fail where they are broken.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from '../../grammar/index.js';
import { decode } from '../../src/source/decode.js';
import { positionAt } from '../../src/source/source-file.js';

const CORPUS =
  process.env['MOFGEN_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const hasCorpus = existsSync(CORPUS);
if (!hasCorpus) console.warn(`no corpus at ${CORPUS} (MOFGEN_CORPUS): its tests are skipped`);

const WARNINGS = new Set(['MOF1003', 'MOF1104', 'MOF1105', 'MOF1106', 'MOF1203']);
/** Files that are wrong on purpose, and the line at which they are. */
const NEGATIVES: ReadonlyMap<string, number> = new Map([
  ['omi/Unix/tests/mof/syntaxerror.mof', 97],
  ['pywbem/tests/unittest/pywbem/testmofs/parse_error01.mof', 14],
  ['pywbem/tests/unittest/pywbem/testmofs/parse_error03.mof', 24],
  ['pywbem/tests/unittest/pywbem/testmofs/parse_error04.mof', 2],
]);

function mofFiles(folder: string): string[] {
  return readdirSync(join(CORPUS, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.mof$/i.test(name))
    .map((name) => join(CORPUS, folder, name))
    .sort();
}

/** `path:line code message` of every error of the file. */
function errorsOf(path: string): string[] {
  const { value: source, diagnostics } = decode(readFileSync(path), relative(CORPUS, path));
  const found = [
    ...diagnostics.map(({ code, message, location }) => ({ code, message, span: location?.span })),
    ...parse(source.text).problems,
  ];
  return found
    .filter(({ code }) => !WARNINGS.has(code))
    .map(({ code, message, span }) => {
      const { line } = positionAt(source, span?.start ?? 0);
      return `${source.name}:${line} ${code} ${message}`;
    });
}

function needsPreprocessor(path: string): boolean {
  return /^[ \t]*#[ \t]*(?:define|include)/m.test(decode(readFileSync(path), path).value.text);
}

test.runIf(hasCorpus).each([
  ['windows-driver-samples', 10],
  ['linux-firmware', 5],
  ['bmf-pairs', 20],
  ['pywbem', 8],
  ['omi', 20],
  ['cim-2.32', 1400],
])('every file of %s without preprocessor lines parses (at least %i)', (folder, atLeast) => {
  const files = mofFiles(folder).filter(
    (path) => !NEGATIVES.has(relative(CORPUS, path)) && !needsPreprocessor(path),
  );
  expect(files.length).toBeGreaterThanOrEqual(atLeast);
  expect(files.flatMap(errorsOf)).toEqual([]);
});

test.runIf(hasCorpus).each([...NEGATIVES])('%s has its one error at line %i', (name, line) => {
  const errors = errorsOf(join(CORPUS, name));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(`${name}:${line} `);
});

test.runIf(hasCorpus)('CIM 2.32 has its 1422 classes', () => {
  let classes = 0;
  for (const path of mofFiles('cim-2.32')) {
    const { productions } = parse(decode(readFileSync(path), path).value.text).value;
    classes += productions.filter(({ kind }) => kind === 'ClassDeclaration').length;
  }
  expect(classes).toBe(1422);
});
