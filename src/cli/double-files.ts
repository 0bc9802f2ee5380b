/** Reports user files that exist under two names. */
import { basename } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { type Io } from './io.js';
import { locate, type OutputFile } from './output-files.js';

export function doubleFindings(
  files: readonly Pick<OutputFile, 'shown' | 'doubles'>[],
  io: Io,
): Diagnostic[] {
  return files.flatMap(({ shown, doubles }) =>
    doubles.map((double) => {
      const text = locate(double, io).existing ?? '';
      const source = { name: double, text, encoding: 'utf-8' } as const;
      const lineEnd = text.indexOf('\n');
      const span = { start: 0, end: lineEnd < 0 ? text.length : lineEnd };
      return diagnostic(
        'MOF4006',
        { source, span },
        `your file exists twice: '${shown}' is used, '${basename(double)}' is ignored`,
        { help: `move what you need into one of them and remove the other` },
      );
    }),
  );
}
