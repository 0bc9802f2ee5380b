// Resolving stays proportional to the text: ten times the classes may not take a hundred times as long.
import { expect, test } from 'vitest';
import { resolve } from '../../src/model/resolve.js';
import { block, items, structure, unitOf } from './resolve-text.js';

/** Blocks with a base, an embedded class, counted arrays, strings and a method each. */
function text(classes: number): string {
  const parts = [structure('Shared', items('uint32 A', '[MaxLen(8)] string B'))];
  for (let index = 0; index < classes; index += 1) {
    parts.push(`class Base${index} { [WmiDataId(1)] uint32 N; };`);
    parts.push(
      block(
        `Block${index} : Base${index}`,
        `[WmiDataId(2)] Shared S; [WmiDataId(3), WmiSizeIs("N")] uint8 D[];
         [WmiMethodId(1)] void F([in] Shared S, [out] uint32 R);`,
      ),
    );
  }
  return parts.join('\n');
}

function bestTime(classes: number): number {
  const unit = unitOf(text(classes));
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    expect(resolve(unit).value.blocks).toHaveLength(classes + 1);
    return performance.now() - start;
  });
  return Math.min(...times);
}

test('ten times the classes take far less than a hundred times as long', () => {
  bestTime(200);
  const small = bestTime(200);
  const large = bestTime(2000);
  console.log(`resolve: 200 blocks ${small.toFixed(1)} ms, 2000 blocks ${large.toFixed(1)} ms`);
  expect(large / small).toBeLessThan(50);
});
