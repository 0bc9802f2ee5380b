/**
 * Compares the engine that runs the grammar in every other test and in the package with Chevrotain, which the grammar is written
 * for: both read every text alike, with the same problems and the same places to go on.
 */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from '../../grammar/index.js';
import { commentsOf, tokensOf } from '../../grammar/token-list.js';
import { engineOptions, grammarOnChevrotain } from '../../scripts/engine.mjs';
import { decode } from '../../src/compile/decode.js';
import { badTexts } from '../diagnostics/bad-samples.js';
import { VALID } from '../diagnostics/mutations.js';
import { oneIn, perRun, runs } from '../effort.js';
import { corpusFiles, hasCorpus, mofFiles, root } from '../mof-files.js';

// Each fault is an exception, and collecting its stack takes longer than all else.
const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

const chevrotain = await grammarOnChevrotain(root);

function isSame(text: string): boolean {
  return isDeepStrictEqual(parse(text), chevrotain.parse(text));
}

function hasSameTokens(text: string): boolean {
  return (
    isDeepStrictEqual(tokensOf(text), chevrotain.tokensOf(text)) &&
    isDeepStrictEqual(commentsOf(text), chevrotain.commentsOf(text))
  );
}

function textOf(path: string): string {
  return decode(readFileSync(path), path).value.text;
}

test('the grammar passes the validations of Chevrotain', () => {
  const { textTokens, unbalancedTokens } = chevrotain.tokens;
  const validated = { skipValidations: false };
  expect(() => new chevrotain.MofParser(validated)).not.toThrow();
  for (const types of [textTokens, unbalancedTokens]) {
    expect(chevrotain.createLexer(types, validated).lexerDefinitionErrors).toEqual([]);
  }
});

/** The compiler's errors in the grammar with the types of the engine in place of Chevrotain's. */
async function lacksOfTheEngine(): Promise<string[]> {
  const { alias } = await engineOptions(root);
  const settings = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(settings.config, ts.sys, root);
  const paths = Object.fromEntries(Object.entries(alias).map(([name, path]) => [name, [path]]));
  const program = ts.createProgram({
    rootNames: ['index.ts', 'token-list.ts'].map((name) => join(root, 'grammar', name)),
    options: { ...options, types: [], paths },
  });
  const names = program.getSourceFiles().map(({ fileName }) => fileName);
  expect(names).toContain(join(root, 'grammar/engine/parser.ts'));
  expect(names.filter((name) => name.includes('chevrotain'))).toEqual([]);
  const host = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => root };
  return ts
    .getPreEmitDiagnostics(program)
    .map((each) => ts.formatDiagnostic(each, { ...host, getNewLine: () => '\n' }));
}

test('the grammar uses nothing of Chevrotain that grammar/engine/ lacks', async () => {
  expect(await lacksOfTheEngine()).toEqual([]);
});

test.each([
  ['samples', mofFiles(join(root, 'samples')), 6],
  [
    'the corpus',
    oneIn(5, hasCorpus ? corpusFiles('.') : []),
    hasCorpus ? perRun({ thorough: 1500, quick: 1500 / 5 }) : 0,
  ],
])('%s', (_what, files, least) => {
  expect(files.length).toBeGreaterThanOrEqual(least);
  const texts = files.map((path) => ({ path, text: textOf(path) }));
  const different = texts.filter(({ text }) => !(isSame(text) && hasSameTokens(text)));
  expect(different.map(({ path }) => path)).toEqual([]);
});

test('samples of faults', () => {
  const texts = badTexts();
  expect(texts.length).toBeGreaterThanOrEqual(90);
  const different = texts.filter(({ text }) => !(isSame(text) && hasSameTokens(text)));
  expect(different.map(({ path }) => path)).toEqual([]);
});

test('the built library reads the samples as these sources do', async () => {
  const built = (await import(pathToFileURL(join(root, 'dist/index.js')).href)) as {
    readonly parse: typeof parse;
  };
  const files = mofFiles(join(root, 'samples')).map((path) => ({ path, text: textOf(path) }));
  const different = [...files, ...badTexts()].filter(
    ({ text }) => !isDeepStrictEqual(built.parse(text), parse(text)),
  );
  expect(different.map(({ path }) => path)).toEqual([]);
});

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

function piecesOf(text: string): string[] {
  return text.match(/"[^"\n]*"|\w+|\s+|./g) ?? [];
}

/** The text with each piece left out, doubled, and replaced by each of these. */
const REPLACEMENTS = ['{', '}', '[', ']', '(', ')', ';', ',', '"', '#', ' class ', ' x '];

function* mutated(text: string): Generator<string> {
  const pieces = piecesOf(text);
  for (const [index, piece] of pieces.entries()) {
    const before = pieces.slice(0, index).join('');
    const after = pieces.slice(index + 1).join('');
    for (const each of ['', `${piece} ${piece}`, ...REPLACEMENTS]) yield before + each + after;
  }
}

/** One in so many mutants is tried. */
const STEP = perRun({ thorough: 1, quick: 7 });

test.each([
  ['common', VALID, 6000],
  ['rare', RARE, 4000],
])('%s constructs with each piece mutated', (_what, text, least) => {
  const texts = [...mutated(text)].filter((_, index) => index % STEP === 0);
  expect(texts.length).toBeGreaterThan(least / STEP);
  expect(texts.filter((each) => !isSame(each)).slice(0, 3)).toEqual([]);
});

test.each([0, 1, 2, 3])('samples of faults with a piece mutated, part %i', (part) => {
  const samples = badTexts().filter((_, index) => index % 4 === part);
  const texts = samples.flatMap(({ text }) =>
    [...mutated(text)].filter((_, index) => index % (6 * STEP) === 0),
  );
  expect(texts.length).toBeGreaterThan(3500 / STEP);
  expect(texts.filter((each) => !isSame(each)).slice(0, 3)).toEqual([]);
});

const PIECES = [...new Set(piecesOf(`${VALID}${RARE}`))];

test.each([
  ['pieces', fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((all) => all.join(''))],
  ['characters', fc.string({ unit: 'binary', maxLength: 80 })],
])('any row of %s', (_what, texts) => {
  fc.assert(
    fc.property(texts, (text) => isSame(text) && hasSameTokens(text)),
    { numRuns: runs(1500) },
  );
});

/** White space of MOF. */
const BLANK = ' \t\n\v\f\r\b\uFEFF';

test.each(Array.from({ length: 16 }, (_, n) => n * 0x1000))('characters from %i on', (first) => {
  const characters = Array.from({ length: 0x1000 }, (_, n) => String.fromCharCode(first + n));
  expect(characters.filter((each) => !hasSameTokens(`${each}a`))).toEqual([]);
  const text = `class C { ${characters.join(' ')} };`;
  expect(isSame(text)).toBe(true);
  // Every character is part of a token, if only as one that is unexpected.
  const shown = new Set(tokensOf(text).flatMap((token) => token.text.split('')));
  const lost = characters.filter((each) => !shown.has(each) && !BLANK.includes(each));
  expect(lost).toEqual([]);
});
