/**
 * Expands file patterns such as `mof/*.mof`, for shells that do not (cmd.exe, PowerShell, quotes).
 *
 * `*`, `?`, `[a-c]`, `[!a-c]`, `{a,b}`, and `**` for any number of folders.
 */
import { type Dirent, existsSync, readdirSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { ioFailure, systemCode, usageFailure } from './failures.js';

/** Braces multiply; beyond this a pattern is a mistake. */
const MAX_ALTERNATIVES = 1000;

/** Whether a name is a pattern. */
export function isPattern(name: string): boolean {
  return /[*?]|\[[^/]+\]|\{[^{}]*,[^{}]*\}/.test(name);
}

/**
 * The files that a pattern matches, seen from `cwd`, sorted, each once. As in a shell, a name that begins with a dot is matched
 * only by a pattern that does; `**` enters neither such folders, nor `node_modules`, nor links. Windows takes both slashes and
 * ignores case.
 */
export function filesMatching(pattern: string, cwd: string, isWindows = IS_WINDOWS): string[] {
  const found = new Set<string>();
  const slash = isWindows && !pattern.includes('/') ? '\\' : '/';
  const folder = bracketedFolder(pattern, cwd, isWindows);
  for (const alternative of alternatives(pattern.slice(folder.length))) {
    const isName = !/[*?[]/.test(alternative);
    collect(new Walk(cwd, isWindows, found, slash, isName), folder, alternative);
  }
  return [...found].sort();
}

/**
 * The folder at the start of a pattern whose name has brackets or braces in it, with its slash; '' without one. Such names are
 * common, and a folder of that very name wins.
 */
export function bracketedFolder(pattern: string, cwd: string, isWindows = IS_WINDOWS): string {
  const folders = isWindows ? /^.*[\\/]/s : /^.*\//s;
  let folder = folders.exec(/^[^*?]*/.exec(pattern)?.[0] ?? '')?.[0] ?? '';
  while (folder !== '' && !existsSync(resolve(cwd, folder))) {
    folder = folders.exec(folder.slice(0, -1))?.[0] ?? '';
  }
  return /[[{]/.test(folder) ? folder : '';
}

const IS_WINDOWS = process.platform === 'win32';

/** Expands `{a,b}.{c,d}` to patterns without braces. */
export function alternatives(pattern: string): readonly string[] {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const group = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(next);
    if (group === null) done.push(next);
    else {
      const [, before = '', inner = '', after = ''] = group;
      for (const each of inner.split(',')) open.push(before + each + after);
    }
    if (done.length + open.length > MAX_ALTERNATIVES) {
      throw usageFailure(`'${printable(pattern)}' expands to too many patterns`);
    }
  }
  return done;
}

/** One search: its start, its results, and the places visited. */
class Walk {
  readonly visited = new Set<string>();
  constructor(
    readonly cwd: string,
    readonly isWindows: boolean,
    readonly found: Set<string>,
    readonly slash: string,
    /** Whether there is no wildcard in it, such as in an alternative of braces. */
    readonly isName: boolean,
  ) {}
}

/** Collects what a pattern without braces matches below `folder`. */
function collect(walk: Walk, folder: string, pattern: string): void {
  const slashes = walk.isWindows ? /[\\/]+/ : /\/+/;
  const root = (walk.isWindows ? /^(?:[a-z]:)?[\\/]*/i : /^\/*/).exec(pattern)?.[0] ?? '';
  const segments = pattern.slice(root.length).split(slashes);
  const last = segments.at(-1);
  // A slash at the end matches folders only.
  if (last === '' || last === undefined) return;
  // `**` at the end is any file below.
  if (last === '**') segments.push('*');
  const prefix = folder === '' ? root : folder;
  const open: Place[] = [{ prefix, rest: segments.filter(isNeeded) }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const id = JSON.stringify([place.prefix, place.rest.length]);
    if (walk.visited.has(id)) continue;
    walk.visited.add(id);
    open.push(...step(walk, place));
  }
}

/** A `**` right after another one adds nothing. */
function isNeeded(segment: string, index: number, all: readonly string[]): boolean {
  return segment !== '**' || all[index - 1] !== '**';
}

interface Place {
  /** The part of the path that is matched already, with its slash; '' at the start. */
  readonly prefix: string;
  readonly rest: readonly string[];
}

/** Matches one segment and returns the places that remain; files at the end are collected. */
function step(walk: Walk, { prefix, rest }: Place): Place[] {
  const { slash } = walk;
  const [segment = '', ...later] = rest;
  const isLast = later.length === 0;
  const goOn = (name: string): Place[] => {
    const path = prefix + name;
    if (!isLast) return [{ prefix: path + slash, rest: later }];
    if (isReadable(resolve(walk.cwd, path), walk.isName)) walk.found.add(path);
    return [];
  };
  if (segment === '**') {
    const inner = entries(walk.cwd, prefix).filter(mayEnter);
    return [
      { prefix, rest: later },
      ...inner.map(({ name }) => ({ prefix: prefix + name + slash, rest })),
    ];
  }
  if (!/[*?[]/.test(segment)) return goOn(segment);
  const isMatch = segmentTest(segment, walk.isWindows);
  return entries(walk.cwd, prefix)
    .filter((entry) => isLast || !entry.isFile())
    .filter(({ name }) => isMatch(name))
    .flatMap(({ name }) => goOn(name));
}

/** Whether a name matches one segment of a pattern, which is not `**`. */
export function matchesSegment(segment: string, name: string, isWindows = IS_WINDOWS): boolean {
  return segmentTest(segment, isWindows)(name);
}

function segmentTest(segment: string, isWindows: boolean): (name: string) => boolean {
  const tokens = tokensOf(segment, isWindows);
  return (name) =>
    (segment.startsWith('.') || !name.startsWith('.')) &&
    matches(isWindows ? name.toLowerCase() : name, tokens);
}

function mayEnter(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules';
}

/** The entries of a folder; none when it does not exist. A folder that may not be read could hide files, so it is a failure. */
function entries(cwd: string, prefix: string): Dirent[] {
  try {
    return readdirSync(resolve(cwd, prefix === '' ? '.' : prefix), { withFileTypes: true });
  } catch (error) {
    if (['ELOOP', 'ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw ioFailure(`cannot read the folder '${prefix === '' ? '.' : printable(prefix)}'`, error);
  }
}

/** Whether a path is a file. Reading a pipe or a device may never end, so only its name opens one. */
function isReadable(path: string, isName: boolean): boolean {
  let stats: Stats | undefined;
  try {
    stats = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A link that leads round in a circle is no file.
    if (systemCode(error) === undefined) throw error;
  }
  if (stats === undefined) return false;
  return stats.isFile() || (isName && !stats.isDirectory());
}

/** Matches one character of a name; '*' matches any number of them. */
type Token = '*' | ((character: string) => boolean);

function tokensOf(segment: string, foldsCase: boolean): Token[] {
  const tokens: Token[] = [];
  const text = foldsCase ? segment.toLowerCase() : segment;
  for (let at = 0; at < text.length;) {
    const set = /^\[([!^]?)(\]?[^\]]*)\]/u.exec(text.slice(at));
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (set !== null) {
      const [whole, not = '', members = ''] = set;
      const has = memberTest(members);
      tokens.push((each) => has(each) === (not === ''));
      at += whole.length;
      continue;
    }
    if (character === '*') tokens.push('*');
    else if (character === '?') tokens.push(() => true);
    else tokens.push((each) => each === character);
    at += character.length;
  }
  return tokens;
}

/** `a-cx`: whether a character is one of them; a dash at an end is literal. */
function memberTest(members: string): (character: string) => boolean {
  const characters = Array.from(members);
  const ranges: [string, string][] = [];
  for (let at = 0; at < characters.length; at++) {
    const first = characters[at] ?? '';
    const isRange = characters[at + 1] === '-' && at + 2 < characters.length;
    ranges.push([first, isRange ? (characters[at + 2] ?? '') : first]);
    if (isRange) at += 2;
  }
  const point = (character: string): number => character.codePointAt(0) ?? 0;
  return (character) =>
    ranges.some(([low, high]) => point(low) <= point(character) && point(character) <= point(high));
}

/** Whether a name matches; looks back to the last '*' only, which is enough and never takes long. */
function matches(name: string, tokens: readonly Token[]): boolean {
  const characters = Array.from(name);
  let at = 0;
  let token = 0;
  let star: { readonly token: number; at: number } | undefined;
  while (at < characters.length) {
    const want = tokens[token];
    if (want === '*') {
      star = { token, at };
      token++;
    } else if (want?.(characters[at] ?? '') === true) {
      at++;
      token++;
    } else if (star !== undefined) {
      star.at++;
      at = star.at;
      token = star.token + 1;
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === '*');
}
