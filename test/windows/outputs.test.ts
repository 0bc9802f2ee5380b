/** What the command line writes on Windows: the bytes that it writes on Linux, whatever the encoding and the line ends of the input. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { samples } from '../../scripts/sample-files.mjs';
import { targetNames } from '../../src/index.js';
import { smallMof } from '../cli/command-line.js';
import { describeWindows, onLinux } from './wine.js';

/** The text of every file below a folder, by its name. */
function textsIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.sort().map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')]),
  );
}

const root = resolve('.');
const inputs = samples(root).map(({ mof }) => mof);

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const swapped = (text: string) => utf16(text).swap16();
const crlf = (text: string) => text.replaceAll('\n', '\r\n');
const mof = smallMof('Fan', '[WmiDataId(3), Description("gr\u00F6\u00DFer")] uint32 Size;');

describeWindows('outputs', 'O', (windows) => {
  beforeAll(() => {
    for (const { name } of samples(root)) {
      const folder = join(root, 'samples', name);
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/^(?!expected).*\.(?:mof|h|mfl)$/.test(file)) continue;
        windows.write(`samples/${name}/${file}`, readFileSync(join(folder, file)));
      }
    }
  });

  test.each(targetNames)('the files of %s, for every sample', (target) => {
    const args = (output: string) => ['generate', ...inputs, '-t', target, '-o', output];
    const want = onLinux(windows.folder, args(`linux-${target}`));
    expect(want.exitCode).toBe(0);
    expect(windows.run(args(`windows-${target}`))).toEqual(want);
    const [here, there] = ['linux', 'windows'].map((system) =>
      textsIn(join(windows.folder, `${system}-${target}`)),
    );
    expect(there).toEqual(here);
    // Each recognizes the other's files as its own.
    expect(windows.run([...args(`linux-${target}`), '--check', '-q']).exitCode).toBe(0);
  });

  test.each([
    [
      'compile',
      ['compile', inputs[0] ?? '', '-o', '$/a.bmf', '--hex', '$/a.h', '--asl', '$/a.asl'],
    ],
    ['split', ['split', inputs[0] ?? '', '-o', '$/split']],
  ])('the files of %s', (_command, args) => {
    for (const system of ['linux', 'windows']) {
      const all = args.map((each) => each.replace('$', `${system}-made`));
      windows.write(`${system}-made/x`, '');
      const result = system === 'linux' ? onLinux(windows.folder, all) : windows.run(all);
      expect(result.exitCode).toBe(0);
    }
    const [here, there] = ['linux', 'windows'].map((system) =>
      textsIn(join(windows.folder, `${system}-made`)),
    );
    expect(there).toEqual(here);
  });

  let encodings = 0;

  test.each([
    ['LF', Buffer.from(mof)],
    ['CRLF', Buffer.from(crlf(mof))],
    ['UTF-16, as PowerShell writes with >', utf16(crlf(mof))],
    ['UTF-16 with the higher byte first', swapped(crlf(mof))],
    [
      'UTF-8 with a byte order mark, as Set-Content -Encoding utf8 writes',
      Buffer.from(`\uFEFF${crlf(mof)}`),
    ],
  ])('an input with %s gives the same files, from disk and from a pipe', (_case, bytes) => {
    windows.write('linux.mof', mof);
    windows.write('file/linux.mof', bytes);
    // Each case has folders of its own: Wine deletes a folder some time after the program that deletes it has ended.
    encodings++;
    const folderOf = (what: string) => `${what}-${encodings}`;
    const args = (output: string) => ['-t', 'kmdf', '-o', folderOf(output)];
    onLinux(windows.folder, ['generate', 'linux.mof', ...args('want')]);
    expect(windows.run(['generate', 'file\\linux.mof', ...args('got')]).exitCode).toBe(0);
    const piped = ['generate', '-', '--stdin-filename', 'linux.mof', ...args('piped')];
    expect(windows.run(piped, bytes).exitCode).toBe(0);
    const [want, got, fromPipe] = ['want', 'got', 'piped'].map((folder) => {
      const texts = textsIn(join(windows.folder, folderOf(folder)));
      // The records name the inputs, which are in other folders.
      return Object.entries(texts).filter(([name]) => !name.endsWith('.sums'));
    });
    expect(got).toEqual(want);
    expect(fromPipe).toEqual(want);
  });

  test('a file that Git made CRLF is current, and stays as it is', () => {
    windows.write('a.mof', mof);
    const args = ['generate', 'a.mof', '-t', 'header', '-o', 'crlf'];
    windows.run(args);
    const text = crlf(windows.read('crlf/a_wmi.h'));
    windows.write('crlf/a_wmi.h', text);
    expect(windows.run([...args, '--check']).exitCode).toBe(0);
    expect(windows.run(args).stderr).toContain('1 unchanged');
    expect(windows.read('crlf/a_wmi.h')).toBe(text);
  });

  test.each([
    ['a redirection of cmd', 'mofgen.cmd check - < a16.mof', '<stdin>: ok, 1 WMI class\n'],
    // Of UTF-16, 'type' makes another text.
    ['a pipe of cmd', 'type a.mof | mofgen.cmd check -', '<stdin>: ok, 1 WMI class\n'],
    ['a file of cmd', 'mofgen.cmd show a16.mof > shown.txt & type shown.txt', /^class +role/],
    // Once in several hundred runs, cmd of Wine cannot start a program that is there ("Can't recognize …").
  ])('%s', { retry: 2 }, (_case, line, want) => {
    windows.write('a16.mof', utf16(crlf(smallMof())));
    windows.write('a.mof', crlf(smallMof()));
    const [, program = '', ...args] = windows.command([]);
    expect(args).toEqual([]);
    const cli = resolve('dist/cli.cjs').replaceAll('/', '\\');
    windows.write('mofgen.cmd', `@Z:${program.replaceAll('/', '\\')} Z:${cli} %*\r\n`);
    const { stdout, stderr } = windows.program(['cmd', '/c', line]);
    if (typeof want === 'string') expect(stdout + stderr).toBe(want);
    else expect(stdout).toMatch(want);
  });
});
