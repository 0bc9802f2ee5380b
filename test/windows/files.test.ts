/**
 * Writing on Windows: files that are write-protected or open in another program, runs that are killed, several runs at once. The old
 * file or the new one is there, whole; the exit code is 3 when nothing could be written; and nothing is left after the next run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { smallMof } from '../cli/command-line.js';
import { describeWindows, ended, windowsPath } from './wine.js';

const MINGW = 'x86_64-w64-mingw32-gcc';
const hasCompiler = spawnSync(MINGW, ['--version']).status === 0;
if (!hasCompiler)
  console.warn(`files that are open elsewhere: not tested, since there is no ${MINGW}`);

/** So many runs are killed, at moments from the start of the program to the end. */
const ROUNDS = 12;

const IN_USE = 'another program has it open, or it is write-protected';

const old = smallMof('Old');
const fresh = smallMof('Fresh');
const GENERATE = ['generate', 'a.mof', '-t', 'header', '-o', 'gen'];
const HEADER = 'gen\\a_wmi.h';

describeWindows('files', 'F', (windows) => {
  const temporaries = () =>
    readdirSync(windows.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.tmp'),
    );

  /** The folder with the output of the old text, and the fresh text as input. */
  beforeEach(() => {
    windows.empty();
    windows.write('a.mof', old);
    expect(windows.run(GENERATE).exitCode).toBe(0);
    windows.write('a.mof', fresh);
  });

  /** Expects the state after a run that could not write, and after the next run, which can. */
  const expectOldThenNew = (free: () => void) => {
    expect(windows.read('gen/a_wmi.h')).toContain('Old');
    free();
    expect(windows.run(GENERATE)).toMatchObject({ exitCode: 0, stderr: 'a.mof: 1 written\n' });
    expect(windows.read('gen/a_wmi.h')).toContain('Fresh');
    expect(temporaries()).toEqual([]);
  };

  test('a write-protected output is left alone, with exit code 3', () => {
    windows.program(['cmd', '/c', 'attrib', '+r', HEADER]);
    expect(windows.run(GENERATE)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `mofgen: cannot write '${HEADER}': ${IN_USE}\n`,
    });
    expect(temporaries()).toEqual([]);
    expect(windows.run([...GENERATE, '--check', '-q']).exitCode).toBe(1);
    expectOldThenNew(() => windows.program(['cmd', '/c', 'attrib', '-r', HEADER]));
  });

  test('a file in the place of the output folder is named', () => {
    windows.write('file', '');
    expect(windows.run([...GENERATE.slice(0, -1), 'file\\gen'])).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `mofgen: cannot write 'file\\gen\\a_wmi.h': 'file' is a file, not a folder; name another folder\n`,
    });
  });

  describe.skipIf(!hasCompiler)('open in another program', () => {
    /** Opens a file in another program; the result closes it. */
    const hold = async (file: string, sharing: string, until = 'free') => {
      mkdirSync(join(windows.folder, 'tools'), { recursive: true });
      const program = join(windows.folder, 'tools/hold.exe');
      const source = resolve('test/windows/hold.c');
      expect(spawnSync(MINGW, ['-O1', '-Wall', '-Werror', source, '-o', program]).status).toBe(0);
      const child = windows.start([windowsPath(program), file, sharing, 'held', until]);
      const end = ended(child);
      while (!existsSync(join(windows.folder, 'held'))) await sleep(20);
      return async () => {
        windows.write('free', '');
        expect(await end).toBe(0);
      };
    };

    test.each(['none', 'read', 'all'])(
      'an output that others may share as %s: the old file stays, with exit code 3',
      async (sharing) => {
        const free = await hold(HEADER, sharing);
        const { exitCode, stderr } = windows.run(GENERATE);
        await free();
        // A file without read access cannot be compared.
        const verb = sharing === 'none' ? 'read' : 'write';
        const reason = sharing === 'none' ? 'the file is in use' : IN_USE;
        expect({ exitCode, stderr }).toEqual({
          exitCode: 3,
          stderr: `mofgen: cannot ${verb} '${HEADER}': ${reason}\n`,
        });
        expectOldThenNew(() => undefined);
      },
    );

    test('an output that is open for a moment only is written', async () => {
      const free = await hold(HEADER, 'read', 'gen\\.mofgen-*.tmp');
      expect(windows.run(GENERATE)).toMatchObject({ exitCode: 0, stderr: 'a.mof: 1 written\n' });
      await free();
      expect(windows.read('gen/a_wmi.h')).toContain('Fresh');
      expect(temporaries()).toEqual([]);
    });

    test('an input that is locked against reading is a failure to read', async () => {
      const free = await hold('a.mof', 'none');
      const result = windows.run(['check', 'a.mof']);
      await free();
      expect(result).toEqual({
        exitCode: 3,
        stdout: '',
        stderr: `error MOF1001: cannot read 'a.mof': the file is in use\n1 error\n`,
      });
    });

    test('an input that is open elsewhere is read', async () => {
      const free = await hold('a.mof', 'read');
      const result = windows.run(['check', 'a.mof']);
      await free();
      expect(result).toMatchObject({ exitCode: 0, stderr: 'a.mof: ok, 1 WMI class\n' });
    });
  });

  test('runs that are killed leave the old file or the new one, whole', async () => {
    const names = ['a_wmi.h', 'a.g.ts', 'a.provider.ts'];
    const generate = ['generate', 'a.mof', '-t', 'header,ts', '-o', 'gen'];
    windows.empty();
    const texts = (folder: string) => names.map((name) => windows.read(`${folder}/${name}`));
    const wanted = [old, fresh].map((text, at) => {
      windows.write('a.mof', text);
      expect(windows.run([...generate.slice(0, -1), `want${at}`]).exitCode).toBe(0);
      return texts(`want${at}`);
    });
    expect(windows.run(generate).exitCode).toBe(0);
    const started = Date.now();
    windows.run(generate);
    const usual = Date.now() - started;
    for (let round = 0; round < ROUNDS; round++) {
      windows.write('a.mof', round % 2 === 0 ? old : fresh);
      const child = windows.start(windows.commandLine(generate));
      const end = ended(child);
      await sleep(usual * (0.3 + (0.7 * round) / ROUNDS));
      child.kill('SIGKILL');
      await end;
      for (const [at, name] of names.entries()) {
        const allowed = wanted.map((each) => each[at]);
        expect(allowed).toContain(windows.read(`gen/${name}`));
      }
    }
    windows.write('a.mof', fresh);
    expect(windows.run(generate).exitCode).toBe(0);
    expect(texts('gen').slice(0, 2)).toEqual(wanted[1]?.slice(0, 2));
    expect(temporaries()).toEqual([]);
  });

  test.each([2, 8])('%i runs at once into one folder', async (count) => {
    const children = Array.from({ length: count }, () =>
      windows.start(windows.commandLine(['generate', 'a.mof', '-t', 'kmdf', '-o', 'gen'])),
    );
    expect(await Promise.all(children.map(ended))).toEqual(children.map(() => 0));
    expect(windows.run(['generate', 'a.mof', '-t', 'kmdf', '-o', 'gen', '--check']).exitCode).toBe(
      0,
    );
    expect(temporaries()).toEqual([]);
  });
});
