/**
 * Connects the process to the command line and runs it; the executable loads this. Nothing is decided here.
 */
import { fstatSync, readFileSync } from 'node:fs';
import { type Io } from './io.js';
import { run } from './main.js';
import { isPipe, isTerminal, writerTo } from './standard-streams.js';

async function readStdin(): Promise<Uint8Array> {
  const stats = fstatSync(0);
  // A folder as standard input would be an empty stream; read as a file it says what it is.
  if (stats.isFile() || stats.isDirectory()) return readFileSync(0);
  // On Windows a pipe always waits for its writer. Elsewhere it may not, which the stream copes with.
  if (process.platform === 'win32' && isPipe(stats)) return readFileSync(0);
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

const stdout = writerTo('stdout');
const io: Io = {
  stdout,
  stdoutBytes: stdout,
  stderr: writerTo('stderr'),
  readStdin,
  cwd: process.cwd(),
  env: process.env,
  get stderrIsTerminal() {
    return isTerminal('stderr');
  },
  get stdoutColumns() {
    return isTerminal('stdout') ? process.stdout.columns : undefined;
  },
};

void run(process.argv.slice(2), io).then((exitCode) => {
  process.exitCode = exitCode;
});
