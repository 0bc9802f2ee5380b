/**
 * Checks whether a pattern matches a file that no longer exists, so that its outputs may be removed.
 *
 * Compares names only. A folder that a pattern reaches through a link is not covered.
 */
import { relative, resolve, sep } from 'node:path';
import { realpathSync } from 'node:fs';
import { systemCode } from './failures.js';
import { alternatives, bracketedFolder, matchesSegment } from './patterns.js';

/** `path` is absolute, with links in its folder followed. */
export function isCovered(patterns: readonly string[], path: string, cwd: string): boolean {
  return patterns.some((pattern) => {
    const folder = bracketedFolder(pattern, cwd);
    return alternatives(pattern.slice(folder.length)).some((each) =>
      covers(folder, each, path, cwd),
    );
  });
}

function covers(folder: string, pattern: string, path: string, cwd: string): boolean {
  const [, fixed = '', rest = ''] = /^((?:[^*?[]*[\\/])?)(.*)$/s.exec(pattern) ?? [];
  const start = realPath(resolve(cwd, folder + fixed));
  if (start === undefined || !/[*?[]/.test(rest)) return false;
  const names = relative(start, path).split(sep);
  return matchesPath(segmentsOf(rest), names);
}

/** Whether a pattern matches a path with `/`; both start at one folder. */
export function matchesPattern(pattern: string, path: string): boolean {
  return alternatives(pattern).some((each) => matchesPath(segmentsOf(each), path.split('/')));
}

function segmentsOf(pattern: string): readonly string[] {
  const segments = pattern.split(sep === '\\' ? /[\\/]+/ : /\/+/);
  return segments.at(-1) === '**' ? [...segments, '*'] : segments;
}

function matchesPath(segments: readonly string[], names: readonly string[]): boolean {
  const [segment, ...later] = segments;
  const [name, ...below] = names;
  if (segment === undefined || name === undefined) return segment === name;
  if (segment !== '**') return matchesSegment(segment, name) && matchesPath(later, below);
  const mayEnter = !name.startsWith('.') && name !== 'node_modules';
  return matchesPath(later, names) || (mayEnter && matchesPath(segments, below));
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
