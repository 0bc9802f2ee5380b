// Finishing a run's diagnostics: order, duplicates, follow-ons, suppressions, policy and the limit.
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { type DiagnosticCode } from '../../src/diagnostics/codes.js';
import { type Diagnostic, diagnostic, type Location } from '../../src/diagnostics/diagnostic.js';
import { type Batch, finish, reportsErrors } from '../../src/diagnostics/finish.js';
import { type Causes } from '../../src/diagnostics/follow-ons.js';
import { type Policy } from '../../src/diagnostics/policy.js';
import { selection } from '../../src/diagnostics/selection.js';

function place(name: string, start: number, end = start + 1): Location {
  const source = { name, text: 'x'.repeat(99), encoding: 'utf-8' } as const;
  return { source: SOURCES.get(name) ?? known(name, source), span: { start, end } };
}

/** One source for each name, as in a run. */
const SOURCES = new Map<string, Location['source']>();

function known(name: string, source: Location['source']): Location['source'] {
  SOURCES.set(name, source);
  return source;
}

function at(
  code: DiagnosticCode,
  start: number,
  { file = 'a.mof', message = 'wrong', related = [] as readonly number[] } = {},
): Diagnostic {
  return diagnostic(code, place(file, start), message, {
    related: related.map((each) => ({ location: place(file, each), message: 'here' })),
  });
}

/** `error MOF2201 a.mof:5`, for each that is reported. */
function reported(...batches: readonly Batch[]): readonly string[] {
  return finish(batches).map(({ severity, code, location }) =>
    [
      severity,
      code,
      ...(location === undefined ? [] : [`${location.source.name}:${location.span.start}`]),
    ].join(' '),
  );
}

describe('order', () => {
  test('by file as read, then by place, then as produced', () => {
    const diagnostics = [
      at('MOF1201', 0, { file: 'a.mof', message: '5' }),
      at('MOF1201', 4, { file: 'z.mof', message: '2' }),
      at('MOF1201', 0, { file: 'other.mof', message: '6' }),
      at('MOF1201', 4, { file: 'z.mof', message: '3' }),
      at('MOF1201', 1, { file: 'z.mof', message: '1' }),
      diagnostic('MOF1001', undefined, '0'),
      at('MOF1201', 8, { file: 'b.mof', message: '4' }),
    ];
    const files = ['z.mof', 'b.mof', 'a.mof'];
    expect(
      finish([{ diagnostics, files }])
        .map(({ message }) => message)
        .join(''),
    ).toBe('0123456');
  });

  test('without files as produced, and batch after batch', () => {
    const unsorted = { diagnostics: [at('MOF1201', 9), at('MOF1201', 2)] };
    expect(reported(unsorted, { diagnostics: [at('MOF1201', 0)], files: ['a.mof'] })).toEqual([
      'error MOF1201 a.mof:9',
      'error MOF1201 a.mof:2',
      'error MOF1201 a.mof:0',
    ]);
  });

  test('the input comes before what it includes, also after the directive', () => {
    const text = '#pragma include("a.mof")\n#pragma include("none.mof")\nclass { };';
    const bytes = (each: string) => new TextEncoder().encode(each);
    const { diagnostics } = analyze(bytes(text), 'z.mof', (path) =>
      path === 'a.mof' ? { name: path, bytes: bytes('class { };') } : undefined,
    );
    expect(diagnostics.map(({ location, code }) => `${location?.source.name} ${code}`)).toEqual([
      'z.mof MOF1004',
      'z.mof MOF1201',
      'a.mof MOF1201',
    ]);
  });
});

describe('duplicates', () => {
  const error = at('MOF2202', 3);
  const warning: Diagnostic = { ...error, severity: 'warning' };

  test.each<[string, readonly Diagnostic[], readonly string[]]>([
    ['the same in two batches', [error, error], ['error MOF2202 a.mof:3']],
    ['an error wins over a warning before it', [warning, error], ['error MOF2202 a.mof:3']],
    ['and over one after it', [error, warning], ['error MOF2202 a.mof:3']],
    [
      'another message',
      [error, { ...error, message: 'other' }],
      Array(2).fill('error MOF2202 a.mof:3') as string[],
    ],
    [
      'another place',
      [error, at('MOF2202', 4)],
      ['error MOF2202 a.mof:3', 'error MOF2202 a.mof:4'],
    ],
    [
      'another code',
      [error, at('MOF2203', 3)],
      ['error MOF2202 a.mof:3', 'warning MOF2203 a.mof:3'],
    ],
    [
      'another file',
      [error, at('MOF2202', 3, { file: 'b.mof' })],
      ['error MOF2202 a.mof:3', 'error MOF2202 b.mof:3'],
    ],
    [
      'the same without a place',
      [diagnostic('MOF1001', undefined, 'gone'), diagnostic('MOF1001', undefined, 'gone')],
      ['error MOF1001'],
    ],
  ])('%s', (_case, diagnostics, want) => {
    expect(reported(...diagnostics.map((each) => ({ diagnostics: [each] })))).toEqual(want);
  });
});

describe('follow-ons', () => {
  const WHOLE: Causes = {
    losses: { isWhole: true, isSuspect: () => false, mayHideMacros: false },
    misspelled: [],
  };
  const suspectUpTo = (end: number): Causes => ({
    ...WHOLE,
    losses: { isWhole: false, isSuspect: ({ span }) => span.start < end, mayHideMacros: false },
  });
  const HIDES_MACROS: Causes = {
    ...WHOLE,
    losses: { isWhole: false, isSuspect: () => false, mayHideMacros: true },
  };
  const misspelled = (likely: string): Causes => ({
    ...WHOLE,
    misspelled: [{ likely: [likely], location: place('a.mof', 10, 30), name: place('a.mof', 12) }],
  });

  test.each<[string, readonly Diagnostic[], Causes, readonly string[]]>([
    ['nothing to explain them', [at('MOF2203', 1)], WHOLE, ['MOF2203 1']],
    ['in a suspect part', [at('MOF2203', 1), at('MOF2203', 9)], suspectUpTo(5), ['MOF2203 9']],
    ['the syntax error itself stays', [at('MOF1201', 1)], suspectUpTo(5), ['MOF1201 1']],
    ['compared with a suspect part', [at('MOF2208', 9, { related: [1] })], suspectUpTo(5), []],
    [
      'related to one, but not compared',
      [at('MOF2202', 9, { related: [1] })],
      suspectUpTo(5),
      ['MOF2202 9'],
    ],
    [
      'a name that may be a macro',
      [at('MOF2108', 1), at('MOF2606', 2), at('MOF2104', 3)],
      HIDES_MACROS,
      ['MOF2104 3'],
    ],
    ['a hint alone', [at('MOF2404', 1)], WHOLE, ['MOF2404 1']],
    [
      'a hint and a warning of the text',
      [at('MOF1203', 1), at('MOF2404', 2)],
      WHOLE,
      ['MOF1203 1', 'MOF2404 2'],
    ],
    [
      'a hint and a warning of the model',
      [at('MOF2203', 1), at('MOF2404', 2)],
      WHOLE,
      ['MOF2203 1'],
    ],
    ['a hint in a text with errors', [at('MOF2404', 9)], suspectUpTo(5), []],
    [
      'explained by its related place',
      [at('MOF2201', 7), at('MOF2313', 2, { related: [7] })],
      WHOLE,
      ['MOF2313 2'],
    ],
    [
      'a warning that lacks the misspelled qualifier',
      [at('MOF2120', 12), at('MOF2111', 20)],
      misspelled('provider'),
      ['MOF2120 12'],
    ],
    [
      'outside of its declaration',
      [at('MOF2120', 12), at('MOF2111', 40)],
      misspelled('provider'),
      ['MOF2120 12', 'MOF2111 40'],
    ],
    [
      'another qualifier',
      [at('MOF2120', 12), at('MOF2111', 20)],
      misspelled('guid'),
      ['MOF2120 12', 'MOF2111 20'],
    ],
    [
      'an error stays in place of the misspelling',
      [at('MOF2120', 12), at('MOF2105', 20)],
      misspelled('guid'),
      ['MOF2105 20 12'],
    ],
  ])('%s', (_case, diagnostics, causes, want) => {
    const found = finish([{ diagnostics, files: ['a.mof'], causes }]);
    const isNamed = (each: Diagnostic) => each.code === 'MOF2105';
    expect(
      found.map((each) =>
        [
          each.code,
          each.location?.span.start,
          ...(isNamed(each) ? each.related.map(({ location }) => location.span.start) : []),
        ].join(' '),
      ),
    ).toEqual(want);
  });

  test('an error of two misspelled qualifiers names both', () => {
    const slips = [12, 15];
    const causes = {
      ...WHOLE,
      misspelled: slips.map((start) => ({
        likely: ['guid'],
        location: place('a.mof', 10, 30),
        name: place('a.mof', start),
      })),
    };
    const diagnostics = [...slips.map((start) => at('MOF2120', start)), at('MOF2105', 20)];
    const found = finish([{ diagnostics, causes }]);
    expect(found.map(({ code }) => code)).toEqual(['MOF2105']);
    expect(found[0]?.related.map(({ location }) => location.span.start)).toEqual(slips);
  });
});

describe('suppressions', () => {
  const suppressing = (code: DiagnosticCode) => ({
    applySuppressions: (all: readonly Diagnostic[]) => all.filter((each) => each.code !== code),
    invalid: [at('MOF1902', 1)],
    unused: () => [at('MOF1901', 2)],
  });

  test.each<[string, Batch, readonly string[]]>([
    [
      'of a later stage',
      { diagnostics: [at('MOF3102', 5), at('MOF3103', 6)], suppressions: [suppressing('MOF3102')] },
      ['MOF3103'],
    ],
    [
      'of several texts',
      {
        diagnostics: [at('MOF3102', 5), at('MOF3103', 6)],
        suppressions: [suppressing('MOF3102'), suppressing('MOF3103')],
      },
      [],
    ],
    [
      'that are checked',
      { diagnostics: [at('MOF2203', 5)], checked: suppressing('MOF2203') },
      ['MOF1902', 'MOF1901'],
    ],
    [
      'unused in a run with errors: an error may hide what they suppress',
      { diagnostics: [at('MOF2202', 5)], checked: suppressing('MOF2203') },
      ['MOF2202', 'MOF1902'],
    ],
    [
      'after references are left out and classes chosen',
      {
        diagnostics: [at('MOF2202', 5), at('MOF2203', 6)],
        adjust: (all) => all.map((each) => ({ ...each, code: 'MOF2203' })),
        suppressions: [suppressing('MOF2203')],
      },
      [],
    ],
  ])('%s', (_case, batch, want) => {
    expect(finish([batch]).map(({ code }) => code)).toEqual(want);
  });
});

describe('policy', () => {
  const POLICY: Policy = { allow: new Set(), deny: new Set(), warnAsError: false };
  const diagnostics = [at('MOF2202', 1), at('MOF2203', 2), at('MOF2402', 3)];

  test.each<[string, Partial<Policy>, readonly string[]]>([
    ['none', {}, ['error MOF2202', 'warning MOF2203', 'warning MOF2402']],
    ['allow', { allow: new Set(['MOF2203']) }, ['error MOF2202', 'warning MOF2402']],
    ['deny', { deny: new Set(['MOF2203']) }, ['error MOF2202', 'error MOF2203', 'warning MOF2402']],
    ['warn as error', { warnAsError: true }, ['error MOF2202', 'error MOF2203', 'error MOF2402']],
    [
      'an allowed code stays allowed',
      { warnAsError: true, allow: new Set(['MOF2203']) },
      ['error MOF2202', 'error MOF2402'],
    ],
    ['errors only', { errorsOnly: true, warnAsError: true }, ['error MOF2202']],
  ])('%s', (_case, policy, want) => {
    const batch = { diagnostics, policy: { ...POLICY, ...policy } };
    expect(reported(batch).map((each) => each.slice(0, -' a.mof:1'.length))).toEqual(want);
  });

  test('of several jobs: each has its own, and an error of one is an error', () => {
    const warning = [at('MOF2203', 2)];
    const denying = { ...POLICY, deny: new Set(['MOF2203'] as const) };
    const allowing = { ...POLICY, allow: new Set(['MOF2203'] as const) };
    const batches = [POLICY, denying, allowing].map((policy) => ({ diagnostics: warning, policy }));
    expect(reported(...batches)).toEqual(['error MOF2203 a.mof:2']);
    expect(batches.map((batch) => reportsErrors([batch]))).toEqual([false, true, false]);
  });
});

test.each([
  [9, [1, 2, 3, 4]],
  [3, [1, 2, 4]],
  [2, [2, 4]],
  [1, [2]],
  [0, []],
])('at most %i are shown: errors first, in their order', (max, want) => {
  const all = [at('MOF2203', 1), at('MOF2202', 2), at('MOF2203', 3), at('MOF2202', 4)];
  const { shown, all: counted } = selection(all, max);
  expect(shown.map(({ location }) => location?.span.start)).toEqual(want);
  expect(counted).toHaveLength(4);
});
