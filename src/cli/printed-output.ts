/** `-o -`: prints the one file that mofgen owns in place of writing it. */
import { basename } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { type FileOwner } from '../targets/target.js';
import { usageFailure } from './failures.js';
import { type OutputOptions, type RunOptions } from './option-types.js';
import { type ListedFile, ownedBy } from './output-lists.js';

const STDOUT = '-';

/** Whether files of that owner go to no folder: what mofgen owns is printed, yours is left out unless it has a folder of its own. */
export function isPrinted(
  options: Pick<OutputOptions, 'output' | 'userOutput'>,
  owner: FileOwner = 'mofgen',
): boolean {
  return options.output === STDOUT && (owner === 'mofgen' || options.userOutput === undefined);
}

/** Throws a usage failure where `-o -` cannot be meant: there is one standard output, and it holds one file. */
export function refuseToPrint(outputs: readonly ListedFile[], options: RunOptions): void {
  if (options.check === true)
    throw usageFailure('--check compares files; name their folder with -o');
  if (options.depfile !== undefined && options.depfileTarget === undefined) {
    throw usageFailure(
      `with '-o -' there is no file that depends on the inputs; name one with --depfile-target`,
    );
  }
  const names = ownedBy(outputs, 'mofgen').map(({ path }) => printable(basename(path)));
  if (names.length === 1) return;
  throw usageFailure(
    `'-o -' prints one file, but this run makes ${names.length}: ${names.join(', ')}; ` +
      'name a folder with -o, or one input and -t ts or -t header',
  );
}
