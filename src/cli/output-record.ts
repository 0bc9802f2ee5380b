/**
 * The record of what mofgen wrote for one input and one target, as text: lines of sha256sum, which reads it too, and comments.
 *
 * Pure. The text of a record is untrusted. It must not know where records lie, or how a hash is made.
 */

export interface OutputRecord {
  /** The path of the input, from the output folder, with slashes; absent for standard input, and where there is no such path. */
  readonly input: string | undefined;
  /** Two hashes for a name come from a run that was killed: what was there before, and what was to be there. */
  readonly files: readonly RecordedFile[];
}

export interface RecordedFile {
  readonly name: string;
  readonly hash: string;
}

/** Changes with the meaning of the lines. */
const FIRST_LINE = '# mofgen outputs 1';
const INPUT = '# input ';

/** The same text for the same outputs, in whatever order they were made. */
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

/** Whether a path of an input can stand in a record: relative, on one line, with slashes. */
export function isRecordable(path: string): boolean {
  return path !== '' && !/^[\\/]|^[a-z]:|\p{Cc}/iu.test(path);
}

/** Whether a name can be no path: neither to another folder or drive, nor to a stream of a file. */
function isPlainName(name: string): boolean {
  return !/[\p{Cc}\\/:]|^\.{1,2}$/u.test(name);
}
