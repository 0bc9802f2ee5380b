/**
 * The text of a record of outputs, for one input and one target: lines that sha256sum can check, and comments. Records are
 * untrusted.
 */

export interface OutputRecord {
  /** The path of the input, from the output folder, with slashes; absent for standard input, and where there is no such path. */
  readonly input: string | undefined;
  /** Two hashes for a name come from a run that was killed: of the old text, and of the new one. */
  readonly files: readonly RecordedFile[];
}

export interface RecordedFile {
  readonly name: string;
  readonly hash: string;
}

/** The version changes with the meaning of the lines. */
const FIRST_LINE = '# mofgen outputs 1';
const INPUT = '# input ';

/** The text of a record; it does not depend on the order of the files. */
export function recordText({ input, files }: OutputRecord): string {
  const sorted = files.toSorted((a, b) => compare(a.name, b.name) || compare(a.hash, b.hash));
  const lines = new Set(sorted.map(({ name, hash }) => `${hash}  ${name}\n`));
  const inputLine = input === undefined ? '' : `${INPUT}${input}\n`;
  return `${FIRST_LINE}\n${inputLine}${[...lines].join('')}`;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The record that a text holds; `undefined` for any text that mofgen does not write. */
export function parseRecord(text: string): OutputRecord | undefined {
  const [first, ...lines] = text.split('\n');
  if (first !== FIRST_LINE || lines.pop() !== '') return undefined;
  const hasInput = lines[0]?.startsWith(INPUT) === true;
  const input = hasInput ? lines.shift()?.slice(INPUT.length) : undefined;
  if (input !== undefined && !isRecordable(input)) return undefined;
  const files: RecordedFile[] = [];
  for (const line of lines) {
    const [, hash, name] = /^([0-9a-f]{64}) {2}(.+)$/s.exec(line) ?? [];
    if (hash === undefined || name === undefined || !isPlainName(name)) return undefined;
    files.push({ name, hash });
  }
  return { input, files };
}

/** Whether a record can hold a path of an input: relative, on one line, with slashes. */
export function isRecordable(path: string): boolean {
  return path !== '' && !/^[\\/]|^[a-z]:|\p{Cc}/iu.test(path);
}

/** Whether a name is a plain file name: no path to another folder or drive, no stream of a file. */
function isPlainName(name: string): boolean {
  return !/[\p{Cc}\\/:]|^\.{1,2}$/u.test(name);
}
