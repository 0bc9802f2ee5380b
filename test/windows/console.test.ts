/** A console of Windows: its code page changes nothing, and Ctrl-C ends a run at once. `script` gives Wine the terminal for one. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { environment } from '../../scripts/node-builds.mjs';
import { describeWindows, ended, windowsPath, type Windows } from './wine.js';

const hasTerminal = spawnSync('script', ['--version']).status === 0;
if (!hasTerminal) console.warn('consoles: not tested, since there is no command script');

const cli = windowsPath(resolve('dist/cli.cjs'));
const CONTROL_C = '\x03';

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** The escape sequences of colours and places. */
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[\\d;?]*[A-Za-z]|\r`, 'g');

/**
 * Runs a command at a terminal, without a shell that Ctrl-C would end before Wine, and with a locale that has all characters. `keys` are typed when it has made the file `ready`, and again until it ends.
 */
async function atTerminal(windows: Windows, command: readonly string[], keys?: string) {
  const child = spawn('script', ['-qec', `exec ${command.map(quoted).join(' ')}`, '/dev/null'], {
    cwd: windows.folder,
    env: { ...environment, SHELL: '/bin/sh', LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const typing = setInterval(() => {
    if (keys !== undefined && existsSync(join(windows.folder, 'ready'))) child.stdin.write(keys);
  }, 500);
  const exitCode = await ended(child);
  clearInterval(typing);
  return { exitCode, text: Buffer.concat(chunks).toString().replace(ESCAPES, '') };
}

/** A module that makes the file `ready` when Node runs. */
const READY = "require('node:fs').writeFileSync('ready', '');";

describeWindows('console', 'N', (windows) => {
  describe.skipIf(!hasTerminal)('at a terminal', () => {
    test.each(['437', '850', '65001'])(
      'characters beyond ASCII are shown with code page %s',
      // See the test of cmd in outputs.test.ts.
      { retry: 2 },
      async (codePage) => {
        windows.write('a.mof', 'class Gr\u00F6\u00DFe\u2713 { uint32 x = ; };');
        const [wine = '', program = ''] = windows.command([]);
        windows.write(
          'run.cmd',
          `@chcp ${codePage} >NUL\r\n@${windowsPath(program)} ${cli} check a.mof\r\n`,
        );
        const { text } = await atTerminal(windows, [wine, 'cmd', '/c', 'run.cmd']);
        expect(text).toContain('1 | class Gr\u00F6\u00DFe\u2713 { uint32 x = ; };');
        expect(text).toContain("error MOF1201: expected a value after '=', found ';'");
      },
    );

    test('Ctrl-C ends a run that waits for its input, as it ends any Node', async () => {
      windows.write('ready.cjs', READY);
      const run = async (args: readonly string[]) => {
        windows.program(['cmd', '/c', 'if exist ready del ready']);
        return atTerminal(windows, windows.command(['-r', 'N:\\ready.cjs', ...args]), CONTROL_C);
      };
      // Windows gives STATUS_CONTROL_C_EXIT; Wine gives 0, also of a Node that runs nothing of mofgen's.
      const { exitCode } = await run(['-e', 'setTimeout(() => undefined, 60_000)']);
      expect(exitCode).toBe(0);
      const check = await run([cli, 'check', '-']);
      expect(check.exitCode).toBe(exitCode);
      expect(check.text.replaceAll('^C', '').trim()).toBe('');
    });
  });
});
