/** Text that is safe to print, whatever it holds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagnostic } from '../../src/diagnostics/diagnostic.js';
import { printable, widthOf } from '../../src/diagnostics/printable.js';
import { renderDiagnostics } from '../../src/library/reports.js';
import { runs } from '../effort.js';

test.each([
  ['plain text stays', `fan's "speed" ÄÖ 風扇 \u{1f600}`, `fan's "speed" ÄÖ 風扇 \u{1f600}`],
  ['line ends and tabs', 'a\r\n\tb', String.raw`a\r\n\tb`],
  ['escape, bell, delete, C1', '\u001b\u0007\u007f\u009b', String.raw`\x1b\x07\x7f\x9b`],
  ['direction marks and isolates', '\u202e\u2066\u061c', String.raw`\u202e\u2066\u061c`],
  ['what cannot be seen', '\u200b\ufeff\u00ad\u3164', String.raw`\u200b\ufeff\xad\u3164`],
  ['line and paragraph separators', '\u2028\u2029', String.raw`\u2028\u2029`],
  ['a lone surrogate', 'a\ud800b', String.raw`a\ud800b`],
  ['tags beyond the first plane', '\u{e0041}', String.raw`\u{e0041}`],
])('printable: %s', (_case, text, want) => {
  expect(printable(text)).toBe(want);
});

test.each([
  ['abc', 3],
  ['風扇', 4],
  ['e\u0301', 1],
  ['\u{1f600}', 2],
  ['ﾊ', 1],
  ['한', 2],
  ['', 0],
])('the width of %j is %i', (text, want) => {
  expect(widthOf(text)).toBe(want);
});

test('any text with any span can be shown, safely, in a bounded width', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({
      unit: fc.constantFrom('\t', '\n', '\r', ' ', 'a', '風', '\u001b'),
      maxLength: 400,
    }),
  );
  fc.assert(
    fc.property(text, fc.nat(450), fc.nat(450), (given, start, length) => {
      const source = { name: 'a.mof', text: given, encoding: 'utf-8' } as const;
      const location = { source, span: { start, end: start + length } };
      const shown = renderDiagnostics([diagnostic('MOF1201', location, given)], 'pretty');
      const [, ...frame] = shown.split('\n');
      expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      for (const line of frame) expect(widthOf(line)).toBeLessThanOrEqual(112);
    }),
    { numRuns: runs(500) },
  );
});
