// The migration guide: its C compiles before and after, and what it shows of emitted files is what mofgen emits for its MOF.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { analyze, emit } from '../../../src/generate.js';
import { definedFunctions } from '../../../src/targets/provider/c-definitions.js';
import { hostIncludes } from '../../c/host.js';
import { availableCompilers, compile } from '../../c/toolchain.js';
import { root } from '../../mof-files.js';

const guide = readFileSync(join(root, 'docs/migration.md'), 'utf8');

interface Block {
  readonly words: readonly string[];
  readonly text: string;
}

/** The fenced blocks with a comment before them that begins with `mark`. */
function blocks(mark: string): Block[] {
  const pattern = new RegExp(`<!-- ${mark}: (.*?) -->\\s*\`\`\`\\w*\\n([^]*?)\`\`\``, 'g');
  return [...guide.matchAll(pattern)].map(([, words = '', text = '']) => ({
    words: words.split(' '),
    text,
  }));
}

function blockOf(mark: string, ...words: readonly string[]): string {
  const found = blocks(mark).filter((block) => block.words.join(' ') === words.join(' '));
  expect(found).toHaveLength(1);
  return found[0]?.text ?? '';
}

const compilers = availableCompilers('the migration guide', ['gcc', 'clang']);

/** The drivers of the guide: a driver model and a MOF each. */
const DRIVERS = [
  { target: 'kmdf', mof: 'door-light.mof' },
  { target: 'wdm', mof: 'pump.mof' },
] as const;

const folder = mkdtempSync(join(tmpdir(), 'mofgen-migration-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes what a target emits for a MOF of the guide into a folder of its own. */
function emitted(
  mof: string,
  target: string,
): { folder: string; texts: ReadonlyMap<string, string> } {
  const analyzed = analyze(new TextEncoder().encode(blockOf('mof', mof)), mof);
  expect(analyzed.diagnostics).toEqual([]);
  const { value, diagnostics } = emit(analyzed.value, mof, { targets: [target] });
  expect(diagnostics).toEqual([]);
  const own = mkdtempSync(join(folder, 'emitted-'));
  for (const file of value) writeFileSync(join(own, file.name), file.text);
  return { folder: own, texts: new Map(value.map(({ name, text }) => [name, text])) };
}

/** A text that is not there fails. */
function textOf(texts: ReadonlyMap<string, string>, name: string): string {
  const text = texts.get(name);
  if (text === undefined) throw new Error(`${name} is not emitted`);
  return text;
}

const FUNCTION = /^(?:_Use_decl_annotations_\n)?\w+(?: \*)?\n(\w+)\([^{};]*\)\n\{\n[^]*?\n\}\n/gm;

/** The user's file as it was written, with the functions of the guide in place of its own. */
function edited(skeleton: string, change: string): string {
  const changed = [...change.matchAll(FUNCTION)];
  expect(changed.length).toBeGreaterThan(0);
  const rest = changed.reduce((text, [whole]) => text.replace(whole, ''), change);
  const start = skeleton.indexOf('// ====');
  const withDeclarations = `${skeleton.slice(0, start)}${rest}\n${skeleton.slice(start)}`;
  return changed.reduce((text, [whole, name]) => {
    const old = [...text.matchAll(FUNCTION)].find(([, each]) => each === name)?.[0];
    if (old === undefined) throw new Error(`the user's file has no ${name ?? ''}`);
    return text.replace(old, () => whole);
  }, withDeclarations);
}

test('the guide has each part of each driver', () => {
  const drivers = DRIVERS.map(({ target, mof }) => `${target} ${mof}`);
  for (const mark of ['before', 'after', 'yours']) {
    expect(blocks(mark).map(({ words }) => words.join(' '))).toEqual(drivers);
  }
  expect(blocks('mof').map(({ words }) => words[0])).toEqual(DRIVERS.map(({ mof }) => mof));
  for (const { target, mof } of DRIVERS)
    expect(guide).toContain(`    mofgen ${mof} -t ${target} -o wmi\n`);
  // Every C block is tested.
  expect(guide.match(/```c\n/g)).toHaveLength(
    ['before', 'after', 'yours', 'emitted'].flatMap(blocks).length,
  );
});

test('the light is that of the sample', () => {
  const sample = readFileSync(join(root, 'samples/door-light/door-light.mof'), 'utf8');
  expect(sample).toContain(blockOf('mof', 'door-light.mof'));
});

test('excerpts of emitted files are verbatim, with … for what is left out', () => {
  const excerpts = blocks('emitted');
  expect(excerpts.length).toBeGreaterThan(1);
  for (const { words, text } of excerpts) {
    const [target = '', mof = '', name = ''] = words;
    const file = textOf(emitted(mof, target).texts, name);
    for (const part of text.split('…\n')) expect(file).toContain(part);
  }
});

describe.each(DRIVERS)('$mof with $target', ({ target, mof }) => {
  const base = mof.replace('.mof', '');

  async function compiles(text: string, from: string, compiler: (typeof compilers)[number]) {
    const outcome = await compile({
      compiler,
      text,
      includes: [from],
      systemIncludes: hostIncludes,
      flags: ['-fshort-wchar', '-Wconversion', '-Wshadow'],
    });
    expect(outcome).toEqual({ status: 0, output: '' });
  }

  test.each(compilers)('before, with %s', async (compiler) => {
    const header = emitted(mof, 'header');
    await compiles(blockOf('before', target, mof), header.folder, compiler);
  });

  test.each(compilers)('after, with %s', async (compiler) => {
    const { folder: from, texts } = emitted(mof, target);
    await compiles(blockOf('after', target, mof), from, compiler);
    const yours = edited(textOf(texts, `${base}_wmi_impl.c`), blockOf('yours', target, mof));
    await compiles(yours, from, compiler);
    await compiles(textOf(texts, `${base}_wmi.c`), from, compiler);
  });

  test('nothing is missing in the edited file', () => {
    const { texts } = emitted(mof, target);
    const skeleton = textOf(texts, `${base}_wmi_impl.c`);
    const yours = edited(skeleton, blockOf('yours', target, mof));
    expect(yours).not.toBe(skeleton);
    expect([...definedFunctions(yours)].sort()).toEqual([...definedFunctions(skeleton)].sort());
  });

  test('the code before has the faults of the table, and marks them', () => {
    const before = blockOf('before', target, mof);
    const marked = new Set([...before.matchAll(/\/\/ fault (\d)/g)].map(([, number]) => number));
    const section = guide.slice(guide.indexOf(`<!-- before: ${target}`));
    const table = section.slice(0, section.indexOf('### After'));
    const rows = [...table.matchAll(/^\| (\d)\. /gm)].map(([, number]) => number);
    expect(rows).toEqual(rows.map((_, index) => String(index + 1)));
    expect(rows).toEqual(expect.arrayContaining([...marked]));
    expect(marked.size).toBeGreaterThanOrEqual(5);
  });
});
