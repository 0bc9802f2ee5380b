/**
 * `mofgen wmimofck`: takes wmimofck's switches and does what mofgen's commands do, so that a project only changes the path of the
 * tool. The input may be a binary MOF or a MOF text.
 *
 * Switches: Microsoft's documentation, "Using wmimofck.exe". It says nothing of exit codes: 0 is success, 1 a failure, 2 a wrong
 * switch, as with mofcomp.
 */
import { basename, dirname } from 'node:path';
import { isBinaryMof } from '../binary-mof/index.js';
import { hexLines } from '../binary-mof/spelled-bytes.js';
import { checkCommand } from './check-command.js';
import { compileCommand } from './compile-command.js';
import {
  type ForeignTool,
  type ForeignWords,
  PART_OPTIONS,
  printDifference,
  refuseOneOutput,
  runForeignTool,
} from './foreign-switches.js';
import { generateCommand } from './generate-command.js';
import { oneInput, onDisk, readInput } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { madeFiles } from './made-files.js';
import { mergeCommand } from './merge-command.js';

const WMIMOFCK_EXIT = { ok: 0, failed: 1 } as const;

const TOOL: ForeignTool = {
  name: 'wmimofck',
  usage: '[-h<file> [-m] [-u]] [-x<file>] [-c<file>] <input>',
  switches: [
    { flag: '-h', value: 'a file', summary: 'writes the C header there (mofgen -t header)' },
    { flag: '-m', summary: 'with -h: structures for the parameters of methods' },
    { flag: '-u', summary: 'with -h: structures up to the first item that moves' },
    { flag: '-x', value: 'a file', summary: 'writes the bytes as a C include there' },
    {
      flag: '-c',
      value: 'a file',
      summary: "something else: writes the files of the wdm target into that file's folder",
    },
    { flag: '-t', value: 'a file', summary: 'nothing: mofgen writes no VBScript' },
    { flag: '-w', value: 'a folder', summary: 'nothing: mofgen writes no HTML pages' },
    { flag: '-y', value: 'a file', summary: 'the neutral text; with -z: writes both as one text' },
    { flag: '-z', value: 'a file', summary: 'the localised texts' },
  ],
};

export function wmimofckCommand(words: readonly string[], io: Io): Promise<ExitCode> {
  return runForeignTool(TOOL, words, io, WMIMOFCK_EXIT.failed, async (read, shared) => {
    const { switches, files } = read;
    const [file, ...others] = files;
    const isMerge = switches.has('-y') || switches.has('-z');
    if (file === undefined || others.length > 0) {
      throw usageFailure(`wmimofck takes one ${isMerge ? 'file to write' : 'binary MOF'}`);
    }
    const code = isMerge ? await merge(switches, file, shared) : await work(read, file, shared);
    return code === EXIT.ok ? WMIMOFCK_EXIT.ok : WMIMOFCK_EXIT.failed;
  });
}

/** Runs each part that is wanted, and stops at the first that fails. */
async function work(read: ForeignWords, file: string, io: Io): Promise<ExitCode> {
  const { switches } = read;
  const [header, source, hex] = ['-h', '-c', '-x'].map((flag) => switches.get(flag));
  if (header === undefined && (switches.has('-m') || switches.has('-u'))) {
    throw usageFailure('wmimofck: -m and -u go with -h');
  }
  if (hex === '-') throw usageFailure("wmimofck: -x takes the name of a file, not '-'");
  refuseOneOutput(TOOL, switches, ['-h', '-x'], io);
  for (const flag of ['-t', '-w', '-c']) printDifference(TOOL, flag, read, io);
  const checked = await checkCommand([file], { ...PART_OPTIONS, emit: {} }, io);
  if (checked !== EXIT.ok) return checked;
  if (header !== undefined) {
    const options = {
      ...PART_OPTIONS,
      target: ['header'],
      output: dirname(header),
      emit: {
        headerName: basename(header),
        ...(switches.has('-m') ? { methodStructs: true } : {}),
        ...(switches.has('-u') ? { partialStructs: true } : {}),
      },
    };
    const code = await generateCommand([file], options, io);
    if (code !== EXIT.ok) return code;
  }
  if (source !== undefined) {
    const options = { ...PART_OPTIONS, target: ['wdm'], output: dirname(source), emit: {} };
    const code = await generateCommand([file], options, io);
    if (code !== EXIT.ok) return code;
  }
  return hex === undefined ? EXIT.ok : writeHex(file, hex, io);
}

/** Of a binary MOF its very bytes, of a text what it compiles to. */
async function writeHex(file: string, hex: string, io: Io): Promise<ExitCode> {
  const input = oneInput([file], {}, io, 'wmimofck takes one binary MOF');
  const bytes = await readInput(input, io);
  if (!(bytes instanceof Uint8Array) || !isBinaryMof(bytes)) {
    return compileCommand([file], { ...PART_OPTIONS, hex }, io);
  }
  const files = madeFiles(PART_OPTIONS, io, 'name another file');
  files.add(hex, hexLines(bytes), onDisk([input.name], input));
  files.write();
  return EXIT.ok;
}

async function merge(
  switches: ReadonlyMap<string, string>,
  file: string,
  io: Io,
): Promise<ExitCode> {
  const [neutral, localized] = [switches.get('-y'), switches.get('-z')];
  if (neutral === undefined || localized === undefined) {
    throw usageFailure('wmimofck: -y and -z go together');
  }
  if (switches.size > 2) throw usageFailure('wmimofck: -y and -z go with no other switch');
  return mergeCommand(
    [neutral],
    { ...PART_OPTIONS, mfl: [localized], output: '.', encoding: 'utf-16le', file },
    io,
  );
}
