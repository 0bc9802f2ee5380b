/** Parses switches in the spelling of Microsoft's tools: `-B:x.bmf`, `/hfile.h`, in any case, followed by the value. */
import { resolve, sep } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { CommandFailure } from './failures.js';
import { type Io } from './io.js';

export interface ForeignTool {
  readonly name: string;
  /** Each switch with its `:` where it has one: `-B:`, `-WMI`, `-h`. */
  readonly switches: readonly ForeignSwitch[];
  /** One line with its usage. */
  readonly usage: string;
}

export interface ForeignSwitch {
  /** As documented, with the `:` before its value if there is one. */
  readonly flag: string;
  /** A word for the value; absent for a switch without one. */
  readonly value?: string;
  /** Its effect in mofgen. */
  readonly summary: string;
}

export interface ForeignWords {
  /** The value of each switch that is there, `''` for one without; by its documented flag. */
  readonly switches: ReadonlyMap<string, string>;
  /** The words that are not switches, in order. */
  readonly files: readonly string[];
  readonly wantsHelp: boolean;
}

/** Throws a usage failure for a switch that the tool does not have. */
export function readSwitches(tool: ForeignTool, words: readonly string[]): ForeignWords {
  const switches = new Map<string, string>();
  const files: string[] = [];
  let wantsHelp = false;
  for (const word of words) {
    if (!isSwitch(word, tool)) {
      files.push(localPath(word));
      continue;
    }
    const text = word.slice(1);
    if (/^(?:\?|-?help)$/i.test(text)) {
      wantsHelp = true;
      continue;
    }
    const found = tool.switches.find((each) => matches(each, text));
    if (found === undefined) {
      throw failure(tool, `there is no switch '${printable(word)}'`);
    }
    const value = text.slice(found.flag.length - 1);
    if (found.value !== undefined && value === '') {
      throw failure(tool, `${found.flag} needs ${found.value} directly after it`);
    }
    if (isPath(found) && value === '-') {
      throw failure(tool, `${found.flag} takes the name of ${found.value}, not '-'`);
    }
    if (switches.has(found.flag)) throw failure(tool, `${found.flag} is given twice`);
    switches.set(found.flag, isPath(found) ? localPath(value) : value);
  }
  return { switches, files, wantsHelp };
}

function isPath({ value }: ForeignSwitch): boolean {
  return value === 'a file' || value === 'a folder';
}

/** A path in Microsoft's spelling, on this machine: `out\\x.h` is in the folder `out` everywhere. */
function localPath(path: string): string {
  return sep === '/' ? path.replaceAll('\\', '/') : path;
}

/** How each command that does a part of the work reports: as MSBuild reads it. */
export const PART_OPTIONS = { diagnostics: 'msvs', quiet: true } as const;

/**
 * Runs a tool: prints its switches for `-?`, else does `work`. A file that cannot be read or written ends it with `failed`, since
 * Microsoft's tools have no code of their own for that.
 */
export async function runForeignTool(
  tool: ForeignTool,
  words: readonly string[],
  io: Io,
  failed: ExitCode,
  work: (words: ForeignWords, io: Io) => Promise<ExitCode>,
): Promise<ExitCode> {
  const read = readSwitches(tool, words);
  if (read.wantsHelp) {
    io.stdout(switchHelp(tool));
    return EXIT.ok;
  }
  try {
    return await work(read, withSharedInput(io));
  } catch (error) {
    if (!(error instanceof CommandFailure) || error.exitCode !== EXIT.inputOutput) throw error;
    io.stderr(`mofgen: ${error.message}\n`);
    return failed;
  }
}

/** Prints what a switch does here when it is among the words. */
export function printDifference(
  { name, switches }: ForeignTool,
  flag: string,
  words: ForeignWords,
  io: Io,
): void {
  const row = switches.find((each) => each.flag === flag);
  if (row !== undefined && words.switches.has(flag)) {
    io.stderr(`${name}: ${flag} does ${row.summary}\n`);
  }
}

/** The lines of `-?`. */
export function switchHelp({ name, usage, switches }: ForeignTool): string {
  const rows = switches.map(({ flag, value, summary }) => ({
    term: `  ${flag}${value === undefined ? '' : `<${value.replace(/^an? /, '')}>`}`,
    summary,
  }));
  const width = Math.max(...rows.map(({ term }) => term.length)) + 2;
  const lines = rows.map(({ term, summary }) => `${term.padEnd(width)}${summary}\n`);
  return `Usage: mofgen ${name} ${usage}\n\nSwitches, with - or /, in any case:\n${lines.join('')}`;
}

function failure({ name }: ForeignTool, message: string): CommandFailure {
  return new CommandFailure(
    EXIT.usage,
    `${name}: ${message}; 'mofgen ${name} -?' lists the switches`,
  );
}

/** `/` begins a switch as `-` does, and a path elsewhere than on Windows: it is a path where the tool has no such switch. */
function isSwitch(word: string, tool: ForeignTool): boolean {
  if (word.startsWith('-')) return word !== '-';
  if (!word.startsWith('/')) return false;
  const text = word.slice(1);
  return (
    /^(?:\?|help)$/i.test(text) ||
    tool.switches.some(
      (each) => matches(each, text) && (each.flag.endsWith(':') || !text.includes('/')),
    )
  );
}

function matches({ flag, value }: ForeignSwitch, text: string): boolean {
  const name = flag.slice(1).toLowerCase();
  const written = text.toLowerCase();
  return value === undefined ? written === name : written.startsWith(name);
}

/**
 * Wraps `io` for several parts of one call: each can read standard input, and a finding that several of them report is
 * printed once.
 */
function withSharedInput(io: Io): Io {
  let read: Promise<Uint8Array> | undefined;
  const printed = new Set<string>();
  return {
    ...io,
    readStdin: () => (read ??= io.readStdin()),
    stderr(text) {
      const lines = text.split(/(?<=\n)/).filter((line) => !printed.has(line));
      for (const line of lines) printed.add(line);
      if (lines.length > 0) io.stderr(lines.join(''));
    },
  };
}

/** Throws a usage failure when two switches name one output. */
export function refuseOneOutput(
  tool: ForeignTool,
  switches: ReadonlyMap<string, string>,
  flags: readonly string[],
  { cwd }: Io,
): void {
  const named = new Map<string, string>();
  for (const flag of flags) {
    const value = switches.get(flag);
    if (value === undefined) continue;
    const path = resolve(cwd, value);
    const other = named.get(path);
    if (other !== undefined) throw failure(tool, `${other} and ${flag} name the same file`);
    named.set(path, flag);
  }
}
