/**
 * Diagnostics as workflow commands of GitHub Actions, which shows them at the lines of a pull request:
 * `::error file=a.mof,line=1,col=2,title=MOF2003::text`. Related places and the help are further lines of the text.
 */
import { positionAt, shownName } from '../text/source-file.js';
import { type Diagnostic, type Location } from './diagnostic.js';
import { printable } from './printable.js';
import { closingLines, type Selection } from './selection.js';

/** One command for each diagnostic, and a closing count, which is an ordinary line of the log. */
export function renderGithub(selected: Selection): string {
  if (selected.all.length === 0) return '';
  return [...selected.shown.map(commandOf), ...closingLines(selected)].join('');
}

function commandOf({ location, severity, code, message, related, help }: Diagnostic): string {
  const properties = [...placeOf(location), ['title', code]].map(
    ([name = '', value = '']) => `${name}=${escapedProperty(value)}`,
  );
  const text = [
    printable(message),
    ...related.map((each) => `${pointOf(each.location)}: ${printable(each.message)}`),
    ...(help === undefined ? [] : [`help: ${printable(help)}`]),
  ].join('\n');
  return `::${severity} ${properties.join(',')}::${escapedData(text)}\n`;
}

/** GitHub names files with slashes, also on Windows. The runner refuses columns of a span of several lines, so only its start is given. */
function placeOf(location: Location | undefined): string[][] {
  if (location === undefined) return [];
  const { line, column } = positionAt(location.source, location.span.start);
  return [
    ['file', printable(location.source.name.replaceAll('\\', '/'))],
    ['line', String(line)],
    ['col', String(column)],
  ];
}

function pointOf({ source, span }: Location): string {
  const { line, column } = positionAt(source, span.start);
  return `${printable(shownName(source))}:${line}:${column}`;
}

/** Escapes the text after the second `::` (actions/toolkit, `core.issueCommand`). */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Escapes the value of a property, before the second `::`. */
function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
