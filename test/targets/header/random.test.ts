// Random classes and random names: for any MOF, the header compiles, and the compiler has the same layout.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { availableCompilers } from '../../c/toolchain.js';
import { mofText, randomBlocks } from '../ts/random-block.js';
import { codeOf } from './code-of.js';
import {
  complaints,
  dataBlock,
  headerOf,
  hostCompilers,
  mofString,
  structure,
} from './header-of.js';
import { runs } from '../../effort.js';

const WORDS = [
  ...['A', 'B', 'A_B', 'PA', '_A', 'A_IN', 'A_OUT', 'A_X_ID', 'A_X_SIZE', 'A_SIZE', 'AGuid'],
  ...['A_GUID', 'A_FIXED_SIZE', 'A_X_Values', 'X', 'x', 'X_', 'X__', 'VariableData', 'Go', 'Go_IN'],
  ...['if', 'class', 'template', 'small', 'interface', 'NULL', 'TRUE', 'VOID', 'ULONG', 'WCHAR'],
  ...['GUID', 'C_ASSERT', 'FIELD_OFFSET', 'DEFINE_GUID', 'MIDL_PASS', 'min', 'None', 'full', 'IN'],
  ...[
    '__FILE__',
    '_Static_assert',
    '__attribute__',
    '_In_',
    'type',
    'field',
    'e',
    'name',
    'l',
    'w1',
  ],
  ...['offsetof', 'c_assert', '_test_wmi_h_', '_wmi_h_', 'defined', 'L\u00fcfter', '\u4f60'],
] as const;

const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/),
);
const text = fc.oneof({ weight: 4, arbitrary: word }, fc.string({ maxLength: 6, unit: 'binary' }));

interface RandomItem {
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly labels: readonly string[];
  readonly prefix: string | undefined;
}

const item: fc.Arbitrary<RandomItem> = fc.record({
  name: word,
  type: fc.constantFrom('uint8', 'uint32', 'sint64', 'boolean', 'datetime', 'Part'),
  values: fc.array(text, { maxLength: 3 }),
  labels: fc.array(text, { maxLength: 3 }),
  prefix: fc.option(text, { nil: undefined, freq: 6 }),
});

const method = fc.record({
  name: word,
  id: fc.integer({ min: 1, max: 4 }),
  header: fc.option(text, { nil: undefined, freq: 6 }),
  input: fc.uniqueArray(item, { maxLength: 2, selector: ({ name }) => name.toLowerCase() }),
});

const block = fc.record({
  name: word,
  header: fc.option(text, { nil: undefined, freq: 6 }),
  guids: fc.option(fc.tuple(text, text), { nil: undefined, freq: 6 }),
  items: fc.uniqueArray(item, { maxLength: 4, selector: ({ name }) => name.toLowerCase() }),
  endsInString: fc.boolean(),
  methods: fc.uniqueArray(method, {
    maxLength: 3,
    selector: ({ name, id }) => `${name.toLowerCase()} ${id}`,
  }),
});

const list = (name: string, texts: readonly string[]): string =>
  texts.length === 0 ? '' : `, ${name}{${texts.map(mofString).join(', ')}}`;
const named = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `, ${name}(${mofString(value)})`;

function itemText(qualifiers: string, { name, type, values, labels, prefix }: RandomItem): string {
  // Without this the number of labels could differ from that of the values.
  const texts = list('DefineValues', values) + list('Values', labels.slice(0, values.length));
  return `[${qualifiers}${texts}${named('DefineDataId', prefix)}] ${type} ${name}`;
}

/** One MOF of the blocks, without those with the name or an id of an earlier one. */
function mofOf(
  blocks: readonly (typeof block extends fc.Arbitrary<infer T> ? T : never)[],
): string {
  const classes = new Set(['part']);
  const texts = blocks.map(({ name, header, guids, items, endsInString, methods }) => {
    if (classes.has(name.toLowerCase())) return '';
    classes.add(name.toLowerCase());
    const members = items
      .filter((each) => !['instancename', 'active', 'label'].includes(each.name.toLowerCase()))
      .map((each, index) => `${itemText(`WmiDataId(${index + 1})`, each)};`);
    const tail = endsInString ? `[WmiDataId(${members.length + 1})] string Label;` : '';
    const ids = new Set<number>();
    const names = new Set<string>(items.map((each) => each.name.toLowerCase()));
    const calls = methods.flatMap((each) => {
      if (ids.has(each.id) || names.has(each.name.toLowerCase())) return [];
      ids.add(each.id);
      names.add(each.name.toLowerCase());
      const input = each.input.map((parameter) => itemText('in', parameter)).join(', ');
      return [
        `[WmiMethodId(${each.id})${named('HeaderName', each.header)}] void ${each.name}(${input});`,
      ];
    });
    const own =
      named('HeaderName', header) + named('GuidName1', guids?.[0]) + named('GuidName2', guids?.[1]);
    return dataBlock(name, `${members.join(' ')} ${tail} ${calls.join(' ')}`, own);
  });
  return (
    structure('Part', '[WmiDataId(1)] uint64 Whole; [WmiDataId(2)] uint8 Rest;') + texts.join('')
  );
}

const SWITCHES: EmitOptions = { methodStructs: true, partialStructs: true, enums: true };

const compilers = hostCompilers('headers with random names');

test('random names never break a header', { timeout: 300_000 }, async () => {
  const headers: string[] = [];
  let refused = 0;
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), (blocks) => {
      const mof = mofOf(blocks);
      const { text: header, diagnostics } = headerOf(mof, SWITCHES);
      if (hasErrors(diagnostics)) {
        expect(diagnostics.map(({ code }) => code)).toContain('MOF3101');
        refused += 1;
        return;
      }
      expect(header).toMatch(/^[\n -~]*$/);
      const macros = Array.from(codeOf(header).matchAll(/^#define (\w+)/gm), ([, name]) => name);
      expect(new Set(macros).size).toBe(macros.length);
      headers.push(header);
    }),
    { numRuns: runs(400) },
  );
  expect(headers.length).toBeGreaterThan(runs(400) / 2);
  console.log(`random names: ${headers.length} headers, ${refused} with one name for two classes`);
  for (const compiler of compilers) {
    const found = await complaints(compiler, 'host', headers);
    const bad = found.flatMap((each, index) => (each ? [headers[index], each] : []));
    expect(bad.slice(0, 2)).toEqual([]);
  }
});

test('thousands of similar names take no more space and time than others', () => {
  const many = Array.from({ length: 3000 }, (_, index) => index + 1);
  const blockOf = (prefix: (index: number) => string, label: (index: number) => string): string =>
    dataBlock(
      'Fan',
      many
        .map(
          (id) =>
            `[WmiDataId(${id}), DefineDataId("${prefix(id)}"), Values{"${label(id)}"}] uint8 X${id};`,
        )
        .join('\n'),
    );
  const alike = headerOf(
    blockOf(
      () => 'P',
      () => 'Reserved',
    ),
    { enums: true },
  ).text;
  const different = headerOf(
    blockOf(
      (id) => `P${id}`,
      (id) => `R${id}`,
    ),
    { enums: true },
  ).text;
  expect(alike.length).toBeLessThan(different.length * 1.5);
  expect(alike).toContain('#define P_ID_2999 3000\n');
});

const layoutCompilers = availableCompilers('random layouts', [
  'mingw64-gcc',
  'mingw32-gcc',
  'mingw64-clang',
  'mingw32-clang',
]);

test.each(layoutCompilers)('%s agrees with random layouts', async (compiler) => {
  const blocks = randomBlocks(150, fc.readConfigureGlobal().seed ?? 1);
  const headers = [{}, SWITCHES].map((options) => headerOf(mofText(blocks), options).text);
  expect(headers[1]?.match(/^C_ASSERT/gm)?.length).toBeGreaterThan(500);
  const found = await complaints(compiler, 'ntdef.h', headers);
  expect(found).toEqual(['', '']);
});

test.each(layoutCompilers)(
  '%s sees a wrong offset, a wrong size and a wrong total',
  async (compiler) => {
    const { text: header } = headerOf(
      dataBlock('Fan', '[WmiDataId(1)] uint8 A; [WmiDataId(2)] sint64 B; [WmiDataId(3)] uint8 C;'),
    );
    const wrong: readonly (readonly [string, string])[] = [
      ['FIELD_OFFSET(Fan, B) == 8', 'FIELD_OFFSET(Fan, B) == 4'],
      ['sizeof(((Fan *)0)->B) == 8', 'sizeof(((Fan *)0)->B) == 4'],
      ['sizeof(Fan) == 24', 'sizeof(Fan) == 20'],
      ['Fan_SIZE == 17', 'Fan_SIZE == 24'],
      ['    LONGLONG B;', '    LONG B;'],
    ];
    const texts = wrong.map(([right, other]) => {
      expect(header).toContain(right);
      return header.replace(right, other);
    });
    const found = await complaints(compiler, 'ntdef.h', [header, ...texts]);
    expect(found.map((each) => each !== '')).toEqual([false, ...wrong.map(() => true)]);
  },
);
