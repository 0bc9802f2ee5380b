/**
 * The styles that emitted TypeScript is a fixed point of: prettier's default one and, where a file is generated again and again,
 * the width of this repository.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { type RenderedFile } from '../../../src/targets/target.js';
import { root } from '../../mof-files.js';

type Emitted = Pick<RenderedFile, 'owner' | 'text'>;

const { printWidth } = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8')) as {
  readonly printWidth: number;
};

const DEFAULT: prettier.Options = {};

/** The styles that change the file, each with the lines that it gives. */
export async function changedByPrettier({ text, owner }: Emitted): Promise<unknown[]> {
  const changed: unknown[] = [];
  for (const style of owner === 'user' ? [DEFAULT] : [DEFAULT, { printWidth }]) {
    const formatted = await prettier.format(text, { parser: 'typescript', ...style });
    if (formatted === text) continue;
    const known = new Set(text.split('\n'));
    const lines = formatted.split('\n').filter((line) => !known.has(line));
    changed.push({ style, lines });
  }
  return changed;
}
