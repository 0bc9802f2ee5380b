/** The syntax of depfiles: as GCC writes it, and as Ninja and Make read it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { depfileText } from '../../src/cli/depfile.js';
import { CommandFailure } from '../../src/cli/failures.js';
import { hasBuildTools } from './build-tools.js';

const b = '\\';

/** A file name, and its form in a rule. */
const names = [
  ['plain.mof', 'plain.mof'],
  ['風扇 ä.mof', `風扇${b} ä.mof`],
  ['two  spaces.mof', `two${b} ${b} spaces.mof`],
  [' first.mof', `${b} first.mof`],
  ['c#.mof', `c${b}#.mof`],
  ['$HOME$$.mof', '$$HOME$$$$.mof'],
  [`a${b}b.mof`, `a${b}b.mof`],
  [`a${b} b.mof`, `a${b}${b}${b} b.mof`],
  [`a${b}${b} b.mof`, `a${b}${b}${b}${b}${b} b.mof`],
  [`a${b}#b.mof`, `a${b}${b}#b.mof`],
  ['a(b)[c]{d},+=@~%!.mof', 'a(b)[c]{d},+=@~%!.mof'],
] as const;

test.each(names)('%j is written in a rule as %s', (name, written) => {
  // Make would misread a rule with this name as its target.
  const own = /[%=]/.test(name) ? '' : `${written}:\n`;
  expect(depfileText('out.h', [name])).toBe(`out.h: ${b}\n  ${written}\n${own}`);
  expect(depfileText(name, [])).toBe(`${written}:\n`);
});

test('a rule has one file on a line, in the order given', () => {
  expect(depfileText('gen/a.h', ['b.mof', 'a.mof', 'c.mof'])).toBe(
    `gen/a.h: ${b}\n  b.mof ${b}\n  a.mof ${b}\n  c.mof\nb.mof:\na.mof:\nc.mof:\n`,
  );
});

test.each([
  ['a line break', 'a\nb.mof', String.raw`'a\nb.mof' cannot be written into a depfile`],
  ['a tabulator', 'a\tb.mof', String.raw`'a\tb.mof' cannot be written into a depfile`],
  ['a NUL', 'a\0b.mof', String.raw`'a\x00b.mof' cannot be written into a depfile`],
  ['a backslash at the end', `a${b}`, `'a${b}' cannot be written into a depfile`],
])('a name that no rule can hold is refused: %s', (_case, name, message) => {
  for (const write of [() => depfileText(name, []), () => depfileText('out.h', [name])]) {
    expect(write).toThrow(CommandFailure);
    expect(write).toThrow(message);
  }
});

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-depfile-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function succeed(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  expect(status, `${command} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

const files = names.map(([name]) => name);

describe.skipIf(!hasBuildTools('depfiles as GCC writes them', ['gcc']))('GCC', () => {
  test.each(names)('writes %j like mofgen', (name, written) => {
    const folder = scratch();
    for (const each of [name, 'main.c']) writeFileSync(join(folder, each), '');
    const args = ['-M', '-nostdinc', '-ffreestanding', '-MT', 'out', '-include', `./${name}`];
    const rule = succeed(folder, 'gcc', ...args, 'main.c').replaceAll(/\\\n/g, '');
    // A name of two words at the start would follow the folder.
    expect(rule.trimEnd().endsWith(written), rule).toBe(true);
  });
});

describe.skipIf(!hasBuildTools('depfiles as Ninja reads them', ['ninja']))('Ninja', () => {
  test('reads the names back', () => {
    const folder = scratch();
    for (const name of files) writeFileSync(join(folder, name), '');
    writeFileSync(join(folder, 'rule.d'), depfileText('out', files));
    writeFileSync(
      join(folder, 'build.ninja'),
      'rule r\n  command = cp rule.d $out.d && touch $out\n  depfile = $out.d\n  deps = gcc\nbuild out: r\n',
    );
    succeed(folder, 'ninja');
    const [, ...lines] = succeed(folder, 'ninja', '-t', 'deps', 'out').trimEnd().split('\n');
    expect(lines).toEqual(files.map((name) => `    ${name}`));
    expect(succeed(folder, 'ninja')).toContain('no work to do');
  });
});

describe.skipIf(!hasBuildTools('depfiles as Make reads them', ['make']))('Make', () => {
  // A backslash before a number sign looks like an escape, and GCC does not handle that.
  const readable = files.filter((name) => !name.includes(`${b}#`));

  test('reads the names back', () => {
    const folder = scratch();
    for (const name of readable) writeFileSync(join(folder, name), '');
    const rule = depfileText('out', readable);
    const recipe = 'out:\n\t@for each in $^; do :; done; touch out\n';
    writeFileSync(join(folder, 'Makefile'), `${recipe}${rule}`);
    writeFileSync(join(folder, 'out'), '');
    for (const name of readable) {
      succeed(folder, 'touch', '-d', '2001-01-01', '--', ...readable.map((each) => `./${each}`));
      succeed(folder, 'touch', '-d', '2002-02-02', 'out');
      expect(spawnSync('make', ['-q'], { cwd: folder }).status).toBe(0);
      succeed(folder, 'touch', '-d', '2003-03-03', `./${name}`);
      expect({ name, status: spawnSync('make', ['-q'], { cwd: folder }).status }).toEqual({
        name,
        status: 1,
      });
    }
    expect(readFileSync(join(folder, 'Makefile'), 'utf8')).toContain(rule);
  });

  test.each(readable.filter((name) => !/[%=]/.test(name)))('goes on when %j is gone', (name) => {
    const folder = scratch();
    for (const each of ['a.mof', name]) writeFileSync(join(folder, each), '');
    writeFileSync(join(folder, 'out.d'), depfileText('out', ['a.mof', name]));
    writeFileSync(join(folder, 'Makefile'), 'out: a.mof\n\ttouch out\n-include out.d\n');
    succeed(folder, 'make');
    expect(succeed(folder, 'make')).toContain('up to date');
    rmSync(join(folder, name));
    expect(succeed(folder, 'make')).toContain('touch out');
  });
});
