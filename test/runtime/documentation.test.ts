/**
 * docs/runtime.md shows what the runtime does: its examples run, its message is the real one, its tables are complete.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runInThisContext } from 'node:vm';
import { build, transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import * as wmi from '../../src/runtime/index.js';
import { noKmdfQuirks } from '../../src/runtime/kmdf/quirks.js';
import {
  registerSmartFan,
  SmartFanBlock,
} from '../../samples/smart-fan/expected/ts/smart-fan.g.js';
import { SmartFanInMemory } from '../../samples/smart-fan/expected/ts/smart-fan.provider.js';

const page = readFileSync('docs/runtime.md', 'utf8');

/** The fenced block after a marker comment. */
function blockAfter(marker: string): string {
  const found = new RegExp(`<!-- ${marker} -->\\s*\`\`\`\\w*\\n([\\s\\S]*?)\`\`\``).exec(page);
  if (found?.[1] === undefined) throw new Error(`no block is marked ${marker}`);
  return found[1];
}

test('the provider test runs and passes, and has ten lines', async () => {
  const example = blockAfter('test');
  const [, body = ''] = /^test\(.*\n([\s\S]*)^}\);/m.exec(example) ?? [];
  expect(body.trim().split('\n').length).toBeLessThanOrEqual(10);
  const folder = resolve('build/runtime-documentation');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'example.ts'), example);
  for (const name of ['smart-fan.g.ts', 'smart-fan.provider.ts']) {
    copyFileSync(join('samples/smart-fan/expected/ts', name), join(folder, name));
  }
  await build({
    entryPoints: [join(folder, 'example.ts')],
    outfile: join(folder, 'example.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { 'mofgen/runtime': resolve('src/runtime/index.ts') },
  });
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--test', '--test-reporter=tap', join(folder, 'example.mjs')],
    { encoding: 'utf8', env: { ...process.env, NODE_TEST_CONTEXT: undefined } },
  );
  expect(stdout).toContain('ok 1 - a set that is one byte short changes nothing');
  expect(stdout).toContain('# pass 1');
  expect(status).toBe(0);
});

test('the message is what an unexpected status says', () => {
  const machine = wmi.createMachine();
  const provider = new SmartFanInMemory();
  machine.register(registerSmartFan, { SmartFan: provider });
  machine.faults.shortBuffer(77);
  const status = machine.open(SmartFanBlock).set(provider.data);
  expect(() => machine.expectStatus(status, wmi.STATUS_SUCCESS)).toThrow(
    new Error(blockAfter('message')),
  );
});

test('the matcher matches, and says what it got when it does not', () => {
  const withoutImports = blockAfter('matcher').replace(/^import .*\n/gm, '');
  const { code } = transformSync(withoutImports, { loader: 'ts' });
  const extend = runInThisContext(`(expect, expectStatus) => { ${code} }`) as (
    ...names: readonly unknown[]
  ) => void;
  extend(expect, wmi.expectStatus);
  const expectation = (actual: wmi.StatusCarrier) =>
    expect(actual) as unknown as {
      toHaveStatus(status: wmi.NtStatus): void;
      readonly not: { toHaveStatus(status: wmi.NtStatus): void };
    };
  expectation(wmi.STATUS_SUCCESS).toHaveStatus(wmi.STATUS_SUCCESS);
  expectation({ status: wmi.STATUS_PENDING }).not.toHaveStatus(wmi.STATUS_SUCCESS);
  expect(() => expectation(wmi.STATUS_PENDING).toHaveStatus(wmi.STATUS_SUCCESS)).toThrow(
    'expected STATUS_SUCCESS, got STATUS_PENDING (0x00000103)',
  );
});

test('generated blocks run on all driver models', () => {
  const { code } = transformSync(blockAfter('models'), { loader: 'ts' });
  const names = { ...wmi, SmartFanBlock, SmartFanInMemory };
  const run = runInThisContext(
    `({ ${Object.keys(names).join(', ')} }) => { ${code}; return kernel; }`,
  ) as (scope: typeof names) => wmi.Kernel;
  const kernel = run(names);
  const { dataBlockObject } = kernel.ioWmiOpenBlock(SmartFanBlock.guid, wmi.WMIGUID_QUERY);
  if (dataBlockObject === undefined) throw new Error('no block');
  const { instances = [] } = kernel.ioWmiQueryAllData(dataBlockObject, 4096);
  expect(instances.map(({ instanceName }) => instanceName)).toEqual([
    'ROOT\\KMDF\\0000_0',
    'ROOT\\KMDF\\0000_1',
    'front',
    'rear',
    'ROOT\\WMILIB\\0000_0',
    'ROOT\\WMILIB\\0000_1',
  ]);
});

test.each([
  ['quirk', Object.keys(noKmdfQuirks)],
  ['fault', Object.keys(wmi.createMachine().faults).filter((name) => name !== 'armed')],
  ['member of a machine', Object.keys(wmi.createMachine())],
])('every %s is on the page', (_what, names) => {
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(page).toMatch(new RegExp(`\`[^\`]*\\b${name}\\b[^\`]*\``));
});
