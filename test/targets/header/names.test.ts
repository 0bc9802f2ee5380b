// Names that clash in C: their names in the header, the diagnostics, and that the result compiles.
import { expect, test } from 'vitest';
import { DIAGNOSTICS } from '../../../src/diagnostics/codes.js';
import { type Location } from '../../../src/diagnostics/diagnostic.js';
import { complaints, headerOf, hostCompilers } from './header-of.js';
import { nameRows } from './names.js';

const textAt = ({ source, span }: Location): string => source.text.slice(span.start, span.end);

test.each(nameRows)('$rule', ({ mof, options, want = [], without = [], reports, says = [] }) => {
  const { text, diagnostics } = headerOf(mof, options);
  for (const fragment of want) expect(text).toContain(fragment);
  for (const fragment of without) expect(text).not.toContain(fragment);
  const found = diagnostics.map(({ code, location, related }) => [
    code,
    location && textAt(location),
    ...related.map((each) => textAt(each.location)),
  ]);
  expect(found).toEqual(reports);
  for (const part of says) expect(diagnostics[0]?.message).toContain(part);
  for (const { message, help } of diagnostics) {
    expect(message).toMatch(/^['a-z]/);
    expect(message).not.toMatch(/\.$|\n/);
    expect(help).toBeDefined();
  }
});

test('every code of the header has a row here', () => {
  const tested = new Set(nameRows.flatMap(({ reports }) => reports.map(([code]) => code)));
  const codes = Object.keys(DIAGNOSTICS).filter((code) => code.startsWith('MOF31'));
  expect(codes.filter((code) => !tested.has(code))).toEqual([]);
});

const whole = nameRows.filter(({ reports }) =>
  reports.every(([code]) => code !== 'MOF3101' && code !== 'MOF3106'),
);

test.each(hostCompilers('headers with clashing names'))('%s takes them all', async (compiler) => {
  const texts = whole.map(({ mof, options }) => headerOf(mof, { enums: true, ...options }).text);
  const found = await complaints(compiler, 'host', texts);
  expect(whole.flatMap(({ rule }, index) => (found[index] ? [rule, found[index]] : []))).toEqual(
    [],
  );
});
