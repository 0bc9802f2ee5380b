// Each option of each target changes what it emits for some MOF.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emitContext } from '../../src/emit.js';
import { analyze, emit } from '../../src/generate.js';
import { type Model } from '../../src/model/model.js';
import { TARGETS } from '../../src/targets/index.js';
import { EMIT_OPTIONS, type OptionRow, type OptionValue } from '../../src/targets/options.js';
import { defineTarget, type Target } from '../../src/targets/target.js';
import { includesBeside, samples } from '../mof-files.js';

const QUOTE = `
[WMI, Dynamic, Provider("WMIProv"), guid("{2b7f1d00-0000-4000-8000-000000000001}"), cpp_quote("int x;")]
class Quote { [key, read] string InstanceName; [read] boolean Active;
  [WmiDataId(1), read] uint8 Count; [WmiDataId(2), read, WmiSizeIs("Count")] uint8 Bytes[]; };
`;

const inputs: readonly { readonly path: string; readonly model: Model }[] = [
  ...samples.map(({ path }) => ({ path, bytes: readFileSync(path) })),
  { path: 'quote.mof', bytes: new TextEncoder().encode(QUOTE) },
].map(({ path, bytes }) => ({ path, model: analyze(bytes, path, includesBeside()).value }));

/** Values, at least one of which is not the default. */
function valuesOf(row: OptionRow): readonly OptionValue[] {
  switch (row.type) {
    case 'switch':
      return [true];
    case 'choice':
      return row.choices;
    case 'number':
      return [row.min, row.max];
    case 'text':
      return [row.example];
    default:
      return row satisfies never;
  }
}

function emitted(target: Target, options: Readonly<Record<string, OptionValue>>): string[] {
  return inputs.map(({ path, model }) =>
    JSON.stringify([
      emit(model, path, { targets: [target], options }).value,
      target.missingStubs(model, emitContext(path, options), ''),
    ]),
  );
}

/** The options of a target that change nothing. */
function idle(target: Target): string[] {
  const without = emitted(target, {});
  return Object.entries(target.options).flatMap(([name, row]) =>
    valuesOf(row).some((value) => {
      const outputs = emitted(target, { [name]: value });
      return outputs.some((text, index) => text !== without[index]);
    })
      ? []
      : [name],
  );
}

test.each(TARGETS.map((target) => ({ name: target.name, target })))(
  'each option of $name changes something',
  ({ target }) => {
    expect(idle(target)).toEqual([]);
  },
);

test('an option that nothing reads is found', () => {
  const target = defineTarget({
    name: 'mine',
    summary: 'one line',
    options: {
      read: { type: 'number', min: 1, max: 2, summary: 'read' },
      unread: { type: 'choice', choices: ['a', 'b'], summary: 'not read' },
    },
    fileNames: () => [{ name: 'a', owner: 'mofgen' }],
    emit: (_model, { options: { read = 1 } }) => [
      { name: 'a', owner: 'mofgen', text: String(read) },
    ],
  });
  expect(idle(target)).toEqual(['unread']);
});

test('the targets of each option in the table exist', () => {
  const names = TARGETS.map(({ name }) => name);
  for (const [name, { targets }] of Object.entries(EMIT_OPTIONS)) {
    expect(names, name).toEqual(expect.arrayContaining([...targets]));
    expect(TARGETS.filter(({ options }) => Object.hasOwn(options, name)).length).toBe(
      targets.length,
    );
  }
});

test.each([
  ['Abcd', `0x64636241UL // 'Abcd' in a dump`],
  ['A', `0x20202041UL // 'A   ' in a dump`],
  [`'*/\\`, `0x5c2f2a27UL // ''*/\\' in a dump`],
  ['$&$1', `0x31242624UL // '$&$1' in a dump`],
  [' ab', `0x20626120UL // ' ab ' in a dump`],
])('the pool tag %j', (poolTag, text) => {
  for (const target of ['kmdf', 'wdm', 'irp']) {
    for (const options of [{ poolTag }, { poolTag, standalone: true }]) {
      const [{ path, model } = { path: '', model: undefined }] = inputs;
      if (model === undefined) throw new Error('there is no sample');
      const all = emit(model, path, { targets: [target], options }).value;
      const lines = all.flatMap((file) => file.text.match(/^#define MOFGEN_POOL_TAG .*$/gm) ?? []);
      expect([...new Set(lines)]).toEqual([`#define MOFGEN_POOL_TAG ${text}`]);
    }
  }
});
