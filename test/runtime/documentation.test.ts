/**
 * docs/runtime.md matches the runtime: its examples run, its message is the real one, its tables are complete.
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
  registerSensorLog,
  SensorLogBlock,
  SensorLogCodec,
  SensorLogDrainInputCodec,
} from '../../samples/sensor-log/expected/ts/sensor-log.g.js';
import { SensorLogInMemory } from '../../samples/sensor-log/expected/ts/sensor-log.provider.js';
import {
  registerSmartFan,
  SmartFanBlock,
  SmartFanCodec,
  SmartFanModeValues,
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

test('the message is that of an unexpected status', () => {
  const machine = wmi.createMachine();
  const provider = new SmartFanInMemory();
  machine.register(registerSmartFan, { SmartFan: provider });
  machine.faults.shortBuffer(77);
  const status = machine.open(SmartFanBlock).set(provider.data);
  expect(() => machine.expectStatus(status, wmi.STATUS_SUCCESS)).toThrow(
    new Error(blockAfter('message')),
  );
});

test('the matcher matches, and reports the actual status when it does not', () => {
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

/** Runs the block after `marker` with what it uses, and returns `result`. */
function run<Result>(
  marker: string,
  scope: Readonly<Record<string, unknown>>,
  result = '',
): Result {
  const { code } = transformSync(blockAfter(marker), { loader: 'ts' });
  const text = `({ ${Object.keys(scope).join(', ')} }) => { ${code}; return ${result || 'undefined'}; }`;
  return (runInThisContext(text) as (scope: unknown) => Result)(scope);
}

/** A machine with a fan and two sensors, and what the page's examples use. */
function exampleScope() {
  const machine = wmi.createMachine();
  const provider = new SmartFanInMemory();
  machine.register(registerSmartFan, { SmartFan: provider });
  machine.register(registerSensorLog, {
    SensorLog: ['inlet', 'outlet'].map((name) => ({ name, provider: new SensorLogInMemory() })),
  });
  const fan = machine.open(SmartFanBlock);
  const log = machine.open(SensorLogBlock);
  machine.trace.clear();
  const { itemBytes, uint32, unlistedValue } = wmi;
  const values = { SmartFanModeValues, SmartFanCodec, data: provider.data };
  return { machine, provider, fan, log, itemBytes, uint32, unlistedValue, ...values };
}

test('the typed requests run', () => {
  const { machine, provider, SmartFanModeValues } = exampleScope();
  const scope = { machine, SmartFanBlock, SensorLogBlock, SmartFanModeValues };
  const answer = run<object>('typed', scope, '{ status, output }');
  expect(answer).toEqual({
    status: wmi.STATUS_SUCCESS,
    output: { Count: 0, Samples: [], Note: '' },
  });
  expect(provider.data).toMatchObject({ TargetSpeed: 1200, Mode: 2 });
});

test('each raw request returns the documented status', () => {
  const scope = exampleScope();
  run('raw', scope);
  const stated = Array.from(blockAfter('raw').matchAll(/STATUS_\w+/g), ([name]) => name);
  expect(stated).toHaveLength(4);
  const ends = scope.machine.trace.flatMap((event) =>
    event.kind === 'routineEnd' ? wmi.ntStatusName(event.status) : [],
  );
  expect(ends).toEqual(stated);
});

test('the values are set', () => {
  const scope = exampleScope();
  run('values', scope);
  expect(scope.provider.data.Mode).toBe(3);
});

test('the JSON is what toJson gives', () => {
  const lines: string[] = [];
  const console = { log: (line: string) => lines.push(line) };
  run('json', { console, toJson: wmi.toJson });
  expect(blockAfter('json')).toContain(`// ${lines.join()}\n`);
  expect(lines).toHaveLength(1);
});

test('the datetime calls return the documented results', () => {
  const { fromDatetime, fromInterval, toDatetime, toInterval } = wmi;
  const rows = Array.from(
    page.matchAll(/^\| `((?:to|from)(?:Datetime|Interval)\(.*\))` +\| (.*?) +\|$/gm),
  );
  expect(rows).toHaveLength(6);
  for (const [, call = '', shown = ''] of rows) {
    const evaluate = runInThisContext(
      `({ fromDatetime, fromInterval, toDatetime, toInterval }) => ${call}`,
    ) as (scope: object) => unknown;
    const result = evaluate({ fromDatetime, fromInterval, toDatetime, toInterval });
    if (result instanceof Date) expect(shown).toContain(result.toISOString());
    else if (typeof result === 'string') expect(shown).toBe(`\`${result}\``);
    else if (result === undefined) expect(shown).toMatch(/^`undefined`: /);
    else
      expect(shown).toBe(
        `\`${Object.entries(result as object).reduce((text, [name, value], index) => `${text}${index === 0 ? '' : ','} ${name}: ${value}`, '{')} }\``,
      );
  }
});

test('each message of an ItemError is the one that a wrong value gets', () => {
  const log = new SensorLogInMemory().data;
  const fan = new SmartFanInMemory().data;
  const wrong: readonly (() => unknown)[] = [
    () => SensorLogCodec.encode({ ...log, Unit: { Divisor: 70_000, Symbol: '' } }),
    () => SensorLogCodec.encode({ ...log, Unit: undefined as never }),
    () => SensorLogCodec.encode({ ...log, Label: 'x'.repeat(16) }),
    () => SensorLogCodec.encode({ ...log, SampleCount: 1, Samples: [0.5] }),
    () => SensorLogCodec.encode({ ...log, Thresholds: [1] }),
    () => SmartFanCodec.encode({ ...fan, Revolutions: 1 as never }),
    () => SmartFanCodec.encode({ ...fan, LastCleaned: 'today' }),
    () => SensorLogDrainInputCodec.encode({ Limit: -1 }),
  ];
  for (const work of wrong) {
    let message = '';
    try {
      work();
    } catch (error) {
      expect(error).toBeInstanceOf(wmi.ItemError);
      ({ message } = error as Error);
    }
    expect(page).toContain(`| \`${message}\` `);
  }
});

test.each([
  ['quirk', Object.keys(noKmdfQuirks)],
  ['fault', Object.keys(wmi.createMachine().faults).filter((name) => name !== 'armed')],
  ['member of a machine', Object.keys(wmi.createMachine())],
])('every %s is on the page', (_what, names) => {
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(page).toMatch(new RegExp(`\`[^\`]*\\b${name}\\b[^\`]*\``));
});
