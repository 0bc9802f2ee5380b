/** Runs the command line in this process; the executable loads this. */
import { fstatSync, readFileSync } from 'node:fs';
import { type Io } from './io.js';
import { run } from './main.js';
import { isPipe, isTerminal, writerTo } from './standard-streams.js';

async function readStdin(): Promise<Uint8Array> {
  const stats = fstatSync(0);
  // A folder as standard input would be an empty stream; reading it as a file reports EISDIR.
  if (stats.isFile() || stats.isDirectory()) return readFileSync(0);
  // On Windows reading a pipe always blocks. Elsewhere it may fail with EAGAIN, which the stream handles.
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
  onInterrupt: (stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  },
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
