// Plain English: words that make a reader think twice do not come back. Each has what to write instead.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './mof-files.js';

interface Rule {
  readonly pattern: RegExp;
  readonly instead: string;
}

const RULES: readonly Rule[] = [
  { pattern: /\bbehind\b/i, instead: 'after' },
  { pattern: /\bin front of\b/i, instead: 'before' },
  { pattern: /\bbesides?\b/i, instead: 'next to, with, in addition to' },
  { pattern: /\b(?:stands?|standing|stood)\b/i, instead: 'is, is in, is written; represents' },
  { pattern: /\bnobody(?:'s)?\b/i, instead: 'what is the case, or who does not do it' },
  { pattern: /\bmust not know\b/i, instead: 'nothing: eslint enforces what a file imports' },
  { pattern: /\b(?:says?|said|saying)\b/i, instead: 'has, states, reports, returns' },
  { pattern: /\b(?:tells?|told|telling)\b/i, instead: 'reports, prints; distinguishes' },
  { pattern: /\b(?:asks?|asked|asking)\b/i, instead: 'requests, queries, calls, needs' },
  { pattern: /\b(?:talks?|talked|talking)\b/i, instead: 'prints, messages' },
  {
    pattern: /(?<!there )\b(?:is|are|was|were) none\b/i,
    instead: 'is absent, is empty, is reserved',
  },
  { pattern: /\b(?:gives?|gave|given|giving) back\b/i, instead: 'returns, frees' },
  { pattern: /\bbusiness\b/i, instead: 'what it depends on, or nothing' },
  { pattern: /\bso much as\b/i, instead: 'any' },
  { pattern: /\b(?:obeys?|obeyed)\b/i, instead: 'executes, follows' },
  { pattern: /\b(?:MOST|DEEPEST|FEWEST)_[A-Z]/, instead: 'MAX_, MIN_' },
];

/** Uses that are right: the text of the line, and why. */
const RIGHT: readonly { readonly text: RegExp; readonly reason: string }[] = [
  { text: /\bstand-alone\b/i, reason: 'one word' },
  { text: /What the card says about itself|so it runs only while someone/, reason: 'a sample MOF' },
];

/** How many hits each folder may still have. A number may only become smaller. */
const LIMITS: Readonly<Record<string, number>> = {
  'README.md': 0,
  'CONTRIBUTING.md': 0,
  templates: 0,
  'src/runtime-c': 1,
  samples: 0,
  docs: 0,
  bench: 1,
  scripts: 1,
  grammar: 128,
  src: 406,
};

const TEXTS = /\.(?:c|cmake|h|hbs|md|mjs|ps1|props|rc|ts|txt)$/;

/** Files whose text is not ours to choose, or that another folder of the table has. */
const LEFT_OUT = /^samples\/repos\/|^src\/runtime-c\//;

function filesBelow(path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .map((name) => `${path}/${name.replaceAll('\\', '/')}`)
    .filter((name) => TEXTS.test(name) && (path === 'src/runtime-c' || !LEFT_OUT.test(name)))
    .sort();
}

function hitsIn(name: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    if (RIGHT.some((use) => use.text.test(line))) return [];
    return RULES.flatMap(({ pattern, instead }) => {
      const all = line.matchAll(new RegExp(pattern, `${pattern.flags}g`));
      return Array.from(all, ([word]) => `${name}:${index + 1}: '${word}'; write: ${instead}`);
    });
  });
}

test.each(Object.entries(LIMITS))('%s: at most %i words that are hard to read', (path, limit) => {
  const hits = filesBelow(path).flatMap((name) =>
    hitsIn(name, readFileSync(join(root, name), 'utf8')),
  );
  expect(
    hits.length,
    `${hits.length} of at most ${limit}:\n${hits.join('\n')}\n`,
  ).toBeLessThanOrEqual(limit);
});

test('a hit names the place, the word and what to write', () => {
  const text =
    'int x;\n// What stands behind it is a stand-alone part.\n// Nobody understands it.\n';
  expect(hitsIn('a.c', text)).toEqual([
    "a.c:3: 'Nobody'; write: what is the case, or who does not do it",
  ]);
  expect(hitsIn('a.c', '// lies behind\n')).toEqual(["a.c:1: 'behind'; write: after"]);
});
