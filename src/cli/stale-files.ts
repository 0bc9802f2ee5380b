/**
 * How a file that is not what mofgen would write differs from it.
 *
 * It writes nothing, and must not know why the file is compared.
 */
import { printable } from '../diagnostics/printable.js';
import { finalText, type OutputFile } from './output-files.js';
import { unifiedDiff } from './unified-diff.js';

/** More of a difference than this shows no better what happened. */
const MOST_LINES = 60;

/** A unified diff from the file as it is to the file as it would be; its first lines, when it is long. */
export async function differenceOf({
  rendered,
  shown,
  existing = '',
}: OutputFile): Promise<string> {
  const wanted = await finalText(rendered);
  const all = unifiedDiff(existing.replaceAll('\r\n', '\n'), wanted);
  const rest = all.length - MOST_LINES;
  return [
    `--- ${printable(shown)} as it is`,
    `+++ ${printable(shown)} as generated`,
    ...all.slice(0, MOST_LINES),
    ...(rest > 0 ? [`${rest} more lines not shown`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
