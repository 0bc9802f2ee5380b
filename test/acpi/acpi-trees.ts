/**
 * Random trees of ACPI objects that serve WMI, with aliases and references in circles, as AML and as the ASL text of the same.
 */
import fc from 'fast-check';
import { buffer, device, entry, flat, method, mof, name, type Part, scope } from './aml-bytes.js';

interface Written {
  readonly aml: readonly Part[];
  readonly asl: string;
}

/** Few, so that names collide. */
const segment = fc.constantFrom('WQAA', 'WMAA', 'WSAB', 'WED0', '_WED', 'ABCD', 'X___');
const bytes = fc.array(fc.nat(255), { maxLength: 12 });
const entries = fc.array(
  fc.tuple(fc.constantFrom('AA', 'AB', '\xd0\0'), fc.nat(255), fc.nat(15)).map((each) => {
    const [id, instances, flags] = each;
    return entry(id, instances, flags);
  }),
  { maxLength: 4 },
);
const contents: fc.Arbitrary<readonly number[]> = fc.oneof(
  bytes,
  bytes.map((each) => mof(...each)),
  entries.map((each) => each.flat()),
);

function bufferText(of: readonly number[]): string {
  return `Buffer (0x${of.length.toString(16)}) { ${of.map((each) => `0x${each.toString(16)}`).join(', ')} }`;
}

/** What a method returns: a buffer, or a name that may be its own. */
const method0 = (segmentName: string, value: Written): Written => ({
  aml: method(segmentName, 0, 0xa4, value.aml),
  asl: `Method (${segmentName}, 0) { Return (${value.asl}) }`,
});
const bufferValue = contents.map((of): Written => ({ aml: buffer(of), asl: bufferText(of) }));
const reference = fc
  .oneof(segment, fc.constant('_WDG'))
  .map((each): Written => ({ aml: [each], asl: each }));

const leaf: fc.Arbitrary<Written> = fc.oneof(
  fc.tuple(segment, bufferValue).map(([segmentName, value]) => ({
    aml: name(segmentName, value.aml),
    asl: `Name (${segmentName}, ${value.asl})`,
  })),
  fc.tuple(segment, segment).map(([from, to]) => ({
    aml: flat(0x06, from, to),
    asl: `Alias (${from}, ${to})`,
  })),
  fc.tuple(segment, bufferValue).map(([segmentName, value]) => method0(segmentName, value)),
  fc.oneof(bufferValue, reference).map((value) => method0('_WDG', value)),
  entries.map((all) => ({
    aml: name('_WDG', buffer(all)),
    asl: `Name (_WDG, ${bufferText(all.flat())})`,
  })),
);

const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    leaf,
    // Scopes and devices have different names: with one name for both, their order would decide which one is meant.
    fc
      .tuple(fc.constantFrom('WMI1', '_SB_', 'DEEP'), fc.array(tie('tree'), { maxLength: 5 }))
      .map(([segmentName, parts]) => {
        const [write, keyword] =
          segmentName === '_SB_' ? ([scope, 'Scope'] as const) : ([device, 'Device'] as const);
        const inner = parts.map(({ asl }) => asl).join('\n');
        return {
          aml: write(
            segmentName,
            parts.map(({ aml }) => aml),
          ),
          asl: `${keyword} (${segmentName})\n{\n${inner}\n}`,
        };
      }),
  ),
}));

/** The terms of a table. */
export const acpiTrees: fc.Arbitrary<Written> = fc
  .array(tree, { maxLength: 5 })
  .filter((all) => flat(all.map(({ aml }) => aml)).length < 3000)
  .map((all) => ({ aml: all.map(({ aml }) => aml), asl: all.map(({ asl }) => asl).join('\n') }));
