// Row P9 of the conformance table for KMDF: generated C on the host harness, under sanitizers, answers as generated
// TypeScript on the runtime core does, byte for byte. MOFGEN_SEED and MOFGEN_BLOCKS try other blocks.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differential } from '../../c/differential.js';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { compilerWith } from '../../c/toolchain.js';
import {
  type Item,
  mofText,
  type RandomBlock,
  randomBlocks,
  type Structure,
} from '../ts/random-block.js';

const compiler = compilerWith('sanitizers', 'generated C on the host harness', ['gcc', 'clang']);
const wanted = process.env['MOFGEN_SEED'] ?? '20261121';
const seed = wanted === 'random' ? Math.floor(Math.random() * 0x7fffffff) : Number(wanted);
const howMany = Number(process.env['MOFGEN_BLOCKS'] ?? 60);

const root = join(import.meta.dirname, '../../..');
const adapter = join(root, 'test/c/vectors/kmdf-adapter.c');
const runner = join(root, 'test/c/vectors/run.c');

const glue = `#include "${join(root, 'test/c/vectors/kmdf-adapter.h')}"
#include "device_wmi.h"
NTSTATUS vectors_initialize(WDFDEVICE device) { return DeviceWmiInitialize(device); }
`;

/** A sample with its includes in place. */
function sample(name: string): string {
  const folder = join(root, 'samples', name);
  return readFileSync(join(folder, `${name}.mof`), 'utf8').replace(
    /#pragma include\("([^"]+)"\)/g,
    (_directive, path: string) => readFileSync(join(folder, path), 'utf8'),
  );
}

/** The block with items of one size only: what needs no walking has request handlers of its own. */
function fixedForm(block: RandomBlock): RandomBlock {
  const items = (these: readonly Item[]): Item[] =>
    these.map((item) => ({
      ...item,
      element:
        item.element.kind === 'string'
          ? { kind: 'integer', name: 'uint16' }
          : item.element.kind === 'structure'
            ? { kind: 'structure', structure: structure(item.element.structure) }
            : item.element,
      count:
        item.count.kind === 'sizedBy' || item.count.kind === 'rest'
          ? { kind: 'fixed', length: 2 }
          : item.count,
    }));
  const structure = (each: Structure): Structure => ({ ...each, items: items(each.items) });
  return {
    ...block,
    structures: block.structures.map(structure),
    items: items(block.items),
    methods: block.methods.map((method) => ({
      ...method,
      input: items(method.input),
      output: items(method.output),
    })),
  };
}

const cases = [
  { name: 'random', mof: mofText(randomBlocks(howMany, seed)), rounds: 6 },
  {
    name: 'random-fixed',
    mof: mofText(randomBlocks(20, seed + 1).map(fixedForm)),
    rounds: 2,
  },
  ...['calibration', 'door-light', 'odd-corners', 'sensor-log', 'smart-fan'].map((name) => ({
    name,
    mof: sample(name),
    rounds: 6,
  })),
];

describe.runIf(compiler !== undefined)('generated C and generated TypeScript agree', () => {
  let build: HostBuild;
  let total = 0;
  beforeAll(async () => {
    if (compiler !== undefined) build = await startHostBuild(compiler);
  }, 120_000);
  afterAll(() => {
    build.remove();
  });

  test.each(cases)('$name', { timeout: 600_000 }, async ({ name, mof, rounds }) => {
    const { vectors, outcome, faults } = await differential(build, {
      name,
      mof,
      target: 'kmdf',
      adapter: [adapter, runner],
      glue,
      rounds,
      seed,
    });
    total += vectors;
    console.log(`P9 kmdf ${name}: ${vectors} vectors`);
    expect(outcome.output.slice(-4000)).toBe(`${vectors} vectors, 0 mismatches\n`);
    expect(outcome.status).toBe(0);
    expect(faults.output.slice(-4000)).toMatch(/ 0 mismatches\n$/);
    expect(faults.status).toBe(0);
  });

  test('there were at least 100,000 vectors', () => {
    expect(existsSync(adapter)).toBe(true);
    expect(total).toBeGreaterThanOrEqual(100_000);
  });
});
