/** docs/breaking.md: its example is what mofgen prints, and it has every code with its severity. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { workplace } from '../cli/command-line.js';

const text = readFileSync(join(import.meta.dirname, '../../docs/breaking.md'), 'utf8');

function blockAfter(marker: string): string {
  const pattern = new RegExp(`<!-- ${marker} -->\\s*\`\`\`\\w*\\n([\\s\\S]*?)\`\`\``);
  const [, block] = pattern.exec(text) ?? [];
  if (block === undefined) throw new Error(`docs/breaking.md has no block '${marker}'`);
  return block;
}

test.runIf(spawnSync('git', ['--version']).status === 0)('the example', async () => {
  const { run, folder, path } = workplace({ 'fan.mof': blockAfter('old') });
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-qm', 'x'],
    ['tag', 'v1.0'],
  ]) {
    expect(spawnSync('git', [...identity, ...args], { cwd: folder }).status).toBe(0);
  }
  writeFileSync(path('fan.mof'), blockAfter('new'));
  const args = ['breaking', 'fan.mof', '--against', 'git:v1.0', '--diagnostics', 'pretty'];
  const { exitCode, stderr } = await run(args, { env: { PATH: process.env['PATH'] ?? '' } });
  expect(stderr).toBe(blockAfter('prints'));
  expect(exitCode).toBe(1);
});

test('every code of a change is in a table, with its severity', () => {
  const documented = new Set(text.match(/MOF6\d{3} (?:error|warning)/g));
  const codes = Object.entries(DIAGNOSTICS).filter(([code]) => code.startsWith('MOF6'));
  expect([...documented].sort()).toEqual(
    codes.map(([code, { severity }]) => `${code} ${severity}`),
  );
});
