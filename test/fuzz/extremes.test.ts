// Very long, very many and very deep things have a result or a diagnostic. MOFGEN_EXTREMES=full has them in full size.
import { describe, expect, test } from 'vitest';
import { oneIn, perRun } from '../effort.js';
import { extremeTexts } from './extreme-texts.js';
import { check } from './pipeline.js';

const PART = process.env['MOFGEN_EXTREMES'] === 'full' ? 1 : 500;

/** With fewer, a text would not reach the limit that it tests. */
const LEAST = 500;

/** Tested in full size by a thorough run. */
const IN_FULL = new Set(
  perRun({
    thorough: ['a string', 'a name', 'a comment', 'braces', 'qualifiers of a class'],
    quick: [],
  }),
);

describe.each(oneIn(3, extremeTexts))('$title', ({ title, text, most, codes }) => {
  test('ends with its findings', () => {
    const part = IN_FULL.has(title) ? 1 : PART;
    const count = Math.max(LEAST, Math.floor(most / part)) & ~1;
    const given = text(count);
    // Bytes above 0x7F are no UTF-8.
    const bytes = new Uint8Array(Buffer.from(given, given.includes('\u0080') ? 'latin1' : 'utf8'));
    const { diagnostics, reports } = check(bytes);
    expect([...new Set(diagnostics.map(({ code }) => code))].sort()).toEqual(codes);
    expect(reports.length).toBeLessThan(100_000_000);
  });
});
