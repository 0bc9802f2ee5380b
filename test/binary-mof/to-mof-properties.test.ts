/** Properties of every binary MOF: its text compiles to the same objects, or is reported as a fault. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '../../grammar/index.js';
import { toMofText } from '../../src/binary-mof/to-mof.js';
import '../property-seed.js';
import { compiled } from './compiled.js';
import { compilable, wild } from './mof-documents.js';
import { runs } from '../effort.js';

test('the output of a compiler has a text that compiles to the same', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(compilable, (document) => {
      const { value, faults } = toMofText(document);
      expect(faults).toEqual([]);
      expect(parse(value).problems).toEqual([]);
      const again = compiled(value);
      expect(again.diagnostics).toEqual([]);
      expect(again.value).toEqual(document);
    }),
    { numRuns: runs(200) },
  );
});

test(
  'with any contents, the text can be parsed, and a text without a fault compiles to the same',
  { timeout: 120_000 },
  () => {
    const seen = { faulty: 0, faultless: 0 };
    fc.assert(
      fc.property(wild, (document) => {
        const { value, faults } = toMofText(document);
        expect(parse(value).problems).toEqual([]);
        if (faults.length > 0) {
          seen.faulty += 1;
          return;
        }
        seen.faultless += 1;
        expect(compiled(value).value).toEqual(document);
      }),
      { numRuns: runs(300) },
    );
    // Both kinds are among them.
    expect(Math.min(seen.faulty, seen.faultless)).toBeGreaterThan(runs(300) / 6);
  },
);

test('a text is ASCII but for names, so it survives any encoding', () => {
  const names = /[\u00A1-\uFFEF]/g;
  fc.assert(
    fc.property(compilable, (document) => {
      const { value } = toMofText(document);
      expect(value.replaceAll(names, '')).toMatch(/^[\n -~]*$/);
      expect(new TextDecoder().decode(new TextEncoder().encode(value))).toBe(value);
    }),
    { numRuns: runs(50) },
  );
});
