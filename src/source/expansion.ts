/**
 * Replaces uses of macros within a budget, and gives the whole text up when they become too much. It must not know
 * directives.
 */
import { type Diagnostic, diagnostic, type Location } from '../diagnostics/diagnostic.js';
import { type MacroUse, type WrittenPlace } from './composition.js';
import { type Budget, expand, type Macros, type MacroSink } from './macros.js';

export interface Expansion {
  /** Writes into `sink` what the macro `name` stands for; false when there is nothing to replace. */
  readonly replace: (name: string, place: WrittenPlace, sink: MacroSink) => boolean;
  /** Takes `cost` of the budget for what else repeats text, called `name`; false when that is too much. */
  readonly spend: (cost: number, name: string, place: Location) => boolean;
  /** Whether the text is given up: what follows from half of it would be noise. */
  readonly isAborted: () => boolean;
}

export function expansionOf(
  macros: Macros,
  budget: Budget,
  report: (found: Diagnostic) => void,
): Expansion {
  let isAborted = false;

  const abort = (name: string, place: Location) => {
    isAborted = true;
    const message =
      budget.left < 0
        ? `replacing macros takes too much text; it ends at '${name}'`
        : `the macro '${name}' leads through too many others`;
    const help = 'look for macros that use others many times over';
    report(diagnostic('MOF1303', place, message, { help }));
  };

  return {
    replace(name, { source, span }, sink) {
      const macro = macros.get(name);
      if (isAborted || macro === undefined || macro.hasParameters) return false;
      const use: MacroUse = { name, source, span, within: undefined };
      if (!expand(macro, use, macros, budget, sink)) abort(name, { source, span });
      return true;
    },
    spend(cost, name, place) {
      budget.left -= cost;
      if (budget.left < 0) abort(name, place);
      return budget.left >= 0;
    },
    isAborted: () => isAborted,
  };
}
