// A provider that returns no value, for an item or for all of its data: every request that reads it throws an ItemError that
// names what is missing, or fails, in blocks of every form, never with a TypeError.
import { expect, test } from 'vitest';
import { bindInstance } from '../../src/runtime/block.js';
import { type WmiInstance } from '../../src/runtime/callbacks.js';
import { STATUS_UNSUCCESSFUL } from '../../src/runtime/ntstatus.js';
import { ItemError } from '../../src/runtime/wire.js';
import { type GeneratedBlock, importGenerated } from '../targets/ts/generated-module.js';
import { mofText, randomBlocks } from '../targets/ts/random-block.js';

const instance: WmiInstance = { guid: '01234567-89ab-cdef-0123-456789abcdef', label: 'test' };
const ROOM = 4096;

const around = '[key, read] string InstanceName; [read] boolean Active;';
/** Counts and arrays of which one half can be set and not read, so that queries compute it. */
const HALVES = `
[WMI, Dynamic, Provider("WMIProv"), guid("{7e1e2c00-0000-4000-8000-000000000001}")]
class HiddenCount { ${around}
  [WmiDataId(1), write] uint32 Count; [WmiDataId(2), read, write, WmiSizeIs("Count")] uint16 Values[]; };
[WMI, Dynamic, Provider("WMIProv"), guid("{7e1e2c00-0000-4000-8000-000000000002}")]
class HiddenValues { ${around}
  [WmiDataId(1), read, write] uint32 Count; [WmiDataId(2), write, WmiSizeIs("Count")] string Values[]; };
[WMI, Dynamic, Provider("WMIProv"), guid("{7e1e2c00-0000-4000-8000-000000000003}")]
class Texts { ${around} [WmiDataId(1), read, write] string Name; [WmiDataId(2), read, write, MaxLen(5)] string Label;
  [WmiDataId(3), read, write] datetime When; [WmiDataId(4), write] uint8 Key; };
`;

/** What a block's requests throw when its provider returns `data`. */
function errorsOf(generated: GeneratedBlock, data: unknown) {
  const { block, dispatch, codec, names } = generated;
  const skeleton = generated.newSkeleton();
  const good = (skeleton[names.query] as () => never)();
  const provider = Object.assign(skeleton, { [names.query]: () => data });
  const callbacks = bindInstance(dispatch, provider as never);
  const bytes = codec.encode({ ...(generated.newSkeleton().data as object), ...(good as object) });
  const requests: (() => unknown)[] = [
    () => callbacks.evtWmiInstanceQueryInstance?.(instance, ROOM, new Uint8Array(ROOM), 0),
    () => callbacks.evtWmiInstanceSetInstance?.(instance, bytes.length, bytes, 0),
    ...block.data.items.map(
      ({ id }) =>
        () =>
          callbacks.evtWmiInstanceSetItem?.(instance, id, 8, new Uint8Array(8), 0),
    ),
  ];
  return requests.flatMap((work): unknown[] => {
    try {
      work();
      return [];
    } catch (error) {
      return [error];
    }
  });
}

const NOTHING = [undefined, null, 5, 'x', {}] as const;

test('of random blocks, with each item missing in turn', { timeout: 120_000 }, async () => {
  const module = await importGenerated(
    `${mofText(randomBlocks(40, 77))}${HALVES}`,
    'missing-values',
  );
  let named = 0;
  for (const { name, role, data } of module.model.blocks) {
    if (role !== 'dataBlock') continue;
    const generated = module.blockOf(name);
    const good = generated.newSkeleton()[generated.names.query]?.() as object;
    for (const item of data.items) {
      const member = generated.names.data.member(item);
      for (const value of NOTHING) {
        for (const error of errorsOf(generated, { ...good, [member]: value })) {
          expect(error).toBeInstanceOf(ItemError);
          // The count or the array that goes with it may be the one that no longer fits.
          expect((error as ItemError).path.startsWith(`${name}.`)).toBe(true);
          named += 1;
        }
      }
    }
    for (const value of [undefined, null, 5]) {
      for (const error of errorsOf(generated, value)) {
        expect(error).toBeInstanceOf(ItemError);
        expect((error as ItemError).path).toBe(name);
      }
    }
  }
  console.log(`${named} missing values were named`);
  expect(named).toBeGreaterThan(300);
});

test.each<readonly [block: string, item: string, message: string]>([
  ['Texts', 'Name', 'Texts.Name: undefined is not a string'],
  ['Texts', 'Label', 'Texts.Label: undefined is not a string'],
  ['Texts', 'When', 'Texts.When: undefined is not a datetime of 25 characters'],
  ['HiddenCount', 'Values', 'HiddenCount.Values: undefined is not an array'],
  ['HiddenValues', 'Count', 'HiddenValues.Count: undefined is not a uint32'],
])('%s without %s', async (name, item, message) => {
  const module = await importGenerated(HALVES, `missing-${name}-${item}`);
  const generated = module.blockOf(name);
  const good = generated.newSkeleton()[generated.names.query]?.() as object;
  const [error] = errorsOf(generated, { ...good, [item]: undefined });
  expect((error as Error).message).toBe(message);
});

test('a query of a block without write-only items for which a provider returns nothing fails', async () => {
  const mof = HALVES.replace('[WmiDataId(4), write]', '[WmiDataId(4), read]');
  const module = await importGenerated(mof, 'missing-all');
  const generated = module.blockOf('Texts');
  const { dispatch, names } = generated;
  const provider = Object.assign(generated.newSkeleton(), { [names.query]: () => undefined });
  const callbacks = bindInstance(dispatch, provider as never);
  expect(callbacks.evtWmiInstanceQueryInstance?.(instance, ROOM, new Uint8Array(ROOM), 0)).toEqual({
    status: STATUS_UNSUCCESSFUL,
    bufferUsed: 0,
  });
});
