/**
 * References lead somewhere: from comments to pages, headings and numbered rules of docs/, from pages to each other, and from
 * the conformance table to docs/spec/runtime.md.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Page, pageOf } from './pages.js';

const root = resolve(import.meta.dirname, '../..');
const CODE = ['src', 'grammar', 'templates', 'test', 'scripts', 'bench', 'msbuild', '.ci'];
const PAGES = ['docs', 'grammar', 'bench', 'samples'];
const GENERATED = /(^|\/)(node_modules|build|dist|expected|\.mofgen)\//;
const CODE_FILE = /\.(?:[cm]?[jt]s|c|h|hbs|props|targets|py|json)$/;

function filesIn(folders: readonly string[], kind: RegExp): string[] {
  const below = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name).split(sep).join('/'),
    ),
  );
  return below.filter((name) => kind.test(name) && !GENERATED.test(name)).sort();
}

const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const isFile = (name: string): boolean => existsSync(name) && statSync(name).isFile();

const pages = new Map<string, Page>();
function page(path: string): Page {
  let known = pages.get(path);
  if (known === undefined) pages.set(path, (known = pageOf(readFileSync(path, 'utf8'))));
  return known;
}

const self = relative(root, import.meta.filename)
  .split(sep)
  .join('/');
const codeFiles = filesIn(CODE, CODE_FILE).filter((name) => name !== self);
const markdown = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...filesIn(PAGES, /\.md$/),
];

/** `docs/spec/runtime.md#kmdf-dispatch, rule 5`; the rules are `rule 5`, `rules 4 and 5`, `rules 4 to 7` or the id `X5`. */
const REFERENCE =
  /(?<![\w/.-])(docs\/[\w/-]+\.md)(?:#([\w-]+)(?:, (?:rules? (\d+)(?: (?:and|to) (\d+))?|(X\d+)))?)?/g;

/** The comment signs between the lines of a comment. */
const LINE_BREAK = /\s*\n\s*(?:\*(?!\/)|\/\/|#)?\s*/g;

/** What is wrong with the references of a text; it may be that of a comment in any language. */
function brokenReferences(text: string): string[] {
  return [...text.replaceAll(LINE_BREAK, ' ').matchAll(REFERENCE)].flatMap(
    ([reference, file = '', heading, first, last, id]) => {
      const path = join(root, file);
      if (!isFile(path)) return [`${reference}: no such file`];
      if (heading === undefined) return [];
      const target = page(path).sections.get(heading);
      if (target === undefined) return [`${reference}: no such heading`];
      return [first, last, id].every((rule) => rule === undefined || target.has(rule))
        ? []
        : [`${reference}: no such rule`];
    },
  );
}

/** What is wrong with the links of a page. */
function brokenLinks(name: string): string[] {
  const path = join(root, name);
  return page(path).links.flatMap((link) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return [];
    const [file = '', heading] = link.split('#', 2);
    const target = file === '' ? path : resolve(dirname(path), decodeURIComponent(file));
    if (!existsSync(target)) return [`${link}: no such file`];
    if (relative(root, target).startsWith('..')) return [`${link}: outside of the repository`];
    if (heading === undefined || !target.endsWith('.md')) return [];
    return page(target).sections.has(heading) ? [] : [`${link}: no such heading`];
  });
}

const PATH = /(?<![\w./@-])(?:src|grammar|templates|test|scripts|docs|samples|bench)\/[\w./-]*\w/g;
const COMMENT = /^\s*(?:\/?\*|\/\/|#).*$/gm;

function missingPaths(text: string): string[] {
  return [...text.matchAll(PATH)]
    .map(([path]) => path)
    .filter((path) => !existsSync(join(root, path)));
}

/** Pages that a comment names and that are neither at the root, nor below docs/, nor next to the file. */
function missingPages(name: string, comments: string): string[] {
  const folders = ['.', 'docs', 'docs/spec', 'docs/targets', dirname(name)];
  return [...comments.matchAll(/(?<![\w./{}$-])[\w-]+\.md\b/g)]
    .map(([path]) => path)
    .filter((path) => !folders.some((folder) => existsSync(join(root, folder, path))));
}

/** Each file with a fault, and the faults. */
function faults(names: readonly string[], of: (name: string) => readonly string[]): string[] {
  return names.flatMap((name) => of(name).map((fault) => `${name}: ${fault}`));
}

test('references to docs/ lead to a file, a heading and a rule', () => {
  const all = [...codeFiles, ...markdown];
  expect(faults(all, (name) => brokenReferences(read(name)))).toEqual([]);
  const found = all.filter((name) => read(name).includes('docs/spec/'));
  expect(found.length).toBeGreaterThan(50);
});

test('links of pages lead to a file and a heading', () => {
  expect(faults(markdown, brokenLinks)).toEqual([]);
  expect(markdown.flatMap((name) => page(join(root, name)).links).length).toBeGreaterThan(100);
});

/** A number or a name of a section without its page, as in `(spec 3.2)`, `(X2)` or `(3.2.8)`. */
const WITHOUT_PAGE =
  /\bspec (?:sections? )?\d|\(spec\b|\(X\d+\)|\(\d\.\d+(?:\.\d+)?(?:, [\d.]+)*\)/g;

test('comments name the page of a section', () => {
  const found = faults(codeFiles, (name) =>
    [...(read(name).match(COMMENT) ?? []).join('\n').matchAll(WITHOUT_PAGE)].map(([text]) => text),
  );
  expect(found).toEqual([]);
});

test('comments and pages name files that are there', () => {
  const inCode = faults(
    codeFiles.filter((name) => !name.endsWith('.json')),
    (name) => {
      const comments = (read(name).match(COMMENT) ?? []).join('\n');
      return [...missingPaths(comments), ...missingPages(name, comments)];
    },
  );
  expect(inCode).toEqual([]);
  // Other pages name files of the reader's own.
  const aboutTree = /^(?:CONTRIBUTING|grammar\/|bench\/|docs\/(?:architecture|glossary|spec\/))/;
  const current = markdown.filter((name) => aboutTree.test(name));
  expect(faults(current, (name) => missingPaths(page(join(root, name)).code))).toEqual([]);
});

test('the source of each row of the conformance table is a rule of docs/spec/runtime.md', () => {
  const { sections } = page(join(root, 'docs/spec/runtime.md'));
  const isRule = (part: string): boolean => {
    const [, section = '', rule] = /^(?:[KRDHSM] )?([a-z_-]+)(?: (\d+|X\d+))?$/.exec(part) ?? [];
    const rules = sections.get(section);
    return rules !== undefined && (rule === undefined || rules.has(rule));
  };
  const sources = filesIn(['test/conformance'], /\.ts$/).flatMap((name) =>
    [...read(name).matchAll(/^ +source: '(.*)',$/gm)].map(([, source = '']) => source),
  );
  expect(sources.length).toBeGreaterThan(150);
  expect(sources.flatMap((source) => source.split(', ')).filter((part) => !isRule(part))).toEqual(
    [],
  );
});

/** The pages for those who change mofgen. They name files of the project by their path, or by the end of it. */
const MAINTAINERS = ['docs/architecture.md', 'CONTRIBUTING.md', 'grammar/README.md'];

/** Names that stand for any file. */
const EXAMPLES = ['_name.hbs'];

function missingFiles(text: string): string[] {
  const named = Array.from(text.matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:[cm]?ts|mjs|hbs|c|h))`/g));
  return named
    .map(([, name = '']) => name)
    .filter((name) => !EXAMPLES.includes(name))
    .filter((name) => !existsSync(join(root, name)))
    .filter((name) => !codeFiles.some((file) => file.endsWith(`/${name}`)));
}

test.each(MAINTAINERS)('the files that %s names exist', (name) => {
  expect(missingFiles(read(name))).toEqual([]);
});

test('a file that does not exist is found', () => {
  expect(missingFiles('`data-code.ts`, `provider/data-code.ts`, `data-codes.ts`')).toEqual([
    'data-codes.ts',
  ]);
});

describe('a reference that leads nowhere is found', () => {
  test.each([
    ['a file', 'see docs/spec/nothing.md', 'docs/spec/nothing.md: no such file'],
    [
      'a heading',
      '(docs/spec/runtime.md#nothing)',
      'docs/spec/runtime.md#nothing: no such heading',
    ],
    [
      'a rule',
      'docs/spec/runtime.md#kmdf-dispatch, rule 99',
      'docs/spec/runtime.md#kmdf-dispatch, rule 99: no such rule',
    ],
    [
      'the last of two rules',
      'docs/spec/runtime.md#kmdf-dispatch, rules 5 and 99',
      'docs/spec/runtime.md#kmdf-dispatch, rules 5 and 99: no such rule',
    ],
    [
      'an id',
      'docs/spec/runtime.md#differences, X99',
      'docs/spec/runtime.md#differences, X99: no such rule',
    ],
    [
      'a rule on the next line of a comment',
      ' * as in docs/spec/runtime.md#kmdf-dispatch,\n   * rule 99.',
      'docs/spec/runtime.md#kmdf-dispatch, rule 99: no such rule',
    ],
  ])('%s', (_case, text, want) => {
    expect(brokenReferences(text)).toEqual([want]);
  });

  test.each([
    'docs/spec/runtime.md',
    'docs/spec/runtime.md#kmdf-dispatch',
    'docs/spec/runtime.md#kmdf-dispatch, rules 4 to 7',
    'docs/spec/runtime.md#differences, X5',
  ])('%s is not', (text) => {
    expect(brokenReferences(text)).toEqual([]);
  });
});
