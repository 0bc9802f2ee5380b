/**
 * `mofgen wmimofck`: takes wmimofck's switches and runs mofgen's commands, so that a project only changes the path of the tool.
 * The input may be a binary MOF or a MOF text.
 *
 * Switches: Microsoft's documentation, "Using wmimofck.exe". It does not specify exit codes: 0 is success, 1 a failure, 2 a wrong
 * switch, as with mofcomp.
 */
import { basename, dirname } from 'node:path';
import { isBinaryMof } from '../binary-mof/index.js';
import { hexLines } from '../binary-mof/spelled-bytes.js';
import { printable } from '../diagnostics/printable.js';
import { checkCommand } from './check-command.js';
import { type Commit, commitFiles, type PendingFile } from './commit-files.js';
import { compileFiles } from './compile-command.js';
import {
  type ForeignTool,
  type ForeignWords,
  PART_OPTIONS,
  printDifference,
  refuseOneOutput,
  runForeignTool,
} from './foreign-switches.js';
import { generateCommand } from './generate-command.js';
import { inputSplitter } from './input-parts.js';
import { oneInput, onDisk, readInput } from './inputs.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { jobOf } from './jobs.js';
import { madeFiles, type MadeFiles } from './made-files.js';
import { mergeCommand } from './merge-command.js';

const WMIMOFCK_EXIT = { ok: 0, failed: 1 } as const;

/** Switches for code that mofgen writes in another form, each with the target that replaces it. */
const SUBSTITUTES = { '-c': 'wdm', '-t': 'powershell' } as const;

export const WMIMOFCK: ForeignTool = {
  name: 'wmimofck',
  usage: '[-h<file> [-m] [-u]] [-x<file>] [-c<file>] [-t<file>] <input>',
  switches: [
    { flag: '-h', value: 'a file', summary: 'writes the C header to this file (mofgen -t header)' },
    { flag: '-m', summary: 'with -h: structures for the parameters of methods' },
    { flag: '-u', summary: 'with -h: structures up to the first item that moves' },
    { flag: '-x', value: 'a file', summary: 'writes the bytes as a C include file' },
    {
      flag: '-c',
      value: 'a file',
      summary: "differs: writes the files of the wdm target into that file's folder",
    },
    {
      flag: '-t',
      value: 'a file',
      summary:
        "differs: writes Pester tests in place of VBScript, the files of the powershell target, into that file's folder",
    },
    { flag: '-w', value: 'a folder', summary: 'ignored: mofgen writes no HTML pages' },
    { flag: '-y', value: 'a file', summary: 'the neutral text; with -z: writes both as one text' },
    { flag: '-z', value: 'a file', summary: 'the localised texts' },
  ],
};

export function wmimofckCommand(words: readonly string[], io: Io): Promise<ExitCode> {
  return runForeignTool(WMIMOFCK, words, io, WMIMOFCK_EXIT.failed, async (read, shared) => {
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

/** Prepares the files of each part, and writes all of them when none fails. */
async function work(read: ForeignWords, file: string, io: Io): Promise<ExitCode> {
  const { switches } = read;
  const [header, hex] = ['-h', '-x'].map((flag) => switches.get(flag));
  const substitutes = Object.entries(SUBSTITUTES).flatMap(([flag, target]) => {
    const named = switches.get(flag);
    return named === undefined ? [] : [{ target, folder: dirname(named) }];
  });
  if (header === undefined && (switches.has('-m') || switches.has('-u'))) {
    throw usageFailure('wmimofck: -m and -u go with -h');
  }
  refuseOneOutput(WMIMOFCK, switches, ['-h', '-x'], io);
  for (const flag of ['-t', '-w', '-c']) printDifference(WMIMOFCK, flag, read, io);
  const targets = [
    ...(header === undefined ? [] : ['header']),
    ...substitutes.map((each) => each.target),
  ];
  const target = targets.length === 0 ? {} : { target: targets };
  const options = { ...PART_OPTIONS, ...target, emit: {} };
  const checked = await checkCommand([jobOf([file], options, io)], options, io);
  if (checked !== EXIT.ok) return checked;
  const parts: (readonly PendingFile[])[] = [];
  const collect: Commit = (files) => {
    parts.push(files);
    return new Set();
  };
  if (hex !== undefined) {
    const bytes = madeFiles(PART_OPTIONS, io, 'name another file', collect);
    const code = await addHex(file, hex, io, bytes);
    if (code !== EXIT.ok) return code;
    bytes.write();
  }
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
    const code = await generateCommand([jobOf([file], options, io)], options, io, {
      commit: collect,
    });
    if (code !== EXIT.ok) return code;
  }
  for (const { target: name, folder } of substitutes) {
    const options = { ...PART_OPTIONS, target: [name], output: folder, emit: {} };
    const code = await generateCommand([jobOf([file], options, io)], options, io, {
      commit: collect,
    });
    if (code !== EXIT.ok) return code;
  }
  commitFiles(eachOnce(parts));
  return EXIT.ok;
}

/**
 * The files, without duplicates of two parts. One part may name a path twice: a record before and after the files that it
 * names. Throws a usage failure when two parts write different texts to a file.
 */
function eachOnce(parts: readonly (readonly PendingFile[])[]): readonly PendingFile[] {
  const byPath = new Map<string, { readonly part: number; readonly file: PendingFile }>();
  return parts.flatMap((files, part) =>
    files.filter((file) => {
      const other = byPath.get(file.path);
      if (other === undefined || other.part === part) {
        byPath.set(file.path, { part, file });
        return true;
      }
      if (Buffer.from(other.file.text).equals(Buffer.from(file.text))) return false;
      throw usageFailure(
        `wmimofck: two switches write '${printable(file.shown)}'; name another file`,
      );
    }),
  );
}

/** The bytes of a binary MOF, or the compiled bytes of a text. */
async function addHex(file: string, hex: string, io: Io, files: MadeFiles): Promise<ExitCode> {
  const input = oneInput([file], {}, io, 'wmimofck takes one binary MOF');
  const bytes = await readInput(input, io);
  if (!(bytes instanceof Uint8Array)) return EXIT.inputOutput;
  const splitter = inputSplitter({}, { isSingle: true });
  const [part] = splitter.partsOf(input, bytes).parts;
  const failure = splitter.failure(true);
  if (failure !== undefined) throw failure;
  if (part === undefined || !isBinaryMof(part.bytes)) {
    return (await compileFiles([file], { ...PART_OPTIONS, hex }, io, files)).exitCode;
  }
  files.add(hex, hexLines(part.bytes), onDisk([input.name], input));
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
