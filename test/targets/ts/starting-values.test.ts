// Defaults of a MOF, from its text to the data that a skeleton starts with: random values of every type, hostile texts, and
// what is emitted for them as a user's tools see it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../property-seed.js';
import { emitted, importGenerated } from './generated-module.js';
import { changedByPrettier } from './prettier-styles.js';
import { defaultsBlocks } from './random-defaults.js';
import { imaginaryPath, typeErrors } from './type-check.js';

const BLOCKS = 60;
/** For tests that take a second for each block. */
const FEWER = 20;
const seed = fc.sample(fc.nat(0x7fffffff), 1)[0] ?? 0;

test('a skeleton starts with the defaults of the MOF', async () => {
  const blocks = defaultsBlocks(BLOCKS, seed);
  const module = await importGenerated(blocks.map(({ mof }) => mof).join(''), 'starting-values');
  for (const { name, mof, start } of blocks) {
    const generated = module.blockOf(name);
    const { codec, names } = generated;
    const skeleton = generated.newSkeleton();
    const data = skeleton[names.query]?.() as Readonly<Record<string, unknown>>;
    expect({ mof, data }).toEqual({ mof, data: start });
    // It is data that can be sent.
    expect(codec.decode(codec.encode(data))).toBeDefined();
  }
});

test('its skeleton has the right types and the shape that prettier gives it', async () => {
  const files = emitted(
    defaultsBlocks(FEWER, seed)
      .map(({ mof }) => mof)
      .join(''),
  );
  const texts = files.map((file) => [imaginaryPath(file.name), file.text] as const);
  expect(typeErrors(new Map(texts))).toEqual([]);
  for (const file of files) expect(await changedByPrettier(file)).toEqual([]);
}, 120_000);

const block = (items: string): string =>
  `[WMI, Dynamic, Provider("WMIProv"), guid("{7d1e2c00-0000-4000-8000-ffffffffffff}")] class Fan { [key, read] string InstanceName; [read] boolean Active; ${items} };`;

test.each<readonly [what: string, mof: string, data: Readonly<Record<string, unknown>>]>([
  [
    'a value with a name',
    block('[WmiDataId(1), ValueMap{"0", "2"}, Values{"off", "on"}] uint32 A = 2;'),
    { A: 2 },
  ],
  [
    'a value without one',
    block('[WmiDataId(1), ValueMap{"0", "2"}, Values{"off", "on"}] uint32 A = 3;'),
    { A: 3 },
  ],
  [
    'elements with and without names',
    block('[WmiDataId(1), ValueMap{"0", "2"}, Values{"off", "on"}] uint32 A[3] = {2, 3};'),
    { A: [2, 3, 0] },
  ],
  [
    'a default of a base class',
    `[WMI, abstract] class Base { [WmiDataId(1) : ToSubclass] uint8 A = 5; [WmiDataId(2) : ToSubclass] uint8 B = 6; };
     ${block('[WmiDataId(3)] uint8 C = 7;').replace('class Fan', 'class Fan : Base')}`,
    { A: 5, B: 6, C: 7 },
  ],
  [
    'an overridden default, one that is kept, and one that is taken away',
    `[WMI, abstract] class Base { [WmiDataId(1) : ToSubclass] uint8 A = 5; [WmiDataId(2) : ToSubclass] uint8 B = 6; [WmiDataId(3) : ToSubclass] uint8 C = 7; };
     ${block('[WmiDataId(1)] uint8 A = 15; [WmiDataId(2)] uint8 B; [WmiDataId(3)] uint8 C = NULL;').replace('class Fan', 'class Fan : Base')}`,
    { A: 15, B: 6, C: 0 },
  ],
])('%s', async (what, mof, data) => {
  const module = await importGenerated(mof, `starting-${what.replaceAll(/\W+/g, '-')}`);
  const fan = module.blockOf('Fan');
  expect(fan.newSkeleton()[fan.names.query]?.()).toEqual(data);
  const files = emitted(mof).map((file) => [imaginaryPath(file.name), file.text] as const);
  expect(typeErrors(new Map(files))).toEqual([]);
});
