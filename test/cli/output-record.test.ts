/** The text of a record: what is written, what is read, and what is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRecordable, parseRecord, recordText } from '../../src/cli/output-record.js';
import { hashOf } from '../../src/cli/text-hash.js';

const [A, B] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string];
const HEAD = '# mofgen outputs 1\n';

test('a record is lines of sha256sum, sorted, each once, after two comments', () => {
  const files = [
    { name: 'b.h', hash: A },
    { name: 'a b.c', hash: B },
    { name: 'b.h', hash: A },
    { name: 'a b.c', hash: A },
  ];
  const text = `${HEAD}# input ../mof/b.mof\n${A}  a b.c\n${B}  a b.c\n${A}  b.h\n`;
  expect(recordText({ input: '../mof/b.mof', files })).toBe(text);
  expect(recordText({ input: '../mof/b.mof', files: files.toReversed() })).toBe(text);
  expect(recordText({ input: undefined, files: [] })).toBe(HEAD);
});

test('the hash is that of sha256sum for a text with line feeds, and the same with those of Windows', () => {
  // printf 'a\n' | sha256sum
  const want = '87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7';
  expect(hashOf('a\n')).toBe(want);
  expect(hashOf('a\r\n')).toBe(want);
});

test('what is written is read', () => {
  const plain = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((name) => !/[\p{Cc}\\/:]|^\.\.?$/u.test(name));
  const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
  const record = fc.record({
    input: fc.option(
      plain.map((name) => `../${name}`),
      { nil: undefined },
    ),
    files: fc.array(fc.record({ name: plain, hash })),
  });
  fc.assert(
    fc.property(record, (given) => {
      const text = recordText(given);
      const read = parseRecord(text);
      expect(read?.input).toBe(given.input);
      expect(new Set(read?.files.map((file) => JSON.stringify(file)))).toEqual(
        new Set(given.files.map(({ name, hash: of }) => JSON.stringify({ name, hash: of }))),
      );
      expect(recordText(read ?? { input: undefined, files: [] })).toBe(text);
    }),
  );
});

test.each([
  ['nothing', ''],
  ['another first line', `# mofgen outputs 2\n${A}  a.h\n`],
  ['no first line', `${A}  a.h\n`],
  ['no end', `${HEAD}${A}  a.h`],
  ['an end in the middle of a hash', `${HEAD}${A}  a.h\n${B.slice(9)}\n`],
  ['line ends of Windows', `${HEAD}${A}  a.h\n`.replaceAll('\n', '\r\n')],
  ['a hash that is too long', `${HEAD}${A}0  a.h\n`],
  ['a hash in capitals', `${HEAD}${A.toUpperCase()}  a.h\n`],
  ['a binary file of sha256sum', `${HEAD}${A} *a.h\n`],
  ['no name', `${HEAD}${A}  \n`],
  ['a folder above', `${HEAD}${A}  ../a.h\n`],
  ['the folder above itself', `${HEAD}${A}  ..\n`],
  ['the folder itself', `${HEAD}${A}  .\n`],
  ['a folder below', `${HEAD}${A}  sub/a.h\n`],
  ['a folder below, as on Windows', `${HEAD}${A}  sub\\a.h\n`],
  ['an absolute path', `${HEAD}${A}  /etc/passwd\n`],
  ['a drive', `${HEAD}${A}  C:a.h\n`],
  ['a stream of a file', `${HEAD}${A}  a.h:x\n`],
  ['a terminal escape', `${HEAD}${A}  a\u001b[2J.h\n`],
  ['a NUL', `${HEAD}${A}  a\0.h\n`],
  ['an absolute input', `${HEAD}# input /a.mof\n${A}  a.h\n`],
  ['an input on a drive', `${HEAD}# input d:\\a.mof\n${A}  a.h\n`],
  ['an empty input', `${HEAD}# input \n${A}  a.h\n`],
  ['an input after files', `${HEAD}${A}  a.h\n# input a.mof\n`],
  ['two inputs', `${HEAD}# input a.mof\n# input b.mof\n`],
  ['a name twice with other things between', `${HEAD}${A}  a.h\nx\n${B}  a.h\n`],
])('a text that mofgen does not write is no record: %s', (_case, text) => {
  expect(parseRecord(text)).toBeUndefined();
});

describe('any text', () => {
  test('is read or refused, and names no path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const whole of [text, HEAD + text, `${HEAD}${A}  ${text}\n`]) {
          for (const { name } of parseRecord(whole)?.files ?? []) {
            expect(name).not.toMatch(/[\\/:\0\n]/);
          }
        }
      }),
    );
  });
});

test.each([
  ['../mof/a.mof', true],
  ['a.mof', true],
  ['../fans & more/風扇.mof', true],
  ['', false],
  ['/mof/a.mof', false],
  ['\\\\server\\a.mof', false],
  ['D:/mof/a.mof', false],
  ['a\nb.mof', false],
])('the path of an input %j can be recorded: %j', (path, want) => {
  expect(isRecordable(path)).toBe(want);
});
