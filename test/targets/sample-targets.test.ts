// The targets of samples/targets, away from this repository: what they emit, with the packed command line, is what is expected.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { targetSamples } from '../../scripts/sample-files.mjs';
import { root } from '../mof-files.js';

function mofgen(cwd: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [join(root, 'dist/cli.cjs'), ...args], {
    cwd,
    encoding: 'utf8',
  });
}

const texts = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder)
    .filter((name) => name !== '.mofgen')
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

test.each(targetSamples(root))('$name emits what is expected', ({ name, mofs }) => {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-target-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  cpSync(join(root, 'samples/targets', name), join(folder, name), { recursive: true });
  for (const mof of mofs) cpSync(join(root, mof, '..'), folder, { recursive: true });
  const inputs = mofs.map((mof) => basename(mof));
  const args = [...inputs, '-t', `./${name}/${name}.mjs`, '-o', 'out'];
  expect(mofgen(folder, ...args)).toMatchObject({ status: 0, stdout: '' });
  expect(texts(join(folder, 'out'))).toEqual(
    texts(join(root, 'samples/targets', name, 'expected')),
  );
  expect(mofgen(folder, ...args, '--check').status).toBe(0);
});

test('an option of hexpat moves the data, and a value out of its range is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-target-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const module = join(root, 'samples/targets/hexpat/hexpat.mjs');
  const args = [join(root, 'samples/smart-fan/smart-fan.mof'), '-t', module, '-o', 'out'];
  expect(mofgen(folder, ...args, '--base-address', '64').status).toBe(0);
  expect(readFileSync(join(folder, 'out/smart-fan.hexpat'), 'utf8')).toContain(
    'SmartFan data @ 0x40;',
  );
  const { status, stderr } = mofgen(folder, ...args, '--base-address', '-8');
  expect(status).toBe(2);
  expect(stderr).toContain('it takes a whole number from 0 to 2147483640');
});
