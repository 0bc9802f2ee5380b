/**
 * Finds members of classes, also inherited ones, in time proportional to the classes and queries.
 */
import { addTo } from '../text/lists.js';

/** A class with the members that it declares itself, by id. */
export interface MemberScope<M> {
  readonly byName: ReadonlyMap<string, M>;
}

/** A search for the member `id` in the class `from`, then in its superclasses from the nearest on. */
export interface MemberQuery<M, C> {
  readonly from: C;
  readonly id: string;
  /** Called with the result; not called when there is no such member. */
  readonly found: (member: M) => void;
}

/**
 * Executes all queries. Superclasses may form a cycle: then each class of the cycle inherits from all of them, itself last.
 *
 * It visits each class after its superclass and keeps the members that are visible there, so that no query walks a chain.
 */
export function findMembers<M, C extends MemberScope<M>>(
  classes: Iterable<C>,
  superclassOf: (each: C) => C | undefined,
  queries: Iterable<MemberQuery<M, C>>,
): void {
  const superclasses = new Map<C, C>();
  const subclasses = new Map<C, C[]>();
  const roots: C[] = [];
  for (const each of classes) {
    const superclass = superclassOf(each);
    if (superclass === undefined) roots.push(each);
    else {
      superclasses.set(each, superclass);
      addTo(subclasses, superclass, each);
    }
  }
  const queriesFrom = new Map<C, MemberQuery<M, C>[]>();
  for (const query of queries) addTo(queriesFrom, query.from, query);

  /** Under each id, the nearest member is the last. */
  const visible = new Map<string, M[]>();
  const show = ({ byName }: C): void => {
    for (const [id, member] of byName) addTo(visible, id, member);
  };
  const hide = ({ byName }: C): void => {
    for (const id of byName.keys()) visible.get(id)?.pop();
  };

  const visited = new Set<C>();
  /** Visits a class and all that derive from it. It does not recurse: a chain may be longer than the call stack. */
  const visit = (first: C): void => {
    const steps = [{ each: first, isLeaving: false }];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      const { each, isLeaving } = step;
      if (isLeaving) {
        hide(each);
        continue;
      }
      if (visited.has(each)) continue;
      visited.add(each);
      show(each);
      for (const { id, found } of queriesFrom.get(each) ?? []) {
        const member = visible.get(id)?.at(-1);
        if (member !== undefined) found(member);
      }
      steps.push({ each, isLeaving: true });
      for (const subclass of subclasses.get(each) ?? []) {
        steps.push({ each: subclass, isLeaving: false });
      }
    }
  };

  for (const root of roots) visit(root);
  // The remaining classes derive from a cycle.
  for (const each of superclasses.keys()) {
    if (visited.has(each)) continue;
    const cycle = cycleAbove(each, superclasses);
    const [top] = cycle;
    if (top === undefined) continue;
    // Make the whole cycle visible before its first class is visited, which inherits from the others too.
    for (const one of cycle) show(one);
    visit(top);
    for (const one of cycle) hide(one);
  }
}

/** The classes of the cycle that `first` derives from, each after its superclass; empty when there is no cycle. */
function cycleAbove<C>(first: C, superclasses: ReadonlyMap<C, C>): readonly C[] {
  const path = new Set<C>();
  let each: C | undefined = first;
  while (each !== undefined && !path.has(each)) {
    path.add(each);
    each = superclasses.get(each);
  }
  if (each === undefined) return [];
  const chain = [...path];
  return chain.slice(chain.indexOf(each)).reverse();
}
