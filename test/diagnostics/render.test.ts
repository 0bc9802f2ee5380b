/** Rendered diagnostics in both formats: tables of a text, a span, and the output. */
import { expect, test } from 'vitest';
import { type Diagnostic, diagnostic, type Location } from '../../src/diagnostics/diagnostic.js';
import { type Paint } from '../../src/diagnostics/render.js';
import { renderDiagnostics } from '../../src/library/reports.js';
import { type SourceFile } from '../../src/text/source-file.js';

function sourceOf(text: string, name = 'fan.mof'): SourceFile {
  return { name, text, encoding: 'utf-8' };
}

/** A text in which `[[` and `]]` enclose the span. */
function marked(text: string, name?: string): Location {
  const start = text.indexOf('[[');
  const end = text.indexOf(']]') - 2;
  return { source: sourceOf(text.replace('[[', '').replace(']]', ''), name), span: { start, end } };
}

function error(location: Location | undefined, message = 'wrong'): Diagnostic {
  return diagnostic('MOF1201', location, message);
}

function frame(text: string): string {
  return renderDiagnostics([error(marked(text))], 'pretty');
}

test('a pretty diagnostic shows the line, carets under the span, and what to write instead', () => {
  const location = marked('class A\n{\n  uint32 [[Speed]]\n};\n');
  const found = diagnostic('MOF1201', location, `expected ';'`, { help: `write 'Speed;'` });
  expect(renderDiagnostics([found], 'pretty')).toBe(
    [
      `error MOF1201: expected ';'`,
      ` --> fan.mof:3:10`,
      `  |`,
      `3 |   uint32 Speed`,
      `  |          ^^^^^`,
      `  = help: write 'Speed;'`,
      ``,
      `1 error`,
      ``,
    ].join('\n'),
  );
});

test('related places get frames of their own in one common gutter', () => {
  const source = sourceOf(`${'\n'.repeat(8)}first\nsecond\n`);
  const found = diagnostic('MOF1201', { source, span: { start: 14, end: 20 } }, 'twice', {
    related: [{ location: { source, span: { start: 8, end: 13 } }, message: 'first used here' }],
  });
  expect(renderDiagnostics([found], 'pretty')).toBe(
    [
      'error MOF1201: twice',
      '  --> fan.mof:10:1',
      '   |',
      '10 | second',
      '   | ^^^^^^',
      '  ::: fan.mof:9:1: first used here',
      '   |',
      ' 9 | first',
      '   | -----',
      '',
      '1 error',
      '',
    ].join('\n'),
  );
});

test.each([
  ['a tab takes the columns that it is shown with', 'a\t[[b]]', ['1 | a   b', '  |     ^']],
  ['a wide character has two carets', '日[[本]]x', ['1 | 日本x', '  |   ^^']],
  ['a combining mark takes no column', 'e\u0301[[x]]', ['1 | e\u0301x', '  |  ^']],
  ['an astral character is not split', '\u{1f600}[[x]]', ['1 | \u{1f600}x', '  |   ^']],
  ['an empty span still has a caret', 'ab[[]]', ['1 | ab', '  |   ^']],
  ['a span that ends in a line end stays on its line', 'ab[[c\n]]d', ['1 | abc', '  |   ^']],
  ['a CRLF is no part of the line', '[[ab]]\r\nc', ['1 | ab', '  | ^^']],
  ['an empty text has no frame', '[[]]', ['1 error']],
  [
    'a span over lines is marked on each, without the indentation',
    'x [[{\n  a\n}]] y',
    ['1 | x {', '  |   ^', '2 |   a', '  |   ^', '3 | } y', '  | ^'],
  ],
  [
    'a long span shows its first and last two lines',
    '[[a\nb\nc\nd\ne\nf\ng]]',
    ['1 | a', '  | ^', '2 | b', '  | ^', '. |', '6 | f', '  | ^', '7 | g', '  | ^'],
  ],
])('%s', (_rule, text, want) => {
  const lines = frame(text).split('\n');
  expect(lines.slice(3, 3 + want.length)).toEqual(want);
});

test.each([
  ['the span in the middle', `${'a'.repeat(400)}[[${'b'.repeat(5)}]]${'c'.repeat(400)}`],
  ['the span at the end', `${'a'.repeat(400)}[[${'b'.repeat(5)}]]`],
  ['a span longer than the window', `${'a'.repeat(400)}[[${'b'.repeat(500)}]]${'c'.repeat(400)}`],
  ['wide characters all over', `${'日'.repeat(400)}[[${'本'.repeat(5)}]]${'日'.repeat(400)}`],
])('a very long line is cut around the span: %s', (_case, text) => {
  const [, , , code = '', carets = ''] = frame(text).split('\n');
  expect(code).toContain('…');
  expect(code.length).toBeLessThanOrEqual(104);
  // The first caret is below the first character of the span.
  const column = carets.indexOf('^');
  const before = [...code].slice(0, 1000);
  let width = 0;
  let under = '';
  for (const character of before) {
    if (width >= column) {
      under = character;
      break;
    }
    width += /[日本]/.test(character) ? 2 : 1;
  }
  expect(under).toMatch(/[b本]/);
});

test('of a line of megabytes only the part around each span is shown', () => {
  const text = 'x '.repeat(2_000_000);
  const source = sourceOf(text);
  const many = Array.from({ length: 100 }, (_, index) =>
    error({ source, span: { start: index * 10, end: index * 10 + 1 } }),
  );
  const shown = renderDiagnostics(many, 'pretty');
  expect(shown).toContain('100 errors');
  // Each frame shows the part of the line around its span.
  expect(shown.length).toBeLessThan(100 * 1000);
});

test('the text format has one line for each place', () => {
  const first = marked('a\n [[b]]');
  const found = diagnostic('MOF1201', first, 'twice', {
    related: [{ location: marked('[[c]]', 'other.mof'), message: 'first used here' }],
    help: 'take another id',
  });
  expect(renderDiagnostics([found], 'text')).toBe(
    [
      'fan.mof:2:2: error MOF1201: twice',
      'other.mof:1:1: note: first used here',
      'fan.mof:2:2: help: take another id',
      '1 error',
      '',
    ].join('\n'),
  );
});

test('a finding without a place is shown in both formats', () => {
  const found = diagnostic('MOF1001', undefined, `cannot read 'a.mof'`);
  expect(renderDiagnostics([found], 'text')).toBe(`error MOF1001: cannot read 'a.mof'\n1 error\n`);
  expect(renderDiagnostics([found], 'pretty')).toBe(
    `error MOF1001: cannot read 'a.mof'\n\n1 error\n`,
  );
});

test('findings keep the order of the stages, whatever the names of files, and equal ones are reported once', () => {
  const input = sourceOf('abc', 'input.mof');
  const included = sourceOf('abc', 'a.mof');
  const found = [
    error({ source: input, span: { start: 1, end: 2 } }, 'first'),
    error({ source: input, span: { start: 1, end: 2 } }, 'first'),
    diagnostic('MOF1203', { source: input, span: { start: 2, end: 3 } }, 'careful'),
    error({ source: included, span: { start: 0, end: 1 } }, 'second'),
    error({ source: included, span: { start: 2, end: 3 } }, 'third'),
  ];
  expect(renderDiagnostics(found, 'text')).toBe(
    [
      'input.mof:1:2: error MOF1201: first',
      'input.mof:1:3: warning MOF1203: careful',
      'a.mof:1:1: error MOF1201: second',
      'a.mof:1:3: error MOF1201: third',
      '3 errors, 1 warning',
      '',
    ].join('\n'),
  );
});

/** `warnings` warnings, then `errors` errors. */
function manyFindings(warnings: number, errors: number): Diagnostic[] {
  const source = sourceOf('x'.repeat(warnings + errors));
  return Array.from({ length: warnings + errors }, (_, start) =>
    diagnostic(
      start < warnings ? 'MOF1203' : 'MOF1201',
      { source, span: { start, end: start + 1 } },
      'x',
    ),
  );
}

test.each([
  ['errors only', 0, 300, 0, 200, '100 more not shown', '300 errors'],
  ['warnings only', 300, 0, 200, 0, '100 more not shown', '300 warnings'],
  ['one error after many warnings', 300, 1, 199, 1, '101 more not shown', '1 error, 300 warnings'],
  ['many of both', 300, 250, 0, 200, '350 more not shown', '250 errors, 300 warnings'],
])(
  'after two hundred findings the rest is counted, and no error is left out for a warning: %s',
  (_title, warnings, errors, warningsShown, errorsShown, rest, counts) => {
    const text = renderDiagnostics(manyFindings(warnings, errors), 'text');
    const lines = text.trimEnd().split('\n');
    expect(lines.filter((line) => line.includes(': warning '))).toHaveLength(warningsShown);
    expect(lines.filter((line) => line.includes(': error '))).toHaveLength(errorsShown);
    expect(lines.slice(200)).toEqual([rest, counts]);
  },
);

test('no diagnostics give no text', () => {
  expect(renderDiagnostics([], 'pretty')).toBe('');
  expect(renderDiagnostics([], 'text')).toBe('');
});

test.each(['pretty', 'text'] as const)(
  'no control character of a MOF text, a message or a file name reaches the terminal (%s)',
  (format) => {
    const hostile = '\u001b[2J\u009b31m\u0007\r\u202e\u2066\u2028\u200b\ud800\u007f';
    const source = sourceOf(`a${hostile}b\n`, `${hostile}\nfake.mof:1:1: error`);
    const location = { source, span: { start: 0, end: 3 } };
    const found = diagnostic('MOF1201', location, `got '${hostile}'\nnext`, {
      help: hostile,
      related: [{ location, message: hostile }],
    });
    const text = renderDiagnostics([found], format);
    expect(text.replaceAll('\n', '')).not.toMatch(
      /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u,
    );
    expect(text).not.toMatch(/^fake\.mof/m);
    expect(text).toContain(String.raw`\x1b[2J`);
  },
);

test('colours come from the painter alone, and carets stay in step with them', () => {
  const paint: Paint = (style, text) => `<${style}>${text}</${style}>`;
  const text = renderDiagnostics([error(marked('[[ab]]'))], 'pretty', paint);
  expect(text).toContain('<error>error MOF1201</error>: <strong>wrong</strong>');
  expect(text).toContain('<gutter>1 |</gutter> ab');
  expect(text).toContain('<gutter>  |</gutter> <error>^^</error>');
});
