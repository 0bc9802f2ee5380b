/**
 * Writes to standard output and standard error.
 *
 * Setting up Node's streams takes a tenth of a short run, so files and pipes are written directly. A terminal or another device
 * gets the stream (on Windows a console takes UTF-16, not bytes).
 */
import { fstatSync, type Stats, writeSync } from 'node:fs';
import { EXIT } from './exit-codes.js';
import { ioFailure, systemCode } from './failures.js';
import { pause } from './pause.js';

type StreamName = 'stdout' | 'stderr';

const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;
const TITLES = { stdout: 'standard output', stderr: 'standard error' } as const;

type Write = (data: string | Uint8Array) => void;

/**
 * Writes all of a text or bytes before it returns. A reader that stops early, such as `head`, is not an error: the rest is dropped,
 * and the run continues.
 */
export function writerTo(name: StreamName): Write {
  let write: Write | undefined;
  return (data) => {
    write ??= isPlain(name) ? directWriter(name) : streamWriter(name);
    write(data);
  };
}

/** Whether the stream is a terminal. */
export function isTerminal(name: StreamName): boolean {
  // The property is absent without a terminal, contrary to its type.
  return !isPlain(name) && Boolean(process[name].isTTY);
}

/** The bits of a file's mode that make it a pipe. */
const TYPE_BITS = 0o170_000;
const PIPE = 0o010_000;

/** Whether this is a pipe. On Windows `isFIFO()` is always false, although the mode is right. */
export function isPipe(stats: Stats): boolean {
  return (stats.mode & TYPE_BITS) === PIPE;
}

/** A file, a pipe or a socket. */
function isPlain(name: StreamName): boolean {
  let stats: Stats;
  try {
    stats = fstatSync(DESCRIPTORS[name]);
  } catch {
    // It is closed; Node's stream discards what is written to it.
    return false;
  }
  return stats.isFile() || isPipe(stats) || stats.isSocket();
}

function directWriter(name: StreamName): Write {
  let isGone = false;
  return (data) => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    for (let at = 0; at < bytes.length && !isGone;) {
      try {
        at += writeSync(DESCRIPTORS[name], bytes, at);
      } catch (error) {
        if (systemCode(error) === 'EAGAIN') pause(PAUSE);
        else if (systemCode(error) === 'EPIPE') isGone = true;
        else failed(name, error);
      }
    }
  };
}

/** Milliseconds until a full pipe is tried again. */
const PAUSE = 2;

function failed(name: StreamName, error: unknown): never {
  // No stream is left for a message.
  if (name === 'stderr') process.exit(EXIT.inputOutput);
  throw ioFailure(`cannot write ${TITLES[name]}`, error);
}

function streamWriter(name: StreamName): Write {
  const stream = process[name];
  stream.on('error', (error) => {
    if (systemCode(error) !== 'EPIPE') process.exit(EXIT.inputOutput);
  });
  return (data) => stream.write(data);
}
