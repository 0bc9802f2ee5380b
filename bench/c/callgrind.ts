/**
 * Counts the instructions of chosen functions of a program under valgrind's callgrind.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Copies and fills of memory: part of the function that calls them, wherever a compiler puts them. */
const MEMORY = /^_*mem(?:cpy|move|set)/;

/** A function without what the compiler adds to the name of a part of it, or callgrind to that of a recursive call. */
function plainName(name: string): string {
  return name.replace(/['.].*$/, '');
}

/**
 * The counts of a callgrind file in the functions themselves, and in the copies and fills that they call.
 *
 * Its lines are `fn=(7) name` for the function that follows, where the name is there the first time only, costs of the
 * form `<line> <count>`, and calls: `cfn=(9) name`, `calls=...`, and a cost that includes all that the callee did.
 */
function countInstructions(file: string, functions: readonly string[]): number {
  const counted = new Set(functions.map(plainName));
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const [, id = '', name] = /^(\(\d+\))(?: (.*))?$/.exec(text) ?? [];
    if (name !== undefined) names.set(id, plainName(name));
    const known = names.get(id);
    if (known === undefined) throw new Error(`callgrind names no function in ${text}`);
    return known;
  };
  let sum = 0;
  let inside = false;
  let callee = '';
  let isCall = false;
  for (const line of file.split('\n')) {
    if (line.startsWith('fn=')) inside = counted.has(nameOf(line.slice(3)));
    else if (line.startsWith('cfn=')) callee = nameOf(line.slice(4));
    else if (line.startsWith('calls=')) isCall = true;
    else if (/^[+*\d-]/.test(line)) {
      if (inside && (!isCall || MEMORY.test(callee))) sum += Number(line.split(' ')[1]);
      isCall = false;
    }
  }
  return sum;
}

/** Runs a program and counts. */
export function runCounted(
  program: string,
  args: readonly string[],
  functions: readonly string[],
): number {
  const out = `${program}.callgrind`;
  const { status, stderr, error } = spawnSync(
    'valgrind',
    ['--tool=callgrind', `--callgrind-out-file=${out}`, program, ...args],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`valgrind: ${error?.message ?? stderr}`);
  return countInstructions(readFileSync(out, 'utf8'), functions);
}
