// MOF texts of any size, one for each way in which resolving could take more than linear time.
import { block, items, structure } from './resolve-text.js';

/** Texts of a size that grows with `count`, and the code of the reports that they are about. */
export const growingTexts: readonly (readonly [
  rule: string,
  code: string,
  text: (count: number) => string,
])[] = [
  [
    'blocks with a base, an embedded class, counted arrays, strings and a method each',
    '',
    (count) =>
      structure('Shared', items('uint32 A', '[MaxLen(8)] string B')) +
      times(
        count,
        (index) =>
          `class Base${index} { [WmiDataId(1)] uint32 N; };` +
          block(
            `Block${index} : Base${index}`,
            `[WmiDataId(2)] Shared S; [WmiDataId(3), WmiSizeIs("N")] uint8 D[];
             [WmiMethodId(1)] void F([in] Shared S, [out] uint32 R);`,
          ),
      ),
  ],
  [
    'items of one block',
    '',
    (count) =>
      block(
        'B',
        times(count, (index) => `[WmiDataId(${index + 1})] uint8 P${index};`),
      ),
  ],
  [
    'items under one id',
    'MOF2202',
    (count) =>
      block(
        'B',
        times(count, (index) => `[WmiDataId(1)] uint8 P${index};`),
      ),
  ],
  [
    'items without an id',
    'MOF2201',
    (count) =>
      block(
        'B',
        times(count, (index) => `uint8 P${index};`),
      ),
  ],
  [
    'methods under one id',
    'MOF2502',
    (count) =>
      block(
        'B',
        times(count, (index) => `[WmiMethodId(1)] void F${index}();`),
      ),
  ],
  [
    'methods without an id',
    'MOF2501',
    (count) =>
      block(
        'B',
        times(count, (index) => `void F${index}();`),
      ),
  ],
  [
    'one long cycle',
    'MOF2303',
    (count) =>
      times(count, (index) => structure(`S${index}`, items(`S${(index + 1) % count} Next`))),
  ],
  [
    'cycles that all lead to the first class',
    'MOF2303',
    (count) =>
      times(count, (index) =>
        structure(`S${index}`, items(`S${(index + 1) % count} Next`, 'S0 First')),
      ),
  ],
  [
    'one long cycle of superclasses',
    'MOF2006',
    (count) => times(count, (index) => `class C${index} : C${(index + 1) % count} { };`),
  ],
  [
    'one qualifier many times',
    'MOF2103',
    (count) =>
      block('B', `[WmiDataId(1)${times(count, (index) => `, Units("u${index}")`)}] uint8 P;`),
  ],
  [
    'declarations of one class',
    'MOF2002',
    (count) => times(count, () => 'class C { uint8 A; uint8 B; };'),
  ],
  [
    'a large class, and others of its name',
    'MOF2001',
    (count) =>
      `[Q${times(count, (index) => `, Q${index}`)}] class C { ${times(count, (index) => `uint8 A${index};`)} };` +
      times(count, () => 'class C { uint8 A0; };'),
  ],
  [
    'items that name another one',
    'MOF2213',
    (count) =>
      block(
        'B',
        times(
          count,
          (index) =>
            `[WmiDataId(${index + 1}), WmiEventTrigger("${index % 2 === 0 ? `P${count - 1}` : 'Gone'}")] uint8 P${index};`,
        ),
      ),
  ],
  [
    'a name that no class has',
    'MOF2007',
    (count) => times(count, (index) => `class C${index} { Gone ref A; };`),
  ],
];

function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join('\n');
}
