/** The formatter and the first line that tells whether formatting again could change anything. */
import { expect, test } from 'vitest';
import { formatSkeleton, formatTypeScript, isUpToDate } from '../src/format.js';

const raw = `/** doc */\nexport const a   = {b:1}\n`;

test('a formatted file begins with two hashes and then has the formatted text', async () => {
  const text = await formatTypeScript(raw, 'a.g.ts');
  const [first, ...rest] = text.split('\n');
  expect(first).toMatch(/^\/\/ mofgen [0-9a-f]{16} [0-9a-f]{16}$/);
  expect(rest.join('\n')).toBe('/** doc */\nexport const a = { b: 1 };\n');
});

test('a formatted file is a fixed point of the formatter', async () => {
  const text = await formatTypeScript(raw, 'a.g.ts');
  expect(await formatSkeleton(text, 'a.g.ts')).toBe(text);
});

test('a skeleton has no first line: it belongs to its user', async () => {
  expect(await formatSkeleton(raw, 'a.provider.ts')).toBe(
    '/** doc */\nexport const a = { b: 1 };\n',
  );
});

test('the result depends on the text alone', async () => {
  expect(await formatTypeScript(raw, 'one.ts')).toBe(await formatTypeScript(raw, 'two.ts'));
});

test.each([
  ['the file as it was written', (text: string) => text, raw, true],
  ['line ends turned into CRLF', (text: string) => text.replaceAll('\n', '\r\n'), raw, true],
  ['another text to format', (text: string) => text, `${raw} `, false],
  ['one character changed below', (text: string) => text.replace('b: 1', 'b: 2'), raw, false],
  ['something appended', (text: string) => `${text}\n`, raw, false],
  ['cut short', (text: string) => text.slice(0, -1), raw, false],
  ['the first line changed', (text: string) => text.replace(/[0-9a-f]/, 'x'), raw, false],
  ['the first line removed', (text: string) => text.slice(text.indexOf('\n') + 1), raw, false],
  ['only the first line', (text: string) => text.slice(0, text.indexOf('\n')), raw, false],
  ['an empty file', () => '', raw, false],
])('whether a file is up to date: %s', async (_case, change, text, want) => {
  const existing = change(await formatTypeScript(raw, 'a.g.ts'));
  expect(isUpToDate(existing, text)).toBe(want);
});

test('a text that is no TypeScript is our fault, and the message names the file', async () => {
  await expect(formatTypeScript('export const = ;', 'fan.g.ts')).rejects.toThrow(
    /the text emitted for 'fan\.g\.ts' is no TypeScript/,
  );
});
