/**
 * The last touch to emitted C: single blank lines where templates left several, and macros of the header out of the way.
 */
import { withoutMacroUses } from './macro-use.js';

/** `text` without blank lines in a row, and without blanks at the end of lines. */
export function tidy(text: string): string {
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\{\n\n/g, '{\n')
    .replace(/\n\n(\s*\})/g, '\n$1');
}

/**
 * The macros of `header` that `source` has as names of its own, sorted. wmimofck's macros are bare words, every method's
 * name among them, so the source undefines them. Macros that it uses on purpose are marked (macro-use.ts).
 */
export function macrosInTheWay(header: string, source: string): string[] {
  const macros = new Set(
    Array.from(
      header.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)(?!\w|\()/gm),
      (found) => found[1] ?? '',
    ),
  );
  const code = withoutMacroUses(source)
    .replace(/\/\/[^\n]*/g, '')
    .replace(/"(?:\\.|[^"\\])*"/g, '""');
  const localNames = new Set(code.match(/[A-Za-z_]\w*/g) ?? []);
  return [...macros].filter((name) => localNames.has(name) && !isWanted(name)).sort();
}

/** What the source takes from the header on purpose. */
function isWanted(name: string): boolean {
  return /_(?:WMI_(?:MOF_RESOURCE|DYNAMIC_MOF|NO_MOF_RESOURCE)|(?:MINIMUM|FULL)_SIZE|NO_TIME)$/.test(
    name,
  );
}
