/** Diagnostics as text for people (`pretty`) and for tools that read one line a finding (`text`). The caller has the colours. */
import { positionAt, shownName } from '../text/source-file.js';
import { codeFrame, gutterWidthOf } from './code-frame.js';
import { type Diagnostic, type Location } from './diagnostic.js';
import { printable } from './printable.js';
import { closingLines, type Selection } from './selection.js';

/** The formats that are rendered here; report-formats.ts names all. */
export type DiagnosticFormat = 'pretty' | 'text';

/** What can be painted. */
export type Style = 'error' | 'warning' | 'note' | 'gutter' | 'strong';
export type Paint = (style: Style, text: string) => string;

/** No colours. */
export const plain: Paint = (_style, text) => text;

/** Beyond this many, further findings of a run are only counted: warnings first, so that a warning never displaces an error. */
export const MAX_SHOWN = 200;

/** The diagnostics in their order, and a closing count; '' when there are none. */
export function renderText(selected: Selection, format: DiagnosticFormat, paint: Paint): string {
  if (selected.all.length === 0) return '';
  const parts = selected.shown.map((each) =>
    format === 'pretty' ? pretty(each, paint) : oneLine(each),
  );
  parts.push(...closingLines(selected));
  return parts.join(format === 'pretty' ? '\n' : '');
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
    // A file that is missing or not text has no line to show.
    if (source.text !== '') {
      lines.push(...codeFrame(source, span, gutter, '^', framePaint(each.severity)));
    }
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
  return `${printable(shownName(location.source))}:${line}:${column}`;
}
