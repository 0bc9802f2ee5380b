/** The styles that emitted TypeScript is a fixed point of: prettier's default one, and the width of this repository. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { root } from '../../mof-files.js';

const { printWidth } = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8')) as {
  readonly printWidth: number;
};

const STYLES: readonly prettier.Options[] = [{}, { printWidth }];

/** The styles that change `text`, each with the lines that it gives. */
export async function changedByPrettier(text: string): Promise<unknown[]> {
  const changed: unknown[] = [];
  for (const style of STYLES) {
    const formatted = await prettier.format(text, { parser: 'typescript', ...style });
    if (formatted === text) continue;
    const known = new Set(text.split('\n'));
    const lines = formatted.split('\n').filter((line) => !known.has(line));
    changed.push({ style, lines });
  }
  return changed;
}
