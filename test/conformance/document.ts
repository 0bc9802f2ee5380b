/**
 * Writes and compares docs/conformance.md: the table with the results of a run, and the counts of the hardening rules.
 */
import { format } from 'prettier';
import { rules, type RuleCounts } from './hardening.js';
import { type ModelKind } from './model.js';
import { type Row } from './row.js';

export type Result = 'passes' | 'FAILS';

/** The result of a row on a model. */
export type Results = ReadonlyMap<string, Result>;

export const resultKey = (row: Row, kind: ModelKind): string => `${row.id} ${kind}`;

/** Starts the section that needs the recording. */
const countsHeading = '## Hardening and quirks';

const families: readonly (readonly [prefix: string, title: string])[] = [
  ['L', 'Layouts and statuses'],
  ['D', 'Dispatch'],
  ['QS', 'Query of one instance'],
  ['QA', 'Query of all instances'],
  ['CI', 'Set of one instance'],
  ['IT', 'Set of one item'],
  ['EM', 'Methods'],
  ['FC', 'Switching events and collection'],
  ['RG', 'Making and registering'],
  ['C', 'Consumer routines'],
  ['E', 'Events'],
  ['P', 'Bytes and values'],
];

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');

function resultsOf(row: Row, results: Results): string {
  const all = row.models.map(
    (kind) => [kind, results.get(resultKey(row, kind)) ?? 'FAILS'] as const,
  );
  if (all.every(([, result]) => result === 'passes')) return 'passes';
  return all.map(([kind, result]) => `${kind}: ${result}`).join(', ');
}

/** `K kmdf-dispatch 5` with its section as a link, which `links` defines. */
const linked = (source: string): string => source.replaceAll(/[a-z_-]{4,}/g, '[$&]');

function links(rows: readonly Row[]): string {
  const sections = new Set(rows.flatMap(({ source }) => source.match(/[a-z_-]{4,}/g) ?? []));
  return [...sections]
    .sort()
    .map((section) => `[${section}]: spec/runtime.md#${section}\n`)
    .join('');
}

function tableOf(rows: readonly Row[], results: Results): string {
  const lines = rows.map((row) =>
    [
      row.id,
      cell(row.condition),
      cell(row.expected),
      linked(row.source),
      row.models.join(', '),
      resultsOf(row, results),
    ].join(' | '),
  );
  const head = '| Id | Condition | Expected | Source | Models | Result |';
  return [
    head,
    '| --- | --- | --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

const introduction = `<!-- Written by \`npm run conformance\` from test/conformance; do not edit. -->

# Conformance

The behaviour of the runtime core in each situation of the WMI provider path, with its source. Every row is one test for each
driver model that it names; its title starts with the id. Rows that do not depend on a driver model, such as layouts, name
kmdf alone. The results are those of the run that wrote this file.

The source of a row is a rule of the [runtime rules](spec/runtime.md), by its section and number: **K** from the public source of the
Kernel-Mode Driver Framework, **R** from answers that were recorded from it, **D** from Microsoft's documentation, **H** from the
headers, **S** from driver samples, **M** a decision of our own where none of these settles it.
`;

function counted(counts: RuleCounts): string {
  const { records, different, byRule } = counts;
  const lines = [...rules].map(
    ([name, what]) => `| ${name} | ${cell(what)} | ${byRule.get(name) ?? 0} |`,
  );
  return `${countsHeading}

With hardening off and all quirks on, the kmdf model handles all ${records} recorded requests as the real framework did. By
default, with hardening on and quirks off, it handles ${different} of them differently, each because of a rule. A request can count
for more than one rule.

| Rule | What it does | Requests |
| --- | --- | --- |
${lines.join('\n')}
`;
}

/** The whole document, formatted. Without counts (no recording there), `previous` keeps its section. */
export async function conformanceDocument(
  rows: readonly Row[],
  results: Results,
  counts: RuleCounts | undefined,
  previous = '',
): Promise<string> {
  const sections = families.map(([prefix, title]) => {
    const own = rows.filter(({ id }) => id.replace(/[0-9]+$/, '') === prefix);
    return `## ${title}\n\n${tableOf(own, results)}\n`;
  });
  const keep = previous.includes(countsHeading)
    ? previous.slice(previous.indexOf(countsHeading))
    : '';
  const text = [
    introduction,
    ...sections,
    links(rows),
    counts === undefined ? keep : counted(counts),
  ];
  return format(text.join('\n'), { parser: 'markdown', printWidth: 100, singleQuote: true });
}
