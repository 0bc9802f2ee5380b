/** The completion scripts, in the shells themselves: bash here, zsh and fish where they are; of PowerShell's only the brackets. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Shell, SHELLS } from '../../src/cli/completion/shells.js';
import { run } from '../../src/cli/main.js';
import { DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { TARGET_NAMES } from '../../src/targets/loading.js';
import { perRun } from '../effort.js';
import { hasBuildTools } from './build-tools.js';
import { workplace } from './command-line.js';

let folder = '';
const scripts: Record<Shell, string> = { bash: '', zsh: '', fish: '', pwsh: '' };

async function printed(...args: string[]): Promise<string> {
  let stdout = '';
  await run(args, {
    stdout: (text) => (stdout += text),
    stdoutBytes: () => undefined,
    stderr: () => undefined,
    readStdin: () => Promise.resolve(new Uint8Array()),
    cwd: folder,
    env: {},
    stderrIsTerminal: false,
  });
  return stdout;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mofgen-completion-'));
  for (const name of ['fan one.mof', 'fan.txt']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'fans'));
  for (const shell of SHELLS) {
    scripts[shell] = await printed('completion', shell);
    writeFileSync(join(folder, `script.${shell}`), scripts[shell]);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What is typed, the last word being completed, and what is offered: all of it, or at least these words. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['a command', ['mofgen', 'che'], ['check']],
  ['an option', ['mofgen', 'check', '--diag'], ['--diagnostics', '--diagnostics-file']],
  ['an option of the default command', ['mofgen', 'a.mof', '--list-f'], ['--list-format']],
  ['an option of no other command', ['mofgen', 'show', '--mer'], ['--mermaid']],
  ['nothing of another command', ['mofgen', 'show', '--list'], []],
  ['a choice', ['mofgen', 'check', '--diagnostics', 's'], ['sarif']],
  ['a choice of a target', ['mofgen', 'a.mof', '--impl-ext', 'c'], ['c', 'cpp']],
  ['an architecture', ['mofgen', 'check', '--wdk', 'x'], ['x64', 'x86']],
  ['a target', ['mofgen', 'a.mof', '-t', 'k'], ['kmdf']],
  ['another target', ['mofgen', 'generate', 'a.mof', '-t', 'ts,wd'], ['ts,wdm']],
  ['a code', ['mofgen', 'explain', 'MOF220'], codes('MOF220')],
  ['a code after a comma', ['mofgen', 'check', '--deny', 'MOF1010,MOF143'], ['MOF1010,MOF1430']],
  ['a shell', ['mofgen', 'completion', 'f'], ['fish']],
  ['a topic of help', ['mofgen', 'help', 'wmi'], ['wmimofck']],
  ['a switch of another tool', ['mofgen', 'mofcomp', '-B'], ['-B:']],
  ['files for an input', ['mofgen', 'check', 'fan'], ['fan one.mof', 'fan.txt', 'fans']],
  ['folders', ['mofgen', 'check', '-I', 'fan'], ['fans']],
  ['a file', ['mofgen', 'compile', 'a.mof', '-o', 'fan.'], ['fan.txt']],
];

/** Fish and zsh take most of a second for each. */
const slowCases = perRun({ thorough: cases, quick: cases.slice(0, 2) });

function codes(start: string): string[] {
  return Object.keys(DIAGNOSTICS).filter((code) => code.startsWith(start));
}

describe('bash', () => {
  function offered(words: readonly string[]): string[] {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const program = `source script.bash; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}
      _mofgen; ((\${#COMPREPLY[@]} == 0)) || printf '%s\\n' "\${COMPREPLY[@]}"`;
    const args = ['--norc', '--noprofile', '-c', program];
    const { stdout, stderr } = spawnSync('bash', args, { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter(Boolean).sort();
  }

  test.each(cases)('offers %s', (_case, words, want) => {
    expect(offered(words)).toEqual([...want].sort());
  });

  test('takes an option with an equals sign apart, as bash does', () => {
    expect(offered(['mofgen', 'check', '--diagnostics', '=', 'j'])).toEqual(['json']);
    expect(offered(['mofgen', 'check', '--diagnostics', '='])).toContain('json');
  });

  test('offers only files after --', () => {
    expect(offered(['mofgen', 'check', '--', '--d'])).toEqual([]);
    expect(offered(['mofgen', 'check', '--', 'fan.'])).toEqual(['fan.txt']);
  });

  test('offers a path that begins with a slash', () => {
    expect(offered(['mofgen', 'check', folder])).toEqual([folder]);
  });

  test('offers commands and files for the first word', () => {
    expect(offered(['mofgen', ''])).toEqual(expect.arrayContaining(['generate', 'fan.txt']));
  });
});

describe.skipIf(!hasBuildTools('completion for fish', ['fish']))('fish', () => {
  function offered(words: readonly string[]): string[] {
    const line = words.map((word) => word.replaceAll(' ', '\\ ')).join(' ');
    const program = `source script.fish; complete -C '${line}'`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', program], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
    });
    expect(stderr).toBe('');
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((each) => each.replace(/\t.*$/, '').replace(/\/$/, ''))
      .sort();
  }

  test.each(slowCases)('offers %s', (_case, words, want) => {
    expect(offered(words)).toEqual([...want].sort());
  });

  test('describes what it offers', () => {
    const args = ['--no-config', '-c', "source script.fish; complete -C 'mofgen stu'"];
    const { stdout } = spawnSync('fish', args, { cwd: folder, encoding: 'utf8' });
    expect(stdout).toBe(
      'stubs\tprint the stubs that your own files lack after a change of the MOF\n',
    );
  });
});

describe.skipIf(!hasBuildTools('completion for zsh', ['zsh']))('zsh', () => {
  /** What a shell at a terminal offers: the list is printed by a widget in place of the screen. */
  function offered(words: readonly string[], load = 'source ./script.zsh'): string[] {
    const line = words.map((word) => word.replaceAll(' ', '\\ ')).join(' ');
    const inner = `
PS1=; setopt no_beep; autoload -Uz compinit; compinit -u -D; ${load}
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a found; builtin compadd -A found "$@"; local each
  for each in $found; do print -r -- "OFFER:$IPREFIX$each"; done
  builtin compadd "$@"
}
finish() { zle list-choices; print -r -- DONE; exit; }
zle -N finish; bindkey '^X' finish; print -r -- READY`;
    writeFileSync(join(folder, 'inner.zsh'), inner);
    const outer = `
zmodload zsh/zpty; zpty z zsh -f -i
zpty -w z 'source ./inner.zsh'; zpty -r -m z all $'*READY\\r*'
zpty -n -w z '${line}'$'\\x18'; zpty -r -m z all '*DONE*'; print -r -- "$all"`;
    const { stdout } = spawnSync('zsh', ['-f', '-c', outer], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 20_000,
      env: { ...process.env, TERM: 'dumb', HOME: folder, ZDOTDIR: folder },
    });
    expect(stdout).toContain('DONE');
    const found = Array.from(stdout.matchAll(/OFFER:([^\r\n]*)/g), ([, each = '']) => each);
    return [...new Set(found.map((each) => each.replace(/[=/]$/, '').replaceAll('\\', '')))].sort();
  }

  test.each(slowCases)('offers %s', (_case, words, want) => {
    // Of a list with commas, zsh offers the member alone or all of the list, by version.
    const members = want.map((each) => each.replace(/^.*,/, ''));
    expect(offered(words).map((each) => each.replace(/^.*,/, ''))).toEqual([...members].sort());
  });

  test('is found in a folder of functions', () => {
    writeFileSync(join(folder, '_mofgen'), scripts.zsh);
    const load = 'autoload -Uz $PWD/_mofgen; compdef _mofgen mofgen';
    expect(offered(['mofgen', 'che'], load)).toEqual(['check']);
    rmSync(join(folder, '_mofgen'));
  });

  test('has no syntax error', () => {
    expect(spawnSync('zsh', ['-n', join(folder, 'script.zsh')]).status).toBe(0);
  });
});

describe('pwsh', () => {
  test('closes every bracket, and has no key of a table twice', () => {
    const open: string[] = [];
    const keys: Set<string>[] = [];
    const closing = new Map([
      ['}', '{'],
      [')', '('],
      [']', '['],
    ]);
    const tokens = scripts.pwsh
      .replaceAll(/^\s*#.*$/gm, '')
      .matchAll(/'(?:[^']|'')*'(?= = )|'(?:[^']|'')*'|[{}()[\]]/g);
    for (const [token] of tokens) {
      if (/^[{([]$/.test(token)) {
        open.push(token);
        keys.push(new Set());
      } else if (closing.has(token)) {
        expect(open.pop()).toBe(closing.get(token));
        keys.pop();
      } else if (/^'-/.test(token)) {
        const all = keys.at(-1);
        const key = token.toLowerCase();
        if (open.at(-1) === '{') {
          expect(all?.has(key), `${token} twice`).toBe(false);
          all?.add(key);
        }
      }
    }
    expect(open).toEqual([]);
  });

  test('has the commands, the targets and the codes', () => {
    for (const word of ['generate', 'wmimofck', ...TARGET_NAMES, ...codes('MOF')]) {
      expect(scripts.pwsh).toContain(`'${word}'`);
    }
  });
});

test.each([
  ['no shell', ['completion'], 'name a shell: mofgen completion bash|zsh|fish|pwsh'],
  ['an unknown shell', ['completion', 'tcsh'], 'bash, zsh, fish, pwsh'],
])('%s is refused', async (_case, args, message) => {
  const { exitCode, stdout, stderr } = await workplace().run(args);
  expect(stderr).toContain(message);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});
