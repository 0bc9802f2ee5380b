/** Members found through superclasses are those that a walk up each chain finds, without walking any chain. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMembers, type MemberScope } from '../../src/library/member-lookup.js';

interface Class extends MemberScope<string> {
  readonly superclass: number | undefined;
}

/** What every query for `ids` from every class finds. */
function foundIn(
  classes: readonly Class[],
  ids: readonly string[],
  superclassOf: (each: Class) => Class | undefined,
): readonly (string | undefined)[] {
  const results: (string | undefined)[] = [];
  const queries = classes.flatMap((from) =>
    ids.map((id) => {
      const at = results.push(undefined) - 1;
      const found = (member: string) => {
        if (results[at] !== undefined) throw new Error('a query was executed twice');
        results[at] = member;
      };
      return { from, id, found };
    }),
  );
  findMembers(classes, superclassOf, queries);
  return results;
}

test('any superclasses, cycles among them, give the members that a walk finds', () => {
  const ids = ['a', 'b', 'c'];
  const anyClass = fc.record({
    superclass: fc.option(fc.nat(9), { nil: undefined }),
    declared: fc.subarray(ids),
  });
  fc.assert(
    fc.property(fc.array(anyClass, { maxLength: 10 }), (shapes) => {
      const classes = shapes.map(({ superclass, declared }, index) => ({
        superclass,
        byName: new Map(declared.map((id) => [id, `${index}.${id}`])),
      }));
      const superclassOf = ({ superclass }: Class) =>
        superclass === undefined ? undefined : classes[superclass];
      const walk = (from: Class, id: string): string | undefined => {
        const visited = new Set<Class>();
        let each: Class | undefined = from;
        for (; each !== undefined && !visited.has(each); each = superclassOf(each)) {
          visited.add(each);
          const member = each.byName.get(id);
          if (member !== undefined) return member;
        }
        return undefined;
      };
      expect(foundIn(classes, ids, superclassOf)).toEqual(
        classes.flatMap((from) => ids.map((id) => walk(from, id))),
      );
    }),
  );
});

test.each([
  ['a chain', (index: number) => (index === 0 ? undefined : index - 1)],
  [
    'a chain that ends with its root',
    (index: number, count: number) => (index === count - 1 ? undefined : index + 1),
  ],
  ['one cycle', (index: number, count: number) => (index + 1) % count],
  ['a chain on a cycle', (index: number) => (index === 0 ? 1 : index - 1)],
])('%s of twice the classes takes at most twice the look-ups', (_what, superclass) => {
  const lookUps = (count: number): number => {
    let counted = 0;
    class CountingMap extends Map<string, string> {
      override get(id: string) {
        counted += 1;
        return super.get(id);
      }
      override [Symbol.iterator]() {
        counted += 1;
        return super[Symbol.iterator]();
      }
      override keys() {
        counted += 1;
        return super.keys();
      }
    }
    const classes = Array.from({ length: count }, (_, index) => ({
      superclass: superclass(index, count),
      byName: new CountingMap([['own', `${index}`]]),
    }));
    foundIn(classes, ['own', 'none'], ({ superclass: at }) => {
      counted += 1;
      return at === undefined ? undefined : classes[at];
    });
    return counted;
  };
  const [once, twice] = [lookUps(500), lookUps(1_000)];
  expect(twice).toBeGreaterThan(1_000);
  expect(twice).toBeLessThanOrEqual(2 * once + 10);
});

test('a chain may be longer than the call stack', () => {
  const count = 100_000;
  const classes = Array.from({ length: count }, (_, index) => ({
    superclass: index + 1,
    byName: new Map(index === count - 1 ? [['item', 'of the root']] : []),
  }));
  const found = foundIn(classes, ['item'], ({ superclass: at }) => classes[at ?? count]);
  expect(new Set(found)).toEqual(new Set(['of the root']));
});
