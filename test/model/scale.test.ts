// Reports stay proportional to the text, also where it has nothing but faults; how long it takes is for bench/growth.
import { expect, test } from 'vitest';
import { type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { resolve } from '../../src/model/resolve.js';
import { growingTexts } from './growing-texts.js';
import { unitOf } from './resolve-text.js';

/** How much there is to read in the reports. */
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
    const small = resolve(unitOf(text(100))).diagnostics;
    const large = resolve(unitOf(text(1000))).diagnostics;
    if (code !== '') expect(small.map((each) => each.code)).toContain(code);
    // Ids and names have one digit more.
    expect(volume(large)).toBeLessThanOrEqual(12 * volume(small));
  },
);

test.each(growingTexts)(
  'no report is longer than a screen, however long the text: %s',
  (_rule, _code, text) => {
    for (const { message, related } of resolve(unitOf(text(1000))).diagnostics) {
      expect(message.length).toBeLessThan(500);
      expect(related.length).toBeLessThanOrEqual(10);
    }
  },
);
