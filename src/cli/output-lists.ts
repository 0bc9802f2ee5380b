/** `--list-outputs`: lists the files of a run for a build system, without reading any input. */
import { sep } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { type FileOwner } from '../targets/target.js';
import { usageFailure } from './failures.js';

export const LIST_FORMATS = ['lines', 'json', 'cmake'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

export const LIST_OWNERS = ['mofgen', 'user', 'all'] as const satisfies (FileOwner | 'all')[];
export type ListOwner = (typeof LIST_OWNERS)[number];

/** A file that a run writes, with the path that it has from the working directory. */
export interface ListedFile {
  readonly path: string;
  readonly owner: FileOwner;
}

/** The files of one owner, or all. */
export function ownedBy(files: readonly ListedFile[], owner: ListOwner): ListedFile[] {
  return files.filter((file) => owner === 'all' || file.owner === owner);
}

export function outputList(files: readonly ListedFile[], format: ListFormat): string {
  switch (format) {
    case 'lines':
      return files.map(({ path }) => `${printable(path)}\n`).join('');
    case 'json':
      return `${JSON.stringify(files, undefined, 2)}\n`;
    case 'cmake':
      return `${files.map(({ path }) => listElement(path)).join(';')}\n`;
    default:
      return format satisfies never;
  }
}

/** An element of a CMake list, with CMake's slashes; a semicolon is escaped, and does not end an element within brackets. */
function listElement(native: string): string {
  const path = native.replaceAll(sep, '/');
  const opens = path.split('[').length;
  const closes = path.split(']').length;
  if (opens !== closes || /\p{Cc}|\\(?:;|$)/u.test(path)) {
    throw usageFailure(`'${printable(path)}' cannot be written into a CMake list`);
  }
  return path.replaceAll(';', '\\;');
}
