// The formats for programs: msvs, github, json, sarif. Each document is checked against its schema.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Diagnostic, diagnostic, type Location } from '../../src/diagnostics/diagnostic.js';
import { renderGithub } from '../../src/diagnostics/github.js';
import { renderJson } from '../../src/diagnostics/json.js';
import { renderMsvs } from '../../src/diagnostics/msvs.js';
import { renderSarif } from '../../src/diagnostics/sarif.js';
import { selection } from '../../src/diagnostics/selection.js';
import { runs } from '../effort.js';

const all = (...diagnostics: readonly Diagnostic[]) => selection(diagnostics, Infinity);

function place(start: number, end: number, name = 'dir/fan.mof'): Location {
  return {
    source: { name, text: 'class A\n{\n  uint32 Speed\n};\n', encoding: 'utf-8' },
    span: { start, end },
  };
}

const whole = diagnostic('MOF2202', place(12, 18), 'used: twice, 100%', {
  help: 'the next free one is 5',
  related: [{ location: place(0, 5, 'other.mof'), message: 'first used here' }],
  fixes: [
    {
      title: 'write 5',
      edits: [
        { location: place(12, 18), newText: '5' },
        { location: place(0, 0, 'other.mof'), newText: '[key] ' },
        { location: place(19, 24), newText: '' },
      ],
    },
  ],
});
const placeless = diagnostic('MOF1001', undefined, `cannot read 'x'`);
const warning = diagnostic('MOF2203', place(19, 24), 'a gap');

test('msvs: one line a message, in the form that MSBuild takes apart', () => {
  expect(renderMsvs(all(whole, placeless, warning))).toBe(
    [
      'dir/fan.mof(3,3): error MOF2202: used: twice, 100%',
      'other.mof(1,1): note: first used here',
      'dir/fan.mof(3,3): note: help: the next free one is 5',
      `mofgen : error MOF1001: cannot read 'x'`,
      'dir/fan.mof(3,10): warning MOF2203: a gap',
      '2 errors, 1 warning',
      '',
    ].join('\n'),
  );
});

test('github: one command a finding, with the escapes of the runner', () => {
  const odd = diagnostic('MOF2203', place(19, 24, 'a,b:c%.mof'), 'x');
  expect(renderGithub(all(whole, placeless, odd))).toBe(
    [
      '::error file=dir/fan.mof,line=3,col=3,title=MOF2202::used: twice, 100%25%0Aother.mof:1:1: first used here%0Ahelp: the next free one is 5',
      `::error title=MOF1001::cannot read 'x'`,
      '::warning file=a%2Cb%3Ac%25.mof,line=3,col=10,title=MOF2203::x',
      '2 errors, 1 warning',
      '',
    ].join('\n'),
  );
});

test('github: files of Windows have slashes', () => {
  const found = diagnostic('MOF2203', place(19, 24, 'C:\\mof\\a.mof'), 'x');
  expect(renderGithub(all(found)).split(',')[0]).toBe('::warning file=C%3A/mof/a.mof');
});

test('text formats print nothing when nothing was found', () => {
  expect(renderMsvs(all())).toBe('');
  expect(renderGithub(all())).toBe('');
});

test('json: its contents', () => {
  expect(JSON.parse(renderJson(selection([whole, warning], 1)))).toEqual({
    version: 1,
    errors: 1,
    warnings: 1,
    omitted: 1,
    diagnostics: [
      {
        code: 'MOF2202',
        severity: 'error',
        message: 'used: twice, 100%',
        help: 'the next free one is 5',
        location: {
          file: 'dir/fan.mof',
          start: { line: 3, column: 3, offset: 12 },
          end: { line: 3, column: 9, offset: 18 },
        },
        related: [
          {
            message: 'first used here',
            location: {
              file: 'other.mof',
              start: { line: 1, column: 1, offset: 0 },
              end: { line: 1, column: 6, offset: 5 },
            },
          },
        ],
        fixes: [
          {
            title: 'write 5',
            edits: [
              {
                location: {
                  file: 'dir/fan.mof',
                  start: { line: 3, column: 3, offset: 12 },
                  end: { line: 3, column: 9, offset: 18 },
                },
                newText: '5',
              },
              {
                location: {
                  file: 'other.mof',
                  start: { line: 1, column: 1, offset: 0 },
                  end: { line: 1, column: 1, offset: 0 },
                },
                newText: '[key] ',
              },
              {
                location: {
                  file: 'dir/fan.mof',
                  start: { line: 3, column: 10, offset: 19 },
                  end: { line: 3, column: 15, offset: 24 },
                },
                newText: '',
              },
            ],
          },
        ],
      },
    ],
  });
});

test('sarif: rules, places and levels', () => {
  const log = JSON.parse(renderSarif(selection([whole, warning, placeless], 2), '1.2.3')) as {
    runs: [
      { tool: { driver: { rules: { id: string }[] } }; results: unknown[]; properties?: unknown },
    ];
  };
  const [run] = log.runs;
  expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(['MOF1001', 'MOF2202']);
  expect(run.properties).toEqual({ omittedResults: 1 });
  expect(run.results[0]).toMatchObject({
    ruleId: 'MOF2202',
    ruleIndex: 1,
    level: 'error',
    message: { text: 'used: twice, 100%\nhelp: the next free one is 5' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'dir/fan.mof' },
          region: {
            startLine: 3,
            startColumn: 3,
            endLine: 3,
            endColumn: 9,
            charOffset: 12,
            charLength: 6,
          },
        },
      },
    ],
    relatedLocations: [{ id: 0, message: { text: 'first used here' } }],
    fixes: [
      {
        description: { text: 'write 5' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'dir/fan.mof' },
            replacements: [
              {
                deletedRegion: { charOffset: 12, charLength: 6 },
                insertedContent: { text: '5' },
              },
              { deletedRegion: { charOffset: 19, charLength: 5 } },
            ],
          },
          {
            artifactLocation: { uri: 'other.mof' },
            replacements: [
              {
                deletedRegion: { charOffset: 0, charLength: 0 },
                insertedContent: { text: '[key] ' },
              },
            ],
          },
        ],
      },
    ],
  });
});

test.each([
  ['a/b.mof', 'a/b.mof'],
  ['a\\b c.mof', 'a/b%20c.mof'],
  ['/tmp/a#b.mof', 'file:///tmp/a%23b.mof'],
  ['C:\\x\\y.mof', 'file:///C:/x/y.mof'],
  ['\\\\host\\share\\y.mof', 'file://host/share/y.mof'],
  ['<stdin>', '%3Cstdin%3E'],
  ['a\ud800.mof', 'a%EF%BF%BD.mof'],
])('sarif: the URI of %j', (name, uri) => {
  const text = renderSarif(all(diagnostic('MOF2203', place(0, 1, name), 'x')), '1.0.0');
  expect(text).toContain(`"uri": "${uri}"`);
});

const require = createRequire(import.meta.url);
function jsonFile(path: string): object {
  return JSON.parse(readFileSync(path, 'utf8')) as object;
}
const ajv = new Ajv({ allErrors: true, schemaId: 'auto' });
ajv.addMetaSchema(jsonFile(require.resolve('ajv/lib/refs/json-schema-draft-04.json')));
// The schema of OASIS, from a package for tests.
const sarifSchema = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ownSchema = join(import.meta.dirname, '../../schemas/diagnostics.schema.json');
const isSarif = ajv.compile(jsonFile(sarifSchema));
const isOwn = ajv.compile(jsonFile(ownSchema));

test('the schemas refuse what is wrong', () => {
  expect(isSarif({ version: '2.1.0', runs: [{}] })).toBe(false);
  expect(isOwn({ version: 1, diagnostics: [] })).toBe(false);
});

test('both documents are valid against their schemas and safe to print, for any MOF', () => {
  const odd = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(odd, odd, odd, fc.nat(50), fc.nat(50), (text, name, message, start, length) => {
      const location = {
        source: { name, text, encoding: 'utf-8' },
        span: { start, end: start + length },
      } as const;
      const found = all(
        diagnostic('MOF2202', location, message, {
          help: message,
          related: [{ location, message }],
          fixes: [{ title: message, edits: [{ location, newText: text }] }],
        }),
        diagnostic('MOF1001', undefined, message),
      );
      const json = renderJson(found);
      expect([isOwn(JSON.parse(json)), isOwn.errors]).toEqual([true, null]);
      const sarif = renderSarif(found, '1.0.0');
      expect([isSarif(JSON.parse(sarif)), isSarif.errors]).toEqual([true, null]);
      for (const shown of [json, sarif, renderMsvs(found), renderGithub(found)]) {
        expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }
      expect(renderGithub(found).trimEnd().split('\n')).toHaveLength(3);
      const { diagnostics } = JSON.parse(json) as { diagnostics: { message: string }[] };
      expect(diagnostics.map((each) => each.message)).toEqual([message, message]);
    }),
    { numRuns: runs(300) },
  );
});

test('a document is written even without findings', () => {
  expect(isOwn(JSON.parse(renderJson(all())))).toBe(true);
  expect(isSarif(JSON.parse(renderSarif(all(), '1.0.0')))).toBe(true);
});
