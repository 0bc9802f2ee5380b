/**
 * Diagnostics in the form that MSBuild and Visual Studio read in a build log: `file(line,column): error CODE: text`, one line a
 * message (learn.microsoft.com, "MSBuild and Visual Studio format for diagnostic messages").
 */
import { positionAt, shownName } from '../text/source-file.js';
import { type Diagnostic, type Location } from './diagnostic.js';
import { printable } from './printable.js';
import { closingLines, type Selection } from './selection.js';

/** One line for each message: the diagnostic, its related places, its help. */
export function renderMsvs(selected: Selection): string {
  if (selected.all.length === 0) return '';
  return [...selected.shown.flatMap(linesOf), ...closingLines(selected)].join('');
}

function linesOf({ location, severity, code, message, related, help }: Diagnostic): string[] {
  const origin = originOf(location);
  return [
    `${origin}: ${severity} ${code}: ${printable(message)}\n`,
    ...related.map((each) => `${originOf(each.location)}: note: ${printable(each.message)}\n`),
    ...(help === undefined ? [] : [`${origin}: note: help: ${printable(help)}\n`]),
  ];
}

/** The origin of a diagnostic without a place is the tool. */
function originOf(location: Location | undefined): string {
  if (location === undefined) return 'mofgen ';
  const { line, column } = positionAt(location.source, location.span.start);
  return `${printable(shownName(location.source))}(${line},${column})`;
}
