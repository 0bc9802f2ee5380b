// The final shape of emitted TypeScript: prettier changes nothing, whatever names and texts a MOF file has.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { perRun } from '../../effort.js';
import { braces, finalText, head, indented, object } from '../../../src/targets/ts/final-text.js';
import { emitted } from './generated-module.js';
import { changedByPrettier } from './prettier-styles.js';
import { block, mofText } from './random-block.js';

const A = 'a'.repeat(76);

const ALL = { styles: 'all' } as const;
const DEFAULT = { styles: 'default' } as const;
const NOTED = { note: 'why' };
const MIDDLE = 'a: '.padEnd(88, 'a');

test.each([
  ['no parameters, whatever the length', 'f'.repeat(120), [], ALL, `${'f'.repeat(120)}();`],
  ['what fits', 'f', ['a: A', 'b: B'], ALL, 'f(a: A, b: B);'],
  ['what fits, with a note', 'f', ['a: A'], NOTED, 'f(a: A);'],
  ['what fits 100 columns', 'f', [MIDDLE], ALL, `f(${MIDDLE});`],
  ['what fits 100 columns, for the default style', 'f', [MIDDLE], DEFAULT, `f(\n  ${MIDDLE},\n);`],
  ['what fits 100 columns, with a note', 'f', [MIDDLE], NOTED, `f(\n  ${MIDDLE}, // why\n);`],
  [
    'what no style fits',
    '  f',
    [`a: ${A}`, `b: ${A}`],
    ALL,
    `  f(\n    a: ${A},\n    b: ${A},\n  );`,
  ],
])('a head: %s', (_what, before, parameters, settings, want) => {
  expect(head(before, parameters, ';', settings)).toBe(want);
});

test.each([
  ['few', ['a', 'b'], 'import { a, b } from "x";'],
  ['many', [A, A], `import {\n  ${A},\n  ${A},\n} from "x";`],
])('an import of %s', (_what, names, want) => {
  expect(braces('import ', names, ' from "x";')).toBe(want);
});

test.each([
  ['short', ['a: 1'], '  x: { a: 1 },'],
  ['long', [`a: ${A}`], `  x: {\n    a: ${A},\n  },`],
])('an object that is %s', (_what, properties, want) => {
  expect(object('  x: ', properties, ',')).toBe(want);
});

test('indenting leaves blank lines empty', () => {
  expect(indented('a\nb\n\nc', 2)).toBe('a\n  b\n\n  c');
});

const LONG = `const a = ${'1'.repeat(80)};`;

test.each([
  ['a short statement', 'const a = 1;\n', 'const a = 1;\n'],
  ['blank lines', 'a;\n\n\n\nb;\n', 'a;\n\nb;\n'],
  ['a long one', `${LONG}\n`, `// prettier-ignore\n${LONG}\n`],
  [
    'a long line inside one, and one after it',
    `export const a = {\n  ${LONG}\n} as const;\nb;\n`,
    `// prettier-ignore\nexport const a = {\n  ${LONG}\n} as const;\nb;\n`,
  ],
  [
    'a head of several lines',
    `function f(\n  a: A,\n): B {\n  ${LONG}\n}\n\nb;\n`,
    `// prettier-ignore\nfunction f(\n  a: A,\n): B {\n  ${LONG}\n}\n\nb;\n`,
  ],
  [
    'a value on lines of its own, and a long statement after it',
    `const a: A =\n  // x\n  f({\n    b,\n  });\n\n${LONG}\n`,
    `const a: A =\n  // x\n  f({\n    b,\n  });\n\n// prettier-ignore\n${LONG}\n`,
  ],
  [
    'long lines that have no place to break',
    `export const ${A}: wmi.FixedCodec<A> =\n  // x\n  a({\n  });\ninterface B {\n  ${A}: ${A};\n}\n`,
    `export const ${A}: wmi.FixedCodec<A> =\n  // x\n  a({\n  });\ninterface B {\n  ${A}: ${A};\n}\n`,
  ],
  ['a long comment', `// ${LONG}\na;\n`, `// ${LONG}\na;\n`],
  [
    'wide characters',
    `const ${'ö'.repeat(45)} = 1;\n`,
    `// prettier-ignore\nconst ${'ö'.repeat(45)} = 1;\n`,
  ],
])('the final text: %s', (_what, given, want) => {
  expect(finalText(given)).toBe(want);
});

/** Names of every length, also of characters that take two columns or none. */
const name = fc
  .tuple(
    fc.constantFrom('A', 'Fan', 'DELL_Fan', 'Überdruck', '風扇', 'e\u0301lan'),
    fc.oneof({ weight: 3, arbitrary: fc.nat(8) }, fc.nat(60)),
  )
  .map(([start, length]) => start + 'x'.repeat(length));

/** Qualifiers that make named values and comments. */
const extras = fc.constantFrom(
  '',
  'ValueMap{"0","3","200"}, Values{"Off","Very fast","a \\"quoted\\" one"}, ',
  'ValueMap{"1..4","9"}, Values{"some","nine"}, ',
  'Values{"it\'s","\\"both\\" it\'s","風扇"}, ',
  `Description("${'many words and a_word_without_an_end_'.repeat(6)}"), `,
  'BitMap{"0","3"}, BitValues{"Low","High"}, ',
);

/** A MOF text with names of random lengths and random qualifiers. */
const texts = fc
  .tuple(
    block,
    fc.array(name, { minLength: 9, maxLength: 9 }),
    fc.array(extras, { minLength: 7, maxLength: 7 }),
  )
  .map(([make, names, qualifiers]) => {
    const renamed = new Map<string, string>();
    let items = 0;
    return mofText([make(0)])
      .replaceAll(/\b(?:[IO]?[NP]\d+|S\dOf0|B0|M\d|Both)\b/g, (old) => {
        const number = renamed.size;
        if (!renamed.has(old)) renamed.set(old, `${names[number % names.length] ?? ''}${number}`);
        return renamed.get(old) ?? old;
      })
      .replaceAll(
        /\[(?=WmiDataId|in\b|out\b)/g,
        () => `[${qualifiers[items++ % qualifiers.length] ?? ''}`,
      );
  });

test('prettier changes nothing, whatever names and values there are', async () => {
  let marked = 0;
  let statements = 0;
  await fc.assert(
    fc.asyncProperty(texts, async (mof) => {
      for (const file of emitted(mof)) {
        const { text } = file;
        expect(await changedByPrettier(file)).toEqual([]);
        marked += text.split('// prettier-ignore').length - 1;
        statements += text.split('\nexport ').length - 1;
      }
    }),
    { numRuns: perRun({ thorough: 150, quick: 10 }) },
  );
  console.log(`${marked} of ${statements} statements are kept as they are`);
  expect(marked).toBeGreaterThan(0);
  expect(marked).toBeLessThan(statements);
});
