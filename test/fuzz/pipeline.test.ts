// `mofgen check` never throws, whatever the bytes, and its diagnostics are at places in them. MOFGEN_FUZZ_SECONDS runs longer.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type IncludeReader } from '../../src/compile/compilation.js';
import { badTexts } from '../diagnostics/bad-samples.js';
import { corpus, hasCorpus, root } from '../mof-files.js';
import { anyDriverText, anyTokens } from './driver-texts.js';
import { checkSafely, runsOf, TIMEOUT } from './pipeline.js';

const encoder = new TextEncoder();
if (!hasCorpus) console.warn(`no corpus at ${corpus} (MOFGEN_CORPUS): only samples are mutated`);

/** Larger files make no other faults, but take longer. */
const LARGEST = 64 * 1024;

const files = [join(root, 'samples'), ...(hasCorpus ? [corpus] : [])]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:mof|mfl|h)$/i.test(name))
      .sort()
      .map((name) => join(folder, name)),
  )
  .map((path) => ({
    name: basename(path).toLowerCase(),
    bytes: new Uint8Array(readFileSync(path)),
  }))
  .concat(badTexts().map(({ path, text }) => ({ name: path, bytes: encoder.encode(text) })))
  .filter(({ bytes }) => bytes.length <= LARGEST);
const byName = new Map(files.map(({ name, bytes }) => [name, bytes]));

/** What is included is any file of that name; the folder does not matter. */
const readInclude: IncludeReader = (path) => {
  const name = basename(path.replaceAll('\\', '/')).toLowerCase();
  const bytes = byName.get(name);
  return bytes && { name, bytes };
};

const MARKS = ['', '\uFEFF'].map((mark) => encoder.encode(mark));
const marks = [
  ...MARKS,
  new Uint8Array([0xff, 0xfe]),
  new Uint8Array([0xfe, 0xff]),
  new Uint8Array([0xff, 0xfe, 0, 0]),
  new Uint8Array([0xef, 0xbb]),
  new Uint8Array([0]),
];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}

test(
  'any bytes',
  () => {
    const anyBytes = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(fc.constantFrom(...marks), anyBytes, (mark, bytes) => {
        const given = joined(mark, bytes);
        const { diagnostics } = checkSafely(given);
        expect(diagnostics.length).toBeLessThanOrEqual(given.length + 1);
      }),
      runsOf(1500),
    );
  },
  TIMEOUT,
);

test(
  'any tokens and preprocessor lines, in every encoding',
  () => {
    const encoded = [
      (text: string) => encoder.encode(text),
      (text: string) => joined(new Uint8Array([0xff, 0xfe]), utf16(text)),
      (text: string) => new Uint8Array(Buffer.from(text, 'latin1')),
    ];
    fc.assert(
      fc.property(
        anyTokens,
        anyTokens,
        anyTokens,
        fc.constantFrom(...encoded),
        (main, included, header, encode) => {
          const others = new Map([
            ['a.mof', included],
            ['b.h', header],
            ['main.mof', main],
          ]);
          const given = encode(main);
          checkSafely(given, (path) => {
            const text = others.get(path);
            return text === undefined ? undefined : { name: path, bytes: encode(text) };
          });
          const { diagnostics } = checkSafely(given);
          expect(diagnostics.length).toBeLessThanOrEqual(2 * given.length + 1);
        },
      ),
      runsOf(700),
    );
  },
  TIMEOUT,
);

test(
  'any classes that derive from and embed one another',
  () => {
    fc.assert(
      fc.property(anyDriverText, (text) => {
        checkSafely(encoder.encode(text));
      }),
      runsOf(250),
    );
  },
  TIMEOUT,
);

const place = fc.double({ min: 0, max: 1, noNaN: true });
const edits = fc.array(
  fc.record({
    kind: fc.constantFrom('delete', 'double', 'swap', 'insert', 'splice', 'cut', 'flip'),
    at: place,
    to: place,
    length: fc.oneof(fc.nat(8), fc.nat(400)),
    text: fc.constantFrom(...'[]{}();,:="\'\\\n#$/*<>@\0', '/*', '*/', '//', '#if 1\n', '#endif\n'),
    other: fc.nat(files.length - 1),
  }),
  { minLength: 1, maxLength: 5 },
);

test(
  'files of the corpus with bytes lost, doubled, moved and mixed',
  () => {
    fc.assert(
      fc.property(fc.nat(files.length - 1), edits, (index, changes) => {
        let bytes: Uint8Array = files[index]?.bytes ?? new Uint8Array();
        for (const { kind, at, to, length, text, other } of changes) {
          const start = Math.floor(at * bytes.length);
          const end = Math.min(bytes.length, start + length);
          const head = bytes.subarray(0, start);
          const part = bytes.subarray(start, end);
          const tail = bytes.subarray(end);
          switch (kind) {
            case 'delete':
              bytes = joined(head, tail);
              break;
            case 'double':
              bytes = joined(head, part, part, tail);
              break;
            case 'swap':
              bytes = joined(head, tail.subarray(0, length), part, tail.subarray(length));
              break;
            case 'insert':
              bytes = joined(head, encoder.encode(text), part, tail);
              break;
            case 'splice': {
              const from = files[other]?.bytes ?? new Uint8Array();
              const begin = Math.floor(to * from.length);
              bytes = joined(head, from.subarray(begin, begin + 50 * length), tail);
              break;
            }
            case 'cut':
              bytes = head;
              break;
            case 'flip':
              bytes = joined(
                head,
                part.map((byte) => byte ^ (1 << (length % 8))),
                tail,
              );
              break;
          }
        }
        const { diagnostics } = checkSafely(bytes, readInclude);
        expect(diagnostics.length).toBeLessThanOrEqual(bytes.length + 2000);
      }),
      runsOf(120),
    );
  },
  TIMEOUT,
);
