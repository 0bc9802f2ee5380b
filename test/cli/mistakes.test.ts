/** Typical mistakes of users: each is reported in one to three lines that suggest a fix, and changes no file. */
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TARGET_NAMES } from '../../src/targets/loading.js';
import { smallMof, workplace } from './command-line.js';

const files = {
  'fan.mof': smallMof(),
  'sub/fan.mof': smallMof(),
  'mof/deep/pump.mof': smallMof('Pump'),
  'fan.mfl': '[AMENDMENT, LOCALE(0x409)] class SmallFan {};',
  'binary.bmf': Uint8Array.from([0x46, 0x4f, 0x4d, 0x42, 1, 0, 0, 0]),
  'program.exe': Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]),
  'classless.mof': 'class Plain { uint8 X; };\n',
  notes: 'a file\n',
};

interface Mistake {
  readonly what: string;
  readonly typed: readonly string[];
  readonly exitCode: number;
  readonly prints: string;
}

const MISTAKES: readonly Mistake[] = [
  {
    what: 'no arguments',
    typed: [],
    exitCode: 2,
    prints: `mofgen: there is no input, and no mofgen.config.json; write: mofgen a.mof, or 'mofgen init' for a configuration`,
  },
  {
    what: 'an empty variable of a script',
    typed: [''],
    exitCode: 2,
    prints: 'mofgen: an input has an empty name; a variable of a script may be empty',
  },
  {
    what: 'a misspelled file',
    typed: ['fam.mof'],
    exitCode: 3,
    prints: [
      `error MOF1001: cannot read 'fam.mof': no such file or folder`,
      `help: did you mean 'fan.mof'?`,
      '1 error',
    ].join('\n'),
  },
  {
    what: 'a file without its extension',
    typed: ['fan'],
    exitCode: 2,
    prints: `mofgen: 'fan' is neither a file nor a command; did you mean 'fan.mof'?`,
  },
  {
    what: 'a file that is not there',
    typed: ['nowhere/else.mof'],
    exitCode: 3,
    prints: [
      `error MOF1001: cannot read 'nowhere/else.mof': no such file or folder`,
      `help: there is no folder 'nowhere'`,
      '1 error',
    ].join('\n'),
  },
  {
    what: 'a folder',
    typed: ['sub'],
    exitCode: 3,
    prints: [`error MOF1001: 'sub' is a folder; write 'sub/*.mof'`, '1 error'].join('\n'),
  },
  {
    what: 'a folder with MOF files further down',
    typed: ['mof'],
    exitCode: 3,
    prints: [`error MOF1001: 'mof' is a folder; write 'mof/**/*.mof'`, '1 error'].join('\n'),
  },
  {
    what: 'a link to a folder',
    typed: ['link/'],
    exitCode: 3,
    prints: [`error MOF1001: 'link/' is a folder; write 'link/**/*.mof'`, '1 error'].join('\n'),
  },
  {
    what: 'a pattern that matches nothing',
    typed: ['*.mfo'],
    exitCode: 3,
    prints: `mofgen: no file matches '*.mfo'; the folder has classless.mof, fan.mof`,
  },
  {
    what: 'a pattern in a folder that is not there',
    typed: ['mofs/*.mof'],
    exitCode: 3,
    prints: `mofgen: no file matches 'mofs/*.mof': there is no folder 'mofs/'`,
  },
  {
    what: 'a binary MOF that is cut off',
    typed: ['binary.bmf'],
    exitCode: 1,
    prints: [
      'binary.bmf:1:1: error MOF1012: the binary MOF is damaged at byte 8: expected a header of 16 bytes, found the end',
      '1 error',
    ].join('\n'),
  },
  {
    what: 'a program',
    typed: ['check', 'program.exe'],
    exitCode: 1,
    prints: [
      'program.exe:1:1: error MOF1009: the file holds NUL bytes, so it is no text; mofgen reads MOF texts in UTF-8 or UTF-16',
      '1 error',
    ].join('\n'),
  },
  {
    what: 'localised texts as the input',
    typed: ['fan.mfl'],
    exitCode: 2,
    prints: `mofgen: 'fan.mfl' holds localised texts of a MOF file; name both: fan.mof --mfl fan.mfl`,
  },
  {
    what: 'a file without WMI classes',
    typed: ['classless.mof'],
    exitCode: 0,
    prints:
      'classless.mof: no WMI classes (classes with the qualifiers WMI and guid), nothing to generate',
  },
  {
    what: 'a file without WMI classes, checked',
    typed: ['check', 'classless.mof'],
    exitCode: 0,
    prints:
      'classless.mof: ok, but there are no WMI classes (classes with the qualifiers WMI and guid)',
  },
  {
    what: 'init, as other tools have it',
    typed: ['install'],
    exitCode: 2,
    prints: `mofgen: there is no command 'install'; 'mofgen init' writes a configuration and prints what to add to your build files`,
  },
  {
    what: 'watch, as other tools have it',
    typed: ['watch', 'fan.mof'],
    exitCode: 2,
    prints: `mofgen: there is no command 'watch'; 'mofgen --watch' generates again when a file changes`,
  },
  {
    what: 'a misspelled command',
    typed: ['chek', 'fan.mof'],
    exitCode: 2,
    prints: `mofgen: 'chek' is neither a file nor a command; did you mean 'mofgen check'?`,
  },
  {
    what: 'an unknown word',
    typed: ['frobnicate'],
    exitCode: 2,
    prints: `mofgen: 'frobnicate' is neither a file nor a command; 'mofgen --help' lists the commands`,
  },
  {
    what: 'the command after the input',
    typed: ['fan.mof', 'check'],
    exitCode: 2,
    prints: 'mofgen: the command comes first: mofgen check fan.mof',
  },
  {
    what: 'a command without an input',
    typed: ['check'],
    exitCode: 2,
    prints: `mofgen: there is no input, and no mofgen.config.json; write: mofgen check a.mof, or 'mofgen init' for a configuration`,
  },
  {
    what: 'help of an unknown command',
    typed: ['help', 'foo'],
    exitCode: 2,
    prints: `mofgen: there is no command 'foo'; 'mofgen --help' lists the commands`,
  },
  {
    what: 'help of a misspelled command',
    typed: ['help', 'shwo'],
    exitCode: 2,
    prints: `mofgen: there is no command 'shwo'; did you mean 'mofgen help show'?`,
  },
  {
    what: 'help of a code',
    typed: ['help', 'MOF2202'],
    exitCode: 2,
    prints: `mofgen: there is no command 'MOF2202'; 'mofgen explain MOF2202' is the page about that code`,
  },
  {
    what: 'a target with a capital letter',
    typed: ['fan.mof', '-t', 'KMDF'],
    exitCode: 2,
    prints: `mofgen: there is no target 'KMDF'; did you mean 'kmdf'?`,
  },
  {
    what: 'an unknown target',
    typed: ['fan.mof', '-t', 'cobol'],
    exitCode: 2,
    prints: `mofgen: there is no target 'cobol'; the targets are: ${TARGET_NAMES.join(', ')}`,
  },
  {
    what: 'no target',
    typed: ['fan.mof', '--target='],
    exitCode: 2,
    prints: [
      `mofgen: option '-t, --target <names>' does not take '': name one or more of ${TARGET_NAMES.join(', ')}`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: 'targets without a comma',
    typed: ['fan.mof', '-t', 'ts', 'kmdf'],
    exitCode: 2,
    prints: `mofgen: 'kmdf' is a target, not a file; targets go with -t, separated by commas: -t ts,kmdf`,
  },
  {
    what: 'two driver models',
    typed: ['fan.mof', '-t', 'kmdf,wdm'],
    exitCode: 2,
    prints:
      'mofgen: kmdf and wdm have a file of yours of the same name; name one of them, and give each a folder of its own with -o',
  },
  {
    what: 'an unknown option',
    typed: ['fan.mof', '--frobnicate'],
    exitCode: 2,
    prints: [
      `mofgen: unknown option '--frobnicate'`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: 'a misspelled option',
    typed: ['fan.mof', '--chekc'],
    exitCode: 2,
    prints: [
      `mofgen: unknown option '--chekc'`,
      '(Did you mean --check?)',
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: 'an option without its value',
    typed: ['fan.mof', '-o'],
    exitCode: 2,
    prints: [
      `mofgen: option '-o, --output <folder>' needs a value`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: 'an option for a value',
    typed: ['fan.mof', '-o', '--check'],
    exitCode: 2,
    prints: [
      `mofgen: option '-o, --output <folder>' does not take '--check': it looks like an option; write './--check' for such a name`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: '-o with a file',
    typed: ['fan.mof', '-o', 'notes'],
    exitCode: 3,
    prints: `mofgen: cannot write 'notes/fan.g.ts': 'notes' is a file, not a folder; name another folder`,
  },
  {
    what: '--depfile below a file',
    typed: ['fan.mof', '-o', 'out', '--depfile', 'notes/fan.d'],
    exitCode: 3,
    prints: `mofgen: cannot write 'notes/fan.d': 'notes' is a file, not a folder; name another folder`,
  },
  {
    what: '--diagnostics-file below a file',
    typed: ['check', 'fan.mof', '--diagnostics', 'json', '--diagnostics-file', 'notes/r.json'],
    exitCode: 3,
    prints: `mofgen: cannot write 'notes/r.json': 'notes' is a file, not a folder; name another folder`,
  },
  {
    what: '-o - with --list-outputs',
    typed: ['fan.mof', '-o', '-', '--list-outputs'],
    exitCode: 2,
    prints: 'mofgen: --list-outputs lists files; name their folder with -o',
  },
  {
    what: '--depfile on standard output',
    typed: ['fan.mof', '--depfile', '-'],
    exitCode: 2,
    prints: `mofgen: --depfile takes the name of a file, not '-'`,
  },
  {
    what: '--diagnostics-file on standard output',
    typed: ['check', 'fan.mof', '--diagnostics', 'json', '--diagnostics-file', '-'],
    exitCode: 2,
    prints: `mofgen: --diagnostics-file takes the name of a file, not '-'`,
  },
  {
    what: 'a word that is no file, checked',
    typed: ['check', 'version'],
    exitCode: 3,
    prints: [
      `error MOF1001: cannot read 'version': no such file or folder`,
      'help: the folder has classless.mof, fan.mof',
      '1 error',
    ].join('\n'),
  },
  {
    what: 'a word in a folder without MOF files, checked',
    typed: ['check', 'mof/foo'],
    exitCode: 3,
    prints: [
      `error MOF1001: cannot read 'mof/foo': no such file or folder`,
      'help: the folder has no .mof file',
      '1 error',
    ].join('\n'),
  },
  {
    what: 'a misspelled extension',
    typed: ['fan.moff'],
    exitCode: 3,
    prints: [
      `error MOF1001: cannot read 'fan.moff': no such file or folder`,
      `help: did you mean 'fan.mof'?`,
      '1 error',
    ].join('\n'),
  },
  {
    what: '--mfl that no name is like',
    typed: ['sub/fan.mof', '--mfl', 'sub/fan.mfl'],
    exitCode: 3,
    prints: [
      `error MOF1001: cannot read 'sub/fan.mfl': no such file or folder`,
      'help: the folder has no .mfl file',
      '1 error',
    ].join('\n'),
  },
  {
    what: 'split with --mfl',
    typed: ['split', 'fan.mof', '--mfl', 'fan.mfl'],
    exitCode: 2,
    prints: 'mofgen: split takes the localised texts from the MOF itself; leave --mfl out',
  },
  {
    what: '-o - with several files',
    typed: ['fan.mof', '-t', 'kmdf', '-o', '-'],
    exitCode: 2,
    prints: `mofgen: '-o -' prints one file, but this run makes 11: fan_wmi.h, fan_wmi.c, fan_wmi.rc, fan_wmi.props, fan_wmi.cmake, mofgen_wmi.h, mofgen_wmi.c, mofgen_wmi_pool.h, mofgen_wmi_pool.c, mofgen_wmi_kmdf.h, mofgen_wmi_kmdf.c; name a folder with -o, or one input and -t ts or -t header`,
  },
  {
    what: '-o - with several inputs',
    typed: ['fan.mof', 'mof/deep/pump.mof', '-o', '-'],
    exitCode: 2,
    prints: `mofgen: '-o -' prints one file, but this run makes 2: fan.g.ts, pump.g.ts; name a folder with -o, or one input and -t ts or -t header`,
  },
  {
    what: '-o - with --check',
    typed: ['fan.mof', '-o', '-', '--check'],
    exitCode: 2,
    prints: 'mofgen: --check compares files; name their folder with -o',
  },
  {
    what: '-o - for your files',
    typed: ['stubs', '--missing', 'fan.mof', '-o', '-'],
    exitCode: 2,
    prints: 'mofgen: stubs always prints; -o names the folder of your files',
  },
  {
    what: 'two inputs of one name',
    typed: ['fan.mof', 'sub/fan.mof'],
    exitCode: 2,
    prints: `mofgen: 'fan.mof' and 'sub/fan.mof' would both be written to 'gen/fan.g.ts'; generate them into folders of their own with -o`,
  },
  {
    what: 'standard input twice',
    typed: ['-', '-'],
    exitCode: 2,
    prints: `mofgen: standard input ('-') can be read only once`,
  },
  {
    what: '--check with --depfile',
    typed: ['fan.mof', '--check', '--depfile', 'fan.d'],
    exitCode: 2,
    prints: [
      `mofgen: option '--depfile <file>' cannot be used with option '--check'`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: '--full-diff alone',
    typed: ['fan.mof', '--full-diff'],
    exitCode: 2,
    prints: 'mofgen: --full-diff goes with --check',
  },
  {
    what: '--no-format, which was removed',
    typed: ['fan.mof', '--no-format'],
    exitCode: 2,
    prints:
      'mofgen: --no-format is not needed: what mofgen writes is final, and only --format runs a formatter',
  },
  {
    what: '--format without a prettier',
    typed: ['fan.mof', '--format'],
    exitCode: 2,
    prints:
      'mofgen: --format runs the prettier of your project, which has none: npm install --save-dev prettier, or leave --format out',
  },
  {
    what: '--format where it changes nothing',
    typed: ['fan.mof', '-t', 'header', '--format'],
    exitCode: 2,
    prints: 'mofgen: --format changes nothing for header; it is for ts',
  },
  {
    what: '--list-format alone',
    typed: ['fan.mof', '--list-format', 'json'],
    exitCode: 2,
    prints: 'mofgen: --list-format goes with --list-outputs',
  },
  {
    what: 'a macro that cannot be defined',
    typed: ['fan.mof', '-D', '1x'],
    exitCode: 2,
    prints: [
      `mofgen: option '-D, --define <name[=text]>' does not take '1x': it takes NAME or NAME=TEXT, on one line`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: '--mfl with several inputs',
    typed: ['check', 'fan.mof', 'sub/fan.mof', '--mfl', 'fan.mfl'],
    exitCode: 2,
    prints: 'mofgen: --mfl goes with one input; run mofgen once for each',
  },
  {
    what: '--mfl that is not there',
    typed: ['check', 'fan.mof', '--mfl', 'fam.mfl'],
    exitCode: 3,
    prints: [
      `error MOF1001: cannot read 'fam.mfl': no such file or folder`,
      `help: did you mean 'fan.mfl'?`,
      '1 error',
    ].join('\n'),
  },
  {
    what: 'merge without --mfl',
    typed: ['merge', 'fan.mof'],
    exitCode: 2,
    prints:
      'mofgen: merge needs --mfl, which names the localised texts: mofgen merge a.mof --mfl a.mfl',
  },
  {
    what: 'split into standard output',
    typed: ['split', 'fan.mof', '-o', '-'],
    exitCode: 2,
    prints: `mofgen: '-o -' prints generated code only; name a folder with -o`,
  },
  {
    what: 'an unknown format of findings',
    typed: ['check', 'fan.mof', '--diagnostics', 'xml'],
    exitCode: 2,
    prints: [
      `mofgen: option '--diagnostics <format>' does not take 'xml': the choices are pretty, text, msvs, github, json, sarif`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: 'a report without a place',
    typed: ['fan.mof', '--diagnostics', 'json'],
    exitCode: 2,
    prints: `mofgen: --diagnostics json needs --diagnostics-file here: standard output is for the command's own data`,
  },
  {
    what: 'a limit that is no number',
    typed: ['check', 'fan.mof', '--max-errors', 'abc'],
    exitCode: 2,
    prints: [
      `mofgen: option '--max-errors <number>' does not take 'abc': it takes a whole number`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: 'a code with a letter for a digit',
    typed: ['check', 'fan.mof', '--allow', 'MOF22O3'],
    exitCode: 2,
    prints: `mofgen: --allow: there is no code 'MOF22O3'; did you mean MOF2203?`,
  },
  {
    what: 'a code without its letters',
    typed: ['check', 'fan.mof', '--deny', 'MOF2203,2402'],
    exitCode: 2,
    prints: `mofgen: --deny: there is no code '2402'; did you mean MOF2402?`,
  },
  {
    what: 'an unknown code',
    typed: ['check', 'fan.mof', '--allow', 'MOF9999'],
    exitCode: 2,
    prints: `mofgen: --allow: there is no code 'MOF9999'; 'mofgen explain' lists them`,
  },
  {
    what: 'an error that is to be left out',
    typed: ['check', 'fan.mof', '--allow', 'MOF2202'],
    exitCode: 2,
    prints: `mofgen: --allow MOF2202: it is an error that cannot be suppressed; 'mofgen explain MOF2202' explains what is right`,
  },
  {
    what: 'explain of an unknown code',
    typed: ['explain', 'foo'],
    exitCode: 2,
    prints: `mofgen: there is no code 'foo'; 'mofgen explain' without a code lists them`,
  },
  {
    what: 'stubs without --missing',
    typed: ['stubs', 'fan.mof'],
    exitCode: 2,
    prints: 'mofgen: stubs needs --missing: mofgen stubs --missing fan.mof',
  },
  {
    what: 'two forms of show',
    typed: ['show', 'fan.mof', '--json', '--markdown'],
    exitCode: 2,
    prints: [
      `mofgen: option '--json' cannot be used with option '--markdown'`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: 'a shell without a completion script',
    typed: ['completion', 'tcsh'],
    exitCode: 2,
    prints: [
      `mofgen: argument <shell> does not take 'tcsh': the choices are bash, zsh, fish, pwsh`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: 'a switch of another target',
    typed: ['fan.mof', '--enums'],
    exitCode: 2,
    prints:
      'mofgen: --enums changes nothing for ts; it is for header, kmdf, wdm, irp, blocks, scsiwmi, ndis',
  },
  {
    what: 'a switch of targets without one',
    typed: ['check', 'fan.mof', '--enums'],
    exitCode: 2,
    prints: 'mofgen: a switch of targets goes with -t, which names them',
  },
  {
    what: 'a folder of -I that is not there',
    typed: ['check', 'fan.mof', '-q', '-I', 'incs'],
    exitCode: 0,
    prints: 'mofgen: warning: -I incs: there is no such folder',
  },
  {
    what: 'a file that was never generated',
    typed: ['fan.mof', '-t', 'header', '--check', '-q'],
    exitCode: 1,
    prints: [
      'gen/fan_wmi.h:1:1: error MOF4001: the generated file is missing',
      'gen/fan_wmi.h:1:1: help: run the same command without --check to write it',
      '1 error',
    ].join('\n'),
  },
  {
    what: 'a line break in an option',
    typed: ['check', '--a\nb'],
    exitCode: 2,
    prints: [
      String.raw`mofgen: unknown option '--a\nb'`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: 'a line break in a value',
    typed: ['check', 'fan.mof', '-D', 'A=1\n'],
    exitCode: 2,
    prints: [
      String.raw`mofgen: option '-D, --define <name[=text]>' does not take 'A=1\n': it takes NAME or NAME=TEXT, on one line`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
  {
    what: 'characters that act on a terminal',
    typed: ['check', '--\u001b[2J'],
    exitCode: 2,
    prints: [
      `mofgen: unknown option '--\\x1b[2J'`,
      `run 'mofgen --help' for the commands and options`,
    ].join('\n'),
  },
];

test.each(MISTAKES)('$what', async ({ typed, exitCode, prints }) => {
  const { run, path } = workplace(files);
  symlinkSync(path('mof'), path('link'));
  const before = readdirSync(path('.'), { recursive: true });
  const outcome = await run(typed);
  expect({ stderr: outcome.stderr, exitCode: outcome.exitCode }).toEqual({
    stderr: `${prints}\n`,
    exitCode,
  });
  expect(outcome.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
  expect(readdirSync(path('.'), { recursive: true })).toEqual(before);
});

test('there are enough mistakes, each once', () => {
  expect(MISTAKES.length).toBeGreaterThanOrEqual(25);
  expect(new Set(MISTAKES.map(({ typed }) => JSON.stringify(typed))).size).toBe(MISTAKES.length);
});

const isRoot = process.getuid?.() === 0;
if (isRoot) console.log('not run as root, who may read everything: files without permissions');

test.skipIf(isRoot)('a file and a folder without permissions', async () => {
  const { run, path } = workplace(files);
  chmodSync(path('fan.mof'), 0);
  mkdirSync(path('locked'), { mode: 0o500 });
  expect(await run(['fan.mof'])).toMatchObject({
    exitCode: 3,
    stderr: `error MOF1001: cannot read 'fan.mof': permission denied\n1 error\n`,
  });
  expect(await run(['sub/fan.mof', '-o', 'locked'])).toMatchObject({
    exitCode: 3,
    stderr: `mofgen: cannot write 'locked/fan.g.ts': permission denied\n`,
  });
});
