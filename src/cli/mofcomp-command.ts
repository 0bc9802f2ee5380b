/**
 * `mofgen mofcomp`: takes mofcomp's switches and runs mofgen's commands, so that a project only changes the path of the tool.
 * Nothing here connects to a WMI repository.
 *
 * Switches and exit codes: Microsoft's documentation of mofcomp, and "Compiling a Driver's MOF File" for -WMI.
 */
import { printable } from '../diagnostics/printable.js';
import { checkCommand } from './check-command.js';
import { compileFiles } from './compile-command.js';
import {
  type ForeignTool,
  PART_OPTIONS,
  printDifference,
  refuseOneOutput,
  runForeignTool,
} from './foreign-switches.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { jobOf } from './jobs.js';
import { madeFiles } from './made-files.js';
import { splitCommand } from './split-command.js';

/** The exit codes of mofcomp. */
const MOFCOMP_EXIT = { ok: 0, semantic: 1, badSwitch: 2, syntax: 3 } as const;

const NO_REPOSITORY = 'ignored: it is for the WMI repository, which mofgen does not change';

export const MOFCOMP: ForeignTool = {
  name: 'mofcomp',
  usage: '-B:<file> [-WMI] [-N:<namespace>] <input>',
  switches: [
    {
      flag: '-B:',
      value: 'a file',
      summary: 'writes the binary MOF to this file (mofgen compile)',
    },
    {
      flag: '-WMI',
      summary: 'checks the classes as well, for a driver (mofgen check); goes with -B:',
    },
    { flag: '-check', summary: 'checks the syntax and writes nothing' },
    {
      flag: '-N:',
      value: 'a namespace',
      summary: 'the namespace of classes before any #pragma namespace',
    },
    {
      flag: '-MOF:',
      value: 'a file',
      summary: 'writes the language-neutral text to this file (mofgen split)',
    },
    {
      flag: '-MFL:',
      value: 'a file',
      summary: 'writes the localised texts to this file; goes with -MOF:',
    },
    {
      flag: '-Amendment:',
      value: 'a locale',
      summary: 'the locale of the localised texts, such as ms_409',
    },
    {
      flag: '-depfile:',
      value: 'a file',
      summary:
        'only in mofgen: writes the names of the files that were read, one on each line; goes with -B:',
    },
    { flag: '-class:', value: 'a rule', summary: NO_REPOSITORY },
    { flag: '-instance:', value: 'a rule', summary: NO_REPOSITORY },
    { flag: '-autorecover', summary: NO_REPOSITORY },
    { flag: '-P:', value: 'a password', summary: NO_REPOSITORY },
    { flag: '-U:', value: 'a user', summary: NO_REPOSITORY },
    { flag: '-A:', value: 'an authority', summary: NO_REPOSITORY },
    { flag: '-L:', value: 'a locale', summary: NO_REPOSITORY },
    {
      flag: '-ER:',
      value: 'a resource',
      summary: 'refused: mofgen reads no resources of programs',
    },
  ],
};

export function mofcompCommand(words: readonly string[], io: Io): Promise<ExitCode> {
  return runForeignTool(MOFCOMP, words, io, MOFCOMP_EXIT.semantic, (read, shared) => {
    const { switches, files } = read;
    const [input, ...others] = files;
    if (input === undefined || others.length > 0) throw usageFailure('mofcomp takes one MOF file');
    refuseUnmeant(switches, input);
    refuseOneOutput(MOFCOMP, switches, ['-B:', '-MOF:', '-MFL:', '-depfile:'], shared);
    for (const { flag, summary } of MOFCOMP.switches) {
      if (summary === NO_REPOSITORY) printDifference(MOFCOMP, flag, read, shared);
    }
    return work(switches, input, shared);
  });
}

/** All files are written at the end, or none. */
async function work(
  switches: ReadonlyMap<string, string>,
  input: string,
  io: Io,
): Promise<ExitCode> {
  const files = madeFiles(PART_OPTIONS, io, 'name another file');
  const output = switches.get('-B:');
  const namespace = switches.get('-N:');
  const depfile = switches.get('-depfile:');
  if (output !== undefined || switches.has('-check')) {
    const { exitCode, isRead } = await compileFiles(
      [input],
      {
        ...PART_OPTIONS,
        ...(output === undefined ? { isDry: true } : { output }),
        ...(namespace === undefined ? {} : { namespace }),
        ...(depfile === undefined ? {} : { depfile, depfileFormat: 'lines' as const }),
      },
      io,
      files,
    );
    if (exitCode !== EXIT.ok) return foreignExit(exitCode, isRead);
  }
  if (switches.has('-WMI')) {
    const options = { ...PART_OPTIONS, emit: {} };
    const checked = await checkCommand([jobOf([input], options, io)], options, io);
    if (checked !== EXIT.ok) return foreignExit(checked, true);
  }
  const [neutral, localized] = [switches.get('-MOF:'), switches.get('-MFL:')];
  if (neutral !== undefined && localized !== undefined) {
    const locale = switches.get('-Amendment:');
    const split = await splitCommand(
      [input],
      {
        ...PART_OPTIONS,
        output: '.',
        encoding: 'utf-16le',
        files: { neutral, localized },
        ...(locale === undefined ? {} : { locale }),
      },
      io,
      files,
    );
    if (split !== EXIT.ok) return foreignExit(split, false);
  }
  files.write();
  return MOFCOMP_EXIT.ok;
}

/** `isRead`: the text has no fault of syntax. */
function foreignExit(code: ExitCode, isRead: boolean): ExitCode {
  if (code === EXIT.findings) return isRead ? MOFCOMP_EXIT.semantic : MOFCOMP_EXIT.syntax;
  return code === EXIT.inputOutput ? MOFCOMP_EXIT.semantic : code;
}

function refuseUnmeant(switches: ReadonlyMap<string, string>, input: string): void {
  const has = (flag: string): boolean => switches.has(flag);
  if (has('-ER:')) throw usageFailure('mofcomp -ER: mofgen reads no resources of programs');
  for (const flag of ['-WMI', '-depfile:']) {
    if (has(flag) && !has('-B:')) throw usageFailure(`mofcomp: ${flag} goes with -B:`);
  }
  if (has('-check') && (has('-B:') || has('-MOF:'))) {
    throw usageFailure('mofcomp: -check writes nothing; leave the other switches out');
  }
  if (has('-MOF:') !== has('-MFL:')) throw usageFailure('mofcomp: -MOF: and -MFL: go together');
  if (has('-Amendment:') && !has('-MOF:')) {
    throw usageFailure('mofcomp: -Amendment: goes with -MOF: and -MFL:');
  }
  if (!has('-B:') && !has('-check') && !has('-MOF:')) {
    throw usageFailure(
      `mofgen changes no WMI repository; name the binary MOF: mofgen mofcomp -B:x.bmf ${printable(input)}`,
    );
  }
}
