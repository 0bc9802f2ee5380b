/**
 * A page for each code: what is wrong, what Windows does about it, a wrong and a right example. Loaded only when one is wanted.
 */
import { type DiagnosticCode, DIAGNOSTICS } from '../codes.js';
import { isAllowable } from '../policy.js';
import { BINARY_PAGES } from './binary-pages.js';
import { CLASS_PAGES } from './class-pages.js';
import { GENERATING_PAGES } from './generating-pages.js';
import { ITEM_PAGES } from './item-pages.js';
import { OUTPUT_PAGES } from './output-pages.js';
import { type Page } from './page.js';
import { TEXT_PAGES } from './text-pages.js';
import { VALUE_PAGES } from './value-pages.js';

/** Every code has its page: the compiler sees to it. */
export const PAGES: Readonly<Record<DiagnosticCode, Page>> = {
  ...TEXT_PAGES,
  ...CLASS_PAGES,
  ...ITEM_PAGES,
  ...VALUE_PAGES,
  ...GENERATING_PAGES,
  ...OUTPUT_PAGES,
  ...BINARY_PAGES,
};

/** What stands between one part of a page and the next, as `mofgen explain` and docs/diagnostics.md show it. */
export interface ExplainedCode extends Page {
  readonly title: string;
  readonly severity: string;
  /** Whether and how it can be left out. */
  readonly leavingOut: string;
}

export function explained(code: DiagnosticCode): ExplainedCode {
  const { title, severity } = DIAGNOSTICS[code];
  return { ...PAGES[code], title, severity, leavingOut: leavingOut(code, severity) };
}

function leavingOut(code: DiagnosticCode, severity: string): string {
  if (!isAllowable(code)) return 'An error; it cannot be left out.';
  const what =
    severity === 'error' ? 'An error that may be left out' : 'A warning; to leave it out';
  return severity === 'error'
    ? `${what}: --allow ${code}, or a comment: // mofgen-allow ${code}`
    : `${what}: --allow ${code}, or a comment: // mofgen-allow ${code}. --deny ${code} makes it an error.`;
}

/** A page as plain text, for a terminal of that width. */
export function pageText(code: DiagnosticCode, width = 80): string {
  const {
    title,
    severity,
    what,
    windows,
    wrong,
    right,
    leavingOut: rest,
    setting,
  } = explained(code);
  const parts = [
    `${severity} ${code}: ${title}`,
    wrapped(what, width),
    ...(windows === undefined ? [] : [wrapped(`Windows: ${windows}`, width)]),
    `Wrong${setting?.args === undefined ? '' : ` (mofgen ${setting.command ?? 'check'} ${setting.args.join(' ')})`}:\n\n${indented(wrong)}`,
    ...(right === undefined ? [] : [`Right:\n\n${indented(right)}`]),
    wrapped(rest, width),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Longer examples are shown in part. */
const MOST_LINES = 30;

function indented(text: string): string {
  return exampleLines(text)
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');
}

/** The lines of an example, the middle of a long one left out. */
export function exampleLines(text: string): readonly string[] {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES / 2), '// …', ...lines.slice(-MOST_LINES / 2)];
}

function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
