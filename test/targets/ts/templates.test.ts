// Templates match their views: no template reads a name that its view lacks, every name of a view is printed, and no template
// uses an error-prone feature of its engine.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emitContext } from '../../../src/emit.js';
import { analyze } from '../../../src/generate.js';
import { loadTemplates } from '../../../src/render/templates.js';
import { fileView } from '../../../src/targets/ts/file-view.js';
import { nameFile } from '../../../src/targets/ts/naming.js';
import { sealed, type Watcher } from '../sealed-view.js';
import { skeletonClass, skeletonView } from '../../../src/targets/ts/skeleton-view.js';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'templates');

const templates = readdirSync(folder).flatMap((target) =>
  readdirSync(join(folder, target)).map((file) => ({
    name: `${target}/${file}`,
    text: readFileSync(join(folder, target, file), 'utf8'),
  })),
);

test('there are templates', () => {
  expect(templates.length).toBeGreaterThanOrEqual(9);
  expect(templates.every(({ name }) => name.endsWith('.hbs'))).toBe(true);
});

const TRAPS: readonly (readonly [string, RegExp])[] = [
  ['a triple mustache: nothing is escaped anyway', /\{\{\{|\}\}\}/],
  ['a numeric mustache, which vanishes', /\{\{-?\d/],
  ['a carriage return', /\r/],
  ['a backslash before a mustache, which prints it', /\\\{\{/],
  [
    'a comparison or another decision',
    /\{\{#?(?:eq|ne|lt|gt|le|ge|and|or|not|compare|lookup|log|with)\b/,
  ],
  ['a tab', /\t/],
  ['space at the end of a line', /[ ]$/m],
];

test.each(TRAPS)('no template has %s', (_what, trap) => {
  expect(templates.filter(({ text }) => trap.test(text)).map(({ name }) => name)).toEqual([]);
});

test.each(templates)('$name looks like the file it prints: at most 120 lines', ({ text }) => {
  expect(text.split('\n').length - 1).toBeLessThanOrEqual(120);
  expect(text.endsWith('\n')).toBe(true);
});

/** The properties that were read, as `ts/generated.ts: classes[].block.name`, and those that exist. */
const asked = new Set<string>();
const there = new Set<string>();
const watcher: Watcher = {
  there: (path) => there.add(path),
  asked: (path) => asked.add(path),
};

/** Every construct that a view can show, in addition to those of the samples. */
const OTHERS = `
[WMI, Dynamic, Provider("WMIProv"), // mofgen: expensive
 guid("{2b7f1d00-0000-4000-8000-000000000001}")]
class Empty { [key, read] string InstanceName; [read] boolean Active; [WmiMethodId(1)] void Go(); };
[WMI, Dynamic, Provider("WMIProv"), guid("{2b7f1d00-0000-4000-8000-000000000002}")]
class Shy { [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1), write] uint8 Key; [WmiDataId(2), read] string Text;
  [WmiMethodId(1)] uint32 Get([in, out] string Text); };
`;

const samples = readdirSync(join(root, 'samples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(join(root, 'samples', name))
      .filter((file) => file.endsWith('.mof'))
      .map((file) => join(root, 'samples', name, file)),
  )
  .map((path) => ({ path, bytes: new Uint8Array(readFileSync(path)) }));

const inputs = [
  ...samples,
  { path: 'others.mof', bytes: new TextEncoder().encode(OTHERS) },
  { path: 'none.mof', bytes: new Uint8Array(0) },
];

/** Every view that a template is filled with. */
function viewsOf(path: string, bytes: Uint8Array): readonly (readonly [string, object])[] {
  const { value: model } = analyze(bytes, path, (included, from) => {
    const name = join(from, '..', included);
    return { name, bytes: readFileSync(name) };
  });
  const context = emitContext(path);
  const names = nameFile(model, context.base);
  const classes = model.blocks
    .filter(({ role }) => role === 'dataBlock')
    .map((block) => skeletonClass(block, names));
  return [
    ['ts/generated.ts', fileView(model, context, names)],
    ['ts/provider.ts', skeletonView(model, context, names)],
    ...classes.flatMap((each): (readonly [string, object])[] => [
      ['ts/_class', each],
      ['ts/_missing', { ...each, lacking: each.methods, lacksQuery: true, lacksSet: true }],
    ]),
  ];
}

const compiled = loadTemplates();

test.each(inputs)('templates read only what their views have: $path', ({ path, bytes }) => {
  for (const [name, view] of viewsOf(path, bytes)) {
    const template = compiled.get(name);
    if (template === undefined) throw new Error(`no template ${name}`);
    expect(template(sealed(view, name, watcher))).toBe(template(view));
    expect(template(view)).not.toMatch(/\[object|\bfunction \(/);
  }
});

test('a sealed view finds what strict templates let pass', () => {
  expect(() => (sealed({ a: [{ b: 1 }] }, 'x') as unknown as { c: unknown }).c).toThrow(
    'x.c is not in the view',
  );
  expect(() => sealed({ a: new Map() }, 'x') && sealed(new Map(), 'x')).toThrow('no plain');
});

test('views have nothing that no template prints', () => {
  for (const { path, bytes } of inputs) {
    for (const [name, view] of viewsOf(path, bytes))
      compiled.get(name)?.(sealed(view, name, watcher));
  }
  const isWhole = (path: string): boolean => /^ts\/(?:generated|provider)\.ts\./.test(path);
  expect([...there].filter((path) => isWhole(path) && !asked.has(path))).toEqual([]);
});

test('every template is used', () => {
  const used = templates.flatMap(({ text }) =>
    Array.from(text.matchAll(/\{\{> ?(\S+)/g), (match) => match[1] ?? ''),
  );
  const rendered = inputs.flatMap(({ path, bytes }) => viewsOf(path, bytes).map(([name]) => name));
  const ours = templates
    .map(({ name }) => name.replace(/\.hbs$/, ''))
    .filter((name) => name.startsWith('ts/'));
  expect(ours.filter((name) => !used.includes(name) && !rendered.includes(name))).toEqual([]);
});
