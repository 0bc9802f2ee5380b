/**
 * Turns diagnostics into text for people (`pretty`) and for tools that read one line a finding (`text`).
 *
 * It keeps the order that it is given and decides the layout; it must not know where the text goes, and colours come in
 * from outside.
 */
import { positionAt } from '../source/source-file.js';
import { codeFrame, gutterWidthOf } from './code-frame.js';
import { type Severity } from './codes.js';
import { type Diagnostic, type Location } from './diagnostic.js';
import { printable } from './printable.js';

export const DIAGNOSTIC_FORMATS = ['pretty', 'text'] as const;
export type DiagnosticFormat = (typeof DIAGNOSTIC_FORMATS)[number];

/** What can be painted, so that a caller decides on colours. */
export type Style = 'error' | 'warning' | 'note' | 'gutter' | 'strong';
export type Paint = (style: Style, text: string) => string;

/** No colours. */
export const plain: Paint = (_style, text) => text;

/** Beyond this many, further findings of a run are only counted: warnings first, so that no error is left out for one. */
const MOST_SHOWN = 200;

/** The diagnostics in the order given, each once, and a closing count; '' when there are none. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  paint: Paint = plain,
): string {
  const all = eachOnce(diagnostics);
  if (all.length === 0) return '';
  const shown = mostImportant(all);
  const hidden = all.length - shown.length;
  const parts = shown.map((each) => (format === 'pretty' ? pretty(each, paint) : oneLine(each)));
  if (hidden > 0) parts.push(`${hidden} more not shown\n`);
  parts.push(`${count(all)}\n`);
  return parts.join(format === 'pretty' ? '\n' : '');
}

/** `2 errors, 1 warning` */
export function count(diagnostics: readonly Diagnostic[]): string {
  const numbers = { error: 0, warning: 0 } satisfies Record<Severity, number>;
  for (const { severity } of diagnostics) numbers[severity]++;
  return (['error', 'warning'] as const)
    .filter((severity) => numbers[severity] > 0)
    .map((severity) => `${numbers[severity]} ${severity}${numbers[severity] === 1 ? '' : 's'}`)
    .join(', ');
}

/** Equal findings (of an include that two inputs share) are reported once. */
function eachOnce(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byKey = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const { location, code, message } = each;
    const { start, end } = location?.span ?? {};
    const key = JSON.stringify([location?.source.name, start, end, code, message]);
    if (!byKey.has(key)) byKey.set(key, each);
  }
  return [...byKey.values()];
}

/** What is shown of them: the first errors, and the first warnings where there is room for more. */
function mostImportant(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MOST_SHOWN) return diagnostics;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  const kept = new Set([...errors, ...warnings].slice(0, MOST_SHOWN));
  return diagnostics.filter((each) => kept.has(each));
}

/** `fan.mof:12:5: error MOF2003: …`, with a line for each related place and the help. */
function oneLine(each: Diagnostic): string {
  const place = placeOf(each.location);
  const at = place === undefined ? '' : `${place}: `;
  const lines = [`${at}${each.severity} ${each.code}: ${printable(each.message)}`];
  for (const { location, message } of each.related) {
    lines.push(`${placeOf(location) ?? ''}: note: ${printable(message)}`);
  }
  if (each.help !== undefined) lines.push(`${at}help: ${printable(each.help)}`);
  return lines.map((line) => `${line}\n`).join('');
}

function pretty(each: Diagnostic, paint: Paint): string {
  const label = paint(each.severity, `${each.severity} ${each.code}`);
  const lines = [`${label}: ${paint('strong', printable(each.message))}`];
  const places = [each.location, ...each.related.map((related) => related.location)].filter(
    (location) => location !== undefined,
  );
  const gutter = Math.max(1, ...places.map(({ source, span }) => gutterWidthOf(source, span)));
  const indent = ' '.repeat(gutter);
  const framePaint = (style: Style) => ({
    gutter: (text: string) => paint('gutter', text),
    caret: (text: string) => paint(style, text),
  });
  if (each.location !== undefined) {
    const { source, span } = each.location;
    lines.push(`${indent}${paint('gutter', '-->')} ${placeOf(each.location) ?? ''}`);
    lines.push(...codeFrame(source, span, gutter, '^', framePaint(each.severity)));
  }
  for (const { location, message } of each.related) {
    lines.push(
      `${indent}${paint('gutter', ':::')} ${placeOf(location) ?? ''}: ${printable(message)}`,
    );
    lines.push(...codeFrame(location.source, location.span, gutter, '-', framePaint('note')));
  }
  if (each.help !== undefined) {
    lines.push(
      `${indent} ${paint('gutter', '=')} ${paint('note', 'help')}: ${printable(each.help)}`,
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** `fan.mof:12:5`; `undefined` for a finding without a place. */
function placeOf(location: Location | undefined): string | undefined {
  if (location === undefined) return undefined;
  const { line, column } = positionAt(location.source, location.span.start);
  return `${printable(location.source.name)}:${line}:${column}`;
}
