// Which qualifiers reach a derived class: given a MOF text, want the blocks, their items and their access.
import { expect, test } from 'vitest';
import { isError } from '../../src/diagnostics/diagnostic.js';
import { resolveText } from './resolve-text.js';

const AROUND = '[key, read] string InstanceName; [read] boolean Active;';
const G1 = '{11111111-1111-1111-1111-111111111111}';
const G2 = '{22222222-2222-2222-2222-222222222222}';
const WHOLE = 'WMI : ToSubclass, Dynamic : ToSubclass, Provider("WMIProv") : ToSubclass';
const base = (items: string, qualifiers = `abstract, ${WHOLE}`) =>
  `[${qualifiers}] class Base { ${AROUND} ${items} };`;
const derived = (items: string, qualifiers = `guid("${G1}")`) =>
  `[${qualifiers}] class Fan : Base { ${items} };`;

/** `role name: id name[count] access, …` of each block with data, and the codes found. */
function outline(text: string) {
  const { value, diagnostics } = resolveText(text);
  return {
    blocks: value.blocks
      .filter(({ name }) => name !== 'Base')
      .map(({ role, name, data }) => {
        const items = data.items.map(
          ({ id, name: item, count, access }) =>
            `${id} ${item}${count.kind === 'fixed' ? `[${count.length}]` : ''} ${access}`,
        );
        return `${role} ${name}: ${items.join(', ')}`;
      }),
    codes: diagnostics.map(({ code }) => code),
  };
}

const ROWS: readonly (readonly [what: string, text: string, block: string, ...codes: string[]])[] =
  [
    [
      'WMI, Dynamic and Provider reach a class that has its guid alone',
      base('') + derived('[WmiDataId(1), read] uint8 A;'),
      'dataBlock Fan: 1 A read-only',
    ],
    [
      'abstract is not inherited, unless it has ToSubclass',
      base('', `abstract : ToSubclass, ${WHOLE}`) + derived('[WmiDataId(1), read] uint8 A;'),
      'structure Fan: 1 A read-only',
    ],
    [
      "a class's own qualifiers override inherited ones",
      base('', `abstract : ToSubclass, ${WHOLE}`) +
        derived('[WmiDataId(1), read] uint8 A;', `abstract(FALSE), guid("${G1}")`),
      'dataBlock Fan: 1 A read-only',
    ],
    [
      'id and access reach a derived class by their flavor',
      base('[WmiDataId(1) : ToSubclass, read : ToSubclass, write : ToSubclass] uint8 A;') +
        derived('[WmiDataId(2), read] uint8 B;'),
      'dataBlock Fan: 1 A read-write, 2 B read-only',
    ],
    [
      'through a class between them',
      base('[WmiDataId(1) : ToSubclass] uint8 A;') +
        `[abstract] class Middle : Base { };` +
        derived('[WmiDataId(2), read] uint8 B;').replace(': Base', ': Middle'),
      'dataBlock Fan: 1 A read-only, 2 B read-only',
      'MOF2014',
    ],
    [
      'an overriding qualifier without a flavor goes no further',
      base('[WmiDataId(1) : ToSubclass] uint8 A;') +
        `[abstract] class Middle : Base { [WmiDataId(1)] uint8 A; };` +
        derived('[WmiDataId(2), read] uint8 B;').replace(': Base', ': Middle'),
      'dataBlock Fan: 2 B read-only',
      'MOF2014',
      'MOF2215',
    ],
    [
      'an overriding item has the id that reaches it',
      base('[WmiDataId(1) : ToSubclass] uint8 States[3];') +
        derived('[read, write] uint8 States[4];'),
      'dataBlock Fan: 1 States[4] read-write',
    ],
    [
      'the length of an overridden array is its own',
      base('[WmiDataId(1) : ToSubclass] uint8 States[3];') +
        derived('[WmiDataId(1), read] uint8 States[4];'),
      'dataBlock Fan: 1 States[4] read-only',
    ],
    [
      'the inherited value counts where it may not be overridden',
      base('[WmiDataId(1) : ToSubclass DisableOverride] uint8 A;') +
        derived('[WmiDataId(1), read] uint8 A; [WmiDataId(2), read] uint8 B;'),
      'dataBlock Fan: 1 A read-only, 2 B read-only',
    ],
    [
      'a statement gives its flavor to every use',
      `qualifier WmiDataId : ToSubclass; ${base('[WmiDataId(1)] uint8 A;')}${derived('[WmiDataId(2), read] uint8 B;')}`,
      'dataBlock Fan: 1 A read-only, 2 B read-only',
    ],
    [
      'a declared qualifier is ToSubclass unless it is Restricted',
      `Qualifier WmiDataId : uint32 = 0, Scope(property), Flavor(Restricted); ${base('[WmiDataId(1)] uint8 A;')}${derived('[WmiDataId(2), read] uint8 B;')}`,
      'dataBlock Fan: 2 B read-only',
      'MOF2215',
    ],
  ];

test.each(ROWS)('%s', (_what, text, block, ...codes) => {
  const found = outline(text);
  expect(found.blocks).toContain(block);
  expect(found.codes).toEqual(codes);
});

test('a guid with ToSubclass is that of the derived class too', () => {
  const text = base('', `${WHOLE}, guid("${G2}") : ToSubclass`) + derived('', 'Description("x")');
  const { value, diagnostics } = resolveText(text);
  expect(value.blocks.map(({ guid }) => guid)).toEqual([G2.slice(1, -1), G2.slice(1, -1)]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['MOF2106']);
});

test('an error that is allowed leaves the layout that Windows has', () => {
  const text = base('[WmiDataId(1)] uint8 A;') + derived('[WmiDataId(2), read] uint8 B;');
  const { value, diagnostics } = resolveText(text);
  expect(diagnostics.filter(isError).map(({ code }) => code)).toEqual(['MOF2215']);
  expect(
    value.blocks.find(({ name }) => name === 'Fan')?.data.items.map(({ name }) => name),
  ).toEqual(['B']);
});
