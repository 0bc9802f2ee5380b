// Valid MOF that a driver's provider in C cannot implement: MOF32xx, for kmdf and wdm only.
import { expect, test } from 'vitest';
import { emit } from '../../../src/generate.js';
import { modelOf } from '../ts/generated-module.js';

const guid = (last: number): string =>
  `0b7c3a52-1c0c-4f52-8d0a-${last.toString(16).padStart(12, '0')}`;

/** A block that embeds classes, `levels` with itself. */
function deep(levels: number): string {
  const classes = Array.from({ length: levels - 1 }, (_none, index) => {
    const item = index === 0 ? 'uint8' : `C${index - 1}`;
    return `[WMI, guid("{${guid(index)}}")] class C${index} { [WmiDataId(1), read] ${item} A; };`;
  });
  return `${classes.join('\n')}\n${block(`C${levels - 2} A`)}`;
}

function block(item: string, id = guid(0xffff)): string {
  return `[WMI, Dynamic, Provider("WMIProv"), guid("{${id}}")]
class Fan { [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1), read] ${item}; };`;
}

const TABLE: readonly (readonly [string, string, readonly string[]])[] = [
  ['an ordinary block', block('uint8 A'), []],
  ['sixteen levels', deep(16), []],
  ['seventeen levels', deep(17), ['MOF3201']],
  ['a great many levels', deep(3000), ['MOF3201']],
  ['a GUID of zeros', block('uint8 A', '00000000-0000-0000-0000-000000000000'), ['MOF3202']],
  [
    'the GUID of the binary MOF',
    block('uint8 A', '05901221-d566-11d1-b2f0-00a0c9062910'),
    ['MOF3202'],
  ],
  [
    'a GUID of the framework',
    block('uint8 A', '827c0a6f-feb0-11d0-bd26-00aa00b7b32a'),
    ['MOF3202'],
  ],
  ['64 MB', block('uint8 A[67108864]'), []],
  ['more than 64 MB', block('uint64 A[8388609]'), ['MOF3203']],
];

test.each(TABLE)('%s', (_case, mof, want) => {
  const model = modelOf(mof);
  for (const target of ['kmdf', 'wdm', 'irp']) {
    const { value, diagnostics } = emit(model, 'fan.mof', { targets: [target] });
    expect(diagnostics.map(({ code }) => code).filter((code) => code.startsWith('MOF32'))).toEqual(
      want,
    );
    const hasError = diagnostics.some(({ severity }) => severity === 'error');
    expect(value.length > 0).toBe(!hasError);
  }
});
