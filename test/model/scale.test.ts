// Reports stay proportional to the text, even in one that consists of faults; bench/growth.bench.ts measures the time.
import { expect, test } from 'vitest';
import { type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { growingTexts } from './growing-texts.js';
import { resolveText } from './resolve-text.js';

/** The length of the reports. */
function volume(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.reduce(
    (sum, { message, help, related }) =>
      sum +
      message.length +
      (help?.length ?? 0) +
      related.reduce((all, each) => all + 50 + each.message.length, 0),
    0,
  );
}

test.each(growingTexts)(
  'ten times the text, at most about ten times the reports: %s',
  (_rule, code, text) => {
    const small = resolveText(text(100)).diagnostics;
    const large = resolveText(text(1000)).diagnostics;
    if (code !== '') expect(small.map((each) => each.code)).toContain(code);
    // Ids and names have one digit more.
    expect(volume(large)).toBeLessThanOrEqual(12 * volume(small));
  },
);

test.each(growingTexts)(
  'no report is longer than a screen, for texts of any length: %s',
  (_rule, _code, text) => {
    for (const { message, related } of resolveText(text(1000)).diagnostics) {
      expect(message.length).toBeLessThan(500);
      expect(related.length).toBeLessThanOrEqual(10);
    }
  },
);
