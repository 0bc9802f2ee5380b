/** File names of Windows: drives, backslashes, case, `\\?\`, shares. Each row is the command as it is typed. */
import { beforeAll, expect, test } from 'vitest';
import { smallMof } from '../cli/command-line.js';
import { describeWindows } from './wine.js';

const LONG = Array.from({ length: 8 }, (_, at) => `folder-${at}-${'x'.repeat(30)}`).join('\\');
const ok = (name: string) => `${name}: ok, 1 WMI class\n`;
const none = (name: string, help: string) =>
  `error MOF1001: cannot read '${name}': no such file or folder\nhelp: ${help}\n1 error\n`;

const ITSELF = 'class T { uint32 x; };';

describeWindows('paths', 'P', (windows) => {
  beforeAll(() => {
    for (const name of ['mof/A.mof', 'mof/sub/b.mof', 'with space/my fan.mof', 'mof/[x]/c.mof']) {
      windows.write(name, smallMof());
    }
    windows.write(`${LONG.replaceAll('\\', '/')}/a.mof`, smallMof());
    windows.write('inc/guard.mof', `#include "B.H"\n#include "b.h"\nclass T { uint32 X; };\n`);
    windows.write('inc/b.h', '#pragma once\n#define X y\n#define X y\n');
    windows.write('inc/sub/twice.mof', `#include "..\\ONCE.mof"\n#include "../once.MOF"\n`);
    windows.write('inc/once.mof', `#pragma once\n${ITSELF}\n`);
    windows.write('inc/self.mof', `#include "SELF.mof"\n${ITSELF}\n`);
    windows.write('inc/drive.mof', `#include "P:\\inc\\b.h"\n${ITSELF}\n`);
  });

  test.each([
    ['mof\\A.mof', ok('mof\\A.mof')],
    ['mof/A.mof', ok('mof/A.mof')],
    ['.\\mof\\sub\\..\\A.mof', ok('.\\mof\\sub\\..\\A.mof')],
    ['P:\\mof\\A.mof', ok('P:\\mof\\A.mof')],
    ['p:/mof/a.MOF', ok('p:/mof/a.MOF')],
    ['P:mof\\A.mof', ok('P:mof\\A.mof')],
    ['\\mof\\A.mof', ok('\\mof\\A.mof')],
    ['\\\\server\\p\\mof\\A.mof', ok('\\\\server\\p\\mof\\A.mof')],
    ['//server/p/mof/A.mof', ok('//server/p/mof/A.mof')],
    ['\\\\?\\P:\\mof\\A.mof', ok('P:\\mof\\A.mof')],
    ['\\\\?\\UNC\\server\\p\\mof\\A.mof', ok('\\\\server\\p\\mof\\A.mof')],
    ['\\\\.\\P:\\mof\\A.mof', ok('\\\\.\\P:\\mof\\A.mof')],
    ['with space\\my fan.mof', ok('with space\\my fan.mof')],
    [`${LONG}\\a.mof`, ok(`${LONG}\\a.mof`)],
    [`P:\\${LONG}\\a.mof`, ok(`P:\\${LONG}\\a.mof`)],
    [`\\\\?\\P:\\${LONG}\\a.mof`, ok(`P:\\${LONG}\\a.mof`)],
  ])('check %s', (name, stderr) => {
    expect(windows.run(['check', name])).toEqual({ exitCode: 0, stdout: '', stderr });
  });

  test.each([
    ['mof\\*.mof', ['mof\\A.mof']],
    ['mof/*.mof', ['mof/A.mof']],
    ['MOF\\a*.MOF', ['MOF\\A.mof']],
    ['mof\\**\\*.mof', ['mof\\A.mof', 'mof\\[x]\\c.mof', 'mof\\sub\\b.mof']],
    ['mof\\sub\\[a-c].mof', ['mof\\sub\\b.mof']],
    ['mof\\[x]\\*.mof', ['mof\\[x]\\c.mof']],
    ['mof\\{A,sub\\b}.mof', ['mof\\A.mof', 'mof\\sub\\b.mof']],
    ['with space\\*.mof', ['with space\\my fan.mof']],
    ['P:\\mof\\?.mof', ['P:\\mof\\A.mof']],
    ['P:mof\\?.mof', ['P:mof\\A.mof']],
    ['\\mof\\*.mof', ['\\mof\\A.mof']],
    ['\\\\server\\p\\mof\\*.mof', ['\\\\server\\p\\mof\\A.mof']],
    ['\\\\?\\P:\\mof\\*.mof', ['P:\\mof\\A.mof']],
    ['\\\\?\\UNC\\server\\p\\mof\\*.mof', ['\\\\server\\p\\mof\\A.mof']],
    [`${LONG}\\*.mof`, [`${LONG}\\a.mof`]],
  ])('check %s, which is a pattern', (pattern, names) => {
    const stderr = names.map(ok).join('');
    expect(windows.run(['check', pattern])).toEqual({ exitCode: 0, stdout: '', stderr });
  });

  test.each([
    ['mof\\none.mof', 3, none('mof\\none.mof', 'the folder has mof\\A.mof')],
    ['\\\\?\\P:\\mof\\none.mof', 3, none('P:\\mof\\none.mof', 'the folder has P:\\mof\\A.mof')],
    [
      '\\\\server\\none\\a.mof',
      3,
      none('\\\\server\\none\\a.mof', "there is no folder '\\\\server\\none\\'"),
    ],
    ['Q:\\none\\a.mof', 3, none('Q:\\none\\a.mof', "there is no folder 'Q:\\none'")],
    ['mof\\x*.mof', 3, "mofgen: no file matches 'mof\\x*.mof'; the folder has mof\\A.mof\n"],
    ['none\\*.mof', 3, "mofgen: no file matches 'none\\*.mof': there is no folder 'none\\'\n"],
    ['NUL', 3, none('NUL', 'the folder has no .mof file')],
    ['CON.mof', 3, none('CON.mof', 'the folder has no .mof file')],
    ['mof', 3, "error MOF1001: 'mof' is a folder; write 'mof/*.mof'\n1 error\n"],
    ['mof\\', 3, "error MOF1001: 'mof\\' is a folder; write 'mof/*.mof'\n1 error\n"],
    ['P:', 3, "error MOF1001: 'P:' is a folder; write 'P:/**/*.mof'\n1 error\n"],
    ['inc\\self.mof', 1, 'inc\\self.mof:1:10: error MOF1005'],
  ])('check %s, which fails', (name, exitCode, stderr) => {
    const result = windows.run(['check', name]);
    expect(result.stderr.slice(0, stderr.length)).toBe(stderr);
    expect(result).toMatchObject({ exitCode, stdout: '' });
  });

  test.each([
    ['two spellings of a header are one file, which is read once', 'inc\\guard.mof'],
    ['so are those of a MOF file', 'inc\\sub\\twice.mof'],
    ['a path with a drive is absolute', 'inc\\drive.mof'],
  ])('%s', (_case, name) => {
    const stderr = `${name}: ok, but there are no WMI classes (classes with the qualifiers WMI and guid)\n`;
    expect(windows.run(['check', name])).toEqual({ exitCode: 0, stdout: '', stderr });
  });

  test('names that differ in case alone are one input', () => {
    const names = ['mof\\A.mof', 'MOF\\a.mof', 'P:\\mof\\a.MOF', '\\\\?\\p:\\mof\\A.mof'];
    expect(windows.run(['check', ...names]).stderr).toBe(ok('mof\\A.mof'));
  });

  test.each([
    ['out', 'out'],
    ['out\\deep\\er', 'out/deep/er'],
    ['P:\\out 2', 'out 2'],
    ['P:out3', 'out3'],
    ['\\out4', 'out4'],
    ['\\\\server\\p\\out5', 'out5'],
    ['\\\\?\\P:\\out6', 'out6'],
    [`${LONG}\\out`, `${LONG.replaceAll('\\', '/')}/out`],
  ])('generate -o %s', (output, folder) => {
    const want = 'mof\\A.mof: 1 written\n';
    const args = ['generate', 'mof\\A.mof', '-t', 'header', '-o', output];
    expect(windows.run(args)).toEqual({ exitCode: 0, stdout: '', stderr: want });
    expect(windows.read(`${folder}/A_wmi.h`)).toContain('SmallFan');
    expect(windows.run([...args, '--check'])).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('a name after a drive alone gives outputs their name', () => {
    windows.write('top.mof', smallMof());
    expect(windows.run(['generate', 'P:top.mof', '-t', 'header', '-o', 'top']).exitCode).toBe(0);
    expect(windows.read('top/top_wmi.h')).toContain('SmallFan');
  });

  test.each([
    ['a depfile', ['-o', 'd', '--depfile', 'd\\a.d'], 'd/A_wmi.h: \\\n  mof/A.mof\nmof/A.mof:\n'],
    [
      'a depfile of absolute paths',
      ['-o', 'P:\\d', '--depfile', 'd\\a.d'],
      'P:/d/A_wmi.h: \\\n  mof/A.mof\nmof/A.mof:\n',
    ],
  ])('%s has slashes', (_case, options, want) => {
    windows.run(['generate', 'mof\\A.mof', '-t', 'header', ...options]);
    expect(windows.read('d/a.d')).toBe(want);
  });

  test.each([
    ['lines', 'x\\y\\A_wmi.h\n'],
    ['cmake', 'x/y/A_wmi.h\n'],
    ['json', '[\n  {\n    "path": "x\\\\y\\\\A_wmi.h",\n    "owner": "mofgen"\n  }\n]\n'],
  ])('--list-outputs as %s', (format, want) => {
    const args = ['generate', 'mof\\A.mof', '-t', 'header', '-o', 'x\\y'];
    const { stdout } = windows.run([...args, '--list-outputs', '--list-format', format]);
    expect(stdout).toBe(want);
  });

  test.each([
    ['bad\\a.mof', 'bad/a.mof'],
    ['P:\\bad\\a.mof', 'file:///P:/bad/a.mof'],
    ['\\\\?\\P:\\bad\\a.mof', 'file:///P:/bad/a.mof'],
    ['\\\\server\\p\\bad\\a.mof', 'file://server/p/bad/a.mof'],
  ])('SARIF names %s as %s', (name, want) => {
    windows.write('bad/a.mof', 'class');
    const { stdout } = windows.run(['check', name, '--diagnostics', 'sarif']);
    expect(/"uri": "(.*)"/.exec(stdout)?.[1]).toBe(want);
  });

  test('GitHub Actions gets slashes, and Visual Studio backslashes', () => {
    windows.write('bad/a.mof', 'class');
    const shown = (format: string) =>
      windows.run(['check', 'bad\\a.mof', '--diagnostics', format]).stderr;
    expect(shown('github')).toMatch(/^::error file=bad\/a\.mof,line=1,/);
    expect(shown('msvs')).toMatch(/^bad\\a\.mof\(1,/);
  });

  test('a pattern removes the outputs of a deleted MOF', () => {
    windows.write('gone/A.mof', smallMof());
    windows.write('gone/b.mof', smallMof());
    const args = ['generate', 'gone\\*.mof', '-t', 'header', '-o', 'made'];
    expect(windows.run(args).exitCode).toBe(0);
    windows.program(['cmd', '/c', 'del', 'gone\\B.MOF']);
    expect(windows.run(args)).toMatchObject({ exitCode: 0 });
    expect(() => windows.read('made/b_wmi.h')).toThrow('ENOENT');
    expect(windows.read('made/A_wmi.h')).toContain('SmallFan');
  });
});
