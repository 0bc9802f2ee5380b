/** Reports generated files that are not up to date, and how they differ. Writes nothing. */
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { type HashFunction, type Obstacle, stateOf } from './file-state.js';
import { type Leftover, type Origin } from './leftovers.js';
import { type OutputFile, withLineFeeds } from './output-files.js';
import { unifiedDiff } from './unified-diff.js';

/** The first lines of a difference, which show the kind of change. */
const MAX_LINES = 60;

const HELP = 'run the same command without --check to write it';
const CAREFUL_HELP = 'save your changes; the same command without --check rewrites the file';
const REMOVE_HELP = 'remove it, or rename it if it is yours';

/**
 * The finding about a file that is not current. `written` are the hashes of mofgen's earlier outputs; without any, an edit is reported
 * only where the file has text that mofgen never writes, or lacks text that it always writes.
 */
export function staleFinding(
  { shown, existing, rendered }: OutputFile,
  written: ReadonlySet<string>,
  hashOf: HashFunction,
): Diagnostic {
  const text = existing ?? '';
  const source = { name: shown, text, encoding: 'utf-8' } as const;
  const at = (start: number, end: number) => ({ source, span: { start, end } });
  const state = stateOf(existing, rendered.text, written, hashOf);
  if (state === 'missing') {
    return diagnostic('MOF4001', at(0, 0), 'the generated file is missing', { help: HELP });
  }
  const start = firstDifference(text, rendered.text);
  const there = at(start, lineEnd(text, start));
  if (state === 'outdated') {
    const message =
      'the generated file is out of date: mofgen wrote it, and now writes something else';
    return diagnostic('MOF4003', there, message, { help: HELP });
  }
  const mark = conflictIn(text);
  if (mark !== undefined) {
    const message = 'the generated file has the conflict markers of an unfinished merge';
    return diagnostic('MOF4002', at(mark, lineEnd(text, mark)), message, { help: CAREFUL_HELP });
  }
  const banner = bannerOf(rendered.text);
  if (banner !== undefined && bannerOf(text) === undefined) {
    const message = `the file was edited, or mofgen did not write it: it lacks the line '${banner}'`;
    return diagnostic('MOF4002', at(0, lineEnd(text, 0)), message, { help: CAREFUL_HELP });
  }
  if (state === 'edited') {
    const message =
      'the generated file was changed after mofgen wrote it: by an edit, a merge or a checkout';
    return diagnostic('MOF4002', there, message, { help: CAREFUL_HELP });
  }
  const message = 'the generated file is out of date, or was edited by hand';
  return diagnostic('MOF4003', there, message, { help: HELP });
}

/** The finding of --check about a file that mofgen no longer makes. */
export function leftoverFinding(leftover: Leftover): Diagnostic {
  const { obstacle, origin } = leftover;
  const message = `the file is no longer generated: ${causeOf(origin)}`;
  const isRemoved = obstacle === undefined && origin.mayRemove;
  const help = isRemoved ? 'the same command without --check removes it' : REMOVE_HELP;
  return diagnostic('MOF4004', firstLineOf(leftover), message, { help });
}

/** The finding of a run about such a file that it does not remove. */
export function keptFinding(leftover: Leftover): Diagnostic {
  const { obstacle, origin } = leftover;
  const why = obstacle === undefined ? '' : OBSTACLES[obstacle];
  const message = `the file is no longer generated (${causeOf(origin)}), and is kept: ${why}`;
  return diagnostic('MOF4005', firstLineOf(leftover), message, { help: REMOVE_HELP });
}

const OBSTACLES: Readonly<Record<Obstacle, string>> = {
  edited: 'it was changed after mofgen wrote it',
  unproven: 'nothing shows that it is as mofgen wrote it',
  protected: 'it is write-protected',
  read: 'this run reads it',
};

function causeOf({ cause, shown }: Origin): string {
  switch (cause) {
    case 'no classes':
      return `'${shown}' has no WMI classes`;
    case 'no longer made':
      return `mofgen no longer generates it from '${shown}'`;
    case 'gone':
      return `'${shown}' no longer exists`;
    default:
      return cause satisfies never;
  }
}

function firstLineOf({ shown, existing }: Leftover): Diagnostic['location'] {
  const source = { name: shown, text: existing, encoding: 'utf-8' } as const;
  return { source, span: { start: 0, end: lineEnd(existing, 0) } };
}

/** The start of the first conflict that Git left: `<<<<<<< `, `=======` and `>>>>>>> `, each at the start of a line. */
function conflictIn(text: string): number | undefined {
  const start = /^<{7} /m.exec(text)?.index;
  if (start === undefined) return undefined;
  const middle = /^={7}\r?$/m.exec(text.slice(start));
  if (middle === null) return undefined;
  return /^>{7} /m.test(text.slice(start + middle.index)) ? start : undefined;
}

/** The line of a generated file that names mofgen; a file of the user may lack it. */
export function bannerOf(text: string): string | undefined {
  return /^.*(?:@generated|(?:Generated|Copied) by mofgen).*$/m.exec(text)?.[0].trim();
}

/** The start of the first different line in the first text; CRLF equals LF. */
function firstDifference(text: string, other: string): number {
  const [ours, theirs] = [text.split('\n'), other.split('\n')];
  let start = 0;
  for (const [index, line] of ours.entries()) {
    const isSame = line.replace(/\r$/, '') === theirs[index]?.replace(/\r$/, '');
    if (!isSame || index === ours.length - 1) return start;
    start += line.length + 1;
  }
  return start;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** A unified diff from the file as it is to the file as it would be; its first lines, when it is long and not wanted whole. */
export function differenceOf(
  { rendered, shown, existing = '' }: OutputFile,
  isWhole: boolean,
): string {
  const all = unifiedDiff(withLineFeeds(existing), withLineFeeds(rendered.text));
  const shownLines = isWhole ? all : all.slice(0, MAX_LINES);
  const rest = all.length - shownLines.length;
  return [
    `--- ${printable(shown)} as it is`,
    `+++ ${printable(shown)} as generated`,
    ...shownLines,
    ...(rest > 0 ? [`${rest} more lines not shown; --full-diff shows them`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
