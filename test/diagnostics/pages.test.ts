/**
 * Every code has a page, a bad sample in samples/bad/ with the text of its findings, and a section of docs/diagnostics.md.
 *
 * All of it comes from the pages in src/diagnostics/explain; `npm run diagnostics` writes it, this test compares it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { type DiagnosticCode, DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { exampleLines, explained, PAGES } from '../../src/diagnostics/explain/index.js';
import { isCode } from '../../src/diagnostics/policy.js';
import { workplace } from '../cli/command-line.js';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'samples/bad');
const isWriting = process.env['MOFGEN_WRITE_DIAGNOSTICS'] === '1';
const codes = Object.keys(DIAGNOSTICS).filter(isCode);
if (isWriting) {
  rmSync(folder, { recursive: true, force: true });
  for (const code of codes) mkdirSync(join(folder, code), { recursive: true });
}

/** The files of the sample of a code; of a long chain of files that include each other only the first. */
function sampleFiles(code: DiagnosticCode): Readonly<Record<string, string | Uint8Array>> {
  const { wrong, setting = {} } = PAGES[code];
  const further = Object.entries(setting.files ?? {});
  return {
    ...(setting.isMissing === true ? {} : { [`${code}.mof`]: setting.bytes ?? wrong }),
    ...(further.length > MOST_FILES ? {} : Object.fromEntries(further)),
  };
}

const MOST_FILES = 3;

type Files = Readonly<Record<string, string | Uint8Array>>;

function saved(path: string, text: string | Uint8Array): Buffer {
  if (isWriting) writeFileSync(path, text);
  return existsSync(path) ? readFileSync(path) : Buffer.of();
}

describe.each(codes)('%s', (code) => {
  const { right, setting = {} } = PAGES[code];
  const name = `${code}.mof`;
  const { command = 'check', args = [] } = setting;
  const check = [command, name, '-q', '--diagnostics', 'text', ...args];

  test('its sample gives it and nothing else, in just these words', async () => {
    const files = { ...setting.files, ...sampleFiles(code) };
    const { stderr, exitCode } = await workplace(files).run(check);
    for (const [file, content] of Object.entries({
      ...sampleFiles(code),
      [`${code}.txt`]: stderr,
    })) {
      expect(saved(join(folder, code, file), content)).toEqual(Buffer.from(content));
    }
    const found = [...stderr.matchAll(/(?:^|: )(error|warning) (MOF\d{4}): /gm)];
    expect(found.map((match) => [match[1], match[2]])).toEqual([
      [DIAGNOSTICS[code].severity, code],
    ]);
    expect(exitCode).toBe(
      setting.isMissing === true ? 3 : DIAGNOSTICS[code].severity === 'error' ? 1 : 0,
    );
  });

  test.runIf(right !== undefined)('its right example gives nothing', async () => {
    const files: Files = { ...setting.files, [name]: right ?? '' };
    expect(await workplace(files).run(check)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('its texts are whole sentences, and its example fits a page', () => {
    const { what, wrong, windows = 'None.' } = PAGES[code];
    for (const text of [what, windows]) expect(text).toMatch(/^["#A-Za-z].*\.$/);
    expect(exampleLines(wrong).length).toBeLessThanOrEqual(31);
  });
});

test('samples/bad holds nothing else', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const expected = codes.flatMap((code) =>
    [...Object.keys(sampleFiles(code)), `${code}.txt`].map((file) => join(folder, code, file)),
  );
  expect(files.sort()).toEqual(expected.sort());
});

/** The titles of the groups, by how codes begin. */
const GROUPS = [
  ['MOF10', 'Files and encodings'],
  ['MOF11', 'Characters and literals'],
  ['MOF12', 'Syntax'],
  ['MOF13', 'The preprocessor'],
  ['MOF14', 'Localised texts'],
  ['MOF19', 'Comments to mofgen'],
  ['MOF20', 'Classes and their hierarchy'],
  ['MOF21', 'Qualifiers, GUIDs and registration'],
  ['MOF22', 'Data items'],
  ['MOF23', 'Types and counts'],
  ['MOF24', 'Layout'],
  ['MOF25', 'Methods'],
  ['MOF26', 'Values, and arguments of directives'],
  ['MOF31', 'The C header'],
  ['MOF32', 'Providers in C'],
  ['MOF40', 'Generated files'],
  ['MOF50', 'Binary MOF'],
] as const;

function fenced(text: string): string {
  return ['```', ...exampleLines(text), '```'].join('\n');
}

function document(): string {
  const sections = GROUPS.flatMap(([prefix, title]) => {
    const members = codes.filter((code) => code.startsWith(prefix));
    return members.length === 0 ? [] : [`## ${title}`, ...members.map(sectionOf)];
  });
  return [
    '# Diagnostics',
    '<!-- Written by npm run diagnostics from src/diagnostics; do not edit. -->',
    [
      'Every finding has a code that never changes its meaning. `mofgen explain MOF2202` prints a section of this page. An error',
      'is what leaves the data or the code undefined, or what the documentation of Windows rules out; a warning is what works,',
      'but is probably not meant, or what Windows is not known to refuse. `--allow CODE` leaves warnings out, `--deny CODE` and',
      '`--warn-as-error` make errors of them; a comment `// mofgen-allow CODE` leaves them out on its line, or in the',
      'declaration behind it.',
    ].join('\n'),
    ...sections,
  ].join('\n\n');
}

function sectionOf(code: DiagnosticCode): string {
  const { title, severity, what, windows, wrong, right, leavingOut, setting } = explained(code);
  return [
    `### ${code}: ${title}`,
    `${severity === 'error' ? 'Error' : 'Warning'}. ${escaped(what)}`,
    ...(windows === undefined ? [] : [`Windows: ${escaped(windows)}`]),
    `Wrong${setting?.args === undefined ? '' : `, with \`${[setting.command ?? [], setting.args].flat().join(' ')}\``}:`,
    fenced(wrong),
    ...(right === undefined ? [] : ['Right:', fenced(right)]),
    ...(severity === 'error' && !leavingOut.startsWith('An error;')
      ? ['The error may be left out.']
      : []),
  ].join('\n\n');
}

/** Text that Markdown must not read as markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, String.raw`\$&`);
}

test('every code has a place in docs/diagnostics.md, which is what npm run diagnostics writes', async () => {
  expect(codes.filter((code) => !GROUPS.some(([prefix]) => code.startsWith(prefix)))).toEqual([]);
  const options = { parser: 'markdown', printWidth: 130, proseWrap: 'preserve' } as const;
  const text = await format(document(), options);
  expect(saved(join(root, 'docs/diagnostics.md'), text).toString()).toBe(text);
});
