// Resolving stays proportional to the text, also where it has nothing but faults, and so do the reports.
import { expect, test } from 'vitest';
import { type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { resolve } from '../../src/model/resolve.js';
import { block, items, structure, unitOf } from './resolve-text.js';

/** Texts of a size that grows with `count`, and the code of the reports that they are about. */
const texts: readonly (readonly [rule: string, code: string, text: (count: number) => string])[] = [
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
    'one long way round',
    'MOF2303',
    (count) =>
      times(count, (index) => structure(`S${index}`, items(`S${(index + 1) % count} Next`))),
  ],
  [
    'ways round that all lead to the first class',
    'MOF2303',
    (count) =>
      times(count, (index) =>
        structure(`S${index}`, items(`S${(index + 1) % count} Next`, 'S0 First')),
      ),
  ],
  [
    'one long way round of superclasses',
    'MOF2006',
    (count) => times(count, (index) => `class C${index} : C${(index + 1) % count} { };`),
  ],
  [
    'one qualifier over and over',
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
    'a name that no class has',
    'MOF2007',
    (count) => times(count, (index) => `class C${index} { Gone ref A; };`),
  ],
];

function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join('\n');
}

/** How much there is to read in the reports. */
function volume(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.reduce(
    (sum, { message, help, related }) =>
      sum +
      message.length +
      (help?.length ?? 0) +
      related.reduce((all, each) => all + 50 + each.message.length, 0),
    0,
  );
}

test.each(texts)(
  'ten times the text, at most about ten times the reports: %s',
  (_rule, code, text) => {
    const small = resolve(unitOf(text(100))).diagnostics;
    const large = resolve(unitOf(text(1000))).diagnostics;
    if (code !== '') expect(small.map((each) => each.code)).toContain(code);
    // Ids and names have one digit more.
    expect(volume(large)).toBeLessThanOrEqual(12 * volume(small));
  },
);

test.each(texts)(
  'no report is longer than a screen, however long the text: %s',
  (_rule, _code, text) => {
    for (const { message, related } of resolve(unitOf(text(1000))).diagnostics) {
      expect(message.length).toBeLessThan(500);
      expect(related.length).toBeLessThanOrEqual(10);
    }
  },
);

const SMALL = 800;

test.each(texts)('ten times the text, at most twenty times as long: %s', (_rule, _code, text) => {
  const small = unitOf(text(SMALL));
  const large = unitOf(text(10 * SMALL));
  // Ten small runs take at least a timer's few ticks; the best of several keeps other work on the machine out.
  let ratio = Infinity;
  for (let attempt = 0; attempt < 10 && ratio >= 20; attempt += 1) {
    const once = bestOf(2, () => times10(() => resolve(small))) / 10;
    const ten = bestOf(3, () => resolve(large));
    ratio = Math.min(ratio, ten / once);
  }
  expect(ratio).toBeLessThan(20);
});

function times10(work: () => unknown): void {
  for (let count = 0; count < 10; count += 1) work();
}

/** The shortest of several runs, in milliseconds. */
function bestOf(rounds: number, work: () => unknown): number {
  const durations = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...durations);
}
