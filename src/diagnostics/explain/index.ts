/**
 * A page for each code: what is wrong, what Windows does about it, a wrong and a right example. Loaded on demand.
 */
import { type DiagnosticCode, DIAGNOSTICS } from '../codes.js';
import { isAllowable } from '../policy.js';
import { BINARY_PAGES } from './binary-pages.js';
import { BREAKING_PAGES } from './breaking-pages.js';
import { CLASS_PAGES } from './class-pages.js';
import { GENERATING_PAGES } from './generating-pages.js';
import { ITEM_PAGES } from './item-pages.js';
import { OUTPUT_PAGES } from './output-pages.js';
import { type Page } from './page.js';
import { TARGET_PAGES } from './target-pages.js';
import { TEXT_PAGES } from './text-pages.js';
import { VALUE_PAGES } from './value-pages.js';

/** One page for every code; the type makes a missing one a compile error. */
export const PAGES: Readonly<Record<DiagnosticCode, Page>> = {
  ...TEXT_PAGES,
  ...CLASS_PAGES,
  ...ITEM_PAGES,
  ...VALUE_PAGES,
  ...GENERATING_PAGES,
  ...TARGET_PAGES,
  ...OUTPUT_PAGES,
  ...BINARY_PAGES,
  ...BREAKING_PAGES,
};

/** A page with its title, severity and how to suppress the code, as `mofgen explain` and docs/diagnostics.md show it. */
export interface ExplainedCode extends Page {
  readonly title: string;
  readonly severity: string;
  /** Whether and how the code can be suppressed. */
  readonly suppression: string;
}

export function explained(code: DiagnosticCode): ExplainedCode {
  const { title, severity } = DIAGNOSTICS[code];
  return { ...PAGES[code], title, severity, suppression: suppressionOf(code, severity) };
}

function suppressionOf(code: DiagnosticCode, severity: string): string {
  if (!isAllowable(code)) return 'An error. It cannot be suppressed.';
  const ways = `--allow ${code} or the comment // mofgen-allow ${code} suppresses it`;
  return severity === 'error'
    ? `An error that can be suppressed: ${ways}.`
    : `A warning: ${ways}, --deny ${code} makes it an error.`;
}

/** A page as plain text, wrapped at `width` columns. */
export function pageText(code: DiagnosticCode, width = 80): string {
  const { title, severity, what, windows, wrong, right, suppression, setting } = explained(code);
  const parts = [
    `${severity} ${code}: ${title}`,
    wrapped(what, width),
    ...(windows === undefined ? [] : [wrapped(`Windows: ${windows}`, width)]),
    `Wrong${setting?.args === undefined ? '' : ` (mofgen ${setting.command ?? 'check'} ${setting.args.join(' ')})`}:\n\n${indented(wrong)}`,
    ...(right === undefined ? [] : [`Right:\n\n${indented(right)}`]),
    wrapped(suppression, width),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Longer examples are shortened in the middle. */
const MAX_LINES = 30;

function indented(text: string): string {
  return exampleLines(text)
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');
}

/** The lines of an example, the middle of a long one left out. */
export function exampleLines(text: string): readonly string[] {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= MAX_LINES) return lines;
  return [...lines.slice(0, MAX_LINES / 2), '// …', ...lines.slice(-MAX_LINES / 2)];
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
