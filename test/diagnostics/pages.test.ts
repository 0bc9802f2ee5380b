/**
 * Every code has a page, whose wrong example gives exactly the findings in findings.txt, and a section of docs/diagnostics.md.
 *
 * All of it comes from the pages in src/diagnostics/explain; `npm run diagnostics` writes it, this test compares it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { afterAll, describe, expect, test } from 'vitest';
import { type DiagnosticCode, DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { exampleLines, explained, PAGES } from '../../src/diagnostics/explain/index.js';
import { isAllowable, isCode } from '../../src/diagnostics/policy.js';
import { workplace } from '../cli/command-line.js';
import { badSample } from './bad-samples.js';

const page = join(import.meta.dirname, '../../docs/diagnostics.md');
const goldenFile = join(import.meta.dirname, 'findings.txt');
const isWriting = process.env['MOFGEN_WRITE_DIAGNOSTICS'] === '1';
const codes = Object.keys(DIAGNOSTICS).filter(isCode);

const headingOf = (code: DiagnosticCode) => `== ${code}\n`;

/** The findings of each example, by code. */
const golden = new Map(
  readFileSync(goldenFile, 'utf8')
    .split(/^(?=== MOF\d{4}\n)/m)
    .map((section) => [section.slice(0, headingOf('MOF1001').length), section]),
);
const written: string[] = [];

afterAll(() => {
  if (isWriting) writeFileSync(goldenFile, written.join('\n'));
});

type Files = Readonly<Record<string, string | Uint8Array>>;

describe.each(codes)('%s', (code) => {
  const { right, setting = {} } = PAGES[code];
  const name = `${code}.mof`;
  const { command = 'check', args = [] } = setting;
  const check = [command, name, '-q', '--diagnostics', 'text', ...args];

  test('its sample gives only this code, with exactly these messages', async () => {
    const { stderr, exitCode } = await workplace(badSample(code)).run(check);
    const section = `${headingOf(code)}${stderr}`;
    written.push(section);
    if (!isWriting) expect(section).toBe(golden.get(headingOf(code))?.replace(/\n\n$/, '\n'));
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

test('findings.txt has no code that does not exist', () => {
  expect(isWriting ? [] : [...golden.keys()]).toEqual(isWriting ? [] : codes.map(headingOf));
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
  ['MOF33', 'Targets of your own'],
  ['MOF40', 'Generated files'],
  ['MOF50', 'Binary MOF'],
  ['MOF60', 'Changes since an earlier text: classes'],
  ['MOF61', 'Changes since an earlier text: items'],
  ['MOF62', 'Changes since an earlier text: methods'],
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
      'Every diagnostic has a code that never changes its meaning. `mofgen explain MOF2202` prints one section of this page.',
      'An error leaves the data or the code undefined, or breaks a rule of the Windows documentation. A warning works, but is',
      'probably not intended, or Windows is not known to refuse it. `--allow CODE` suppresses a warning, `--deny CODE` and',
      '`--warn-as-error` make it an error. The comment `// mofgen-allow CODE` suppresses it on its line or, on a line of its',
      'own, in the declaration that follows.',
    ].join('\n'),
    ...sections,
  ].join('\n\n');
}

function sectionOf(code: DiagnosticCode): string {
  const { title, severity, what, windows, wrong, right, setting } = explained(code);
  return [
    `### ${code}: ${title}`,
    `${severity === 'error' ? 'Error' : 'Warning'}. ${escaped(what)}`,
    ...(windows === undefined ? [] : [`Windows: ${escaped(windows)}`]),
    `Wrong${setting?.args === undefined ? '' : `, with \`${[setting.command ?? [], setting.args].flat().join(' ')}\``}:`,
    fenced(wrong),
    ...(right === undefined ? [] : ['Right:', fenced(right)]),
    ...(severity === 'error' && isAllowable(code) ? ['This error can be suppressed.'] : []),
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
  if (isWriting) writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});
