// Lines and columns of offsets.
import { expect, test } from 'vitest';
import { lineStarts, positionAt, type SourceFile } from '../../src/text/source-file.js';

function source(text: string): SourceFile {
  return { name: 'a.mof', text, encoding: 'utf-8' };
}

test.each<[text: string, want: number[]]>([
  ['', [0]],
  ['a', [0]],
  ['a\n', [0, 2]],
  ['a\nb', [0, 2]],
  ['a\r\nb', [0, 3]],
  ['a\rb', [0, 2]],
  ['a\n\r\nb', [0, 2, 4]],
  ['\r\r\n\n', [0, 1, 3, 4]],
])('the lines of %j begin at %j', (text, want) => {
  expect(lineStarts(source(text))).toEqual(want);
});

test.each<[text: string, offset: number, want: string]>([
  ['', 0, '1:1'],
  ['', 5, '1:1'],
  ['ab', -1, '1:1'],
  ['ab', 1, '1:2'],
  ['ab', 2, '1:3'],
  ['ab', 99, '1:3'],
  ['ab', Number.POSITIVE_INFINITY, '1:3'],
  ['a\nb', 1, '1:2'],
  ['a\nb', 2, '2:1'],
  ['a\r\nb', 2, '1:3'],
  ['a\r\nb', 3, '2:1'],
  ['a\rb', 2, '2:1'],
  ['a\n', 2, '2:1'],
  ['a\n', 9, '2:1'],
  ['\u{1F600}b', 2, '1:3'],
])('in %j the offset %d is %s', (text, offset, want) => {
  const { line, column } = positionAt(source(text), offset);
  expect(`${line}:${column}`).toBe(want);
});
