/** The built parser, which has grammar/engine/ in place of Chevrotain, reads every text as the grammar on Chevrotain does. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from '../../grammar/index.js';
import { decode } from '../../src/source/decode.js';
import { VALID } from '../diagnostics/mutations.js';
import { corpusFiles, hasCorpus, mofFiles, root } from '../mof-files.js';

const built = (await import(pathToFileURL(resolve('dist/index.js')).href)) as {
  readonly parse: typeof parse;
};

/** Whether both give the same tree, problems and lost places. */
function isSame(text: string): boolean {
  return JSON.stringify(built.parse(text), plain) === JSON.stringify(parse(text), plain);
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}

/** Everything of the grammar that a driver's file seldom has. */
const RARE = `#pragma include ( "a.mof" , 1, name )
#pragma autorecover
qualifier Units : string = null, scope(property, method), flavor(EnableOverride, ToSubclass);
qualifier Values : ToInstance Amended;
[Association] class A as $a : B { [key] C ref Left; object:D Any; object ref Old[]; uint8 U[4] = { 1, 2, };
  char16 X = 'a'; boolean T = true; real32 R = -1.5e3; string S = "a" MACRO "b" OTHER "c"; datetime D = NAME "x";
  uint32 Do([in, Q { 1, 2 } : ToSubclass, Amended] uint32 A = 0x10, [out] string B[2]); };
[Q(1, 2,)] instance of A as $i { [R] Left = $a; Any = instance of D { X = null; }; Old; };
class Empty; ;
`;

const PIECES = [...new Set(`${VALID}${RARE}`.match(/"[^"\n]*"|\w+|\s+|./g) ?? [])];

test.each([
  ['samples', mofFiles(join(root, 'samples')), 90],
  ['the corpus', hasCorpus ? corpusFiles('.') : [], hasCorpus ? 1500 : 0],
])('%s', (_what, files, least) => {
  expect(files.length).toBeGreaterThanOrEqual(least);
  const different = files.filter((path) => !isSame(decode(readFileSync(path), path).value.text));
  expect(different).toEqual([]);
});

test.each([
  ['common', VALID],
  ['rare', RARE],
])('%s constructs, with each piece left out, doubled, or replaced by each sign', (_what, text) => {
  expect(isSame(text)).toBe(true);
  const pieces = text.match(/"[^"\n]*"|\w+|\s+|./g) ?? [];
  const different: string[] = [];
  pieces.forEach((piece, index) => {
    const [before, after] = [pieces.slice(0, index).join(''), pieces.slice(index + 1).join('')];
    const signs = ['', `${piece} ${piece}`, ...'{}];"', ' class '];
    for (const each of signs) {
      if (!isSame(before + each + after)) different.push(`${piece} -> ${each}, piece ${index}`);
    }
  });
  expect(different).toEqual([]);
});

test('any row of pieces', () => {
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((all) => all.join(''));
  fc.assert(
    fc.property(texts, (text) => isSame(text)),
    { numRuns: 2000 },
  );
});

test('any characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => isSame(text)),
    { numRuns: 1000 },
  );
});

test.each(Array.from({ length: 16 }, (_, n) => n * 0x1000))('characters from %i on', (first) => {
  const text = Array.from({ length: 0x1000 }, (_, n) => String.fromCharCode(first + n));
  expect(isSame(`class C { ${text.join(' ')} };`)).toBe(true);
  expect(text.filter((each) => !isSame(`${each}a`))).toEqual([]);
});
