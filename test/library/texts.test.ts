/** The texts of an analysis: files, trees, tokens, comments, and the way from a tree to its text. */
import { describe, expect, test, vi } from 'vitest';
import {
  analyze,
  commentsOf,
  type IncludeReader,
  offsetAt,
  positionAt,
  type SourceFile,
  tokensOf,
  writtenPlace,
} from 'mofgen';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Includes that are found by their paths. */
const reader =
  (files: Readonly<Record<string, string>>): IncludeReader =>
  (path) => {
    const text = files[path];
    return text === undefined ? undefined : { name: path, bytes: bytesOf(text) };
  };

describe('tokens and comments', () => {
  const rows: readonly (readonly [what: string, text: string, tokens: string, comments: string])[] =
    [
      ['nothing', '', '', ''],
      ['white space', ' \t\r\n ', '', ''],
      [
        'a class',
        'class Fan : Base { uint32 Speed[4]; };',
        'keyword:class name:Fan punctuation:: name:Base punctuation:{ type:uint32 name:Speed punctuation:[ number:4 punctuation:] punctuation:; punctuation:} punctuation:;',
        '',
      ],
      ['keywords in any case', 'CLASS Class', 'keyword:CLASS keyword:Class', ''],
      ['a class named like a type', 'class uint8', 'keyword:class type:uint8', ''],
      [
        'literals',
        `("a // b" 'c' 0x10 4.5 TRUE $Alias)`,
        `punctuation:( string:"a // b" char:'c' number:0x10 number:4.5 keyword:TRUE alias:$Alias punctuation:)`,
        '',
      ],
      [
        'comments',
        '// one\nclass /* two */ A',
        'keyword:class name:A',
        'line:// one|block:/* two */',
      ],
      ['comments next to each other', '/*a*//*b*///c', '', 'block:/*a*/|block:/*b*/|line://c'],
      [
        'a comment in a comment',
        '// a /* b\n/* c // d */',
        '',
        'line:// a /* b|block:/* c // d */',
      ],
      ['a string like a comment', '"/* a */" // b', 'string:"/* a */"', 'line:// b'],
      ['a pragma', '#pragma once', 'directive:#pragma name:once', ''],
      [
        'a directive with continuation lines',
        '#define A \\\n 1 // one\nclass',
        'directive:#define A \\\n 1 // one keyword:class',
        '',
      ],
      ['a comment without an end', 'class /* a', 'keyword:class unexpected:/* a', ''],
      ['unexpected characters', 'class § A', 'keyword:class name:§ name:A', ''],
      ['characters of no token', 'a ?? b', 'name:a unexpected:?? name:b', ''],
      ['a string without an end', 'a "b\nc', 'name:a string:"b name:c', ''],
      [
        'a comment at the end of its gap',
        'a/*b*/c//d\ne',
        'name:a name:c name:e',
        'block:/*b*/|line://d',
      ],
      [
        'the shortest comments',
        'a/**/b//\nc//',
        'name:a name:b name:c',
        'block:/**/|line://|line://',
      ],
      ['a comment that opens again within itself', '/*/ a /*/ b', 'name:b', 'block:/*/ a /*/'],
      ['a star before the end', 'a/***/b', 'name:a name:b', 'block:/***/'],
      ['a line comment before CR LF', 'a//b\r\n/*c*/', 'name:a', 'line://b|block:/*c*/'],
      ['a comment before the first token', '//a\nb', 'name:b', 'line://a'],
      [
        'a comment between a token and a directive',
        'a//b\n#pragma',
        'name:a directive:#pragma',
        'line://b',
      ],
      [
        'a comment between characters of no token',
        '?/*a*/?',
        'unexpected:? unexpected:?',
        'block:/*a*/',
      ],
      ['a comment before one without an end', '/*a*//*b', 'unexpected:/*b', 'block:/*a*/'],
      ['an address in a string', '"http://a" b', 'string:"http://a" name:b', ''],
      ['an end mark', 'a // b\n\u001A', 'name:a', 'line:// b'],
    ];
  test.each(rows)('%s', (_what, text, tokens, comments) => {
    const found = tokensOf(text);
    expect(found.map((each) => `${each.kind}:${each.text}`).join(' ')).toBe(tokens);
    const foundComments = commentsOf(text);
    expect(foundComments.map((each) => `${each.kind}:${each.text}`).join('|')).toBe(comments);
    for (const each of [...found, ...foundComments]) {
      expect(text.slice(each.span.start, each.span.end)).toBe(each.text);
    }
  });
});

test('comments are found by searching each gap between tokens once', () => {
  /** The number of characters that searches within a text may have read, without matches at an offset. */
  const searched = (text: string): number => {
    let count = 0;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its regular expression below
    const { exec } = RegExp.prototype;
    const spy = vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (
      this: RegExp,
      input: string,
    ) {
      const from = this.lastIndex;
      const match = exec.call(this, input);
      if (this.global) count += (match === null ? input.length : this.lastIndex) - from;
      return match;
    });
    try {
      commentsOf(text);
    } finally {
      spy.mockRestore();
    }
    return count;
  };
  for (const [text, least] of [
    ['class A { uint32 x; };\n'.repeat(1_000), 1],
    [`${'class A { uint32 x; };\n'.repeat(1_000)}// end`, 6],
    ['class A /* a */ {}; // b\n'.repeat(1_000), 11_000],
  ] as const) {
    expect(searched(text)).toBeGreaterThanOrEqual(least);
    expect(searched(text)).toBeLessThanOrEqual(text.length);
  }
});

test('an analysis has the files as written and the texts as parsed', () => {
  const files = {
    'names.h': '#define SIZE 4\n',
    'base.mof': '#include "names.h"\nclass Base { uint32 Items[SIZE]; };',
    'part.inc': 'class Part {};\n',
  };
  const main = '#include "part.inc"\n#pragma include("base.mof")\nclass Fan : Base {};';
  const analysis = analyze(bytesOf(main), 'fan.mof', reader(files), {
    mfl: [{ name: 'fan.mfl', bytes: bytesOf('[amendment] class Fan {};') }],
  });
  const names = ['fan.mof', 'part.inc', 'base.mof', 'names.h', 'fan.mfl'];
  expect(analysis.filesRead).toEqual(names);
  expect(analysis.files.map(({ name }) => name)).toEqual(names);
  expect(analysis.files[0]?.text).toBe(main);
  expect(
    analysis.texts.map(({ source, tree }) => [
      source.name,
      ...tree.productions.map((each) => each.kind === 'ClassDeclaration' && each.name.name),
    ]),
  ).toEqual([
    ['fan.mof', 'Part', false, 'Fan'],
    ['base.mof', 'Base'],
    ['fan.mfl', 'Fan'],
  ]);

  // What a span refers to, and where that was written.
  const [, base] = analysis.texts;
  const [node] = base?.tree.productions ?? [];
  const feature = node?.kind === 'ClassDeclaration' ? node.features?.[0] : undefined;
  const array = feature?.kind === 'PropertyDeclaration' ? feature.array : undefined;
  const textAt = ({ text }: SourceFile, { start, end }: { start: number; end: number }) =>
    text.slice(start, end);
  if (base === undefined || array === undefined) throw new Error('there is no array');
  expect(textAt(base.source, array.span).replaceAll(' ', '')).toBe('[4]');
  const written = writtenPlace({ source: base.source, span: array.span });
  expect([written.source.name, textAt(written.source, written.span)]).toEqual([
    'base.mof',
    '[SIZE]',
  ]);
});

test('files that could not be decoded or parsed are there too', () => {
  const analysis = analyze(bytesOf('class { '), 'fan.mof');
  expect(analysis.files.map(({ text }) => text)).toEqual(['class { ']);
  expect(analysis.texts).toHaveLength(1);
});

test.each([
  ['', 1, 1, 0],
  ['abc', 1, 1, 0],
  ['abc', 1, 4, 3],
  ['abc', 1, 9, 3],
  ['ab\ncd', 2, 1, 3],
  ['ab\ncd', 2, 2, 4],
  ['ab\ncd', 1, 9, 2],
  ['ab\r\ncd', 2, 2, 5],
  ['ab\ncd', 7, 1, 5],
  ['ab\ncd', 0, 0, 0],
])('the offset in %j of line %d, column %d is %d', (text, line, column, offset) => {
  const source: SourceFile = { name: 'a.mof', text, encoding: 'utf-8' };
  expect(offsetAt(source, { line, column })).toBe(offset);
  expect(offsetAt(source, positionAt(source, offset))).toBe(offset);
});
