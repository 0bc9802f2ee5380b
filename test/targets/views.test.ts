// No template of any target reads a name that its view lacks, for any MOF and any switches.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { emitContext } from '../../src/emit.js';
import { analyze, emit } from '../../src/generate.js';
import { TARGETS } from '../../src/targets/index.js';
import { EMIT_OPTIONS } from '../../src/targets/options.js';
import { mofText, randomBlocks } from './ts/random-block.js';
import { sealed } from './sealed-view.js';
import { oneIn } from '../effort.js';

const rendered: string[] = [];

vi.mock('../../src/render/render.js', async () => {
  const { loadTemplates } = await import('../../src/render/templates.js');
  const templates = loadTemplates();
  return {
    render(name: string, view: object): string {
      const template = templates.get(name);
      if (template === undefined) throw new Error(`there is no template '${name}'`);
      rendered.push(name);
      const text = template(sealed(view, name));
      expect(text).toBe(template(view));
      expect(text).not.toMatch(/\[object |\bfunction \(/);
      return `${text.trimEnd()}\n`;
    },
  };
});

const root = join(import.meta.dirname, '../..');

/** Every construct that a view can show, in addition to those of the samples. */
const OTHERS = `
class WMIEvent : __ExtrinsicEvent { };
[WMI, Dynamic, Provider("WMIProv"), // mofgen: expensive
 guid("{2b7f1d00-0000-4000-8000-000000000001}")]
class Empty { [key, read] string InstanceName; [read] boolean Active; [WmiMethodId(1)] void Go(); };
[WMI, Dynamic, Provider("WMIProv"), guid("{2b7f1d00-0000-4000-8000-000000000002}")]
class Shy { [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1), write] uint8 Key; [WmiDataId(2), read] string Text;
  [WmiMethodId(1)] uint32 Get([in, out] string Text); [WmiMethodId(2), cpp_quote("int x;")] void Buffer([in] uint8 i); };
[WMI, Dynamic, Provider("WMIProv"), guid("{2b7f1d00-0000-4000-8000-000000000003}")]
class Silent : WMIEvent { [key, read] string InstanceName; [read] boolean Active; };
`;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const inputs = [
  ...readdirSync(join(root, 'samples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(join(root, 'samples', name))
        .filter((file) => file.endsWith('.mof'))
        .map((file) => join(root, 'samples', name, file)),
    )
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(path)) })),
  { path: 'others.mof', bytes: encode(OTHERS) },
  { path: 'none.mof', bytes: new Uint8Array(0) },
  { path: 'random.mof', bytes: encode(mofText(randomBlocks(30, 20261127))) },
];

const everySwitch = Object.fromEntries(
  Object.entries(EMIT_OPTIONS).flatMap(([name, { type }]) =>
    type === 'switch' ? [[name, true]] : [],
  ),
);

const table = TARGETS.flatMap(({ name }) =>
  inputs.flatMap((input) => [
    { target: name, ...input, switches: 'none', options: {} },
    { target: name, ...input, switches: 'all', options: everySwitch },
  ]),
);

test.each(oneIn(3, table))(
  '$target, switches: $switches, $path',
  ({ target, path, bytes, options }) => {
    rendered.length = 0;
    const { value } = analyze(bytes, path, (included, from) => {
      const name = join(dirname(from), included);
      return { name, bytes: readFileSync(name) };
    });
    const files = emit(value, path, { targets: [target], options }).value;
    expect(files.length).toBeGreaterThan(0);
    expect(rendered.length).toBeGreaterThan(0);
    const [found] = TARGETS.filter(({ name }) => name === target);
    const stubs = found?.missingStubs(value, emitContext(path, options), '');
    expect(stubs).not.toMatch(/\[object /);
  },
);
