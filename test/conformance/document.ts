/**
 * docs/conformance.md: the table with the results of a run, and the counts of the hardening rules. It writes and
 * compares text; who ran the rows is not known here.
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

function tableOf(rows: readonly Row[], results: Results): string {
  const lines = rows.map((row) =>
    [
      row.id,
      cell(row.condition),
      cell(row.expected),
      row.source,
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

What the runtime core does in each situation of the WMI provider path, and where that is laid down. Every row is one
test for each driver model that it names; its title starts with the id. Rows that no driver
model decides, such as layouts, name kmdf alone. The results are those of the run that wrote this file.

The source of a row: **K** the public source of the Kernel-Mode Driver Framework, **D** Microsoft's documentation, **H** the
headers, **S** driver samples, **M** our own decision where none of these settles it. The numbers are sections of the
runtime specification; where running the framework showed another answer than its description, the section that starts
with 9 counts.
`;

function counted(counts: RuleCounts): string {
  const { records, different, byRule } = counts;
  const lines = [...rules].map(
    ([name, what]) => `| ${name} | ${cell(what)} | ${byRule.get(name) ?? 0} |`,
  );
  return `${countsHeading}

With hardening off and all quirks on, the kmdf model answers all ${records} recorded requests as the real framework did. As
it is delivered, with hardening on and quirks off, it answers ${different} of them otherwise, each because of a rule. A request can
count for more than one rule.

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
  const text = [introduction, ...sections, counts === undefined ? keep : counted(counts)];
  return format(text.join('\n'), { parser: 'markdown', printWidth: 100, singleQuote: true });
}
